"""Texts that are saved with a PNG."""

import struct
import zlib

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


class iTXt(str):  # noqa: N801 Pillow's name
    """A text with its language and the key in that language."""

    def __new__(cls, text, lang=None, tkey=None):
        made = super().__new__(cls, text)
        made.lang, made.tkey = lang, tkey
        return made


class PngInfo:
    """Takes texts for ``save(pnginfo=...)``."""

    def __init__(self):
        self.chunks = []

    def add(self, cid, data, after_idat=False):
        """Adds a chunk as it is."""
        self.chunks.append((cid, data))

    def add_text(self, key, value, zip=False):
        """Adds a text under a key."""
        key = key.encode('latin-1') if isinstance(key, str) else key
        if isinstance(value, iTXt):
            self.add_itxt(key, value, value.lang or '', value.tkey or '', zip)
            return
        if isinstance(value, str):
            try:
                value = value.encode('latin-1')
            except UnicodeError:
                self.add_itxt(key, value, zip=zip)
                return
        self.add(b'zTXt', key + b'\0\0' + zlib.compress(value)) if zip else self.add(b'tEXt', key + b'\0' + value)

    def add_itxt(self, key, value, lang='', tkey='', zip=False):
        """Adds a text in UTF-8."""
        key, value, lang, tkey = (
            text if isinstance(text, bytes) else text.encode('latin-1' if number == 0 else 'utf-8')
            for number, text in enumerate((key, value, lang, tkey))
        )
        content = zlib.compress(value) if zip else value
        self.add(b'iTXt', key + (b'\0\1\0' if zip else b'\0\0\0') + lang + b'\0' + tkey + b'\0' + content)


def chunk(name, data):
    """The bytes of a chunk."""
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))


def __getattr__(name):
    return module_attribute('PIL.PngImagePlugin', name)
