# ruff: noqa: E501, S106
"""What values keep, what errors tell and what connections know, on the empty database at ``DATABASE``."""

import datetime
import io
import logging

import psycopg2
import psycopg2.errors
import psycopg2.extensions
import psycopg2.extras
import psycopg2.pool
from runner import attempt

DATABASE = None

_open = []


def _connect():
    while _open:
        _open.pop().close()
    _open.append(psycopg2.connect(DATABASE))
    return _open[-1]


def _one(cursor, query, parameters=None):
    cursor.execute(query, parameters)
    return cursor.fetchone()[0]


def case_many_values():
    cursor = _connect().cursor()
    cursor.execute('CREATE TEMP TABLE t (a text, b int)')
    rows = [('100%', 1), ('50%%', 2), ('%s', 3), ("it's", 4)]
    psycopg2.extras.execute_values(cursor, "INSERT INTO t VALUES %s -- 5%% 'x'", rows)
    cursor.execute('SELECT a FROM t ORDER BY b')
    yield cursor.fetchall()
    found = psycopg2.extras.execute_values(
        cursor, 'INSERT INTO t (a, b) VALUES %s RETURNING a', rows, template='(%s, 1 + %s)', page_size=2, fetch=True
    )
    yield found
    for wrong in ('INSERT INTO t', 'INSERT INTO t VALUES %s, %s', 'INSERT INTO t VALUES %d %s'):
        yield attempt(psycopg2.extras.execute_values, cursor, wrong, rows)


def case_ranges():
    cursor = _connect().cursor()
    for text in ("'[1,5)'::int4range", "'(1.5,]'::numrange", "'empty'::int8range", "'[2024-01-01,2024-02-01)'::daterange",
                 "'[2024-01-01 10:00,)'::tsrange"):  # fmt: skip
        yield text, _one(cursor, 'SELECT ' + text)
    cursor.execute("SET TIME ZONE 'Europe/Madrid'")
    yield _one(cursor, "SELECT '[2024-01-01 10:00+00,2024-06-01 10:00+00]'::tstzrange")
    number = psycopg2.extras.NumericRange(1, 9)
    yield (
        number,
        1 in number,
        9 in number,
        number.lower_inc,
        number.upper_inc,
        number.isempty,
        str(number),
        bool(number),
    )
    yield (
        psycopg2.extras.NumericRange(1, 9) == number,
        number < psycopg2.extras.NumericRange(2, 3),
        hash(number) == hash(number),
    )
    yield psycopg2.extras.DateRange(empty=True), attempt(psycopg2.extras.NumericRange, 1, 2, '<>')
    yield _one(cursor, 'SELECT %s::int4range', (number,))
    yield _one(cursor, 'SELECT %s', (psycopg2.extras.DateRange(datetime.date(2024, 1, 1), None),))
    yield _one(cursor, "SELECT ARRAY['[1,2)'::int4range, NULL]")


def case_moments():
    cursor = _connect().cursor()
    cursor.execute("SET TIME ZONE 'Asia/Kolkata'")
    for text in ("'2024-05-06 07:08:09.5+05:30'::timestamptz", "'infinity'::timestamp", "'-infinity'::date",
                 "'12:34:56+02'::timetz", "'24:00'::time", "'1850-01-01 00:00+00'::timestamptz"):  # fmt: skip
        yield text, attempt(_one, cursor, 'SELECT ' + text)
    for text in ('-1 days +02:03:04', '1 mon -2 days', '-00:00:01.5', '1 year -1 mon', '-1 year -02:00', '10 days'):
        yield text, _one(cursor, 'SELECT %s::interval', (text,))
    for value in (datetime.timedelta(days=-1, seconds=5), datetime.timedelta(microseconds=-1), datetime.time(1, 2, 3),
                  datetime.datetime(2024, 1, 2, 3, 4, 5, 6, datetime.timezone(datetime.timedelta(hours=-3, minutes=-30)))):  # fmt: skip
        yield cursor.mogrify('%s', (value,)), _one(cursor, 'SELECT %s', (value,))


def case_arrays():
    cursor = _connect().cursor()
    for text in ("ARRAY[1, NULL, 3]", "ARRAY['a', 'b\"c', 'd,e', NULL, 'NULL']", "ARRAY[ARRAY[1,2],ARRAY[3,4]]", "'{}'::int[]",
                 "ARRAY['00000000-0000-0000-0000-000000000001'::uuid]", "ARRAY['{\"a\": 1}'::jsonb]", "ARRAY[true, false]",
                 "ARRAY['1.2.3.4'::inet]", "ARRAY[1.5, 2.25]::numeric[]", "ARRAY['2024-01-02'::date]"):  # fmt: skip
        yield text, _one(cursor, 'SELECT ' + text)


def case_what_errors_tell():
    connection = _connect()
    cursor = connection.cursor()
    cursor.execute('CREATE TEMP TABLE t (a int PRIMARY KEY, b text NOT NULL CHECK (length(b) > 1))')
    cursor.execute("INSERT INTO t VALUES (1, 'one')")
    connection.commit()
    for text in ('SELECT 1\nFROM t\nWHERE nothing = 1', "INSERT INTO t VALUES (1, 'two')", 'INSERT INTO t VALUES (2, NULL)',
                 "INSERT INTO t VALUES (2, 'x')", 'SELEC', 'SELECT * FROM missing', "SELECT 'a' + 1", 'SELECT 1/0',
                 'SELECT ' + '1, ' * 40 + 'nothing, ' + '2, ' * 20 + '3', "DO $$ BEGIN RAISE EXCEPTION 'own' USING HINT = 'do'; END $$",
                 "SELECT 'ä', no\tthing"):  # fmt: skip
        try:
            cursor.execute(text)
        except psycopg2.Error as error:
            diag = error.diag
            yield type(error).__name__, type(error).__bases__[0].__name__, error.pgcode, str(error), error.pgerror
            yield (
                diag.severity, diag.sqlstate, diag.message_primary, diag.message_detail, diag.message_hint,
                diag.statement_position, diag.table_name, diag.column_name, diag.constraint_name, diag.schema_name is None,
                error.cursor is cursor,
            )  # fmt: skip
        connection.rollback()
    yield psycopg2.Error('x').diag.sqlstate, psycopg2.Error('x').pgcode
    yield [psycopg2.errors.lookup(state).__name__ for state in ('42P01', '57014', '40001', '28P01', 'XX000', '0A000')]
    yield attempt(psycopg2.errors.lookup, '99999')
    names = (
        'AdminShutdown TooManyConnections DuplicateColumn InvalidPassword ReadOnlySqlTransaction DiskFull QueryCanceled'
    )
    yield [[base.__name__ for base in getattr(psycopg2.errors, name).__mro__[:3]] for name in names.split()]


def case_wrong_credentials():
    # What the server says of them depends on how it lets people in.
    for keywords in ({'user': 'nobody_here', 'password': 'x'}, {'dbname': 'no_such_database'}):
        given = {**psycopg2.extensions.parse_dsn(DATABASE), **keywords}
        try:
            psycopg2.connect(**given)
        except psycopg2.OperationalError as error:
            yield keywords, error.pgcode, 'FATAL:' in str(error), type(error).__name__


def case_what_connections_know():
    connection = _connect()
    cursor = connection.cursor()
    cursor.execute('DROP TABLE IF EXISTS nothing_here')
    yield connection.notices, cursor.statusmessage
    cursor.execute("DO $$ BEGIN RAISE WARNING 'careful'; RAISE NOTICE 'by the way'; END $$")
    yield connection.notices, cursor.statusmessage
    for text in ('CREATE TEMP TABLE t (a int)', 'INSERT INTO t VALUES (1), (2)', 'SELECT * FROM t', 'UPDATE t SET a = 3',
                 'DELETE FROM t WHERE a = 9', 'CREATE TEMP TABLE u AS SELECT 1', 'WITH x AS (SELECT 1) SELECT * FROM x',
                 'SET search_path TO public', 'DROP TABLE u', 'CREATE OR REPLACE TEMP VIEW v AS SELECT 1', 'TRUNCATE t'):  # fmt: skip
        cursor.execute(text)
        yield text, cursor.statusmessage, cursor.rowcount
    cursor.copy_from(io.StringIO('1\n2\n3\n'), 't')
    yield cursor.rowcount, cursor.statusmessage
    cursor.copy_to(io.StringIO(), 't')
    yield cursor.rowcount
    yield attempt(cursor.copy_from, io.StringIO('x\n'), 't')
    connection.rollback()
    yield connection.get_parameter_status('client_encoding'), connection.info.transaction_status, connection.info.status
    yield connection.readonly, connection.encoding, sorted(connection.get_dsn_parameters())[:0]
    yield (
        hasattr(connection, 'no_such_thing'),
        getattr(cursor, 'no_such_thing', 'default'),
        hasattr(psycopg2, 'nothing'),
    )


def case_notifications():
    connection = _connect()
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute('LISTEN channel')
    cursor.execute("NOTIFY channel, 'payload'")
    connection.poll()
    yield [(one.channel, one.payload, one.pid == connection.get_backend_pid()) for one in connection.notifies]


def case_named_cursors():
    connection = _connect()
    cursor = connection.cursor('kept', scrollable=True)
    cursor.execute('SELECT generate_series(1, 10)')
    yield cursor.fetchmany(2), cursor.scroll(3), cursor.fetchone(), cursor.scroll(0, mode='absolute'), cursor.fetchone()
    cursor.close()
    other = connection.cursor('straight', scrollable=False)
    other.execute('SELECT generate_series(1, 10)')
    other.fetchmany(5)
    yield attempt(other.scroll, -2).split('\n')[0]


def case_casters():
    connection = _connect()
    cursor = connection.cursor()
    upper = psycopg2.extensions.new_type((25,), 'UPPER', lambda value, cur: None if value is None else value.upper())
    psycopg2.extensions.register_type(upper, cursor)
    yield _one(cursor, "SELECT 'abc'::text"), _one(connection.cursor(), "SELECT 'abc'::text")
    psycopg2.extensions.register_type(psycopg2.extensions.new_array_type((1009,), 'UPPERS', upper), connection)
    yield _one(connection.cursor(), "SELECT ARRAY['abc', NULL]::text[]"), _one(cursor, 'SELECT NULL::text')
    decimals = psycopg2.extensions.new_type(
        psycopg2.extensions.DECIMAL.values, 'FLOATS', lambda value, cur: float(value)
    )
    psycopg2.extensions.register_type(decimals, connection)
    yield _one(connection.cursor(), 'SELECT 1.5::numeric')
    cursor.execute("SELECT 1::int, 'x'::text, now(), 1.5::numeric(5,2)")
    yield [column.type_code for column in cursor.description], cursor.description[0].type_code == psycopg2.NUMBER


def case_pools():
    pool = psycopg2.pool.SimpleConnectionPool(1, 2, DATABASE)
    one, other = pool.getconn(), pool.getconn('key')
    yield pool.getconn('key') is other, attempt(pool.getconn)
    pool.putconn(one)
    pool.putconn(other, 'key')
    yield other.closed, one.closed, pool.getconn() is one, attempt(pool.putconn, other)
    pool.closeall()
    yield one.closed, pool.closed, attempt(pool.getconn)
    with_threads = psycopg2.pool.ThreadedConnectionPool(1, 1, DATABASE)
    yield type(with_threads.getconn()).__name__, issubclass(psycopg2.pool.PoolError, psycopg2.Error)
    with_threads.closeall()


def case_strings_that_connect():
    parse, make = psycopg2.extensions.parse_dsn, psycopg2.extensions.make_dsn
    for text in ("host=h port=1 password='a b\\'c'", 'postgresql://u:p%40@h:5/d?application_name=x'):
        yield sorted(parse(text).items())
    yield make('host=a', dbname='b c', password="it's"), make(host='x', database='y'), make()


def case_logging():
    seen = []

    class Own(logging.Logger):
        def debug(self, message, *args, **keywords):
            seen.append(message)

    connection = psycopg2.connect(DATABASE, connection_factory=psycopg2.extras.LoggingConnection)
    connection.initialize(Own('x'))
    cursor = connection.cursor()
    cursor.execute('SELECT %s', (1,))
    yield seen, cursor.fetchone()
    connection.close()
