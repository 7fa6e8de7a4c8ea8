"""Functions of ``os`` that the runtime does not have, as far as a script can have them here."""

import contextlib
import errno
import os
import posix
import time
from collections import namedtuple

_NOBODY = 65534

_Times = namedtuple('times_result', 'user system children_user children_system elapsed')


def install():
    """Adds them to ``posix`` and to ``os``."""
    for name, value in tuple(globals().items()):
        if not name.startswith('_') and name != 'install' and getattr(value, '__module__', None) == __name__:
            value.__module__ = 'posix'
            for module in (posix, os):
                if not hasattr(module, name):
                    setattr(module, name, value)


def geteuid():
    """Return the current process's effective user id: never root's, as nobody may here do what root may."""
    return posix.getuid() or _NOBODY


def getegid():
    """Return the current process's effective group id, likewise."""
    return posix.getgid() or _NOBODY


def getresuid():
    """Return a tuple of the current process's real, effective, and saved user ids."""
    return (posix.getuid(), geteuid(), geteuid())


def getresgid():
    """Return a tuple of the current process's real, effective, and saved group ids."""
    return (posix.getgid(), getegid(), getegid())


def getlogin():
    """Return the actual login name: nobody logs in for a run."""
    raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))


def sched_getaffinity(pid, /):
    """Return the affinity of the process identified by pid: all processors."""
    return set(range(os.cpu_count() or 1))


def sched_yield():
    """Voluntarily relinquish the CPU."""
    time.sleep(0)


def times():
    """Return a collection containing process timing information; all of it is the user's."""
    return _Times(time.process_time(), 0.0, 0.0, 0.0, time.monotonic())


def getrandom(size, flags=0):
    """Obtain a series of random bytes."""
    return os.urandom(size)


def fdatasync(fd):
    """Force write of fd to disk."""
    os.fsync(fd)


def device_encoding(fd):
    """Return the encoding of a terminal, which there is none of."""
    os.fstat(fd)


def closerange(fd_low, fd_high, /):
    """Closes all file descriptors in [fd_low, fd_high), ignoring errors."""
    for fd in range(fd_low, fd_high):
        with contextlib.suppress(OSError):
            os.close(fd)


def major(device, /):
    """Extracts a device major number from a raw device number."""
    return device >> 8 & 0xFFF | device >> 32 & ~0xFFF


def minor(device, /):
    """Extracts a device minor number from a raw device number."""
    return device & 0xFF | device >> 12 & ~0xFF


def makedev(major, minor, /):
    """Composes a raw device number from the major and minor device numbers."""
    return (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | minor & 0xFF | (minor & ~0xFF) << 12


def pread(fd, length, offset, /):
    """Read a number of bytes from a file descriptor starting at a particular offset; one thread at a time."""
    before = os.lseek(fd, 0, os.SEEK_CUR)
    try:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, length)
    finally:
        os.lseek(fd, before, os.SEEK_SET)


def pwrite(fd, buffer, offset, /):
    """Write bytes to a file descriptor starting at a particular offset; one thread at a time."""
    before = os.lseek(fd, 0, os.SEEK_CUR)
    try:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.write(fd, buffer)
    finally:
        os.lseek(fd, before, os.SEEK_SET)


def writev(fd, buffers, /):
    """Iterate over buffers, and write the contents of each to a file descriptor."""
    return os.write(fd, b''.join(buffers))


def readv(fd, buffers, /):
    """Read from a file descriptor fd into an iterable of buffers."""
    data = memoryview(os.read(fd, sum(len(buffer) for buffer in buffers)))
    read = len(data)
    for buffer in buffers:
        part = data[: len(buffer)]
        buffer[: len(part)] = part
        data = data[len(part) :]
    return read


def wait():
    """Wait for completion of a child process: there is none."""
    raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD))


def getpriority(which, who):
    """Return program scheduling priority."""
    return 0
