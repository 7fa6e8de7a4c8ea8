import contextlib
import os
import sqlite3
import sys
import tempfile
import unittest
import unittest.mock

from _pulzar import bridge
from pulzarcore.core_rdb import RDB


class RdbTest(unittest.TestCase):
    def setUp(self):
        self.db = RDB(':memory:')
        self.addCleanup(self.db.close)
        self.db.execute('CREATE TABLE city (name TEXT PRIMARY KEY, people INTEGER)')

    def names(self):
        return [row['name'] for row in self.db.query('SELECT name FROM city ORDER BY name')]

    def test_rows_are_dicts(self):
        self.assertEqual(self.db.execute('INSERT INTO city VALUES (?, ?)', ('Lima', 10)), 1)
        self.assertEqual(self.db.query('SELECT * FROM city'), [{'name': 'Lima', 'people': 10}])
        self.assertEqual(self.db.query_one('SELECT people FROM city'), {'people': 10})
        self.assertIsNone(self.db.query_one('SELECT * FROM city WHERE people > 10'))

    def test_the_names_of_the_original(self):
        db = RDB(db_path=':memory:')
        self.addCleanup(db.close)
        db.execute_sql('CREATE TABLE t (x INTEGER)')
        self.assertEqual(db.execute_sql_insert(query='INSERT INTO t VALUES (?)', param=(5,)), 1)
        self.assertEqual(db.execute_sql_with_results('SELECT x FROM t'), [(5,)])
        self.assertEqual(db.execute_sql_update('UPDATE t SET x = ? WHERE x = ?', (6, 5)), 1)
        self.assertEqual(db.execute_sql_with_results('SELECT x FROM t WHERE x = ?', param=(5,)), [])
        db.secuential_executions(['INSERT INTO t VALUES (7)', ('INSERT INTO t VALUES (?)', (8,))])
        self.assertEqual(db.execute_sql_with_results('SELECT x FROM t ORDER BY x'), [(6,), (7,), (8,)])
        with self.assertRaises(sqlite3.OperationalError):
            db.secuential_executions(['DELETE FROM t', 'nonsense'])
        self.assertEqual(len(db.execute_sql_with_results('SELECT x FROM t')), 3)

    def test_many_rows_are_added_together_or_not_at_all(self):
        insert = 'INSERT INTO city VALUES (?, ?)'
        self.assertEqual(self.db.execute_many(insert, [('Lima', 1), ('Quito', 2)]), 2)
        with self.assertRaises(sqlite3.IntegrityError):
            self.db.execute_many(insert, [('La Paz', 1), ('Lima', 2)])
        self.assertEqual(self.names(), ['Lima', 'Quito'])

    def test_a_block_that_raises_changes_nothing(self):
        with contextlib.suppress(KeyError), self.db:
            self.db.execute("INSERT INTO city VALUES ('Lima', 1)")
            raise KeyError
        self.assertEqual(self.names(), [])

    def test_blocks_may_be_nested_and_the_outer_one_decides(self):
        with self.db:
            self.db.execute_many('INSERT INTO city VALUES (?, ?)', [('Lima', 1)])
            self.db.execute("INSERT INTO city VALUES ('Quito', 2)")
        with contextlib.suppress(KeyError), self.db:
            self.db.execute_many('INSERT INTO city VALUES (?, ?)', [('La Paz', 1)])
            raise KeyError
        self.assertEqual(self.names(), ['Lima', 'Quito'])

    def test_a_relative_path_lies_in_the_scratch_directory(self):
        with tempfile.TemporaryDirectory() as scratch:
            with unittest.mock.patch.object(bridge, 'run_directory', return_value=scratch):
                db = RDB('figures.db')
            db.execute('CREATE TABLE t (x)')
            db.close()
            self.assertEqual(os.listdir(scratch), ['figures.db'])

    def test_without_sqlite_it_names_the_alternative(self):
        without = unittest.mock.patch.dict(sys.modules, {'sqlite3': None})
        with without, self.assertRaisesRegex(NotImplementedError, '_pulzar_store_file'):
            RDB(':memory:')
