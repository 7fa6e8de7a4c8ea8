"""Imports ahead of the code of a script: what most scripts import, and what this one does."""

import sys

MODULES = (
    '_pulzar.entry',
    '_pulzar.modules',
    '_pulzar.forms',
    '_pulzar.limits',
    '_pulzar.state',
    'pulzarcore.core_jobs',
    'pulzarutils.extension',
    'os',
    're',
    'time',
    'random',
    'datetime',
    'collections',
    'functools',
    'abc',
)

_next = 0

# At the beginnings of lines only: what is imported later, or perhaps, is found by the run that does it.
_IMPORT = r'^(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))'
_imports = None


def import_next():
    """Imports one of them; False when there is none left. What is not installed is left out."""
    global _next
    if _next == len(MODULES):
        return False
    try:
        __import__(MODULES[_next])
    except ImportError:
        pass  # The script that needs it gets to see the error.
    _next += 1
    return True


def names_in(source):
    """The modules that a script imports at the beginnings of lines: a guess that costs nothing when it is wrong."""
    global _imports
    if _imports is None:
        import re

        _imports = re.compile(_IMPORT, re.MULTILINE)
    names = []
    for match in _imports.finditer(source):
        if match.group(1):
            names.append(match.group(1))
        else:
            names.extend(part.split()[0] for part in match.group(2).split(',') if part.strip())
    return [name for name in names if not name.startswith('.')]


def import_all(names):
    """Imports library modules before the code of a script runs; returns those that can't be."""
    missing = set()
    for name in names:
        if name not in sys.modules:
            try:
                __import__(name)
            except BaseException:
                # Whoever really wants it sees the error then, and where it belongs.
                missing.add(name)
            if name not in sys.modules:
                missing.add(name)
    return missing
