# ruff: noqa: E501
"""What people do with ``psycopg2``, on the empty database at ``DATABASE``."""

import datetime
import decimal
import io
import uuid

import psycopg2
import psycopg2.errors
import psycopg2.extensions
import psycopg2.extras
from psycopg2 import sql
from runner import attempt

DATABASE = None


_open = []


def _connect():
    _open.append(psycopg2.connect(DATABASE))
    return _open[-1]


def _people():
    # Without reference counts a connection that a case forgets stays open, and with it its locks.
    while _open:
        _open.pop().close()
    connection = _connect()
    cursor = connection.cursor()
    cursor.execute('DROP TABLE IF EXISTS people')
    cursor.execute('CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL UNIQUE, height numeric(4, 2))')
    cursor.executemany('INSERT INTO people (name, height) VALUES (%s, %s)', [('Ana', 1.7), ('Bo', None), ("O'Neil", 2)])
    connection.commit()
    return connection


def case_rows():
    cursor = _people().cursor()
    cursor.execute('SELECT * FROM people ORDER BY id')
    yield cursor.fetchone(), cursor.fetchmany(1), cursor.fetchall(), cursor.fetchone(), cursor.rowcount
    yield [tuple(column)[:2] for column in cursor.description], cursor.description[0].name
    cursor.execute('SELECT name FROM people WHERE id = %(id)s AND name LIKE %(like)s', {'id': 3, 'like': "O'%"})
    yield list(cursor)
    cursor.execute("SELECT '100%%', %s", (1,))
    yield cursor.fetchall()
    cursor.execute("SELECT '100%'")
    yield cursor.fetchall()
    cursor.execute('UPDATE people SET height = 1 WHERE id > %s', [1])
    yield cursor.rowcount, cursor.description, attempt(cursor.fetchall)
    cursor.execute('SELECT 1; SELECT 2')
    yield cursor.fetchall()


def case_values():
    cursor = _connect().cursor()
    for value in (
        None, True, 5, -7, 2**62, 10**30, 1.5, -0.1, float('inf'), decimal.Decimal('12.50'), 'text', "it's \\ here", 'ñ😀', '',
        b'\x00\xffbytes', bytearray(b'x'), datetime.date(2026, 2, 3), datetime.datetime(2026, 2, 3, 4, 5, 6, 789000), datetime.time(1, 2, 3),
        datetime.timedelta(days=3, seconds=5, microseconds=7), [1, 2, 3], ['a', "b'c", None, 'd,e', '{x}', '"'], [], [[1, 2], [3, 4]],
    ):  # fmt: skip
        cursor.execute('SELECT %s', (value,))
        found = cursor.fetchone()[0]
        yield bytes(found) if isinstance(found, memoryview) else found
        yield cursor.mogrify('%s', (value,))
    cursor.execute(
        "SELECT '1 year 2 mons 3 days 04:05:06.7'::interval, '-04:00:01'::interval, '{\"a\": [1]}'::jsonb, '2026-01-02 03:04:05.6+00'::timestamptz AT TIME ZONE 'UTC', 'x'::varchar, 1::smallint, 2::bigint, 1.5::real, ARRAY[1.5, NULL]"
    )
    yield cursor.fetchone(), [column.type_code for column in cursor.description]
    yield attempt(cursor.mogrify, '%s', (object,)).split("'")[0], cursor.mogrify('%s IN %s', (1, (1, 2)))
    yield attempt(cursor.mogrify, '%s', (1, 2)), attempt(cursor.mogrify, '%s %s', (1,))
    psycopg2.extras.register_uuid()
    number = uuid.UUID('12345678123456781234567812345678')
    cursor.execute('SELECT %s, %s', (number, psycopg2.extensions.AsIs('1 + 1')))
    yield cursor.fetchone()


def case_transactions():
    connection = _people()
    cursor = connection.cursor()
    cursor.execute("INSERT INTO people (name) VALUES ('X')")
    connection.rollback()
    with connection, connection.cursor() as inner:
        inner.execute("INSERT INTO people (name) VALUES ('Y')")
    try:
        with connection:
            cursor.execute("INSERT INTO people (name) VALUES ('Z')")
            raise KeyError
    except KeyError:
        cursor.execute('SELECT name FROM people ORDER BY id')
        yield cursor.fetchall()
    connection.rollback()
    connection.autocommit = True
    cursor.execute("INSERT INTO people (name) VALUES ('W')")
    other = _connect().cursor()
    other.execute('SELECT count(*) FROM people')
    yield other.fetchone(), connection.autocommit, connection.closed
    connection.close()
    yield connection.closed, attempt(connection.cursor), attempt(cursor.execute, 'SELECT 1')


def case_errors():
    connection = _people()
    for text in (
        "INSERT INTO people (name) VALUES ('Ana')", 'INSERT INTO people (name) VALUES (NULL)', 'SELECT * FROM nothing',
        'SELECT 1 / 0', "SELECT 'x'::int", 'SELECT nothing FROM people', 'SELEC',
    ):  # fmt: skip
        try:
            connection.cursor().execute(text)
        except psycopg2.Error as error:
            yield (
                type(error).__name__,
                error.pgcode,
                str(error).split('\n')[0],
                isinstance(error, psycopg2.DatabaseError),
            )
        try:
            connection.cursor().execute('SELECT 1')
        except psycopg2.errors.InFailedSqlTransaction as error:
            yield str(error).split('\n')[0]
        connection.rollback()
    yield psycopg2.errors.lookup('23505') is psycopg2.errors.UniqueViolation
    yield attempt(psycopg2.connect, 'host=127.0.0.1 port=1').split(':')[0]


def case_extras():
    connection = _people()
    with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute('SELECT id, name FROM people ORDER BY id')
        yield [dict(row) for row in cursor.fetchall()]
    with connection.cursor(cursor_factory=psycopg2.extras.DictCursor) as cursor:
        cursor.execute('SELECT id, name FROM people ORDER BY id')
        row = cursor.fetchone()
        yield row['name'], row[0], list(row), 'id' in row
    with connection.cursor(cursor_factory=psycopg2.extras.NamedTupleCursor) as cursor:
        cursor.execute('SELECT id, name FROM people ORDER BY id')
        yield cursor.fetchone().name
    with connection.cursor() as cursor:
        found = psycopg2.extras.execute_values(
            cursor, 'INSERT INTO people (name, height) VALUES %s RETURNING name', [('E', 1), ('F', None)], fetch=True
        )
        yield found
        psycopg2.extras.execute_batch(cursor, 'UPDATE people SET height = %s WHERE name = %s', [(3, 'E'), (4, 'F')])
        cursor.execute("SELECT height FROM people WHERE name IN ('E', 'F') ORDER BY name")
        yield cursor.fetchall()
        cursor.execute('SELECT %s::json', (psycopg2.extras.Json({'a': [1, None]}),))
        yield cursor.fetchone()


def case_composed_statements():
    connection = _people()
    query = sql.SQL('SELECT {}, {x} FROM {table} WHERE {} = %s').format(
        sql.Identifier('name'), sql.Identifier('id'), x=sql.Literal("it's"), table=sql.Identifier('public', 'people')
    )
    yield query.as_string(connection)
    cursor = connection.cursor()
    cursor.execute(query, (1,))
    yield cursor.fetchall()
    yield sql.SQL(', ').join([sql.Identifier('a'), sql.Placeholder(), sql.Placeholder('n')]).as_string(connection)


def case_many_rows():
    connection = _people()
    with connection.cursor('kept') as cursor:
        cursor.itersize = 100
        cursor.execute('SELECT generate_series(1, 1000)')
        yield cursor.fetchmany(3), sum(row[0] for row in cursor)
    connection.rollback()
    cursor = connection.cursor()
    cursor.copy_from(io.StringIO('Copied\t1.5\nOther\t\\N\n'), 'people', columns=('name', 'height'))
    out = io.StringIO()
    cursor.copy_expert(
        "COPY (SELECT name, height FROM people WHERE name IN ('Copied', 'Other') ORDER BY name) TO STDOUT WITH CSV", out
    )
    yield out.getvalue()
