"""Fonts for ``ImageDraw``: TrueType files, and Liberation Sans, which is built in.

Letters are not hinted, so that single pixels differ from Pillow's.
"""

import math
import os

from PIL import _text
from PIL._missing import missing, module_attribute
from PIL._modes import imaging

__path__ = []  # see _pulzar.standins

BUILT_IN = 'LiberationSans-Regular.ttf'


class Layout:
    """How letters are placed; only the simple way is here."""

    BASIC, RAQM = 0, 1


LAYOUT_BASIC, LAYOUT_RAQM = 0, 1


class FreeTypeFont:
    """A font in a size."""

    def __init__(self, font=None, size=10, index=0, encoding='', layout_engine=None):
        if index:
            raise missing('truetype(index=...)')
        if encoding not in ('', 'unic'):
            raise missing(f'truetype(encoding={encoding!r})')
        if size <= 0:
            raise ValueError('font size must be greater than 0')
        self.path, self.size, self.index, self.encoding = font, size, index, encoding
        self.layout_engine = LAYOUT_BASIC
        self._face = _face(font)
        family, style, self._ascent, self._descent = list(imaging('font_facts', self._face, float(size)))
        self._names = family, style
        self._known = {}

    def _line(self, text):
        if isinstance(text, bytes):
            text = text.decode('latin-1')
        found = self._known.get(text)
        if found is None:
            found = tuple(imaging('text', self._face, float(self.size), text))
            if len(self._known) < 64:
                self._known[text] = found
        return found

    def getname(self):
        """Family and style."""
        return self._names

    def getmetrics(self):
        """How far letters reach above and below the line."""
        return self._ascent, self._descent

    def getlength(self, text, mode='', direction=None, features=None, language=None):
        """How far a text advances."""
        _text.refuse(direction, features, language)
        return float(self._line(text)[3])

    def getbbox(self, text, mode='', direction=None, features=None, language=None, stroke_width=0, anchor=None):
        """The box of a text from the place that ``anchor`` means."""
        _text.refuse(direction, features, language)
        left, top, letters, width = self._line(text)
        bottom, right = 0, 0
        if letters is not None:
            height, ink = list(imaging('shape', letters))[:2]
            bottom, right = top + height - 1, left + ink - 1
        # The place where the text begins belongs to the box.
        left, top, right, bottom = min(left, 0), min(top, 0), max(right, math.floor(width + 0.5)), max(bottom, 0)
        x, y = _text.offset(self, width, (top, bottom), anchor or 'la', stroke_width)
        return left + x - stroke_width, top + y - stroke_width, right + x + stroke_width, bottom + y + stroke_width

    def getsize(self, text, direction=None, features=None, language=None, stroke_width=0):
        """Width and height; ``getbbox`` says more."""
        left, _, right, bottom = self.getbbox(text, stroke_width=stroke_width)
        return right - min(left, 0) + stroke_width, bottom + stroke_width

    def getoffset(self, text):
        """How far the letters are from the place of a text."""
        return self.getbbox(text)[:2]

    def getmask(self, text, mode='', *args, **kwargs):
        """The letters as an image in the mode L."""
        from PIL import Image

        letters = self._line(text)[2]
        return Image.new('L', (1, 1)) if letters is None else Image.Image._of(letters, 'L')

    def font_variant(self, font=None, size=None, index=None, encoding=None, layout_engine=None):
        """The same font in another size."""
        return FreeTypeFont(font or self.path, size or self.size, index or self.index, encoding or self.encoding)

    def __getattr__(self, name):
        return module_attribute('ImageFont.FreeTypeFont', name)


def _face(font):
    if font is None:
        return imaging('font', None)
    if hasattr(font, 'read'):
        return imaging('font', font.read())
    path = os.fspath(font)
    try:
        with open(path, 'rb') as file:
            return imaging('font', file.read())
    except FileNotFoundError:
        if os.path.basename(path) == BUILT_IN:
            return imaging('font', None)
        raise OSError(
            f'cannot open resource: there is no font {path!r}. Put the file beside the script, or use {BUILT_IN!r}, '
            'which is built in'
        ) from None


def truetype(font=None, size=10, index=0, encoding='', layout_engine=None):
    """A font from a file in the TrueType format, a path or an open file."""
    return FreeTypeFont(font, size, index, encoding, layout_engine)


def load_default(size=None):
    """The built-in font, in the size 10 unless another is named."""
    return FreeTypeFont(None, 10 if size is None else size)


def __getattr__(name):
    return module_attribute('PIL.ImageFont', name)
