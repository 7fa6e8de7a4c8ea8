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
_other_names = {}

# Since Unicode 16 ICU knows two values of it, and has the other one first.
_TRILLION = '\u5146'


class UCD:
    """The database as an object, what ``unicodedata.ucd_3_2_0`` is."""

    unidata_version = '3.2.0'

    def __getattr__(self, name):
        return getattr(unicodedata, name)


ucd_3_2_0 = UCD()


def combining(character):
    """The canonical combining class, 0 for most."""
    return _property('COMBINING', _code('combining', character), 0)


def east_asian_width(character):
    """``'W'`` and ``'F'`` take two columns of a terminal; also ``'A'``, ``'H'``, ``'Na'``, ``'N'``."""
    return _property('WIDTHS', _code('east_asian_width', character), 'N')


def mirrored(character):
    """1 when the character is shown as its mirror image in text that runs from right to left."""
    return _characters('mirrored', _code('mirrored', character))


def decomposition(character):
    """What the character is made of, as the database writes it: ``'0065 0301'``, ``'<compat> 0032'``, or nothing."""
    return _characters('decomposition', _code('decomposition', character))


def lookup(name):
    """The character or the sequence of a name or alias; KeyError when there is none."""
    if not isinstance(name, str):
        raise TypeError(f'lookup() argument must be str, not {type(name).__name__}')
    code = _characters('named', name)
    if code is not None:
        return chr(code)
    if not _other_names:
        _other_names.update(_read_names())
    try:
        return _other_names[name.upper()]
    except KeyError:
        raise KeyError(f"undefined character name '{name}'") from None


def decimal(character, default=_ABSENT):
    """The value of a decimal digit."""
    _code('decimal', character)
    if character.isdecimal():
        return int(character)
    return _default(default, 'not a decimal')


def digit(character, default=_ABSENT):
    """The value of a digit, superscripts and the like included."""
    code = _code('digit', character)
    if not character.isdigit():
        return _default(default, 'not a digit')
    plain = ''.join(letter for letter in unicodedata.normalize('NFKD', character) if letter.isdecimal())
    return int(plain) if len(plain) == 1 else int(_characters('numeric', code))


def numeric(character, default=_ABSENT):
    """The value of a number: digits, fractions, circled numbers."""
    code = _code('numeric', character)
    if not character.isnumeric():
        return _default(default, 'not a numeric character')
    if character == _TRILLION:
        return 1e12
    over, _, under = unicodedata.normalize('NFKD', character).strip('().').partition('\u2044')
    if over.isdecimal() and (not under or under.isdecimal()):
        return int(over) / int(under or '1')
    return float(_characters('numeric', code))


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    raise NotImplementedError(f'unicodedata.{name} is not available in this Python runtime')


def _code(function, character):
    if not isinstance(character, str) or len(character) != 1:
        kind = type(character).__name__
        raise TypeError(f'{function}() argument 1 must be a unicode character, not {kind}')
    return ord(character)


def _read_names():
    with open(f'{__file__.rpartition("/")[0]}/character_names.txt', encoding='ascii') as file:
        for line in file:
            codes, tab, name = line.rstrip('\n').partition('\t')
            if tab:
                yield name, ''.join(chr(int(code, 16)) for code in codes.split())


def _property(table, code, default):
    if table not in _tables:
        import _character_tables

        ranges = _character_tables.table(getattr(_character_tables, table))
        _tables[table] = ([first for first, _, _ in ranges], ranges)
    starts, ranges = _tables[table]
    at = bisect.bisect_right(starts, code) - 1
    return ranges[at][2] if at >= 0 and code <= ranges[at][1] else default


def _default(default, message):
    if default is _ABSENT:
        raise ValueError(message)
    return default
