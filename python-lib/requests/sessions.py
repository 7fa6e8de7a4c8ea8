"""Sessions: what several requests share."""

import datetime
import os
import time
import urllib.parse
from collections.abc import Mapping

from requests import _bodies, _urls
from requests._missing import module_attribute
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, InvalidSchema, TooManyRedirects
from requests.hooks import default_hooks, dispatch_hook
from requests.hooks import merged as merge_hooks
from requests.models import DEFAULT_REDIRECT_LIMIT, REDIRECT_STATI, PreparedRequest, Request
from requests.structures import CaseInsensitiveDict
from requests.utils import (
    default_headers,
    get_environ_proxies,
    get_netrc_auth,
    requote_uri,
    resolve_proxies,
)

__path__ = []  # see _pulzar.standins

__all__ = ['REDIRECT_STATI', 'Session', 'merge_hooks', 'merge_setting', 'session']


class Session:
    """Requests that share headers, parameters, authentication, cookies, hooks and open connections.

    A session belongs to one thread at a time.
    """

    __attrs__ = (
        'headers', 'cookies', 'auth', 'proxies', 'hooks', 'params', 'verify', 'cert', 'adapters', 'stream', 'trust_env',
        'max_redirects',
    )  # fmt: skip

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
        self.hooks = default_hooks()
        self.adapters = {}
        self._cookies = None
        self.mount('https://', HTTPAdapter())
        self.mount('http://', HTTPAdapter())

    def __getstate__(self):
        return {name: getattr(self, name, None) for name in self.__attrs__}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)

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
        request = Request(method.upper(), url, headers, files, data or {}, params or {}, auth, cookies, hooks, json)
        prepared = self.prepare_request(request)
        settings = self.merge_environment_settings(prepared.url, proxies or {}, stream, verify, cert)
        return self.send(prepared, timeout=timeout, allow_redirects=allow_redirects, **settings)

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
        auth = request.auth
        if self.trust_env and not auth and not self.auth:
            auth = get_netrc_auth(request.url)
        prepared = PreparedRequest()
        prepared.prepare(
            method=request.method.upper(),
            url=request.url,
            headers=merge_setting(request.headers, self.headers, CaseInsensitiveDict),
            files=request.files,
            data=request.data,
            params=merge_setting(request.params, self.params, dict),
            auth=merge_setting(auth, self.auth, dict),
            cookies=self._cookies_with(request.cookies),
            hooks=merge_hooks(request.hooks, self.hooks),
            json=request.json,
        )
        return prepared

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        """What of these the caller leaves open, from the session and the environment."""
        if self.trust_env:
            no_proxy = proxies.get('no_proxy') if proxies is not None else None
            proxies = {**get_environ_proxies(url, no_proxy), **(proxies or {})}
            if verify is True or verify is None:
                verify = os.environ.get('REQUESTS_CA_BUNDLE') or os.environ.get('CURL_CA_BUNDLE') or verify
        return {
            'proxies': merge_setting(proxies, self.proxies, dict),
            'stream': merge_setting(stream, self.stream, dict),
            'verify': merge_setting(verify, self.verify, dict),
            'cert': merge_setting(cert, self.cert, dict),
        }

    def send(self, request, **kwargs):
        """Sends a prepared request, follows redirects, and returns the last response."""
        if isinstance(request, Request):
            raise ValueError('You can only send PreparedRequests.')
        allow_redirects = kwargs.pop('allow_redirects', True)
        stream = kwargs.setdefault('stream', self.stream)
        kwargs.setdefault('verify', self.verify)
        kwargs.setdefault('cert', self.cert)
        if 'proxies' not in kwargs:
            kwargs['proxies'] = resolve_proxies(request, self.proxies, self.trust_env)
        response = self._send_once(request, kwargs)
        if allow_redirects:
            history = []
            for following in self.resolve_redirects(response, request, **kwargs):
                history.append(response)
                response = following
            if history:
                response.history = history
        else:
            response._next = next(self.resolve_redirects(response, request, yield_requests=True, **kwargs), None)
        if not stream:
            _ = response.content
        return response

    def resolve_redirects(self, resp, req, stream=False, timeout=None, verify=True, cert=None, proxies=None,
                          yield_requests=False, **adapter_kwargs):  # fmt: skip
        """Iterates over the responses after a redirect, or with ``yield_requests`` over the requests."""
        history = []
        url = self.get_redirect_target(resp)
        before = req
        while url:
            prepared = before.copy()
            history.append(resp)
            resp.history = history[1:]
            _drain(resp)
            if len(history) > self.max_redirects:
                resp.close()
                raise TooManyRedirects(f'Exceeded {self.max_redirects} redirects.', response=resp)
            prepared.url = _location_of(resp, url)
            self.rebuild_method(prepared, resp)
            if resp.status_code not in (307, 308):
                for name in ('Content-Length', 'Content-Type', 'Transfer-Encoding'):
                    prepared.headers.pop(name, None)
                prepared.body = None
                prepared.prepare_content_length(None)
            prepared.headers.pop('Cookie', None)
            prepared.prepare_cookies(self._cookies_after(before))
            proxies = self.rebuild_proxies(prepared, proxies)
            self.rebuild_auth(prepared, resp)
            if yield_requests:
                yield prepared
                return
            _bodies.rewind(prepared)
            before = prepared
            settings = {'stream': stream, 'timeout': timeout, 'verify': verify, 'cert': cert, 'proxies': proxies}
            resp = self._send_once(prepared, {**settings, **adapter_kwargs})
            if not stream:
                _ = resp.content
            url = self.get_redirect_target(resp)
            yield resp

    def get_redirect_target(self, resp):
        """Where a response sends to, None when it does not."""
        if not resp.is_redirect:
            return None
        # Headers arrive as latin-1; servers that send a raw path mean UTF-8.
        return resp.headers['location'].encode('latin-1').decode('utf-8', errors='replace')

    def should_strip_auth(self, old_url, new_url):
        """Whether a redirect leads to another place, that must not see the password."""
        return _leaves_origin(old_url, new_url)

    def rebuild_auth(self, prepared_request, response):
        """Takes the password away where a redirect leads to another place; ``.netrc`` may have one for it."""
        if 'Authorization' in prepared_request.headers and self.should_strip_auth(
            response.request.url, prepared_request.url
        ):
            del prepared_request.headers['Authorization']
        found = get_netrc_auth(prepared_request.url) if self.trust_env else None
        if found is not None:
            prepared_request.prepare_auth(found)

    def rebuild_proxies(self, prepared_request, proxies):
        """The proxies for the place that a redirect leads to."""
        proxies = resolve_proxies(prepared_request, proxies, self.trust_env)
        prepared_request.headers.pop('Proxy-Authorization', None)
        return proxies

    def rebuild_method(self, prepared_request, response):
        """Makes it a GET where browsers do."""
        method = prepared_request.method
        if method != 'HEAD' and (
            response.status_code in (302, 303) or (response.status_code == 301 and method == 'POST')
        ):
            prepared_request.method = 'GET'

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
        from requests.cookies import RequestsCookieJar, cookiejar_from_dict, merge_cookies

        if isinstance(cookies, dict):
            cookies = cookiejar_from_dict(cookies)
        return merge_cookies(merge_cookies(RequestsCookieJar(), self.cookies), cookies or ())

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
        response = dispatch_hook('response', request.hooks, response, **kwargs)
        for one in (*response.history, response):
            if getattr(one, '_set_cookies', None):
                self.cookies.extract(one.url, one._set_cookies)
        return response


def session():
    """Returns a new session; the old name of ``Session()``."""
    return Session()


def merge_setting(request_setting, session_setting, dict_class=dict):
    """Merges a request's dict over the session's; a None value removes an entry."""
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not isinstance(request_setting, Mapping) or not isinstance(session_setting, Mapping):
        return request_setting
    merged = dict_class(session_setting)
    merged.update(request_setting)
    for name in [name for name, value in merged.items() if value is None]:
        del merged[name]
    return merged


def _location_of(response, location):
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


def _drain(response):
    """Reads the body of a redirect, so that its connection can be used again."""
    try:
        _ = response.content
    except (ChunkedEncodingError, ContentDecodingError, RuntimeError):
        response.close()


def __getattr__(name):
    return module_attribute('requests.sessions', name)
