"""The databases behind the drivers: two by JDBC, SQLite by the module ``sqlite3``."""

import marshal
import re

from pyodbc import _types
from pyodbc._errors import Error, error, odbc

_YES = ('yes', 'true', '1', 'mandatory', 'strict')


def postgres(given, driver, timeout):
    """A connection by the keywords of psqlodbc."""
    given.setdefault('server', 'localhost')
    given.setdefault('port', '5432')
    properties = [
        'user', given.get('uid') or given.get('username') or '',
        'password', given.get('pwd', ''),
        'sslmode', given.get('sslmode', 'prefer'),
        'loginTimeout', str(timeout or given.get('connect_timeout', 0)),
    ]  # fmt: skip
    return _opened('postgresql', given['server'], given['port'], given.get('database', ''), properties, driver)


def sql_server(given, driver, timeout):
    """A connection by the keywords of Microsoft's driver, and of FreeTDS where those are the same."""
    if given.get('trusted_connection', 'no').lower() in _YES:
        raise error('28000', f'[{driver}] Trusted_Connection needs an account of Windows; give UID and PWD')
    given['server'] = given.get('server') or given.get('addr') or given.get('address') or 'localhost'
    host, _, port = re.sub('^(tcp|np|lpc):', '', given['server'], flags=re.I).partition(',')
    host, _, instance = host.strip().partition('\\')
    host = '127.0.0.1' if host in ('.', '(local)') else host
    encrypt = given.get('encrypt', 'yes' if '18' in driver else 'no').lower()
    properties = [
        'user', given.get('uid', ''),
        'password', given.get('pwd', ''),
        'encrypt', 'strict' if encrypt == 'strict' else str(encrypt in _YES).lower(),
        'trustServerCertificate', str(given.get('trustservercertificate', 'no').lower() in _YES).lower(),
        'loginTimeout', str(timeout or 15),
        'applicationName', given.get('app', 'pulzar'),
        'instanceName', instance,
        'hostNameInCertificate', given.get('hostnameincertificate', ''),
        'multiSubnetFailover', str(given.get('multisubnetfailover', 'no').lower() in _YES).lower(),
        'applicationIntent', given.get('applicationintent', ''),
    ]  # fmt: skip
    port = port.strip() or given.get('port') or ('0' if instance else '1433')
    return _opened('sqlserver', host, port, given.get('database', ''), properties, driver)


def further(given, driver):
    """A connection by a JDBC driver that was added; None where none of them knows the database.

    ``URL`` is its address. Without it, that is made as most drivers have it, with the first word of the driver's name.
    """
    host = given.get('server', 'localhost')
    port = given.get('port', '')
    word = re.match('[a-z0-9]*', driver.lower()).group()
    url = given.get('url') or f'jdbc:{word}://{host}{port and ":" + port}/{given.get("database", "")}'
    try:
        connection = odbc('open_url', url, given.get('uid', ''), given.get('pwd', ''))
    except Error as failure:
        if failure.args[0] != '01000':
            raise
        return None
    return Jdbc(connection, host, driver)


def further_drivers():
    """The names of the drivers that were added."""
    return odbc('drivers')


def _opened(kind, host, port, name, properties, driver):
    if not port.isdigit():
        raise error('08001', f'[{driver}] the port {port!r} is no number')
    pairs = [part for at in range(0, len(properties), 2) if properties[at + 1] for part in properties[at : at + 2]]
    return Jdbc(odbc('open', kind, host, int(port), name, pairs), host, driver)


class Jdbc:
    """A database that is reached by a driver of Java."""

    def __init__(self, connection, host, driver):
        self._connection = connection
        self._own = {_types.SQL_DRIVER_NAME: driver, _types.SQL_SERVER_NAME: host, _types.SQL_DATA_SOURCE_NAME: ''}

    def execute(self, sql, parameters, timeout):
        return self._results('execute', sql, parameters, timeout)

    def many(self, sql, rows):
        odbc('many', self._connection, sql, rows)

    def metadata(self, what, names):
        return self._results('metadata', what, list(names))

    def _results(self, operation, *arguments):
        text = odbc(operation, self._connection, *arguments)
        results = marshal.loads(text.encode('latin-1'))  # noqa: S302 written by our own Java
        return [[columns and [list(column) for column in columns], rows, count] for columns, rows, count in results]

    def info(self, number):
        if number in self._own:
            return self._own[number]
        names = {
            _types.SQL_DBMS_NAME: 'product',
            _types.SQL_DBMS_VER: 'version',
            _types.SQL_DATABASE_NAME: 'database',
            _types.SQL_USER_NAME: 'user',
            _types.SQL_IDENTIFIER_QUOTE_CHAR: 'quote',
            _types.SQL_DRIVER_VER: 'driver',
        }
        if number not in names:
            raise error('HYC00', f'getinfo({number}) is not in this stand-in for pyodbc')
        return odbc('info', self._connection, names[number])

    def autocommit(self, value):
        odbc('autocommit', self._connection, value)

    def readonly(self):
        odbc('readonly', self._connection)

    def commit(self):
        odbc('commit', self._connection)

    def rollback(self):
        odbc('rollback', self._connection)

    def close(self):
        odbc('close', self._connection)


def sqlite(given, driver, timeout):
    """A file of SQLite."""
    return Sqlite(given.get('database', ':memory:'), timeout, driver)


# By the numbers of java.sql.Types.
_SQLITE_KINDS = {int: 4, float: 8, bytes: -2}

_CHANGES = re.compile(r'\s*(insert|update|delete|replace)\b', re.I)

_READERS = {
    'n': lambda _: None,
    'i': int,
    'f': float,
    'b': bytes.fromhex,
    'B': lambda text: int(text == 'true'),
    'P': lambda text: text.replace('T', ' '),
}


class Sqlite:
    """A database of the module ``sqlite3``, with transactions as ODBC has them."""

    def __init__(self, name, timeout, driver):
        import sqlite3

        self._error = sqlite3.Error
        self._driver = driver
        self._name = name
        self._version = sqlite3.sqlite_version
        self._connection = self._tried(sqlite3.connect, name, timeout=timeout or 5.0, isolation_level=None)
        self._autocommit = False

    def _tried(self, function, *arguments, **keywords):
        try:
            return function(*arguments, **keywords)
        except self._error as failure:
            raise error('HY000', f'[{self._driver}]{failure}') from None

    def execute(self, sql, parameters, timeout):
        self._begin(sql)
        cursor = self._tried(self._connection.execute, sql, [_plain(text) for text in parameters])
        return [self._result(cursor)]

    def many(self, sql, rows):
        self._begin(sql)
        self._tried(self._connection.executemany, sql, [[_plain(text) for text in row] for row in rows])

    def _begin(self, sql):
        if not self._autocommit and not self._connection.in_transaction and _CHANGES.match(sql):
            self._connection.execute('BEGIN')

    def _result(self, cursor):
        if cursor.description is None:
            return [None, [], cursor.rowcount]
        rows = self._tried(cursor.fetchall)
        first = rows[0] if rows else (None,) * len(cursor.description)
        columns = [
            [column[0], '', _SQLITE_KINDS.get(type(value), 12), 0, 0, 1]
            for column, value in zip(cursor.description, first)
        ]
        # SQLite has types for values and not for columns: text in a column of numbers stays text.
        plain = all(_fits(row, columns) for row in rows)
        return [columns if plain else [[*column[:2], 12, *column[3:]] for column in columns], rows, -1]

    def metadata(self, what, names):
        table = names[2]
        if what == 'tables':
            sql = (
                'SELECT NULL AS table_cat, NULL AS table_schem, name AS table_name, upper(type) AS table_type, '
                "NULL AS remarks FROM sqlite_master WHERE type IN ('table', 'view') AND name LIKE ?"
            )
            return self.execute(sql, ['s' + (table or '%')], 0)
        if what == 'columns':
            sql = (
                'SELECT NULL AS table_cat, NULL AS table_schem, ? AS table_name, name AS column_name, '
                'type AS type_name, 1 - "notnull" AS nullable FROM pragma_table_info(?)'
            )
            return self.execute(sql, ['s' + (table or ''), 's' + (table or '')], 0)
        if what == 'primary_keys':
            sql = (
                'SELECT NULL AS table_cat, NULL AS table_schem, ? AS table_name, name AS column_name, pk AS key_seq '
                'FROM pragma_table_info(?) WHERE pk > 0'
            )
            return self.execute(sql, ['s' + table, 's' + table], 0)
        raise error('HYC00', f'[{self._driver}]{what} is not in this stand-in for pyodbc')

    def info(self, number):
        known = {
            _types.SQL_DBMS_NAME: 'SQLite',
            _types.SQL_DBMS_VER: self._version,
            _types.SQL_DATABASE_NAME: self._name,
            _types.SQL_IDENTIFIER_QUOTE_CHAR: '"',
            _types.SQL_DRIVER_NAME: self._driver,
            _types.SQL_DRIVER_VER: self._version,
        }
        return known.get(number, '')

    def autocommit(self, value):
        if value and self._connection.in_transaction:
            self.commit()
        self._autocommit = value

    def readonly(self):
        self._tried(self._connection.execute, 'PRAGMA query_only = 1')

    def commit(self):
        if self._connection.in_transaction:
            self._tried(self._connection.execute, 'COMMIT')

    def rollback(self):
        if self._connection.in_transaction:
            self._tried(self._connection.execute, 'ROLLBACK')

    def close(self):
        self.rollback()
        self._connection.close()


def _fits(row, columns):
    return all(value is None or _SQLITE_KINDS.get(type(value), 12) == column[2] for value, column in zip(row, columns))


def _plain(text):
    read = _READERS.get(text[0])
    return text[1:] if read is None else read(text[1:])
