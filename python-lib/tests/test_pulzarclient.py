import json
import pathlib
import re
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pulzarclient
from pulzarclient import BusyError, Client, PulzarError, RefusedError, UnreachableError


class Flaky(BaseHTTPRequestHandler):
    """Does what the test says, answer by answer; drops the connection where it says None."""

    answers: ClassVar[list] = []
    seen: ClassVar[list] = []

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.seen.append(self)
        answer = self.answers.pop(0)
        if answer is None:
            self.close_connection = True
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_DELETE = do_POST

    def log_message(self, *arguments):
        pass


def ok(data):
    return 200, {}, json.dumps({'data': data, 'status': 'ok', 'msg': ''}).encode()


class ClientTest(unittest.TestCase):
    def setUp(self):
        Flaky.answers = []
        Flaky.seen = []
        self.server = self.start()
        self.client = Client(self.server, token='secret', retries=2)  # noqa: S106 (nobody's)

    def start(self):
        server = ThreadingHTTPServer(('127.0.0.1', 0), Flaky)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f'http://127.0.0.1:{server.server_port}'

    def test_a_launch_is_sent_again_under_the_same_key(self):
        Flaky.answers = [None, None, ok({'job_id': 7})]
        self.assertEqual(self.client.launch('a/b', n=1), 7)
        keys = {request.headers['Idempotency-Key'] for request in Flaky.seen}
        self.assertEqual((len(Flaky.seen), len(keys)), (3, 1))

    def test_it_gives_up_when_nothing_ever_answers(self):
        Flaky.answers = [None] * 3
        with self.assertRaises(UnreachableError):
            self.client.launch('a/b')
        self.assertEqual(len(Flaky.seen), 3)

    def test_what_changes_something_is_sent_once(self):
        Flaky.answers = [None]
        with self.assertRaises(UnreachableError):
            self.client.cancel(7)
        self.assertEqual(len(Flaky.seen), 1)

    def test_a_full_server_says_when_to_come_again(self):
        body = b'{"data": null, "status": "ko", "msg": "the queue is full", "code": "queue_full"}'
        Flaky.answers = [(429, {'Retry-After': '5'}, body)]
        with self.assertRaisesRegex(BusyError, 'the queue is full') as caught:
            self.client.launch('a/b')
        self.assertEqual((caught.exception.retry_after, caught.exception.code), (5.0, 'queue_full'))

    def test_another_server_is_named(self):
        Flaky.answers = [(200, {}, b'<html>')]
        with self.assertRaisesRegex(RefusedError, 'does not answer like a Pulzar server'):
            self.client.job(7)

    def test_a_token_goes_to_its_server_only(self):
        other = self.start()
        Flaky.answers = [(307, {'Location': other + '/get_key/a'}, b''), (200, {}, b'value')]
        self.assertEqual(self.client.get('/a'), b'value')
        self.assertEqual([request.headers['Authorization'] for request in Flaky.seen], ['Bearer secret', None])

    def test_a_value_that_breaks_off_is_no_value(self):
        class Cut(bytes):
            def __len__(self):
                return 10

        for read in (lambda value: value.read(), lambda value: list(iter(lambda: value.read(4), b''))):
            Flaky.answers = [(200, {'Connection': 'close'}, Cut(b'12345'))]
            with self.client.open('/a') as value, self.assertRaisesRegex(UnreachableError, 'broke off'):
                read(value)

    def test_redirects_end(self):
        Flaky.answers = [(307, {'Location': '/get_key/a'}, b'')] * 5
        with self.assertRaises(PulzarError):
            Client(self.server, retries=0).get('/a')

    def test_a_log_goes_on_where_it_broke_off(self):
        def events(text):
            return 200, {'Content-Type': 'text/event-stream', 'Connection': 'close'}, text.encode()

        Flaky.answers = [
            events('id: 1\ndata: one\n\nid: 2\ndata: half'),
            ok({'status': 'pending'}),
            None,
            events('id: 2\ndata: two\ndata: three\n\n'),
            ok({'status': 'completed'}),
        ]
        self.assertEqual(list(self.client.follow(7)), ['one', 'two', 'three'])
        asked = [request.headers['Last-Event-ID'] for request in Flaky.seen if request.path.endswith('/log')]
        self.assertEqual(asked, [None, '1', '1'])


class PackageTest(unittest.TestCase):
    def test_it_has_the_version_of_the_product(self):
        project = pathlib.Path(__file__).resolve().parent.parent.parent
        version = re.search('<version>(.*?)</version>', (project / 'pom.xml').read_text(encoding='utf-8'))[1]
        package = (project / 'python-lib' / 'pulzarclient' / 'pyproject.toml').read_text(encoding='utf-8')
        self.assertEqual(pulzarclient.__version__, version)
        self.assertIn(f'version = "{version}"', package)


if __name__ == '__main__':
    unittest.main()
