"""Connections, and which driver a connection string means."""

from pyodbc import _databases
from pyodbc._cursor import Cursor
from pyodbc._errors import ProgrammingError, error

_DRIVERS = (
    'ODBC Driver 17 for SQL Server',
    'ODBC Driver 18 for SQL Server',
    'PostgreSQL ANSI',
    'PostgreSQL Unicode',
    'SQLite3',
)

# What other drivers' names have in them.
_KINDS = (
    ('postgres', _databases.postgres),
    ('psqlodbc', _databases.postgres),
    ('sql server', _databases.sql_server),
    ('msodbcsql', _databases.sql_server),
    ('sqlncli', _databases.sql_server),
    ('freetds', _databases.sql_server),
    ('tdsodbc', _databases.sql_server),
    ('sqlite', _databases.sqlite),
)


def drivers():
    """The names of drivers under which the databases are known that can be reached."""
    return [*_DRIVERS, *_databases.further_drivers()]


def dataSources():  # noqa: N802 pyodbc's name
    """None: there is no place where data sources have names."""
    return {}


def connect(connstring='', /, autocommit=False, timeout=0, readonly=False, **keywords):
    """Connects: ``connect('DRIVER={PostgreSQL Unicode};SERVER=…;DATABASE=…;UID=…;PWD=…')``, or keywords."""
    for name in ('ansi', 'attrs_before', 'encoding'):
        keywords.pop(name, None)
    given = parse(connstring)
    given.update((_SHORT.get(name.lower(), name.lower()), str(value)) for name, value in keywords.items())
    driver = given.pop('driver', None)
    if driver is None:
        raise error(
            'IM002',
            '[Driver Manager] Data source name not found and no default driver specified: there are no data sources '
            'here, write DRIVER={PostgreSQL Unicode} and the like',
        )
    for part, opens in _KINDS:
        if part in driver.lower():
            return Connection(opens(given, driver, timeout), autocommit, readonly)
    return Connection(_further(given, driver), autocommit, readonly)


def _further(given, driver):
    database = _databases.further(given, driver)
    if database is None:
        raise error(
            '01000',
            f"[Driver Manager] Can't open lib '{driver}' : file not found; there are {', '.join(drivers())}, and "
            "others where the jar of their JDBC driver is in the folder 'drivers' of the server's home",
        )
    return database


_SHORT = {'user': 'uid', 'password': 'pwd', 'host': 'server', 'servername': 'server'}


def parse(text):
    """The keywords of a connection string, in lower case; values in braces may have semicolons."""
    found = {}
    at = 0
    while at < len(text):
        equals = text.find('=', at)
        if equals < 0:
            break
        name = text[at:equals].strip(' ;').lower()
        at = equals + 1
        while at < len(text) and text[at] == ' ':
            at += 1
        if text[at : at + 1] == '{':
            value, at = _braced(text, at + 1)
        else:
            end = text.find(';', at)
            end = len(text) if end < 0 else end
            value, at = text[at:end].strip(), end + 1
        found.setdefault(name, value)
    return found


def _braced(text, at):
    value = ''
    while True:
        end = text.find('}', at)
        if end < 0:
            return value + text[at:], len(text)
        value += text[at:end]
        if text[end + 1 : end + 2] != '}':
            semicolon = text.find(';', end)
            return value, len(text) if semicolon < 0 else semicolon + 1
        value += '}'
        at = end + 2


class Connection:
    """As DB-API 2.0 and pyodbc's documentation describe it."""

    def __init__(self, database, autocommit, readonly):
        self._database = database
        self._autocommit = bool(autocommit)
        self.closed = False
        self.timeout = 0
        self.maxwrite = 0
        self.searchescape = '\\'
        database.autocommit(self._autocommit)
        if readonly:
            database.readonly()

    def _checked(self):
        if self.closed:
            raise ProgrammingError('Attempt to use a closed connection.')
        return self._database

    def cursor(self):
        """A cursor."""
        self._checked()
        return Cursor(self)

    def execute(self, sql, *parameters):
        """Runs a statement in a cursor of its own, and returns that."""
        return self.cursor().execute(sql, *parameters)

    def commit(self):
        """Makes the changes last."""
        database = self._checked()
        if not self._autocommit:
            database.commit()

    def rollback(self):
        """Takes the changes back."""
        database = self._checked()
        if not self._autocommit:
            database.rollback()

    @property
    def autocommit(self):
        """Whether each statement is committed at once; to switch it on commits what is open."""
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self._checked().autocommit(bool(value))
        self._autocommit = bool(value)

    def getinfo(self, infotype):
        """What is known of driver and server: one of ``SQL_DBMS_NAME`` and the like."""
        return self._checked().info(infotype)

    def close(self):
        """Closes it; changes that were not committed are lost."""
        self._checked().close()
        self.closed = True

    def setencoding(self, encoding=None, ctype=None):
        """Does nothing: text is text on its whole way."""

    def setdecoding(self, sqltype, encoding=None, ctype=None):
        """Does nothing: text is text on its whole way."""

    def __enter__(self):
        self._checked()
        return self

    def __exit__(self, kind, failure, trace):
        if not self.closed:
            self.rollback() if kind is not None else self.commit()
        return False
