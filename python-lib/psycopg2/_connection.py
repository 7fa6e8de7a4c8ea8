"""Connections and cursors."""

import marshal
import re
from collections import namedtuple

from psycopg2 import _types
from psycopg2._errors import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
    finish,
    postgres,
)
from psycopg2._missing import attribute, missing

Column = namedtuple('Column', 'name type_code display_size internal_size precision scale null_ok')

_STATUS_READY, _STATUS_BEGIN = 1, 2
_PROPERTIES = {'connect_timeout': 'connectTimeout', 'application_name': 'ApplicationName'}
_WORD = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)")
_LEVELS = {'READ UNCOMMITTED': 1, 'READ COMMITTED': 2, 'REPEATABLE READ': 4, 'SERIALIZABLE': 8}
_LEVEL_NAMES = {1: 'READ COMMITTED', 2: 'REPEATABLE READ', 3: 'SERIALIZABLE', 4: 'READ UNCOMMITTED'}


def connect(dsn=None, connection_factory=None, cursor_factory=None, **keywords):
    """Connects: ``connect('host=... dbname=...')``, a ``postgresql://`` URL, or keywords."""
    given = {**_parse(dsn or ''), **{name: value for name, value in keywords.items() if value is not None}}
    given['dbname'] = given.pop('database', given.get('dbname'))
    made = (connection_factory or connection)(given)
    if cursor_factory is not None:
        made.cursor_factory = cursor_factory
    return made


def _parse(dsn):
    if dsn.startswith(('postgresql://', 'postgres://')):
        import urllib.parse

        parts = urllib.parse.urlsplit(dsn)
        found = {'host': parts.hostname, 'port': parts.port, 'dbname': parts.path[1:] or None}
        found['user'], found['password'] = (
            None if text is None else urllib.parse.unquote(text) for text in (parts.username, parts.password)
        )
        found.update(urllib.parse.parse_qsl(parts.query))
        return {name: value for name, value in found.items() if value is not None}
    found = {}
    for name, value in _WORD.findall(dsn):
        found[name] = re.sub(r'\\(.)', r'\1', value[1:-1]) if value[:1] == "'" else value
    return found


class connection:  # noqa: N801 psycopg2's name
    """As DB-API 2.0 and psycopg2's documentation describe it."""

    Warning, Error, InterfaceError, DatabaseError, DataError = Warning, Error, InterfaceError, DatabaseError, DataError
    OperationalError, IntegrityError, InternalError = OperationalError, IntegrityError, InternalError
    ProgrammingError, NotSupportedError = ProgrammingError, NotSupportedError

    def __init__(self, given):
        given = dict(given)
        host, port = given.pop('host', None) or 'localhost', int(given.pop('port', None) or 5432)
        name, user = given.pop('dbname', None), given.get('user')
        shown = {**given, 'host': host, 'port': port, 'dbname': name or user}
        shown.pop('password', None)
        self.dsn = ' '.join(f'{key}={value}' for key, value in shown.items())
        pairs = [part for key, value in given.items() for part in (_PROPERTIES.get(key, key), str(value))]
        try:
            self._database = postgres('open', host, port, name or user or '', pairs)
        except DatabaseError as error:
            said = error.fields or {}
            text = f'{said.get("severity", "FATAL")}:  {said["message_primary"]}' if said else str(error)
            raise OperationalError(f'connection to server at "{host}", port {port} failed: {text}\n') from None
        self._parameters = {**shown, 'port': str(port)}
        self._casters = {}
        self.notifies = []
        self._autocommit = False
        self._isolation = None
        self.closed = 0
        self.status = _STATUS_READY
        self.cursor_factory = None
        self.notices = []
        self.encoding = 'UTF8'

    def _checked(self):
        if self.closed:
            raise InterfaceError('connection already closed')
        return self._database

    def cursor(self, name=None, cursor_factory=None, scrollable=None, withhold=False):
        """A cursor; with a name one that the server keeps."""
        self._checked()
        made = (cursor_factory or self.cursor_factory or cursor)(self, name)
        made.withhold, made.scrollable = withhold, scrollable
        return made

    def commit(self):
        """Makes the changes last."""
        postgres('commit', self._checked()) if not self._autocommit else self._checked()
        self.status = _STATUS_READY

    def rollback(self):
        """Takes the changes back."""
        postgres('rollback', self._checked()) if not self._autocommit else self._checked()
        self.status = _STATUS_READY

    def close(self):
        """Closes it; changes that were not committed are lost."""
        if not self.closed:
            self.closed = 1
            postgres('close', self._database)

    def cancel(self):
        """Stops what another thread runs in it."""
        postgres('cancel', self._checked())

    @property
    def autocommit(self):
        """Whether each statement is committed at once."""
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self._outside('autocommit')
        postgres('autocommit', self._checked(), bool(value))
        self._autocommit = bool(value)

    def set_session(self, isolation_level=None, readonly=None, deferrable=None, autocommit=None):
        """Sets what the next transactions are like."""
        self._outside('set_session')
        if isolation_level is not None:
            self.isolation_level = isolation_level
        if readonly is not None:
            postgres('readonly', self._checked(), bool(readonly))
        if deferrable is not None:
            raise missing('set_session(deferrable=...)')
        if readonly is not None:
            self._readonly = bool(readonly)
        if autocommit is not None:
            self.autocommit = autocommit

    @property
    def isolation_level(self):
        """A number of ``extensions.ISOLATION_LEVEL_...``, None for the server's own."""
        return self._isolation

    @isolation_level.setter
    def isolation_level(self, level):
        name = _LEVEL_NAMES.get(level, level)
        if name not in _LEVELS:
            raise ValueError('isolation_level must be a known level')
        postgres('isolation', self._checked(), _LEVELS[name])
        self._isolation = next(number for number, known in _LEVEL_NAMES.items() if known == name)

    def set_isolation_level(self, level):
        """0 for autocommit, else a level."""
        self.rollback()
        self.autocommit = level == 0
        if level:
            self.isolation_level = level

    def _outside(self, name):
        if self.status == _STATUS_BEGIN:
            raise ProgrammingError(f'{name} cannot be used inside a transaction')

    @property
    def server_version(self):
        """Such as 150004."""
        major, _, minor = postgres('version', self._checked()).split(' ')[0].partition('.')
        return int(major) * 10000 + int(minor or 0)

    _readonly = None
    deferrable = None
    async_ = 0
    protocol_version = 3

    @property
    def readonly(self):
        """Whether the next transactions may not write; None: as the server says."""
        return self._readonly

    @readonly.setter
    def readonly(self, value):
        self.set_session(readonly=value)

    @property
    def info(self):
        """Facts about the connection."""
        return ConnectionInfo(self)

    def get_dsn_parameters(self):
        """What it was opened with, without the password."""
        return {name: str(value) for name, value in self._parameters.items() if value is not None}

    def get_parameter_status(self, parameter):
        """A setting that the server reports, None for others."""
        return postgres('parameter', self._checked(), parameter)

    def set_client_encoding(self, encoding):
        """Only UTF-8 is here."""
        if encoding.upper().replace('-', '').replace('_', '') not in ('UTF8', 'UNICODE'):
            raise missing(f'set_client_encoding({encoding!r})')

    def reset(self):
        """Takes changes back, and settings too."""
        self.rollback()
        with self.cursor() as cur:
            cur.execute('RESET ALL; SET SESSION AUTHORIZATION DEFAULT')
        self.commit()

    def poll(self):
        """Takes what other sessions notified; 0, as nothing is ever waited for here."""
        self._take_notifications()
        return 0

    def isexecuting(self):
        """False: calls here return when they are done."""
        return False

    def _take_notifications(self):
        for process, channel, payload in postgres('notifications', self._checked()):
            self.notifies.append(Notify(process, channel, payload))

    def get_backend_pid(self):
        """The number of the server's process."""
        return postgres('process', self._checked())

    def get_transaction_status(self):
        """0 between transactions, 2 in one."""
        return 0 if self.status == _STATUS_READY else 2

    def __enter__(self):
        self._checked()
        return self

    def __exit__(self, kind, error, trace):
        self.rollback() if kind is not None else self.commit()
        return False

    def __getattr__(self, name):
        return attribute('connection', name)


class ConnectionInfo:
    """``dbname host port user options status server_version backend_pid ...`` of a connection."""

    def __init__(self, conn):
        self._conn = conn
        found = conn.get_dsn_parameters()
        self.dbname, self.user = found.get('dbname'), found.get('user')
        self.host, self.port = found.get('host'), int(found['port'])
        self.options, self.dsn_parameters = found.get('options', ''), found

    @property
    def status(self):
        """0 while it is open."""
        return 1 if self._conn.closed else 0

    @property
    def transaction_status(self):
        """0 between transactions, 2 in one."""
        return self._conn.get_transaction_status()

    @property
    def server_version(self):
        """Such as 150004."""
        return self._conn.server_version

    @property
    def backend_pid(self):
        """The number of the server's process."""
        return self._conn.get_backend_pid()

    def parameter_status(self, name):
        """A setting that the server reports."""
        return self._conn.get_parameter_status(name)

    def __getattr__(self, name):
        return attribute('ConnectionInfo', name)


class Notify:
    """What another session notified."""

    def __init__(self, pid=None, channel=None, payload=''):
        self.pid, self.channel, self.payload = pid, channel, payload

    def __eq__(self, other):
        if isinstance(other, tuple):
            return (self.pid, self.channel) == other
        return isinstance(other, Notify) and vars(self) == vars(other)

    def __getitem__(self, index):
        return (self.pid, self.channel)[index]

    def __hash__(self):
        return hash((self.pid, self.channel, self.payload))

    def __repr__(self):
        return f'Notify({self.pid!r}, {self.channel!r}, {self.payload!r})'


class cursor:  # noqa: N801
    """Runs statements and gives their rows."""

    def __init__(self, conn, name=None):
        self.connection = conn
        self.name = name
        self.closed = False
        self.arraysize = 1
        self.itersize = 2000
        self.description = self.query = self.statusmessage = None
        self.rowcount, self.rownumber, self.lastrowid = -1, 0, 0
        self.withhold, self.scrollable = False, None
        self._rows = None
        self._casters = {}
        self.row_factory = self.tzinfo_factory = None

    def _send(self, text):
        if self.closed or self.connection.closed:
            raise InterfaceError('cursor already closed')
        database = self.connection._checked()
        self.query = text.encode()
        if not self.connection._autocommit:
            self.connection.status = _STATUS_BEGIN
        try:
            result = marshal.loads(postgres('execute', database, text).encode('latin-1'))  # noqa: S302 written by our own Java
        except Error as error:
            error.cursor = self
            raise finish(error, text)  # noqa: B904 it is the same error
        finally:
            self._take_notices(database)
        return result

    def _take_notices(self, database):
        found = [f'{severity}:  {text}\n' for severity, text in postgres('notices', database)]
        self.connection.notices = [*self.connection.notices, *found][-50:]

    def mogrify(self, query, vars=None):
        """The statement as it would be sent."""
        return self._merged(query, vars).encode()

    def _merged(self, query, parameters):
        if hasattr(query, 'as_string'):
            query = query.as_string(self)
        if isinstance(query, bytes):
            query = query.decode()
        return _types.merged(query, parameters)

    def execute(self, query, vars=None):
        """Runs one or more statements; the last result counts."""
        text = self._merged(query, vars)
        if self.name is not None:
            hold = ' WITH HOLD' if self.withhold else ''
            scroll = {None: '', True: 'SCROLL ', False: 'NO SCROLL '}[self.scrollable]
            self._send(f'DECLARE {quoted(self.name)} {scroll}CURSOR{hold} FOR {text}')
            self._rows, self.rowcount, self.description = [], -1, None
            return
        if not text.strip():
            raise ProgrammingError("can't execute an empty query")
        self._take(self._send(text))
        self.statusmessage = tag(text, self.rowcount)
        if not self.statusmessage[-1:].isdigit():
            self.rowcount = -1

    def _take(self, result):
        columns, rows, changed = result
        self.rownumber = 0
        if columns is None:
            self.description, self._rows, self.rowcount = None, None, changed
            return
        self._describe(columns)
        own = self._casters, self.connection._casters
        readers = [_types.reader(column[1], column[6], self, own) for column in columns]
        if any(readers):
            rows = [
                tuple(value if value is None or read is None else read(value) for value, read in zip(row, readers))
                for row in rows
            ]
        self._rows, self.rowcount = rows, len(rows)

    def _describe(self, columns):
        self.description = tuple(
            Column(name, _types.type_code(kind, oid), None, None, precision if kind == 'numeric' else None,
                   scale if kind == 'numeric' else None, None)
            for name, kind, _, precision, scale, _, oid in columns
        )  # fmt: skip

    def executemany(self, query, vars_list):
        """Runs a statement for each set of parameters."""
        count = 0
        for parameters in vars_list:
            self.execute(query, parameters)
            count += max(self.rowcount, 0)
        self.rowcount = count

    def callproc(self, procname, parameters=()):
        """Selects from a function."""
        places = ', '.join(['%s'] * len(parameters))
        self.execute(f'SELECT * FROM {procname}({places})', tuple(parameters) or None)  # noqa: S608 a name that the script chose
        return parameters

    def _result(self):
        if self.closed:
            raise InterfaceError('cursor already closed')
        if self._rows is None:
            raise ProgrammingError('no results to fetch')
        return self._rows

    def _fetch(self, count):
        if self.name is not None:
            self._result()
            self._take(self._send(f'FETCH FORWARD {count} FROM {quoted(self.name)}'))
            return [self._row(row) for row in self._rows]
        rows = self._result()
        taken = rows[self.rownumber :] if count == 'ALL' else rows[self.rownumber : self.rownumber + count]
        self.rownumber += len(taken)
        return [self._row(row) for row in taken]

    def _row(self, row):
        return row

    def fetchone(self):
        """The next row, or None."""
        rows = self._fetch(1)
        return rows[0] if rows else None

    def fetchmany(self, size=None):
        """The next rows."""
        return self._fetch(self.arraysize if size is None else size)

    def fetchall(self):
        """All rows that are left."""
        return self._fetch('ALL')

    def __iter__(self):
        step = self.itersize if self.name is not None else 1
        while True:
            rows = self._fetch(step)
            if not rows:
                return
            yield from rows

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def scroll(self, value, mode='relative'):
        """Moves in the rows."""
        if mode not in ('relative', 'absolute'):
            raise ProgrammingError("scroll mode must be 'relative' or 'absolute'")
        if self.name is not None:
            self._send(f'MOVE {mode.upper()} {int(value)} FROM {quoted(self.name)}')
            return
        target = value if mode == 'absolute' else self.rownumber + value
        if not 0 <= target < len(self._result()):
            raise ProgrammingError('scroll destination out of bounds')
        self.rownumber = target

    def copy_expert(self, sql, file, size=8192):
        """COPY with any options, from or to a file."""
        sql = self._merged(sql, None)
        self.connection._checked()
        if not self.connection._autocommit:
            self.connection.status = _STATUS_BEGIN
        try:
            self._copy(sql, file)
        except Error as error:
            error.cursor = self
            raise finish(error, sql)  # noqa: B904 it is the same error
        self.statusmessage = ''

    def _copy(self, sql, file):
        if re.search(r'\bto\s+stdout\b', sql, re.I):
            text, self.rowcount = list(postgres('copy_out', self.connection._database, sql))
            text = text.encode('latin-1')
            try:
                file.write(text.decode())
            except TypeError:
                file.write(text)
        else:
            data = file.read()
            data = data.encode() if isinstance(data, str) else data
            self.rowcount = postgres('copy_in', self.connection._database, sql, data)

    def copy_from(self, file, table, sep='\t', null='\\N', size=8192, columns=None):
        """COPY into a table."""
        self.copy_expert(f'COPY {_table(table, columns)} FROM STDIN WITH {_form(sep, null)}', file)

    def copy_to(self, file, table, sep='\t', null='\\N', columns=None):
        """COPY out of a table."""
        self.copy_expert(f'COPY {_table(table, columns)} TO STDOUT WITH {_form(sep, null)}', file)

    def close(self):
        """Gives up what was not read."""
        if not self.closed and self.name is not None and self._rows is not None and not self.connection.closed:
            self._send(f'CLOSE {quoted(self.name)}')
        self.closed = True

    def setinputsizes(self, sizes):
        """Does nothing, as DB-API allows."""

    def setoutputsize(self, size, column=None):
        """Does nothing, as DB-API allows."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __getattr__(self, name):
        return attribute('cursor', name)


_COUNTED = ('INSERT', 'UPDATE', 'DELETE', 'MERGE', 'FETCH', 'MOVE', 'SELECT', 'WITH', 'VALUES', 'TABLE', 'COPY')
_TWO_WORDS = ('CREATE', 'DROP', 'ALTER', 'TRUNCATE', 'REFRESH', 'REINDEX', 'CLOSE', 'DISCARD', 'SECURITY')
_MODIFIERS = ('OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'UNLOGGED', 'UNIQUE', 'GLOBAL', 'LOCAL', 'RECURSIVE')


def tag(text, count):
    """What the server says after a statement, such as ``INSERT 0 1``; of several the last."""
    plain = re.sub(r"'(?:[^']|'')*'|(\$\w*\$).*?\1|--[^\n]*|/\*.*?\*/", ' ', text, flags=re.S).strip().rstrip(';')
    words = plain.rpartition(';')[2].upper().replace('(', ' ').split()
    first = words[0] if words else ''
    if first == 'INSERT':
        return f'INSERT 0 {count}'
    if first in ('WITH', 'VALUES', 'TABLE'):
        first = next((word for word in words if word in ('INSERT', 'UPDATE', 'DELETE')), 'SELECT')
        return f'INSERT 0 {count}' if first == 'INSERT' else f'{first} {count}'
    if first in _COUNTED:
        return f'{first} {count}'
    if first == 'CREATE' and 'AS' in words and 'TABLE' in words and 'SELECT' in words:
        return f'SELECT {count}'
    if first == 'TRUNCATE':
        return 'TRUNCATE TABLE'
    if first in _TWO_WORDS:
        return ' '.join([first, *[word for word in words[1:] if word not in _MODIFIERS][:1]])
    return {'END': 'COMMIT', 'ABORT': 'ROLLBACK', 'ANALYSE': 'ANALYZE', 'START': 'START TRANSACTION'}.get(first, first)


def quoted(name):
    """The name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def _table(table, columns):
    return quoted(table) + (f' ({", ".join(map(quoted, columns))})' if columns else '')


def _form(sep, null):
    return f'DELIMITER AS {_types.quote(sep)} NULL AS {_types.quote(null)}'
