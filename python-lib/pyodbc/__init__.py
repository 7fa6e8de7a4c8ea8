"""pyodbc without ODBC: the drivers are JDBC's, for PostgreSQL, SQL Server and SQLite.

Names, arguments and results are those of pyodbc 4.0 with psqlodbc, msodbcsql and sqliteodbc; connection strings are
taken as people write them for these. An installed pyodbc wins over this one.
"""

from pyodbc._connection import Connection, connect, dataSources, drivers
from pyodbc._cursor import Cursor, Row
from pyodbc._errors import (
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
)
from pyodbc._types import (
    BINARY,
    DATETIME,
    NUMBER,
    ROWID,
    SQL_ACCESSIBLE_TABLES,
    SQL_DATA_SOURCE_NAME,
    SQL_DATABASE_NAME,
    SQL_DBMS_NAME,
    SQL_DBMS_VER,
    SQL_DRIVER_NAME,
    SQL_DRIVER_VER,
    SQL_IDENTIFIER_QUOTE_CHAR,
    SQL_SERVER_NAME,
    SQL_USER_NAME,
    STRING,
    Binary,
    Date,
    DateFromTicks,
    Time,
    TimeFromTicks,
    Timestamp,
    TimestampFromTicks,
)

from _pulzar.standins import absent

__all__ = [
    'BINARY',
    'DATETIME',
    'NUMBER',
    'ROWID',
    'SQL_ACCESSIBLE_TABLES',
    'SQL_DATABASE_NAME',
    'SQL_DATA_SOURCE_NAME',
    'SQL_DBMS_NAME',
    'SQL_DBMS_VER',
    'SQL_DRIVER_NAME',
    'SQL_DRIVER_VER',
    'SQL_IDENTIFIER_QUOTE_CHAR',
    'SQL_SERVER_NAME',
    'SQL_USER_NAME',
    'STRING',
    'Binary',
    'Connection',
    'Cursor',
    'DataError',
    'DatabaseError',
    'Date',
    'DateFromTicks',
    'Error',
    'IntegrityError',
    'InterfaceError',
    'InternalError',
    'NotSupportedError',
    'OperationalError',
    'ProgrammingError',
    'Row',
    'Time',
    'TimeFromTicks',
    'Timestamp',
    'TimestampFromTicks',
    'Warning',
    'connect',
    'dataSources',
    'drivers',
]

apilevel = '2.0'
threadsafety = 1
paramstyle = 'qmark'
version = '4.0.34'
pooling = True
lowercase = False
native_uuid = False


def __getattr__(name):
    return absent('pyodbc', name)
