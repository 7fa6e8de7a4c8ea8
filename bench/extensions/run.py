#!/usr/bin/env python3
"""Extensions: requests a second of the smallest one and of the same function behind uwsgi, and how long first calls take.

    python3 bench/extensions/run.py [rate|first]…          # needs wrk, uwsgi-core and uwsgi-plugin-python3

Rates are of 8 clients that keep their connections, after two minutes of them, which are recorded too. uwsgi has two
processes, one for each core, and speaks HTTP itself (http-socket), without a web server before it.
"""

import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

ROUNDS, CLIENTS, SECONDS = 5, 8, 4
WARM_UP_WINDOWS, WINDOW_SECONDS = 12, 10
STARTS, CHANGES = 3, 7
BETWEEN_CHANGES = 5  # seconds; nobody saves faster
EXAMPLE = harness.ROOT / 'extensions' / 'example.py'
FIXTURES = harness.ROOT / 'python-lib' / 'tests' / 'library'
PATH = '/extension/example/a/b?x=1'

APPLICATION = """
import json
import urllib.parse


def application(environ, start_response):
    arguments = [part for part in environ['PATH_INFO'].split('/') if part][2:]
    params = urllib.parse.parse_qs(environ['QUERY_STRING'], keep_blank_values=True)
    body = json.dumps({'data': {'my_arg': arguments, 'my_params': params}, 'status': 'ok', 'msg': ''}).encode()
    start_response('200 OK', [('Content-Type', 'application/json'), ('Content-Length', str(len(body)))])
    return [body]
"""


def rate():
    """The smallest extension as it is shipped, which logs a line a call; without that line; and uwsgi."""
    source = EXAMPLE.read_text()
    measures = {
        'example': lambda: ours(source),
        'example_silent': lambda: ours(source.replace('        self.hello()\n', '')),
        'uwsgi': uwsgi,
    }
    figures = {}
    for name, measure in measures.items():
        warming, rounds = measure()
        if rounds:
            figures[name] = {
                'warming_up_per_second': [row['per_second'] for row in warming],
                'median_per_second': statistics.median(row['per_second'] for row in rounds),
                'median_p99_ms': statistics.median(row['p99_ms'] for row in rounds),
                'rounds': rounds,
            }
    return figures


def first():
    """The first call after `ready`, at once and five seconds later, and the first one after a file changed."""
    page = (FIXTURES / 'image_base.png').read_bytes()
    part = (FIXTURES / 'spotify.png').read_bytes()
    calls = {
        'example': lambda product: product.request('GET', PATH),
        'search': lambda product: product.request('GET', '/extension/search/nothing'),
        'ocr': lambda product: product.request('PUT', '/extension/ocr/page.png', part),
        'imagematching': lambda product: product.request('PUT', '/extension/imagematching?image_url=' + pages.url, part),
    }
    figures = {'after_ready': {}, 'after_a_change': {}}
    with Pages(page) as pages:
        for name, call in calls.items():
            for pause in (0, 5):
                rows = []
                for _ in range(STARTS):
                    with harness.Product() as product:
                        time.sleep(pause)
                        once = [timed(lambda: call(product)) for _ in range(3)]
                        rows.append({'ready_s': round(product.ready, 2), 'calls_ms': once})
                figures['after_ready'][f'{name}_after_{pause}_s'] = {
                    'median_first_ms': statistics.median(row['calls_ms'][0] for row in rows),
                    'starts': rows,
                }
        with tempfile.TemporaryDirectory() as extensions:
            shutil.copytree(EXAMPLE.parent, extensions, dirs_exist_ok=True)
            with harness.Product(extensions=extensions) as product:
                for name, call in calls.items():
                    harness.timed(5, lambda: call(product))
                    figures['after_a_change'][name] = changes(pathlib.Path(extensions) / f'{name}.py', lambda: call(product))
    return figures


def changes(file, call):
    taken = []
    for number in range(CHANGES):
        time.sleep(BETWEEN_CHANGES)
        draft = file.with_suffix('.draft')
        draft.write_text(file.read_text() + f'# {number}\n')
        draft.replace(file)
        taken.append(timed(call))
        for _ in range(5):
            call()
    return {'median_ms': statistics.median(taken), 'calls_ms': taken}


def timed(call):
    started = time.perf_counter()
    status, answer = call()
    taken = round((time.perf_counter() - started) * 1e3, 1)
    if status != 200:
        raise SystemExit(answer)
    return taken


class Pages:
    """Serves one image."""

    def __init__(self, page):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header('Content-Length', str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_):
                """Says nothing."""

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}/page.png'

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def ours(source):
    with tempfile.TemporaryDirectory() as extensions:
        (pathlib.Path(extensions) / 'example.py').write_text(source)
        with harness.Product(extensions=extensions) as product:
            url = f'http://127.0.0.1:{product.port}{PATH}'
            warming = [harness.wrk(url, CLIENTS, WINDOW_SECONDS) for _ in range(WARM_UP_WINDOWS)]
            return warming, [harness.wrk(url, CLIENTS, SECONDS) for _ in range(ROUNDS)]


def uwsgi():
    if not shutil.which('uwsgi'):
        return [], []
    with tempfile.TemporaryDirectory() as directory:
        (pathlib.Path(directory) / 'app.py').write_text(APPLICATION)
        port = harness.free_port()
        command = ['uwsgi', '--plugin', 'python3', '--http-socket', f'127.0.0.1:{port}', '--wsgi-file', 'app.py']
        command += ['--master', '--processes', '2', '--disable-logging', '--need-app']
        process = subprocess.Popen(
            command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            wait_for(port)
            url = f'http://127.0.0.1:{port}{PATH}'
            warming = [harness.wrk(url, CLIENTS, 2)]
            return warming, [harness.wrk(url, CLIENTS, SECONDS) for _ in range(ROUNDS)]
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit('uwsgi did not start')


def main(names):
    for name in names or PARTS:
        figures = PARTS[name]()
        print(json.dumps(figures, indent=1))
        print(harness.save('extensions-' + name, figures, path=PATH, clients=CLIENTS, window_seconds=WINDOW_SECONDS))


PARTS = {'rate': rate, 'first': first}

if __name__ == '__main__':
    main(sys.argv[1:])
