import contextlib
import io
import json
import os
import pathlib
import pickle
import select
import socket
import ssl
import subprocess
import sys
import threading
import unittest
import unittest.mock

import requests
from tests import requests_cases
from tests.local_server import serving

CERTIFICATE = str(pathlib.Path(__file__).with_name('localhost.pem'))


def hello(request):
    return 200, [], b'hello'


@contextlib.contextmanager
def raw_server(*answers, until=None):
    """Accepts one connection per answer, sends it once a whole request head has arrived, and closes.

    With ``until``, an event, it closes when that is set.
    """
    listener = socket.create_server(('127.0.0.1', 0))

    def serve():
        for answer in answers:
            connection, _ = listener.accept()
            with connection:
                head = b''
                while b'\r\n\r\n' not in head:
                    head += connection.recv(65536)
                connection.sendall(answer)
                if until is not None:
                    until.wait(30)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f'http://127.0.0.1:{listener.getsockname()[1]}/'
    finally:
        thread.join()
        listener.close()


class Served(unittest.TestCase):
    def enter(self, context):
        """Enters a context until the end of the test (unittest has it since 3.11)."""
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value


class LikeTheRealPackageTest(unittest.TestCase):
    maxDiff = None

    def test_every_case_gives_what_the_real_package_gives(self):
        reference = json.loads(requests_cases.REFERENCE.read_text())
        found = requests_cases.results(requests)
        self.assertEqual(sorted(found), sorted(reference))
        for name, expected in reference.items():
            with self.subTest(case=name):
                self.assertEqual(found[name], expected)


class ConnectionsTest(Served):
    def test_a_session_keeps_its_connection(self):
        with serving(hello) as server, requests.Session() as session:
            for _ in range(5):
                session.get(server.url)
            self.assertEqual(len(server.peers), 1)

    def test_a_redirect_uses_the_same_connection(self):
        def answer(request):
            return (302, [('Location', '/b')], b'x') if request.path == '/a' else hello(request)

        with serving(answer) as server:
            self.assertEqual(requests.get(server.url + '/a').text, 'hello')
            self.assertEqual(len(server.peers), 1)

    def test_a_streamed_answer_gives_its_connection_back_at_its_end(self):
        with serving(hello) as server, requests.Session() as session:
            first = session.get(server.url, stream=True)
            session.get(server.url)
            self.assertEqual(len(server.peers), 2)
            self.assertEqual(b''.join(first.iter_content(2)), b'hello')
            first = session.get(server.url, stream=True)
            second = session.get(server.url, stream=True)
            self.assertEqual(len(server.peers), 2)
            first.close()
            second.close()
            session.get(server.url)
            self.assertEqual(len(server.peers), 3)

    def test_an_idle_connection_that_the_server_closed_is_replaced(self):
        whole = b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
        with raw_server(whole, whole) as url, requests.Session() as session:
            self.assertEqual(session.post(url, data='one').text, 'ok')
            idle = next(iter(session.get_adapter(url)._connections._idle.values()))
            select.select([idle[0].sock], [], [])
            self.assertEqual(session.post(url, data='two').text, 'ok')

    def test_a_server_that_stops_answering_is_a_read_timeout(self):
        listener = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(listener.close)
        url = f'http://127.0.0.1:{listener.getsockname()[1]}/'
        for timeout in (0.05, (5, 0.05)):
            with self.assertRaises(requests.exceptions.ReadTimeout) as caught:
                requests.get(url, timeout=timeout)
            self.assertIsInstance(caught.exception, requests.Timeout)
            self.assertEqual(caught.exception.request.method, 'GET')

    def test_a_body_that_stops_coming_is_a_connection_error(self):
        release = threading.Event()
        self.addCleanup(release.set)
        with raw_server(b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', until=release) as url:
            with self.assertRaisesRegex(requests.ConnectionError, 'stopped sending'):
                requests.get(url, timeout=0.1)
            release.set()

    def test_a_body_that_is_cut_off_is_an_error_and_never_short(self):
        answers = (
            b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort',
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n',
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n',
        )
        with raw_server(*answers) as url:
            for _ in answers:
                with self.assertRaises(requests.exceptions.ChunkedEncodingError):
                    requests.get(url)

    def test_compressed_data_that_is_cut_off_is_an_error(self):
        import gzip

        packed = gzip.compress(os.urandom(1000))[:500]
        server = self.enter(serving(lambda _: (200, [('Content-Encoding', 'gzip')], packed)))
        with self.assertRaises(requests.exceptions.ContentDecodingError):
            requests.get(server.url)

    def test_several_compressed_members_are_one_body(self):
        import gzip

        packed = gzip.compress(b'one ') + gzip.compress(b'two')
        with serving(lambda _: (200, [('Content-Encoding', 'gzip')], packed)) as server:
            self.assertEqual(requests.get(server.url).content, b'one two')

    def test_a_compressed_body_whose_checksum_is_wrong_is_an_error(self):
        import gzip

        packed = bytearray(gzip.compress(b'squeezed'))
        packed[-6] ^= 1
        server = self.enter(serving(lambda _: (200, [('Content-Encoding', 'gzip')], bytes(packed))))
        with self.assertRaisesRegex(requests.exceptions.ContentDecodingError, 'checksum'):
            requests.get(server.url)

    def test_deflate_without_its_header_is_understood(self):
        import zlib

        squeezer = zlib.compressobj(wbits=-15)
        packed = squeezer.compress(b'bare') + squeezer.flush()
        with serving(lambda _: (200, [('Content-Encoding', 'deflate')], packed)) as server:
            self.assertEqual(requests.get(server.url).content, b'bare')

    def test_pieces_of_a_compressed_body_have_the_asked_size(self):
        import gzip

        packed = gzip.compress(bytes(1_000_000))
        with serving(lambda _: (200, [('Content-Encoding', 'gzip')], packed)) as server:
            sizes = [len(piece) for piece in requests.get(server.url, stream=True).iter_content(1000)]
        self.assertEqual((max(sizes), sum(sizes)), (1000, 1_000_000))

    def test_an_early_hint_is_not_the_answer(self):
        hint, answer = b'HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n', b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
        with raw_server(hint + answer) as url:
            response = requests.get(url)
        self.assertEqual((response.status_code, response.text, 'link' in response.headers), (200, 'hi', False))

    def test_a_body_without_length_ends_with_the_connection(self):
        with raw_server(b'HTTP/1.0 200\r\nX: 1\r\n\r\nuntil the end') as url:
            response = requests.get(url)
        self.assertEqual((response.text, response.reason), ('until the end', ''))

    def test_what_is_not_http_is_a_connection_error_that_shows_it(self):
        answers = (
            (b'SSH-2.0-OpenSSH\r\n', 'SSH-2.0'),
            (b'HTTP/1.1 200 OK\r\n' + b'X: 1\r\n' * 200 + b'\r\n', 'more than 100 headers'),
            (b'HTTP/1.1 200 OK\r\nX: ' + b'x' * 200_000, 'longer than 65536'),
            (b'HTTP/1.1 200 OK\r\nX: 1', 'without a whole answer'),
        )
        with raw_server(*(answer for answer, _ in answers)) as url:
            for _, message in answers:
                with self.assertRaisesRegex(requests.ConnectionError, message):
                    requests.get(url)

    def test_chunks_can_be_read_as_they_arrive(self):
        body = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'
        with raw_server(body) as url, requests.get(url, stream=True) as response:
            self.assertEqual(list(response.iter_content(None)), [b'abc', b'de'])

    def test_a_line_end_between_two_pieces_is_one_line_end(self):
        with serving(lambda _: (200, [], b'ab\r\ncd\r\n\r\n')) as server:
            for size in range(1, 10):
                lines = list(requests.get(server.url, stream=True).iter_lines(size))
                self.assertEqual(lines, [b'ab', b'cd', b''], size)

    def test_an_early_refusal_of_a_body_is_an_answer(self):
        with raw_server(b'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n') as url:
            pieces = (b'x' * 100_000 for _ in range(100))
            # The reset may overtake the answer; both are what a network can give.
            with contextlib.suppress(requests.ConnectionError):
                self.assertEqual(requests.post(url, data=pieces).status_code, 413)

    def test_an_adapter_tries_to_connect_again(self):
        session = requests.Session()
        session.mount('http://127.0.0.1', requests.adapters.HTTPAdapter(max_retries=2))
        refused = unittest.mock.patch('_pulzar.http11.Connection.connect', side_effect=ConnectionRefusedError)
        with refused as connect, self.assertRaises(requests.ConnectionError):
            session.get('http://127.0.0.1:1/')
        self.assertEqual(connect.call_count, 3)

    def test_an_adapter_of_the_script_may_add_a_timeout(self):
        given = []

        class Timed(requests.adapters.HTTPAdapter):
            def send(self, request, **kwargs):
                kwargs['timeout'] = kwargs.get('timeout') or 30
                given.append(kwargs['timeout'])
                return super().send(request, **kwargs)

        with serving(hello) as server, requests.Session() as session:
            session.mount('http://', Timed())
            self.assertEqual(session.get(server.url).text, 'hello')
        self.assertEqual(given, [30])


class TlsTest(Served):
    def setUp(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server = self.enter(serving(hello, tls=context))
        self.url = server.url.replace('http://127.0.0.1', 'https://localhost')

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        with self.assertRaises(requests.exceptions.SSLError):
            requests.get(self.url)

    def test_a_certificate_may_be_vouched_for_by_a_file(self):
        self.assertEqual(requests.get(self.url, verify=CERTIFICATE).text, 'hello')

    def test_a_host_may_be_an_address_that_the_certificate_names(self):
        url = self.url.replace('localhost', '127.0.0.1')
        self.assertEqual(requests.get(url, verify=CERTIFICATE).text, 'hello')

    def test_a_host_must_be_named_by_the_certificate(self):
        elsewhere = [(socket.AF_INET, socket.SOCK_STREAM, 6, '', ('127.0.0.1', int(self.url.rpartition(':')[2])))]
        for host in ('wrong.example', '127.0.0.2'):
            resolved = unittest.mock.patch('socket.getaddrinfo', return_value=elsewhere)
            with resolved, self.assertRaises(requests.exceptions.SSLError):
                requests.get(self.url.replace('localhost', host), verify=CERTIFICATE)

    def test_a_check_may_be_left_out_for_a_session(self):
        # A bundle that the environment names wins over the session, as in the real package.
        with unittest.mock.patch.dict(os.environ), requests.Session() as session:
            os.environ.pop('REQUESTS_CA_BUNDLE', None)
            os.environ.pop('CURL_CA_BUNDLE', None)
            session.verify = False
            self.assertEqual(session.get(self.url).text, 'hello')

    def test_a_file_without_certificates_is_named(self):
        with self.assertRaisesRegex(OSError, 'no/such'):
            requests.get(self.url, verify='/no/such')


class RedirectsTest(Served):
    def test_credentials_stay_with_their_host(self):
        other = self.enter(serving(lambda request: (200, [], str(request.headers['Authorization']).encode())))
        server = self.enter(serving(lambda _: (302, [('Location', other.url)], b'')))
        self.assertEqual(requests.get(server.url, auth=('a', 'b')).text, 'None')

    def test_a_body_that_cannot_be_sent_again_is_an_error(self):
        server = self.enter(serving(lambda _: (307, [('Location', '/again')], b'')))
        with self.assertRaises(requests.exceptions.UnrewindableBodyError):
            requests.put(server.url, data=iter([b'once']))

    def test_a_redirect_cannot_leave_http(self):
        server = self.enter(serving(lambda _: (302, [('Location', 'file:///etc/passwd')], b'')))
        with self.assertRaises(requests.exceptions.InvalidSchema):
            requests.get(server.url)


class MissingPiecesTest(unittest.TestCase):
    def test_a_missing_name_says_so_and_what_to_do(self):
        for module, name in (
            (requests, 'certs'),
            (requests.adapters, 'PoolManager'),
            (requests.models, 'RequestField'),
            (requests.sessions, 'SessionRedirectMixin'),
            (requests.utils, 'extract_zipped_paths'),
            (requests.cookies, 'MockRequest'),
        ):
            with self.assertRaisesRegex(NotImplementedError, f'{module.__name__}.{name} is not in.*packages add'):
                getattr(module, name)
            self.assertFalse(hasattr(module, name))

    def test_a_missing_argument_says_so(self):
        with self.assertRaisesRegex(NotImplementedError, 'reached with https'):
            requests.get('http://127.0.0.1:1/', proxies={'http': 'https://proxy'})
        with self.assertRaisesRegex(requests.exceptions.InvalidSchema, 'SOCKS'):
            requests.get('http://127.0.0.1:1/', proxies={'http': 'socks5://proxy'})

    def test_an_adapter_that_reaches_into_urllib3_is_refused(self):
        class Own(requests.adapters.HTTPAdapter):
            def init_poolmanager(self, *args, **kwargs):
                super().init_poolmanager(*args, assert_hostname=False, **kwargs)

        with self.assertRaisesRegex(NotImplementedError, 'assert_hostname'):
            Own()


class SmallPartsTest(unittest.TestCase):
    def test_a_jar_can_be_kept(self):
        jar = requests.cookies.cookiejar_from_dict({'a': '1'})
        self.assertEqual(pickle.loads(pickle.dumps(jar))['a'], '1')  # noqa: S301 (made here)

    def test_cookies_of_one_name_for_two_paths_are_a_conflict(self):
        jar = requests.cookies.RequestsCookieJar()
        jar.set('a', '1', path='/x')
        jar.set('a', '2', path='/y')
        with self.assertRaises(requests.cookies.CookieConflictError):
            _ = jar['a']
        self.assertEqual(jar.get('a', path='/y'), '2')
        del jar['a']
        self.assertEqual(len(jar), 0)
        with self.assertRaises(KeyError):
            del jar['a']

    def test_bodies_other_than_utf_8_are_taken_for_windows_1252(self):
        with serving(lambda _: (200, [('Content-Type', 'x/y')], '“ñ”'.encode('cp1252'))) as server:
            self.assertEqual(requests.get(server.url).text, '“ñ”')

    def test_a_file_that_was_opened_as_text_is_sent_as_utf_8(self):
        with serving(lambda request: (200, [], request.body)) as server:
            sent = requests.post(server.url, data=io.StringIO('ñ'))
        self.assertEqual(sent.content.decode(), 'ñ')

    def test_what_is_slow_to_load_is_loaded_when_it_is_used(self):
        slow = ('http.client', 'http.cookiejar', 'email', 'ssl', 'socket')
        program = f'import sys, requests; print([name for name in {slow} if name in sys.modules])'
        library = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        done = subprocess.run(
            [sys.executable, '-S', '-B', '-c', program],
            env={'PYTHONPATH': library},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(done.stdout.strip(), '[]')
