"""A client of a Pulzar server, in pure Python 3.9 and newer::

    from pulzarclient import Client

    client = Client('http://127.0.0.1:31414')
    job = client.launch('example/factorial', number=5)
    print(client.wait(job)['result'])

`AsyncClient` has the same methods for ``asyncio``.
"""

from .asynchronous import AsyncClient
from .client import Client
from .errors import (
    BusyError,
    ConflictError,
    JobFailedError,
    NotAllowedError,
    NotFoundError,
    PulzarError,
    RefusedError,
    UnreachableError,
)
from .kinds import Job, JobRow, Key, Schedule, ScheduleRow, Script

__all__ = [
    'AsyncClient',
    'BusyError',
    'Client',
    'ConflictError',
    'Job',
    'JobFailedError',
    'JobRow',
    'Key',
    'NotAllowedError',
    'NotFoundError',
    'PulzarError',
    'RefusedError',
    'Schedule',
    'ScheduleRow',
    'Script',
    'UnreachableError',
]

__version__ = '2026.11.21'
