"""Small parts that scripts import from ``requests.utils``."""

import os
import re
from urllib.parse import quote, unquote, urlparse

from requests import _proxies, _urls
from requests._missing import module_attribute
from requests._urls import requoted as requote_uri
from requests.structures import CaseInsensitiveDict

__path__ = []  # see _pulzar.standins

USER_AGENT = 'python-requests/2.28.1'
LINK = re.compile(r'<\s*([^>]*)\s*>([^<]*)')
LINK_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)')

__all__ = ['quote', 'requote_uri', 'unquote', 'urlparse']


def default_user_agent(name='python-requests'):
    return USER_AGENT.replace('python-requests', name)


def default_headers():
    """Returns the headers that every session starts with."""
    return CaseInsensitiveDict(
        {
            'User-Agent': default_user_agent(),
            'Accept-Encoding': 'gzip, deflate',
            'Accept': '*/*',
            'Connection': 'keep-alive',
        }
    )


def get_encoding_from_headers(headers):
    """Returns the charset of ``Content-Type``; text without one is ISO-8859-1, JSON is UTF-8."""
    content_type = headers.get('content-type')
    if not content_type:
        return None
    kind, *parameters = content_type.split(';')
    for parameter in parameters:
        name, _, value = parameter.partition('=')
        if name.strip().lower() == 'charset' and value:
            return value.strip(' \'"')
    if 'text' in kind:
        return 'ISO-8859-1'
    return 'utf-8' if 'application/json' in kind else None


def guess_encoding(content):
    """Returns the encoding of bytes: by byte order mark, UTF-8 where it is that, else Windows-1252."""
    for mark, name in ((b'\xef\xbb\xbf', 'utf-8-sig'), (b'\xff\xfe', 'utf-16'), (b'\xfe\xff', 'utf-16')):
        if content.startswith(mark):
            return name
    try:
        content.decode()
    except UnicodeDecodeError:
        return 'windows-1252'
    return 'ascii' if content.isascii() else 'utf-8'


def get_environ_proxies(url, no_proxy=None):
    """The proxies that the environment names for a URL."""
    return _proxies.from_environment(url, no_proxy)


def select_proxy(url, proxies):
    """The proxy for a URL among several, or None."""
    return _proxies.chosen(url, proxies)


def should_bypass_proxies(url, no_proxy):
    """Whether ``NO_PROXY`` names the host of a URL."""
    return _proxies.bypassed(url, no_proxy)


def resolve_proxies(request, proxies, trust_env=True):
    """The proxies for a request: those given, else those of the environment."""
    proxies = {} if proxies is None else proxies
    found = dict(proxies)
    if trust_env and not should_bypass_proxies(request.url, proxies.get('no_proxy')):
        scheme = urlparse(request.url).scheme
        environment = get_environ_proxies(request.url, proxies.get('no_proxy'))
        proxy = environment.get(scheme, environment.get('all'))
        if proxy:
            found.setdefault(scheme, proxy)
    return found


def get_netrc_auth(url, raise_errors=False):
    """Name and password for the host of a URL from the file ``.netrc``, or None."""
    places = [os.environ['NETRC']] if os.environ.get('NETRC') else ['~/.netrc', '~/_netrc']
    path = next((place for place in map(os.path.expanduser, places) if os.path.exists(place)), None)
    if path is None:
        return None
    import netrc

    try:
        found = netrc.netrc(path).authenticators(urlparse(url).netloc.split(':')[0])
    except (netrc.NetrcParseError, OSError):
        if raise_errors:
            raise
        return None
    return (found[0 if found[0] else 1], found[2]) if found else None


def get_auth_from_url(url):
    """Name and password that stand in a URL; two empty texts without."""
    parts = urlparse(url)
    if parts.username is None or parts.password is None:
        return ('', '')
    return unquote(parts.username), unquote(parts.password)


def urldefragauth(url):
    """The URL without fragment, name and password."""
    return _urls.without_credentials(url)


def prepend_scheme_if_needed(url, new_scheme):
    """The URL, with a scheme if it had none."""
    return url if '://' in url else f'{new_scheme}://{url.lstrip("/")}'


def super_len(o):
    """How many bytes of a body are left to send; 0 where only sending tells."""
    from requests import _bodies

    return _bodies.length_of(o) or 0


def guess_filename(obj):
    """The name of an open file."""
    name = getattr(obj, 'name', None)
    if name and isinstance(name, (str, bytes)) and name[0] != '<' and name[-1] != '>':
        return os.path.basename(name)
    return None


def guess_json_utf(data):
    """Which of UTF-8, -16 and -32 the bytes of a JSON text are."""
    import json

    name = json.detect_encoding(data)
    return {'utf-8-sig': 'utf-8-sig'}.get(name, name)


def to_key_val_list(value):
    """The pairs of a dict, or those given, as a list."""
    if value is None:
        return None
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError('cannot encode objects that are not 2-tuples')
    return list(value.items() if hasattr(value, 'items') else value)


def from_key_val_list(value):
    """The pairs as an ordered dict."""
    if value is None:
        return None
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError('cannot encode objects that are not 2-tuples')
    from collections import OrderedDict

    return OrderedDict(value)


def parse_list_header(value):
    """The elements of a header that is a list."""
    import urllib.request

    found = urllib.request.parse_http_list(value)
    return [unquote_header_value(one[1:-1]) if one[:1] == one[-1:] == '"' else one for one in found]


def parse_dict_header(value):
    """The pairs of a header such as ``a="1", b=2``."""
    found = {}
    for one in parse_list_header(value):
        name, equals, text = one.partition('=')
        if text[:1] == text[-1:] == '"':
            text = unquote_header_value(text[1:-1])
        found[name] = text if equals else None
    return found


def unquote_header_value(value, is_filename=False):
    """The text without the quotes of a header."""
    if value and value[0] == value[-1] == '"':
        value = value[1:-1]
        if not is_filename or value[:2] != '\\\\':
            return value.replace('\\\\', '\\').replace('\\"', '"')
    return value


def get_encodings_from_content(content):
    """The encodings that an HTML or XML text names itself."""
    found = re.findall(r'<meta.*?charset=["\']*(.+?)["\'>]', content, re.I)
    return (
        found
        + re.findall(r'<meta.*?content=["\']*;?charset=(.+?)["\'>]', content, re.I)
        + re.findall(r'^<\?xml.*?encoding=["\']*(.+?)["\'>]', content)
    )


def unquote_unreserved(uri):
    """Decodes the escapes that are not needed."""
    return re.sub('%([0-9A-Fa-f]{2})', _plain, uri)


def _plain(escape):
    character = chr(int(escape.group(1), 16))
    return character if character.isascii() and (character.isalnum() or character in '-._~') else escape.group()


def iter_slices(string, slice_length):
    """Iterates over parts of a text."""
    size = slice_length if slice_length and slice_length > 0 else len(string)
    return (string[at : at + size] for at in range(0, len(string), size or 1))


def parse_header_links(value):
    """Returns the links of a ``Link`` header: ``[{"url": ..., "rel": ...}]``."""
    return [
        {'url': url.strip(), **{name: text.strip('"') for name, text in LINK_PARAMETER.findall(parameters)}}
        for url, parameters in LINK.findall(value)
    ]


def dict_from_cookiejar(cj):
    """Returns a jar's cookies as a dict of name to value."""
    return {cookie.name: cookie.value for cookie in cj}


def add_dict_to_cookiejar(cj, cookie_dict):
    from requests.cookies import cookiejar_from_dict

    return cookiejar_from_dict(cookie_dict, cj)


def __getattr__(name):
    return module_attribute('requests.utils', name)
