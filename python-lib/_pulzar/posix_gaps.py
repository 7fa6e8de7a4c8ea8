"""Has the emulated ``posix`` do what its functions say, or raise an OSError that says what it does not do.

The runtime emulates the system in Java. Some of it fails as a SystemError with a Java stack trace, some is only half
done: ``mkdir`` without the mode, ``utime`` without fractions.
"""

import errno
import functools
import os
import posix

from _pulzar import bridge, files

# What is called often and known to work; a wrapper would cost more than it gives.
_WORKING = frozenset(
    [
        'DirEntry',
        'close',
        'dup',
        'fspath',
        'fstat',
        'fsdecode',
        'fsencode',
        'getcwd',
        'getcwdb',
        'getpid',
        'getppid',
        'isatty',
        'listdir',
        'lseek',
        'lstat',
        'pipe',
        'putenv',
        'read',
        'readlink',
        'scandir',
        'stat',
        'stat_result',
        'statvfs_result',
        'strerror',
        'terminal_size',
        'uname_result',
        'unlink',
        'unsetenv',
        'urandom',
        'write',
    ]
)

# Each may look at a file that a script has written to and not closed.
_LOOKING = [
    'access',
    'lstat',
    'link',
    'open',
    'remove',
    'rename',
    'replace',
    'scandir',
    'stat',
    'truncate',
    'unlink',
    'utime',
]

# The runtime's errno does not have it.
_NOT_SUPPORTED = 95

_USUAL_MASK = 0o022
_mask = _USUAL_MASK

_mkdir = posix.mkdir
_chmod = posix.chmod
_umask = posix.umask
_utime = posix.utime
_fsync = posix.fsync


def install():
    """Replaces what falls short, in ``posix`` and in ``os``, which has copied it."""
    for name, function in tuple(vars(posix).items()):
        if callable(function) and not isinstance(function, type) and name not in _WORKING and not name.startswith('_'):
            _replace(name, _explained(name, function))
    _replace('mkdir', mkdir)
    _replace('umask', umask)
    _replace('utime', utime)
    _replace('fsync', fsync)
    for name in _LOOKING:
        _replace(name, _flushed(getattr(posix, name)))


def _replace(name, function):
    for module in (posix, os):
        if hasattr(module, name):
            setattr(module, name, function)
    supporting = (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids)
    original = getattr(function, '__wrapped__', None)
    for functions in supporting:
        if original in functions:
            functions.add(function)


def _explained(name, function):
    """Turns the runtime's own failures into an OSError."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except SystemError as failure:
            if not _is_of_the_runtime(failure):
                raise
        except (OSError, RuntimeError) as failure:
            if "'java' POSIX backend" not in str(failure):
                raise
        raise OSError(_NOT_SUPPORTED, f'{name} is not available to scripts')

    return call


def _is_of_the_runtime(failure):
    """Whether it is a fault of the runtime in Java, not one of Python."""
    text = str(failure)
    return 'UnsupportedPosixFeature' in text or '\n\nJava stack trace:' in text


def _flushed(function):
    writers = files.writers

    @functools.wraps(function)
    def look(*args, **kwargs):
        if writers:
            files.flush()
        return function(*args, **kwargs)

    return look


@functools.wraps(_mkdir)
def mkdir(path, mode=0o777, *, dir_fd=None):
    _mkdir(path, mode, dir_fd=dir_fd)
    if dir_fd is None and mode & ~_mask & 0o777 != 0o755:
        _chmod(path, mode & ~_mask & 0o777)


@functools.wraps(_umask)
def umask(mask, /):
    global _mask
    before, _mask = _mask, mask & 0o777
    return before


def forget():
    """Puts the mask back, which belongs to a process."""
    umask(_USUAL_MASK)


_utime_of_the_runtime = _explained('utime', _utime)


@functools.wraps(_utime)
def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    for pair in (times, ns):
        if pair is not None and not (isinstance(pair, tuple) and len(pair) == 2):
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
    if (times is None and ns is None) or isinstance(path, int) or dir_fd is not None:
        extra = {} if ns is None else {'ns': ns}
        return _utime_of_the_runtime(path, times, dir_fd=dir_fd, follow_symlinks=follow_symlinks, **extra)
    accessed, modified = ns if ns is not None else map(_nanoseconds, times)
    posix.stat(path)
    kind, message = bridge.host().service('files', 'utime', os.fsdecode(path), accessed, modified)
    if kind is not None:
        raise (
            PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            if kind == 'PermissionError'
            else OSError(errno.EIO, message, path)
        )
    return None


def _nanoseconds(seconds):
    if isinstance(seconds, int):
        return seconds * 10**9
    whole, fraction = divmod(seconds, 1)
    return int(whole) * 10**9 + int(fraction * 10**9)


@functools.wraps(_fsync)
def fsync(fd):
    os.fstat(fd)
    return _fsync(fd)
