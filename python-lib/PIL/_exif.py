"""What a camera wrote about an image, as tags and values (EXIF 2.32, TIFF 6.0)."""

import struct
from fractions import Fraction

_PREFIX = b'Exif\0\0'
_ORIENTATION = 0x0112
_POINTERS = (0x8769, 0x8825, 0xA005)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_FORMS = {1: 'B', 3: 'H', 4: 'I', 6: 'b', 8: 'h', 9: 'i', 11: 'f', 12: 'd', 13: 'I'}
_MOST_ENTRIES = 4096


class IFDRational(Fraction):
    """A fraction as cameras write it; over zero it is not a number."""

    def __new__(cls, value=0, denominator=1):
        if denominator == 0:
            return float('nan')
        return super().__new__(cls, value, denominator)

    def __repr__(self):
        return str(float(self))

    __str__ = __repr__


class Exif(dict):
    """The tags of an image by number, changeable; ``get_ifd`` has those of its parts."""

    endian = '<'

    def __init__(self):
        super().__init__()
        self._parts = {}
        self._block = b''

    def load(self, data):
        """Reads a block, with or without its prefix."""
        self.clear()
        self._parts = {}
        self._block = block = bytes(data or b'').removeprefix(_PREFIX)
        if block[:2] not in (b'II', b'MM'):
            return
        self.endian = '<' if block[:2] == b'II' else '>'
        self.update(self._directory(int.from_bytes(block[4:8], self._order())))

    def _order(self):
        return 'little' if self.endian == '<' else 'big'

    def _directory(self, start):
        block, order, found = self._block, self._order(), {}
        if not 0 < start < len(block) - 1:
            return found
        count = min(int.from_bytes(block[start : start + 2], order), _MOST_ENTRIES)
        for at in range(start + 2, min(start + 2 + 12 * count, len(block) - 11), 12):
            tag, kind, number = struct.unpack(self.endian + 'HHI', block[at : at + 8])
            size = _SIZES.get(kind, 0) * number
            place = at + 8 if size <= 4 else int.from_bytes(block[at + 8 : at + 12], order)
            data = block[place : place + size]
            if size and len(data) == size:
                found[tag] = self._value(kind, number, data)
        return found

    def _value(self, kind, number, data):
        if kind == 2:
            return data.rstrip(b'\0').decode('latin-1')
        if kind == 7 or (kind == 1 and number > 1):
            return data
        if kind in (5, 10):
            numbers = struct.unpack(f'{self.endian}{2 * number}{"I" if kind == 5 else "i"}', data)
            values = tuple(IFDRational(*numbers[at : at + 2]) for at in range(0, len(numbers), 2))
        else:
            values = struct.unpack(f'{self.endian}{number}{_FORMS[kind]}', data)
        return values[0] if number == 1 else values

    def get_ifd(self, tag):
        """The tags of a part: 0x8769 for those of EXIF, 0x8825 for those of GPS."""
        if tag not in self._parts:
            start = self.get(tag)
            self._parts[tag] = self._directory(start) if isinstance(start, int) else dict(start or {})
        return self._parts[tag]

    def tobytes(self, offset=8):
        """The block, with its prefix."""
        entries = dict(self)
        parts = {}
        for tag in _POINTERS[:2]:
            part = self.get_ifd(tag)
            if part:
                parts[tag] = {key: value for key, value in part.items() if key != 0xA005}
                entries[tag] = 0
            else:
                entries.pop(tag, None)
        header = b'II*\0\x08\0\0\0'
        first = _packed(entries, 8, {})
        starts, at = {}, 8 + len(first)
        for tag, part in parts.items():
            starts[tag] = at
            at += len(_packed(part, at, {}))
        body = _packed(entries, 8, starts)
        for tag, part in parts.items():
            body += _packed(part, starts[tag], {})
        return _PREFIX + header + body

    def hide_offsets(self):
        """Does nothing: no offset is shown."""


def _packed(entries, start, known):
    """A directory in little-endian order that begins at a place of the block."""
    rows, more = [], b''
    room = start + 2 + 12 * len(entries) + 4
    for tag in sorted(entries):
        kind, number, data = _written(known.get(tag, entries[tag]))
        if len(data) > 4:
            place = room + len(more)
            more += data + b'\0' * (len(data) & 1)
            data = struct.pack('<I', place)
        rows.append(struct.pack('<HHI', tag, kind, number) + data.ljust(4, b'\0'))
    return struct.pack('<H', len(rows)) + b''.join(rows) + b'\0\0\0\0' + more


def _written(value):
    if isinstance(value, bytes):
        return 7, len(value), value
    if isinstance(value, str):
        data = value.encode('latin-1', 'replace') + b'\0'
        return 2, len(data), data
    values = value if isinstance(value, (tuple, list)) else (value,)
    if all(isinstance(one, int) for one in values):
        if min(values, default=0) < 0:
            return 9, len(values), struct.pack(f'<{len(values)}i', *values)
        if max(values, default=0) < 65536:
            return 3, len(values), struct.pack(f'<{len(values)}H', *values)
        return 4, len(values), struct.pack(f'<{len(values)}I', *values)
    pairs = [Fraction(one).limit_denominator(1 << 20) for one in values]
    signed = any(pair < 0 for pair in pairs)
    numbers = [number for pair in pairs for number in (pair.numerator, pair.denominator)]
    return 10 if signed else 5, len(pairs), struct.pack(f'<{len(numbers)}{"i" if signed else "I"}', *numbers)


def orientation(exif):
    """1 to 8 as in EXIF; 1, upright, when the block does not say or is broken."""
    found = Exif()
    found.load(exif)
    value = found.get(_ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
