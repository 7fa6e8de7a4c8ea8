# ruff: noqa: E501, F401
"""A stand-in for ``psycopg2``: PostgreSQL through the worker's JDBC driver.

Connections, cursors, named cursors, COPY, the exception tree, ``extras`` and ``sql`` as far as scripts use them. What is
missing raises NotImplementedError with its name; a real ``psycopg2`` can't be loaded, because it is native code.
"""

from psycopg2 import errors, extensions, extras, sql
from psycopg2._connection import connect
from psycopg2._errors import (
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
from psycopg2._missing import attribute
from psycopg2._types import (
    BINARY,
    DATETIME,
    NUMBER,
    ROWID,
    STRING,
    Binary,
    Date,
    DateFromTicks,
    Time,
    TimeFromTicks,
    Timestamp,
    TimestampFromTicks,
)

apilevel = '2.0'
threadsafety = 2
paramstyle = 'pyformat'
__libpq_version__ = 150000
__version__ = '2.9.5 (dt dec pq3 ext; Pulzar)'

__all__ = [name for name in dir() if not name.startswith('_') and name != 'attribute']


def __getattr__(name):
    return attribute('psycopg2', name)
