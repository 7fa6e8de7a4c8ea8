"""Requests and responses."""

import datetime
import json as json_format

from requests import _bodies, _urls
from requests._missing import module_attribute
from requests.auth import HTTPBasicAuth
from requests.exceptions import HTTPError, InvalidHeader, JSONDecodeError, StreamConsumedError
from requests.hooks import RequestHooksMixin, default_hooks
from requests.structures import CaseInsensitiveDict

__path__ = []  # see _pulzar.standins

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 30
CONTENT_CHUNK_SIZE = 10 * 1024
ITER_CHUNK_SIZE = 512
_CONTENT_CHUNK = 65536


class Request(RequestHooksMixin):
    """A request as it was asked for; ``prepare()`` makes what is sent."""

    def __init__(
        self,
        method=None,
        url=None,
        headers=None,
        files=None,
        data=None,
        params=None,
        auth=None,
        cookies=None,
        hooks=None,
        json=None,
    ):
        self._take_hooks(hooks)
        self.method = method
        self.url = url
        self.headers = {} if headers is None else headers
        self.files = [] if files is None else files
        self.data = [] if data is None else data
        self.params = {} if params is None else params
        self.auth = auth
        self.cookies = cookies
        self.json = json

    def prepare(self):
        prepared = PreparedRequest()
        prepared.prepare(
            self.method,
            self.url,
            self.headers,
            self.files,
            self.data,
            self.params,
            self.auth,
            self.cookies,
            self.hooks,
            self.json,
        )
        return prepared

    def __repr__(self):
        return f'<Request [{self.method}]>'


class PreparedRequest(RequestHooksMixin):
    """A request as it is sent: ``method``, ``url``, ``headers``, ``body``, ``hooks``."""

    def __init__(self):
        self.method = None
        self.url = None
        self.headers = None
        self.body = None
        self.hooks = default_hooks()
        self._body_position = None
        self._cookies = None

    def prepare(
        self,
        method=None,
        url=None,
        headers=None,
        files=None,
        data=None,
        params=None,
        auth=None,
        cookies=None,
        hooks=None,
        json=None,
    ):
        """Fills everything in; the exceptions name what is wrong with URL, headers or body."""
        self.prepare_method(method)
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth, url)
        self.prepare_hooks(hooks)

    def prepare_method(self, method):
        """Takes the method, in capitals."""
        self.method = None if method is None else _urls.text_of(method).upper()

    def prepare_url(self, url, params):
        """Takes the URL with the parameters in its query."""
        self.url = _urls.prepared(url, params)

    def prepare_headers(self, headers):
        """Takes the headers; those that cannot be sent raise InvalidHeader."""
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            self.headers[_checked_name(name)] = _checked_value(name, value)

    def prepare_body(self, data, files, json=None):
        """Takes the body, and the headers that say how long it is and what."""
        self.body, content_type = _bodies.encoded(data, files, json)
        if content_type and 'content-type' not in self.headers:
            self.headers['Content-Type'] = content_type
        if hasattr(self.body, 'tell'):
            try:
                self._body_position = self.body.tell()
            except OSError:
                self._body_position = object()  # a body that cannot be sent again
        self.prepare_content_length(self.body)

    def prepare_content_length(self, body):
        """Says how long the body is."""
        length = _bodies.length_of(body)
        if length is None or (length == 0 and body is not None and not isinstance(body, (str, bytes))):
            self.headers['Transfer-Encoding'] = 'chunked'
        elif length or self.method not in ('GET', 'HEAD'):
            self.headers['Content-Length'] = str(length)

    def prepare_cookies(self, cookies):
        """Adds the ``Cookie`` header, where there is none."""
        self._cookies = cookies
        if not cookies:
            return
        from requests.cookies import cookiejar_from_dict, header_for

        if isinstance(cookies, dict):
            self._cookies = cookies = cookiejar_from_dict(cookies)
        text = None if 'cookie' in self.headers else header_for(cookies, self.url)
        if text:
            self.headers['Cookie'] = text

    def prepare_auth(self, auth, url=''):
        """Lets the authentication change the request."""
        auth = auth or _urls.credentials_in(self.url)
        if not auth:
            return
        if isinstance(auth, tuple) and len(auth) == 2:
            auth = HTTPBasicAuth(*auth)
        self.__dict__.update(auth(self).__dict__)
        if self.body is None or isinstance(self.body, (str, bytes)):
            self.prepare_content_length(self.body)

    def prepare_hooks(self, hooks):
        """Adds the hooks."""
        for event in hooks or {}:
            self.register_hook(event, hooks[event])

    @property
    def path_url(self):
        """The path and query that the request line holds."""
        return _urls.target_of(self.url)

    def copy(self):
        twin = PreparedRequest()
        twin.__dict__.update(self.__dict__)
        twin.headers = None if self.headers is None else self.headers.copy()
        twin._cookies = self._cookies.copy() if hasattr(self._cookies, 'copy') else self._cookies
        return twin

    def __repr__(self):
        return f'<PreparedRequest [{self.method}]>'


class Response:
    """An answer. With ``stream=True`` the body is read when it is asked for."""

    __attrs__ = (
        '_content', 'status_code', 'url', 'headers', 'history', 'encoding', 'reason', 'cookies', 'elapsed', 'request',
    )  # fmt: skip

    def __init__(self):
        self.status_code = None
        self.reason = None
        self.url = None
        self.headers = CaseInsensitiveDict()
        self.encoding = None
        self.history = []
        self.elapsed = datetime.timedelta(0)
        self.request = None
        self.raw = None
        self._next = None
        self._set_cookies = ()
        self._cookies = None
        self._content = False
        self._content_consumed = False

    @property
    def ok(self):
        """True below status 400."""
        try:
            self.raise_for_status()
        except HTTPError:
            return False
        return True

    def __getstate__(self):
        _ = self.content
        return {name: getattr(self, name, None) for name in self.__attrs__}

    def __setstate__(self, state):
        Response.__init__(self)
        for name, value in state.items():
            setattr(self, name, value)
        self._content_consumed = True
        self.raw = None

    @property
    def cookies(self):
        """The cookies that this answer set."""
        if self._cookies is None:
            from requests.cookies import RequestsCookieJar

            self._cookies = RequestsCookieJar()
            self._cookies.extract(self.url, self._set_cookies)
        return self._cookies

    @cookies.setter
    def cookies(self, cookies):
        self._cookies = cookies

    @property
    def content(self):
        """The body as bytes."""
        if self._content is False:
            if self._content_consumed:
                raise RuntimeError('The content for this response was already consumed')
            self._content = b''.join(self.iter_content(_CONTENT_CHUNK)) if self.raw is not None else None
        self._content_consumed = True
        return self._content

    @property
    def text(self):
        """The body as text, in ``encoding``, or in ``apparent_encoding`` where that is None."""
        if not self.content:
            return ''
        try:
            return str(self.content, self.encoding or self.apparent_encoding, errors='replace')
        except (LookupError, TypeError):
            return str(self.content, errors='replace')

    @property
    def apparent_encoding(self):
        """UTF-8 where the body is that, else Windows-1252; the real package guesses more."""
        from requests.utils import guess_encoding

        return guess_encoding(self.content or b'')

    def json(self, **kwargs):
        """The body as a Python value; ``JSONDecodeError`` when it is not JSON."""
        try:
            if not self.encoding and self.content:
                try:
                    return json_format.loads(self.content, **kwargs)
                except UnicodeDecodeError:
                    pass  # not UTF-8, -16 or -32 after all: decode it as text is decoded
            return json_format.loads(self.text, **kwargs)
        except json_format.JSONDecodeError as error:
            raise JSONDecodeError(error.msg, error.doc, error.pos) from error

    def iter_content(self, chunk_size=1, decode_unicode=False):
        """Iterates over the body; ``chunk_size=None`` gives pieces as they arrive."""
        if chunk_size is not None and not isinstance(chunk_size, int):
            raise TypeError(f'chunk_size must be an int, it is instead a {type(chunk_size)}.')
        if self._content_consumed and isinstance(self._content, bool):
            raise StreamConsumedError
        pieces = self._stored_pieces(chunk_size) if self._content_consumed else self._arriving_pieces(chunk_size)
        return self._decoded(pieces) if decode_unicode and self.encoding else pieces

    def iter_lines(self, chunk_size=ITER_CHUNK_SIZE, decode_unicode=False, delimiter=None):
        """Iterates over the lines of the body, without their ends."""
        pending = None
        for piece in self.iter_content(chunk_size, decode_unicode):
            text = piece if pending is None else pending + piece
            if delimiter:
                *lines, pending = text.split(delimiter)
                yield from lines
                continue
            lines = text.splitlines(keepends=True)
            # A line is whole when another follows or it has its end; after \r a \n may still come.
            ended = lines[-1].splitlines()[0] != lines[-1] and lines[-1][-1:] not in ('\r', b'\r')
            pending = None if ended else lines.pop()
            for line in lines:
                yield line.splitlines()[0]
        if pending is not None:
            yield pending if delimiter else pending.splitlines()[0]

    def raise_for_status(self):
        """Raises HTTPError for 4xx and 5xx."""
        if not 400 <= self.status_code < 600:
            return
        kind = 'Client' if self.status_code < 500 else 'Server'
        reason = self.reason
        if isinstance(reason, bytes):
            try:
                reason = reason.decode()
            except UnicodeDecodeError:
                reason = reason.decode('latin-1')
        raise HTTPError(f'{self.status_code} {kind} Error: {reason} for url: {self.url}', response=self)

    @property
    def is_redirect(self):
        """Whether it names another place to go to."""
        return 'location' in self.headers and self.status_code in REDIRECT_STATI

    @property
    def is_permanent_redirect(self):
        return 'location' in self.headers and self.status_code in (301, 308)

    @property
    def next(self):
        """The prepared request that this redirect asks for, where it was not followed; else None."""
        return self._next

    @property
    def links(self):
        """The ``Link`` header as a dict by ``rel``, or by URL where there is none."""
        from requests.utils import parse_header_links

        found = parse_header_links(self.headers.get('link', ''))
        return {link.get('rel') or link['url']: link for link in found}

    def close(self):
        """Gives the connection up; a body that was not read is lost."""
        if self.raw is not None:
            self.raw.close()

    def _arriving_pieces(self, chunk_size):
        while piece := self.raw.read_some() if chunk_size is None else self.raw.read(chunk_size, decode_content=True):
            yield piece
        self._content_consumed = True

    def _stored_pieces(self, chunk_size):
        content = self._content or b''
        size = chunk_size or len(content) or 1
        return (content[start : start + size] for start in range(0, len(content), size))

    def _decoded(self, pieces):
        import codecs

        decoder = codecs.getincrementaldecoder(self.encoding)(errors='replace')
        for piece in pieces:
            text = decoder.decode(piece)
            if text:
                yield text
        rest = decoder.decode(b'', final=True)
        if rest:
            yield rest

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f'<Response [{self.status_code}]>'


def _checked_name(name):
    text = name.decode('latin-1') if isinstance(name, bytes) else name
    if not isinstance(text, str) or not text or text != text.strip() or any(mark in text for mark in ':\r\n'):
        raise InvalidHeader(f'Invalid leading whitespace, reserved character(s), or return character(s) in {name!r}')
    return text


def _checked_value(name, value):
    if not isinstance(value, (str, bytes)):
        raise InvalidHeader(f'Header part ({value!r}) from ({name!r}, {value!r}) must be of type str or bytes')
    text = value.decode('latin-1') if isinstance(value, bytes) else value
    if text[:1].isspace() or '\r' in text or '\n' in text:
        raise InvalidHeader(f'Invalid leading whitespace, reserved character(s), or return character(s) in {value!r}')
    return text


def __getattr__(name):
    return module_attribute('requests.models', name)
