"""Mends modules of the library when a script imports them, and not before: most scripts never do."""

import sys


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


_MENDED = {'socketserver': _servers}


class _Loader:
    def __init__(self, loader, mend):
        self._loader, self._mend = loader, mend

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._mend(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _Finder:
    def find_spec(self, name, path=None, target=None):
        mend = _MENDED.get(name)
        if mend is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = _Loader(spec.loader, mend)
                return spec
        return None


def install():
    """Adds the finder before all others."""
    sys.meta_path.insert(0, _Finder())
