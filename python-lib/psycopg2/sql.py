"""Statements from parts, with names and values quoted."""

import string

from psycopg2 import _types
from psycopg2._connection import quoted

__path__ = []  # see _pulzar.standins


class Composable:
    """A part of a statement."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def __repr__(self):
        return f'{type(self).__name__}({self._wrapped!r})'

    def __add__(self, other):
        parts = [part for one in (self, other) for part in (one.seq if isinstance(one, Composed) else [one])]
        return Composed(parts)

    def __mul__(self, count):
        return Composed([self] * count)

    def __eq__(self, other):
        return type(self) is type(other) and self._wrapped == other._wrapped

    __hash__ = None


class SQL(Composable):
    """Text that is taken as it is."""

    @property
    def string(self):
        return self._wrapped

    def as_string(self, context):
        return self._wrapped

    def join(self, parts):
        """The parts with this text between them."""
        found = []
        for part in parts:
            found += [self, part] if found else [part]
        return Composed(found)

    def format(self, *arguments, **names):
        """The text with parts in the places of ``{}``, ``{0}`` and ``{name}``."""
        found, number = [], 0
        for text, field, form, conversion in string.Formatter().parse(self._wrapped):
            if form or conversion:
                raise ValueError('no format specification supported by SQL')
            if text:
                found.append(SQL(text))
            if field is None:
                continue
            if field == '':
                found.append(arguments[number])
                number += 1
            else:
                found.append(arguments[int(field)] if field.isdigit() else names[field])
        return Composed(found)


class Identifier(Composable):
    """A name, or several that belong together."""

    def __init__(self, *strings):
        super().__init__(strings)

    def as_string(self, context):
        return '.'.join(map(quoted, self._wrapped))


class Literal(Composable):
    """A value."""

    def as_string(self, context):
        return _types.quote(self._wrapped)


class Placeholder(Composable):
    """A place for a parameter."""

    def __init__(self, name=None):
        super().__init__(name)

    def as_string(self, context):
        return '%s' if self._wrapped is None else f'%({self._wrapped})s'


class Composed(Composable):
    """Parts one after the other."""

    @property
    def seq(self):
        return list(self._wrapped)

    def __iter__(self):
        return iter(self._wrapped)

    def as_string(self, context):
        return ''.join(part.as_string(context) for part in self._wrapped)

    def join(self, joiner):
        """The parts with a text between them."""
        return (SQL(joiner) if isinstance(joiner, str) else joiner).join(self._wrapped)


NULL = SQL('NULL')
DEFAULT = SQL('DEFAULT')
