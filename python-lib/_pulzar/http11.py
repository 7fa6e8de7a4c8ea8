"""HTTP/1.1 over a socket, as far as a client needs it (RFC 9112).

Not on ``http.client``: loading that, with the packages for mail and TLS, takes a cold interpreter seconds. So plain
connections are made of ``_socket``, the part of ``socket`` without its enums, and TLS is loaded when it is wanted.
"""

import _socket

MAX_LINE = 65536
MAX_HEADERS = 100
READ = 65536
NO_BODY = (204, 304)


class ProtocolError(Exception):
    """The other side does not speak HTTP, or ended in the middle."""


class Connection:
    """A connection to one origin; ``sock`` is None until ``connect``."""

    def __init__(self, host, port, context=None, via=None):
        """``context`` is an ``ssl.SSLContext``, or None for plain HTTP; ``via`` host, port and headers of a proxy."""
        self.sock = None
        self._host, self._port, self._context, self._via = host, port, context, via

    def connect(self, timeout):
        """Tries each address of the host; raises OSError of the last one."""
        host, port = (self._host, self._port) if self._via is None else self._via[:2]
        if self._context is None:
            self.sock = _connected(_socket, host, port, timeout)
            return
        import socket

        plain = _connected(socket, host, port, timeout)
        try:
            if self._via is not None:
                _ask_for_tunnel(plain, self._host, self._port, self._via[2])
            self.sock = self._context.wrap_socket(plain, server_hostname=self._host)
            if self._context.check_hostname:
                check_address(self._host, self.sock.getpeercert())
        except BaseException:
            (self.sock or plain).close()
            self.sock = None
            raise

    def send(self, head, body=()):
        """Sends the bytes of a request's head, and pieces of its body."""
        self.sock.sendall(head)
        for piece in body:
            if piece:  # GraalPy fails to send nothing
                self.sock.sendall(piece)

    def answer(self, method):
        """Reads the head of the answer; those with status 1xx are skipped."""
        reader = _Reader(self.sock)
        answer = Answer(reader, method)
        while 100 <= answer.status < 200 and answer.status != 101:
            answer = Answer(reader, method)
        return answer

    def close(self):
        sock, self.sock = self.sock, None
        if sock is not None:
            sock.close()


class Answer:
    """Status, headers, and the body as it arrives.

    ``headers`` is a list of names and values, in the order and the writing of the server. ``left`` is how many bytes
    of the body are still to come, None where only its end will tell. ``reusable`` tells, when the body was read,
    whether the connection may be used again.
    """

    def __init__(self, reader, method):
        self._reader = reader
        version, self.status, self.reason = _status_line(reader)
        self.headers = _headers(reader)
        connection = self.header('connection').lower()
        self.reusable = 'close' not in connection and (version != 'HTTP/1.0' or 'keep-alive' in connection)
        self._chunked = self.header('transfer-encoding').lower() == 'chunked'
        self._in_chunk = 0
        self.ended = False
        if method == 'HEAD' or self.status in NO_BODY or 100 <= self.status < 200:
            self._chunked, self.left = False, 0
        elif self._chunked:
            self.left = None
        else:
            length = self.header('content-length')
            self.left = int(length) if length.isdecimal() else None
            self.reusable = self.reusable and self.left is not None
        if self.left == 0:
            self.ended = True

    def header(self, name):
        """The value of the first header with that name in lower case; ``''`` without one."""
        return next((value for key, value in self.headers if key.lower() == name), '')

    def read(self, amount):
        """Reads ``amount`` bytes where the length is known, else at most so many; ``b''`` at the end."""
        if self.ended:
            return b''
        piece = self._read_chunk(amount) if self._chunked else self._read_plain(amount)
        self.ended = self.ended or not piece or self.left == 0
        return piece

    def rest(self):
        """Reads all that is left."""
        return b''.join(iter(lambda: self.read(READ), b''))

    def _read_plain(self, amount):
        if self.left is None:
            return self._reader.some(amount)
        piece = self._reader.exactly(min(amount, self.left))
        self.left -= len(piece)
        if not piece:
            raise ProtocolError(f'{self.left} bytes are missing')
        return piece

    def _read_chunk(self, amount):
        if self._in_chunk == 0:
            self._in_chunk = _chunk_size(self._reader.line())
            if self._in_chunk == 0:
                _headers(self._reader)  # trailers, which nobody asked for
                return b''
        piece = self._reader.some(min(amount, self._in_chunk))
        if not piece:
            raise ProtocolError('a chunk is not complete')
        self._in_chunk -= len(piece)
        if self._in_chunk == 0 and self._reader.line():
            raise ProtocolError('a chunk is longer than it said')
        return piece


class _Reader:
    """Lines and bytes of a socket."""

    def __init__(self, sock):
        self._sock = sock
        self._buffer = b''

    def line(self):
        """One line without its end; raises ProtocolError when there is no whole one."""
        while (end := self._buffer.find(b'\n')) < 0:
            if len(self._buffer) > MAX_LINE:
                raise ProtocolError(f'a line is longer than {MAX_LINE} bytes')
            more = self._sock.recv(READ)
            if not more:
                raise ProtocolError('the server closed the connection without a whole answer')
            self._buffer += more
        line, self._buffer = self._buffer[:end], self._buffer[end + 1 :]
        return line.removesuffix(b'\r')

    def some(self, amount):
        """At most so many bytes: what is there, or arrives next; ``b''`` at the end."""
        if not self._buffer:
            return self._sock.recv(min(amount, READ))
        piece, self._buffer = self._buffer[:amount], self._buffer[amount:]
        return piece

    def exactly(self, amount):
        """So many bytes, or fewer where the stream ends before."""
        pieces = []
        while amount > 0 and (piece := self.some(amount)):
            pieces.append(piece)
            amount -= len(piece)
        return pieces[0] if len(pieces) == 1 else b''.join(pieces)


def head_of(method, target, headers):
    """The bytes of a request's head; ``headers`` are names and values.

    Raises ValueError for anything that would not stay in its place: what a script passes on may come from a stranger.
    """
    for what, text in (('method', method), ('path', target)):
        if not text.isascii() or any(character <= ' ' or character == '\x7f' for character in text):
            raise ValueError(f'the {what} {text!r} has characters that must be percent-encoded')
    lines = [f'{method} {target} HTTP/1.1']
    for name, value in ((_text(name), _text(value)) for name, value in headers):
        if not name or name != name.strip() or any(mark in name for mark in ':\r\n\0'):
            raise ValueError(f'{name!r} can not be the name of a header')
        if any(mark in value for mark in '\r\n\0'):
            raise ValueError(f'the header {name} can not have the value {value!r}')
        lines.append(f'{name}: {value}')
    return '\r\n'.join([*lines, '', '']).encode('latin-1')


def _text(value):
    return value.decode('latin-1') if isinstance(value, bytes) else str(value)


def host_header(scheme, host, port):
    """The value of ``Host``: without the scheme's own port."""
    host = host if host.isascii() else host.encode('idna').decode()
    host = f'[{host}]' if ':' in host else host
    return host if port == (443 if scheme == 'https' else 80) else f'{host}:{port}'


def bytes_of(value):
    """Returns bytes as they are and anything else as UTF-8 of its text."""
    return bytes(value) if isinstance(value, (bytes, bytearray)) else str(value).encode()


def pieces_of(body):
    """Iterates over the bytes of an open file or an iterable; text is sent as UTF-8."""
    pieces = iter(lambda: body.read(READ) or None, None) if hasattr(body, 'read') else body
    return map(bytes_of, pieces)


def chunks_of(pieces):
    """Frames pieces of a body whose length is not known."""
    for piece in pieces:
        if piece:
            yield b'%x\r\n%b\r\n' % (len(piece), piece)
    yield b'0\r\n\r\n'


def check_address(host, certificate):
    """Raises SSLCertVerificationError when a host given as an IP address is not in its certificate.

    GraalPy's ``ssl`` checks names only. ``certificate`` is what ``getpeercert()`` returns.
    """
    import ipaddress
    import ssl

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return
    named = [value for kind, value in certificate.get('subjectAltName', ()) if kind == 'IP Address']
    if not any(ipaddress.ip_address(value.strip()) == address for value in named):
        raise ssl.SSLCertVerificationError(f"IP address mismatch, certificate is not valid for '{host}'")


class TunnelError(OSError):
    """A proxy did not connect to the other side."""


def _ask_for_tunnel(sock, host, port, headers):
    """Has a proxy pass on all that follows (RFC 9110, 9.3.6)."""
    target = f'[{host}]:{port}' if ':' in host else f'{host}:{port}'
    sock.sendall(head_of('CONNECT', target, [('Host', target), *headers]))
    answer = Answer(_Reader(sock), 'HEAD')
    if not 200 <= answer.status < 300:
        raise TunnelError(f'Tunnel connection failed: {answer.status} {answer.reason}')


def _connected(module, host, port, timeout):
    """Makes a connection with ``_socket`` or ``socket``."""
    error = OSError(f'{host} has no address')
    for family, kind, protocol, _, address in module.getaddrinfo(host, port, 0, module.SOCK_STREAM):
        sock = module.socket(family, kind, protocol)
        try:
            if timeout is not None:
                sock.settimeout(timeout)
            sock.connect(address)
            sock.setsockopt(module.IPPROTO_TCP, module.TCP_NODELAY, 1)
            return sock
        except OSError as refused:
            sock.close()
            error = refused
        except BaseException:
            sock.close()
            raise
    raise error


def _status_line(reader):
    line = reader.line().decode('latin-1')
    version, _, rest = line.partition(' ')
    status, _, reason = rest.partition(' ')
    if not version.startswith('HTTP/1.') or not status.isdecimal() or len(status) != 3:
        raise ProtocolError(f'the server does not speak HTTP: {line[:60]!r}')
    return version, int(status), reason.strip()


def _headers(reader):
    headers = []
    while line := reader.line().decode('latin-1'):
        if line[0] in ' \t' and headers:
            name, value = headers.pop()
            headers.append((name, f'{value}\r\n{line}'))
            continue
        name, colon, value = line.partition(':')
        if not colon:
            continue  # as urllib3 does: some servers send banners
        headers.append((name, value.strip()))
        if len(headers) > MAX_HEADERS:
            raise ProtocolError(f'more than {MAX_HEADERS} headers')
    return headers


def _chunk_size(line):
    size = line.partition(b';')[0].strip()
    if not size or size.strip(b'0123456789abcdefABCDEF'):
        raise ProtocolError(f'no chunk begins with {line[:20]!r}')
    return int(size, 16)
