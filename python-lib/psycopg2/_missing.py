"""What this stand-in does not have, said clearly."""

from _pulzar import standins


def missing(what):
    """Makes the error for a missing piece."""
    return standins.missing('psycopg2', what)


def attribute(owner, name):
    """Answers ``__getattr__`` of a module or a class."""
    return standins.absent('psycopg2', f'{owner}.{name}')
