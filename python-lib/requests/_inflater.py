"""Undoes the compression of a body."""

import zlib

from requests.exceptions import ContentDecodingError

PIECE = 65536


class Inflater:
    """Undoes gzip (several members too) or deflate, never more at once than was asked for.

    gzip's header and checksum are handled here: GraalPy's ``zlib`` does not say where a member ends.
    """

    def __init__(self, encoding):
        self._gzip = encoding != 'deflate'
        self._inflate = None
        self._waiting = b''
        self._checksum = 0
        self._size = 0

    def read(self, receive, amt):
        while True:
            if not self._waiting:
                self._waiting = receive(PIECE)
                if not self._waiting:
                    self._check_end()
                    return b''
            if self._inflate is None:
                self._start(receive)
            piece = self._some(amt)
            if self._inflate.eof:
                self._end(receive)
            if piece:
                return piece

    def _some(self, amt):
        try:
            piece = self._inflate.decompress(self._waiting, amt)
        except zlib.error as error:
            raise ContentDecodingError('the body can not be decompressed: it is damaged') from error
        self._waiting = self._inflate.unconsumed_tail
        if self._gzip:
            self._checksum = zlib.crc32(piece, self._checksum)
            self._size += len(piece)
        return piece

    def _start(self, receive):
        if self._gzip:
            self._skip_header(receive)
            window = -zlib.MAX_WBITS
        else:
            # "deflate" means zlib, but some servers send it without its header.
            has_header = self._waiting[0] & 0x0F == 8 and int.from_bytes(self._waiting[:2], 'big') % 31 == 0
            window = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
        self._inflate = zlib.decompressobj(window)

    def _skip_header(self, receive):
        """Skips a member's header (RFC 1952, 2.3)."""
        head = self._take(10, receive)
        if head[:3] != b'\x1f\x8b\x08':
            raise ContentDecodingError('the body can not be decompressed: it is not gzip')
        flags = head[3]
        if flags & 4:
            self._take(int.from_bytes(self._take(2, receive), 'little'), receive)
        for text_flag in (8, 16):
            while flags & text_flag and self._take(1, receive) != b'\0':
                pass
        if flags & 2:
            self._take(2, receive)

    def _end(self, receive):
        self._waiting = self._inflate.unused_data
        self._inflate = None
        if not self._gzip:
            self._waiting = b''
            return
        expected = self._checksum.to_bytes(4, 'little') + (self._size & 0xFFFFFFFF).to_bytes(4, 'little')
        if self._take(8, receive) != expected:
            raise ContentDecodingError('the body can not be decompressed: its checksum is wrong')
        self._checksum = self._size = 0

    def _take(self, size, receive):
        while len(self._waiting) < size:
            more = receive(PIECE)
            if not more:
                raise ContentDecodingError('the body ended in the middle of its compressed data')
            self._waiting += more
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        return taken

    def _check_end(self):
        if self._inflate is not None:
            raise ContentDecodingError('the body ended in the middle of its compressed data')
