"""The server that ``https_cases`` asks, on CPython: ``with serving() as url``."""

import contextlib
import http.server
import os
import ssl
import threading

CERTIFICATE = os.path.join(os.path.dirname(__file__), 'localhost.pem')


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f'you asked for {self.path}'.encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@contextlib.contextmanager
def serving():
    """The URL while it serves."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f'https://localhost:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
