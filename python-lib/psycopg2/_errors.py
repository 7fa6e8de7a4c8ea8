"""The exceptions, and which of them a state of the server is (as in psycopg2's ``psycopg/error.h``)."""

import builtins

from _pulzar.services import Service


class Warning(builtins.Exception):
    pass


class Error(builtins.Exception):
    """With ``pgcode``, the state, and ``pgerror``, the server's text."""

    pgcode = None
    pgerror = None
    cursor = None


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


class QueryCanceledError(OperationalError):
    pass


class TransactionRollbackError(OperationalError):
    pass


_NAMED = {
    '23502': ('NotNullViolation', IntegrityError),
    '23503': ('ForeignKeyViolation', IntegrityError),
    '23505': ('UniqueViolation', IntegrityError),
    '23514': ('CheckViolation', IntegrityError),
    '22001': ('StringDataRightTruncation', DataError),
    '22003': ('NumericValueOutOfRange', DataError),
    '22007': ('InvalidDatetimeFormat', DataError),
    '22012': ('DivisionByZero', DataError),
    '22P02': ('InvalidTextRepresentation', DataError),
    '25P02': ('InFailedSqlTransaction', InternalError),
    '40001': ('SerializationFailure', TransactionRollbackError),
    '40P01': ('DeadlockDetected', TransactionRollbackError),
    '42501': ('InsufficientPrivilege', ProgrammingError),
    '42601': ('SyntaxError', ProgrammingError),
    '42703': ('UndefinedColumn', ProgrammingError),
    '42883': ('UndefinedFunction', ProgrammingError),
    '42P01': ('UndefinedTable', ProgrammingError),
    '42P07': ('DuplicateTable', ProgrammingError),
    '55P03': ('LockNotAvailable', OperationalError),
    '57014': ('QueryCanceled', QueryCanceledError),
}

_BY_CLASS = {
    **dict.fromkeys(('0A',), NotSupportedError),
    **dict.fromkeys(('20', '21', '26', '27', '28', '34', '3D', '3F', '42', '44'), ProgrammingError),
    **dict.fromkeys(('22',), DataError),
    **dict.fromkeys(('23',), IntegrityError),
    **dict.fromkeys(('24', '25', '2B', '2D', '2F', '38', '39', '3B', 'P0', 'XX'), InternalError),
    **dict.fromkeys(('08', '53', '54', '55', '57', '58', 'HV'), OperationalError),
    '40': TransactionRollbackError,
}

CLASSES = {state: type(name, (base,), {}) for state, (name, base) in _NAMED.items()}

for _error in (
    Warning, Error, InterfaceError, DatabaseError, DataError, OperationalError, IntegrityError, InternalError,
    ProgrammingError, NotSupportedError,
):  # fmt: skip
    _error.__module__ = 'psycopg2'
for _error in CLASSES.values():
    _error.__module__ = 'psycopg2.errors'
for _error in (QueryCanceledError, TransactionRollbackError):
    _error.__module__ = 'psycopg2.extensions'


class _Postgres(Service):
    def _error(self, kind):
        if not kind.startswith('psycopg2.'):
            return super()._error(kind)
        state = kind[len('psycopg2.') :]

        def make(message):
            error = CLASSES.get(state, _BY_CLASS.get(state[:2], OperationalError))(message)
            error.pgcode, error.pgerror = state or None, f'ERROR:  {message}'
            return error

        return make


postgres = _Postgres('postgres')
