"""A row with names."""


class Row:
    """A row whose columns are found by number and by name; compares and hashes as its names and values do."""

    __slots__ = ('_description', '_values')

    def __new__(cls, cursor, data, /):
        if not isinstance(data, tuple):
            raise TypeError(f'Row() argument 2 must be tuple, not {type(data).__name__}')
        self = super().__new__(cls)
        self._values = data
        self._description = cursor.description
        return self

    def keys(self):
        """The names of the columns."""
        return [column[0] for column in self._description or ()]

    def __getitem__(self, key):
        if not isinstance(key, str):
            if not isinstance(key, slice) and not hasattr(key, '__index__'):
                raise IndexError('Index must be int or string')
            return self._values[key]
        folded = _folded(key)
        for column, value in zip(self._description or (), self._values):
            if column[0] == key or _folded(column[0]) == folded:
                return value
        raise IndexError('No item with that key')

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __hash__(self):
        return hash(self._description) ^ hash(self._values)

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return self._description == other._description and self._values == other._values


def _folded(name):
    """SQLite's names are the same in capitals, those of ASCII."""
    return (
        name.lower() if name.isascii() else ''.join(letter.lower() if letter.isascii() else letter for letter in name)
    )


Row.__module__ = 'sqlite3'
