"""Java services of the worker, for the stand-ins of native packages: images, OpenCV, Tesseract.

A service takes numbers, text, bytes, sequences of these, and objects that it returned earlier. Such an object can only
be held and passed back; the worker frees it when nothing holds it any more.
"""

import builtins

from _pulzar import bridge, files

_PLAIN = (int, float, str, bytes, bytearray)


class Service:
    """One service; calling it performs an operation.

    ``errors`` maps the names of exceptions that are not built in to their classes.
    """

    def __init__(self, name, errors=None):
        self._name = name
        self._errors = errors or {}

    def __call__(self, operation, *arguments):
        kind, value = self._ask(operation, arguments)
        if kind is None:
            # Java's null is None to `is`, and to little else.
            return None if value is None else value
        raise self._error(kind)(value)

    def _ask(self, operation, arguments):
        host = bridge.host()
        if host is None:
            raise NotImplementedError(f'{self._name} works on a Pulzar server only; install the real package on a desk')
        files.flush()
        reply = host.service(self._name, operation, *map(_outgoing, arguments))
        return reply[0], reply[1]

    def _error(self, kind):
        if kind in self._errors:
            return self._errors[kind]
        found = getattr(builtins, kind, None)
        return found if isinstance(found, type) and issubclass(found, Exception) else RuntimeError


def to_bytes(text):
    """The bytes of an answer, which come as text of one character a byte."""
    return text.encode('latin-1')


def _outgoing(value):
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, (list, tuple)):
        return [_outgoing(element) for element in value]
    return value
