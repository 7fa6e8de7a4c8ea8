"""A stand-in for the ``requests`` package, with an HTTP/1.1 of its own that is loaded quickly.

It serves the names that scripts use in the shapes that ``requests`` 2.28 gives them. What it does not
have raises NotImplementedError naming the missing piece. A real ``requests`` that a user installs wins
over it. SOCKS proxies and what reaches into urllib3's pools are not there.
"""

from requests import exceptions
from requests.api import delete, get, head, options, patch, post, put, request
from requests.exceptions import (
    ConnectionError,
    ConnectTimeout,
    FileModeWarning,
    HTTPError,
    JSONDecodeError,
    ReadTimeout,
    RequestException,
    Timeout,
    TooManyRedirects,
    URLRequired,
)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.status_codes import codes

__version__ = '2.28.1'
__title__ = 'requests'
_SUBMODULES = ('adapters', 'auth', 'compat', 'cookies', 'hooks', 'packages', 'structures', 'utils')

__all__ = [
    'ConnectTimeout',
    'ConnectionError',
    'FileModeWarning',
    'HTTPError',
    'JSONDecodeError',
    'PreparedRequest',
    'ReadTimeout',
    'Request',
    'RequestException',
    'Response',
    'Session',
    'Timeout',
    'TooManyRedirects',
    'URLRequired',
    'codes',
    'delete',
    'exceptions',
    'get',
    'head',
    'options',
    'patch',
    'post',
    'put',
    'request',
    'session',
]


def __getattr__(name):
    from requests._missing import module_attribute

    return module_attribute('requests', name, _SUBMODULES)
