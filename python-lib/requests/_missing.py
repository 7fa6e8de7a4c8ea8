"""What this stand-in does not have, said clearly."""

import importlib

from _pulzar import standins


def missing(what):
    """Makes the error for a missing piece."""
    return standins.missing('requests', what)


def module_attribute(module, name, submodules=()):
    """Answers a module's ``__getattr__``: a submodule on its first use, else the error."""
    if name in submodules:
        return importlib.import_module(f'{module}.{name}')
    return standins.absent('requests', f'{module}.{name}')
