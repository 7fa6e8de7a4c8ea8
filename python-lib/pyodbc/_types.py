"""From Python's values to those of a database and back."""

import datetime
import decimal
import time
import uuid

STRING, NUMBER, DATETIME, BINARY, ROWID = str, float, datetime.datetime, bytearray, int

Binary = bytearray
Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime

(SQL_DATA_SOURCE_NAME, SQL_DRIVER_NAME, SQL_DRIVER_VER, SQL_SERVER_NAME, SQL_DATABASE_NAME, SQL_DBMS_NAME) = (
    2, 6, 7, 13, 16, 17,
)  # fmt: skip
(SQL_DBMS_VER, SQL_ACCESSIBLE_TABLES, SQL_IDENTIFIER_QUOTE_CHAR, SQL_USER_NAME) = 18, 19, 29, 47


def DateFromTicks(ticks):  # noqa: N802 DB-API's name
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):  # noqa: N802
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):  # noqa: N802
    return Timestamp(*time.localtime(ticks)[:6])


# By the numbers of java.sql.Types: Python's type, and what makes a value of what came over.
_DECIMAL = (decimal.Decimal, decimal.Decimal)
_TEXT = (str, None)
_BYTES = (bytearray, None)
_KINDS = {
    **dict.fromkeys((-7, 16), (bool, bool)),
    **dict.fromkeys((-6, 5, 4, -5), (int, int)),
    **dict.fromkeys((6, 7, 8), (float, float)),
    **dict.fromkeys((2, 3), _DECIMAL),
    **dict.fromkeys((-2, -3, -4, 2004), _BYTES),
    91: (datetime.date, datetime.date.fromisoformat),
    92: (datetime.time, datetime.time.fromisoformat),
    **dict.fromkeys((93, 2014), (datetime.datetime, datetime.datetime.fromisoformat)),
}


def kind_of(number):
    """The type in ``description``, and what makes a value of its text, None where nothing needs to be done."""
    return _KINDS.get(number, _TEXT)


_TAGS = (
    (bool, 'B', lambda value: 'true' if value else 'false'),
    (int, 'i', str),
    (float, 'f', repr),
    (str, 's', str),
    ((bytes, bytearray, memoryview), 'b', lambda value: bytes(value).hex()),
    (decimal.Decimal, 'd', str),
    (datetime.datetime, 'P', lambda value: value.isoformat()),
    (datetime.date, 'D', lambda value: value.isoformat()),
    (datetime.time, 'T', lambda value: value.isoformat()),
    (uuid.UUID, 's', str),
)


def tagged(value):
    """A parameter as a text whose first letter says what it is; None when it can't be one."""
    if value is None:
        return 'n'
    for kind, tag, write in _TAGS:
        if isinstance(value, kind):
            return tag + write(value)
    return None
