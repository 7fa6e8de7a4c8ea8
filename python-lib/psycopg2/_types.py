# ruff: noqa: E501
"""From Python's values to SQL's text and back."""

import datetime
import decimal
import json
import re
import time
import uuid

from psycopg2 import _range
from psycopg2._errors import ProgrammingError

_OIDS = {
    'bool': 16, 'bytea': 17, 'char': 18, 'name': 19, 'int8': 20, 'bigserial': 20, 'int2': 21, 'smallserial': 21,
    'int4': 23, 'serial': 23, 'text': 25, 'oid': 26, 'json': 114, 'xml': 142, 'float4': 700, 'float8': 701, 'money': 790,
    'bpchar': 1042, 'varchar': 1043, 'date': 1082, 'time': 1083, 'timestamp': 1114, 'timestamptz': 1184, 'interval': 1186,
    'timetz': 1266, 'numeric': 1700, 'uuid': 2950, 'jsonb': 3802, '_int4': 1007, '_text': 1009, '_int8': 1016,
    '_varchar': 1015, '_float8': 1022, '_numeric': 1231, '_bool': 1000, '_date': 1182, '_timestamp': 1115, 'unknown': 705,
}  # fmt: skip


class _Kind:
    """Compares equal to the type codes of its columns."""

    def __init__(self, name, *types):
        self.name = name
        self.values = tuple(_OIDS[one] for one in types)

    def __eq__(self, other):
        return other in self.values if isinstance(other, int) else self is other

    __hash__ = object.__hash__


STRING = _Kind('STRING', 'char', 'name', 'text', 'bpchar', 'varchar')
NUMBER = _Kind('NUMBER', 'int8', 'int2', 'int4', 'float4', 'float8', 'numeric')
DATETIME = _Kind('DATETIME', 'date', 'time', 'timestamp', 'timestamptz', 'interval', 'timetz')
BINARY = _Kind('BINARY', 'bytea')
ROWID = _Kind('ROWID', 'oid')

Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime


def DateFromTicks(ticks):  # noqa: N802 DB-API's name
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):  # noqa: N802
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):  # noqa: N802
    return Timestamp(*time.localtime(ticks)[:6])


class Quoted:
    """A value with its way into SQL."""

    def __init__(self, adapted, quote):
        self.adapted = adapted
        self._quote = quote

    def getquoted(self):
        return self._quote(self.adapted).encode()

    def prepare(self, connection):
        """Does nothing: the text is UTF-8 always."""

    def __str__(self):
        return self.getquoted().decode()


def Binary(data):  # noqa: N802
    """Bytes for SQL."""
    return Quoted(bytes(data), _bytes)


adapters = {}


def quote(value):
    """The value as a literal."""
    for kind in type(value).__mro__:
        adapter = adapters.get(kind)
        if adapter is not None:
            adapted = adapter(value)
            quoted = adapted.getquoted()
            return quoted.decode() if isinstance(quoted, bytes) else quoted
    if hasattr(value, 'getquoted'):
        quoted = value.getquoted()
        return quoted.decode() if isinstance(quoted, bytes) else quoted
    raise ProgrammingError(f"can't adapt type '{type(value).__name__}'")


def _text(value):
    if '\0' in value:
        raise ValueError('A string literal cannot contain NUL (0x00) characters.')
    # Every server of today takes a backslash as itself (standard_conforming_strings).
    return "'" + value.replace("'", "''") + "'"


def _bytes(value):
    return f"'\\x{bytes(value).hex()}'::bytea"


def _float(value):
    if value != value or value in (float('inf'), float('-inf')):
        return {'nan': "'NaN'::float", 'inf': "'Infinity'::float", '-inf': "'-Infinity'::float"}[repr(value)]
    return _signed(repr(value))


def _decimal(value):
    return "'NaN'::numeric" if not value.is_finite() else _signed(str(value))


def _signed(text):
    # After another minus it would begin a comment.
    return ' ' + text if text[0] == '-' else text


def _list(value):
    return "'{}'" if not value else f'ARRAY[{",".join(map(quote, value))}]'


def _interval(value):
    return f"'{value.days} days {value.seconds}.{value.microseconds:06d} seconds'::interval"


def _adapters():
    for kind, function in (
        (type(None), lambda _: 'NULL'),
        (bool, lambda value: 'true' if value else 'false'),
        (int, lambda value: _signed(str(int(value)))),
        (float, _float),
        (decimal.Decimal, _decimal),
        (str, _text),
        (bytes, _bytes),
        (bytearray, _bytes),
        (memoryview, _bytes),
        (list, _list),
        (tuple, lambda value: f'({", ".join(map(quote, value))})'),
        (datetime.datetime, lambda value: f"'{value.isoformat()}'::timestamp{'tz' if value.tzinfo else ''}"),
        (datetime.date, lambda value: f"'{value.isoformat()}'::date"),
        (datetime.time, lambda value: f"'{value.isoformat()}'::time"),
        (datetime.timedelta, _interval),
        (uuid.UUID, lambda value: f"'{value}'::uuid"),
    ):
        adapters[kind] = lambda value, function=function: Quoted(value, function)


_adapters()

_PLACE = re.compile(r'%(?:%|\((\w[^)]*)\)s|s|.|\Z)', re.S)


def merged(query, parameters):
    """The query with literals in the places of its parameters."""
    if parameters is None or (not parameters and not isinstance(parameters, dict)):
        return query
    given = iter(()) if isinstance(parameters, dict) else iter(parameters)

    def literal(match):
        place = match.group()
        if place == '%%':
            return '%'
        if match.group(1) is not None:
            return quote(parameters[match.group(1)])
        if place != '%s':
            raise ValueError(
                f"unsupported format character '{place[1:]}' (0x{ord(place[1:2] or '%'):x}) at index {match.start() + 1}"
            )
        try:
            return quote(next(given))
        except StopIteration:
            raise IndexError('tuple index out of range') from None

    query = _PLACE.sub(literal, query)
    if next(given, _NONE) is not _NONE:
        raise TypeError('not all arguments converted during string formatting')
    return query


_NONE = object()

_INTERVAL = re.compile(
    r'(?:([-+]?\d+) years? ?)?(?:([-+]?\d+) mons? ?)?(?:([-+]?\d+) days? ?)?(?:([-+]?)(\d+):(\d+):(\d+)(?:\.(\d+))?)?'
)
_ZONE = re.compile(r'([+-]\d\d)$')


def _to_interval(text):
    years, months, days, sign, hours, minutes, seconds, fraction = _INTERVAL.fullmatch(text).groups(default='0')
    clock = datetime.timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(seconds), microseconds=int(fraction.ljust(6, '0')[:6])
    )
    whole = datetime.timedelta(days=365 * int(years) + 30 * int(months) + int(days))
    return whole - clock if sign == '-' else whole + clock


def _padded(text):
    head, dot, tail = text.partition('.')
    if not dot:
        return text
    digits = re.match(r'\d+', tail).group()
    return f'{head}.{digits.ljust(6, "0")[:6]}{tail[len(digits) :]}'


def _to_date(text):
    if text in _ENDLESS:
        return getattr(datetime.date, _ENDLESS[text])
    return datetime.date.fromisoformat(text)


_ENDLESS = {'infinity': 'max', '-infinity': 'min'}


def _to_moment(text):
    if text in _ENDLESS:
        return getattr(datetime.datetime, _ENDLESS[text])
    return datetime.datetime.fromisoformat(_ZONE.sub(r'\1:00', _padded(text)))


def _to_zoned_moment(text):
    moment = _to_moment(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


def _to_time(text):
    if text.startswith('24:'):
        text = '00' + text[2:]
    return datetime.time.fromisoformat(_ZONE.sub(r'\1:00', _padded(text)))


def _to_array(convert):
    def read(text):
        values, stack, current, quoted, escaped, was_quoted = None, [], '', False, False, False
        for character in text:
            if escaped:
                current, escaped = current + character, False
            elif character == '\\':
                escaped = True
            elif character == '"':
                quoted = not quoted
                was_quoted = True
            elif quoted:
                current += character
            elif character == '{':
                if values is not None:
                    stack.append(values)
                values = []
            elif character in ',}':
                if current or was_quoted:
                    values.append(None if current == 'NULL' and not was_quoted else convert(current))
                current, was_quoted = '', False
                if character == '}' and stack:
                    stack[-1].append(values)
                    values = stack.pop()
            else:
                current += character
        return values

    return read


_READERS = {
    **dict.fromkeys(('int2', 'int4', 'int8', 'oid', 'serial', 'bigserial', 'smallserial'), int),
    **dict.fromkeys(('float4', 'float8'), float),
    'numeric': decimal.Decimal,
    'bool': lambda text: text in ('t', 'true'),
    'bytea': lambda text: memoryview(bytes.fromhex(text[2:])),
    'date': _to_date,
    'time': _to_time,
    'timetz': _to_time,
    'timestamp': _to_moment,
    'timestamptz': _to_zoned_moment,
    'interval': _to_interval,
    'json': json.loads,
    'jsonb': json.loads,
}


_READERS.update(
    int4range=_range.reader(_range.NumericRange, int),
    int8range=_range.reader(_range.NumericRange, int),
    numrange=_range.reader(_range.NumericRange, decimal.Decimal),
    daterange=_range.reader(_range.DateRange, _to_date),
    tsrange=_range.reader(_range.DateTimeRange, _to_moment),
    tstzrange=_range.reader(_range.DateTimeTZRange, _to_zoned_moment),
)
for _kind, _name in (
    (_range.DateRange, 'daterange'), (_range.DateTimeRange, 'tsrange'), (_range.DateTimeTZRange, 'tstzrange'),
):  # fmt: skip
    adapters[_kind] = lambda value, name=_name: Quoted(value, lambda one: _range.quoted(one, name, quote))


def _numbers(value):
    """A range of numbers goes as text: the column says of which."""
    if value.isempty:
        return "'empty'"
    lower, upper = ('' if end is None else str(end) for end in (value.lower, value.upper))
    return f"'{value._bounds[0]}{lower},{upper}{value._bounds[1]}'"


adapters[_range.NumericRange] = lambda value: Quoted(value, _numbers)

# Arrays of other types come as the server's text, as in psycopg2.
_ARRAYS = frozenset(
    [
        'bool',
        'bytea',
        'char',
        'name',
        'int8',
        'int2',
        'int4',
        'text',
        'oid',
        'float4',
        'float8',
        'numeric',
        'bpchar',
        'varchar',
        'date',
        'time',
        'timestamp',
        'timestamptz',
        'interval',
        'timetz',
        'json',
        'jsonb',
        'inet',
        'cidr',
        'macaddr',
        'int4range',
        'int8range',
        'numrange',
        'daterange',
        'tsrange',
        'tstzrange',
    ]
)

# What ``register_type`` was given, by the number of the type.
registered = {}


def reader(type_name, oid=0, cursor=None, own=()):
    """What makes Python's value of the server's text, None where the text is the value."""
    for known in (*own, registered):
        if oid in known:
            kind = known[oid]
            return lambda text: kind(text, cursor)
    if type_name.startswith('_'):
        inner = type_name[1:]
        return _to_array(_READERS.get(inner) or str) if inner in _ARRAYS or inner in _MORE_ARRAYS else None
    return _READERS.get(type_name)


_MORE_ARRAYS = set()


def type_code(type_name, oid=0):
    """The number that ``description`` has for a type of the server."""
    return oid or _OIDS.get(type_name, 0)


class Caster(_Kind):
    """A way from the server's text to a value, for the types with some numbers."""

    def __init__(self, oids, name, convert):
        self.name, self.values = name, tuple(oids)
        self._convert = convert

    def __call__(self, value, cursor=None):
        return self._convert(value, cursor)


def caster_of_array(oids, name, one):
    """A way to lists of what another makes."""

    def read(text, cursor):
        return None if text is None else _to_array(lambda part: one(part, cursor))(text)

    return Caster(oids, name, read)


def built_in(name, *types):
    """The caster of types that are known already."""
    read = _READERS.get(types[0], str)
    return Caster([_OIDS[one] for one in types], name, lambda text, _: None if text is None else read(text))
