import io
import json
import unittest

from tests.local_server import serving

from _pulzar import http11
from pulzarcore.core_request import CoreRequest
from pulzarutils.constants import ReqType


def echo(request):
    body = json.dumps({'method': request.method, 'path': request.path, 'body': request.body.decode()})
    return 200, [('Content-Type', 'application/json'), ('X-Seen', 'yes')], body.encode()


class CoreRequestTest(unittest.TestCase):
    def request(self, server, path='/a?x=1'):
        return CoreRequest('127.0.0.1', server.server_port, path)

    def test_an_answer_is_text_and_json(self):
        with serving(echo) as server:
            request = self.request(server)
            self.assertTrue(request.make_request())
        self.assertEqual(request.response.encode(), request.content)
        self.assertEqual(request.json_response, {'method': 'GET', 'path': '/a?x=1', 'body': ''})
        self.assertEqual((request.status, request.headers['x-seen']), (200, 'yes'))

    def test_text_is_read_in_the_charset_that_the_answer_names(self):
        with serving(lambda _: (200, [('Content-Type', 'text/plain; charset="latin-1"')], b'\xe9')) as server:
            request = self.request(server)
            self.assertTrue(request.make_request())
        self.assertEqual(request.response, 'é')

    def test_only_200_is_true(self):
        with serving(lambda _: (201, [], b'{}')) as server:
            request = self.request(server)
            self.assertIs(request.make_request(), False)
        self.assertEqual((request.status, request.json_response), (201, {}))

    def test_methods_and_headers_in_the_form_of_the_original(self):
        with serving(echo) as server:
            request = CoreRequest(host='127.0.0.1', port=server.server_port, url_path='/')
            for kind in ReqType:
                request.set_type(type_request=kind)
                self.assertIsNone(request.add_header({'X-A': '1', 'X-B': kind.value}))
                self.assertTrue(request.make_request())
            request.set_type()
            request.set_path(path_string='b')
            request.make_request()
        self.assertEqual([seen.method for seen in server.requests], ['GET', 'POST', 'PUT', 'DELETE', 'GET'])
        self.assertEqual(server.requests[3].headers['X-B'], '4')
        self.assertEqual(server.requests[4].path, '/b')

    def test_an_answer_that_is_not_json_has_no_json_response(self):
        with serving(lambda _: (200, [], b'plain')) as server:
            request = self.request(server)
            self.assertTrue(request.make_request())
        self.assertEqual((request.response, request.json_response), ('plain', None))

    def test_a_dict_is_sent_as_a_form_or_as_json(self):
        with serving(echo) as server:
            request = self.request(server)
            request.set_type(ReqType.POST)
            request.set_payload({'a': [1, 2], 'b': 'ñ'})
            request.make_request()
            self.assertEqual(request.json_response['body'], 'a=1&a=2&b=%C3%B1')
            request.make_request(json_request=True)
            self.assertEqual(json.loads(request.json_response['body']), {'a': [1, 2], 'b': 'ñ'})
        kinds = [seen.headers['Content-Type'] for seen in server.requests]
        self.assertEqual(kinds, ['application/x-www-form-urlencoded', 'application/json'])

    def test_text_bytes_and_files_are_sent_as_they_are(self):
        with serving(echo) as server:
            for payload in ('text', b'text', io.BytesIO(b'text')):
                request = self.request(server)
                request.set_type('put')
                request.set_payload(payload)
                self.assertTrue(request.make_request())
                self.assertEqual(request.json_response['body'], 'text')

    def test_a_file_that_was_opened_as_text_is_sent_as_utf_8(self):
        with serving(echo) as server:
            request = self.request(server)
            request.set_type('put')
            request.set_payload(io.StringIO('ñ'))
            self.assertTrue(request.make_request())
        self.assertEqual(request.json_response['body'], 'ñ')

    def test_nothing_is_sent_that_would_be_read_as_another_header_or_request(self):
        with serving(echo) as server:
            for path in ('/a b', '/a\r\nX: 1', '/ñ'):
                request = self.request(server, path)
                self.assertFalse(request.make_request())
                self.assertIn('percent-encoded', request.error)
            for name, value in (
                ('X', '1\r\nY: 2'),
                ('X', 'a\nb'),
                ('X\r\nY', '1'),
                ('X:', '1'),
                ('', '1'),
                ('X', '\0'),
            ):
                request = self.request(server)
                request.add_header(name, value)
                self.assertFalse(request.make_request())
                self.assertIn('header', request.error)
        self.assertEqual(server.requests, [])

    def test_the_host_is_named_without_the_usual_port(self):
        hosts = [
            http11.host_header(*origin)
            for origin in (
                ('http', 'a', 80),
                ('https', 'a', 443),
                ('http', 'a', 443),
                ('http', '::1', 8080),
                ('http', 'ñ', 80),
            )
        ]
        self.assertEqual(hosts, ['a', 'a', 'a:443', '[::1]:8080', 'xn--ida'])

    def test_a_header_replaces_one_of_the_same_name(self):
        with serving(echo) as server:
            request = self.request(server)
            request.add_header('X-One', 1)
            request.add_header('x-one', 2)
            request.make_request()
        self.assertEqual(server.requests[0].headers.get_all('X-One'), ['2'])

    def test_an_error_status_is_false_and_keeps_the_answer(self):
        with serving(lambda _: (404, [], b'{"msg": "no"}')) as server:
            request = self.request(server)
            self.assertFalse(request.make_request())
        self.assertEqual((request.status, request.json_response), (404, {'msg': 'no'}))
        self.assertIsNone(request.error)

    def test_no_answer_is_false_with_a_reason(self):
        with serving(echo) as server:
            port = server.server_port
        request = CoreRequest('127.0.0.1', port, '/')
        self.assertFalse(request.make_request())
        self.assertEqual((request.status, request.response, request.json_response), (None, 'no response', None))
        self.assertIn(f'http://127.0.0.1:{port}/', request.error)

    def test_307_keeps_method_and_body(self):
        def answer(request):
            if request.path == '/a':
                return 307, [('Location', '/b')], b''
            return echo(request)

        with serving(answer) as server:
            request = self.request(server, '/a')
            request.set_type(ReqType.PUT)
            request.set_payload(io.BytesIO(b'value'))
            self.assertTrue(request.make_request())
        self.assertEqual(request.json_response, {'method': 'PUT', 'path': '/b', 'body': 'value'})

    def test_303_becomes_a_get_without_body(self):
        def answer(request):
            if request.method == 'POST':
                return 303, [('Location', '/seen')], b''
            return echo(request)

        with serving(answer) as server:
            request = self.request(server)
            request.set_type(ReqType.POST)
            request.set_payload({'a': 1})
            request.make_request(json_request=True)
        self.assertEqual(request.json_response, {'method': 'GET', 'path': '/seen', 'body': ''})
        self.assertNotIn('Content-Type', server.requests[1].headers)

    def test_credentials_stay_with_their_host(self):
        with serving(echo) as other:

            def answer(request):
                return 307, [('Location', other.url + '/there')], b''

            with serving(answer) as server:
                request = self.request(server)
                request.add_header('Authorization', 'secret')
                request.add_header('X-Trace', '1')
                self.assertTrue(request.make_request())
        seen = other.requests[0].headers
        self.assertEqual((seen['Authorization'], seen['X-Trace']), (None, '1'))

    def test_a_circle_of_redirects_ends(self):
        with serving(lambda _: (302, [('Location', '/again')], b'')) as server:
            request = self.request(server)
            self.assertFalse(request.make_request())
        self.assertIn('redirects', request.error)
        self.assertEqual(len(server.requests), 6)

    def test_a_redirect_cannot_leave_http(self):
        with serving(lambda _: (302, [('Location', 'file:///etc/passwd')], b'')) as server:
            request = self.request(server)
            self.assertFalse(request.make_request())
        self.assertIn('only http and https', request.error)

    def test_an_unknown_method_is_refused(self):
        with self.assertRaisesRegex(ValueError, 'FETCH'):
            CoreRequest('localhost', 1, '/').set_type('FETCH')

    def test_the_scheme_comes_from_the_host_or_the_port(self):
        self.assertEqual(CoreRequest('https://example.org', 8443, 'x')._scheme, 'https')
        self.assertEqual(CoreRequest('example.org', 443, 'x')._scheme, 'https')
        self.assertEqual(CoreRequest('example.org', 80, 'x').path, '/x')
