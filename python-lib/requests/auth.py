"""Authentication."""

import base64

from requests._missing import module_attribute

__path__ = []  # see _pulzar.standins


class AuthBase:
    """Base of what ``auth=`` takes: called with the prepared request, which it returns."""

    def __call__(self, r):
        raise NotImplementedError('an auth object must be callable with the prepared request')


class HTTPBasicAuth(AuthBase):
    """``Authorization: Basic`` with a name and a password."""

    header = 'Authorization'

    def __init__(self, username, password):
        self.username = username
        self.password = password

    def __eq__(self, other):
        mine = (self.username, self.password)
        return mine == (getattr(other, 'username', None), getattr(other, 'password', None))

    __hash__ = None

    def __call__(self, r):
        r.headers[self.header] = basic(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    """The same for a proxy."""

    header = 'Proxy-Authorization'


class HTTPDigestAuth(AuthBase):
    """Digest authentication: the first answer, a 401, says how; then the request is sent again."""

    def __init__(self, username, password):
        from requests._digest import Digest

        self.username = username
        self.password = password
        self._digest = Digest(username, password)

    def __eq__(self, other):
        mine = (self.username, self.password)
        return mine == (getattr(other, 'username', None), getattr(other, 'password', None))

    __hash__ = None

    def __getstate__(self):
        return {'username': self.username, 'password': self.password}

    def __setstate__(self, state):
        self.__init__(state['username'], state['password'])

    def __call__(self, r):
        state = self._digest.state()
        if state.last_nonce:
            r.headers['Authorization'] = self.build_digest_header(r.method, r.url)
        state.start = r.body.tell() if hasattr(r.body, 'tell') else None
        r.register_hook('response', self.handle_401)
        r.register_hook('response', self.handle_redirect)
        state.attempts = 1
        return r

    def build_digest_header(self, method, url):
        """The value of ``Authorization`` for a request."""
        return self._digest.header(method, url)

    def handle_redirect(self, r, **kwargs):
        """Lets the next place ask again."""
        if r.is_redirect:
            self._digest.state().attempts = 1

    def handle_401(self, r, **kwargs):
        """Answers the server's challenge, once."""
        state = self._digest.state()
        if not 400 <= r.status_code < 500:
            state.attempts = 1
            return r
        asked = r.headers.get('www-authenticate', '')
        if 'digest' not in asked.lower() or state.attempts >= 2:
            state.attempts = 1
            return r
        from requests._digest import challenge_in

        state.attempts += 1
        state.challenge = challenge_in(asked)
        if state.start is not None:
            r.request.body.seek(state.start)
        _ = r.content
        r.close()
        again = r.request.copy()
        if r._set_cookies:
            again.headers.pop('Cookie', None)
            again._cookies = again._cookies.copy() if again._cookies is not None else r.cookies
            again._cookies.update(r.cookies)
            again.prepare_cookies(again._cookies)
        again.headers['Authorization'] = self.build_digest_header(again.method, again.url)
        answer = r.connection.send(again, **kwargs)
        answer.history.append(r)
        answer.request = again
        return answer


def basic(username, password):
    """Returns the header's value; text is encoded as latin-1, as browsers do."""
    pair = b':'.join(part if isinstance(part, bytes) else str(part).encode('latin-1') for part in (username, password))
    return 'Basic ' + base64.b64encode(pair).decode()


def __getattr__(name):
    return module_attribute('requests.auth', name)
