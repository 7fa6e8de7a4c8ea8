"""Runs statements and gives their rows."""

import marshal
import warnings
from _sqlite3 import _sql
from _sqlite3._adapting import converters, to_sqlite, to_sqlite_all
from _sqlite3._constants import PARSE_COLNAMES, PARSE_DECLTYPES
from _sqlite3._errors import NotSupportedError, ProgrammingError, sqlite

_CHANGES_ROWS = ('INSERT', 'UPDATE', 'DELETE', 'REPLACE')

# These could not go on beside a result that is still being read.
_NEEDS_SETTLED = ('DROP', 'ALTER', 'CREATE', 'VACUUM', 'DETACH', 'ROLLBACK', 'REINDEX', 'PRAGMA')

_MANY = 500


class Cursor:
    """As DB-API 2.0 and the documentation of ``sqlite3`` describe it."""

    def __init__(self, connection, /):
        from _sqlite3._connection import Connection

        if not isinstance(connection, Connection):
            raise TypeError('Cursor() argument 1 must be sqlite3.Connection')
        if self.__dict__.get('_busy'):
            raise ProgrammingError('Recursive use of cursors not allowed.')
        self._busy = False
        self.connection = connection
        self.arraysize = 1
        self.row_factory = None
        self.description = self.lastrowid = None
        self.rowcount = -1
        self._closed = False
        self._forget()

    def __getattr__(self, name):
        if name in ('_closed', '_busy', 'connection'):
            raise ProgrammingError('Base Cursor.__init__ not called.')
        raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}', name=name, obj=self)

    def _forget(self):
        self._rows, self._next, self._result, self._convert = (), 0, None, None

    def execute(self, sql, parameters=(), /):
        """Runs one statement."""
        database, statement = self._begin(sql)
        self.description, self.rowcount = None, -1
        if not statement.words:
            return self
        changes = statement.keyword in _CHANGES_ROWS
        handler = _SPECIAL.get(statement.keyword)
        if handler is not None and handler(self.connection, database, statement, parameters):
            return self
        values = to_sqlite_all(parameters_of(statement, parameters))
        self.connection._before(statement, changes)
        blob, result = self.connection._run(
            'execute', database, sql, marshal.dumps(values, 2) if values else None, changes
        )
        columns, rows, changed, self.lastrowid = marshal.loads(blob.encode('latin-1'))  # noqa: S302 written by our own Java
        if columns is not None:
            self._describe(columns)
            self._rows, self._result = rows, result
        if changes:
            self.rowcount = changed
        return self

    def executemany(self, sql, seq_of_parameters, /):
        """Runs one statement that changes rows, once for each set of parameters."""
        database, statement = self._begin(sql)
        if statement.keyword not in _CHANGES_ROWS:
            raise ProgrammingError('executemany() can only execute DML statements.')
        self.description, self.rowcount = None, 0
        self.connection._before(statement, True)
        waiting = []
        self._busy = True
        try:
            for parameters in seq_of_parameters:
                waiting.append(to_sqlite_all(parameters_of(statement, parameters)))
                if len(waiting) == _MANY:
                    self._run_many(database, sql, waiting)
        finally:
            self._busy = False
        if waiting:
            self._run_many(database, sql, waiting)
        return self

    def _run_many(self, database, sql, waiting):
        self.rowcount += self.connection._run('many', database, sql, marshal.dumps(waiting, 2))
        waiting.clear()

    def executescript(self, sql_script, /):
        """Commits, then runs all statements of a text."""
        if not isinstance(sql_script, str):
            raise TypeError(f'executescript() argument must be str, not {type(sql_script).__name__}')
        if '\0' in sql_script:
            raise ValueError('embedded null character')
        sql_script.encode()
        database, _ = self._begin('')
        connection = self.connection
        if connection._legacy and connection.in_transaction:
            connection._control('COMMIT')
        while sql_script:
            statement = _sql.statement(sql_script)
            text, sql_script = sql_script[: statement.length], sql_script[statement.length :]
            handler = _SPECIAL.get(statement.keyword)
            if handler is not None and handler(connection, database, statement, ()):
                continue
            if statement.words:
                connection._before(statement, False)
                _, result = connection._run('execute', database, text, None, False)
                if result is not None:
                    sqlite('finish', result)
        return self

    def _begin(self, sql):
        database = self._database()
        if not isinstance(sql, str):
            raise TypeError(f'execute() argument 1 must be str, not {type(sql).__name__}')
        if '\0' in sql:
            raise ProgrammingError('the query contains a null character')
        if not sql.isascii():
            sql.encode()
        self._finish()
        statement = _sql.statement(sql)
        if statement.length < len(sql) and _sql.statement(sql[statement.length :]).words:
            raise ProgrammingError('You can only execute one statement at a time.')
        return database, statement

    def _database(self):
        if self._busy:
            raise ProgrammingError('Recursive use of cursors not allowed.')
        if self._closed:
            raise ProgrammingError('Cannot operate on a closed cursor.')
        return self.connection._checked()

    def _describe(self, columns):
        connection = self.connection
        kinds = connection._detect_types
        names = [name for name, _ in columns]
        if kinds & PARSE_COLNAMES:
            names = [name.partition(' [')[0] for name in names]
        self.description = tuple((name, None, None, None, None, None, None) for name in names)
        if not kinds and connection.text_factory is str:
            return
        found = [_converter(kinds, *column) for column in columns]
        self._convert = found if any(found) or connection.text_factory is not str else None

    def fetchone(self):
        """The next row, or None."""
        self._database()
        return next(self, None)

    def fetchmany(self, size=None):
        """A list of the next rows."""
        self._database()
        size = self.arraysize if size is None else size
        rows = []
        while len(rows) != size:
            row = next(self, None)
            if row is None:
                break
            rows.append(row)
        return rows

    def fetchall(self):
        """A list of all rows that are left."""
        self._database()
        if self._convert is None and self._factory() is None and self._result is None:
            rows, self._rows, self._next = self._rows[self._next :], (), 0
            return list(rows)
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        if self._next == len(self._rows):
            self._read_more()
        row = self._rows[self._next]
        self._next += 1
        if self._convert is not None:
            self._busy = True
            try:
                row = self._converted(row)
            finally:
                self._busy = False
        factory = self._factory()
        return row if factory is None else factory(self, row)

    def _read_more(self):
        self._database()
        if self._result is not None:
            found = self.connection._run('next', self._result)
            self._rows = marshal.loads(found.encode('latin-1'))  # noqa: S302 as above
            self._next = 0
            if self._rows:
                return
            self._result = None
        self._rows, self._next = (), 0
        raise StopIteration

    def _factory(self):
        return self.row_factory

    def _converted(self, row):
        factory = self.connection.text_factory
        return tuple(
            value
            if value is None
            # SQLite has no bytes to show of an empty one.
            else (converter(_as_bytes(value)) if value != b'' else None)
            if converter is not None
            else _text(value, factory)
            if isinstance(value, str)
            else value
            for value, converter in zip(row, self._convert)
        )

    def _finish(self):
        if self._result is not None:
            sqlite('finish', self._result)
        self._forget()

    def close(self):
        """Gives up what was not read. The cursor can't be used any more."""
        if self._busy:
            raise ProgrammingError('Recursive use of cursors not allowed.')
        if not self._closed:
            self.connection._check_thread()
            if self.connection._database is not None:
                self._finish()
            self._closed = True

    def setinputsizes(self, sizes, /):
        """Does nothing, as DB-API allows."""

    def setoutputsize(self, size, column=None, /):
        """Does nothing, as DB-API allows."""


Cursor.__module__ = 'sqlite3'


def parameters_of(statement, given):
    """The values in the order in which SQLite numbers the parameters."""
    names = statement.names
    if isinstance(given, dict) or (not isinstance(given, (list, tuple)) and hasattr(given, 'keys')):
        values = []
        for number, name in enumerate(names, 1):
            if name is None:
                raise ProgrammingError(
                    f'Binding {number} has no name, but you supplied a dictionary (which has only names).'
                )
            try:
                values.append(given[name[1:]])
            except LookupError:
                raise ProgrammingError(f'You did not supply a value for binding parameter {name}.') from None
        return values
    if not hasattr(given, '__getitem__') or not hasattr(given, '__len__'):
        raise ProgrammingError('parameters are of unsupported type')
    if len(given) != len(names):
        raise ProgrammingError(
            'Incorrect number of bindings supplied. The current statement uses '
            f'{len(names)}, and there are {len(given)} supplied.'
        )
    if any(names):
        _warn_of_names(names)
    return given


def _warn_of_names(names):
    for number, name in enumerate(names, 1):
        if name is not None:
            warnings.warn(
                f"Binding {number} ('{name}') is a named parameter, but you supplied a sequence which requires nominal "
                '(qmark) placeholders. Starting with Python 3.14 an sqlite3.ProgrammingError will be raised.',
                DeprecationWarning,
                stacklevel=4,
            )


def _converter(kinds, name, declared):
    if kinds & PARSE_COLNAMES and ' [' in name:
        found = converters.get(name.partition(' [')[2].partition(']')[0].upper())
        if found is not None:
            return found
    if kinds & PARSE_DECLTYPES and declared:
        return converters.get(declared.split(' ')[0].split('(')[0].upper())
    return None


def _as_bytes(value):
    return value if isinstance(value, bytes) else str(value).encode()


def _text(value, factory):
    if factory is str:
        return value
    return value.encode() if factory is bytes else factory(value.encode())


def _attach(connection, database, statement, parameters):
    words = [word for word in statement.words[1:] if word != 'DATABASE']
    if len(words) != 3 or words[1] != 'AS':
        raise NotSupportedError('ATTACH takes a literal or a parameter here: ATTACH ? AS name')
    values = iter(parameters_of(statement, parameters))
    file, name = (next(values) if word[0] in '?:@$' else _sql.unquoted(word) for word in (words[0], words[2]))
    if name is words[2]:
        name = words[2].lower()
    connection._run('attach', database, to_sqlite(file, 1), name)
    return True


def _vacuum(connection, database, statement, parameters):
    words = statement.words[1:]
    schema = file = None
    if words and words[0] != 'INTO':
        schema = _sql.unquoted(words.pop(0))
    if words:
        if len(words) != 2:
            raise NotSupportedError('VACUUM INTO takes a literal or a parameter here')
        file = parameters_of(statement, parameters)[0] if words[1][0] in '?:@$' else _sql.unquoted(words[1])
    sqlite('settle', database)
    connection._run('vacuum', database, schema, file)
    return True


_SPECIAL = {'ATTACH': _attach, 'VACUUM': _vacuum}
