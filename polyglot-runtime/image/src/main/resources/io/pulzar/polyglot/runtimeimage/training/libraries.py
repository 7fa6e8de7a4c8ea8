"""What scripts do with the libraries behind which Java stands, so that their first use in a worker is not slow."""

import bz2
import http.server
import io
import json
import sqlite3
import ssl
import threading
import urllib.request

import cv2
import pytesseract
import requests
from PIL import Image, ImageOps


def _databases():
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (a INTEGER, b TEXT)")
        database.executemany("INSERT INTO t VALUES (?, ?)", [(n, str(n)) for n in range(50)])
        return database.execute("SELECT sum(a), max(b) FROM t WHERE a > ?", (1,)).fetchall()


def _texts():
    document = json.dumps([{"name": "n", "value": n / 7, "more": [n, None, True]} for n in range(100)])
    return len(json.loads(document)), len(bz2.decompress(bz2.compress(document.encode())))


def _images():
    page = Image.new("RGB", (120, 60), (255, 255, 255))
    page.paste(Image.new("RGB", (40, 10), (0, 0, 0)), (20, 20))
    file = io.BytesIO()
    page.save(file, "PNG")
    opened = Image.open(io.BytesIO(file.getvalue()))
    text = pytesseract.image_to_string(ImageOps.invert(opened.convert("L").resize((200, 100))))
    base = cv2.imdecode(file.getvalue(), cv2.IMREAD_GRAYSCALE)
    return text, cv2.minMaxLoc(cv2.matchTemplate(base, base[15:35, 10:70], cv2.TM_CCOEFF_NORMED))


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        """Says nothing."""


def _network():
    server = http.server.HTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        # What the server itself remembers is the port before the runtime listens, which is another one.
        url = f"http://127.0.0.1:{server.socket.getsockname()[1]}/"
        with urllib.request.urlopen(url) as answer:
            return answer.status, requests.get(url).json(), ssl.create_default_context().verify_mode.name
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def execute(arguments):
    _images()
    return [_databases(), _texts(), _network()]
