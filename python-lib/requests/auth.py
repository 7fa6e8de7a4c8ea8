"""Authentication."""

import base64

from requests._missing import module_attribute


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


def basic(username, password):
    """Returns the header's value; text is encoded as latin-1, as browsers do."""
    pair = b':'.join(part if isinstance(part, bytes) else str(part).encode('latin-1') for part in (username, password))
    return 'Basic ' + base64.b64encode(pair).decode()


def __getattr__(name):
    return module_attribute('requests.auth', name)
