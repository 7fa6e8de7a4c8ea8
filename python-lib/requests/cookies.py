"""Cookies, on the standard library's jar."""

import copy
import email.message
import http.cookiejar
import urllib.request

from requests._missing import module_attribute

__path__ = []  # see _pulzar.standins


class CookieConflictError(RuntimeError):
    """Two cookies of different domains or paths have the name."""


class RequestsCookieJar(http.cookiejar.CookieJar):
    """A cookie jar that is a dict of name to value as well."""

    def get(self, name, default=None, domain=None, path=None):
        try:
            return self._one(name, domain, path).value
        except KeyError:
            return default

    def set(self, name, value, **kwargs):
        """Sets a cookie; ``domain=`` and ``path=`` limit it, a None value removes it."""
        if value is None:
            for cookie in self._matching(name, kwargs.get('domain'), kwargs.get('path')):
                self.clear(cookie.domain, cookie.path, cookie.name)
            return None
        cookie = create_cookie(name, value, **kwargs)
        self.set_cookie(cookie)
        return cookie

    def keys(self):
        return [cookie.name for cookie in self]

    def values(self):
        return [cookie.value for cookie in self]

    def items(self):
        return [(cookie.name, cookie.value) for cookie in self]

    def iterkeys(self):
        """Iterates over the names."""
        return iter(self.keys())

    def itervalues(self):
        """Iterates over the values."""
        return iter(self.values())

    def iteritems(self):
        """Iterates over names and values."""
        return iter(self.items())

    def multiple_domains(self):
        """Whether two cookies are of the same domain."""
        domains = [cookie.domain for cookie in self if cookie.domain is not None]
        return len(set(domains)) < len(domains)

    def pop(self, name, *default):
        """Takes a cookie out and returns its value."""
        if name not in self.keys():
            if default:
                return default[0]
            raise KeyError(name)
        value = self.get(name)
        del self[name]
        return value

    def setdefault(self, name, default=None):
        """The value of a cookie, which is set if it was not there."""
        if name not in self.keys():
            self[name] = default
        return self.get(name)

    def get_policy(self):
        """Who may set cookies."""
        return self._policy

    def update(self, other):
        """Adds the cookies of another jar or dict."""
        if isinstance(other, http.cookiejar.CookieJar):
            for cookie in other:
                self.set_cookie(cookie)
        else:
            for name, value in dict(other).items():
                self.set(name, value)

    def get_dict(self, domain=None, path=None):
        """Returns name to value of the cookies of a domain and path, or all."""
        return {
            cookie.name: cookie.value
            for cookie in self
            if domain in (None, cookie.domain) and path in (None, cookie.path)
        }

    def list_domains(self):
        return list(dict.fromkeys(cookie.domain for cookie in self))

    def list_paths(self):
        return list(dict.fromkeys(cookie.path for cookie in self))

    def copy(self):
        twin = RequestsCookieJar(self._policy)
        twin.update(self)
        return twin

    def extract(self, url, set_cookie_headers):
        """Takes the cookies of an answer's ``Set-Cookie`` headers, as far as its URL may set them."""
        if not set_cookie_headers:
            return
        message = email.message.Message()
        for value in set_cookie_headers:
            message['Set-Cookie'] = value
        self.extract_cookies(_Answer(message), urllib.request.Request(url))  # noqa: S310 (nothing is opened)

    def __getitem__(self, name):
        return self._one(name).value

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        matching = self._matching(name)
        if not matching:
            raise KeyError(name)
        for cookie in matching:
            self.clear(cookie.domain, cookie.path, cookie.name)

    def __contains__(self, name):
        return any(name in (cookie.name, cookie) for cookie in self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items() if hasattr(other, 'items') else other)

    __hash__ = None

    def __getstate__(self):
        state = self.__dict__.copy()
        del state['_cookies_lock']
        return state

    def __setstate__(self, state):
        import threading

        self.__dict__.update(state)
        self._cookies_lock = threading.RLock()

    def _matching(self, name, domain=None, path=None):
        return [
            cookie
            for cookie in self
            if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path)
        ]

    def _one(self, name, domain=None, path=None):
        matching = self._matching(name, domain, path)
        if not matching:
            raise KeyError(f'name={name!r}, domain={domain!r}, path={path!r}')
        if len(matching) > 1:
            raise CookieConflictError(f'There are multiple cookies with name, {name!r}')
        return matching[0]


class _Answer:
    """As much of a response as the standard library's jar looks at."""

    def __init__(self, message):
        self._message = message

    def info(self):
        return self._message


def create_cookie(name, value, domain='', path='/', port=None, secure=False, expires=None, discard=True, rest=None):
    """Makes a cookie; without a domain it is sent to every host."""
    return http.cookiejar.Cookie(
        version=0,
        name=name,
        value=value,
        port=port,
        port_specified=bool(port),
        domain=domain,
        domain_specified=bool(domain),
        domain_initial_dot=domain.startswith('.'),
        path=path,
        path_specified=bool(path),
        secure=secure,
        expires=expires,
        discard=discard,
        comment=None,
        comment_url=None,
        rest={'HttpOnly': None} if rest is None else rest,
        rfc2109=False,
    )


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    """Adds the cookies of a dict to a jar, by default a new one."""
    cookiejar = RequestsCookieJar() if cookiejar is None else cookiejar
    present = {cookie.name for cookie in cookiejar}
    for name, value in (cookie_dict or {}).items():
        if overwrite or name not in present:
            cookiejar.set_cookie(create_cookie(name, value))
    return cookiejar


def merge_cookies(cookiejar, cookies):
    """Adds cookies of a dict or jar to a jar."""
    if isinstance(cookies, dict):
        return cookiejar_from_dict(cookies, cookiejar, overwrite=False)
    for cookie in cookies:
        cookiejar.set_cookie(copy.copy(cookie))
    return cookiejar


def header_for(cookies, url):
    """Returns the ``Cookie`` header that a dict or jar of cookies means for a URL, or None."""
    jar = cookies if isinstance(cookies, http.cookiejar.CookieJar) else cookiejar_from_dict(cookies)
    request = urllib.request.Request(url)  # noqa: S310 (nothing is opened)
    jar.add_cookie_header(request)
    return request.get_header('Cookie')


def __getattr__(name):
    return module_attribute('requests.cookies', name)
