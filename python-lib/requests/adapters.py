"""Sends one request over HTTP."""

import sys

from requests import _urls
from requests._missing import missing, module_attribute
from requests._wire import Connections, Raw
from requests.exceptions import ConnectionError, ConnectTimeout, InvalidURL, ReadTimeout, SSLError
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from _pulzar import http11


class BaseAdapter:
    """Base of what ``Session.mount`` takes."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError('an adapter must define send()')

    def close(self):
        """Frees what the adapter holds."""


class HTTPAdapter(BaseAdapter):
    """HTTP and HTTPS over connections that are kept open.

    ``max_retries`` counts failed attempts to connect that are tried again, as in the real package;
    the pool arguments are accepted and have no effect.
    """

    def __init__(self, pool_connections=10, pool_maxsize=10, max_retries=0, pool_block=False):
        if not isinstance(max_retries, int):
            raise missing('HTTPAdapter(max_retries=…) with anything but a number')
        for hook in ('init_poolmanager', 'proxy_manager_for', 'build_response', 'cert_verify'):
            if hasattr(self, hook):
                raise missing(f'HTTPAdapter.{hook}')
        super().__init__()
        self.max_retries = max_retries
        self._connections = Connections()

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Sends a prepared request; returns the response, with its body unread when ``stream``."""
        if cert:
            raise missing('cert=')
        if proxies:
            raise missing('proxies=')
        connect_timeout, read_timeout = timeout if isinstance(timeout, tuple) else (timeout, timeout)
        origin = _urls.origin_of(request.url)
        connection = self._connected(origin, verify, connect_timeout, request)
        connection.sock.settimeout(read_timeout)
        try:
            answer = _exchange(connection, request)
        except TimeoutError as error:
            connection.close()
            raise ReadTimeout(f'{request.url} did not answer within {read_timeout} s', request=request) from error
        except (http11.ProtocolError, OSError) as error:
            connection.close()
            raise ConnectionError(f'{request.url}: {error}', request=request) from error
        except BaseException:
            connection.close()
            raise

        def release(reusable):
            if reusable:
                self._connections.give_back(origin, verify, connection)
            else:
                connection.close()

        return _response_of(request, answer, Raw(answer, release), self)

    def close(self):
        self._connections.close()

    def _connected(self, origin, verify, timeout, request):
        attempt = 0
        while True:
            connection = self._connections.take(origin, verify)
            if connection.sock is not None:
                return connection
            try:
                connection.connect(timeout)
                return connection
            except (OSError, UnicodeError) as error:
                connection.close()
                attempt += 1
                if attempt > self.max_retries:
                    raise _connect_error(error, timeout, request) from error


def _exchange(connection, request):
    headers = request.headers
    fields = list(headers.items())
    if 'host' not in headers:
        fields.insert(0, ('Host', http11.host_header(*_urls.origin_of(request.url))))
    head = http11.head_of(request.method, _urls.target_of(request.url), fields)
    try:
        connection.send(head, _body_of(request))
    except (BrokenPipeError, ConnectionResetError):
        # A server may refuse a body before it has all of it: then its answer is there to be read.
        answer = connection.answer(request.method)
        answer.reusable = False
        return answer
    return connection.answer(request.method)


def _body_of(request):
    body = request.body
    if body is None:
        return ()
    if isinstance(body, (str, bytes)):
        return (http11.bytes_of(body),)
    pieces = http11.pieces_of(body)
    return http11.chunks_of(pieces) if request.headers.get('Transfer-Encoding') == 'chunked' else pieces


def _connect_error(error, timeout, request):
    where = f'{request.method} {request.url}'
    if isinstance(error, TimeoutError):
        return ConnectTimeout(f'{where}: no connection within {timeout} s', request=request)
    if _is_of_tls(error):
        return SSLError(f'{where}: {error}', request=request)
    if isinstance(error, UnicodeError):
        return InvalidURL(f'{where}: {error}', request=request)
    return ConnectionError(f'{where}: {error}', request=request)


def _is_of_tls(error):
    """Whether it is an ``ssl.SSLError``; where ``ssl`` was never loaded it can be none."""
    ssl = sys.modules.get('ssl')
    return ssl is not None and isinstance(error, ssl.SSLError)


def _response_of(request, answer, raw, adapter):
    response = Response()
    headers = CaseInsensitiveDict()
    for name, value in answer.headers:
        headers[name] = f'{headers[name]}, {value}' if name in headers else value
    response.headers = headers
    response.status_code = answer.status
    response.reason = answer.reason
    response.url = request.url
    response.encoding = get_encoding_from_headers(headers)
    response.request = request
    response.raw = raw
    response.connection = adapter
    response._set_cookies = [value for name, value in answer.headers if name.lower() == 'set-cookie']
    return response


def __getattr__(name):
    return module_attribute('requests.adapters', name)
