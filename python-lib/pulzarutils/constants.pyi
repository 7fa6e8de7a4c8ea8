import enum

class Constants:
    DEBUG: bool
    DEBUG_WIN: bool
    DEBUG_LEVEL: str
    VERSION: str
    BASE_DIR: str
    DATA_DIR: str
    LOG_PATH: str
    DEV_DIRECTORY: str
    EXTENSIONS_DIR: str
    DB_PATH: str
    DB_VOLUME: str
    DB_BACKUP: str
    DB_STATS: str
    DB_NOT_PERMANENT: str
    DB_JOBS: str
    DB_NODE_JOBS: str
    CONF_PATH: str
    CONF_HOST: str
    CONF_PORT: str
    HOST_NAME: str
    SKYNET: str
    ADMIN: str
    AUTODISCOVERY: str
    REGISTER: str
    ADD_RECORD: str
    SYNC: str
    GET_NODE: str
    START_BK: str
    BACKUP_SCHEDULED: str
    NOTIFY_KEY_TO_MASTER: str
    SKYNET_RESTORE: str
    SKYNET_RECORD_ADDED: str
    SKYNET_RECORD_ALREADY_ADDED: str
    SKYNET_RECORD_RESTORED: str
    GET: str
    POST: str
    PUT: str
    DELETE: str
    OPTIONS: str
    REQUEST_METHOD: str
    PATH_INFO: str
    QUERY_STRING: str
    CONTENT_LENGTH: str
    CONTENT_TYPE: str
    HTTP_HOST: str
    HTTP_USER_AGENT: str
    HTTP_PASSPORT: str
    PASSPORT: str
    SERVER_NAME: str
    SERVER_PORT: str
    SERVER_PROTOCOL: str
    WSGI_INPUT: str
    JSON_REQUEST: str
    KEY_ADDED: str
    KEY_ALREADY_ADDED: str
    KEY_DELETED: str
    KEY_ERROR: str
    KEY_FOUND: str
    KEY_FOUND_DELETE: str
    KEY_NOT_FOUND: str
    REDIRECT_POST: str
    REDIRECT_PUT: str
    REGULAR_GET: str
    REGULAR_PUT: str
    SET_TEMPORAL: str
    EXTENSION_RESPONSE: str
    JOB_OK: str
    JOB_ERROR: str
    JOB_DETAILS: str
    JOB_RESPONSE: str
    USER_ERROR: str
    PULZAR_ERROR: str
    PULZAR_DEFAULT_MESSAGE: str

class ReqType(enum.Enum):
    GET = 1
    POST = 2
    PUT = 3
    DELETE = 4

class Response(enum.Enum):
    JSON = 0
    TEXT = 1
    OPTIONS = 3
