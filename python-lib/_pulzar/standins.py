"""What a stand-in for a package says of the names that it does not have, in every form in which they are reached.

``module.name`` and ``getattr`` end in ``Missing``, for which ``hasattr`` is False. ``from module import name`` would
lose the text of that error; so the modules of stand-ins have an empty ``__path__``, Python looks for a submodule of
that name, and ``Submodules`` says what is missing and how to get it.
"""

import sys

_NATIVE = (
    'the real {0} needs native code: add the line "Runtime: cpython" to the docstring, and the package with  '
    'pulzar packages add {0} --runtime cpython'
)
_PURE = 'install the real package with  pulzar packages add {0}'

_CURES = {
    'PIL': _NATIVE.format('Pillow'),
    'cv2': _NATIVE.format('opencv-python-headless'),
    'psycopg2': _NATIVE.format('psycopg2-binary'),
    'psutil': _NATIVE.format('psutil'),
    'pyodbc': _NATIVE.format('pyodbc'),
    'pytesseract': _NATIVE.format('pytesseract'),
    'requests': _PURE.format('requests'),
    'urllib3': _PURE.format('urllib3'),
}


class Missing(NotImplementedError, AttributeError):
    """A name of the real package that is not here; ``hasattr`` is False for it."""


def missing(package, what):
    """Makes the error for a piece that is not here."""
    return Missing(f"{what} is not in Pulzar's stand-in for {package}; {_CURES[package]}")


def absent(package, name):
    """Answers ``__getattr__`` of a module or a class; names that Python itself asks for are just not there."""
    last = name.rpartition('.')[2]
    if last.startswith(('__', '_repr_')):
        raise AttributeError(name)
    raise missing(package, name)


class Submodules:
    """The last finder: says what a stand-in lacks. A real package that is installed is left alone."""

    def __init__(self, library):
        self._library = library

    def find_spec(self, name, path=None, target=None):
        package, dot, _ = name.partition('.')
        if not dot or package not in _CURES:
            return
        origin = getattr(sys.modules.get(package), '__file__', None) or ''
        if not origin.startswith(self._library):
            return
        # With the package's name, and not its own: Python drops the error of a submodule that merely was not found.
        raise ModuleNotFoundError(f"{name} is not in Pulzar's stand-in for {package}; {_CURES[package]}", name=package)
