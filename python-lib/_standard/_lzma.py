"""What the standard library's ``lzma`` is built on, with the compression in the worker's Java (XZ for Java).

In place of the runtime's own, which never ends with data that is not LZMA and has no raw streams.
"""

import operator

from _pulzar.buffers import contents
from _pulzar.services import Service, to_bytes

FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW = range(4)
CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256 = 0, 1, 4, 10
CHECK_ID_MAX, CHECK_UNKNOWN = 15, 16
FILTER_LZMA1, FILTER_LZMA2, FILTER_DELTA = 0x4000000000000001, 0x21, 3
FILTER_X86, FILTER_POWERPC, FILTER_IA64, FILTER_ARM, FILTER_ARMTHUMB, FILTER_SPARC = range(4, 10)
MF_HC3, MF_HC4, MF_BT2, MF_BT3, MF_BT4 = 0x03, 0x04, 0x12, 0x13, 0x14
MODE_FAST, MODE_NORMAL = 1, 2
PRESET_DEFAULT, PRESET_EXTREME = 6, 1 << 31

_OPTIONS = ('preset', 'dict_size', 'lc', 'lp', 'pb', 'mode', 'nice_len', 'mf', 'depth')
_CHECKS = (CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256)

# What is shorter is compressed in one go, with a dictionary that is no larger than it has to be.
_SHORT = 1 << 20
_SMALLEST_DICTIONARY = 4096


class LZMAError(Exception):
    """Call to liblzma failed."""


_xz = Service('xz', {'LZMAError': LZMAError})


class LZMACompressor:
    """Compresses in steps."""

    def __init__(self, format=FORMAT_XZ, check=-1, preset=None, filters=None):
        if preset is not None and filters is not None:
            raise ValueError('Cannot specify both preset and filter chain')
        for number in (format, check, *(() if preset is None else (preset,))):
            operator.index(number)
        if format not in (FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW):
            raise ValueError(f'Invalid container format: {format}')
        if preset is not None and not 0 <= preset < 1 << 32:
            raise OverflowError('Python int too large to convert to C unsigned int')
        if format != FORMAT_XZ and check not in (-1, CHECK_NONE):
            raise ValueError('Integrity checks are only supported by FORMAT_XZ')
        if format == FORMAT_RAW and filters is None:
            raise ValueError('Must specify filters for FORMAT_RAW')
        check = CHECK_CRC64 if check == -1 else check
        if check not in _CHECKS:
            raise LZMAError('Unsupported integrity check')
        kind = FILTER_LZMA1 if format == FORMAT_ALONE else FILTER_LZMA2
        chosen = [{'id': kind, 'preset': PRESET_DEFAULT if preset is None else preset}] if filters is None else filters
        self._format, self._check, self._filters = format, check, [_numbers(filter) for filter in chosen]
        self._sized = filters is None
        self._waiting, self._encoder, self._flushed = bytearray(), None, False

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__module__}.{type(self).__name__}' object")

    def compress(self, data, /):
        """Takes data, and returns what is compressed so far."""
        if self._flushed:
            raise ValueError('Compressor has been flushed')
        data = contents(data)
        if self._encoder is None:
            self._waiting += data
            if len(self._waiting) <= _SHORT:
                return b''
            data, self._waiting = bytes(self._waiting), bytearray()
            self._encoder = _xz('compressor', self._format, self._check, self._filters)
        return to_bytes(_xz('compress', self._encoder, data))

    def flush(self):
        """Returns the rest. The compressor can't be used any more."""
        if self._flushed:
            raise ValueError('Repeated call to flush()')
        self._flushed = True
        start = b''
        if self._encoder is None:
            if self._sized:
                size = max(_SMALLEST_DICTIONARY, 1 << max(0, len(self._waiting) - 1).bit_length())
                self._filters[-1][2] = size
            self._encoder = _xz('compressor', self._format, self._check, self._filters)
            start = to_bytes(_xz('compress', self._encoder, bytes(self._waiting)))
        return start + to_bytes(_xz('finish', self._encoder))


class LZMADecompressor:
    """Decompresses one stream in steps."""

    def __init__(self, format=FORMAT_AUTO, memlimit=None, filters=None):
        for number in (format, *(() if memlimit is None else (memlimit,))):
            operator.index(number)
        if format not in (FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW):
            raise ValueError(f'Invalid container format: {format}')
        if format == FORMAT_RAW:
            if memlimit is not None:
                raise ValueError('Cannot specify memory limit with FORMAT_RAW')
            if filters is None:
                raise ValueError('Must specify filters for FORMAT_RAW')
        elif filters is not None:
            raise ValueError('Cannot specify filters except with FORMAT_RAW')
        numbers = None if filters is None else [_numbers(filter) for filter in filters]
        self._decoder = _xz('decompressor', format, memlimit, numbers)
        self._format, self._start = format, b''
        self.check = CHECK_UNKNOWN if format in (FORMAT_AUTO, FORMAT_XZ) else CHECK_NONE
        self.eof, self.needs_input, self.unused_data = False, True, b''

    __reduce_ex__ = LZMACompressor.__reduce_ex__

    def decompress(self, data, max_length=-1):
        """Takes data, and returns at most that many bytes of what is decompressed so far."""
        if self.eof:
            raise EOFError('Already at end of stream')
        data = contents(data)
        if self.check == CHECK_UNKNOWN:
            self._start = (self._start + data)[:8]
            if len(self._start) == 8:
                self.check = self._start[7] & 15 if self._start[0] == 0xFD else CHECK_NONE
        output, state = _xz('step', self._decoder, data, max_length)
        self.eof = state == 'ended'
        self.needs_input = state == 'needs input'
        if self.eof:
            self.unused_data = to_bytes(_xz('unused', self._decoder))
        return to_bytes(output)


def is_check_supported(check_id, /):
    """Whether streams can have this integrity check."""
    return check_id in _CHECKS


def _encode_filter_properties(filter, /):
    """The options of a filter as the bytes that containers keep."""
    numbers = _numbers(filter)
    kind = numbers[0]
    if kind == FILTER_DELTA:
        if numbers[1] > 256:
            raise LZMAError('Invalid or unsupported options')
        return bytes([max(1, numbers[1]) - 1])
    if kind not in (FILTER_LZMA1, FILTER_LZMA2):
        return b''
    preset = _PRESET_DICTIONARIES[numbers[1]]
    size = preset if numbers[2] < 0 else numbers[2]
    if kind == FILTER_LZMA2:
        return bytes([_lzma2_size(size)])
    lc, lp, pb = (standard if given < 0 else given for given, standard in zip(numbers[3:6], (3, 0, 2)))
    return bytes([(pb * 5 + lp) * 9 + lc]) + size.to_bytes(4, 'little')


def _decode_filter_properties(filter_id, encoded_props, /):
    """The filter that has these bytes."""
    encoded_props = contents(encoded_props)
    if filter_id == FILTER_DELTA:
        if len(encoded_props) != 1:
            raise LZMAError('Invalid or unsupported options')
        return {'id': filter_id, 'dist': encoded_props[0] + 1}
    if filter_id == FILTER_LZMA2:
        if len(encoded_props) != 1 or encoded_props[0] > 40:
            raise LZMAError('Invalid or unsupported options')
        bits = encoded_props[0]
        return {'id': filter_id, 'dict_size': 0xFFFFFFFF if bits == 40 else (2 | bits & 1) << (bits // 2 + 11)}
    if filter_id != FILTER_LZMA1:
        return {'id': filter_id}
    if len(encoded_props) != 5 or encoded_props[0] >= 225:
        raise LZMAError('Invalid or unsupported options')
    rest, lc = divmod(encoded_props[0], 9)
    pb, lp = divmod(rest, 5)
    size = int.from_bytes(encoded_props[1:], 'little')
    return {'id': filter_id, 'dict_size': size, 'lc': lc, 'lp': lp, 'pb': pb}


_PRESET_DICTIONARIES = [1 << bits for bits in (18, 20, 21, 22, 22, 23, 23, 24, 25, 26)]


def _lzma2_size(size):
    for bits in range(40):
        if (2 | bits & 1) << (bits // 2 + 11) >= size:
            return bits
    return 40


def _numbers(filter):
    """A filter as the service takes it: its id, then its options by position, -1 for one that is not given."""
    if not hasattr(filter, 'keys'):
        raise TypeError('Filter specifier must be a dict or dict-like object')
    keys = tuple(filter.keys())
    if 'id' not in keys:
        raise ValueError('Filter specifier must have an "id" entry')
    kind = filter['id']
    options = {key: filter[key] for key in keys if key != 'id'}
    if kind not in (FILTER_LZMA1, FILTER_LZMA2):
        known = 'dist' if kind == FILTER_DELTA else 'start_offset'
        if not FILTER_DELTA <= kind <= FILTER_SPARC or not options.keys() <= {known}:
            raise ValueError('Invalid filter specifier')
        return [kind, options.get(known, -1)]
    if not options.keys() <= set(_OPTIONS):
        raise ValueError('Invalid filter specifier for LZMA filter')
    preset = options.pop('preset', PRESET_DEFAULT)
    level = preset & ~PRESET_EXTREME
    if not 0 <= level <= 9:
        raise LZMAError(f'Invalid compression preset: {preset}')
    numbers = [kind, level, *(options.get(name, -1) for name in _OPTIONS[1:])]
    if preset & PRESET_EXTREME and numbers[7] < 0:
        numbers[7] = 273
    return numbers
