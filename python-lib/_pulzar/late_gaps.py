"""Mends modules of the library when a script imports them, and not before: most scripts never do.

Three packages that people install stand here by name, because the kind of thing that they do can't be cured from
Python:

- h11 makes a class its own type. The runtime refuses some assignments to ``__class__``, in ``object`` itself, which
  nothing may replace.
- NetworkX writes into ``__kwdefaults__`` of a function. The runtime gives a copy of it, and functions are a built-in
  type that takes no other property.
- SymPy asks ``ctypes`` for the size of a number. To let ``ctypes`` be imported by all would take from hundreds of
  packages the ImportError by which they find out that they have to do without it.
"""

import contextlib
import sys
import types

from _pulzar import missing_names


def _servers(module):
    """A server knows its port once it listens; the runtime tells it no earlier."""
    activate = module.TCPServer.server_activate

    def server_activate(self):
        activate(self)
        self.server_address = self.socket.getsockname()
        if hasattr(self, 'server_port'):
            self.server_port = self.server_address[1]

    server_activate.__doc__ = activate.__doc__
    module.TCPServer.server_activate = server_activate


def _logging(module):
    """A record names the script's line: where the runtime was built, its files had other names than here."""

    def is_internal(frame):
        name = frame.f_globals.get('__name__')
        return name == 'logging' or name in ('importlib._bootstrap', 'importlib._bootstrap_external')

    module._is_internal_frame = is_internal


def _zoneinfo(module):
    """A zone shows itself with its module, as that in C does."""

    def show(self):
        name = f'{type(self).__module__}.{type(self).__qualname__}'
        return f'{name}.from_file({self._file_repr})' if self._key is None else f'{name}(key={self._key!r})'

    module.ZoneInfo.__repr__ = show


def _locale(module):
    """In the locale C, which is that of every program until it sets another, numbers have no groups."""
    known = module._localeconv
    for category in (module.LC_COLLATE, module.LC_MONETARY, module.LC_NUMERIC, module.LC_TIME):
        module.setlocale(category, 'C')

    def localeconv():
        found = known()
        if module.setlocale(module.LC_NUMERIC) == 'C':
            found.update(thousands_sep='', grouping=[])
        if module.setlocale(module.LC_MONETARY) == 'C':
            found.update(dict.fromkeys(('mon_decimal_point', 'mon_thousands_sep', 'currency_symbol'), ''))
            found.update(int_curr_symbol='', mon_grouping=[], negative_sign='')
        return found

    # What the module's own function asks, which puts over it what tests of others set.
    module._localeconv = localeconv


def _socket(module):
    """Addresses of IPv6 are written short, and a socket tells its timeout."""
    module.socket.timeout = property(lambda self: self.gettimeout(), doc='the socket timeout')
    known = module.inet_ntop

    def inet_ntop(family, packed, /):
        if family != module.AF_INET6:
            return known(family, packed)
        import ipaddress

        return str(ipaddress.IPv6Address(bytes(packed)))

    inet_ntop.__doc__ = known.__doc__
    module.inet_ntop = inet_ntop


def _h11(module):
    """Its constants are their own type, which the runtime does not always allow; nothing depends on it."""

    def __new__(cls, name, bases, namespace, **kwds):  # noqa: N807 (it becomes the method of a class)
        made = type.__new__(cls, name, bases, namespace, **kwds)
        with contextlib.suppress(TypeError):
            made.__class__ = made
        return made

    module.Sentinel.__new__ = staticmethod(__new__)


def _networkx(module):
    """It fills ``__kwdefaults__`` in place, of which the runtime gives a copy."""
    known = module.argmap.__call__

    def call(self, f):
        function = known(self, f)
        function.__kwdefaults__ = {**(f.__kwdefaults__ or {}), '_argmap__wrapper': function}
        return function

    module.argmap.__call__ = call


def _nothing(module):
    """What needs mending of these is their import: see ``_Loader``."""


_MENDED = {
    'h11._util': _h11,
    'networkx.utils.decorators': _networkx,
    'locale': _locale,
    'logging': _logging,
    'socket': _socket,
    'socketserver': _servers,
    'zoneinfo': _zoneinfo,
    'sympy.external.gmpy': _nothing,
    **missing_names.MENDED,
}


@contextlib.contextmanager
def _sizes_of_c(name):
    """SymPy asks ``ctypes`` for nothing but the size of a number of C; to all others it is refused."""
    if name != 'sympy.external.gmpy':
        yield
        return
    sys.modules['ctypes'] = types.SimpleNamespace(c_long=8, sizeof=lambda size: size)
    try:
        yield
    finally:
        del sys.modules['ctypes']


class _Loader:
    def __init__(self, loader, mend):
        self._loader, self._mend = loader, mend

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        try:
            with _sizes_of_c(module.__name__):
                self._loader.exec_module(module)
        except LookupError as missing:
            if not module.__name__.startswith('encodings.'):
                raise
            raise ImportError(str(missing), name=module.__name__) from None
        self._mend(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _Finder:
    def find_spec(self, name, path=None, target=None):
        mend = _nothing if name.startswith('encodings.') else _MENDED.get(name)
        if mend is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = _Loader(spec.loader, mend)
                return spec
        return None


def install():
    """Adds the finder before all others, and mends what is there already."""
    for name, mend in _MENDED.items():
        if name in sys.modules:
            mend(sys.modules[name])
    sys.meta_path.insert(0, _Finder())
