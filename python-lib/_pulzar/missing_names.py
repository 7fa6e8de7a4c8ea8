"""Names of the library's built-in modules that the runtime does not have, or has without the right result.

Found by comparing ``dir()`` of every module with CPython's. What a script could not use anyway (terminals, processes,
Linux's own interfaces) is left out; docs/python.md says which.
"""

import builtins
import struct as _struct
import sys

from _pulzar.buffers import contents


def _math(module):
    def cbrt(x, /):
        """Return the cube root of x."""
        x = float(x)
        if x == 0 or x != x or abs(x) == float('inf'):
            return x
        root = abs(x) ** (1 / 3)
        # One step of Newton's makes the cubes of whole numbers exact.
        root -= (root * root * root - abs(x)) / (3 * root * root)
        return module.copysign(root, x)

    def exp2(x, /):
        """Return 2 raised to the power of x."""
        x = float(x)
        if 1024 <= x < float('inf'):
            raise OverflowError('math range error')
        return 2.0**x

    _add(module, cbrt, exp2)


def _signal(module):
    texts = [
        'Hangup',
        'Interrupt',
        'Quit',
        'Illegal instruction',
        'Trace/breakpoint trap',
        'Aborted',
        'Bus error',
        'Floating point exception',
        'Killed',
        'User defined signal 1',
        'Segmentation fault',
        'User defined signal 2',
        'Broken pipe',
        'Alarm clock',
        'Terminated',
        'Stack fault',
        'Child exited',
        'Continued',
        'Stopped (signal)',
        'Stopped',
        'Stopped (tty input)',
        'Stopped (tty output)',
        'Urgent I/O condition',
        'CPU time limit exceeded',
        'File size limit exceeded',
        'Virtual timer expired',
        'Profiling timer expired',
        'Window changed',
        'I/O possible',
        'Power failure',
        'Bad system call',
    ]

    def strsignal(signalnum, /):
        """Return the system description of the given signal."""
        if not 1 <= signalnum <= 64:
            raise ValueError('signal number out of range')
        return texts[signalnum - 1] if signalnum <= len(texts) else None

    _add(module, strsignal)


def _time(module):
    clocks = {
        'CLOCK_REALTIME': (0, module.time_ns),
        'CLOCK_MONOTONIC': (1, module.monotonic_ns),
        'CLOCK_PROCESS_CPUTIME_ID': (2, module.process_time_ns),
        'CLOCK_THREAD_CPUTIME_ID': (3, module.thread_time_ns),
        'CLOCK_MONOTONIC_RAW': (4, module.monotonic_ns),
        'CLOCK_BOOTTIME': (7, module.monotonic_ns),
    }
    readers = dict(clocks.values())

    def clock_gettime_ns(clk_id, /):
        """Return the time of the specified clock clk_id as nanoseconds."""
        if clk_id not in readers:
            raise OSError(22, 'Invalid argument')
        return readers[clk_id]()

    def clock_gettime(clk_id, /):
        """Return the time of the specified clock clk_id as a float."""
        return clock_gettime_ns(clk_id) / 1e9

    def clock_getres(clk_id, /):
        """Return the resolution (precision) of the specified clock clk_id."""
        clock_gettime_ns(clk_id)
        return 1e-9

    _add(
        module, clock_gettime_ns, clock_gettime, clock_getres, **{name: number for name, (number, _) in clocks.items()}
    )


def _ascii(data):
    if isinstance(data, str):
        if not data.isascii():
            raise ValueError('string argument should contain only ASCII characters')
        return data.encode('ascii')
    try:
        return contents(data)
    except TypeError:
        name = type(data).__name__
        raise TypeError(f"argument should be bytes, buffer or ASCII string, not '{name}'") from None


def _binascii(module):
    def b2a_qp(data, quotetabs=False, istext=True, header=False):
        """Encode a string using quoted-printable encoding."""
        return _quoted(contents(data), quotetabs, istext, header)

    def a2b_qp(data, header=False):
        """Decode a string of qp-encoded data."""
        return _from_quoted(_ascii(data), header)

    def b2a_uu(data, /, *, backtick=False):
        """Uuencode line of data."""
        data = contents(data)
        if len(data) > 45:
            raise module.Error('At most 45 bytes at once')
        bits = int.from_bytes(data + b'\0' * (-len(data) % 3), 'big')
        count = (len(data) + 2) // 3 * 4
        sixes = [bits >> 6 * place & 63 for place in range(count - 1, -1, -1)]
        return bytes(96 if backtick and six == 0 else 32 + six for six in [len(data), *sixes]) + b'\n'

    def a2b_uu(data, /):
        """Decode a line of uuencoded data."""
        line = _ascii(data).rstrip(b'\r\n')
        if not line:
            return b''
        size, text = (line[0] - 32) & 63, line[1:]
        count = (size * 8 + 5) // 6
        if any(not 32 <= letter <= 96 for letter in text[:count]):
            raise module.Error('Illegal char')
        if any(letter not in b' `\r\n' for letter in text[count:]):
            raise module.Error('Trailing garbage')
        count = (size + 2) // 3 * 4
        bits = 0
        for letter in text[: (size * 8 + 5) // 6].ljust(count):
            bits = bits << 6 | (letter - 32) & 63
        return bits.to_bytes(count // 4 * 3, 'big')[:size]

    def crc_hqx(data, crc, /):
        """Compute CRC-CCITT incrementally."""
        crc &= 0xFFFF
        for byte in contents(data):
            crc ^= byte << 8
            for _ in range(8):
                crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
        return crc

    def hexlify(data, *separator, **named):
        """Hexadecimal representation of binary data."""
        return contents(data).hex(*separator, **named).encode('ascii')

    known = module.a2b_base64

    def a2b_base64(data, /, *, strict_mode=False):
        """Decode a line of base64 data."""
        data = _ascii(data)
        if len(data) % 4 == 0 and not data.rstrip(b'=').translate(None, _BASE64) and data[-3:].count(b'=') < 3:
            return known(data)
        return _from_base64(data, strict_mode, module.Error)

    _add(module, b2a_qp, a2b_qp, b2a_uu, a2b_uu)
    for function in (crc_hqx, hexlify, a2b_base64):
        function.__module__, function.__qualname__ = module.__name__, function.__name__
        setattr(module, function.__name__, function)
    module.b2a_hex = hexlify


_BASE64 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_SIXES = {letter: value for value, letter in enumerate(_BASE64)}


def _from_base64(data, strict, error):
    """As ``binascii_a2b_base64_impl`` in CPython's binascii.c, for what is not plain."""
    if strict and data[:1] == b'=':
        raise error('Leading padding not allowed')
    out, place, kept, pads = bytearray(), 0, 0, 0
    for at, letter in enumerate(data):
        if letter == 61:
            pads += 1
            if place >= 2 and place + pads >= 4:
                if strict and at + 1 < len(data):
                    raise error('Excess data after padding')
                return bytes(out)
            continue
        six = _SIXES.get(letter)
        if six is None:
            if strict:
                raise error('Only base64 data is allowed')
            continue
        if strict and pads:
            raise error('Discontinuous padding not allowed')
        pads = 0
        if place:
            out.append((kept << 6 | six) >> (6 - 2 * place) & 255)
        kept = six
        place = (place + 1) % 4
    if place == 1:
        raise error(
            f'Invalid base64-encoded string: number of data characters ({len(out) // 3 * 4 + 1}) cannot be 1 more '
            'than a multiple of 4'
        )
    if place:
        raise error('Incorrect padding')
    return bytes(out)


_HEX = frozenset(b'0123456789ABCDEFabcdef')
_LONGEST_QUOTED = 76


def _from_quoted(data, header):
    """As ``binascii_a2b_qp_impl`` in CPython's binascii.c."""
    out, at = bytearray(), 0
    while at < len(data):
        letter = data[at]
        if letter == 61:
            at += 1
            if at >= len(data):
                break
            if data[at] in b'\n\r':
                end = data.find(b'\n', at)
                at = len(data) if end < 0 else end + 1
            elif data[at] == 61:
                out.append(61)
                at += 1
            elif at + 1 < len(data) and data[at] in _HEX and data[at + 1] in _HEX:
                out.append(int(data[at : at + 2], 16))
                at += 2
            else:
                out.append(61)
        else:
            out.append(32 if header and letter == 95 else letter)
            at += 1
    return bytes(out)


def _quoted(data, quotetabs, istext, header):
    """As ``binascii_b2a_qp_impl`` in CPython's binascii.c."""
    first = data.find(b'\n')
    crlf = first > 0 and data[first - 1] == 13
    out, length, at = bytearray(), 0, 0
    while at < len(data):
        letter = data[at]
        following = data[at + 1] if at + 1 < len(data) else -1
        if (
            letter > 126
            or letter == 61
            or (header and letter == 95)
            or (letter == 46 and length == 0 and (following in (-1, 10, 13, 0)))
            or (not istext and letter in (13, 10))
            or (letter in (9, 32) and following == -1)
            or (letter < 33 and letter not in (13, 10, 9, 32))
            or (letter < 33 and letter not in (13, 10) and quotetabs)
        ):
            if length + 3 >= _LONGEST_QUOTED:
                out += b'=\r\n' if crlf else b'=\n'
                length = 0
            out += b'=%02X' % letter
            at += 1
            length += 3
        elif istext and (letter == 10 or (letter == 13 and following == 10)):
            length = 0
            if out and out[-1] in (32, 9):
                out += b'%02X' % out[-1]
                out[-3] = 61
            out += b'\r\n' if crlf else b'\n'
            at += 2 if letter == 13 else 1
        else:
            if at + 1 != len(data) and following != 10 and length + 1 >= _LONGEST_QUOTED:
                out += b'=\r\n' if crlf else b'=\n'
                length = 0
            length += 1
            out.append(95 if header and letter == 32 else letter)
            at += 1
    return bytes(out)


def _quopri(module):
    """Works by itself, and not through what was made of it for binascii."""
    module.a2b_qp = module.b2a_qp = None


def _zlib(module):
    """Data in the gzip format ends with its checksum, which the runtime leaves at 0."""
    compress, compressobj = module.compress, module.compressobj

    class Compress:
        def __init__(self, level, method, wbits, mem_level, strategy, dictionary):
            raw = (level, method, 16 - wbits, mem_level, strategy)
            self._raw = compressobj(*raw) if dictionary is None else compressobj(*raw, dictionary)
            speed = 2 if level == 9 else 4 if level == 1 else 0
            self._start = b'\x1f\x8b\x08\0\0\0\0\0' + bytes([speed, 3])
            self._sum = self._size = 0

        def compress(self, data, /):
            start, self._start = self._start, b''
            self._sum = module.crc32(data, self._sum)
            self._size += memoryview(data).nbytes
            return start + self._raw.compress(data)

        def flush(self, mode=module.Z_FINISH, /):
            start, self._start = self._start, b''
            data = start + self._raw.flush(mode)
            if mode == module.Z_FINISH:
                data += _struct.pack('<II', self._sum, self._size & 0xFFFFFFFF)
            return data

        def copy(self):
            twin = object.__new__(Compress)
            vars(twin).update(vars(self), _raw=self._raw.copy())
            return twin

    def plain_or_gzip(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None):  # noqa: N803 (as in zlib)
        if 25 <= wbits <= 31:
            return Compress(level, method, wbits, memLevel, strategy, zdict)
        given = (level, method, wbits, memLevel, strategy)
        return compressobj(*given) if zdict is None else compressobj(*given, zdict)

    def compress_all(data, /, level=-1, wbits=15):
        if not 25 <= wbits <= 31:
            return compress(data, level, wbits)
        whole = plain_or_gzip(level, wbits=wbits)
        return whole.compress(data) + whole.flush()

    for ours, theirs in ((plain_or_gzip, compressobj), (compress_all, compress)):
        ours.__name__ = ours.__qualname__ = theirs.__name__
        ours.__doc__ = theirs.__doc__
        setattr(module, theirs.__name__, ours)
    _add(module, Z_PARTIAL_FLUSH=1, Z_BLOCK=5, Z_TREES=6)


def _struct_module(module):
    def iter_unpack(format, buffer, /):
        """Return an iterator yielding tuples unpacked from the given bytes."""
        size = module.calcsize(format)
        if size == 0:
            raise module.error('cannot iteratively unpack with a struct of length 0')
        if len(buffer) % size:
            raise module.error(f'iterative unpacking requires a buffer of a multiple of {size} bytes')
        return (module.unpack_from(format, buffer, at) for at in range(0, len(buffer), size))

    module.iter_unpack = iter_unpack


def _gc(module):
    limits = [700, 10, 10]

    def get_threshold():
        """Return the current collection thresholds."""
        return tuple(limits)

    def set_threshold(threshold0, *more):
        """Keeps the thresholds; when memory is looked through is for the runtime to say."""
        limits[: 1 + len(more)] = [threshold0, *more]

    def freeze():
        """Does nothing: nothing is collected faster for it."""

    def unfreeze():
        """Does nothing, as freeze()."""

    def get_freeze_count():
        """Return the number of objects in the permanent generation."""
        return 0

    _add(module, get_threshold, set_threshold, freeze, unfreeze, get_freeze_count, garbage=[])


def _ssl(module):
    _add(
        module,
        OP_LEGACY_SERVER_CONNECT=0x4,
        OP_NO_COMPRESSION=0x20000,
        OP_CIPHER_SERVER_PREFERENCE=0x400000,
        OP_NO_RENEGOTIATION=0x40000000,
        VERIFY_ALLOW_PROXY_CERTS=0x40,
        VERIFY_X509_PARTIAL_CHAIN=0x80000,
    )


def _hashlib(module):
    def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
        """scrypt password-based key derivation function."""
        from _pulzar.services import Service, to_bytes

        if n < 2 or n & n - 1:
            raise ValueError('n must be a power of 2.')
        if maxmem and 128 * r * (n + p + 2) > maxmem:
            raise ValueError('Invalid parameter combination for n, r, p, maxmem.')
        return to_bytes(Service('hashes')('scrypt', bytes(password), bytes(salt), n, r, p, dklen))

    _add(module, scrypt)


def _add(module, *functions, **constants):
    """Adds what a module does not have."""
    for function in functions:
        function.__module__ = module.__name__
        function.__qualname__ = function.__name__
        constants[function.__name__] = function
    for name, value in constants.items():
        if not hasattr(module, name):
            setattr(module, name, value)


MENDED = {
    'binascii': _binascii,
    'gc': _gc,
    'hashlib': _hashlib,
    'math': _math,
    'quopri': _quopri,
    'signal': _signal,
    'ssl': _ssl,
    'struct': _struct_module,
    'time': _time,
    'zlib': _zlib,
}


def _anext(iterator, *default):
    """Return the next item of an asynchronous iterator, or the default."""
    if len(default) > 1:
        raise TypeError(f'anext expected at most 2 arguments, got {1 + len(default)}')
    following = type(iterator).__anext__
    return _or_default(following(iterator), *default) if default else following(iterator)


async def _or_default(item, default):
    try:
        return await item
    except StopAsyncIteration:
        return default


def _help(*of):
    """Prints what an object says of itself."""
    import pydoc

    pydoc.help(*of)


def install():
    """Adds what is missing of the built-in functions, and the numbers of ``errno``."""
    import errno

    if not hasattr(errno, 'ENOTSUP'):
        errno.ENOTSUP = 95
    _anext.__name__ = _anext.__qualname__ = 'anext'
    builtins.anext = _anext
    if not hasattr(builtins, 'help'):
        builtins.help = _help
    sys.getdefaultencoding = lambda: 'utf-8'
