"""What this stand-in does not have, said clearly."""

import importlib

CURE = 'install the real package: ./pulzar packages add requests'


class Missing(NotImplementedError, AttributeError):
    """A name of the real package that is not here; ``hasattr`` is False for it."""


def missing(what):
    """Makes the error for a missing piece."""
    return Missing(f'{what} is not in this stand-in for requests; {CURE}')


def module_attribute(module, name, submodules=()):
    """Answers a module's ``__getattr__``: a submodule on its first use, else the error."""
    if name in submodules:
        return importlib.import_module(f'{module}.{name}')
    if name.startswith('__'):
        raise AttributeError(name)
    raise missing(f'{module}.{name}')
