"""Sends one request over HTTP."""

import sys

from requests import _bodies, _proxies, _urls
from requests._missing import missing, module_attribute
from requests._retry import Exhausted, Retry
from requests._wire import Connections, Raw, Route
from requests.auth import basic
from requests.exceptions import (
    ConnectionError,
    ConnectTimeout,
    InvalidURL,
    ProxyError,
    ReadTimeout,
    RequestException,
    RetryError,
    SSLError,
)
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from _pulzar import http11

__path__ = []  # see _pulzar.standins

DEFAULT_POOLBLOCK = False
DEFAULT_POOLSIZE = 10
DEFAULT_RETRIES = 0
DEFAULT_POOL_TIMEOUT = None
_DEFAULTS = (('Accept-Encoding', 'identity'), ('User-Agent', 'python-urllib3/1.26.12'))


class BaseAdapter:
    """Base of what ``Session.mount`` takes."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError('an adapter must define send()')

    def close(self):
        """Frees what the adapter holds."""


class HTTPAdapter(BaseAdapter):
    """HTTP and HTTPS over connections that are kept open.

    ``max_retries`` is a number, or a ``Retry`` that says what is tried again and how often; the sizes of the pool are
    accepted and have no effect. A subclass may override ``init_poolmanager`` to give ``ssl_context``.
    """

    __attrs__ = ('max_retries', 'config', '_pool_connections', '_pool_maxsize', '_pool_block')

    def __init__(
        self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE, max_retries=0, pool_block=False
    ):
        for hook in ('proxy_manager_for', 'cert_verify', 'get_connection'):
            if hasattr(self, hook):
                raise missing(f'HTTPAdapter.{hook}')
        super().__init__()
        self.max_retries = Retry(0, read=False) if max_retries == 0 else Retry.from_int(max_retries)
        self.config = {}
        self._pool_connections, self._pool_maxsize, self._pool_block = pool_connections, pool_maxsize, pool_block
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def init_poolmanager(self, connections, maxsize, block=False, ssl_context=None, **pool_kwargs):
        """Makes the place where open connections are kept."""
        if pool_kwargs:
            raise missing(f'init_poolmanager({next(iter(pool_kwargs))}=...)')
        self._connections = Connections(ssl_context)

    def __getstate__(self):
        return {name: getattr(self, name, None) for name in self.__attrs__}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.init_poolmanager(self._pool_connections, self._pool_maxsize, block=self._pool_block)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Sends a prepared request; returns the response, with its body unread when ``stream``."""
        proxy = _proxies.chosen(request.url, proxies)
        route = self._route(request, verify, cert, proxy)
        timeouts = _timeouts(timeout)
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        retries = self.max_retries
        while True:
            try:
                response = self._attempt(request, route, timeouts, proxy)
            except RequestException as error:
                retries = _after_failure(retries, request, error)
                retries.sleep()
            else:
                if not retries.is_retry(request.method, response.status_code, 'Retry-After' in response.headers):
                    return response
                try:
                    retries = retries.increment(request.method, request.url, response=response)
                except Exhausted as exhausted:
                    if not retries.raise_on_status:
                        return response
                    _ = response.content
                    message = f'{request.method} {request.url}: Max retries exceeded ({exhausted.reason})'
                    raise RetryError(message, request=request) from exhausted
                _ = response.content
                retries.sleep(response)
            _bodies.rewind(request)

    def add_headers(self, request, **kwargs):
        """Does nothing: for subclasses."""

    def request_url(self, request, proxies):
        """What the request line names: the whole URL for a proxy that is asked for plain HTTP, else path and query."""
        if _proxies.chosen(request.url, proxies) and not request.url.lower().startswith('https'):
            return _urls.without_credentials(request.url)
        return request.path_url

    def proxy_headers(self, proxy):
        """The headers for a proxy."""
        credentials = _proxies.parsed(proxy)[3]
        return {'Proxy-Authorization': basic(*credentials)} if credentials else {}

    def build_response(self, req, resp):
        """The ``Response`` for a request and what came as its answer."""
        return _response_of(req, resp, self)

    def close(self):
        self._connections.close()

    def _route(self, request, verify, cert, proxy):
        via = None
        if proxy:
            scheme, host, port, _ = _proxies.parsed(proxy)
            if scheme == 'https':
                raise missing('a proxy that is itself reached with https')
            via = host, port, tuple(self.proxy_headers(proxy).items())
        cert = tuple(cert) if isinstance(cert, list) else cert
        return Route(_urls.origin_of(request.url), verify, cert, via)

    def _attempt(self, request, route, timeouts, proxy):
        connection = self._connected(route, timeouts[0], request)
        connection.sock.settimeout(timeouts[1])
        target = self.request_url(request, {'all': proxy} if proxy else None)
        try:
            answer = _exchange(connection, request, target, () if route.via is None else route.via[2])
        except TimeoutError as error:
            connection.close()
            raise ReadTimeout(f'{request.url} did not answer within {timeouts[1]} s', request=request) from error
        except (http11.ProtocolError, OSError) as error:
            connection.close()
            raise ConnectionError(f'{request.url}: {error}', request=request) from error
        except BaseException:
            connection.close()
            raise

        def release(reusable):
            if reusable:
                self._connections.give_back(route, connection)
            else:
                connection.close()

        return self.build_response(request, Raw(answer, release))

    def _connected(self, route, timeout, request):
        connection = self._connections.take(route)
        if connection.sock is not None:
            return connection
        try:
            connection.connect(timeout)
        except (OSError, UnicodeError, http11.ProtocolError) as error:
            connection.close()
            failure = _connect_error(error, timeout, request, route)
            failure.before_sending = True
            raise failure from error
        return connection


def _timeouts(timeout):
    if isinstance(timeout, tuple):
        try:
            connect, read = timeout
        except ValueError:
            raise ValueError(
                f'Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float to set both '
                'timeouts to the same value.'
            ) from None
    elif hasattr(timeout, 'connect_timeout'):
        connect, read = timeout.connect_timeout, timeout.read_timeout
    else:
        connect = read = timeout
    for seconds in (connect, read):
        if seconds is not None and not isinstance(seconds, (int, float)):
            raise ValueError(f'Timeout value connect was {seconds}, but it must be an int, float or None.')
        if seconds is not None and seconds <= 0:
            raise ValueError(
                f'Attempted to set connect timeout to {seconds}, but the timeout cannot be set to a value less than or '
                'equal to 0.'
            )
    return connect, read


def _after_failure(retries, request, error):
    """What is left after an attempt failed; raises what the caller is told when it is the last."""
    try:
        return retries.increment(request.method, request.url, error=error)
    except Exhausted:
        if isinstance(error, ReadTimeout):
            raise ConnectionError(f'Max retries exceeded: {error}', request=request) from error
        raise error from None


def _exchange(connection, request, target, proxy_headers):
    headers = request.headers
    fields = list(headers.items())
    # What urllib3 adds where a request that was made by hand says nothing.
    fields += [pair for pair in _DEFAULTS if pair[0] not in headers]
    if not target.startswith('/'):
        fields += [(name, value) for name, value in proxy_headers if name not in headers]
    if 'host' not in headers:
        fields.insert(0, ('Host', http11.host_header(*_urls.origin_of(request.url))))
    head = http11.head_of(request.method, target, fields)
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


def _connect_error(error, timeout, request, route):
    where = f'{request.method} {request.url}'
    if isinstance(error, TimeoutError):
        return ConnectTimeout(f'{where}: no connection within {timeout} s', request=request)
    if _is_of_tls(error):
        return SSLError(f'{where}: {error}', request=request)
    if isinstance(error, http11.TunnelError) or (route.via and not isinstance(error, TimeoutError)):
        return ProxyError(f'{where}: Unable to connect to proxy: {error}', request=request)
    if isinstance(error, UnicodeError):
        return InvalidURL(f'{where}: {error}', request=request)
    return ConnectionError(f'{where}: {error}', request=request)


def _is_of_tls(error):
    """Whether it is an ``ssl.SSLError``; where ``ssl`` was never loaded it can be none."""
    ssl = sys.modules.get('ssl')
    return ssl is not None and isinstance(error, ssl.SSLError)


def _response_of(request, answer, adapter):
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
    response.raw = answer
    response.connection = adapter
    response._set_cookies = [value for name, value in answer.headers if name.lower() == 'set-cookie']
    return response


def __getattr__(name):
    return module_attribute('requests.adapters', name)
