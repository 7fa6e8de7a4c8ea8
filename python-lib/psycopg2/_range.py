"""Ranges of values, as PostgreSQL has them."""

import re

_TEXT = re.compile(
    r"""\s*([(\[])\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*,\s*(?:"((?:[^"]|"")*)"|([^"\])]*))\s*([)\]])\s*""", re.S
)


class Range:
    """From ``lower`` to ``upper``, None where there is no end; ``bounds`` says whether these belong to it."""

    __slots__ = ('_bounds', '_lower', '_upper')

    def __init__(self, lower=None, upper=None, bounds='[)', empty=False):
        if empty:
            self._lower = self._upper = self._bounds = None
            return
        if bounds not in ('[)', '(]', '()', '[]'):
            raise ValueError(f'bound flags not valid: {bounds!r}')
        self._lower, self._upper, self._bounds = lower, upper, bounds

    @property
    def lower(self):
        """The lower end, None without."""
        return self._lower

    @property
    def upper(self):
        """The upper end, None without."""
        return self._upper

    @property
    def isempty(self):
        """Whether nothing is in it."""
        return self._bounds is None

    @property
    def lower_inf(self):
        """Whether it has no lower end."""
        return self._bounds is not None and self._lower is None

    @property
    def upper_inf(self):
        """Whether it has no upper end."""
        return self._bounds is not None and self._upper is None

    @property
    def lower_inc(self):
        """Whether the lower end belongs to it."""
        return self._bounds is not None and self._lower is not None and self._bounds[0] == '['

    @property
    def upper_inc(self):
        """Whether the upper end belongs to it."""
        return self._bounds is not None and self._upper is not None and self._bounds[1] == ']'

    def __contains__(self, value):
        if self._bounds is None:
            return False
        if self._lower is not None and (value < self._lower or (value == self._lower and self._bounds[0] == '(')):
            return False
        return not (
            self._upper is not None and (value > self._upper or (value == self._upper and self._bounds[1] == ')'))
        )

    def __eq__(self, other):
        return isinstance(other, Range) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def _key(self):
        return self._lower, self._upper, self._bounds

    def __lt__(self, other):
        if not isinstance(other, Range):
            return NotImplemented
        for name in ('_lower', '_upper', '_bounds'):
            mine, its = getattr(self, name), getattr(other, name)
            if mine == its:
                continue
            if mine is None or its is None:
                return mine is None
            return mine < its
        return False

    def __le__(self, other):
        return self == other or self < other

    def __gt__(self, other):
        return other < self if isinstance(other, Range) else NotImplemented

    def __ge__(self, other):
        return self == other or self > other

    def __bool__(self):
        return self._bounds is not None

    def __repr__(self):
        if self._bounds is None:
            return f'{type(self).__name__}(empty=True)'
        return f'{type(self).__name__}({self._lower!r}, {self._upper!r}, {self._bounds!r})'

    def __str__(self):
        if self._bounds is None:
            return 'empty'
        return f'{self._bounds[0]}{self._lower}, {self._upper}{self._bounds[1]}'

    def __getstate__(self):
        return self._key()

    def __setstate__(self, state):
        self._lower, self._upper, self._bounds = state


class NumericRange(Range):
    """A range of numbers."""

    __slots__ = ()


class DateRange(Range):
    """A range of dates."""

    __slots__ = ()


class DateTimeRange(Range):
    """A range of moments without zone."""

    __slots__ = ()


class DateTimeTZRange(Range):
    """A range of moments."""

    __slots__ = ()


def reader(kind, convert):
    """What makes ranges of a kind from the server's text."""

    def read(text):
        if text == 'empty':
            return kind(empty=True)
        low, quoted_lower, lower, quoted_upper, upper, high = _TEXT.fullmatch(text).groups()
        return kind(_end(quoted_lower, lower, convert), _end(quoted_upper, upper, convert), low + high)

    return read


def _end(quoted, plain, convert):
    if quoted is not None:
        return convert(quoted.replace('""', '"'))
    return convert(plain) if plain else None


def quoted(value, name, quote):
    """The range as a literal."""
    if value.isempty:
        return f"'empty'::{name}" if name else "'empty'"
    lower, upper = quote(value.lower), quote(value.upper)
    if name is None:
        raise NotImplementedError('a Range must be of a class that says of what: NumericRange, DateRange, ...')
    return f"{name}({lower}, {upper}, '{value._bounds}')"
