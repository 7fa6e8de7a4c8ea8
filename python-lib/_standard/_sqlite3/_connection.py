"""A connection: transactions, functions, copies."""

import marshal
import operator
import os
import sys
import threading
import traceback
import types
import urllib.parse
import weakref
from _sqlite3 import _errors
from _sqlite3._adapting import to_sqlite
from _sqlite3._blob import open_blob
from _sqlite3._cursor import _NEEDS_SETTLED, Cursor
from _sqlite3._errors import DataError, NotSupportedError, OperationalError, ProgrammingError, sqlite

LEGACY_TRANSACTION_CONTROL = -1

# What ``progress`` is told: more is to come, or all is done.
_STEP, _DONE = 0, 101

_LEVELS = ('', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE')
_BEGINS = ('BEGIN', 'SAVEPOINT')
_ENDS = ('COMMIT', 'END')

# As in SQLite itself.
_MOST_ARGUMENTS = 127

_GROUPS = {'aggregate': 'aggregate', 'window': 'window function'}
_GROUP_ERRORS = {'aggregate': OperationalError, 'window': _errors.ProgrammingError}

# What a connection has after it was opened.
_OWN = frozenset(
    [
        '_database',
        '_detect_types',
        '_owner',
        '_in_transaction',
        '_trace',
        '_autocommit',
        '_isolation_level',
        '_callback_failure',
        '_functions',
        '_blob_rows',
        '_blob_changes',
        '_rollbacks',
    ]
)


class Connection:
    """As the documentation of ``sqlite3`` describes it."""

    Warning = _errors.Warning
    Error = _errors.Error
    InterfaceError = _errors.InterfaceError
    DatabaseError = _errors.DatabaseError
    DataError = _errors.DataError
    OperationalError = _errors.OperationalError
    IntegrityError = _errors.IntegrityError
    InternalError = _errors.InternalError
    ProgrammingError = _errors.ProgrammingError
    NotSupportedError = _errors.NotSupportedError

    _print_tracebacks = False

    def __init__(
        self,
        database,
        timeout=5.0,
        detect_types=0,
        isolation_level='',
        check_same_thread=True,
        factory=None,
        cached_statements=128,
        uri=False,
        *,
        autocommit=LEGACY_TRANSACTION_CONTROL,
    ):
        for name in _OWN:
            self.__dict__.pop(name, None)
        if autocommit not in (True, False, LEGACY_TRANSACTION_CONTROL) or autocommit is None:
            raise ValueError('autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL')
        path, mode = os.fsdecode(database), 'rwc'
        if uri and path.startswith('file:'):
            path, mode = _from_uri(path)
        opened = _open(path, mode, timeout)
        self._callback_failure = None
        self._functions = set()
        self._blob_rows = weakref.WeakValueDictionary()
        self._blob_changes = self._rollbacks = 0
        self._detect_types = detect_types
        self._owner = threading.get_ident() if check_same_thread else None
        self._in_transaction = False
        self._trace = None
        self._autocommit = autocommit
        self.row_factory = None
        self.text_factory = str
        self.isolation_level = isolation_level
        self._database = opened
        if autocommit is False:
            self._control('BEGIN')

    def __getattr__(self, name):
        if name in _OWN:
            raise ProgrammingError('Base Connection.__init__ not called.')
        raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}', name=name, obj=self)

    def _check_thread(self):
        if self._owner is not None and self._owner != threading.get_ident():
            raise ProgrammingError(
                'SQLite objects created in a thread can only be used in that same thread. The object was created in '
                f'thread id {self._owner} and this is thread id {threading.get_ident()}.'
            )

    def _checked(self):
        self._check_thread()
        if self._database is None:
            raise ProgrammingError('Cannot operate on a closed database.')
        return self._database

    @property
    def _legacy(self):
        return self._autocommit == LEGACY_TRANSACTION_CONTROL

    def _run(self, *call):
        """Calls the service; after a failure nobody knows whether a transaction is left."""
        if self._trace is not None and call[0] in ('execute', 'many'):
            try:
                self._trace(call[2])
            except Exception as error:
                self._tell(error, self._trace)
        try:
            return sqlite(*call)
        except BaseException as error:
            self._in_transaction = None
            failure, self._callback_failure = self._callback_failure, None
            if failure is not None and isinstance(error, OperationalError):
                raise failure from None
            raise

    def _before(self, statement, changes):
        """Opens a transaction where that is wanted, and remembers what the statement will do to it."""
        keyword = statement.keyword
        if keyword in _NEEDS_SETTLED:
            sqlite('settle', self._database)
        if changes and self._legacy and self._isolation_level is not None and not self.in_transaction:
            self._control(f'BEGIN {self._isolation_level}')
        elif keyword in _BEGINS:
            self._in_transaction = True
        elif keyword in _ENDS or keyword in ('ROLLBACK', 'RELEASE'):
            self._in_transaction = None
            if keyword == 'ROLLBACK':
                self._spoil_blobs()

    def _control(self, sql):
        self._in_transaction = None
        if sql == 'ROLLBACK':
            sqlite('settle', self._database)
            self._spoil_blobs()
        self._run('execute', self._database, sql, None, False)
        self._in_transaction = sql.startswith('BEGIN')

    def _spoil_blobs(self):
        self._rollbacks += 1
        for row in list(self._blob_rows.values()):
            row.forget()

    @property
    def in_transaction(self):
        """Whether changes wait for a commit."""
        if self._in_transaction is None:
            self._in_transaction = sqlite('in_transaction', self._checked())
        return self._in_transaction

    @property
    def isolation_level(self):
        """How a transaction begins before a change: None for never."""
        return self._isolation_level

    @isolation_level.setter
    def isolation_level(self, level):
        if level is not None:
            if not isinstance(level, str):
                raise TypeError('isolation_level must be str or None')
            if str.upper(level) not in _LEVELS:
                raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
        elif self.__dict__.get('_isolation_level') is not None and self.in_transaction:
            self.commit()
        self._isolation_level = level

    @property
    def autocommit(self):
        """True, False, or LEGACY_TRANSACTION_CONTROL."""
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self._checked()
        if value not in (True, False, LEGACY_TRANSACTION_CONTROL) or value is None:
            raise ValueError('autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL')
        if value is True and self.in_transaction:
            self._control('COMMIT')
        elif value is False and not self.in_transaction:
            self._control('BEGIN')
        self._autocommit = value

    @property
    def total_changes(self):
        """How many rows were changed since it was opened."""
        return sqlite('total_changes', self._checked()) - self._blob_changes

    def cursor(self, factory=Cursor):
        """A new cursor."""
        self._checked()
        cursor = factory(self)
        if not isinstance(cursor, Cursor):
            raise TypeError(f'factory must return a cursor, not {type(cursor).__name__}')
        if self.row_factory is not None:
            cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql, parameters=(), /):
        """Runs one statement with a new cursor and returns that."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        """Runs one statement for each set of parameters with a new cursor and returns that."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script, /):
        """Runs all statements of a text with a new cursor and returns that."""
        return self.cursor().executescript(sql_script)

    def commit(self):
        """Makes the changes last."""
        self._end('COMMIT')

    def rollback(self):
        """Takes the changes back."""
        self._end('ROLLBACK')

    def _end(self, sql):
        self._checked()
        if self._autocommit is True:
            return
        if self.in_transaction:
            self._control(sql)
        if self._autocommit is False:
            self._control('BEGIN')

    def close(self):
        """Closes it; changes that were not committed are lost."""
        self._check_thread()
        if self._database is not None:
            if self._autocommit is False and self.in_transaction:
                self._control('ROLLBACK')
            sqlite('close', self._database)
            self._database = None

    def __enter__(self):
        self._checked()
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()
        return False

    def __call__(self, *sql):
        self._checked()
        if len(sql) != 1 or not isinstance(sql[0], str):
            raise TypeError('a connection is called with one statement, which must be str')
        sql[0].encode()
        raise NotSupportedError('prepared statements are not available: use execute')

    def create_function(self, name, narg, func, /, *, deterministic=False):
        """Makes a function usable in SQL; None takes it away."""
        database = self._checked()
        if not -1 <= narg <= _MOST_ARGUMENTS:
            raise OperationalError('Error creating function')
        if func is None:
            self._take_away(name, narg)
        else:
            self._functions.add((name.lower(), narg))
            sqlite('function', database, name, narg, deterministic, self._callback(func))

    def create_aggregate(self, name, n_arg, aggregate_class, /):
        """Makes a class with ``step`` and ``finalize`` usable in SQL; None takes it away."""
        self._create_group('aggregate', name, n_arg, aggregate_class)

    def create_window_function(self, name, num_params, aggregate_class, /):
        """Makes a class with ``step``, ``inverse``, ``value`` and ``finalize`` usable over windows."""
        self._create_group('window', name, num_params, aggregate_class)

    def _create_group(self, operation, name, count, aggregate_class):
        database = self._checked()
        if not -1 <= count <= _MOST_ARGUMENTS:
            raise _GROUP_ERRORS[operation]('Error creating ' + _GROUPS[operation])
        if aggregate_class is None:
            self._take_away(name, count)
            return
        self._functions.add((name.lower(), count))

        def instance():
            try:
                made = aggregate_class()
            except Exception as error:
                self._tell(error, aggregate_class)
                self._callback_failure = OperationalError("user-defined aggregate's '__init__' method raised error")
                return lambda _what, _text: marshal.dumps([], 2)
            return lambda what, text: self._told(aggregate_class, made, what, text)

        sqlite(operation, database, name, count, instance)

    def _take_away(self, name, count):
        """SQLite's driver can't, so what is called then says what SQLite would say."""
        if (name.lower(), count) not in self._functions:
            return

        def absent(_what, _text):
            self._callback_failure = OperationalError(f'no such function: {name}')
            return marshal.dumps([], 2)

        self._functions.discard((name.lower(), count))
        sqlite('function', self._database, name, count, False, absent)

    def _told(self, of, made, what, text):
        try:
            method = getattr(made, what)
        except AttributeError as error:
            self._tell(error, of)
            self._callback_failure = OperationalError(f"user-defined aggregate's '{what}' method not defined")
            return marshal.dumps([], 2)
        return self._callback(method, of)(what, text)

    def create_collation(self, name, callback, /):
        """Makes an order of texts usable in SQL; None takes it away."""
        database = self._checked()
        if not isinstance(name, str):
            raise TypeError(f'create_collation() argument 1 must be str, not {type(name).__name__}')
        name.encode()
        if callback is None:
            sqlite('no_collation', database, name)
            return
        if not callable(callback):
            raise TypeError('parameter must be callable')
        sqlite('collation', database, name, self._callback(callback))

    def blobopen(self, table, column, row, /, *, readonly=False, name='main'):
        """A handle of one value, to read and write in parts."""
        self._checked()
        return open_blob(self, table, column, row, readonly, name)

    def set_authorizer(self, authorizer_callback):
        """SQLite's driver has none; None takes away what was never there."""
        self._checked()
        if authorizer_callback is not None:
            raise NotSupportedError(
                'Connection.set_authorizer is not available in this sqlite3: open the database with '
                "sqlite3.connect('file:NAME?mode=ro', uri=True) to keep statements from changing it, or run only "
                'statements that you wrote'
            )

    def set_progress_handler(self, progress_handler, /, n):
        """Calls it each so many instructions of SQLite; what is true stops the statement."""
        database = self._checked()
        if progress_handler is None or n < 1:
            sqlite('no_progress', database)
        else:
            sqlite('progress', database, n, self._callback(lambda: bool(progress_handler()), progress_handler))

    def getlimit(self, category, /):
        """One of SQLite's limits of this connection."""
        return sqlite('limit', self._checked(), category, -1)

    def setlimit(self, category, limit, /):
        """Sets one of SQLite's limits of this connection, and returns what it was."""
        return sqlite('limit', self._checked(), category, max(-1, min(limit, 2**31 - 1)))

    def _callback(self, function, of=None):
        def call(_what, text):
            try:
                result = function(*marshal.loads(text.encode('latin-1')))  # noqa: S302 written by our own Java
                result = to_sqlite(result, 0)
                return marshal.dumps([int(result) if result is True or result is False else result], 2)
            except Exception as error:
                if isinstance(error, MemoryError):
                    self._callback_failure = MemoryError()
                elif isinstance(error, OverflowError):
                    self._callback_failure = DataError('string or blob too big')
                self._tell(error, function if of is None else of)
                return marshal.dumps([], 2)

        return call

    def _tell(self, error, of):
        """Has what a callback raised be seen by whoever asked for that."""
        if self._print_tracebacks:
            details = (type(error), error, error.__traceback__, 'Exception ignored in sqlite3 callback', of)
            names = ('exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object')
            if sys.unraisablehook is sys.__unraisablehook__:
                traceback.print_exception(error)
            else:
                sys.unraisablehook(types.SimpleNamespace(**dict(zip(names, details))))

    def set_trace_callback(self, trace_callback, /):
        """Calls it with each statement, before that runs."""
        self._check_thread()
        self._trace = trace_callback

    def interrupt(self):
        """Stops what another thread runs in this connection."""
        if self._database is None:
            raise ProgrammingError('Cannot operate on a closed database.')
        sqlite('interrupt', self._database)

    def iterdump(self):
        """The statements that make a copy of the database."""
        from sqlite3.dump import _iterdump

        self._checked()
        return _iterdump(self)

    def backup(self, target, *, pages=-1, progress=None, name='main', sleep=0.25):
        """Copies everything into another database.

        ``progress`` is called as if there were a step for each number of ``pages``, with a status, the pages that are
        left and all pages; all are copied in the last one, so that what raises before leaves the target as it was.
        """
        if not isinstance(target, Connection):
            raise TypeError(f"backup() argument 'target' must be sqlite3.Connection, not {type(target).__name__}")
        if target is self:
            raise ValueError('target cannot be the same connection instance')
        if progress is not None and not callable(progress):
            raise TypeError('progress argument must be a callable')
        if name != 'main':
            raise NotSupportedError('backup() copies the main database only')
        step = operator.index(pages)
        source, destination = self._checked(), target._checked()
        if target.in_transaction:
            raise OperationalError('destination database is in use')
        if progress is not None and step > 0:
            done = step
            while done < self._page_count():
                progress(_STEP, self._page_count() - done, self._page_count())
                done += step
        sqlite('copy', source, destination)
        if progress is not None:
            progress(_DONE, 0, self._page_count())

    def _page_count(self):
        trace, self._trace = self._trace, None
        try:
            return Cursor(self).execute('PRAGMA page_count').fetchone()[0]
        finally:
            self._trace = trace

    def serialize(self, *, name='main'):
        """The bytes that a file with this database would have."""
        return sqlite('serialize', self._checked(), name).encode('latin-1')

    def deserialize(self, data, /, *, name='main'):
        """Replaces the database by the one in these bytes, in memory."""
        sqlite('deserialize', self._checked(), name, bytes(data))


# What refuses is the sandbox, which is a PermissionError everywhere; what can't be opened is an OperationalError here.
_OutOfReach = type('PermissionError', (PermissionError, OperationalError), {'__module__': 'sqlite3'})


def _open(path, mode, timeout):
    try:
        return sqlite('open', path, mode, int(timeout * 1000))
    except PermissionError as refused:
        raise _OutOfReach(f'unable to open database file: {refused}') from None


def _missing(name):
    def refuse(self, *_args, **_keywords):
        self._checked()
        raise NotSupportedError(f'Connection.{name} is not available in this sqlite3')

    refuse.__name__ = name
    return refuse


for _name in ('enable_load_extension', 'load_extension', 'getconfig', 'setconfig'):
    setattr(Connection, _name, _missing(_name))

Connection.__module__ = 'sqlite3'


def _from_uri(uri):
    parts = urllib.parse.urlsplit(uri)
    options = dict(urllib.parse.parse_qsl(parts.query))
    path = urllib.parse.unquote(parts.path)
    if options.get('mode') == 'memory' or path == ':memory:':
        return ':memory:', 'rwc'
    mode = options.get('mode', 'rwc')
    if mode not in ('ro', 'rw', 'rwc'):
        raise OperationalError(f'no such access mode: {mode}')
    return path, 'ro' if options.get('immutable') == '1' else mode
