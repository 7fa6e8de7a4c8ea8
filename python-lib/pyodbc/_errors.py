"""The exceptions, and which of them a state is, as in pyodbc's ``errors.cpp``."""

import builtins

from _pulzar.services import Service


class Warning(builtins.Exception):
    pass


class Error(builtins.Exception):
    """With the state first, then the driver's words."""


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


for _error in (
    Warning, Error, InterfaceError, DatabaseError, DataError, OperationalError, IntegrityError, InternalError,
    ProgrammingError, NotSupportedError,
):  # fmt: skip
    _error.__module__ = 'pyodbc'

_BY_STATE = {
    **dict.fromkeys(('01002', '08001', '08003', '08004', '08007', '08S01'), OperationalError),
    **dict.fromkeys(('HY001', 'HY014', 'HYT00', 'HYT01'), OperationalError),
    **dict.fromkeys(('28000', 'IM001', 'IM002', 'IM003'), InterfaceError),
    '0A000': NotSupportedError,
    '40002': IntegrityError,
    '22': DataError,
    '23': IntegrityError,
    '24': ProgrammingError,
    '25': ProgrammingError,
    '42': ProgrammingError,
}


def error(state, message):
    """The exception of a state: ``args`` are the state and a text that begins with it."""
    kind = _BY_STATE.get(state) or _BY_STATE.get(state[:2]) or Error
    return kind(state, f'[{state}] {message}')


class _Odbc(Service):
    def _error(self, kind):
        if not kind.startswith('pyodbc.'):
            return super()._error(kind)
        return lambda message: error(kind[len('pyodbc.') :] or 'HY000', message)


odbc = _Odbc('odbc')
