"""A stand-in for the ``psutil`` package: the machine that the script runs on, as the platform sees it.

It has what looks at the machine as a whole. What looks at processes, users or the network raises NotImplementedError: a
script has no business with them. Where a real ``psutil`` is installed for scripts, that one is used.
"""

import os
import time
from collections import namedtuple

from _pulzar import bridge

__version__ = '5.9.4'

LINUX = os.name == 'posix'
POSIX = os.name == 'posix'
WINDOWS = os.name == 'nt'

svmem = namedtuple('svmem', 'total available percent used free')
sdiskusage = namedtuple('sdiskusage', 'total used free percent')

_SHORTEST_INTERVAL = 0.1

# What cpu_percent() saw last: the answer is the load since then.
_last_whole = None
_last_each = None


class Error(Exception):
    """Base of the real package's errors."""


class NoSuchProcess(Error):
    """Kept for scripts that catch it."""


class AccessDenied(Error):
    """Kept for scripts that catch it."""


class _Missing(NotImplementedError, AttributeError):
    """A name of the real package that is not here; ``hasattr`` is False for it."""


def cpu_count(logical=True):
    """The number of logical processors, or of cores; None when the system does not tell."""
    return _facts()['processors' if logical else 'cores']


def cpu_percent(interval=None, percpu=False):
    """How busy the processors were, 0 to 100; a list of each with ``percpu``.

    Over ``interval`` seconds, for which it waits, or since the last call. The first call without an interval has
    nothing to compare with and gives 0.0, as in the real package.
    """
    global _last_whole, _last_each
    if interval is not None and interval < 0:
        raise ValueError(f'interval is not positive (got {interval!r})')
    before = _last_each if percpu else _last_whole
    if interval:
        before = _ticks()
        time.sleep(max(interval, _SHORTEST_INTERVAL))
    now = _ticks()
    if percpu:
        _last_each = now
    else:
        _last_whole = now
        before, now = before and [_sum(before)], [_sum(now)]
    percents = [_busy(one, other) for one, other in zip(before or now, now)]
    return percents if percpu else percents[0]


def getloadavg():
    """The processes that wanted to run, on average over 1, 5 and 15 minutes."""
    load = _facts()['load']
    if load is None:
        raise NotImplementedError('this system does not tell its load')
    return tuple(load)


def virtual_memory():
    """The machine's memory in bytes; ``free`` is None where the system tells only what is available."""
    memory = _facts()['memory']
    total, available = memory['total'], memory['available']
    used = total - available
    return svmem(total, available, round(used / total * 100, 1), used, memory['free'])


def disk_usage(path):
    """The size of the disk in bytes that the script's files are on.

    A script sees no other: ``path`` is a path in its own directory, or ``/``. FileNotFoundError for anything else.
    """
    own = os.path.realpath(bridge.run_directory() or os.getcwd())
    asked = os.path.realpath(path)
    if path not in ('/', b'/') and os.path.commonpath([own, asked]) != own:
        raise FileNotFoundError(f'{path!r} is not a path of this script; ask for "/" or "."')
    disk = _facts()['disk']
    used = disk['total'] - disk['free']
    reachable = used + disk['available']
    percent = round(used / reachable * 100, 1) if reachable else 0.0
    return sdiskusage(disk['total'], used, disk['available'], percent)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    raise _Missing(
        f'psutil.{name} is not available to a script: here are cpu_count, cpu_percent, getloadavg, virtual_memory and '
        'disk_usage'
    )


def _facts():
    return bridge.call('system.facts')


def _ticks():
    """``(busy, total)`` of each processor, in milliseconds since the machine started."""
    return _facts()['ticks']


def _sum(ticks):
    return [sum(busy for busy, _ in ticks), sum(total for _, total in ticks)]


def _busy(before, now):
    passed = now[1] - before[1]
    if passed <= 0:
        return 0.0
    return round(min(max((now[0] - before[0]) / passed, 0.0), 1.0) * 100, 1)
