"""A small HTTP client for scripts in Python 2."""

import json
import urllib
import urllib2

from pulzarutils.constants import ReqType

TIMEOUT_SECONDS = 10
NO_RESPONSE = 'no response'


class CoreRequest(object):
    """One request to ``host:port/path``: set it up, ``make_request``, read what came back."""

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

    def _forget_answer(self):
        self.response = NO_RESPONSE
        self.content = self.json_response = self.status = self.error = None
        self.headers = {}

    def set_type(self, type_request=ReqType.GET):
        """Sets the method: one of ``ReqType``, or a name such as ``'PATCH'``, in any case."""
        self._type = getattr(type_request, 'name', None) or str(type_request).upper()

    def set_path(self, path_string):
        """Sets the path, with its query; a leading slash is added when it is missing."""
        self.path = path_string if path_string.startswith('/') else '/' + path_string

    def set_payload(self, payload):
        """Sets the body: bytes, text, or a dict (see ``make_request``)."""
        self._payload = payload

    def add_header(self, header, value=None):
        """Adds the headers of a dict, or one by name and value."""
        for name, text in header.items() if value is None else ((header, value),):
            self._headers[name] = str(text)

    def make_request(self, json_request=False):
        """Sends the request; returns True when the answer's status is 200.

        A dict is sent as a form, with ``json_request=True`` the payload is sent as JSON.
        """
        self._forget_answer()
        headers = dict(self._headers)
        body = self._payload
        if json_request and body is not None:
            body = json.dumps(body)
            headers.setdefault('Content-Type', 'application/json')
        elif isinstance(body, dict):
            body = urllib.urlencode(body, True)
        elif isinstance(body, unicode):
            body = body.encode('utf-8')
        url = '%s://%s:%s%s' % (self._scheme, self.host, self.port, self.path)
        request = urllib2.Request(url, body, headers)
        request.get_method = lambda: self._type
        try:
            try:
                answer = urllib2.urlopen(request, timeout=self.timeout)
            except urllib2.HTTPError as refused:
                answer = refused
            self.status = answer.getcode()
            self.headers = dict(answer.info())
            self.content = answer.read()
        except (EnvironmentError, ValueError) as error:
            self.error = '%s %s: %s' % (self._type, url, error)
            return False
        self.response = self.content.decode('utf-8', 'replace')
        try:
            self.json_response = json.loads(self.content)
        except ValueError:
            self.json_response = None
        return self.status == 200
