"""Connections that are kept open, and bodies as they arrive."""

import select
from collections import namedtuple

from requests._inflater import PIECE, Inflater
from requests.exceptions import ChunkedEncodingError, ConnectionError, SSLError

from _pulzar import http11

MAX_IDLE = 10

# Where a connection leads: ``origin`` is scheme, host and port, ``via`` host, port and headers of a proxy or None.
Route = namedtuple('Route', 'origin verify cert via')


class Connections:
    """The open connections of one adapter that no answer is using, at most 10 for each origin."""

    def __init__(self, ssl_context=None):
        self.ssl_context = ssl_context
        self._idle = {}
        self._contexts = {}
        self._keeps = True

    def take(self, route):
        """Returns an idle connection that is still alive, or a new one that is not connected."""
        self._keeps = True
        idle = self._idle.get(route, [])
        while idle:
            connection = idle.pop()
            if not _was_closed(connection.sock):
                return connection
            connection.close()
        scheme, host, port = route.origin
        return http11.Connection(host, port, self._context(route) if scheme == 'https' else None, route.via)

    def give_back(self, route, connection):
        """Keeps a connection whose answer was read to its end."""
        idle = self._idle.setdefault(route, [])
        if connection.sock is None or not self._keeps or len(idle) >= MAX_IDLE:
            connection.close()
        else:
            idle.append(connection)

    def close(self):
        """Closes the idle ones, and until the next ``take`` also what is given back."""
        self._keeps = False
        for idle in self._idle.values():
            for connection in idle:
                connection.close()
        self._idle.clear()

    def _context(self, route):
        if self.ssl_context is not None and not (route.verify is False or route.cert):
            return self.ssl_context
        key = route.verify, route.cert
        if key not in self._contexts:
            self._contexts[key] = _context(route.verify, route.cert, self.ssl_context)
        return self._contexts[key]


class Raw:
    """The body on the wire, what ``Response.raw`` is.

    ``read`` gives the bytes as they were sent; with ``decode_content=True``, or with the attribute
    of that name set, gzip and deflate are undone.
    """

    def __init__(self, answer, release):
        """``release(reusable)`` is called once, when the body was read or given up."""
        self.status = answer.status
        self.reason = answer.reason
        self.headers = answer.headers
        self.decode_content = False
        self._answer = answer
        self._release = release
        encoding = answer.header('content-encoding').lower()
        self._inflater = Inflater(encoding) if encoding in ('gzip', 'x-gzip', 'deflate') else None
        self._finish_when_ended()

    def read(self, amt=None, decode_content=None):
        """Reads ``amt`` bytes, or all that is left; ``b''`` at the end.

        Of a body without length it may give less: what has arrived.
        """
        if amt == 0:
            return b''
        decode = self.decode_content if decode_content is None else decode_content
        if amt is None:
            return b''.join(iter(lambda: self.read(PIECE, decode), b''))
        return self._inflater.read(self._receive, amt) if decode and self._inflater else self._receive(amt)

    def read_some(self):
        """Reads what arrives next, decoded; ``b''`` at the end."""
        return self.read(PIECE, decode_content=True)

    def stream(self, amt=PIECE, decode_content=None):
        """Iterates over the body."""
        return iter(lambda: self.read(amt, decode_content), b'')

    def close(self):
        """Gives up what was not read; the connection with it."""
        if self._release is not None:
            self._finish(reusable=False)

    @property
    def closed(self):
        return self._release is None

    def readable(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def _receive(self, amt):
        if self._release is None:
            return b''
        try:
            piece = self._answer.read(amt)
        except TimeoutError as error:
            self._finish(reusable=False)
            raise ConnectionError(f'the server stopped sending: {error}') from error
        except (http11.ProtocolError, OSError) as error:
            self._finish(reusable=False)
            raise ChunkedEncodingError(f'the body ended in the middle: {error}') from error
        self._finish_when_ended()
        return piece

    def _finish_when_ended(self):
        if self._release is not None and self._answer.ended:
            self._finish(reusable=self._answer.reusable)

    def _finish(self, reusable):
        release, self._release = self._release, None
        release(reusable)


def _context(verify, cert, given):
    context = _checking(verify, given)
    if cert:
        try:
            context.load_cert_chain(*([cert] if isinstance(cert, str) else cert))
        except FileNotFoundError as error:
            raise OSError(f'Could not find the TLS certificate file, invalid path: {cert}') from error
        except OSError as error:
            raise SSLError(f'{cert!r} is no certificate with its key: {error}') from error
    return context


def _checking(verify, given):
    import ssl

    if verify is False:
        context = given or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    if given is not None:
        return given
    if verify is True:
        return ssl.create_default_context()
    import os

    if not os.path.exists(verify):
        raise OSError(f'Could not find a suitable TLS CA certificate bundle, invalid path: {verify}')
    try:
        if os.path.isdir(verify):
            return ssl.create_default_context(capath=verify)
        return ssl.create_default_context(cafile=verify)
    except OSError as error:
        raise SSLError(f'{verify!r} holds no certificates: {error}') from error


def _was_closed(sock):
    """Tells whether the server closed an idle connection: then it can be read, and holds no data."""
    try:
        return bool(select.select([sock], [], [], 0)[0])
    except (OSError, ValueError):
        return True
