"""An exception for each state of the server: ``errors.UniqueViolation``."""

from psycopg2._errors import CLASSES
from psycopg2._missing import attribute

__path__ = []  # see _pulzar.standins

globals().update({error.__name__: error for error in CLASSES.values()})


def lookup(code):
    """The exception of a state; KeyError for one that has none here."""
    return CLASSES[code]


def __getattr__(name):
    return attribute('psycopg2.errors', name)
