"""The exceptions, and which of them a state of the server is (as in psycopg2's ``psycopg/error.h``)."""

import builtins

from psycopg2._states import NAMES

from _pulzar.services import Service


class Warning(builtins.Exception):
    pass


class Error(builtins.Exception):
    """With ``pgcode``, the state, and ``pgerror``, the server's text."""

    pgcode = None
    pgerror = None
    cursor = None
    fields = None
    diag = None

    def __init__(self, *args):
        super().__init__(*args)
        self.diag = Diagnostics({})

    def __reduce__(self):
        return type(self), self.args, {'pgcode': self.pgcode, 'pgerror': self.pgerror}


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


_BY_CLASS = {
    '0A': NotSupportedError,
    **dict.fromkeys(('20', '21', '3D', '3F', '42', '44'), ProgrammingError),
    '22': DataError,
    '23': IntegrityError,
    **dict.fromkeys(('24', '25', '2B', '2D', '2F', '38', '39', '3B', 'F0', 'P0', 'XX'), InternalError),
    **dict.fromkeys(('08', '26', '27', '28', '34', '53', '54', '55', '57', '58', 'HV'), OperationalError),
    '40': TransactionRollbackError,
}
_CANCELED = '57014'


def _base(state):
    return QueryCanceledError if state == _CANCELED else _BY_CLASS.get(state[:2], DatabaseError)


CLASSES = {state: type(name, (_base(state),), {}) for state, name in NAMES.items()}

for _error in (
    Warning, Error, InterfaceError, DatabaseError, DataError, OperationalError, IntegrityError, InternalError,
    ProgrammingError, NotSupportedError,
):  # fmt: skip
    _error.__module__ = 'psycopg2'
for _error in CLASSES.values():
    _error.__module__ = 'psycopg2.errors'
for _error in (QueryCanceledError, TransactionRollbackError):
    _error.__module__ = 'psycopg2.extensions'


class Diagnostics:
    """What the server said about an error, None where it said nothing."""

    def __init__(self, fields):
        self.__dict__.update(dict.fromkeys(_FIELDS), **fields)


_FIELDS = (
    'severity', 'severity_nonlocalized', 'sqlstate', 'message_primary', 'message_detail', 'message_hint',
    'statement_position', 'internal_position', 'internal_query', 'context', 'schema_name', 'table_name', 'column_name',
    'datatype_name', 'constraint_name', 'source_file', 'source_line', 'source_function',
)  # fmt: skip


class _Postgres(Service):
    def _error(self, kind):
        if not kind.startswith('psycopg2.'):
            return super()._error(kind)
        state = kind[len('psycopg2.') :]

        def make(message):
            text, *pairs = message.split('\0')
            fields = dict(zip(pairs[::2], pairs[1::2]))
            error = CLASSES.get(state, _base(state))(text)
            error.fields = fields
            if fields:
                error.pgcode = state or None
                error.diag = Diagnostics(fields)
            return error

        return make


def finish(error, query=''):
    """Gives an error of the server the lines that libpq writes, with the place in the statement."""
    fields = error.fields
    if not fields:
        return error
    lines = [fields.get('message_primary', '')]
    if fields.get('statement_position'):
        lines += _place(query, int(fields['statement_position']))
    elif fields.get('internal_position') and fields.get('internal_query'):
        lines += _place(fields['internal_query'], int(fields['internal_position']))
    for title, name in (('DETAIL', 'message_detail'), ('HINT', 'message_hint'), ('QUERY', 'internal_query'),
                        ('CONTEXT', 'context')):  # fmt: skip
        if fields.get(name):
            lines.append(f'{title}:  {fields[name]}')
    text = '\n'.join(lines) + '\n'
    error.args = (text,)
    error.pgerror = f'{fields.get("severity", "ERROR")}:  {text}'
    return error


def _place(query, position):
    """The line of a statement where an error is, cut to sixty columns around it, and a caret below."""
    at = position - 1
    if not 0 <= at <= len(query):
        return []
    number = query.count('\n', 0, at) + 1
    start = query.rfind('\n', 0, at) + 1
    end = query.find('\n', at)
    end = len(query) if end < 0 else end
    before = after = ''
    if end - start > 60:
        if start + 60 >= at + 10:
            end, after = start + 60, '...'
        else:
            if at + 10 < end:
                end, after = at + 10, '...'
            if end - start > 60:
                start, before = end - 60, '...'
    head = f'LINE {number}: {before}'
    shown = query[start:end].replace('\t', ' ').replace('\r', ' ')
    return [f'{head}{shown}{after}', ' ' * (len(head) + at - start) + '^']


postgres = _Postgres('postgres')
