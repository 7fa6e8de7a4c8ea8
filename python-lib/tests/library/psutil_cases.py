"""The facts that psutil tells differ from machine to machine; their types and how they hang together do not."""

import psutil
from runner import attempt


def case_processors():
    logical, cores = psutil.cpu_count(), psutil.cpu_count(logical=False)
    yield type(logical).__name__, logical >= 1, cores is None or 1 <= cores <= logical
    yield type(psutil.cpu_percent()).__name__, 0.0 <= psutil.cpu_percent(0.1) <= 100.0
    each = psutil.cpu_percent(0.1, percpu=True)
    yield type(each).__name__, len(each) == logical, all(0.0 <= percent <= 100.0 for percent in each)
    yield attempt(psutil.cpu_percent, -1)


def case_load():
    load = psutil.getloadavg()
    yield type(load).__name__, len(load), all(type(value) is float and value >= 0 for value in load)


def case_memory():
    memory = psutil.virtual_memory()
    yield isinstance(memory, tuple), type(memory).__name__, memory._fields[:5]
    yield 0 < memory.available <= memory.total, 0 < memory.free <= memory.total, 0 < memory.used <= memory.total
    yield memory.percent == round((memory.total - memory.available) / memory.total * 100, 1)


def case_disk():
    disk = psutil.disk_usage('/')
    yield isinstance(disk, tuple), type(disk).__name__, disk._fields
    yield 0 < disk.used + disk.free <= disk.total
    yield disk.percent == round(disk.used / (disk.used + disk.free) * 100, 1)
    yield psutil.disk_usage('.').total > 0, attempt(psutil.disk_usage, '/no/such/place').split(':')[0]


def case_names():
    yield [issubclass(kind, psutil.Error) for kind in (psutil.NoSuchProcess, psutil.AccessDenied)]
    yield psutil.LINUX, psutil.POSIX, psutil.WINDOWS
