"""The exceptions of ``sqlite3``, and SQLite's result codes as these."""

import builtins

from _pulzar.services import Service


class Warning(builtins.Exception):
    pass


class Error(builtins.Exception):
    """With ``sqlite_errorcode`` and ``sqlite_errorname`` where SQLite gave one."""


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class InternalError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class DataError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


for _error in (
    Warning, Error, InterfaceError, DatabaseError, InternalError, OperationalError, ProgrammingError, IntegrityError,
    DataError, NotSupportedError,
):  # fmt: skip
    _error.__module__ = 'sqlite3'

# As in CPython's Modules/_sqlite/util.c; what is not here is a DatabaseError.
_BY_PRIMARY_CODE = {
    **dict.fromkeys((2, 12), InternalError),
    7: MemoryError,
    **dict.fromkeys((1, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 16, 17), OperationalError),
    18: DataError,
    **dict.fromkeys((19, 20), IntegrityError),
    **dict.fromkeys((21, 25), InterfaceError),
}


class _Sqlite(Service):
    def _error(self, kind):
        if not kind.startswith('sqlite3.'):
            return super()._error(kind)
        code, _, name = kind[8:].partition(' ')
        if not code.isdigit():
            return globals()[code]

        def make(message):
            error = _BY_PRIMARY_CODE.get(int(code) & 0xFF, DatabaseError)(message)
            error.sqlite_errorcode, error.sqlite_errorname = int(code), name
            return error

        return make


sqlite = _Sqlite('sqlite')
