"""What scripts do with ``requests``, written once and run with the real package and the stand-in.

    python3 -m tests.requests_cases    run in python-lib where the real package is found first

prints what the real package gives as JSON; ``requests_reference.json`` is that of requests 2.28.1.
"""

import contextlib
import gzip
import hashlib
import io
import json
import os
import pathlib
import pickle
import re
import sys
import tempfile
import zlib

from tests.local_server import serving

REFERENCE = pathlib.Path(__file__).with_name('requests_reference.json')
TEXT = 'línea uno\r\nline two\n\nlast'


def answer(request):
    """The server of the cases: what it answers depends on the path."""
    path = request.path.partition('?')[0]
    if path.startswith('/echo'):
        return 200, [('Content-Type', 'application/json')], json.dumps(seen(request)).encode()
    if path.startswith('/status/'):
        return int(path[8:]), [('Content-Type', 'text/plain')], b'status body'
    if path.startswith('/to/'):
        status, _, target = path[4:].partition('/')
        return int(status), [('Location', '/' + target), ('Set-Cookie', 'hop=1')], b'moved'
    if path == '/loop':
        return 302, [('Location', '/loop')], b''
    if path.startswith('/digest/'):
        return digest(request)
    if path.startswith('/flaky/'):
        FLAKY[path] = FLAKY.get(path, 0) + 1
        if FLAKY[path] > 2:
            return 200, [], b'at last'
        return 503, [('Retry-After', '0')] if path.endswith('after') else [], b'not yet'
    if path.startswith('http://'):
        return 200, [('Content-Type', 'application/json')], json.dumps(seen(request)).encode()
    if request.method == 'CONNECT':
        return 403, [], b''
    return 200, *FIXED[path]


FLAKY = {}


def digest(request):
    """Lets in who knows the password, as RFC 2617 says."""
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', request.headers.get('Authorization', '')))

    def hashed(*texts):
        return hashlib.md5(':'.join(texts).encode()).hexdigest()  # noqa: S324 what digest authentication is

    if fields:
        secret = hashed('Ann', 'here', 'secret'), 'nonce', fields['nc'], fields['cnonce'], fields['qop']
        wanted = hashed(*secret, hashed(request.method, request.path))
        if fields['response'] == wanted:
            return 200, [], f'{fields["username"]} {fields["nc"]} {fields["uri"]} {fields["opaque"]}'.encode()
    asked = 'Digest realm="here", nonce="nonce", opaque="thing", qop="auth", algorithm=MD5'
    return 401, [('WWW-Authenticate', asked)], b'who are you?'


FIXED = {
    '/utf8': ([('Content-Type', 'text/plain; charset=utf-8')], TEXT.encode()),
    '/latin': ([('Content-Type', 'text/html')], 'ñandú'.encode('latin-1')),
    '/nocharset': ([('Content-Type', 'application/octet-stream')], 'solo utf-8: ñandú, año'.encode()),
    '/json16': ([('Content-Type', 'application/x')], '{"a": "ñ"}'.encode('utf-16')),
    '/empty': ([('Content-Type', 'application/json')], b''),
    '/badcharset': ([('Content-Type', 'text/plain; charset=klingon')], b'abc'),
    '/gzip': ([('Content-Encoding', 'gzip'), ('Content-Type', 'text/plain')], gzip.compress(b'squeezed ' * 9)),
    '/deflate': ([('Content-Encoding', 'deflate')], zlib.compress(b'squeezed ' * 9)),
    '/badgzip': ([('Content-Encoding', 'gzip')], b'this is no gzip'),
    '/cookies': ([('Set-Cookie', 'a=1; Path=/'), ('Set-Cookie', 'b="two"; Path=/echo')], b'{}'),
    '/many': ([('X-Many', 'one'), ('X-Many', 'two')], b''),
    '/links': ([('Link', '</p?page=2>; rel="next", </p?page=9>; rel=last; title="the end"')], b''),
    '/bytes': ([('Content-Type', 'application/octet-stream')], bytes(range(256)) * 10),
    '/noslash': ([], b'root of a host'),
    '/': ([], b'root'),
}


def seen(request):
    """A request as the server saw it, without what differs from run to run."""
    boundary = re.search(r'boundary=([0-9a-f]+)', request.headers.get('Content-Type', ''))
    body = request.body.decode('latin-1')
    headers = {name.lower(): value for name, value in request.headers.items() if name.lower() != 'host'}
    if boundary:
        body = body.replace(boundary.group(1), 'BOUNDARY')
        headers['content-type'] = headers['content-type'].replace(boundary.group(1), 'BOUNDARY')
        headers['content-length'] = str(len(body))
    return {'method': request.method, 'path': request.path, 'headers': dict(sorted(headers.items())), 'body': body}


def echoed(response):
    return response.json()


def cookies_sent(response):
    return sorted((response.json()['headers'].get('cookie') or '').split('; '))


def facts(response):
    return {
        'status': response.status_code,
        'ok': response.ok,
        'reason': response.reason,
        'url': response.url,
        'encoding': response.encoding,
        'text': response.text,
        'history': [hop.status_code for hop in response.history],
        'truth': bool(response),
        'repr': repr(response),
    }


def failure(call, *args, **kwargs):
    """The name of the exception that a call raises, and of those of its bases that scripts catch."""
    try:
        result = call(*args, **kwargs)
    except Exception as error:
        names = [kind.__name__ for kind in type(error).__mro__]
        return [name for name in names if name not in ('Exception', 'BaseException', 'object')]
    return ['nothing', repr(result)]


class Cases:
    """Each public method is a case: it gets the package and the server's URL, and returns JSON."""

    def __init__(self, stack):
        self._stack = stack

    def _session(self, requests):
        return self._stack.enter_context(requests.Session())

    def methods(self, requests, url):
        calls = ('get', 'post', 'put', 'patch', 'delete', 'options')
        got = [echoed(getattr(requests, name)(url + '/echo')) for name in calls]
        own = requests.request('propfind', url + '/echo')
        return [*got, echoed(own), facts(requests.head(url + '/echo'))]

    def query_parameters(self, requests, url):
        forms = (
            {'a': 1, 'b': 'x y', 'c': None, 'd': ['1', '2'], 'ñ': '&='},
            [('a', 1), ('a', 2)],
            'raw=1&x=ñ',
            b'raw=bytes',
            {},
            {'empty': ''},
        )
        got = [requests.get(url + '/echo?z=0#part', params=form) for form in forms]
        return [[echoed(response)['path'], response.url] for response in got]

    def addresses(self, requests, url):
        paths = (
            '',
            '/',
            '?x',
            '/echo/a b',
            '/echo/ñ',
            '/echo/%7Euser/%zz',
            '/echo/a%2Fb',
            '/echo?q={}|"',
            '/echo/a;b=c!',
        )
        got = [requests.get(url + path) for path in paths]
        return [[response.url, response.text] for response in got]

    def bodies(self, requests, url):
        bodies = (
            {'a': 1, 'b': ['x', 'y'], 'c': None, 'ñ': 'ü'},
            [('a', '1'), ('a', '2')],
            'plain text',
            b'\x00\xff',
            {},
            '',
            io.BytesIO(b'from memory'),
            (piece for piece in (b'in ', b'pieces')),
            io.BytesIO(b''),
        )
        return [echoed(requests.post(url + '/echo', data=body)) for body in bodies]

    def a_file_as_body(self, requests, url):
        with tempfile.TemporaryFile() as file:
            file.write(b'0123456789')
            file.seek(4)
            return echoed(requests.put(url + '/echo', data=file))

    def json_bodies(self, requests, url):
        values = ({'a': [1, None, 'ñ']}, [], 0, '', 'text', {})
        got = [echoed(requests.post(url + '/echo', json=value)) for value in values]
        kept = requests.post(url + '/echo', json={}, headers={'Content-Type': 'application/vnd.api+json'})
        both = requests.post(url + '/echo', json={'a': 1}, data={'b': 2})
        refused = failure(requests.post, url + '/echo', json=float('nan'))
        return [*got, echoed(kept), echoed(both), refused]

    def multipart(self, requests, url):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'report "1".txt')
            with open(path, 'w') as file:
                file.write('from a file')
            with open(path, 'rb') as file:
                forms = (
                    {'files': {'f': file}},
                    {'files': {'f': ('name.txt', 'text')}, 'data': {'a': 1, 'b': ['x', 'y']}},
                    {'files': {'f': ('n.bin', b'\x00', 'application/x-own', {'X-Part': '1'})}},
                    {'files': [('f', ('1', 'one')), ('f', ('2', 'two'))], 'data': [('k', 'v')]},
                    {'files': {'f': 'just text', 'g': b'bytes'}},
                    {'files': {'f': (None, 'no name')}},
                    {'files': {'f': io.StringIO('text file')}},
                )
                got = [echoed(requests.post(url + '/echo', **form)) for form in forms]
        return [*got, failure(requests.post, url, files={'f': 'x'}, data='text')]

    def headers(self, requests, url):
        got = echoed(requests.get(url + '/echo', headers={'X-One': 'ä', 'user-agent': 'me', 'Accept': None}))
        bad = ({'X': 5}, {'X': 'a\nb'}, {'X': ' a'})
        return [got, [failure(requests.get, url + '/', headers=headers) for headers in bad]]

    def authentication(self, requests, url):
        class Token(requests.auth.AuthBase):
            def __call__(self, r):
                r.headers['Authorization'] = 'Token ' + r.method
                return r

        with_user = url.replace('http://', 'http://jane:p%40ss@') + '/echo'
        got = (
            requests.get(url + '/echo', auth=('jane', 'secret')),
            requests.get(url + '/echo', auth=requests.auth.HTTPBasicAuth('jane', 'ñ')),
            requests.post(url + '/echo', auth=Token()),
            requests.get(with_user),
            requests.get(with_user, auth=('other', 'x')),
        )
        return [echoed(response)['headers'].get('authorization') for response in got]

    def texts(self, requests, url):
        paths = ('/utf8', '/latin', '/nocharset', '/empty', '/badcharset', '/gzip', '/deflate', '/status/404')
        return [facts(requests.get(url + path)) for path in paths]

    def encodings_set_by_hand(self, requests, url):
        response = requests.get(url + '/latin')
        response.encoding = 'utf-8'
        return [response.text, requests.get(url + '/nocharset').apparent_encoding]

    def json_answers(self, requests, url):
        values = [requests.get(url + '/json16').json(), requests.get(url + '/echo').json(parse_int=str)['path']]
        response = requests.get(url + '/utf8')
        return [values, failure(response.json), failure(requests.get(url + '/empty').json)]

    def statuses(self, requests, url):
        got = []
        for status in (200, 204, 304, 400, 404, 499, 500, 503):
            response = requests.get(f'{url}/status/{status}')
            raised = failure(response.raise_for_status)
            got.append([status, response.ok, response.content.decode(), raised])
        try:
            requests.get(url + '/status/404').raise_for_status()
        except requests.HTTPError as error:
            got.append([str(error), error.response.status_code, error.request.method])
        codes = requests.codes
        return [
            *got,
            codes.ok,
            codes.NOT_FOUND,
            codes['teapot'],
            codes.internal_server_error,
            codes['nothing of that name'],
        ]

    def redirects(self, requests, url):
        got = []
        for status in (301, 302, 303, 307, 308):
            for method in ('GET', 'POST', 'PUT', 'HEAD'):
                response = requests.request(
                    method, f'{url}/to/{status}/echo', data=None if method in ('GET', 'HEAD') else 'body'
                )
                got.append([status, method, facts(response)])
        return got

    def redirects_not_followed(self, requests, url):
        response = requests.get(url + '/to/302/echo', allow_redirects=False)
        head = requests.head(url + '/to/301/echo')
        plain = requests.get(url + '/echo')
        return [
            facts(response),
            [response.is_redirect, response.is_permanent_redirect, response.next.url, response.next.method],
            [head.status_code, head.is_permanent_redirect, plain.is_redirect, plain.next],
        ]

    def redirects_in_a_circle(self, requests, url):
        with requests.Session() as session:
            session.max_redirects = 3
            try:
                session.get(url + '/loop')
            except requests.TooManyRedirects as error:
                return [str(error), error.response.status_code]

    def redirects_rewind_a_file(self, requests, url):
        return echoed(requests.put(url + '/to/307/echo', data=io.BytesIO(b'again')))

    def fragments(self, requests, url):
        return [requests.get(url + '/to/302/echo#here').url, requests.get(url + '/echo#there').url]

    def streams(self, requests, url):
        got = []
        with requests.get(url + '/bytes', stream=True) as response:
            got.append([len(piece) for piece in response.iter_content(1000)])
            got.append(failure(lambda: list(response.iter_content(10))))
            got.append(failure(lambda: response.content))
        response = requests.get(url + '/bytes')
        got.append([len(piece) for piece in response.iter_content(1000)])
        got.append([len(piece) for piece in response.iter_content(1000)])
        got.append(failure(response.iter_content, 'x'))
        got.append(len(list(requests.get(url + '/empty', stream=True).iter_content(10))))
        got.append(''.join(requests.get(url + '/utf8').iter_content(3, decode_unicode=True)))
        return got

    def lines(self, requests, url):
        whole = requests.get(url + '/utf8')
        return [
            [line.decode() for line in whole.iter_lines()],
            list(whole.iter_lines(decode_unicode=True)),
            [line.decode() for line in whole.iter_lines(delimiter=b'i')],
        ]

    def raw_bodies(self, requests, url):
        packed = requests.get(url + '/gzip', stream=True).raw.read()
        unpacked = requests.get(url + '/gzip', stream=True).raw.read(decode_content=True)
        response = requests.get(url + '/gzip', stream=True)
        response.raw.decode_content = True
        return [gzip.decompress(packed).decode(), unpacked.decode(), response.raw.read().decode()]

    def cookies(self, requests, url):
        response = requests.get(url + '/cookies')
        got = [sorted(response.cookies.items()), response.cookies['a'], response.cookies.get('none', 'absent')]
        session = self._session(requests)
        session.get(url + '/cookies')
        got.append(sorted(session.cookies.get_dict().items()))
        got += [cookies_sent(session.get(url + path)) for path in ('/echo', '/echo/x')]
        got.append(cookies_sent(session.get(url + '/echo', cookies={'c': '3'})))
        got.append('c' in session.cookies)
        session.cookies.set('d', '4')
        session.cookies.update({'e': '5'})
        got.append(cookies_sent(session.get(url + '/echo')))
        session.cookies.clear()
        got.append(cookies_sent(session.get(url + '/echo')))
        got.append(requests.utils.dict_from_cookiejar(requests.cookies.cookiejar_from_dict({'x': 'y'})))
        return got

    def cookies_on_the_way(self, requests, url):
        session = self._session(requests)
        response = session.get(url + '/to/302/echo', cookies={'own': '1'})
        return [cookies_sent(response), sorted(session.cookies.get_dict()), len(response.cookies)]

    def sessions(self, requests, url):
        with requests.Session() as session:
            session.headers.update({'X-Session': 'yes'})
            session.params = {'s': '1', 't': '2'}
            session.auth = ('jane', 'secret')
            got = [echoed(session.get(url + '/echo', params={'t': None, 'u': '3'}, headers={'x-session': None}))]
            got.append(echoed(session.post(url + '/echo', data={'a': 1})))
            del session.headers['User-Agent']
            request = requests.Request('PUT', url + '/echo', data='x', headers={'X-Own': '1'})
            prepared = session.prepare_request(request)
            got.append([prepared.method, prepared.url, prepared.body, prepared.path_url])
            got.append(repr(prepared))
            got.append(session.send(prepared).status_code)
        return got

    def prepared_by_hand(self, requests, url):
        prepared = requests.Request('post', url + '/echo', params={'q': 1}, json={'a': 1}).prepare()
        headers = dict(prepared.headers)
        body = prepared.body if isinstance(prepared.body, bytes) else prepared.body.encode()
        return [
            prepared.method,
            prepared.url,
            headers,
            body.decode(),
            facts(self._session(requests).send(prepared))['status'],
        ]

    def response_headers(self, requests, url):
        response = requests.get(url + '/many')
        names = ('X-MANY', 'x-many', 'none')
        return [
            [response.headers.get(name) for name in names],
            'x-Many' in response.headers,
            response.headers['x-many'],
        ]

    def links(self, requests, url):
        return requests.get(url + '/links').links

    def bad_addresses(self, requests, url):
        addresses = ('example.org', '/path', 'http://', 'ftp://host/', 'http://.host/', 'mailto:a@b', '', 'http://*x/')
        return [[address, failure(requests.get, address)] for address in addresses]

    def bad_answers(self, requests, url):
        return failure(requests.get, url + '/badgzip')[:3]

    def no_server(self, requests, url):
        return [failure(requests.get, 'http://127.0.0.1:1/'), failure(requests.get, 'http://no.such.host.invalid/')]

    def hooks(self, requests, url):
        seen = []

        def note(response, *args, **kwargs):
            seen.append([response.status_code, sorted(kwargs)])

        def replace(response, **kwargs):
            response.replaced = True
            return response

        session = self._session(requests)
        session.hooks['response'].append(note)
        one = session.get(url + '/to/302/echo', hooks={'response': [note, replace]})
        session.get(url + '/echo')
        request = requests.Request('GET', url + '/echo', hooks={'response': note})
        wrong = failure(request.register_hook, 'no event', note)
        taken = [request.deregister_hook('response', note) for _ in range(2)]
        return [seen, one.replaced, taken, wrong]

    def digest_authentication(self, requests, url):
        session = self._session(requests)
        session.auth = requests.auth.HTTPDigestAuth('Ann', 'secret')
        one = session.get(url + '/digest/a?b=1')
        two = session.post(url + '/digest/c', data={'x': '1'})
        wrong = requests.get(url + '/digest/a', auth=requests.auth.HTTPDigestAuth('Ann', 'other'))
        return [
            one.status_code,
            one.text,
            [hop.status_code for hop in one.history],
            two.status_code,
            two.text,
            wrong.status_code,
            requests.auth.HTTPDigestAuth('a', 'b') == requests.auth.HTTPDigestAuth('a', 'b'),
        ]

    def retries(self, requests, url):
        from requests.adapters import HTTPAdapter, Retry

        found = []
        for name, retry in (
            ('twice', Retry(total=3, status_forcelist=[503])),
            ('few', Retry(total=1, status_forcelist=[503])),
            ('given back', Retry(total=1, status_forcelist=[503], raise_on_status=False)),
            ('after', 3),
            ('post', Retry(total=3, status_forcelist=[503])),
            ('any', Retry(total=3, status_forcelist=[503], allowed_methods=None)),
        ):
            session = self._session(requests)
            session.mount('http://', HTTPAdapter(max_retries=retry))
            method = 'POST' if name in ('post', 'any') else 'GET'
            key = name.replace(' ', '')
            call = session.request, method, f'{url}/flaky/{key}'
            found.append([name, failure(lambda call=call: call[0](*call[1:]).status_code)])
        return [
            found,
            failure(Retry, allowed_methods=['GET'], method_whitelist=['GET']),
            Retry.from_int(3).total,
            Retry(5, backoff_factor=1).get_backoff_time(),
            repr(Retry(3)),
        ]

    def proxies(self, requests, url):
        target = 'http://nowhere.invalid/echo?x=1#f'
        given = requests.get(target, proxies={'http': url.replace('//', '//me:pass@')}).json()
        session = self._session(requests)
        session.proxies = {'http://nowhere.invalid': url, 'http': 'http://127.0.0.1:1'}
        by_host = session.get(target).json()
        os.environ['HTTP_PROXY'] = url
        try:
            environment = requests.get(target).json()
            session = self._session(requests)
            session.trust_env = False
            untrusted = failure(session.get, target)
            os.environ['NO_PROXY'] = 'nowhere.invalid'
            bypassed = failure(requests.get, target)
        finally:
            os.environ.pop('HTTP_PROXY')
            os.environ.pop('NO_PROXY', None)
        return [
            given,
            by_host,
            environment,
            untrusted,
            bypassed,
            failure(requests.get, target, proxies={'http': 'http://127.0.0.1:1'}),
            failure(requests.get, 'https://nowhere.invalid/', proxies={'https': url}),
            failure(requests.get, target, proxies={'http': 'http:///nothing'}),
        ]

    def cookies_of_one_request_win(self, requests, url):
        session = self._session(requests)
        session.cookies.set('a', 'session')
        session.cookies.set('b', 'session')
        one = session.get(url + '/echo', cookies={'a': 'request', 'c': 'request'})
        return [cookies_sent(one), session.cookies.get_dict(), cookies_sent(session.get(url + '/echo'))]

    def kept_and_loaded(self, requests, url):
        session = self._session(requests)
        session.headers['X-Own'] = 'yes'
        session.cookies.set('a', '1')
        other = self._stack.enter_context(pickle.loads(pickle.dumps(session)))  # noqa: S301 (made here)
        answer = pickle.loads(pickle.dumps(other.get(url + '/echo')))  # noqa: S301
        return [answer.json()['headers'], answer.status_code, answer.reason, answer.text == answer.content.decode()]

    def timeouts(self, requests, url):
        return [failure(requests.get, url + '/', timeout=timeout) for timeout in ((1, 2, 3), 0, (1, -1), 'x')]

    def prepared_in_parts(self, requests, url):
        request = requests.models.PreparedRequest()
        request.prepare_method('post')
        request.prepare_url(url + '/echo', {'a': 1})
        request.prepare_headers({'X-A': 'b'})
        request.prepare_cookies({'c': 'd'})
        request.prepare_body({'e': 'f'}, None)
        request.prepare_auth(('user', 'pass'), url)
        request.prepare_hooks(None)
        session = self._session(requests)
        return [echoed(session.send(request)), failure(session.send, requests.Request('GET', url))]

    def own_redirects(self, requests, url):
        class Own(requests.Session):
            def rebuild_auth(self, prepared_request, response):
                prepared_request.headers['X-Rebuilt'] = response.status_code.__str__()

        session = self._stack.enter_context(Own())
        first = session.get(url + '/to/302/to/301/echo', allow_redirects=False)
        rest = [one.status_code for one in session.resolve_redirects(first, first.request)]
        return [echoed(session.get(url + '/to/307/echo')), rest, session.get_redirect_target(first), first.next.url]

    def small_utilities(self, requests, url):
        utils = requests.utils
        return [
            utils.get_auth_from_url('http://a%20b:c@h/'), utils.prepend_scheme_if_needed('example.com/x', 'http'),
            utils.parse_dict_header('a="1", b=2, c'), utils.parse_list_header('a, "b, c", d'),
            utils.get_encodings_from_content('<meta charset="x-y"><?xml'), utils.unquote_unreserved('%41%2F%7e'),
            utils.guess_json_utf(b'{"a": 1}'), utils.guess_json_utf('{"a": 1}'.encode('utf-16-le')),
            utils.urldefragauth('http://u:p@host/x?y#z'), list(utils.iter_slices('abcdefg', 3)),
            utils.to_key_val_list({'a': 1}), failure(utils.to_key_val_list, 'text'),
            utils.select_proxy('http://a.b/c', {'http': 'x', 'http://a.b': 'y'}), utils.super_len(io.BytesIO(b'abc')),
            requests.codes.temporary_redirect, requests.codes['not_found'], requests.codes.TEAPOT,
        ]  # fmt: skip

    def elapsed_time(self, requests, url):
        response = requests.get(url + '/')
        return [type(response.elapsed).__name__, response.elapsed.total_seconds() > 0]

    def dictionaries(self, requests, url):
        kind = requests.structures.CaseInsensitiveDict
        one = kind({'Accept': 'x'}, b=2)
        return [one['ACCEPT'], one == {'accept': 'x', 'B': 2}, repr(one), list(one), len(one), dict(one.lower_items())]


def results(requests):
    """Runs every case; returns name to result, with the server's address replaced."""
    FLAKY.clear()
    with serving(answer) as server, contextlib.ExitStack() as stack:
        names = [name for name in vars(Cases) if not name.startswith('_')]
        found = {name: getattr(Cases(stack), name)(requests, server.url) for name in names}
        text = json.dumps(found, ensure_ascii=True).replace(server.url[7:], 'SERVER')
    return json.loads(text)


if __name__ == '__main__':
    import requests

    json.dump(results(requests), sys.stdout, indent=1, sort_keys=True)
    print()
