"""One value of a table, read and written in parts.

SQLite's driver has no handles for that. So a part is read by ``substr`` and written by an UPDATE, which writes the
whole value again; Java counts the changes of the row, so that a handle is as stale as SQLite's own would be.
"""

import marshal
import operator
from _sqlite3._errors import NotSupportedError, OperationalError, ProgrammingError, sqlite

from _pulzar.buffers import contents

# Read at once: SQLite goes through the whole value each time.
_WINDOW = 1 << 22

_LARGEST_INT = (1 << 31) - 1
_ROW_LIMITS = (-(1 << 63), (1 << 63) - 1)

_ROW_NAMES = ('rowid', '_rowid_', 'oid')

# SQLite's own handles fire no trigger, and an UPDATE does.
_FIRED = (
    'SELECT 1 FROM '
    '(SELECT type, tbl_name FROM {0}.sqlite_master UNION ALL SELECT type, tbl_name FROM temp.sqlite_master) '
    "WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE"
)


def _aborted(message, code, name):
    error = OperationalError(message)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


def _failed(message):
    return _aborted(message, 1, 'SQLITE_ERROR')


class _Row:
    """What all handles of one row share."""

    def __init__(self, connection, place):
        self._connection = connection
        self._place = place
        self._changes = self._count()
        self._windows = {}

    def _count(self):
        return sqlite('row_changes', self._connection._database, *self._place)

    def is_as_it_was(self):
        return self._count() == self._changes

    def forget(self):
        """Has the next part be read anew."""
        self._windows.clear()

    def read(self, column, offset, length, whole):
        start, content = self._windows.get(column, (0, b''))
        if not (start <= offset and offset + length <= start + len(content)):
            start, size = (0, whole) if whole <= _WINDOW else (offset, max(length, _WINDOW))
            source = f'SELECT substr(CAST({column} AS BLOB), ?, ?) {self._where()}'
            ((content,),) = _rows(self._connection, source, start + 1, size, self._place[-1])
            self._windows[column] = start, content
        return content[offset - start : offset - start + length]

    def write(self, column, kind, offset, data):
        whole = f'CAST({column} AS BLOB)'
        schema, table, name, row = self._place
        _rows(
            self._connection,
            f'UPDATE {_quoted(schema)}.{_quoted(table)} SET {column} = '  # noqa: S608 the names are quoted
            f'CAST(substr({whole}, 1, ?) || ? || substr({whole}, ?) AS {kind}) WHERE {name} = ?',
            *(offset, data, offset + len(data) + 1, row),
        )
        self._changes = self._count()
        self._connection._blob_changes += 1
        self._windows.pop(column, None)

    def _where(self):
        schema, table, name, _ = self._place
        return f'FROM {_quoted(schema)}.{_quoted(table)} WHERE {name} = ?'

    def length_and_kind(self, column):
        found = _rows(
            self._connection,
            f'SELECT typeof({column}), length(CAST({column} AS BLOB)) {self._where()}',
            self._place[-1],
        )
        if not found:
            raise _failed(f'no such rowid: {self._place[-1]}')
        kind, length = found[0]
        if kind not in ('blob', 'text'):
            raise _failed(f'cannot open value of type {kind}')
        return length, kind


class Blob:
    """A handle of one value, opened by ``Connection.blobopen``."""

    __slots__ = ('_column', '_connection', '_kind', '_length', '_offset', '_readonly', '_rollbacks', '_row')

    def __new__(cls, *_args, **_keywords):
        raise TypeError("cannot create 'sqlite3.Blob' instances")

    def _checked(self):
        self._connection._checked()
        if self._row is None:
            raise ProgrammingError('Cannot operate on a closed blob.')

    def _use(self):
        """Raises an error where SQLite's own handle would be stale, which is without content then."""
        if self._length == 0:
            return
        if not self._readonly and self._connection._rollbacks != self._rollbacks:
            self._length = 0
            raise _aborted('abort due to ROLLBACK', 516, 'SQLITE_ABORT_ROLLBACK')
        if not self._row.is_as_it_was():
            self._length = 0
            raise _aborted('query aborted', 4, 'SQLITE_ABORT')

    def _read(self, offset, length):
        self._use()
        return self._row.read(self._column, offset, length, self._length)

    def _write(self, offset, data):
        if len(data) > self._length - offset:
            raise ValueError('data longer than blob length')
        if self._readonly:
            raise _aborted('attempt to write a readonly database', 8, 'SQLITE_READONLY')
        self._use()
        if data:
            self._row.write(self._column, self._kind, offset, data)

    def close(self):
        """Closes it."""
        self._connection._checked()
        self._row = None

    def read(self, length=-1, /):
        """The next bytes; all of them without a length."""
        length = operator.index(length)
        self._checked()
        left = self._length - self._offset
        if length < 0 or length > left:
            length = max(left, 0)
        if length == 0:
            return b''
        found = self._read(self._offset, length)
        self._offset += length
        return found

    def write(self, data, /):
        """Writes bytes over the next ones; the length stays what it is."""
        data = contents(data)
        self._checked()
        self._write(self._offset, data)
        self._offset += len(data)

    def seek(self, offset, origin=0, /):
        """Goes to a place, counted from the start, from here (1), or from the end (2)."""
        offset, origin = _int(offset), _int(origin)
        self._checked()
        if origin not in (0, 1, 2):
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        offset += (0, self._offset, self._length)[origin]
        if offset > _LARGEST_INT:
            raise OverflowError('seek offset results in overflow')
        if not 0 <= offset <= self._length:
            raise ValueError('offset out of blob range')
        self._offset = offset

    def tell(self):
        """The place of the next byte."""
        self._checked()
        return self._offset

    def __len__(self):
        self._checked()
        return self._length

    def __enter__(self):
        self._checked()
        return self

    def __exit__(self, _kind, _error, _trace):
        self._checked()
        self.close()

    # As long as it has indices, Python would else go through these.
    __iter__ = None

    def __getitem__(self, key):
        self._checked()
        if isinstance(key, slice):
            start, stop, step = key.indices(self._length)
            span = range(start, stop, step)
            if not span:
                return b''
            first = min(span[0], span[-1])
            found = self._read(first, abs(span[-1] - span[0]) + 1)
            return found[::step] if step > 0 else found[::-1][::-step]
        return self._read(self._index(key), 1)[0]

    def __setitem__(self, key, value):
        self._checked()
        if isinstance(key, slice):
            self._set_slice(key, value)
            return
        at = self._index(key)
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if not 0 <= value <= 255:
            raise ValueError('byte must be in range(0, 256)')
        self._write(at, bytes([value]))

    def _set_slice(self, key, value):
        span = range(*key.indices(self._length))
        if not span:
            return
        data = contents(value)
        if len(data) != len(span):
            raise IndexError('Blob slice assignment is wrong size')
        first, last = min(span[0], span[-1]), max(span[0], span[-1])
        if span.step != 1:
            whole = bytearray(self._read(first, last - first + 1))
            for at, byte in zip(span, data):
                whole[at - first] = byte
            data = bytes(whole)
        self._write(first, data)

    def __delitem__(self, key):
        self._checked()
        raise TypeError(f"Blob doesn't support {'slice' if isinstance(key, slice) else 'item'} deletion")

    def _index(self, key):
        if not hasattr(type(key), '__index__'):
            raise TypeError('Blob indices must be integers')
        at = operator.index(key)
        if not _ROW_LIMITS[0] <= at <= _ROW_LIMITS[1]:
            raise IndexError(f"cannot fit '{type(key).__name__}' into an index-sized integer")
        if at < 0:
            at += self._length
        if not 0 <= at < self._length:
            raise IndexError('Blob index out of range')
        return at


Blob.__module__ = 'sqlite3'


def open_blob(connection, table, column, row, readonly, schema):
    """The handle of a value; checks in SQLite's order, and refuses in its words."""
    for position, text in enumerate((table, column), 1):
        if not isinstance(text, str):
            raise TypeError(f'blobopen() argument {position} must be str, not {type(text).__name__}')
    if not isinstance(schema, str):
        raise TypeError(f"blobopen() argument 'name' must be str, not {type(schema).__name__}")
    if not isinstance(row, int):
        raise TypeError("expected 'int'")
    if not _ROW_LIMITS[0] <= row <= _ROW_LIMITS[1]:
        raise OverflowError('Python int too large to convert to SQLite INTEGER')
    row = int(row)
    schema, table = _table(connection, schema, table)
    columns = [name for (name,) in _rows(connection, 'SELECT name FROM pragma_table_xinfo(?, ?)', table, schema)]
    found = [name for name in columns if name.lower() == column.lower()]
    if not found:
        raise _failed(f'no such column: "{column}"')
    if not readonly:
        _check_writable(connection, schema, table, found[0])
    taken = {name.lower() for name in columns}
    free = [name for name in _ROW_NAMES if name not in taken]
    if not free:
        raise NotSupportedError('blobopen() needs one of the names rowid, _rowid_ and oid, and all are columns here')
    place = schema, table, free[0], row
    shared = connection._blob_rows.get(place)
    if shared is None or not shared.is_as_it_was():
        shared = connection._blob_rows[place] = _Row(connection, place)
    blob = object.__new__(Blob)
    blob._connection, blob._row, blob._column = connection, shared, _quoted(found[0])
    blob._length, blob._kind = shared.length_and_kind(blob._column)
    blob._offset, blob._readonly, blob._rollbacks = 0, bool(readonly), connection._rollbacks
    return blob


def _table(connection, schema, table):
    """The names of a table as they were written when it was made."""
    found = _rows(
        connection,
        'SELECT schema, name, type, wr FROM pragma_table_list '
        'WHERE schema = ? COLLATE NOCASE AND name = ? COLLATE NOCASE',
        *(schema, table),
    )
    if not found:
        raise _failed(f'no such table: {schema}.{table}')
    schema, name, kind, without_rows = found[0]
    if kind == 'virtual':
        raise _failed(f'cannot open virtual table: {table}')
    if without_rows:
        raise _failed(f'cannot open table without rowid: {table}')
    if kind == 'view':
        raise _failed(f'cannot open view: {table}')
    return schema, name


def _check_writable(connection, schema, table, column):
    if _rows(connection, 'PRAGMA foreign_keys') == [(1,)] and _rows(
        connection,
        'SELECT 1 FROM pragma_foreign_key_list(?, ?) WHERE "from" = ? COLLATE NOCASE',
        *(table, schema, column),
    ):
        raise _failed('cannot open foreign key column for writing')
    if _rows(
        connection,
        'SELECT 1 FROM pragma_index_list(?1, ?2) AS listed, pragma_index_xinfo(listed.name, ?2) AS part '
        'WHERE part.cid = -2 OR part.key AND part.name = ?3 COLLATE NOCASE',
        *(table, schema, column),
    ):
        raise _failed('cannot open indexed column for writing')
    if _rows(connection, _FIRED.format(_quoted(schema)), table):
        raise NotSupportedError(
            f'blobopen() cannot write to {table}, which has triggers: open it with readonly=True, and write with UPDATE'
        )


def _rows(connection, sql, *values):
    """Runs a statement that no callback of the script is told of."""
    bound = marshal.dumps(list(values), 2) if values else None
    answer, _ = sqlite('execute', connection._database, sql, bound, True)
    rows = marshal.loads(answer.encode('latin-1'))[1]  # noqa: S302 written by our own Java
    return [tuple(row) for row in rows]


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _int(value):
    value = operator.index(value)
    if not -_LARGEST_INT - 1 <= value <= _LARGEST_INT:
        raise OverflowError('Python int too large to convert to C int')
    return value
