"""Cursors and rows."""

from pyodbc import _types
from pyodbc._errors import Error, ProgrammingError, error


class Row:
    """One row: by index, by name, in slices; values can be set."""

    __slots__ = ('_names', '_values', 'cursor_description')

    def __init__(self, values, names, description):
        object.__setattr__(self, '_values', list(values))
        object.__setattr__(self, '_names', names)
        object.__setattr__(self, 'cursor_description', description)

    def __getattr__(self, name):
        at = self._names.get(name)
        if at is None:
            raise AttributeError(f"'pyodbc.Row' object has no attribute '{name}'")
        return self._values[at]

    def __setattr__(self, name, value):
        at = self._names.get(name)
        if at is None:
            raise AttributeError(f"'pyodbc.Row' object has no attribute '{name}'")
        self._values[at] = value

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self._values[index])
        if not -len(self._values) <= index < len(self._values):
            raise IndexError(f'row index out of range index={index} len={len(self._values)}')
        return self._values[index]

    def __setitem__(self, index, value):
        self._values[index] = value

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __contains__(self, value):
        return value in self._values

    def __repr__(self):
        inner = ', '.join(map(repr, self._values))
        return f'({inner}, )' if len(self._values) == 1 else f'({inner})'

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Row) else NotImplemented

    def __lt__(self, other):
        return self._values < other._values if isinstance(other, Row) else NotImplemented

    def __le__(self, other):
        return self._values <= other._values if isinstance(other, Row) else NotImplemented

    def __gt__(self, other):
        return self._values > other._values if isinstance(other, Row) else NotImplemented

    def __ge__(self, other):
        return self._values >= other._values if isinstance(other, Row) else NotImplemented

    __hash__ = None

    def __reduce__(self):
        return Row, (self._values, self._names, self.cursor_description)


class Cursor:
    """Runs statements and gives their rows."""

    def __init__(self, connection):
        self.connection = connection
        self.arraysize = 1
        self.fast_executemany = False
        self.noscan = False
        self.messages = None
        self._closed = False
        self._forget()

    def _forget(self):
        self.description = None
        self.rowcount = -1
        self._rows = None
        self._at = 0
        self._names = {}
        self._results = []

    def _checked(self):
        if self._closed:
            raise ProgrammingError('Attempt to use a closed cursor.')
        return self.connection._checked()

    def execute(self, sql, *parameters):
        """Runs a statement with its parameters, one by one or in one sequence; returns the cursor."""
        database = self._checked()
        self._forget()
        self._take(database.execute(sql, _merged(sql, parameters), self.connection.timeout))
        return self

    def executemany(self, sql, params):
        """Runs a statement for each of many sequences of parameters."""
        database = self._checked()
        self._forget()
        rows = [_merged(sql, (row,)) for row in params]
        if not rows:
            raise ProgrammingError('The second parameter to executemany must not be empty.')
        database.many(sql, rows)

    def _take(self, results):
        self._results = results
        self._next()

    def _next(self):
        columns, rows, count = self._results.pop(0)
        self._at = 0
        if columns is None:
            self.description, self._rows, self.rowcount, self._names = None, None, count, {}
            return
        kinds = [_types.kind_of(column[2]) for column in columns]
        names = [_name(column[0]) for column in columns]
        self.description = tuple(
            (name, kind[0], None, column[3], column[3], column[4], column[5] != 0)
            for name, kind, column in zip(names, kinds, columns)
        )
        converters = [(at, kind[1]) for at, kind in enumerate(kinds) if kind[1] is not None]
        self._rows = [_converted(row, converters) for row in rows]
        self._names = {name: at for at, name in reversed(tuple(enumerate(names)))}
        self.rowcount = len(rows)

    def _row(self, values):
        return Row(values, self._names, self.description)

    def _result(self):
        self._checked()
        if self._rows is None:
            raise ProgrammingError('No results.  Previous SQL was not a query.')
        return self._rows

    def fetchone(self):
        """The next row, or None."""
        rows = self._result()
        if self._at >= len(rows):
            return None
        self._at += 1
        return self._row(rows[self._at - 1])

    def fetchmany(self, size=None):
        """The next rows; ``arraysize`` of them where no number is given."""
        return self._slice(self._at + (self.arraysize if size is None else size))

    def fetchall(self):
        """The rows that are left."""
        return self._slice(len(self._result()))

    def _slice(self, end):
        taken = self._result()[self._at : end]
        self._at += len(taken)
        return [self._row(values) for values in taken]

    def fetchval(self):
        """The first value of the next row, or None."""
        row = self.fetchone()
        return None if row is None else row[0]

    def skip(self, count):
        """Passes over rows."""
        self._slice(self._at + count)

    def nextset(self):
        """Goes to the next result of several statements; False when there is none."""
        self._checked()
        if not self._results:
            self._rows = None
            return False
        self._next()
        return True

    def __iter__(self):
        return self

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def close(self):
        """Ends its use."""
        if self._closed:
            raise ProgrammingError('Attempt to use a closed cursor.')
        self._closed = True

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def cancel(self):
        """Does nothing: every statement has ended when its call has."""

    def setinputsizes(self, sizes):
        """Does nothing, as DB-API allows."""

    def setoutputsize(self, size, column=None):
        """Does nothing, as DB-API allows."""

    def __enter__(self):
        return self

    def __exit__(self, kind, failure, trace):
        if kind is None and not self.connection.autocommit:
            self.commit()
        return False

    # What is in the database.

    def tables(self, table=None, catalog=None, schema=None, tableType=None):  # noqa: N803 pyodbc's name
        """Tables and views: ``table_cat table_schem table_name table_type remarks``."""
        return self._metadata('tables', catalog, schema, table, tableType)

    def columns(self, table=None, catalog=None, schema=None, column=None):
        """Columns: ``table_name column_name data_type type_name column_size nullable …``."""
        return self._metadata('columns', catalog, schema, table, column)

    def primaryKeys(self, table, catalog=None, schema=None):  # noqa: N802
        """The columns of a primary key: ``table_name column_name key_seq pk_name``."""
        return self._metadata('primary_keys', catalog, schema, table, None)

    def foreignKeys(self, table=None, catalog=None, schema=None, *_, **__):  # noqa: N802
        """The columns of the keys of other tables that a table refers to."""
        return self._metadata('foreign_keys', catalog, schema, table, None)

    def _metadata(self, what, *names):
        database = self._checked()
        self._forget()
        results = database.metadata(what, names)
        for result in results:
            for column in result[0] or ():
                column[0] = column[0].lower()
        self._take(results)
        return self


def _name(label):
    import pyodbc

    return label.lower() if pyodbc.lowercase else label


def _converted(row, converters):
    if not converters:
        return row
    values = list(row)
    for at, convert in converters:
        if values[at] is not None:
            values[at] = convert(values[at])
    return values


def _merged(sql, parameters):
    """The parameters as they go over; raises where they are not as many as the question marks."""
    if len(parameters) == 1 and isinstance(parameters[0], (list, tuple, Row)):
        parameters = tuple(parameters[0])
    wanted = _marks(sql) if '?' in sql else 0
    if wanted and not parameters:
        raise error('07002', f'The # of binded parameters < the # of parameter markers (0 < {wanted})')
    if wanted != len(parameters):
        raise ProgrammingError(
            f'The SQL contains {wanted} parameter markers, but {len(parameters)} parameters were supplied', 'HY000'
        )
    return [_checked(number, value) for number, value in enumerate(parameters)]


def _checked(number, value):
    text = _types.tagged(value)
    if text is None:
        raise ProgrammingError(
            f'Invalid parameter type.  param-index={number} param-type={type(value).__name__}', 'HY105'
        )
    return text


def _marks(sql):
    """How many question marks stand for parameters: not in texts, quoted names and comments."""
    count, at, end = 0, 0, len(sql)
    while at < end:
        character = sql[at]
        if character == '?':
            count += 1
        elif character in '\'"':
            at = _behind(sql, character, at + 1)
            continue
        elif character == '[' and ']' in sql[at:]:
            at = _behind(sql, ']', at + 1)
            continue
        elif sql.startswith('--', at):
            at = _behind(sql, '\n', at)
            continue
        elif sql.startswith('/*', at):
            at = _behind(sql, '*/', at)
            continue
        at += 1
    return count


def _behind(sql, closing, start):
    found = sql.find(closing, start)
    return len(sql) if found < 0 else found + len(closing)


__all__ = ['Cursor', 'Error', 'Row']
