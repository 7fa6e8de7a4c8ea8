"""What psycopg2 keeps in ``extensions``."""

from psycopg2._connection import connection, cursor, quoted
from psycopg2._errors import QueryCanceledError, TransactionRollbackError
from psycopg2._types import Binary, Quoted, adapters, quote

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
    'AsIs', 'Binary', 'QueryCanceledError', 'TransactionRollbackError', 'adapt', 'connection', 'cursor', 'quote_ident',
    'register_adapter',
]  # fmt: skip


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
