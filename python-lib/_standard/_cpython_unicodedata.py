"""The half of ``unicodedata`` that GraalPy keeps in native code, which scripts may not load.

GraalPy's own ``unicodedata`` asks this module for every name that it does not have itself. Without it the ``idna``
codec is missing, and with that https, e-mail and much else.

``ucd_3_2_0``, the database of 2002 that ``idna`` prescribes, answers with today's data: names with characters that were
assigned since are encoded instead of refused, as browsers do.
"""

import bisect
import unicodedata

from _pulzar.services import Service

_ABSENT = object()
_characters = Service('characters')
_tables = {}
_names = {}


class UCD:
    """The database as an object, what ``unicodedata.ucd_3_2_0`` is."""

    unidata_version = '3.2.0'

    def __getattr__(self, name):
        return getattr(unicodedata, name)


ucd_3_2_0 = UCD()


def combining(character):
    """The canonical combining class, 0 for most."""
    return _property('COMBINING', character, 0)


def east_asian_width(character):
    """``'W'`` and ``'F'`` take two columns of a terminal; also ``'A'``, ``'H'``, ``'Na'``, ``'N'``."""
    return _property('WIDTHS', character, 'N')


def mirrored(character):
    """1 when the character is shown as its mirror image in text that runs from right to left."""
    return _characters('mirrored', ord(character))


def decomposition(character):
    """What the character is made of, as the database writes it: ``'0065 0301'``, ``'<compat> 0032'``, or nothing."""
    return _characters('decomposition', ord(character))


def lookup(name):
    """The character of a name; KeyError when there is none."""
    if not _names:
        for code in range(0x20, 0x110000):
            known = unicodedata.name(chr(code), None)
            if known is not None:
                _names[known] = code
    try:
        return chr(_names[name.upper()])
    except KeyError:
        raise KeyError(f"undefined character name '{name}'") from None


def decimal(character, default=_ABSENT):
    """The value of a decimal digit."""
    if character.isdecimal():
        return int(character)
    return _default(default, 'not a decimal')


def digit(character, default=_ABSENT):
    """The value of a digit, superscripts and the like included."""
    if character.isdigit():
        plain = unicodedata.normalize('NFKD', character)
        if plain.isdecimal():
            return int(plain)
        plain = ''.join(letter for letter in plain if letter.isdecimal())
        if len(plain) == 1:
            return int(plain)
        raise _unknown('digit', character)
    return _default(default, 'not a digit')


def numeric(character, default=_ABSENT):
    """The value of a number: digits, fractions, circled numbers."""
    if not character.isnumeric():
        return _default(default, 'not a numeric character')
    over, _, under = unicodedata.normalize('NFKD', character).strip('().').partition('\u2044')
    if over.isdecimal() and (not under or under.isdecimal()):
        return int(over) / int(under or '1')
    return float(_characters('numeric', ord(character)))


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    raise NotImplementedError(f'unicodedata.{name} is not available in this Python runtime')


def _property(table, character, default):
    if table not in _tables:
        import _character_tables

        ranges = _character_tables.table(getattr(_character_tables, table))
        _tables[table] = ([first for first, _, _ in ranges], ranges)
    starts, ranges = _tables[table]
    code = ord(character)
    at = bisect.bisect_right(starts, code) - 1
    return ranges[at][2] if at >= 0 and code <= ranges[at][1] else default


def _default(default, message):
    if default is _ABSENT:
        raise ValueError(message)
    return default


def _unknown(function, character):
    return NotImplementedError(f'unicodedata.{function} does not know {character!r} in this Python runtime')
