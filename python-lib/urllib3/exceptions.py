"""The exceptions and warnings of urllib3. Of them ``requests`` here raises none: it raises its own."""

from _pulzar import standins

__path__ = []  # see _pulzar.standins


class HTTPError(Exception):
    """Base of the errors."""


class HTTPWarning(Warning):
    """Base of the warnings."""


class PoolError(HTTPError):
    """An error of a pool."""

    def __init__(self, pool, message):
        super().__init__(f'{pool}: {message}')
        self.pool = pool


class RequestError(PoolError):
    """An error of a request."""

    def __init__(self, pool, url, message):
        super().__init__(pool, message)
        self.url = url


class SSLError(HTTPError):
    """TLS failed."""


class ProxyError(HTTPError):
    """A proxy failed."""

    def __init__(self, message, error, *args):
        super().__init__(message, error, *args)
        self.original_error = error


class DecodeError(HTTPError):
    """The body cannot be decompressed."""


class ProtocolError(HTTPError):
    """The other side does not speak HTTP."""


ConnectionError = ProtocolError


class MaxRetryError(RequestError):
    """No attempt is left."""

    def __init__(self, pool, url, reason=None):
        super().__init__(pool, url, f'Max retries exceeded with url: {url} (Caused by {reason!r})')
        self.reason = reason


class TimeoutStateError(HTTPError):
    """A timeout is used wrongly."""


class TimeoutError(HTTPError):
    """It took too long."""


class ReadTimeoutError(TimeoutError, RequestError):
    """The server sent nothing for too long."""


class ConnectTimeoutError(TimeoutError):
    """Connecting took too long."""


class NewConnectionError(ConnectTimeoutError, PoolError):
    """No connection."""


class EmptyPoolError(PoolError):
    """A pool has no connection left."""


class ClosedPoolError(PoolError):
    """A pool is closed."""


class LocationValueError(ValueError, HTTPError):
    """A URL cannot be one."""


class LocationParseError(LocationValueError):
    """A URL cannot be read."""

    def __init__(self, location):
        super().__init__(f'Failed to parse: {location}')
        self.location = location


class ResponseError(HTTPError):
    """An answer that counts as a failure."""

    GENERIC_ERROR = 'too many error responses'
    SPECIFIC_ERROR = 'too many {status_code} error responses'


class InvalidHeader(HTTPError):
    """A header cannot be one."""


class IncompleteRead(HTTPError):
    """The body ended in the middle."""


class SecurityWarning(HTTPWarning):
    """Something is not safe."""


class InsecureRequestWarning(SecurityWarning):
    """A certificate is not checked."""


class SubjectAltNameWarning(SecurityWarning):
    """A certificate has no alternative names."""


class SystemTimeWarning(SecurityWarning):
    """The clock is wrong."""


class InsecurePlatformWarning(SecurityWarning):
    """TLS is too old."""


class SNIMissingWarning(HTTPWarning):
    """TLS sends no name."""


class DependencyWarning(HTTPWarning):
    """A package is not there."""


def __getattr__(name):
    return standins.absent('urllib3', f'urllib3.exceptions.{name}')
