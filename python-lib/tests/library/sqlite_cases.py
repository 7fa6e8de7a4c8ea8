# ruff: noqa: E501, PERF203, S608
"""What people do with ``sqlite3``."""

import datetime
import gc
import os
import sqlite3
import tempfile

from runner import attempt, kind


def _people(**keywords):
    connection = sqlite3.connect(':memory:', **keywords)
    connection.execute(
        'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, height REAL, photo BLOB)'
    )
    connection.executemany(
        'INSERT INTO people (name, height, photo) VALUES (?, ?, ?)',
        [('Ana', 1.7, b'\x00\xff'), ('Bo', None, None), ('Zoë', 2, bytearray(b'abc'))],
    )
    connection.commit()
    return connection


def case_rows():
    connection = _people()
    yield connection.execute('SELECT * FROM people ORDER BY id').fetchall()
    cursor = connection.execute('SELECT name FROM people ORDER BY id')
    yield cursor.fetchone(), cursor.fetchmany(1), cursor.fetchmany(5), cursor.fetchone(), cursor.fetchall()
    yield list(connection.execute('SELECT id, height FROM people WHERE height > ?', (1,)))
    cursor.arraysize = 2
    yield cursor.execute('SELECT id FROM people').fetchmany()


def case_values_come_back_as_they_went():
    connection = sqlite3.connect(':memory:')
    for value in (None, 0, -1, 2**31, 2**63 - 1, -(2**63), 1.0, 0.1, 1e300, float('inf'), float('nan'), '', 'ñ\U0001f600', b'',
                  b'\x00\x01', True, False, bytearray(b'x'), memoryview(b'yz'), 'a\x00b'):  # fmt: skip
        yield connection.execute('SELECT ?, typeof(?)', (value, value)).fetchone()
    yield attempt(connection.execute, 'SELECT ?', (2**63,))
    yield attempt(connection.execute, 'SELECT ?', (object,)).__class__.__name__


def case_parameters():
    connection = _people()
    yield connection.execute(
        'SELECT name FROM people WHERE id = :id AND name = :name', {'id': 1, 'name': 'Ana'}
    ).fetchall()
    yield connection.execute('SELECT :a, :b, :a', {'a': 1, 'b': 2, 'unused': 3}).fetchone()
    yield connection.execute('SELECT ?2, ?1', (1, 2)).fetchone()
    yield connection.execute("SELECT '?', ':x', \"name\" FROM people WHERE id = ? -- ? :y", (1,)).fetchone()
    yield connection.execute('SELECT @a, $b', {'a': 'A', 'b': 'B'}).fetchone()
    yield attempt(connection.execute, 'SELECT ?, ?', (1,))
    yield attempt(connection.execute, 'SELECT ?', ())
    yield attempt(connection.execute, 'SELECT :a', {'b': 1})
    yield attempt(connection.execute, 'SELECT 1', (1,))


def case_description_and_counts():
    connection = _people()
    cursor = connection.cursor()
    yield cursor.description, cursor.rowcount, cursor.lastrowid
    cursor.execute('SELECT id, name AS n, height * 2 FROM people')
    yield cursor.description, cursor.rowcount
    cursor.execute('UPDATE people SET height = 1 WHERE id > 1')
    yield cursor.description, cursor.rowcount
    cursor.execute("INSERT INTO people (name) VALUES ('New')")
    yield cursor.lastrowid, cursor.rowcount
    cursor.executemany('INSERT INTO people (name) VALUES (?)', [('A',), ('B',)])
    yield cursor.rowcount
    cursor.execute('DELETE FROM people')
    yield cursor.rowcount, connection.total_changes
    yield cursor.execute('').fetchall(), cursor.execute(' -- nothing').description


def case_transactions():
    connection = _people()
    yield connection.in_transaction
    connection.execute("INSERT INTO people (name) VALUES ('X')")
    yield connection.in_transaction
    connection.rollback()
    yield connection.in_transaction, connection.execute('SELECT count(*) FROM people').fetchone()
    with connection:
        connection.execute("INSERT INTO people (name) VALUES ('Y')")
    yield connection.in_transaction, connection.execute('SELECT count(*) FROM people').fetchone()
    try:
        with connection:
            connection.execute("INSERT INTO people (name) VALUES ('Z')")
            raise KeyError('z')
    except KeyError:
        yield connection.execute('SELECT count(*) FROM people').fetchone()
    connection.execute('BEGIN IMMEDIATE')
    yield connection.in_transaction
    connection.execute('SAVEPOINT s')
    connection.execute("INSERT INTO people (name) VALUES ('W')")
    connection.execute('ROLLBACK TO s')
    connection.execute('RELEASE s')
    connection.execute('COMMIT')
    yield connection.in_transaction, connection.execute('SELECT count(*) FROM people').fetchone()
    connection.isolation_level = None
    connection.execute("INSERT INTO people (name) VALUES ('V')")
    yield connection.in_transaction, connection.isolation_level
    connection.execute('BEGIN')
    yield attempt(connection.execute, "INSERT OR ROLLBACK INTO people (name) VALUES ('V')"), connection.in_transaction


def case_errors():
    connection = _people()
    for sql in (
        'SELEC 1', 'SELECT * FROM nothing', 'SELECT nothing FROM people', "INSERT INTO people (name) VALUES ('Ana')",
        'INSERT INTO people (name) VALUES (NULL)', 'SELECT 1; SELECT 2', "SELECT 'open", 'COMMIT', 'SELECT 1 FROM',
        "INSERT INTO people (id, name) VALUES ('text', 'b')", 'SELECT nofunction(1)',
    ):  # fmt: skip
        try:
            connection.execute(sql)
        except sqlite3.Error as error:
            yield type(error).__name__, str(error), getattr(error, 'sqlite_errorname', None)
    yield [base.__name__ for base in sqlite3.IntegrityError.__mro__]
    yield attempt(connection.executemany, 'SELECT ?', [(1,)])
    cursor = connection.cursor()
    cursor.close()
    yield attempt(cursor.execute, 'SELECT 1')
    connection.close()
    yield attempt(connection.execute, 'SELECT 1')
    yield attempt(connection.commit)
    yield connection.close()
    yield attempt(sqlite3.connect, 'no/such/directory/file.db')


def case_row_factory():
    connection = _people()
    connection.row_factory = sqlite3.Row
    row = connection.execute('SELECT id, name AS Who FROM people').fetchone()
    yield row['id'], row['WHO'], row[0], row[-1], row[0:2], row.keys(), len(row), tuple(row), dict(row), list(row)
    yield attempt(lambda: row['missing']), attempt(lambda: row[9])
    other = connection.execute('SELECT id, name AS Who FROM people').fetchone()
    yield row == other, hash(row) == hash(other), row != other
    connection.row_factory = lambda cursor, values: {
        column[0]: value for column, value in zip(cursor.description, values)
    }
    yield connection.execute('SELECT id, name FROM people').fetchall()
    connection.row_factory = None
    connection.text_factory = bytes
    yield connection.execute('SELECT name FROM people').fetchall()
    connection.text_factory = lambda raw: raw.decode() + '!'
    yield connection.execute('SELECT name FROM people').fetchall()


def case_adapters_and_converters():
    class Point:
        def __init__(self, x, y):
            self.x, self.y = x, y

        def __repr__(self):
            return f'Point({self.x}, {self.y})'

    class Conforming:
        def __conform__(self, protocol):
            return 'conformed' if protocol is sqlite3.PrepareProtocol else None

    sqlite3.register_adapter(Point, lambda point: f'{point.x};{point.y}')
    sqlite3.register_converter('point', lambda raw: Point(*map(int, raw.split(b';'))))
    for kinds in (sqlite3.PARSE_DECLTYPES, sqlite3.PARSE_COLNAMES, 0):
        connection = sqlite3.connect(':memory:', detect_types=kinds)
        connection.execute('CREATE TABLE t (p point, n point)')
        connection.execute('INSERT INTO t VALUES (?, NULL)', (Point(1, 2),))
        cursor = connection.execute('SELECT p, n, p AS "p [point]" FROM t')
        yield cursor.fetchall(), [column[0] for column in cursor.description]
        yield connection.execute('SELECT ?', (Conforming(),)).fetchone()


def case_dates():
    import warnings

    warnings.simplefilter('ignore')
    connection = sqlite3.connect(':memory:', detect_types=sqlite3.PARSE_DECLTYPES)
    connection.execute('CREATE TABLE t (d date, t timestamp)')
    connection.execute(
        'INSERT INTO t VALUES (?, ?)', (datetime.date(2026, 2, 3), datetime.datetime(2026, 2, 3, 4, 5, 6, 789))
    )
    return connection.execute('SELECT * FROM t').fetchall()


def case_functions():
    connection = _people()
    connection.create_function('shout', 1, lambda text: text.upper() + '!')
    connection.create_function('many', -1, lambda *values: len(values), deterministic=True)
    connection.create_function('kind', 1, lambda value: type(value).__name__)
    connection.create_function('fail', 0, lambda: 1 / 0)
    yield connection.execute('SELECT shout(name), many(1, 2, 3), many() FROM people').fetchall()
    yield connection.execute("SELECT kind(1), kind(1.5), kind('x'), kind(x'00'), kind(NULL)").fetchone()
    yield attempt(connection.execute, 'SELECT fail()')

    class Longest:
        def __init__(self):
            self.text = ''

        def step(self, text):
            self.text = max(self.text, text, key=len)

        def finalize(self):
            return self.text

    connection.create_aggregate('longest', 1, Longest)
    yield connection.execute('SELECT longest(name) FROM people').fetchone()
    yield connection.execute('SELECT id % 2, longest(name) FROM people GROUP BY id % 2').fetchall()
    connection.create_collation('backwards', lambda a, b: (a < b) - (a > b))
    yield connection.execute('SELECT name FROM people ORDER BY name COLLATE backwards').fetchall()


def case_scripts():
    connection = sqlite3.connect(':memory:')
    connection.executescript(
        """
        CREATE TABLE a (x); -- a comment; with a semicolon
        INSERT INTO a VALUES ('one;two');
        CREATE TRIGGER t AFTER INSERT ON a WHEN new.x = 'go' BEGIN
            INSERT INTO a VALUES ('gone'); UPDATE a SET x = CASE x WHEN 'go' THEN 'went' ELSE x END;
        END;
        INSERT INTO a VALUES ('go');
        """
    )
    yield connection.execute('SELECT x FROM a ORDER BY rowid').fetchall()
    yield attempt(connection.executescript, 'SELECT 1; SELEC 2;')
    yield [sqlite3.complete_statement(text) for text in ('SELECT 1', 'SELECT 1;', "SELECT ';'", 'SELECT 1; SELECT', '')]
    yield list(connection.iterdump())


def case_many_rows_and_changes_meanwhile():
    connection = sqlite3.connect(':memory:')
    connection.execute('CREATE TABLE n (x)')
    connection.executemany('INSERT INTO n VALUES (?)', ((number,) for number in range(5000)))
    reading = connection.execute('SELECT x FROM n ORDER BY x')
    yield sum(next(reading)[0] for _ in range(10))
    connection.commit()
    connection.execute('CREATE TABLE other (y)')
    yield sum(row[0] for row in reading)
    yield connection.execute('SELECT count(*), sum(x) FROM n').fetchone()
    yield connection.execute('WITH big AS (SELECT x FROM n WHERE x > 4995) SELECT * FROM big').fetchall()
    connection.execute('SELECT x FROM n')
    gc.collect()
    yield connection.execute('DROP TABLE n').fetchall()


def case_returning():
    connection = _people()
    cursor = connection.execute("INSERT INTO people (name) VALUES ('R') RETURNING id, name")
    yield cursor.fetchall()
    connection.commit()
    yield connection.execute("UPDATE people SET name = name || '2' WHERE id < 3 RETURNING name").fetchall()
    yield connection.in_transaction


def case_files():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'data.db')
        with sqlite3.connect(path) as connection:
            connection.execute('CREATE TABLE t (x)')
            connection.execute('INSERT INTO t VALUES (1)')
        other = sqlite3.connect(path, timeout=0.05)
        yield other.execute('SELECT x FROM t').fetchall()
        other.execute('BEGIN IMMEDIATE')
        blocked = sqlite3.connect(path, timeout=0.05)
        yield attempt(blocked.execute, 'INSERT INTO t VALUES (2)')
        other.rollback()
        read_only = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        yield read_only.execute('SELECT x FROM t').fetchall(), attempt(read_only.execute, 'INSERT INTO t VALUES (3)')
        yield attempt(sqlite3.connect, f'file:{path}x?mode=rw', uri=True)
        second = os.path.join(directory, 'second.db')
        blocked.execute('ATTACH DATABASE ? AS more', (second,))
        blocked.execute('CREATE TABLE more.s AS SELECT x + 1 AS y FROM t')
        yield blocked.execute('SELECT t.x, s.y FROM t, more.s').fetchall()
        blocked.commit()
        blocked.execute('DETACH more')
        blocked.execute(f"VACUUM INTO '{directory}/third.db'")
        yield sqlite3.connect(os.path.join(directory, 'third.db')).execute('SELECT x FROM t').fetchall()
        blocked.execute('VACUUM')
        yield blocked.execute('PRAGMA journal_mode = WAL').fetchone()
        for connection in (other, blocked, read_only):
            connection.close()
        yield sorted(os.listdir(directory))


def case_copies():
    connection = _people()
    copy = sqlite3.connect(':memory:')
    connection.backup(copy)
    yield copy.execute('SELECT count(*) FROM people').fetchone()
    raw = connection.serialize()
    yield raw[:15], len(raw)
    third = sqlite3.connect(':memory:')
    third.deserialize(raw)
    yield third.execute('SELECT name FROM people').fetchall()


def case_backup_in_steps():
    connection = _people()
    connection.row_factory = lambda cursor, row: {'row': row}
    connection.executemany('INSERT INTO people (name) VALUES (?)', [(f'{number:03000}',) for number in range(20)])
    connection.commit()
    for pages in (-1, 0, 1, 7, 1000):
        told = []
        connection.backup(sqlite3.connect(':memory:'), pages=pages, progress=lambda *step, told=told: told.append(step))
        # How many pages a database has differs between versions; what is told of them does not.
        yield (
            pages,
            told[-1][:2],
            {status for status, _, _ in told[:-1]},
            len(told) == -(-told[-1][2] // pages) if pages > 0 else len(told),
        )
        yield [total - left for _, left, total in told[:2]] == [pages, 2 * pages] if 0 < pages < 10 else None
    yield (
        attempt(connection.backup, sqlite3.connect(':memory:'), progress='nothing'),
        attempt(connection.backup, connection),
    )
    yield attempt(connection.backup, 'file'), attempt(connection.backup, sqlite3.connect(':memory:'), pages='x')

    def refuse(*_):
        raise LookupError('stop')

    target = sqlite3.connect(':memory:')
    target.execute('CREATE TABLE own (x)')
    yield attempt(connection.backup, target, pages=1, progress=refuse)
    yield target.execute('SELECT name FROM sqlite_master').fetchall()


def case_factories():
    class Own(sqlite3.Connection):
        def __init__(self, *arguments, **keywords):
            self.given = len(arguments), sorted(keywords)
            super().__init__(*arguments, **keywords)

    by_place = sqlite3.connect(':memory:', 5.0, 0, None, True, Own)
    by_name = sqlite3.connect(':memory:', factory=Own)
    yield type(by_place).__name__, by_place.given, by_place.isolation_level, type(by_name).__name__, by_name.given
    yield type(sqlite3.connect(':memory:', 5.0, 0, 'IMMEDIATE', True, sqlite3.Connection, 10, True)).__name__


def case_features():
    connection = sqlite3.connect(':memory:')
    yield connection.execute("""SELECT json_extract('{"a": [1, 2]}', '$.a[1]')""").fetchone()
    connection.execute('CREATE VIRTUAL TABLE f USING fts5(body)')
    connection.execute("INSERT INTO f VALUES ('the quick brown fox')")
    yield connection.execute("SELECT body FROM f WHERE f MATCH 'quick'").fetchall()
    yield connection.execute('SELECT row_number() OVER (ORDER BY x) FROM (SELECT 3 AS x UNION SELECT 1)').fetchall()
    connection.commit()
    connection.execute('PRAGMA foreign_keys = ON')
    yield connection.execute('PRAGMA foreign_keys').fetchone()
    connection.executescript('CREATE TABLE a (i INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (i));')
    yield attempt(connection.execute, 'INSERT INTO b VALUES (7)')
    yield sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety > 0
    seen = []
    connection.set_trace_callback(seen.append)
    connection.execute('SELECT 1')
    yield seen


def case_threads():
    import threading

    connection, seen = _people(), []
    thread = threading.Thread(target=lambda: seen.append(attempt(connection.execute, 'SELECT 1').split('.')[0]))
    thread.start()
    thread.join()
    yield seen
    connection = _people(check_same_thread=False)
    thread = threading.Thread(target=lambda: seen.append(connection.execute('SELECT 1').fetchall()))
    thread.start()
    thread.join()
    yield seen[1:]


def case_functions_are_taken_away():
    connection = sqlite3.connect(':memory:')
    connection.create_function('twice', 1, lambda value: value * 2)
    yield connection.execute('SELECT twice(4)').fetchone()
    connection.create_function('twice', 1, None)
    yield kind(connection.execute, 'SELECT twice(4)')
    connection.create_collation('backwards', lambda one, other: (one < other) - (one > other))
    numbers = "SELECT * FROM (SELECT 'a' AS x UNION SELECT 'b' UNION SELECT 'c') ORDER BY x COLLATE backwards"
    yield connection.execute(numbers).fetchall()
    connection.create_collation('backwards', None)
    yield kind(connection.execute, numbers)
    yield kind(connection.create_function, 'none', -2, print)


class _Sum:
    def __init__(self):
        self.sum = 0

    def step(self, value):
        self.sum += value

    def inverse(self, value):
        self.sum -= value

    def value(self):
        return self.sum

    def finalize(self):
        return self.sum


def case_windows():
    connection = sqlite3.connect(':memory:')
    connection.create_window_function('total', 1, _Sum)
    connection.execute('CREATE TABLE t (a, b)')
    connection.executemany('INSERT INTO t VALUES (?, ?)', [('a', 4), ('b', 5), ('c', 3), ('d', 8), ('e', 1)])
    yield connection.execute(
        'SELECT a, total(b) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t ORDER BY a'
    ).fetchall()
    yield connection.execute('SELECT total(b) FROM t').fetchall()
    yield connection.execute('SELECT total(b) FROM t WHERE a > ?', ('x',)).fetchall()


def case_what_stops_a_statement():
    connection = sqlite3.connect(':memory:')
    steps = []
    connection.set_progress_handler(lambda: steps.append(1) or len(steps) > 3, 100)
    endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n'
    yield attempt(connection.execute, endless)
    connection.set_progress_handler(None, 0)
    yield len(steps), connection.execute('SELECT 1').fetchone()
    before = connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 1)
    yield before > 1, connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    yield attempt(connection.execute, 'SELECT ?, ?', (1, 2))
    yield attempt(connection.getlimit, 99)


def case_what_callbacks_raise():
    connection = sqlite3.connect(':memory:')
    for name, function in (('large', lambda: 2**64), ('broken', lambda: 1 / 0)):
        connection.create_function(name, 0, function)
        yield attempt(connection.execute, f'SELECT {name}()')

    class NoStep:
        def finalize(self):
            return 1

    class NoStart(_Sum):
        def __init__(self):
            raise ValueError

    for name, group in (('no_step', NoStep), ('no_start', NoStart)):
        connection.create_aggregate(name, 1, group)
        yield attempt(connection.execute, f'SELECT {name}(x) FROM (SELECT 1 AS x)')
    connection.set_trace_callback(lambda statement: 1 / 0)
    yield connection.execute('SELECT 1').fetchone()


def case_cursors_that_use_themselves():
    connection = sqlite3.connect(':memory:')
    cursor = connection.cursor()
    cursor.execute('CREATE TABLE a (b)')

    def rows():
        cursor.execute('INSERT INTO a VALUES (1)')
        yield (1,)

    yield attempt(cursor.executemany, 'INSERT INTO a VALUES (?)', rows())
    yield connection.execute("SELECT x'' AS b").fetchone()

    class Half(sqlite3.Connection):
        def __init__(self, name):
            """Does not open it."""

    yield attempt(Half(':memory:').cursor)
    try:
        sqlite3.connect('/no/such/folder/a.db')
    except sqlite3.OperationalError:
        yield True


def _with_blob(value=b'\x00\x01\x02\x03\xff'):
    connection = sqlite3.connect(':memory:')
    connection.executescript(
        'CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB, n, x TEXT, i); CREATE INDEX ix ON t (i);'
        'CREATE VIEW v AS SELECT * FROM t; CREATE TABLE w (k PRIMARY KEY, b) WITHOUT ROWID;'
        'CREATE VIRTUAL TABLE f USING fts5(z); CREATE TABLE p (id INTEGER PRIMARY KEY);'
        'CREATE TABLE child (r REFERENCES p (id), b);'
    )
    connection.execute('INSERT INTO t VALUES (1, ?, NULL, ?, 5)', (value, 'héllo'))
    connection.execute("INSERT INTO t VALUES (2, 'x', 1.5, 'y', 6)")
    connection.execute("INSERT INTO child VALUES (NULL, x'00')")
    connection.commit()
    return connection


def case_blobs_that_open():
    connection = _with_blob()
    for arguments, keywords in (
        (('t', 'b', 1), {}),
        (('T', 'B', 1), {}),
        (('t', 'x', 1), {}),
        (('t', 'n', 1), {}),
        (('t', 'n', 2), {}),
        (('t', 'i', 1), {}),
        (('t', 'i', 1), {'readonly': True}),
        (('v', 'b', 1), {}),
        (('w', 'b', 1), {}),
        (('f', 'z', 1), {}),
        (('t', 'b', 9), {}),
        (('t', 'zz', 1), {}),
        (('t', 'rowid', 1), {}),
        (('zz', 'b', 1), {}),
        (('t', 'b', 1), {'name': 'nope'}),
        (('t', 'b', 2**70), {}),
        (('t', 'b', 'x'), {}),
        (('t', 'b', 1.5), {}),
        ((1, 'b', 1), {}),
        (('child', 'b', 1), {}),
    ):
        found = attempt(connection.blobopen, *arguments, **keywords)
        yield arguments, keywords, len(found) if isinstance(found, sqlite3.Blob) else found
    connection.execute('PRAGMA foreign_keys = ON')
    yield attempt(connection.blobopen, 'child', 'r', 1)
    yield attempt(sqlite3.Blob), sqlite3.Blob.__module__
    connection.execute("ATTACH ':memory:' AS other")
    connection.execute('CREATE TABLE other.t ("rowid" TEXT, b BLOB)')
    connection.execute("INSERT INTO other.t VALUES ('r', x'4142')")
    with connection.blobopen('t', 'b', 1, name='other') as blob:
        blob.write(b'C')
    yield connection.execute('SELECT * FROM other.t').fetchall()


def case_blobs_read_and_written():
    connection = _with_blob()
    blob = connection.blobopen('t', 'b', 1)
    yield (
        blob.read(2),
        blob.tell(),
        blob.read(),
        blob.read(),
        blob.seek(1),
        blob.read(-1),
        blob.seek(-2, 2),
        blob.tell(),
    )
    for call in (
        lambda: blob.seek(9),
        lambda: blob.seek(-1),
        lambda: blob.seek(0, 9),
        lambda: blob.seek(2**31 - 1, 1),
        lambda: blob.write('text'),
        lambda: blob.write(b'too long'),
        lambda: blob[99],
        lambda: blob[2**70],
        lambda: blob[1.5],
        lambda: blob['a'],
        lambda: blob[::0],
        lambda: blob.__setitem__(0, 256),
        lambda: blob.__setitem__(0, b'a'),
        lambda: blob.__setitem__(0, 1.5),
        lambda: blob.__setitem__(slice(0, 2), b'abc'),
        lambda: blob.__setitem__(slice(0, 2), 'ab'),
        lambda: blob.__setitem__(slice(0, 4), memoryview(b'abcdefgh')[::2]),
        lambda: blob.__delitem__(0),
        lambda: blob.__delitem__(slice(0, 1)),
    ):
        yield attempt(call)
    yield kind(iter, blob), kind(lambda: 1 in blob), kind(lambda: blob + blob)
    blob[0], blob[-1] = 65, True
    blob[1:3] = bytearray(b'BC')
    yield blob[:], blob[0], blob[1:4:2], blob[4:2], bool(blob), len(blob)
    blob[0:5:2] = b'xyz'
    yield connection.execute('SELECT b, typeof(b) FROM t WHERE a = 1').fetchone(), blob.tell()
    blob.seek(3)
    blob.write(b'!?')
    yield blob.tell(), blob[:], connection.total_changes, connection.in_transaction
    with connection.blobopen('t', 'x', 1) as text:
        text[0] = ord('H')
        yield text.read()
    yield connection.execute('SELECT x, typeof(x) FROM t WHERE a = 1').fetchone()
    reading = connection.blobopen('t', 'b', 1, readonly=True)
    yield attempt(reading.write, b'a'), attempt(reading.__setitem__, 0, 1)
    blob[0] = 122
    yield reading.read(1), blob.close(), attempt(blob.read), attempt(len, blob), attempt(blob.__enter__)
    connection.close()
    yield attempt(reading.read), attempt(reading.close)


def case_blobs_whose_row_changes():
    connection = _with_blob()
    blob, other = connection.blobopen('t', 'b', 1), connection.blobopen('t', 'b', 1)
    connection.execute('UPDATE t SET n = 9 WHERE a = 2')
    yield attempt(blob.read, 2)
    connection.execute('UPDATE t SET n = 9 WHERE a = 1')
    yield blob.tell(), len(blob), attempt(blob.read), attempt(other.__getitem__, 0), len(blob), attempt(other.read)
    yield attempt(blob.write, b'a'), attempt(blob.__getitem__, 0)
    blob = connection.blobopen('t', 'b', 1)
    connection.execute('DELETE FROM t')
    yield attempt(blob.read)
    connection.rollback()
    blob, _reading = connection.blobopen('t', 'b', 1), connection.blobopen('t', 'b', 1, readonly=True)
    connection.rollback()
    yield blob.read()
    connection.execute('BEGIN')
    blob[0] = 65
    connection.rollback()
    yield attempt(blob.__getitem__, 0), connection.execute('SELECT b FROM t WHERE a = 1').fetchone()
    large = _with_blob(bytes(range(256)) * 40_000)
    with large.blobopen('t', 'b', 1) as blob:
        blob.seek(10_000_000)
        yield len(blob), blob.read(3), blob[5_000_000:5_000_003], blob[-1]
        blob[9_999_999:10_000_001] = b'ab'
        yield blob[9_999_998:10_000_002], blob[0]


def case_callbacks_of_the_connection():
    connection = sqlite3.connect(':memory:')
    yield connection.set_authorizer(None), connection.set_progress_handler(None, 1)
