"""What the standard library's ``bz2`` is built on, with the compression in the worker's Java."""

from _pulzar.buffers import contents
from _pulzar.services import Service, to_bytes

_bzip2 = Service('bzip2')


class BZ2Compressor:
    """Compresses in steps."""

    def __init__(self, compresslevel=9, /):
        if not 1 <= compresslevel <= 9:
            raise ValueError('compresslevel must be between 1 and 9')
        self._compressor = _bzip2('compressor', compresslevel)

    def compress(self, data, /):
        """Takes data, and returns what is compressed so far."""
        if self._compressor is None:
            raise ValueError('Compressor has been flushed')
        return to_bytes(_bzip2('compress', self._compressor, contents(data)))

    def flush(self):
        """Returns the rest. The compressor can't be used any more."""
        if self._compressor is None:
            raise ValueError('Repeated call to flush()')
        compressor, self._compressor = self._compressor, None
        return to_bytes(_bzip2('finish', compressor))


class BZ2Decompressor:
    """Decompresses one stream in steps."""

    def __init__(self):
        self._decompressor = _bzip2('decompressor')
        self.eof = False
        self.needs_input = True
        self.unused_data = b''

    def decompress(self, data, max_length=-1):
        """Takes data, and returns at most that many bytes of what is decompressed so far."""
        if self.eof:
            raise EOFError('End of stream already reached')
        if data:
            _bzip2('feed', self._decompressor, contents(data))
        taken = to_bytes(_bzip2('take', self._decompressor, max_length))
        self.needs_input = max_length < 0 or len(taken) < max_length
        if _bzip2('ended', self._decompressor):
            self.eof, self.needs_input = True, False
            self.unused_data = to_bytes(_bzip2('unused', self._decompressor))
        return taken
