"""Sends one request over HTTP."""

import http.client
import socket
import ssl

from requests import _bodies, _urls
from requests._missing import missing, module_attribute
from requests._wire import Connections, Raw, check_address
from requests.exceptions import ConnectionError, ConnectTimeout, InvalidURL, ReadTimeout, SSLError
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers


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
        except socket.timeout as error:
            connection.close()
            raise ReadTimeout(f'{request.url} did not answer within {read_timeout} s', request=request) from error
        except (http.client.HTTPException, OSError) as error:
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
            connection.timeout = timeout
            try:
                connection.connect()
                if verify and origin[0] == 'https':
                    check_address(origin[1], connection.sock.getpeercert())
                return connection
            except (OSError, UnicodeError) as error:
                connection.close()
                attempt += 1
                if attempt > self.max_retries:
                    raise _connect_error(error, timeout, request) from error


def _exchange(connection, request):
    connection.putrequest(request.method, _urls.target_of(request.url), True, True)
    headers = request.headers
    if 'host' not in headers:
        connection.putheader('Host', _host_header(request.url))
    for name, value in headers.items():
        connection.putheader(name, value)
    body = request.body
    try:
        if body is None or isinstance(body, (str, bytes)):
            connection.endheaders(None if body is None else _bodies.bytes_of(body))
        else:
            chunked = headers.get('Transfer-Encoding') == 'chunked'
            connection.endheaders(_bodies.pieces_of(body), encode_chunked=chunked)
    except (BrokenPipeError, ConnectionResetError):
        # A server may refuse a body before it has all of it: then its answer is there to be read.
        answer = connection.getresponse()
        answer.will_close = True
        return answer
    return connection.getresponse()


def _host_header(url):
    scheme, host, port = _urls.origin_of(url)
    host = f'[{host}]' if ':' in host else host
    return host if port == (443 if scheme == 'https' else 80) else f'{host}:{port}'


def _connect_error(error, timeout, request):
    where = f'{request.method} {request.url}'
    if isinstance(error, socket.timeout):
        return ConnectTimeout(f'{where}: no connection within {timeout} s', request=request)
    if isinstance(error, ssl.SSLError):
        return SSLError(f'{where}: {error}', request=request)
    if isinstance(error, UnicodeError):
        return InvalidURL(f'{where}: {error}', request=request)
    return ConnectionError(f'{where}: {error}', request=request)


def _response_of(request, answer, raw, adapter):
    response = Response()
    headers = CaseInsensitiveDict()
    for name, value in answer.headers.items():
        headers[name] = f'{headers[name]}, {value}' if name in headers else value
    response.headers = headers
    response.status_code = answer.status
    response.reason = answer.reason
    response.url = request.url
    response.encoding = get_encoding_from_headers(headers)
    response.request = request
    response.raw = raw
    response.connection = adapter
    response._set_cookies = answer.headers.get_all('Set-Cookie') or ()
    return response


def __getattr__(name):
    return module_attribute('requests.adapters', name)
