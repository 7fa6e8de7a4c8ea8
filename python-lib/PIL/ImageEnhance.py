"""Colour, contrast, brightness and sharpness by a factor: 0 is none of it, 1 the image as it is."""

from PIL import Image, ImageFilter, ImageStat
from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


class _Enhance:
    def enhance(self, factor):
        """The image with so much of it."""
        return Image.blend(self.degenerate, self.image, factor)

    def _with_alpha(self):
        if 'A' in self.image.getbands():
            self.degenerate.putalpha(self.image.getchannel('A'))


class Color(_Enhance):
    """How colourful."""

    def __init__(self, image):
        self.image = image
        self.intermediate_mode = 'LA' if 'A' in image.getbands() else 'L'
        self.degenerate = image.convert(self.intermediate_mode).convert(image.mode)


class Contrast(_Enhance):
    """How far apart dark and light are."""

    def __init__(self, image):
        self.image = image
        mean = int(ImageStat.Stat(image.convert('L')).mean[0] + 0.5)
        self.degenerate = Image.new('L', image.size, mean).convert(image.mode)
        self._with_alpha()


class Brightness(_Enhance):
    """How light."""

    def __init__(self, image):
        self.image = image
        self.degenerate = Image.new(image.mode, image.size, 0)
        self._with_alpha()


class Sharpness(_Enhance):
    """How sharp; above 1 sharper than it is."""

    def __init__(self, image):
        self.image = image
        self.degenerate = image.filter(ImageFilter.SMOOTH)
        self._with_alpha()


def __getattr__(name):
    return module_attribute('PIL.ImageEnhance', name)
