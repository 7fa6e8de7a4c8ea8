"""What this stand-in does not have, said clearly."""

from _pulzar import standins


def missing(what):
    """Makes the error for a missing piece."""
    return standins.missing('PIL', what)


def module_attribute(module, name):
    """Answers a module's ``__getattr__``."""
    return standins.absent('PIL', f'{module}.{name}')
