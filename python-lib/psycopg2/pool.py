"""Connections that are kept and lent."""

import threading

import psycopg2
from psycopg2 import _missing

__path__ = []  # see _pulzar.standins


class PoolError(psycopg2.Error):
    """The pool has none left, or is closed."""


class AbstractConnectionPool:
    """Keeps from ``minconn`` to ``maxconn`` connections made with the other arguments."""

    def __init__(self, minconn, maxconn, *args, **kwargs):
        self.minconn, self.maxconn = int(minconn), int(maxconn)
        self.closed = False
        self._args, self._kwargs = args, kwargs
        self._pool, self._used, self._keys = [], {}, {}
        self._next = 0
        for _ in range(self.minconn):
            self._connect()

    def _connect(self, key=None):
        made = psycopg2.connect(*self._args, **self._kwargs)
        if key is None:
            self._pool.append(made)
        else:
            self._used[key] = made
            self._keys[id(made)] = key
        return made

    def _getconn(self, key=None):
        if self.closed:
            raise PoolError('connection pool is closed')
        if key is None:
            self._next += 1
            key = self._next
        if key in self._used:
            return self._used[key]
        if self._pool:
            taken = self._used[key] = self._pool.pop()
            self._keys[id(taken)] = key
            return taken
        if len(self._used) == self.maxconn:
            raise PoolError('connection pool exhausted')
        return self._connect(key)

    def _putconn(self, conn, key=None, close=False):
        if self.closed:
            raise PoolError('connection pool is closed')
        if key is None:
            key = self._keys.get(id(conn))
            if key is None:
                raise PoolError('trying to put unkeyed connection')
        if len(self._pool) < self.minconn and not close:
            if not conn.closed:
                conn.rollback()
                self._pool.append(conn)
        else:
            conn.close()
        if not self.closed or key in self._used:
            self._used.pop(key, None)
            self._keys.pop(id(conn), None)

    def _closeall(self):
        if self.closed:
            raise PoolError('connection pool is closed')
        for conn in [*self._pool, *self._used.values()]:
            conn.close()
        self.closed = True


class SimpleConnectionPool(AbstractConnectionPool):
    """For one thread."""

    getconn = AbstractConnectionPool._getconn
    putconn = AbstractConnectionPool._putconn
    closeall = AbstractConnectionPool._closeall


class ThreadedConnectionPool(AbstractConnectionPool):
    """For several threads."""

    def __init__(self, minconn, maxconn, *args, **kwargs):
        super().__init__(minconn, maxconn, *args, **kwargs)
        self._lock = threading.Lock()

    def getconn(self, key=None):
        """Lends a connection; PoolError when all are lent."""
        with self._lock:
            return self._getconn(key)

    def putconn(self, conn=None, key=None, close=False):
        """Takes a connection back."""
        with self._lock:
            self._putconn(conn, key, close)

    def closeall(self):
        """Closes them all, lent ones too."""
        with self._lock:
            self._closeall()


def __getattr__(name):
    return _missing.attribute('psycopg2.pool', name)
