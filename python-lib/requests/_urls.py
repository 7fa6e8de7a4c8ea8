"""Makes the URL that is requested of what the caller gave."""

import urllib.parse

from requests.exceptions import InvalidURL, MissingSchema

# What stays as it is; anything else is percent-encoded.
SAFE = "!#$&'()*+,/:;=?@[]~"
UNRESERVED = '-._~'
HEX = frozenset('0123456789abcdefABCDEF')


def prepared(url, params=None):
    """Returns an absolute, percent-encoded URL with the parameters added to its query.

    Raises MissingSchema or InvalidURL.
    """
    url = text_of(url).lstrip()
    if ':' in url and not url.lower().startswith('http'):
        return url  # for an adapter that the script mounted
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidURL(f'Failed to parse: {url}: {error}') from error
    if not parts.scheme:
        raise MissingSchema(f'Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?')
    if not host:
        raise InvalidURL(f'Invalid URL {url!r}: No host supplied')
    user, at, _ = parts.netloc.rpartition('@')
    netloc = user + at + _host_in_ascii(host, url) + ('' if port is None else f':{port}')
    query = '&'.join(part for part in (parts.query, encoded_form(params)) if part)
    path = parts.path or '/'
    return requoted(urllib.parse.urlunsplit((parts.scheme, netloc, path, query, parts.fragment)))


def text_of(value):
    """Bytes as UTF-8, anything else as its text."""
    return value.decode('utf-8') if isinstance(value, bytes) else str(value)


def requoted(url):
    """Percent-encodes what a URL may not hold, and decodes escapes that are not needed (RFC 3986, 2.3).

    Where one ``%`` begins no escape, each of them is taken as a plain character.
    """
    first, *pieces = url.split('%')
    if not all(len(piece) >= 2 and HEX.issuperset(piece[:2]) for piece in pieces):
        return urllib.parse.quote(url, safe=SAFE)
    for number, piece in enumerate(pieces):
        character = chr(int(piece[:2], 16))
        plain = character.isascii() and (character.isalnum() or character in UNRESERVED)
        pieces[number] = character + piece[2:] if plain else '%' + piece
    return urllib.parse.quote(''.join([first, *pieces]), safe=SAFE + '%')


def encoded_form(values):
    """Encodes a dict, pairs, text or bytes as a query; None values are left out, lists repeat."""
    if isinstance(values, bytes):
        return values.decode()
    if values is None or isinstance(values, str):
        return values or ''
    pairs = []
    for name, value in values.items() if hasattr(values, 'items') else values:
        several = [value] if isinstance(value, (str, bytes)) or not hasattr(value, '__iter__') else value
        pairs += [(name, one) for one in several if one is not None]
    return urllib.parse.urlencode(pairs)


def credentials_in(url):
    """Returns the ``(user, password)`` that stand in the URL, or None."""
    parts = urllib.parse.urlsplit(url)
    if parts.username is None or parts.password is None:
        return None
    return urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password)


def without_credentials(url):
    """The URL without user, password and fragment."""
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc.rpartition('@')[2], parts.path, parts.query, ''))


def target_of(url):
    """Returns path and query, what the request line holds."""
    parts = urllib.parse.urlsplit(url)
    return (parts.path or '/') + ('?' + parts.query if parts.query else '')


def origin_of(url):
    """Returns ``(scheme, host, port)`` with the scheme's default port filled in."""
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == 'https' else 80)


def _host_in_ascii(host, url):
    if ':' in host:
        return f'[{host}]'
    if host.isascii():
        if host.startswith(('*', '.')):
            raise InvalidURL(f'Invalid URL {url!r}: the host {host!r} is none')
        return host
    try:
        return host.encode('idna').decode()
    except UnicodeError as error:
        raise InvalidURL(f'Invalid URL {url!r}: the host {host!r} is none') from error
