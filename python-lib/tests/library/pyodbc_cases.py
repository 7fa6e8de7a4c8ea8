"""pyodbc: a database of PostgreSQL, and a file of SQLite."""

import datetime
import decimal
import os
import tempfile

import pyodbc
from runner import attempt

DATABASE = ''

VERSIONS = {'pyodbc': getattr(pyodbc, 'version', '')}


def _string(driver='PostgreSQL Unicode'):
    given = dict(part.split('=', 1) for part in DATABASE.split())
    return (
        f'DRIVER={{{driver}}};SERVER={given["host"]};PORT={given["port"]};DATABASE={given["dbname"]};'
        f'UID={given["user"]};PWD={given.get("password", "x")}'
    )


def _connected(**keywords):
    return pyodbc.connect(_string(), **keywords)


def _sqlite(**keywords):
    return pyodbc.connect(f'Driver=SQLite3;Database={os.path.join(tempfile.mkdtemp(), "a.db")}', **keywords)


def _refused(function, *arguments):
    """The class of an error and its state; its words are the driver's own."""
    try:
        return function(*arguments)
    except pyodbc.Error as error:
        return type(error).__name__, error.args[0]


def case_module():
    yield pyodbc.apilevel, pyodbc.threadsafety, pyodbc.paramstyle
    yield pyodbc.STRING is str, pyodbc.NUMBER is float, pyodbc.DATETIME is datetime.datetime
    yield pyodbc.Binary is bytearray or pyodbc.Binary is bytes
    yield [issubclass(getattr(pyodbc, name), pyodbc.Error) for name in (
        'DatabaseError', 'DataError', 'OperationalError', 'IntegrityError', 'InternalError', 'ProgrammingError',
        'NotSupportedError', 'InterfaceError',
    )]  # fmt: skip
    yield issubclass(pyodbc.InterfaceError, pyodbc.DatabaseError), issubclass(pyodbc.Warning, pyodbc.Error)
    yield pyodbc.pooling, pyodbc.lowercase


def case_rows():
    with _connected() as connection:
        cursor = connection.cursor()
        row = cursor.execute("SELECT 1 AS one, 'two' AS two, NULL AS three").fetchone()
        yield row
        yield row[0], row.one, row.two, row[-1], row[0:2], len(row), list(row), tuple(row)
        yield attempt(lambda: row.four)
        yield attempt(lambda: row[7])
        yield [column[0] for column in row.cursor_description]
        row.one = 5
        yield row, row == row, 'two' in row
        yield cursor.fetchone()


def case_cursor_is_an_iterator():
    with _connected() as connection:
        cursor = connection.cursor()
        yield [row.n for row in cursor.execute('SELECT * FROM generate_series(1, 5) AS n')]
        cursor.execute('SELECT * FROM generate_series(1, 10) AS n')
        yield next(cursor).n, cursor.fetchone().n, [row.n for row in cursor.fetchmany(3)], len(cursor.fetchall())
        yield cursor.fetchall(), cursor.fetchone()
        yield cursor.execute('SELECT 1').fetchval(), cursor.arraysize, cursor.execute('SELECT 1 WHERE false').fetchval()
        yield attempt(next, cursor.execute('SELECT 1 WHERE false'), 'no more')
        cursor.execute('SELECT * FROM generate_series(1, 10) AS n')
        cursor.skip(4)
        yield cursor.fetchone().n
        yield connection.execute('SELECT 7').fetchone()[0]


def case_values():
    with _connected() as connection:
        cursor = connection.cursor()
        for sql in (
            'SELECT 1::smallint, 2::int, 3::bigint, 1.5::real, 2.5::double precision',
            'SELECT 12.50::numeric(10,2), 0::numeric(5,0), 123456789012.123456::numeric(30,6)',
            "SELECT 'text'::text, 'ver'::varchar(10), 'c'::char(3), 'gr\u00f6\u00dfe \u20ac'::text",
            "SELECT '2026-11-21'::date, '09:30:15'::time, '2026-11-21 09:30:15.25'::timestamp",
            "SELECT '\\x0001ff'::bytea, NULL::int, NULL::text",
        ):
            yield list(cursor.execute(sql).fetchone())
            yield [column[1].__name__ for column in cursor.description], [column[6] for column in cursor.description]


def case_parameters():
    with _connected() as connection:
        cursor = connection.cursor()
        cursor.execute(
            'CREATE TEMP TABLE t (i int, b bigint, f float8, n numeric(12,3), s text, d date, ts timestamp, x bytea)'
        )
        moment = datetime.datetime(2026, 11, 21, 9, 30, 15, 250000)
        cursor.execute(
            'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            1, 1 << 40, 1.5, decimal.Decimal('12.345'), 'it\'s ? \u20ac', moment.date(), moment, b'\0\1\xff',
        )  # fmt: skip
        yield cursor.rowcount
        yield list(cursor.execute('SELECT * FROM t WHERE i = ? AND s = ?', 1, "it's ? \u20ac").fetchone())
        cursor.execute('INSERT INTO t (i, s) VALUES (?, ?)', (2, None))
        yield list(cursor.execute('SELECT i, s FROM t WHERE i = ?', [2]).fetchone())
        yield cursor.execute('SELECT count(*) FROM t WHERE ts < ?', datetime.datetime(2030, 1, 1)).fetchval()
        yield cursor.execute("SELECT '?' || s FROM t WHERE i = ?", 1).fetchval()
        yield _refused(cursor.execute, 'SELECT * FROM t WHERE i = ?')
        yield _refused(cursor.execute, 'SELECT * FROM t WHERE i = ?', 1, 2)


def case_many():
    with _connected() as connection:
        cursor = connection.cursor()
        cursor.execute('CREATE TEMP TABLE many (i int, s text)')
        for fast in (False, True):
            cursor.fast_executemany = fast
            cursor.executemany('INSERT INTO many VALUES (?, ?)', [(number, f'row {number}') for number in range(50)])
            yield cursor.execute('SELECT count(*), max(i), min(s) FROM many').fetchone()
        cursor.executemany('INSERT INTO many VALUES (?, ?)', [[1, None]])
        yield cursor.execute('SELECT count(*) FROM many WHERE s IS NULL').fetchval()


def case_transactions():
    first = _connected()
    yield first.autocommit
    first.execute('DROP TABLE IF EXISTS odbc_transactions')
    first.execute('CREATE TABLE odbc_transactions (i int PRIMARY KEY)')
    first.commit()
    first.execute('INSERT INTO odbc_transactions VALUES (1)')
    second = _connected(autocommit=True)
    yield second.autocommit, second.execute('SELECT count(*) FROM odbc_transactions').fetchval()
    first.rollback()
    yield first.execute('SELECT count(*) FROM odbc_transactions').fetchval()
    first.commit()
    with first:
        first.execute('INSERT INTO odbc_transactions VALUES (2)')
    yield second.execute('SELECT count(*) FROM odbc_transactions').fetchval()
    first.execute('INSERT INTO odbc_transactions VALUES (3)')
    yield _refused(first.execute, 'INSERT INTO odbc_transactions VALUES (3)')
    # A statement that fails takes back itself only.
    yield first.execute('SELECT count(*) FROM odbc_transactions').fetchval()
    first.autocommit = True
    yield second.execute('SELECT count(*) FROM odbc_transactions').fetchval()
    first.execute('DROP TABLE odbc_transactions')
    first.close()
    second.close()
    yield attempt(first.cursor)


def case_errors():
    with _connected() as connection:
        cursor = connection.cursor()
        for sql in (
            'SELECT * FROM no_such_table', 'SELEC 1', 'SELECT no_such_column', 'SELECT 1/0', "SELECT 'x'::int",
            'CREATE TEMP TABLE e (i int PRIMARY KEY, j int NOT NULL)', 'INSERT INTO e VALUES (1, 1)',
            'INSERT INTO e VALUES (1, 1)', 'INSERT INTO e VALUES (2, NULL)',
        ):  # fmt: skip
            found = _refused(cursor.execute, sql)
            yield found if isinstance(found, tuple) else 'fine'
        cursor.execute('INSERT INTO e VALUES (3, 3)')
        yield _refused(cursor.fetchall)
        cursor.close()
        yield attempt(cursor.execute, 'SELECT 1')
    yield _refused(pyodbc.connect, 'DRIVER={No Such Driver};SERVER=localhost')
    yield _refused(pyodbc.connect, _string().replace('PORT=', 'PORT=1;X='))


def case_description():
    with _connected() as connection:
        cursor = connection.cursor()
        yield cursor.description, cursor.rowcount
        cursor.execute('CREATE TEMP TABLE described (i int NOT NULL, s varchar(20), n numeric(8,3))')
        yield cursor.description
        cursor.execute('SELECT i, s, n FROM described')
        yield [(column[0], column[1].__name__, column[2], column[5]) for column in cursor.description]
        yield cursor.execute("INSERT INTO described VALUES (1, 'a', 2), (2, 'b', 3)").rowcount
        yield cursor.execute('UPDATE described SET n = 1').rowcount
        yield cursor.execute('DELETE FROM described WHERE i = 9').rowcount


def case_several_results():
    with _connected() as connection:
        cursor = connection.cursor()
        cursor.execute('SELECT 1 AS a; SELECT 2 AS b, 3 AS c')
        yield cursor.fetchall()
        yield cursor.nextset()
        yield cursor.fetchall(), [column[0] for column in cursor.description]
        yield cursor.nextset()


def case_information():
    with _connected() as connection:
        yield connection.getinfo(pyodbc.SQL_DBMS_NAME), connection.getinfo(pyodbc.SQL_DATABASE_NAME) is not None
        yield connection.getinfo(pyodbc.SQL_IDENTIFIER_QUOTE_CHAR)
        cursor = connection.cursor()
        cursor.execute('DROP TABLE IF EXISTS informed')
        cursor.execute('CREATE TABLE informed (id int PRIMARY KEY, name varchar(20))')
        yield [(row.table_name, row.table_type) for row in cursor.tables(table='informed')]
        yield [(row.column_name, row.type_name, row.nullable) for row in cursor.columns(table='informed')]
        yield [row.column_name for row in cursor.primaryKeys(table='informed')]
        cursor.execute('DROP TABLE informed')


def case_sqlite():
    connection = _sqlite()
    cursor = connection.cursor()
    cursor.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size REAL)')
    cursor.executemany('INSERT INTO t (name, size) VALUES (?, ?)', [('a', 1.5), ('b', 2.5), ('gr\u00f6\u00dfe', None)])
    connection.commit()
    yield [tuple(row) for row in cursor.execute('SELECT * FROM t ORDER BY id')]
    row = cursor.execute('SELECT name, size FROM t WHERE id = ?', 2).fetchone()
    yield row.name, row.size, row
    cursor.execute('DELETE FROM t')
    connection.rollback()
    yield cursor.execute('SELECT count(*) FROM t').fetchval()
    yield _refused(cursor.execute, 'SELECT * FROM no_such_table')[0] != ''
    connection.close()
