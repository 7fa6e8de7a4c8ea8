"""Ways out of the sandbox through databases, as in ``escapes.py``."""

import os
import sqlite3

import _sqlite3._errors

SECRET = ''
OUTSIDE = ''


def execute(arguments):
    global SECRET, OUTSIDE
    SECRET, OUTSIDE = arguments
    results = {}
    for name, attempt in list(globals().items()):
        if callable(attempt) and name != 'execute' and not name.startswith('_'):
            try:
                outcome = repr(attempt())
            except BaseException as error:
                outcome = f'{type(error).__name__}: {error}'
            results[name] = [attempt.__doc__, outcome]
            print(name, outcome)
    return results


def _sqlite(sql, *parameters):
    connection = sqlite3.connect(':memory:', isolation_level=None)
    return connection.execute(sql, parameters).fetchall()


def _ask(operation, *arguments):
    return _sqlite3._errors.sqlite(operation, *arguments)


def _service(operation, *arguments):
    """Past the module, to what Java does with SQL as it is."""
    return _sqlite3._errors.sqlite(operation, sqlite3.connect(':memory:')._database, *arguments)


def sqlite_opens_outside():
    """PermissionError"""
    sqlite3.connect(SECRET)


def sqlite_creates_outside():
    """PermissionError"""
    sqlite3.connect(OUTSIDE + '/made.db').execute('CREATE TABLE t (x)')


def sqlite_opens_a_uri_outside():
    """PermissionError"""
    sqlite3.connect(f'file:{SECRET}?mode=ro', uri=True).execute('SELECT 1')


def sqlite_attaches_outside():
    """PermissionError"""
    _sqlite('ATTACH ? AS outside', OUTSIDE + '/made.db')


def sqlite_attaches_a_literal_outside():
    """PermissionError"""
    _sqlite(f"/* ; */ attach database '{OUTSIDE}/made.db' AS outside")


def sqlite_attaches_an_expression():
    """NotSupportedError"""
    _sqlite(f"ATTACH ('{OUTSIDE}' || '/made.db') AS outside")


def sqlite_is_given_attach_directly():
    """OperationalError"""
    _service('execute', f"ATTACH '{OUTSIDE}/made.db' AS outside", None, False)


def sqlite_vacuums_outside():
    """PermissionError"""
    _sqlite('VACUUM INTO ?', OUTSIDE + '/made.db')


def sqlite_is_given_vacuum_directly():
    """OperationalError"""
    _service('execute', f"VACUUM INTO '{OUTSIDE}/made.db'", None, False)


def sqlite_loads_an_extension():
    """OperationalError"""
    _sqlite('SELECT load_extension(?)', OUTSIDE + '/x.so')


def sqlite_reads_a_file():
    """OperationalError"""
    _sqlite('SELECT readfile(?)', SECRET)


def sqlite_restores_from_outside():
    """OperationalError"""
    _sqlite(f"restore from '{SECRET}'")


def sqlite_keeps_temporary_files_outside():
    """NotSupportedError"""
    _sqlite(f"PRAGMA temp_store_directory = '{OUTSIDE}'")


def temporary_tables_go_to_disk():
    """NotSupportedError"""
    _sqlite('PRAGMA temp_store = FILE')


def temporary_tables_go_to_disk_behind_a_comment():
    """NotSupportedError"""
    _sqlite('; -- memory\n/* 2 */ PRAGMA temp_store = -- 2\n 1')


def temporary_tables_are_in_memory_anyway():
    """= [(2,)]"""
    _sqlite('PRAGMA temp_store = MEMORY')
    return _sqlite('PRAGMA temp_store')


def a_limit_of_the_process_is_lowered():
    """NotSupportedError"""
    _sqlite('PRAGMA main.hard_heap_limit = 1000')


# While SQLite calls a function of the script


def _during(attempt, statement='VACUUM'):
    """What an attempt gave that a collation makes while a statement runs."""
    connection = sqlite3.connect('collated.db', isolation_level=None)
    seen = []

    def compare(one, other):
        if not seen:
            try:
                seen.append(repr(attempt(connection)))
            except BaseException as error:
                seen.append(type(error).__name__)
        return (one > other) - (one < other)

    connection.create_collation('ours', compare)
    connection.execute('DROP TABLE IF EXISTS t')
    connection.execute('CREATE TABLE t (x TEXT COLLATE ours)')
    connection.execute('CREATE INDEX i ON t (x)')
    connection.executemany('INSERT INTO t VALUES (?)', [('b',), ('a',), ('c',)])
    seen.clear()
    connection.execute(statement).fetchall()
    connection.close()
    return seen


def attach_while_vacuum_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('execute', db._database, f"ATTACH '{SECRET}' AS o", None, False))


def vacuum_into_while_vacuum_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('execute', db._database, f"VACUUM INTO '{OUTSIDE}/v'", None, False))


def many_while_vacuum_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('many', db._database, f"ATTACH '{SECRET}' AS o", b'[\0\0\0\0'))


def read_rows_while_vacuum_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('in_transaction', db._database))


def attach_another_database_while_vacuum_calls_a_collation():
    """= ['OperationalError']"""
    other = sqlite3.connect(':memory:')
    return _during(lambda _: _ask('execute', other._database, f"ATTACH '{SECRET}' AS o", None, False))


def attach_from_a_thread_while_vacuum_calls_a_collation():
    """= []"""
    import threading

    threads, seen = [], []

    def attempt(db):
        # The thread may come so late that the connection is closed.
        number = db._database

        def attach():
            try:
                _ask('execute', number, f"ATTACH '{SECRET}' AS o", None, False)
            except Exception as error:
                seen.append(type(error).__name__)

        threads.append(threading.Thread(target=attach))
        threads[-1].start()

    _during(attempt, 'SELECT x FROM t ORDER BY x DESC, x || x')
    _during(attempt)
    for thread in threads:
        thread.join()
    return sorted(set(seen) - {'ProgrammingError', 'OperationalError'})


def close_while_the_database_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('close', db._database), 'SELECT DISTINCT x FROM t ORDER BY x || x COLLATE ours')


def deserialize_while_the_database_calls_a_collation():
    """= ['ProgrammingError']"""
    return _during(lambda db: _ask('deserialize', db._database, 'main', b''))


def a_function_closes_its_connection():
    """OperationalError"""
    connection = sqlite3.connect(':memory:')
    connection.create_function('f', 0, connection.close)
    connection.execute('SELECT f()').fetchall()


def a_function_closes_the_database_behind_its_connection():
    """= 'ProgrammingError'"""
    connection, seen = sqlite3.connect(':memory:'), []

    def close():
        try:
            _ask('close', connection._database)
        except sqlite3.ProgrammingError as error:
            seen.append(type(error).__name__)
        return seen[0]

    connection.create_function('f', 0, close)
    return connection.execute('SELECT f()').fetchone()[0]


def a_function_calls_itself():
    """OperationalError"""
    connection = sqlite3.connect(':memory:')
    connection.create_function('f', 0, lambda: connection.execute('SELECT f()').fetchone()[0])
    connection.execute('SELECT f()').fetchall()


def functions_of_many_databases_call_each_other():
    """OperationalError"""
    connections = [sqlite3.connect(':memory:') for _ in range(40)]
    for number, connection in enumerate(connections):
        following = connections[(number + 1) % 40]
        connection.create_function('f', 0, lambda to=following: to.execute('SELECT f()').fetchone()[0])
    connections[0].execute('SELECT f()').fetchall()


def a_function_recurses_without_end():
    """OperationalError"""
    connection = sqlite3.connect(':memory:')

    def deeper():
        return deeper() + 1

    connection.create_function('f', 0, deeper)
    connection.execute('SELECT f()').fetchall()


def a_function_leaves_with_an_exit():
    """SystemExit"""
    connection = sqlite3.connect(':memory:')

    def leave():
        raise SystemExit(3)

    connection.create_function('f', 0, leave)
    connection.execute('SELECT f()').fetchall()


def a_collation_leaves_with_an_exit():
    """SystemExit"""
    connection = sqlite3.connect(':memory:')

    def leave(_one, _other):
        raise SystemExit(3)

    connection.create_collation('c', leave)
    connection.execute('CREATE TABLE t (x)')
    connection.executemany('INSERT INTO t VALUES (?)', [(str(n),) for n in range(1000)])
    connection.execute('SELECT x FROM t ORDER BY x COLLATE c').fetchall()


def an_aggregate_can_not_be_made():
    """SystemExit"""

    class Leaving:
        def __init__(self):
            raise SystemExit(3)

        def step(self, value):
            pass

        def finalize(self):
            return 1

    connection = sqlite3.connect(':memory:')
    connection.create_aggregate('a', 1, Leaving)
    connection.execute('SELECT a(1)').fetchall()


def a_closed_database_is_used_behind_its_connection():
    """= ['ProgrammingError', 'ProgrammingError', 'ProgrammingError', None]"""
    connection, seen = sqlite3.connect(':memory:'), []
    database = connection._database
    connection.close()
    for call in (('total_changes',), ('serialize', 'main'), ('execute', 'SELECT 1', None, True), ('interrupt',)):
        try:
            seen.append(_ask(call[0], database, *call[1:]))
        except sqlite3.ProgrammingError as error:
            seen.append(type(error).__name__)
    return seen


# What was opened for reading is written to under its name


def backup_over_a_database_beside_the_script():
    """OperationalError"""
    beside = os.path.dirname(__file__) + '/read_only.db'
    source = sqlite3.connect(':memory:')
    source.execute('CREATE TABLE t (x)')
    source.backup(sqlite3.connect(f'file:{beside}?mode=ro', uri=True))


def backup_over_a_module():
    """DatabaseError|OperationalError"""
    beside = os.path.dirname(__file__) + '/outsiders_package/__init__.py'
    source = sqlite3.connect(':memory:')
    source.execute('CREATE TABLE t (x)')
    source.backup(sqlite3.connect(f'file:{beside}?mode=ro', uri=True))


def nothing_appears_beside_a_database_that_is_only_read():
    """= ['read_only.db']"""
    beside = os.path.dirname(__file__)
    connection = sqlite3.connect(f'file:{beside}/read_only.db?mode=ro', uri=True)
    connection.execute('SELECT * FROM sqlite_master').fetchall()
    return sorted(name for name in os.listdir(beside) if name.startswith('read_only'))


def backup_into_a_file_of_the_run():
    """= ([(1,)], ['copy.db'])"""
    source = sqlite3.connect(':memory:')
    source.execute('CREATE TABLE t AS SELECT 1 AS x')
    source.backup(sqlite3.connect('copy.db'))
    names = sorted(name for name in os.listdir('.') if name.startswith(('copy', '.pulzar')))
    return sqlite3.connect('copy.db').execute('SELECT x FROM t').fetchall(), names


def backup_into_a_file_that_is_only_read():
    """OperationalError"""
    sqlite3.connect('full.db').execute('CREATE TABLE t (x)')
    source = sqlite3.connect(':memory:')
    source.backup(sqlite3.connect('file:full.db?mode=ro', uri=True))
