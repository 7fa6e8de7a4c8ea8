"""A small HTTP client for scripts."""

import json
import urllib.parse

from _pulzar import http11
from pulzarutils.constants import ReqType

MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
TIMEOUT_SECONDS = 10
METHODS = ('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS')
NO_RESPONSE = 'no response'
PRIVATE_HEADERS = ('authorization', 'cookie', 'passport')


class CoreRequest:
    """One request to ``host:port/path``: set it up, ``make_request``, read what came back.

    ``response``
        the body as text; ``'no response'`` when nothing was answered, and before the request.
    ``json_response``
        the body as a Python value, None when it is not JSON.
    ``status``, ``headers``, ``error``, ``content``
        the HTTP status, the answer's headers (lower-case names), why there was no answer, and the body as bytes.

    ``host`` may start with ``https://``. Redirects are followed up to five times; 307 and 308 keep
    method and body. Headers that carry credentials are not sent on to another host. It takes up to ten seconds;
    ``timeout`` can be set.
    """

    def __init__(self, host, port, url_path):
        scheme, separator, rest = str(host).partition('://')
        self._scheme = scheme.lower() if separator else ('https' if str(port) == '443' else 'http')
        self.host = (rest if separator else scheme).strip('/')
        self.port = port
        self.timeout = TIMEOUT_SECONDS
        self._type = 'GET'
        self._payload = None
        self._headers = {}
        self.set_path(url_path)
        self._forget_answer()

    def set_type(self, type_request=ReqType.GET):
        """Sets the method: one of ``ReqType``, or a name such as ``'PATCH'``, in any case."""
        method = type_request.name if isinstance(type_request, ReqType) else str(type_request).upper()
        if method not in METHODS:
            raise ValueError(f'{type_request!r} is not one of {", ".join(METHODS)}')
        self._type = method

    def set_path(self, path_string):
        """Sets the path, with its query; a leading slash is added when it is missing."""
        self.path = path_string if path_string.startswith('/') else '/' + path_string

    def set_payload(self, payload):
        """Sets the body: bytes, text, an open binary file, or a dict (see ``make_request``)."""
        self._payload = payload

    def add_header(self, header, value=None):
        """Adds the headers of a dict, or one by name and value; each replaces the one of its name."""
        for name, text in header.items() if value is None else ((header, value),):
            self._headers = {known: old for known, old in self._headers.items() if known.lower() != name.lower()}
            self._headers[name] = str(text)

    def make_request(self, json_request=False):
        """Sends the request; returns True when the answer's status is 200.

        A dict is sent as a form, with ``json_request=True`` the payload is sent as JSON. False
        means another status, or no answer at all: then ``status`` is None and ``error`` says why.
        """
        self._forget_answer()
        body, headers = self._encoded(json_request)
        url = f'{self._scheme}://{self.host}:{self.port}{self.path}'
        try:
            self._follow(self._type, url, body, headers)
        except (OSError, http11.ProtocolError, ValueError) as error:
            self.error = f'{self._type} {url}: {error or type(error).__name__}'
            return False
        return self.status == 200

    def _forget_answer(self):
        self.response = NO_RESPONSE
        self.content = self.json_response = self.status = self.error = None
        self.headers = {}

    def _encoded(self, json_request):
        headers = dict(self._headers)
        body, content_type = self._payload, None
        if json_request and body is not None:
            body, content_type = json.dumps(body).encode(), 'application/json'
        elif isinstance(body, dict):
            body = urllib.parse.urlencode(body, doseq=True).encode()
            content_type = 'application/x-www-form-urlencoded'
        elif isinstance(body, str):
            body = body.encode()
        if content_type and 'content-type' not in {name.lower() for name in headers}:
            headers['Content-Type'] = content_type
        return body, headers

    def _follow(self, method, url, body, headers):
        for _ in range(MAX_REDIRECTS + 1):
            self._send(method, url, body, headers)
            location = self.headers.get('location')
            if self.status not in REDIRECTS or not location:
                self._parse()
                return
            target = urllib.parse.urljoin(url, location)
            if self.status == 303 or (self.status in (301, 302) and method == 'POST'):
                method, body = 'GET', None
                headers = _without(headers, ('content-type',))
            if urllib.parse.urlsplit(target).netloc != urllib.parse.urlsplit(url).netloc:
                headers = _without(headers, PRIVATE_HEADERS)
            if hasattr(body, 'seek'):
                body.seek(0)
            url = target
        self._forget_answer()
        raise ValueError(f'more than {MAX_REDIRECTS} redirects')

    def _send(self, method, url, body, headers):
        parts = urllib.parse.urlsplit(url)
        connection = http11.Connection(parts.hostname, _port(parts), _context(parts.scheme))
        try:
            connection.connect(self.timeout)
            connection.send(*_message(method, parts, body, headers))
            answer = connection.answer(method)
            self.content = answer.rest()
            self.status = answer.status
            self.headers = {name.lower(): value for name, value in answer.headers}
            self.response = _text_of(self.content, self.headers.get('content-type', ''))
        finally:
            connection.close()

    def _parse(self):
        try:
            self.json_response = json.loads(self.content)
        except ValueError:
            self.json_response = None


def _text_of(content, content_type):
    charset = content_type.lower().partition('charset=')[2].partition(';')[0].strip(' "\'')
    try:
        return content.decode(charset or 'utf-8', 'replace')
    except LookupError:
        return content.decode('utf-8', 'replace')


def _port(parts):
    return parts.port or (443 if parts.scheme == 'https' else 80)


def _context(scheme):
    if scheme == 'http':
        return None
    if scheme != 'https':
        raise ValueError(f'{scheme}: only http and https can be requested')
    import ssl

    return ssl.create_default_context()


def _message(method, parts, body, headers):
    """The head of a request, and the pieces of its body."""
    own = {name.lower() for name in headers}
    fields = list(headers.items())
    if 'host' not in own:
        fields.insert(0, ('Host', http11.host_header(parts.scheme, parts.hostname, _port(parts))))
    if 'accept-encoding' not in own:
        fields.append(('Accept-Encoding', 'identity'))
    framed = 'content-length' in own or 'transfer-encoding' in own
    if body is None:
        pieces = ()
        if method in ('POST', 'PUT', 'PATCH') and not framed:
            fields.append(('Content-Length', '0'))
    elif isinstance(body, (bytes, bytearray)):
        pieces = (body,)
        if not framed:
            fields.append(('Content-Length', str(len(body))))
    else:
        pieces = http11.pieces_of(body)
        if not framed:
            fields.append(('Transfer-Encoding', 'chunked'))
            pieces = http11.chunks_of(pieces)
    path = (parts.path or '/') + ('?' + parts.query if parts.query else '')
    return http11.head_of(method, path, fields), pieces


def _without(headers, names):
    return {name: value for name, value in headers.items() if name.lower() not in names}
