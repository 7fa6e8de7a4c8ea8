"""Small parts that scripts import from ``requests.utils``."""

import re
from urllib.parse import quote, unquote, urlparse

from requests._missing import module_attribute
from requests._urls import requoted as requote_uri
from requests.structures import CaseInsensitiveDict

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
