"""What makes an image of two, and what changes an image as a whole."""

import math

from PIL._missing import missing
from PIL._modes import imaging


def _image():
    from PIL import Image

    return Image


def blend(im1, im2, alpha):
    """``im1 * (1 - alpha) + im2 * alpha``."""
    if im1.mode != im2.mode:
        raise ValueError('images do not match')
    if im1.mode in ('1', 'P', 'I'):
        raise ValueError('image has wrong mode')
    return im1._like(imaging('blend', im1._raster, im2._raster, float(alpha)))


def composite(image1, image2, mask):
    """The first image where the mask is set, else the second."""
    result = image2.copy()
    result.paste(image1, None, mask)
    return result


def alpha_composite(im1, im2):
    """The second image, in RGBA, over the first."""
    if im1.mode != 'RGBA' or im2.mode != 'RGBA':
        raise ValueError('images do not match' if im1.mode != im2.mode else 'image has wrong mode')
    return im1._like(imaging('over', im1._raster, im2._raster))


class Combined:
    """The part of ``Image`` that has to do with whole images, their frames and what cameras say."""

    def alpha_composite(self, im, dest=(0, 0), source=(0, 0)):
        """Lays an image in RGBA over a part of this one."""
        if min(source) < 0:
            raise ValueError('Source must be non-negative')
        above = im if source == (0, 0) else im.crop((*source, *im.size)[: 4 if len(source) == 2 else None])
        if len(source) == 4:
            above = im.crop(source)
        box = (*dest, dest[0] + above.width, dest[1] + above.height)
        below = self.crop(box)
        self.paste(alpha_composite(below, above), box)

    def putalpha(self, alpha):
        """Gives the image an alpha, an image or a number."""
        bands = {'L': 'LA', 'LA': 'LA', 'RGB': 'RGBA', 'RGBA': 'RGBA'}.get(self.mode)
        if bands is None:
            raise missing(f'putalpha in the mode {self.mode}')
        if isinstance(alpha, int):
            alpha = _image().new('L', self.size, alpha)
        elif alpha.mode not in ('1', 'L'):
            raise ValueError('illegal image mode')
        elif alpha.size != self.size:
            raise ValueError('images do not match')
        colors = self.convert('L' if bands == 'LA' else 'RGB') if self.mode != bands else self
        parts = [colors.getchannel(band)._raster for band in range(len(bands) - 1)]
        self._raster = imaging('merge', [*parts, alpha._raster])
        self.mode = bands

    def putdata(self, data, scale=1.0, offset=0.0):
        """Takes the pixels from a sequence, row by row."""
        if self.mode == 'I':
            raise missing('putdata in the mode I')
        bands = len(self.getbands())
        samples = bytearray(self.tobytes() if self.mode != '1' else self.convert('L').tobytes())
        at = 0
        for pixel in data:
            values = pixel if isinstance(pixel, (tuple, list)) else (pixel,)
            if len(values) != bands:
                raise TypeError('color must be int or tuple')
            if at + bands > len(samples):
                raise TypeError('too many data entries')
            samples[at : at + bands] = bytes(min(255, max(0, int(value * scale + offset))) for value in values)
            at += bands
        self._raster = imaging('of_bytes', *self.size, bands, 'uint8', bytes(samples))

    def getcolors(self, maxcolors=256):
        """``[(how often, colour)]``, None when there are more than ``maxcolors``."""
        counts = {}
        for pixel in self.getdata():
            counts[pixel] = counts.get(pixel, 0) + 1
            if len(counts) > maxcolors:
                return None
        if len(self.getbands()) == 1:
            return [(counts[value], value) for value in sorted(counts)]
        return [(count, pixel) for pixel, count in counts.items()]

    def entropy(self, mask=None, extrema=None):
        """How many bits a sample is worth."""
        counts = [count for count in self.histogram(mask, extrema) if count]
        total = sum(counts)
        return -sum(count / total * math.log2(count / total) for count in counts)

    def getexif(self):
        """The tags that the camera wrote, to be read and changed."""
        from PIL import _exif

        if self._exif is None:
            self._exif = _exif.Exif()
            self._exif.load(self.info.get('exif'))
        return self._exif

    def _getexif(self):
        """All tags in one dict, or None; older scripts ask a JPEG like this."""
        if 'exif' not in self.info:
            return None
        found = self.getexif()
        tags = {**found, **found.get_ifd(0x8769)}
        if 0x8825 in tags:
            tags[0x8825] = found.get_ifd(0x8825)
        return tags

    def seek(self, frame):
        """Goes to a frame; only the first one is here."""
        frames = self.__dict__.get('n_frames', 1)
        if not 0 <= frame < frames:
            raise EOFError('attempt to seek outside sequence') if 'n_frames' in self.__dict__ else EOFError
        if frame:
            raise missing('frames after the first')

    def tell(self):
        """The frame, which is the first."""
        return 0

    def show(self, title=None):
        """Is refused: a script has no screen."""
        raise missing('Image.show, as scripts have no screen,')
