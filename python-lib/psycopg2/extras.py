"""Cursors with names for their columns, and statements with many rows."""

import json
from collections import OrderedDict, namedtuple

from psycopg2 import _types
from psycopg2._connection import cursor
from psycopg2._missing import attribute

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


class NamedTupleCursor(cursor):
    """Rows are named tuples."""

    def _row(self, row):
        return namedtuple('Record', [column.name for column in self.description], rename=True)(*row)


class Json:
    """A value that goes into SQL as JSON."""

    def __init__(self, adapted, dumps=json.dumps):
        self.adapted = adapted
        self._dumps = dumps

    def getquoted(self):
        return _types.quote(self._dumps(self.adapted)).encode()


def register_uuid(oids=None, conn_or_curs=None):
    """Has columns of type uuid come as ``uuid.UUID``; they do so for all connections of the script."""
    import uuid

    _types._READERS['uuid'] = uuid.UUID


def register_default_json(*_args, **_keywords):
    """Does nothing: JSON is read in any case."""


register_default_jsonb = register_json = register_default_json


def execute_batch(cur, sql, argslist, page_size=100):
    """Runs a statement for each set of parameters, many in one request."""
    for page in _pages(argslist, page_size):
        cur.execute(b';'.join(cur.mogrify(sql, row) for row in page))


def execute_values(cur, sql, argslist, template=None, page_size=100, fetch=False):
    """Puts many rows in the place of ``VALUES %s``."""
    before, place, after = sql.partition('%s')
    if not place:
        raise ValueError('the query contains no %s placeholder')
    found = []
    for page in _pages(argslist, page_size):
        rows = (cur.mogrify(template or f'({", ".join(["%s"] * len(row))})', row).decode() for row in page)
        cur.execute((before + ','.join(rows) + after).replace('%%', '%'))
        if fetch:
            found.extend(cur.fetchall())
    return found if fetch else None


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
