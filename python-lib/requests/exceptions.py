"""The exceptions of ``requests``, with the same tree."""

import json

__path__ = []  # see _pulzar.standins


class RequestException(OSError):
    """Anything that went wrong with a request; ``.request`` and ``.response`` where there are any."""

    def __init__(self, *args, **kwargs):
        self.response = kwargs.pop('response', None)
        self.request = kwargs.pop('request', None)
        if self.response is not None and self.request is None:
            self.request = getattr(self.response, 'request', None)
        super().__init__(*args, **kwargs)


class InvalidJSONError(RequestException):
    """The ``json`` that was given can't be sent as JSON."""


class JSONDecodeError(InvalidJSONError, json.JSONDecodeError):
    """The body that was received is not JSON."""

    def __init__(self, *args, **kwargs):
        json.JSONDecodeError.__init__(self, *args)
        InvalidJSONError.__init__(self, *self.args, **kwargs)


class HTTPError(RequestException):
    """The status is 4xx or 5xx; raised by ``raise_for_status``."""


class ConnectionError(RequestException):
    """No connection, or it broke."""


class ProxyError(ConnectionError):
    """Trouble with a proxy."""


class SSLError(ConnectionError):
    """TLS failed."""


class Timeout(RequestException):
    """It took too long."""


class ConnectTimeout(ConnectionError, Timeout):
    """Connecting took too long."""


class ReadTimeout(Timeout):
    """The server sent nothing for too long."""


class URLRequired(RequestException):
    """There is no URL."""


class TooManyRedirects(RequestException):
    """More redirects than ``Session.max_redirects``."""


class MissingSchema(RequestException, ValueError):
    """The URL has no ``http://`` or ``https://``."""


class InvalidSchema(RequestException, ValueError):
    """The URL's scheme is not http or https."""


class InvalidURL(RequestException, ValueError):
    """The URL can't be one."""


class InvalidHeader(RequestException, ValueError):
    """A header's name or value can't be sent."""


class InvalidProxyURL(InvalidURL):
    """A proxy's URL can't be one."""


class ChunkedEncodingError(RequestException):
    """The body ended in the middle, or its chunks are malformed."""


class ContentDecodingError(RequestException):
    """The body can't be decompressed."""


class StreamConsumedError(RequestException, TypeError):
    """The body was read before."""


class RetryError(RequestException):
    """The retries of an adapter are used up."""


class UnrewindableBodyError(RequestException):
    """A redirect wants the body again and it can't be read again."""


class RequestsWarning(Warning):
    """Base of the warnings."""


class FileModeWarning(RequestsWarning, DeprecationWarning):
    """A file was opened in text mode."""


class RequestsDependencyWarning(RequestsWarning):
    """Kept for scripts that silence it."""
