"""The frames between the pool and a worker in CPython, as ``io.pulzar.polyglot.wire`` defines them.

A frame is its length in four bytes, its type in one, then the fields of its type: numbers in big-endian order, texts as
their length in bytes and UTF-8, with the length -1 for none.
"""

import struct

START, CANCEL, HOST_RESULT, READY, STARTED, LOG, OUTPUT, HOST_CALL, ENDED, PREPARE, PREPARED = range(11)

# Of our own, from the process of a run to its server: the outcome as in ENDED.
OUTCOME = 100

COMPLETED, RAISED, TIMED_OUT, OUT_OF_MEMORY, OUTPUT_LIMIT, CRASHED, CANCELED = range(7)

JOB, EXTENSION, FUNCTION = range(3)

_LENGTH = struct.Struct('>i')
_LONG = struct.Struct('>q')

# What a frame may hold at most, as on the other side.
MOST_BYTES = 64 * 1024 * 1024


class TooLong(ValueError):
    """A message does not fit into a frame."""


def text(value):
    if value is None:
        return _LENGTH.pack(-1)
    data = value.encode('utf-8', 'backslashreplace')
    return _LENGTH.pack(len(data)) + data


def integer(value):
    return _LENGTH.pack(value)


def long(value):
    return _LONG.pack(value)


def frame(kind, *fields):
    body = b''.join(fields)
    if len(body) >= MOST_BYTES:
        raise TooLong(f'a message of {len(body)} bytes does not fit into a frame of at most {MOST_BYTES}')
    return _LENGTH.pack(len(body) + 1) + bytes((kind,)) + body


class Splitter:
    """Cuts a stream of bytes into frames."""

    def __init__(self):
        self._bytes = bytearray()

    def add(self, data):
        """The frames that are whole now, as ``(type, body)``."""
        waiting = self._bytes
        waiting += data
        found = []
        at = 0
        while len(waiting) - at >= 5:
            size = _LENGTH.unpack_from(waiting, at)[0]
            if not 0 < size <= MOST_BYTES:
                raise ValueError(f'a frame of {size} bytes')
            end = at + 4 + size
            if len(waiting) < end:
                break
            found.append((waiting[at + 4], bytes(waiting[at + 5 : end])))
            at = end
        del waiting[:at]
        return found


class Fields:
    """Reads the fields of a frame one after the other."""

    def __init__(self, body):
        self._body = body
        self._at = 0

    def text(self):
        size = self.integer()
        if size < 0:
            return None
        begin = self._at
        self._at += size
        return self._body[begin : self._at].decode('utf-8')

    def integer(self):
        value = _LENGTH.unpack_from(self._body, self._at)[0]
        self._at += 4
        return value

    def long(self):
        value = _LONG.unpack_from(self._body, self._at)[0]
        self._at += 8
        return value

    def byte(self):
        self._at += 1
        return self._body[self._at - 1]

    def rest(self):
        return self._body[self._at :]


class Start:
    """What a run is given."""

    def __init__(self, body):
        fields = Fields(body)
        self.run = fields.long()
        self.root = fields.text()
        self.name = fields.text()
        self.entry = fields.byte()
        self.arguments = fields.text()
        self.scratch = fields.text()
        self.input = fields.text()
        fields.byte()  # Isolation: every run has a process of its own here.
        self.timeout = fields.long() / 1000
        self.memory_bytes = fields.long()
        self.scratch_bytes = fields.long()
        self.output_bytes = fields.long()
        self.network = fields.byte() != 0
        fields.integer()  # How often a context may run: none is kept here.
        self.secrets = fields.text()
        self.variables = fields.text()


def completed(value):
    return bytes((COMPLETED,)) + text(value)


def raised(kind, message, traceback):
    return bytes((RAISED,)) + text(kind) + text(message) + text(traceback)


def timed_out(seconds):
    return bytes((TIMED_OUT,)) + long(int(seconds * 1000))


def out_of_memory(limit):
    return bytes((OUT_OF_MEMORY,)) + long(limit)


def output_limit(limit):
    return bytes((OUTPUT_LIMIT,)) + long(limit)


def crashed(reason):
    return bytes((CRASHED,)) + text(reason)


CANCELED_OUTCOME = bytes((CANCELED,))
