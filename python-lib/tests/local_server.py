"""A web server on the loopback interface for tests, answering what a test function says."""

import contextlib
import http.server
import threading


class Request:
    """What arrived: method, path with its query, headers and body."""

    def __init__(self, method, path, headers, body):
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Says nothing: clients of tests hang up on purpose."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def handle_any(self):
        body = self._body()
        request = Request(self.command, self.path, self.headers, body)
        self.server.requests.append(request)
        self.server.peers.add(self.client_address)
        status, headers, content = self.server.answer(request)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if 'content-length' not in {name.lower() for name, _ in headers}:
            self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        if self.command != 'HEAD' and content:  # GraalPy fails to send nothing
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = do_PROPFIND = do_CONNECT = handle_any

    def _body(self):
        if self.headers.get('Transfer-Encoding') != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length', 0)))
        body = b''
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def log_message(self, *args):
        """Says nothing."""


@contextlib.contextmanager
def serving(answer, tls=None):
    """Serves while the block runs.

    With ``tls``, an SSLContext, over HTTPS.

    ``answer(request)`` returns ``(status, [(name, value)], body)``. Yields the server with ``.url``,
    ``.requests`` and ``.peers``, the client sockets' addresses.
    """
    server = _Server(('127.0.0.1', 0), _Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    server.answer = answer
    server.requests = []
    server.peers = set()
    server.server_port = server.socket.getsockname()[1]  # GraalPy knows it only once the server listens
    server.url = f'http://127.0.0.1:{server.server_port}'
    thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
