"""Sessions: settings, cookies and connections that several requests share; redirects."""

import datetime
import time
import urllib.parse

from requests import _urls
from requests._missing import missing, module_attribute
from requests.adapters import HTTPAdapter
from requests.exceptions import (
    ChunkedEncodingError,
    ContentDecodingError,
    InvalidSchema,
    TooManyRedirects,
    UnrewindableBodyError,
)
from requests.models import PreparedRequest, Request
from requests.structures import CaseInsensitiveDict
from requests.utils import default_headers, requote_uri

DEFAULT_REDIRECT_LIMIT = 30


class Session:
    """Requests that share headers, parameters, authentication, cookies and open connections.

    A session belongs to one thread at a time.
    """

    def __init__(self):
        self.headers = default_headers()
        self.auth = None
        self.params = {}
        self.verify = True
        self.cert = None
        self.proxies = {}
        self.stream = False
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.hooks = {}
        self.adapters = {}
        self._cookies = None
        self.mount('https://', HTTPAdapter())
        self.mount('http://', HTTPAdapter())

    @property
    def cookies(self):
        """The cookies that servers set or that the script put in."""
        if self._cookies is None:
            from requests.cookies import RequestsCookieJar

            self._cookies = RequestsCookieJar()
        return self._cookies

    @cookies.setter
    def cookies(self, cookies):
        from requests.cookies import cookiejar_from_dict

        self._cookies = cookiejar_from_dict(cookies) if isinstance(cookies, dict) else cookies

    def request(
        self,
        method,
        url,
        params=None,
        data=None,
        headers=None,
        cookies=None,
        files=None,
        auth=None,
        timeout=None,
        allow_redirects=True,
        proxies=None,
        hooks=None,
        stream=None,
        verify=None,
        cert=None,
        json=None,
    ):
        """Sends a request and returns its ``Response``.

        ``timeout`` is seconds, or ``(to connect, between bytes)``; without it there is none. Errors
        are those of ``requests.exceptions``.
        """
        request = Request(method, url, headers, files, data or {}, params, auth, cookies, hooks, json)
        return self.send(
            self.prepare_request(request),
            timeout=timeout,
            allow_redirects=allow_redirects,
            stream=self.stream if stream is None else stream,
            verify=self.verify if verify is None else verify,
            cert=cert or self.cert,
            proxies=proxies or self.proxies,
        )

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def options(self, url, **kwargs):
        return self.request('OPTIONS', url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault('allow_redirects', False)
        return self.request('HEAD', url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request('POST', url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request('PUT', url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request('PATCH', url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def prepare_request(self, request):
        """Prepares a ``Request`` with what the session adds to it."""
        prepared = PreparedRequest()
        prepared.prepare(
            method=request.method,
            url=request.url,
            headers=_merged(request.headers, self.headers, CaseInsensitiveDict),
            files=request.files,
            data=request.data,
            params=_merged(request.params, self.params, dict),
            auth=request.auth or self.auth,
            cookies=self._cookies_with(request.cookies),
            json=request.json,
        )
        return prepared

    def send(self, request, **kwargs):
        """Sends a prepared request, follows redirects, and returns the last response."""
        if self.hooks:
            raise missing('Session.hooks')
        allow_redirects = kwargs.pop('allow_redirects', True)
        stream = kwargs.setdefault('stream', self.stream)
        kwargs.setdefault('verify', self.verify)
        response = self._send_once(request, kwargs)
        history = []
        while allow_redirects and response.is_redirect:
            if len(history) >= self.max_redirects:
                response.close()
                raise TooManyRedirects(f'Exceeded {self.max_redirects} redirects.', response=response)
            _drain(response)
            following = self._following(response)
            history.append(response)
            response = self._send_once(following, kwargs)
            response.history = list(history)
        response._next = self._following(response) if response.is_redirect else None
        if not stream:
            _ = response.content
        return response

    def get_adapter(self, url):
        """Returns the adapter with the longest prefix that fits the URL; else InvalidSchema."""
        for prefix in sorted(self.adapters, key=len, reverse=True):
            if url.lower().startswith(prefix.lower()):
                return self.adapters[prefix]
        raise InvalidSchema(f'No connection adapters were found for {url!r}')

    def mount(self, prefix, adapter):
        """Makes an adapter serve all URLs with a prefix."""
        self.adapters[prefix] = adapter

    def close(self):
        for adapter in self.adapters.values():
            adapter.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def _cookies_with(self, cookies):
        if not cookies and self._cookies is None:
            return None
        from requests.cookies import merge_cookies

        return merge_cookies(self.cookies.copy(), cookies or {})

    def _cookies_after(self, request):
        """The cookies of a request, and over them those that answers have set since."""
        if self._cookies is None:
            return request._cookies
        from requests.cookies import RequestsCookieJar

        jar = RequestsCookieJar()
        jar.update(request._cookies or {})
        jar.update(self._cookies)
        return jar

    def _send_once(self, request, kwargs):
        adapter = self.get_adapter(request.url)
        started = time.perf_counter()
        response = adapter.send(request, **kwargs)
        response.elapsed = datetime.timedelta(seconds=time.perf_counter() - started)
        if response._set_cookies:
            self.cookies.extract(response.url, response._set_cookies)
        return response

    def _following(self, response):
        """Makes the request that a redirect asks for."""
        before = response.request
        following = before.copy()
        following.url = _location_of(response)
        if response.status_code not in (307, 308):
            if before.method != 'HEAD' and (
                response.status_code in (302, 303) or (response.status_code == 301 and before.method == 'POST')
            ):
                following.method = 'GET'
            for name in ('Content-Length', 'Content-Type', 'Transfer-Encoding'):
                following.headers.pop(name, None)
            following.body = None
            following._prepare_length()
        elif following.body is not None:
            _rewind(following)
        if _leaves_origin(before.url, following.url):
            following.headers.pop('Authorization', None)
        following.headers.pop('Cookie', None)
        following._cookies = self._cookies_after(before)
        following._prepare_cookies()
        return following


def session():
    """Returns a new session; the old name of ``Session()``."""
    return Session()


def _merged(own, shared, kind):
    """Merges a request's dict over the session's; a None value removes an entry."""
    if own is None:
        return shared
    if shared is None or not hasattr(own, 'items') or not hasattr(shared, 'items'):
        return own
    merged = kind(shared)
    merged.update(own)
    for name in [name for name, value in merged.items() if value is None]:
        del merged[name]
    return merged


def _location_of(response):
    # Headers arrive as latin-1; servers that send a raw path mean UTF-8.
    location = response.headers['location'].encode('latin-1').decode('utf-8', errors='replace')
    if location.startswith('//'):
        location = urllib.parse.urlsplit(response.url).scheme + ':' + location
    url = urllib.parse.urljoin(response.url, location)
    if not urllib.parse.urlsplit(url).fragment:
        fragment = urllib.parse.urlsplit(response.request.url).fragment
        url = urllib.parse.urldefrag(url).url + ('#' + fragment if fragment else '')
    return requote_uri(url)


def _leaves_origin(old, new):
    (old_scheme, old_host, old_port), (scheme, host, port) = _urls.origin_of(old), _urls.origin_of(new)
    if (old_host, old_port, old_scheme) == (host, port, scheme):
        return False
    upgraded = (old_host, old_scheme, old_port, scheme, port) == (host, 'http', 80, 'https', 443)
    return not upgraded


def _rewind(request):
    if isinstance(request.body, (str, bytes)):
        return
    if request._body_start is None:
        raise UnrewindableBodyError('Unable to rewind request body for redirect.')
    request.body.seek(request._body_start)


def _drain(response):
    """Reads the body of a redirect, so that its connection can be used again."""
    try:
        _ = response.content
    except (ChunkedEncodingError, ContentDecodingError, RuntimeError):
        response.close()


def __getattr__(name):
    return module_attribute('requests.sessions', name)
