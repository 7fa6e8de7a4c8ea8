"""Gives ``time.strftime``, and with it ``datetime``'s, all that CPython has on Linux.

The runtime's own does not know half of the directives, and loses the character after one that it does not know.
"""

import re
import time

_KNOWN = frozenset('YmdHMSfjUWwyaAbBcxXpIZ%')
_DIRECTIVE = re.compile('%([-_0^#]?)(.?)', re.S)
_PADS = {'d': 2, 'e': 2, 'H': 2, 'I': 2, 'k': 2, 'l': 2, 'm': 2, 'M': 2, 'S': 2, 'y': 2, 'j': 3, 'U': 2, 'V': 2, 'W': 2,
         'C': 2, 'g': 2}  # fmt: skip
_COMPOSED = {'F': '%Y-%m-%d', 'T': '%H:%M:%S', 'R': '%H:%M', 'D': '%m/%d/%y', 'h': '%b', 'r': '%I:%M:%S %p',
             'n': '\n', 't': '\t'}  # fmt: skip

_original = time.strftime


def strftime(format, *moment):
    """A moment as text."""
    if all(not flag and letter in _KNOWN for flag, letter in _DIRECTIVE.findall(format)):
        return _original(format, *moment)
    parts = moment[0] if moment else time.localtime()
    _original('%Y', parts)  # refuses what is no moment

    def text(match):
        flag, letter = match.groups()
        return _flagged(_one(letter, parts), flag, letter, match.group())

    return _DIRECTIVE.sub(text, format)


def _one(letter, parts):
    """The text of a directive, None for what is none."""
    year, hour, weekday, day_of_year = parts[0], parts[3], parts[6], parts[7]
    if letter == 'f':
        return '%f'
    if letter in _KNOWN and letter:
        return _original('%' + letter, parts)
    if letter in _COMPOSED:
        return strftime(_COMPOSED[letter], parts)
    if letter in 'GgV' and letter:
        year, week = _week(year, day_of_year, weekday)
        return {'G': str(year), 'g': f'{year % 100:02d}', 'V': f'{week:02d}'}[letter]
    simple = {
        'u': lambda: str(weekday + 1),
        's': lambda: str(int(time.mktime(tuple(parts)[:9]))),
        'e': lambda: f'{parts[2]:2d}',
        'k': lambda: f'{hour:2d}',
        'l': lambda: f'{(hour - 1) % 12 + 1:2d}',
        'C': lambda: f'{year // 100:02d}',
        'P': lambda: _original('%p', parts).lower(),
        'z': lambda: _offset(parts),
    }.get(letter)
    return simple() if simple else None


def _flagged(text, flag, letter, directive):
    if text is None:
        return directive
    if flag in ('-', '_', '0') and letter in _PADS:
        digits = text.strip().lstrip('0') or '0'
        return digits if flag == '-' else digits.rjust(_PADS[letter], '0' if flag == '0' else ' ')
    return text.upper() if flag == '^' else text.swapcase() if flag == '#' else text


def _week(year, day_of_year, weekday):
    """Year and number of the week, as ISO 8601 counts them."""
    week = (day_of_year - weekday + 9) // 7
    if week < 1:
        return year - 1, _weeks(year - 1)
    return (year + 1, 1) if week > _weeks(year) else (year, week)


def _weeks(year):
    def last_day(year):
        return (year + year // 4 - year // 100 + year // 400) % 7

    return 53 if last_day(year) == 4 or last_day(year - 1) == 3 else 52


def _offset(parts):
    seconds = getattr(parts, 'tm_gmtoff', None)
    if seconds is None:
        seconds = -(time.altzone if parts[8] > 0 and time.daylight else time.timezone)
    minutes = abs(seconds) // 60
    return f'{"-" if seconds < 0 else "+"}{minutes // 60:02d}{minutes % 60:02d}'


def install():
    """Replaces ``time.strftime``."""
    strftime.__doc__ = _original.__doc__
    time.strftime = strftime
