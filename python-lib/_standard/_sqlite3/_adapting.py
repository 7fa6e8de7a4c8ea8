"""From Python's types to SQLite's and back."""

from _sqlite3._errors import ProgrammingError

adapters = {}
converters = {}

_SMALLEST = -(1 << 63)
_LARGEST = (1 << 63) - 1

# Those that SQLite takes as they are, unless an adapter is registered for one.
_unchanged = {int, float, str, bytes, bytearray, type(None)}


class PrepareProtocol:
    """What ``__conform__`` of an object is asked for."""


PrepareProtocol.__module__ = 'sqlite3'


def register_adapter(type, adapter, /):
    """Has values of a type go to SQLite as what the adapter makes of them."""
    adapters[(type, PrepareProtocol)] = adapter
    _unchanged.discard(type)


def register_converter(typename, converter, /):
    """Has the bytes of columns of a declared type come as what the converter makes of them."""
    converters[typename.upper()] = converter


def adapt(obj, proto=PrepareProtocol, *alternative):
    """The value that SQLite takes in place of this one."""
    adapter = adapters.get((type(obj), proto))
    if adapter is not None:
        return adapter(obj)
    for method, argument in ((getattr(proto, '__adapt__', None), obj), (getattr(obj, '__conform__', None), proto)):
        adapted = None if method is None else method(argument)
        if adapted is not None:
            return adapted
    if alternative:
        return alternative[0]
    raise ProgrammingError("can't adapt")


def to_sqlite(value, number):
    """A parameter as the service takes it."""
    kind = type(value)
    if kind not in _unchanged:
        value = adapt(value, PrepareProtocol, value)
        kind = type(value)
    if isinstance(value, int):
        # Here, as it takes hours to write down a large one for the service.
        if not _SMALLEST <= value <= _LARGEST:
            raise OverflowError('Python int too large to convert to SQLite INTEGER')
        return value if kind is int else int(value)
    if kind is str and not value.isascii():
        # Half a surrogate pair is no text for SQLite.
        value.encode()
    if kind in (float, str, bytes, type(None)):
        return value
    for simple in (float, str):
        if isinstance(value, simple):
            return simple(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise ProgrammingError(f"Error binding parameter {number}: type '{kind.__name__}' is not supported")


def to_sqlite_all(values):
    """A row of parameters."""
    if isinstance(values, (list, tuple)):
        return [to_sqlite(value, number) for number, value in enumerate(values, 1)]
    # What only counts and indexes need not end by itself.
    return [to_sqlite(values[at], at + 1) for at in range(len(values))]
