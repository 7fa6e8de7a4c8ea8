# ruff: noqa: E501
"""What psycopg2 keeps in ``extensions``."""

from psycopg2._connection import ConnectionInfo, Notify, _parse, connection, cursor, quoted
from psycopg2._errors import Diagnostics, ProgrammingError, QueryCanceledError, TransactionRollbackError
from psycopg2._missing import attribute
from psycopg2._range import Range
from psycopg2._types import Binary, Caster, Quoted, adapters, built_in, caster_of_array, quote, registered

__path__ = []  # see _pulzar.standins

ISOLATION_LEVEL_AUTOCOMMIT = 0
ISOLATION_LEVEL_READ_COMMITTED = 1
ISOLATION_LEVEL_REPEATABLE_READ = 2
ISOLATION_LEVEL_SERIALIZABLE = 3
ISOLATION_LEVEL_READ_UNCOMMITTED = 4
ISOLATION_LEVEL_DEFAULT = None

STATUS_READY, STATUS_BEGIN = 1, 2
TRANSACTION_STATUS_IDLE = 0
TRANSACTION_STATUS_ACTIVE = 1
TRANSACTION_STATUS_INTRANS = 2

__all__ = [
    'AsIs', 'Binary', 'ConnectionInfo', 'Diagnostics', 'Notify', 'QueryCanceledError', 'Range', 'TransactionRollbackError', 'adapt', 'connection', 'cursor', 'quote_ident',
    'register_adapter',
]  # fmt: skip


ISQLQuote = Quoted
STATUS_IN_TRANSACTION, STATUS_PREPARED, STATUS_ASYNC = STATUS_BEGIN, 5, 4
TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_UNKNOWN = 3, 4
POLL_OK, POLL_READ, POLL_WRITE, POLL_ERROR = 0, 1, 2, 3
encodings = {'UTF8': 'utf_8', 'UNICODE': 'utf_8', 'LATIN1': 'iso8859_1'}

BOOLEAN = built_in('BOOLEAN', 'bool')
INTEGER = built_in('INTEGER', 'int4', 'int2')
LONGINTEGER = built_in('LONGINTEGER', 'int8')
FLOAT = built_in('FLOAT', 'float8', 'float4')
DECIMAL = built_in('DECIMAL', 'numeric')
UNICODE = built_in('UNICODE', 'text', 'varchar', 'bpchar', 'name', 'char')
PYDATE = DATE = built_in('DATE', 'date')
PYTIME = TIME = built_in('TIME', 'time', 'timetz')
PYDATETIME = built_in('DATETIME', 'timestamp')
PYDATETIMETZ = built_in('DATETIMETZ', 'timestamptz')
PYINTERVAL = INTERVAL = built_in('INTERVAL', 'interval')
BINARY = built_in('BINARY', 'bytea')
UNICODEARRAY = caster_of_array((1009, 1015), 'UNICODEARRAY', UNICODE)
INTEGERARRAY = caster_of_array((1007,), 'INTEGERARRAY', INTEGER)

new_type = Caster
new_array_type = caster_of_array


def register_type(obj, scope=None):
    """Has columns of some types read by a caster: everywhere, in a connection or in a cursor."""
    known = registered if scope is None else scope._casters
    known.update(dict.fromkeys(obj.values, obj))


def parse_dsn(dsn):
    """The parts of a connection string."""
    found = {name: str(value) for name, value in _parse(dsn).items()}
    if not found and dsn.strip():
        raise ProgrammingError(f'invalid dsn: missing "=" after "{dsn}" in connection info string\n')
    return found


def make_dsn(dsn=None, **kwargs):
    """A connection string of another and some changes."""
    if dsn is None and not kwargs:
        return ''
    if 'database' in kwargs:
        kwargs['dbname'] = kwargs.pop('database')
    given = {**_parse(dsn or ''), **{name: value for name, value in kwargs.items() if value is not None}}
    return ' '.join(f'{name}={_in_dsn(str(value))}' for name, value in given.items())


def _in_dsn(value):
    text = value.replace('\\', '\\\\').replace("'", "\\'")
    return text if text and not any(character.isspace() for character in text) else f"'{text}'"


def libpq_version():
    """The version of libpq whose texts are followed."""
    return 150000


def QuotedString(value):  # noqa: N802 psycopg2's names
    """A text for SQL."""
    return Quoted(value, quote)


Boolean = Int = Float = QuotedString


class AsIs(Quoted):
    """A text that goes into SQL as it is."""

    def __init__(self, adapted):
        super().__init__(adapted, str)


def register_adapter(kind, adapter):
    """Has values of a type go into SQL as what the adapter makes of them."""
    adapters[kind] = adapter


def adapt(value):
    """An object whose ``getquoted()`` is the value as a literal."""
    return Quoted(value, quote)


def quote_ident(name, scope=None):
    """The name as an identifier."""
    return quoted(name)


def __getattr__(name):
    return attribute('psycopg2.extensions', name)
