"""Names that scripts take from here and not from the standard library."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, MutableMapping
from http import cookiejar as cookielib
from http.cookies import Morsel
from io import StringIO
from urllib.parse import (
    quote,
    quote_plus,
    unquote,
    unquote_plus,
    urldefrag,
    urlencode,
    urljoin,
    urlparse,
    urlsplit,
    urlunparse,
)
from urllib.request import getproxies, parse_http_list, proxy_bypass

from requests._missing import module_attribute

__path__ = []  # see _pulzar.standins

__all__ = [
    'Callable', 'JSONDecodeError', 'Mapping', 'Morsel', 'MutableMapping', 'OrderedDict', 'StringIO', 'cookielib',
    'getproxies', 'json', 'parse_http_list', 'proxy_bypass', 'quote', 'quote_plus', 'unquote', 'unquote_plus',
    'urldefrag', 'urlencode', 'urljoin', 'urlparse', 'urlsplit', 'urlunparse',
]  # fmt: skip

JSONDecodeError = json.JSONDecodeError
is_py2, is_py3, has_simplejson = False, True, False
builtin_str = str
basestring = (str, bytes)
numeric_types = (int, float)
integer_types = (int,)


def __getattr__(name):
    return module_attribute('requests.compat', name)
