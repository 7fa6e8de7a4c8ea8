"""The only way from a script in Python 2 to the platform."""

import json

import __builtin__
import _pulzar_host as host


def call(*question, **arguments):
    """Asks the platform and returns its answer; raises the built-in exception that the platform names.

    The question is its only positional argument; any name may be among the others.
    """
    (name,) = question
    answer = json.loads(host.call(name, json.dumps(arguments)))
    if 'error' not in answer:
        return answer['ok']
    error = answer['error']
    kind = getattr(__builtin__, error['type'], _OLDER.get(error['type']))
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RuntimeError
    raise kind(error['message'])


# Exceptions that came with Python 3, by what Python 2 raises in their place.
_OLDER = dict.fromkeys(('PermissionError', 'FileExistsError', 'FileNotFoundError', 'TimeoutError'), OSError)


def text(value):
    """Any text, or bytes in UTF-8, as text."""
    if isinstance(value, unicode):
        return value
    return str(value).decode('utf-8', 'replace')
