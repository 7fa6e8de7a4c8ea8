"""Requests and responses."""

import datetime
import json as json_format

from requests import _bodies, _urls
from requests._missing import missing, module_attribute
from requests.auth import HTTPBasicAuth
from requests.exceptions import HTTPError, InvalidHeader, JSONDecodeError, StreamConsumedError
from requests.structures import CaseInsensitiveDict

REDIRECTS = (301, 302, 303, 307, 308)
CONTENT_CHUNK = 65536
ITER_CHUNK = 512


class Request:
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
        if hooks:
            raise missing('hooks=')
        self.method = method
        self.url = url
        self.headers = headers or {}
        self.files = files
        self.data = data
        self.params = params
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
            json=self.json,
        )
        return prepared

    def __repr__(self):
        return f'<Request [{self.method}]>'


class PreparedRequest:
    """A request as it is sent: ``method``, ``url``, ``headers``, ``body``."""

    def __init__(self):
        self.method = None
        self.url = None
        self.headers = CaseInsensitiveDict()
        self.body = None
        self._body_start = None
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
        if hooks:
            raise missing('hooks=')
        self.method = str(method or 'GET').upper()
        self.url = _urls.prepared(url, params)
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            self.headers[_checked_name(name)] = _checked_value(name, value)
        self._prepare_body(data, files, json)
        self._prepare_auth(auth)
        self._cookies = cookies
        if 'cookie' not in self.headers:
            self._prepare_cookies()

    @property
    def path_url(self):
        """The path and query that the request line holds."""
        return _urls.target_of(self.url)

    def copy(self):
        twin = PreparedRequest()
        twin.__dict__.update(self.__dict__)
        twin.headers = self.headers.copy()
        return twin

    def _prepare_body(self, data, files, json):
        self.body, content_type = _bodies.encoded(data, files, json)
        if content_type and 'content-type' not in self.headers:
            self.headers['Content-Type'] = content_type
        if hasattr(self.body, 'tell'):
            try:
                self._body_start = self.body.tell()
            except OSError:
                self._body_start = None
        self._prepare_length()

    def _prepare_length(self):
        length = _bodies.length_of(self.body)
        if length is None or (length == 0 and self.body is not None and not isinstance(self.body, (str, bytes))):
            self.headers['Transfer-Encoding'] = 'chunked'
        elif length or self.method not in ('GET', 'HEAD'):
            self.headers['Content-Length'] = str(length)

    def _prepare_cookies(self):
        if not self._cookies:
            return
        from requests.cookies import header_for

        text = header_for(self._cookies, self.url)
        if text:
            self.headers['Cookie'] = text

    def _prepare_auth(self, auth):
        auth = auth or _urls.credentials_in(self.url)
        if not auth:
            return
        if isinstance(auth, tuple) and len(auth) == 2:
            auth = HTTPBasicAuth(*auth)
        self.__dict__.update(auth(self).__dict__)
        if self.body is None or isinstance(self.body, (str, bytes)):
            self._prepare_length()

    def __repr__(self):
        return f'<PreparedRequest [{self.method}]>'


class Response:
    """An answer. With ``stream=True`` the body is read when it is asked for."""

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
        self._consumed = False

    @property
    def ok(self):
        """True below status 400."""
        return self.status_code < 400

    @property
    def cookies(self):
        """The cookies that this answer set."""
        if self._cookies is None:
            from requests.cookies import RequestsCookieJar

            self._cookies = RequestsCookieJar()
            self._cookies.extract(self.url, self._set_cookies)
        return self._cookies

    @property
    def content(self):
        """The body as bytes."""
        if self._content is False:
            if self._consumed:
                raise RuntimeError('The content for this response was already consumed')
            self._content = b''.join(self.iter_content(CONTENT_CHUNK)) if self.raw is not None else None
        self._consumed = True
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
        if self._consumed and isinstance(self._content, bool):
            raise StreamConsumedError
        pieces = self._stored_pieces(chunk_size) if self._consumed else self._arriving_pieces(chunk_size)
        return self._decoded(pieces) if decode_unicode and self.encoding else pieces

    def iter_lines(self, chunk_size=ITER_CHUNK, decode_unicode=False, delimiter=None):
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
        if self.status_code < 400:
            return
        kind = 'Client' if self.status_code < 500 else 'Server'
        reason = self.reason
        raise HTTPError(f'{self.status_code} {kind} Error: {reason} for url: {self.url}', response=self)

    @property
    def is_redirect(self):
        return 'location' in self.headers and self.status_code in REDIRECTS

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
        self._consumed = True

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
