"""Says at import why a part of the standard library is not there.

The error is an ImportError, and a ModuleNotFoundError where nothing is there, so that a script that tries goes on
without it.
"""

import functools
import sys
from importlib._bootstrap_external import PathFinder

from _pulzar import standins

_NATIVE = 'it calls native code, which scripts cannot load'
_TERMINAL = 'scripts have no terminal'
_SCREEN = 'scripts have no screen'
_ACCOUNTS = "a script cannot see the machine's accounts"
_WINDOWS = 'it is for Windows only'
_SYSTEM_LOG = 'what a script prints is in the log of its run; use print or logging'
_COMPILED = (
    'it needs native code, which only CPython loads: add the line "Runtime: cpython" to the docstring, and the package '
    'with  pulzar packages add {} --runtime cpython'
)
_GONE = 'it is no longer part of Python since 3.12'

# In place of what the runtime has: it would fail later, and unclearly.
_INSTEAD = {'ctypes': _NATIVE, '_ctypes': _NATIVE, 'crypt': f'{_GONE}; use hashlib.scrypt'}

# Where nothing is found, not even an installed package.
_MISSING = {
    **dict.fromkeys(('curses', '_curses', '_curses_panel', 'termios', 'tty', 'pty', 'readline'), _TERMINAL),
    **dict.fromkeys(('tkinter', '_tkinter', 'turtle', 'idlelib'), _SCREEN),
    **dict.fromkeys(('grp', 'spwd', 'nis'), _ACCOUNTS),
    **dict.fromkeys(('msilib', 'msvcrt', 'nt', 'winreg', 'winsound', '_winapi', '_overlapped', '_msi'), _WINDOWS),
    **dict.fromkeys(('audioop', 'ossaudiodev', '_gdbm', '_dbm'), _NATIVE),
    **dict.fromkeys(('asynchat', 'asyncore', 'binhex', 'distutils', 'imp', 'smtpd'), _GONE),
    '_crypt': _GONE,
    'symtable': 'this Python has no symbol tables of the compiler',
    '_symtable': 'this Python has no symbol tables of the compiler',
    'syslog': _SYSTEM_LOG,
}


# By the name of the import, with the name of the package.
_COMPILED_PACKAGES = {
    **{
        name: name
        for name in ['lxml', 'matplotlib', 'numba', 'numpy', 'orjson', 'pandas', 'polars', 'pyarrow', 'scipy', 'torch']
    },
    'Crypto': 'pycryptodome',
    'skimage': 'scikit-image',
    'sklearn': 'scikit-learn',
    'tensorflow': 'tensorflow-cpu',
}
_MISSING.update({name: _COMPILED.format(package) for name, package in _COMPILED_PACKAGES.items()})


class _Finder:
    def __init__(self, reasons, error):
        self._reasons = reasons
        self._error = error

    def find_spec(self, name, path=None, target=None):
        reason = self._reasons.get(name)
        if reason is not None:
            shown = name.lstrip('_')
            raise self._error(f'{shown} is not available to scripts: {reason}', name=name)


# Modules that the runtime has built in, and that are in ``_standard`` all the same.
_OURS = frozenset(['_lzma'])


def _complete_unicodedata():
    """Gives ``unicodedata`` the functions that it lacks; by itself it looks for them too late."""
    import unicodedata

    def lazily(name):
        def call(*args):
            import _cpython_unicodedata

            return getattr(_cpython_unicodedata, name)(*args)

        call.__name__ = call.__qualname__ = name
        return call

    for name in ('combining', 'decimal', 'decomposition', 'digit', 'east_asian_width', 'lookup', 'mirrored', 'numeric'):
        if name not in vars(unicodedata):
            setattr(unicodedata, name, lazily(name))
    known = unicodedata.bidirectional

    @functools.wraps(known)
    def bidirectional(character, /):
        # The runtime tells where characters that are not assigned yet would run to.
        return '' if unicodedata.category(character) == 'Cn' else known(character)

    unicodedata.bidirectional = bidirectional


def _mend_marshal():
    """Has broken data refused as Python does it; the runtime tells of its own arrays."""
    import marshal

    inside = marshal.loads

    def loads(data, /):
        try:
            return inside(data)
        except SystemError:
            raise ValueError('bad marshal data') from None

    loads.__doc__ = inside.__doc__
    marshal.loads = loads


class _OursFirst:
    """Finds a module in python-lib before the runtime's own."""

    def find_spec(self, name, path=None, target=None):
        return PathFinder.find_spec(name, sys.path) if name in _OURS else None


def install():
    """Adds the finders: some before all others, one after them."""
    sys.meta_path.insert(0, _OursFirst())
    sys.meta_path.insert(0, _Finder(_INSTEAD, ImportError))
    sys.meta_path.append(_Finder(_MISSING, ModuleNotFoundError))
    sys.meta_path.append(standins.Submodules(__file__.rpartition('/_pulzar/')[0]))
    _complete_unicodedata()
    _mend_marshal()
