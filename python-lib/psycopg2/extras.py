"""Cursors with names for their columns, and statements with many rows."""

import json
import re
from collections import OrderedDict, namedtuple

from psycopg2 import _types
from psycopg2._connection import connection, cursor
from psycopg2._missing import attribute, missing
from psycopg2._range import DateRange, DateTimeRange, DateTimeTZRange, NumericRange, Range

__path__ = []  # see _pulzar.standins


class DictRow(list):
    """A row that is found by number and by name."""

    def __init__(self, names, values):
        super().__init__(values)
        self._names = names

    def __getitem__(self, key):
        return list.__getitem__(self, self._names.index(key) if isinstance(key, str) else key)

    def get(self, key, default=None):
        """The value of a column, or the default."""
        return self[key] if key in self._names else default

    def keys(self):
        """The names of the columns."""
        return iter(self._names)

    def values(self):
        """The values of the columns."""
        return iter(self)

    def items(self):
        """Pairs of a name and a value."""
        return zip(self._names, self)

    def __contains__(self, key):
        return key in self._names

    def copy(self):
        """As a dict."""
        return OrderedDict(self.items())


class DictCursor(cursor):
    """Rows are found by number and by name."""

    def _row(self, row):
        return DictRow([column.name for column in self.description], row)


class RealDictRow(OrderedDict):
    """A row as a dict."""


class RealDictCursor(cursor):
    """Rows are dicts."""

    def _row(self, row):
        return RealDictRow(zip((column.name for column in self.description), row))


class DictConnection(connection):
    """Its cursors are DictCursors."""

    def cursor(self, *args, **kwargs):
        """A cursor whose rows are found by name too."""
        kwargs.setdefault('cursor_factory', self.cursor_factory or DictCursor)
        return super().cursor(*args, **kwargs)


class RealDictConnection(connection):
    """Its cursors are RealDictCursors."""

    def cursor(self, *args, **kwargs):
        """A cursor whose rows are dicts."""
        kwargs.setdefault('cursor_factory', self.cursor_factory or RealDictCursor)
        return super().cursor(*args, **kwargs)


class LoggingConnection(connection):
    """Writes each statement to a file or a logger."""

    def initialize(self, logobj):
        """Takes where to write to."""
        self._log_to = logobj

    def filter(self, msg, curs):
        """What is written of a statement; None: nothing."""
        return msg

    def log(self, msg, curs):
        """Writes a statement."""
        text = self.filter(msg, curs)
        if text:
            if hasattr(self._log_to, 'debug'):
                self._log_to.debug(text)
            else:
                self._log_to.write((text.decode() if isinstance(text, bytes) else text) + '\n')

    def cursor(self, *args, **kwargs):
        """A cursor that writes what it runs."""
        kwargs.setdefault('cursor_factory', self.cursor_factory or LoggingCursor)
        return super().cursor(*args, **kwargs)


class LoggingCursor(cursor):
    """The cursor of a LoggingConnection."""

    def execute(self, query, vars=None):
        """Runs a statement and writes it."""
        try:
            return super().execute(query, vars)
        finally:
            self.connection.log(self.query, self)


class NamedTupleCursor(cursor):
    """Rows are named tuples."""

    def _row(self, row):
        return namedtuple('Record', [column.name for column in self.description], rename=True)(*row)


__all__ = [
    'DateRange', 'DateTimeRange', 'DateTimeTZRange', 'DictCursor', 'Json', 'NamedTupleCursor', 'NumericRange', 'Range',
    'RealDictCursor', 'execute_batch', 'execute_values', 'register_uuid',
]  # fmt: skip


class Json:
    """A value that goes into SQL as JSON."""

    def __init__(self, adapted, dumps=json.dumps):
        self.adapted = adapted
        self._dumps = dumps

    def getquoted(self):
        return _types.quote(self.dumps(self.adapted)).encode()

    def dumps(self, obj):
        """The text; subclasses may make it otherwise."""
        return self._dumps(obj)

    def prepare(self, conn):
        """Does nothing: the text is UTF-8 always."""

    def __str__(self):
        return self.getquoted().decode()


def register_uuid(oids=None, conn_or_curs=None):
    """Has columns of type uuid come as ``uuid.UUID``; they do so for all connections of the script."""
    import uuid

    _types._READERS['uuid'] = uuid.UUID
    _types._MORE_ARRAYS.add('uuid')


def register_range(pgrange, pyrange, conn_or_curs, globally=False):
    """Is refused: the ranges of PostgreSQL are known, others are not here."""
    raise missing('register_range')


def register_default_json(*_args, **_keywords):
    """Does nothing: JSON is read in any case."""


register_default_jsonb = register_json = register_default_json


def execute_batch(cur, sql, argslist, page_size=100):
    """Runs a statement for each set of parameters, many in one request."""
    for page in _pages(argslist, page_size):
        cur.execute(b';'.join(cur.mogrify(sql, row) for row in page))


def execute_values(cur, sql, argslist, template=None, page_size=100, fetch=False):
    """Puts many rows in the place of ``VALUES %s``."""
    sql = sql.as_string(cur) if hasattr(sql, 'as_string') else sql.decode() if isinstance(sql, bytes) else sql
    before, after = _around(sql)
    found = []
    for page in _pages(argslist, page_size):
        rows = (cur.mogrify(template or f'({", ".join(["%s"] * len(row))})', row).decode() for row in page)
        cur.execute(before + ','.join(rows) + after)
        if fetch:
            found.extend(cur.fetchall())
    return found if fetch else None


def _around(sql):
    """What stands before and after the one ``%s``; only there is ``%%`` a sign for ``%``."""
    parts, at = [[]], 0
    for match in re.finditer('%(.)', sql, re.S):
        parts[-1].append(sql[at : match.start()])
        at = match.end()
        if match[1] == '%':
            parts[-1].append('%')
        elif match[1] == 's':
            if len(parts) == 2:
                raise ValueError("the query contains more than one '%s' placeholder")
            parts.append([])
        else:
            raise ValueError(f"unsupported format character: '{match[1]}'")
    parts[-1].append(sql[at:])
    if len(parts) == 1:
        raise ValueError("the query doesn't contain any '%s' placeholder")
    return (''.join(part) for part in parts)


def _pages(rows, size):
    page = []
    for row in rows:
        page.append(row)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


def __getattr__(name):
    return attribute('psycopg2.extras', name)
