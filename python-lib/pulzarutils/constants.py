"""Names and numbers that scripts may read."""


class Constants:
    """The platform's public constants, on the class and on instances: ``Constants().VERSION``."""

    DEBUG = False
    DEBUG_LEVEL = 'INFO'
    VERSION = '2026.11.21'
    TITLE = 'Pulzar'
    USER_AGENT = f'pulzar/{VERSION}'
    PASSPORT = 'passport'

    # Routes of the master for clients.
    ADD_KEY = '/add_key'
    GET_KEY = '/get_key'
    DELETE_KEY = '/delete_key'
    GET_NODE = '/get_node'
    KEYS = '/keys'
    EXTENSION = '/extension'
    THIRD_PARTY = '/third_party'
    LAUNCH_JOB = '/launch_job'
    CANCEL_JOB = '/cancel_job'
    ADMIN_STATUS = '/admin/status'
    ADMIN_NETWORK = '/admin/network'
    ADMIN_JOBS = '/admin/jobs'
    ADMIN_ALL_JOBS = '/admin/all_jobs'
    ADMIN_JOB_CATALOG = '/admin/job_catalog'
    ADMIN_SCHEDULED_JOBS = '/admin/scheduled_jobs'

    # Routes between master and nodes; without the cluster's credential they answer 401.
    SKYNET = '/skynet'
    ADD_RECORD = '/skynet/add_record'
    SYNC = '/skynet/sync'
    START_BACKUP = '/skynet/start_backup'
    AUTODISCOVERY = '/autodiscovery'
    SEND_JOB = '/send_job'

    # Where a job's stored files lie in the key-value store. The spelling is part of the keys.
    JOBS_REGULAR = '/jobs/regular'
    JOBS_SCHEDULED = '/jobs/sheduled'

    # Formats of dates, for datetime.strftime.
    DATETIME_FORMAT = '%Y-%m-%d-%H-%M-%S'
    DATETIME_DB_FORMAT = '%Y-%m-%d %H:%M:%S'
    SEARCH_DATE_FORMAT = '%m-%d-%Y'


class ReqType:
    """HTTP methods."""

    GET = 'GET'
    POST = 'POST'
    PUT = 'PUT'
    DELETE = 'DELETE'
    HEAD = 'HEAD'
    PATCH = 'PATCH'
    OPTIONS = 'OPTIONS'
    ALL = (GET, POST, PUT, DELETE, HEAD, PATCH, OPTIONS)


class Response:
    """HTTP status codes, and the words of the envelope."""

    OK = 200
    CREATED = 201
    ACCEPTED = 202
    NO_CONTENT = 204
    TEMPORARY_REDIRECT = 307
    BAD_REQUEST = 400
    UNAUTHORIZED = 401
    FORBIDDEN = 403
    NOT_FOUND = 404
    METHOD_NOT_ALLOWED = 405
    CONFLICT = 409
    TOO_LARGE = 413
    UNPROCESSABLE = 422
    TOO_MANY_REQUESTS = 429
    INTERNAL_ERROR = 500
    UNAVAILABLE = 503
    TIMEOUT = 504
    INSUFFICIENT_STORAGE = 507

    STATUS_OK = 'ok'
    STATUS_KO = 'ko'
