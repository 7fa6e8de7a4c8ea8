"""Binds the process of one run by what the kernel offers: files by Landlock, system calls by seccomp, resources.

The server that it was forked from is behind the second wall already; this is the first one, for scripts in CPython:
inside there is nothing that could hold native code. Nothing here can be undone by the process, and all of it fails
loudly.
"""

import ctypes
import os
import resource
import stat

_LIBC = ctypes.CDLL(None, use_errno=True)

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG, _MAKE_FIFO, _REFER, _TRUNCATE = 1 << 7, 1 << 8, 1 << 10, 1 << 13, 1 << 14
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_FIFO | _REFER | _TRUNCATE
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL = (1 << 16) - 1

_SIGNALS_SINCE = 6
_SCOPES = 1 | 1 << 1

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9


class _RuleSet(ctypes.Structure):
    _fields_ = (('files', ctypes.c_uint64), ('net', ctypes.c_uint64), ('scopes', ctypes.c_uint64))


class _Rule(ctypes.Structure):
    _pack_ = 1
    _layout_ = 'ms'
    _fields_ = (('access', ctypes.c_uint64), ('file', ctypes.c_int32))


class _Program(ctypes.Structure):
    _fields_ = (('length', ctypes.c_ushort), ('code', ctypes.c_void_p))


def _call(what, number, *arguments):
    result = _LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f'{what}: {os.strerror(code)}')
    return result


def _prctl(what, *arguments):
    if _LIBC.prctl(*map(ctypes.c_ulong, (*arguments, *(0,) * (5 - len(arguments))))) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f'{what}: {os.strerror(code)}')


class Files:
    """Rules for files; ``version`` is the kernel's of Landlock, 0 for none."""

    def __init__(self, version, readable):
        self._version = version
        self._handled = _KNOWN.get(version, _ALL)
        # Opened once for all runs: what is there when the server starts.
        self._readable = [held for held in map(self._hold, readable) if held is not None]

    def restrict(self, readable, writable):
        """Binds this process, which must have one thread only."""
        if not self._version:
            return
        scopes = _SCOPES if self._version >= _SIGNALS_SINCE else 0
        attributes = _RuleSet(self._handled, 0, scopes)
        rules = _call('landlock', _LANDLOCK_CREATE, ctypes.byref(attributes), ctypes.c_size_t(24), ctypes.c_uint32(0))
        for file, is_directory in self._readable:
            self._allow(rules, file, is_directory, _READ)
        for paths, access in ((readable, _READ), (writable, _WRITE)):
            for path in paths:
                held = self._hold(path)
                if held is None:
                    raise FileNotFoundError(path)
                self._allow(rules, *held, access)
                os.close(held[0])
        _call('landlock', _LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0))
        os.close(rules)
        for file, _ in self._readable:
            os.close(file)

    @staticmethod
    def _hold(path):
        try:
            file = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return None
        return file, stat.S_ISDIR(os.fstat(file).st_mode)

    def _allow(self, rules, file, is_directory, access):
        allowed = access if is_directory else access & _FOR_FILES
        rule = _Rule(allowed & self._handled, file)
        _call('landlock', _LANDLOCK_ADD, ctypes.c_int(rules), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0))


def end_with_parent():
    """Has the kernel end this process when its parent ends."""
    _prctl('prctl', _PR_SET_PDEATHSIG, _SIGKILL)


def hold_calls(filters, network):
    """Puts the filter on that a run has without and with the network; there are none where the kernel lacks them.

    Raises:
        OSError: when the run must be kept off the network and nothing here can do that.
    """
    if filters:
        filter_calls(filters[1 if network else 0])
    elif not network:
        raise OSError('Network: off needs system call filters, which are missing or switched off here (pulzar doctor)')


def filter_calls(program):
    """Puts a filter for system calls on the process; ``program`` is an array of ``struct sock_filter`` as bytes."""
    code = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    _prctl('prctl', _PR_SET_NO_NEW_PRIVS, 1)
    _prctl('seccomp', _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(described))


def limit_memory(nbytes):
    """Limits what the process can write to that is its own, with what it has already."""
    resource.setrlimit(resource.RLIMIT_DATA, (nbytes, nbytes))


def data_bytes():
    """What the process has of such memory now."""
    with open('/proc/self/statm', encoding='ascii') as file:
        return int(file.read().split()[5]) * resource.getpagesize()


def limit_files(nbytes):
    """Limits the size of each file that the process writes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most == resource.RLIM_INFINITY or nbytes < most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (nbytes, nbytes))


def resident_bytes(process):
    """What a process has in memory, shared or not; 0 when it is gone."""
    try:
        with open(f'/proc/{process}/statm', encoding='ascii') as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except (FileNotFoundError, ProcessLookupError):
        return 0
