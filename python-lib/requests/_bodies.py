"""Makes the body of a request: forms, JSON, files, multipart."""

import io
import json as json_format
import os

from requests._urls import encoded_form
from requests.exceptions import InvalidJSONError, UnrewindableBodyError

from _pulzar.http11 import bytes_of

FORM = 'application/x-www-form-urlencoded'


def encoded(data, files, json):
    """Returns ``(body, content type)``; the body is text, bytes, an open file, an iterable, or None.

    ``files`` makes it multipart with ``data`` as its other fields; ``json`` counts only where
    there are neither.
    """
    if files:
        return _multipart(data, files)
    if not data and json is not None:
        try:
            return json_format.dumps(json, allow_nan=False).encode(), 'application/json'
        except ValueError as error:
            raise InvalidJSONError(error) from error
    if not data:
        return None, None
    if isinstance(data, str):
        return data, None
    if isinstance(data, (bytes, bytearray)):
        return bytes(data), None
    if hasattr(data, 'read') or (hasattr(data, '__iter__') and not isinstance(data, (list, tuple, dict))):
        if hasattr(data, 'items'):
            return encoded_form(data), FORM
        return data, None
    return encoded_form(data), FORM


def length_of(body):
    """Returns how many bytes of a body are left, or None where only sending it tells."""
    if body is None:
        return 0
    if isinstance(body, (str, bytes)):
        return len(bytes_of(body))
    if isinstance(body, io.TextIOBase):
        return None
    if hasattr(body, 'fileno'):
        try:
            return max(0, os.fstat(body.fileno()).st_size - body.tell())
        except OSError:
            pass  # no real file (io.BytesIO): its end is found by seeking, below
    if hasattr(body, 'seek') and hasattr(body, 'tell'):
        try:
            here = body.tell()
            end = body.seek(0, os.SEEK_END)
            body.seek(here)
        except OSError:
            return None
        return max(0, end - here)
    return len(body) if hasattr(body, '__len__') and not hasattr(body, '__iter__') else None


def rewind(request):
    """Goes back to where the body began, to send it again."""
    body, position = request.body, request._body_position
    if body is None or isinstance(body, (str, bytes)):
        return
    if not isinstance(position, int) or not hasattr(body, 'seek'):
        raise UnrewindableBodyError('Unable to rewind request body for redirect.')
    body.seek(position)


def _multipart(data, files):
    if isinstance(data, (str, bytes)):
        raise ValueError('Data must not be a string.')
    boundary = os.urandom(16).hex()
    body = bytearray()
    for name, value in _pairs(data or {}):
        for one in [value] if isinstance(value, (str, bytes)) or not hasattr(value, '__iter__') else value:
            if one is not None:
                _add_part(body, boundary, f'name="{_quoted(name)}"', bytes_of(one), {})
    for name, given in _pairs(files):
        filename, content, content_type, headers = _file_of(name, given)
        if content is None:
            continue
        content = content.read() if hasattr(content, 'read') else content
        disposition = f'name="{_quoted(name)}"'
        if filename:
            disposition += f'; filename="{_quoted(filename)}"'
        if content_type:
            headers = {'Content-Type': content_type, **headers}
        _add_part(body, boundary, disposition, bytes_of(content), headers)
    body += f'--{boundary}--\r\n'.encode()
    return bytes(body), f'multipart/form-data; boundary={boundary}'


def _add_part(body, boundary, disposition, content, headers):
    body += f'--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n'.encode()
    for name, value in headers.items():
        body += f'{name}: {value}\r\n'.encode()
    body += b'\r\n' + content + b'\r\n'


def _file_of(name, given):
    """Fills ``content``, ``(filename, content[, type[, headers]])`` up to four values."""
    if isinstance(given, (tuple, list)):
        filename, content, content_type, headers = (*given, None, None)[:4]
        return filename, content, content_type, headers or {}
    own_name = getattr(given, 'name', None)
    if isinstance(own_name, str) and not (own_name.startswith('<') and own_name.endswith('>')):
        return os.path.basename(own_name), given, None, {}
    return name, given, None, {}


def _quoted(name):
    """Escapes a field's name the way browsers do (HTML, multipart/form-data encoding algorithm)."""
    name = name.decode() if isinstance(name, bytes) else str(name)
    return name.replace('"', '%22').replace('\r', '%0D').replace('\n', '%0A')


def _pairs(values):
    return values.items() if hasattr(values, 'items') else values
