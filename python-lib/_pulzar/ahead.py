"""The modules that a spare context imports before it knows its script: what most scripts import."""

MODULES = (
    '_pulzar.entry',
    '_pulzar.modules',
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
