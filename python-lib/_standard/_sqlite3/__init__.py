# ruff: noqa: F401
"""What the standard library's ``sqlite3`` is built on, with SQLite in the worker's Java.

Files lie in the run's own directory. ``ATTACH`` and ``VACUUM INTO`` take a literal or a parameter as the file's name,
so that it can be checked. What is missing raises NotSupportedError with its name.
"""

from _sqlite3._adapting import PrepareProtocol, adapt, adapters, converters, register_adapter, register_converter
from _sqlite3._blob import Blob
from _sqlite3._connection import LEGACY_TRANSACTION_CONTROL, Connection
from _sqlite3._constants import *  # noqa: F403
from _sqlite3._cursor import Cursor
from _sqlite3._errors import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
)
from _sqlite3._row import Row
from _sqlite3._sql import complete_statement

_deprecated_version = '2.6.0'
sqlite_version = '3.53.4'
threadsafety = 1


# Where ``factory`` stands among the arguments of ``connect``, after the database.
_FACTORY = 4


def connect(database, *args, **keywords):
    """Opens a database: a path in the run's directory, or ``:memory:``. A factory gets all arguments, and itself."""
    factory = args[_FACTORY] if len(args) > _FACTORY else keywords.get('factory', Connection)
    return factory(database, *args, **keywords)


def enable_callback_tracebacks(enable, /):
    """Whether an exception in a callback is printed."""
    Connection._print_tracebacks = bool(enable)


__all__ = [name for name in dir() if not name.startswith('_')]
