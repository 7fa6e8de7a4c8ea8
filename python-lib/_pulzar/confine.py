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

# With their types, so that a call needs no object for each argument: every run begins with some fifty of them.
_syscall = _LIBC.syscall
_syscall.restype = ctypes.c_long
_syscall.argtypes = (ctypes.c_long,) * 5
_prctl = _LIBC.prctl
_prctl.argtypes = (ctypes.c_int,) + (ctypes.c_ulong,) * 4

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


def _call(what, function, *arguments):
    result = function(*arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f'{what}: {os.strerror(code)}')
    return result


class Files:
    """Rules for files; ``version`` is the kernel's of Landlock, 0 for none."""

    def __init__(self, version, readable):
        self._version = version
        self._handled = _KNOWN.get(version, _ALL)
        scopes = _SCOPES if version >= _SIGNALS_SINCE else 0
        self._attributes = _RuleSet(self._handled, 0, scopes)
        # Opened once for all runs: what is there when the server starts.
        self._readable = [held for held in map(self._hold, _outermost(readable)) if held is not None]
        self._rules = [self._rule(*held, _READ) for held in self._readable]

    def restrict(self, readable, writable):
        """Binds this process, which must have one thread only."""
        if not self._version:
            return
        address = ctypes.addressof(self._attributes)
        rules = _call('landlock', _syscall, _LANDLOCK_CREATE, address, ctypes.sizeof(_RuleSet), 0, 0)
        for rule in self._rules:
            self._add(rules, rule)
        for paths, access in ((readable, _READ), (writable, _WRITE)):
            for path in paths:
                held = self._hold(path)
                if held is None:
                    raise FileNotFoundError(path)
                self._add(rules, self._rule(*held, access))
                os.close(held[0])
        _call('landlock', _syscall, _LANDLOCK_RESTRICT, rules, 0, 0, 0)
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

    def _rule(self, file, is_directory, access):
        allowed = access if is_directory else access & _FOR_FILES
        return _Rule(allowed & self._handled, file)

    @staticmethod
    def _add(rules, rule):
        _call('landlock', _syscall, _LANDLOCK_ADD, rules, 1, ctypes.addressof(rule), 0)


def _outermost(paths):
    """The paths without those that lie below another one of them."""
    real = sorted({os.path.realpath(path) for path in paths})
    outermost = []
    for path in real:
        if not outermost or not path.startswith(outermost[-1].rstrip('/') + '/'):
            outermost.append(path)
    return outermost


def end_with_parent():
    """Has the kernel end this process when its parent ends."""
    _call('prctl', _prctl, _PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


class CallFilter:
    """A filter for system calls; ``program`` is an array of ``struct sock_filter`` as bytes."""

    def __init__(self, program):
        self._code = ctypes.create_string_buffer(program, len(program))
        self._program = _Program(len(program) // 8, ctypes.addressof(self._code))

    def put_on(self):
        """Puts the filter on this process, for good."""
        _call('prctl', _prctl, _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _call('seccomp', _prctl, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(self._program), 0, 0)


def hold_calls(filters, network):
    """Puts the filter on that a run has without and with the network; there are none where the kernel lacks them.

    Raises:
        OSError: when the run must be kept off the network and nothing here can do that.
    """
    if filters:
        filters[1 if network else 0].put_on()
    elif not network:
        raise OSError('Network: off needs system call filters, which are missing or switched off here (pulzar doctor)')


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
