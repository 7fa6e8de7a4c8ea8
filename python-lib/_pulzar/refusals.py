"""Says clearly what a script may not do.

The worker denies these things whatever happens here. Without this module, though, a script would be told so in
the runtime's own words: a missing attribute, ``FileNotFoundError`` for a program that exists, an internal error
with a Java stack trace.
"""

import _signal
import builtins
import os
import posix
import sys

_PROCESSES = 'scripts cannot start processes'
_SIGNALS = 'scripts cannot send signals to processes'
_PRIVILEGES = 'scripts cannot change the rights or the limits of their process'
_SPECIAL_FILES = 'scripts can create files and directories only'

_REFUSED = {
    _PROCESSES: (
        'fork forkpty system popen execv execve execvp execvpe execl execle execlp execlpe '
        'spawnv spawnve spawnl spawnle spawnvp spawnvpe spawnlp spawnlpe posix_spawn posix_spawnp'
    ),
    _SIGNALS: 'kill killpg abort',
    _PRIVILEGES: 'chroot setuid setgid seteuid setegid setgroups setsid setpgid nice',
    _SPECIAL_FILES: 'mkfifo mknod symlink link',
}


def install(network):
    """Replaces what would be refused unclearly."""
    for reason, names in _REFUSED.items():
        for name in names.split():
            function = _refusal(name, reason)
            setattr(os, name, function)
            if name not in ('popen', 'symlink') and not name.startswith(('spawn', 'execl', 'execvp')):
                setattr(posix, name, function)
    posix.symlink = os.symlink
    posix.chdir = os.chdir = chdir
    posix.getppid = os.getppid = _one
    sys.getsizeof = getsizeof
    builtins.exit = builtins.quit = leave
    os.environ.pop('UNSAFE_PYO3_SKIP_VERSION_CHECK', None)
    _refuse_fork_exec()
    _refuse_multiprocessing()
    _signal.signal = set_signal_handler
    _signal.getsignal = get_signal_handler
    _signal.raise_signal = raise_signal
    _signal.alarm = _signal.setitimer = refuse_alarm
    if not network:
        _refuse_network()


def _refusal(name, reason):
    def refuse(*_args, **_keywords):
        raise PermissionError(f'{name}: {reason}')

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


def _refuse_fork_exec():
    import _posixsubprocess

    _posixsubprocess.fork_exec = _refusal('subprocess', _PROCESSES)


def _refuse_multiprocessing():
    """What ``multiprocessing`` starts would be a context inside this one. Its threads work."""
    import _posixshmem

    import _multiprocessing_graalpy

    reason = f'{_PROCESSES}; use threads: multiprocessing.pool.ThreadPool, concurrent.futures.ThreadPoolExecutor'
    _multiprocessing_graalpy._spawn_context = _refusal('multiprocessing', reason)
    _posixshmem.shm_open = _posixshmem.shm_unlink = _refusal('shared_memory', _PROCESSES)
    # Few semaphores would be the reason that ProcessPoolExecutor gives, and the wrong one.
    sysconf = os.sysconf

    def unlimited_semaphores(name):
        return -1 if name == 'SC_SEM_NSEMS_MAX' else sysconf(name)

    os.sysconf = posix.sysconf = unlimited_semaphores


def _refuse_network():
    import _socket

    reason = 'the network is off for this script (Network: off)'

    class Socket:
        __slots__ = ()

        def __init__(self, *_args, **_keywords):
            raise PermissionError(reason)

    _socket.socket = _socket.SocketType = Socket
    for name in ('getaddrinfo', 'gethostbyname', 'gethostbyname_ex', 'gethostbyaddr', 'getnameinfo', 'socketpair'):
        setattr(_socket, name, _refusal(name, reason))


_chdir = os.chdir


def chdir(path):
    """Changes the working directory, as long as the script may look into it."""
    os.scandir(path).close()
    _chdir(path)


def _one():
    return 1


def leave(code=None):
    """What ``site`` offers as ``exit`` and ``quit``."""
    raise SystemExit(code)


def getsizeof(item, default=None):
    """The size that the object would have in CPython, roughly; this runtime's own cannot be known."""
    if isinstance(item, str):
        return 49 + len(item)
    if isinstance(item, (bytes, bytearray)):
        return 33 + len(item)
    if isinstance(item, int):
        return 24 + 4 * max(1, (item.bit_length() + 29) // 30)
    if isinstance(item, (list, tuple)):
        return 48 + 8 * len(item)
    if isinstance(item, dict):
        return 64 + 104 * len(item)
    if isinstance(item, (set, frozenset)):
        return 216 + 32 * len(item)
    return 48


# Signals belong to the process, and the process to the platform: what a script sets up is kept here, for itself only.

_handlers = {}


def forget_signal_handlers():
    _handlers.clear()


def _signal_number(number):
    number = int(number)
    if not 1 <= number <= 64:
        raise ValueError('signal number out of range')
    return number


def _signal_handler(number):
    return _handlers.get(number, _signal.default_int_handler if number == 2 else _signal.SIG_DFL)


def set_signal_handler(number, handler):
    number = _signal_number(number)
    if number in (9, 19):
        raise OSError(22, 'Invalid argument')
    previous = _signal_handler(number)
    _handlers[number] = handler
    return previous


def get_signal_handler(number):
    return _signal_handler(_signal_number(number))


def raise_signal(number):
    handler = _signal_handler(_signal_number(number))
    if callable(handler):
        handler(int(number), sys._getframe(1))
    elif handler != _signal.SIG_IGN:
        raise PermissionError(f'raise_signal: {_SIGNALS}')


def refuse_alarm(*_args):
    raise NotImplementedError('alarms are not available; a line "Timeout: 30s" in the docstring limits a run')
