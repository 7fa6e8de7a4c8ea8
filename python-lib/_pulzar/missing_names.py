"""Names of the library's built-in modules that the runtime does not have, or has without the right result.

Found by comparing ``dir()`` of every module with CPython's. What a script could not use anyway (terminals, processes,
Linux's own interfaces) is left out; docs/python.md says which.
"""

import builtins
import struct as _struct
import sys


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
        try:
            return 2.0 ** float(x)
        except OverflowError:
            raise OverflowError('math range error') from None

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


def _binascii(module):
    import io

    def b2a_qp(data, quotetabs=False, istext=True, header=False):
        """Encode a string using quoted-printable encoding."""
        import quopri

        out = io.BytesIO()
        quopri.encode(io.BytesIO(bytes(data)), out, quotetabs, header)
        return out.getvalue()

    def a2b_qp(data, header=False):
        """Decode a string of qp-encoded data."""
        import quopri

        out = io.BytesIO()
        quopri.decode(io.BytesIO(data.encode('ascii') if isinstance(data, str) else bytes(data)), out, header)
        return out.getvalue()

    def b2a_uu(data, /, *, backtick=False):
        """Uuencode line of data."""
        data = bytes(data)
        if len(data) > 45:
            raise module.Error('At most 45 bytes at once')
        bits = int.from_bytes(data + b'\0' * (-len(data) % 3), 'big')
        count = (len(data) + 2) // 3 * 4
        sixes = [bits >> 6 * place & 63 for place in range(count - 1, -1, -1)]
        return bytes(96 if backtick and six == 0 else 32 + six for six in [len(data), *sixes]) + b'\n'

    def a2b_uu(data, /):
        """Decode a line of uuencoded data."""
        line = (data.encode('ascii') if isinstance(data, str) else bytes(data)).rstrip(b'\r\n')
        if not line:
            return b''
        size, text = (line[0] - 32) & 63, line[1:]
        if any(not 32 <= letter <= 96 for letter in text):
            raise module.Error('Illegal char')
        count = (size + 2) // 3 * 4
        if text[count:].strip(b' `'):
            raise module.Error('Trailing garbage')
        bits = 0
        for letter in text[:count].ljust(count):
            bits = bits << 6 | (letter - 32) & 63
        return bits.to_bytes(count // 4 * 3, 'big')[:size]

    def crc_hqx(data, crc, /):
        """Compute CRC-CCITT incrementally."""
        crc &= 0xFFFF
        for byte in bytes(data):
            crc ^= byte << 8
            for _ in range(8):
                crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
        return crc

    def hexlify(data, *separator, **named):
        """Hexadecimal representation of binary data."""
        return bytes(data).hex(*separator, **named).encode('ascii')

    _add(module, b2a_qp, a2b_qp, b2a_uu, a2b_uu)
    for function in (crc_hqx, hexlify):
        function.__module__, function.__qualname__ = module.__name__, function.__name__
        setattr(module, function.__name__, function)
    module.b2a_hex = hexlify


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
