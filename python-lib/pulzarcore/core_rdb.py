"""A small relational database in a file, for one run's own data."""

import os

from _pulzar import bridge


class RDB:
    """An SQLite database: ``RDB("figures.db")``, or ``RDB(":memory:")``.

    A relative path lies in the run's scratch directory and is deleted with it; store the file with
    ``_pulzar_store_file`` to keep it. Every change is committed at once, ``with`` groups several
    changes: all of them, or none when the block raises.

    The names with ``sql`` are the original's; the shorter ones give rows as dicts.

    Raises NotImplementedError where the Python runtime has no ``sqlite3``; SQL errors are the
    standard ``sqlite3.Error`` and its subclasses.
    """

    def __init__(self, db_path):
        try:
            import sqlite3
        except ImportError as error:
            raise NotImplementedError(
                'RDB needs sqlite3, which this Python runtime does not have: keep the data in '
                'dicts, or in a file that _pulzar_store_file stores'
            ) from error
        scratch = bridge.run_directory()
        if scratch and db_path != ':memory:':
            db_path = os.path.join(scratch, db_path)
        self._connection = sqlite3.connect(db_path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._depth = 0

    def execute_sql(self, query):
        """Runs one statement."""
        self._connection.execute(query)

    def execute_sql_with_results(self, query, param=None):
        """Returns the rows of a query, each as a tuple."""
        return [tuple(row) for row in self._connection.execute(query, () if param is None else param)]

    def execute_sql_insert(self, query, param):
        """Inserts a row; returns its ``rowid``."""
        return self._connection.execute(query, param).lastrowid

    def execute_sql_update(self, query, param):
        """Changes rows; returns how many."""
        return self._connection.execute(query, param).rowcount

    def secuential_executions(self, executions):
        """Runs statements one after the other, all of them or none.

        Each is the text of a statement, or a pair of text and parameters.
        """
        with self:
            for execution in executions:
                if isinstance(execution, str):
                    self._connection.execute(execution)
                else:
                    self._connection.execute(*execution)

    def execute(self, sql, parameters=()):
        """Runs one statement that changes something; returns the number of rows it changed."""
        return self._connection.execute(sql, parameters).rowcount

    def execute_many(self, sql, rows):
        """Runs one statement for each of many rows in one transaction; returns rows changed."""
        with self:
            return self._connection.executemany(sql, rows).rowcount

    def query(self, sql, parameters=()):
        """Returns the rows of a query, each as a dict of column name to value."""
        return [dict(row) for row in self._connection.execute(sql, parameters)]

    def query_one(self, sql, parameters=()):
        """Returns the first row of a query as a dict, or None when there is none."""
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else dict(row)

    def close(self):
        """Closes the database; it cannot be used afterwards."""
        self._connection.close()

    def __enter__(self):
        if self._depth == 0:
            self._connection.execute('BEGIN')
        self._depth += 1
        return self

    def __exit__(self, kind, error, trace):
        self._depth -= 1
        if self._depth == 0:
            self._connection.execute('COMMIT' if kind is None else 'ROLLBACK')
