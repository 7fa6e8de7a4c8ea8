"""Bytes as they are fed, turned into text; and lines and columns of its positions."""

import codecs

from . import _grammar
from .errors import Malformed

MARKS = (
    (codecs.BOM_UTF8, 'utf-8'),
    (codecs.BOM_UTF16_LE, 'utf-16-le'),
    (codecs.BOM_UTF16_BE, 'utf-16-be'),
)
DECLARATION_LIMIT = 1024
UNCONVERTED = ('utf-8', 'us-ascii', 'ascii')

INVALID_TOKEN = 4
UNCLOSED_TOKEN = 5
PARTIAL_CHARACTER = 6


class Source:
    """The part of the document that was fed and not yet parsed: ``text``."""

    def __init__(self, encoding):
        self.text = ''
        self.line = 1
        self.column = 0
        self.index = 0
        self.size = 0
        # The number of an error when undecodable bytes follow the text, else 0.
        self.broken = 0
        self._bytes = 0
        # Where in the text a carriage return was that went with its newline.
        self._returns = []
        self._codec = 'utf-8'
        self._encoding = encoding
        self._decoder = None
        self._undecided = b''
        self._return = ''

    def feed(self, data, final):
        """Takes bytes, or text."""
        if not isinstance(data, str):
            data = self._decoded(bytes(data), final)
        elif self._decoder is None and not self._undecided:
            data = data[1:] if self.index == 0 and not self.text and data.startswith('\ufeff') else data
        self.size += len(data)
        data = self._return + data
        self._return = ''
        if data.endswith('\r') and not final:
            data, self._return = data[:-1], '\r'
        if '\r' in data:
            known = len(self.text)
            pairs = enumerate(_grammar.LINE_END.finditer(data))
            self._returns += [known + pair.start() - number for number, pair in pairs]
            data = data.replace('\r\n', '\n').replace('\r', '\n')
        self.text += data

    @property
    def is_converted(self):
        """Whether it is in another encoding than that in which Expat tells of it."""
        return self._codec not in UNCONVERTED

    def byte_index(self, at):
        """How many bytes are before a position."""
        before = self.text[:at]
        extra = sum(1 for place in self._returns if place < at)
        if before.isascii() and self._codec[:6] not in ('utf-16', 'utf-32'):
            return self._bytes + len(before) + extra
        size = len(before.encode(self._codec, 'replace'))
        return self._bytes + size + extra * len('\r'.encode(self._codec))

    def drop(self, count):
        """Forgets what was parsed."""
        self.line, self.column = self.place(count)
        self._bytes = self.byte_index(count)
        self._returns = [place - count for place in self._returns if place >= count]
        self.index += count
        self.text = self.text[count:]

    def place(self, at):
        """The line from 1 and the column from 0 of a position."""
        newlines = self.text.count('\n', 0, at)
        if newlines:
            return self.line + newlines, at - self.text.rfind('\n', 0, at) - 1
        return self.line, self.column + at

    def _decoded(self, data, final):
        if self._decoder is None:
            self._undecided += data
            if not self._decide(final):
                return ''
            data, self._undecided = self._undecided, b''
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            self.broken = _problem(error.object[error.start :], self._codec)
            return error.object[: error.start].decode(error.encoding, errors='ignore')

    def _decide(self, final):
        """Finds out the encoding (XML 1.0, appendix F); False when that needs more of the document."""
        data = self._undecided
        if len(data) < 4 and not final:
            return False
        encoding = self._encoding
        for mark, name in MARKS:
            if data.startswith(mark):
                self._undecided = data[len(mark) :]
                self._bytes = len(mark)
                encoding = name
        if encoding is None and (data[:2] == b'<\0' or data[:1] == b'\0'):
            encoding = 'utf-16-le' if data[0] else 'utf-16-be'
        if encoding is None:
            undecided = b'<?xml'.startswith(data[:5]) and b'?>' not in data and len(data) < DECLARATION_LIMIT
            if undecided and not final:
                return False
            declared = _grammar.BYTE_DECLARATION.match(data)
            encoding = declared.group(1).decode() if declared else 'utf-8'
            if declared and encoding.lower().replace('_', '-') in ('utf-16', 'utf16', 'utf-16le', 'utf-16be'):
                raise Malformed(19, declared.start(1))
        try:
            self._decoder = codecs.getincrementaldecoder(encoding)()
            b''.decode(encoding)
        except TypeError:
            raise Malformed(18, 0) from None
        self._codec = encoding.lower()
        return True


def _problem(rest, codec):
    """What is wrong with the bytes where the text ends: half a character, or none at all."""
    if codec.startswith('utf-16'):
        return UNCLOSED_TOKEN if len(rest) == 1 else INVALID_TOKEN
    lead = rest[0]
    size = 2 if 0xC2 <= lead < 0xE0 else 3 if 0xE0 <= lead < 0xF0 else 4 if 0xF0 <= lead < 0xF5 else 0
    is_begun = len(rest) < size and all(0x80 <= byte < 0xC0 for byte in rest[1:])
    return PARTIAL_CHARACTER if is_begun and codec == 'utf-8' else INVALID_TOKEN
