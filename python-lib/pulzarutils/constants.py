"""Names and numbers that scripts may read, as the original has them."""

import enum


class Constants:
    """The platform's public constants, on the class and on instances: ``Constants().VERSION``.

    Paths name places of the original's machine. They are here because scripts print and join them; a script can
    reach none of them but ``CONF_PATH``, which ``pulzarutils.stream.Config`` understands.
    """

    DEBUG = False
    DEBUG_WIN = False
    DEBUG_LEVEL = 'ERROR'
    VERSION = '21.4.1'

    BASE_DIR = '/var/lib/pulzar/'
    DATA_DIR = '/var/lib/pulzar/data/'
    LOG_PATH = '/var/lib/pulzar/log/'
    DEV_DIRECTORY = 'storage/data'
    EXTENSIONS_DIR = 'master/extensions'
    DB_PATH = '/var/lib/pulzar/dbs/master.db'
    DB_VOLUME = '/var/lib/pulzar/dbs/volume.db'
    DB_BACKUP = '/var/lib/pulzar/dbs/volume_bk.db'
    DB_STATS = '/var/lib/pulzar/dbs/volume_st.db'
    DB_NOT_PERMANENT = '/var/lib/pulzar/dbs/temporal_data.db'
    DB_JOBS = '/var/lib/pulzar/dbs/jobs.db'
    DB_NODE_JOBS = '/var/lib/pulzar/dbs/node_jobs.db'

    CONF_PATH = 'config/server.conf'
    CONF_HOST = 'host'
    CONF_PORT = 'port'
    HOST_NAME = 'host'

    # Between master and nodes.
    SKYNET = 'skynet'
    ADMIN = 'admin'
    AUTODISCOVERY = 'autodiscovery'
    REGISTER = '/skynet/register'
    ADD_RECORD = '/skynet/add_record'
    SYNC = '/skynet/sync'
    GET_NODE = 'get_node'
    START_BK = 'start_backup'
    BACKUP_SCHEDULED = 'backup_scheduled'
    NOTIFY_KEY_TO_MASTER = 'notify2master'
    SKYNET_RESTORE = 'skynet_restore'
    SKYNET_RECORD_ADDED = 'skynet_record_added'
    SKYNET_RECORD_ALREADY_ADDED = 'skynet_record_already'
    SKYNET_RECORD_RESTORED = 'skynet_record_restored'

    # HTTP, as WSGI names its parts.
    GET = 'GET'
    POST = 'POST'
    PUT = 'PUT'
    DELETE = 'DELETE'
    OPTIONS = 'options'
    REQUEST_METHOD = 'REQUEST_METHOD'
    PATH_INFO = 'PATH_INFO'
    QUERY_STRING = 'QUERY_STRING'
    CONTENT_LENGTH = 'CONTENT_LENGTH'
    CONTENT_TYPE = 'CONTENT_TYPE'
    HTTP_HOST = 'HTTP_HOST'
    HTTP_USER_AGENT = 'HTTP_USER_AGENT'
    HTTP_PASSPORT = 'HTTP_PASSPORT'
    PASSPORT = 'passport'
    SERVER_NAME = 'SERVER_NAME'
    SERVER_PORT = 'SERVER_PORT'
    SERVER_PROTOCOL = 'SERVER_PROTOCOL'
    WSGI_INPUT = 'wsgi.input'
    JSON_REQUEST = 'application/json'

    # Words of answers.
    KEY_ADDED = 'key_added'
    KEY_ALREADY_ADDED = 'duplicated'
    KEY_DELETED = 'key_deleted'
    KEY_ERROR = 'key_error'
    KEY_FOUND = 'key_found'
    KEY_FOUND_DELETE = 'key_found_delete'
    KEY_NOT_FOUND = 'key_not_found'
    REDIRECT_POST = 'redirect_post'
    REDIRECT_PUT = 'redirect_put'
    REGULAR_GET = 'regular'
    REGULAR_PUT = 'put'
    SET_TEMPORAL = 'temporal'
    EXTENSION_RESPONSE = 'extension_response'
    JOB_OK = 'job_ok'
    JOB_ERROR = 'job_error'
    JOB_DETAILS = 'job_details'
    JOB_RESPONSE = 'job_response'
    USER_ERROR = 'user_error'
    PULZAR_ERROR = 'pulzar_error'
    PULZAR_DEFAULT_MESSAGE = 'default'


class ReqType(enum.Enum):
    """The methods of ``pulzarcore.core_request.CoreRequest``."""

    GET = 1
    POST = 2
    PUT = 3
    DELETE = 4


class Response(enum.Enum):
    """What an answer is made of."""

    JSON = 0
    TEXT = 1
    OPTIONS = 3
