"""Pillow's Image module: open, create, change and save images."""

import io
import os

from PIL import UnidentifiedImageError, _formats, _modes
from PIL._combined import Combined, alpha_composite, blend, composite
from PIL._geometry import Geometry
from PIL._missing import missing, module_attribute
from PIL._modes import imaging
from PIL._samples import packed, pixel_bytes, samples_of, unpacked

from _pulzar.services import to_bytes

__path__ = []  # see _pulzar.standins
__all__ = ['Image', 'alpha_composite', 'blend', 'composite', 'frombytes', 'merge', 'new', 'open']

MAX_IMAGE_PIXELS = 40_000_000


class DecompressionBombWarning(RuntimeWarning):
    """Kept for scripts that silence it."""


class DecompressionBombError(Exception):
    """Kept for scripts that catch it: images over the limit raise ValueError."""


NEAREST, LANCZOS, BILINEAR, BICUBIC, BOX, HAMMING = range(6)
ANTIALIAS = LANCZOS
FLIP_LEFT_RIGHT, FLIP_TOP_BOTTOM, ROTATE_90, ROTATE_180, ROTATE_270, TRANSPOSE, TRANSVERSE = range(7)
NONE, FLOYDSTEINBERG = 0, 3
WEB, ADAPTIVE = 0, 1


class Resampling:
    """How samples between pixels are found."""

    NEAREST, LANCZOS, BILINEAR, BICUBIC, BOX, HAMMING = range(6)


class Transpose:
    """Ways to turn and mirror."""

    FLIP_LEFT_RIGHT, FLIP_TOP_BOTTOM, ROTATE_90, ROTATE_180, ROTATE_270, TRANSPOSE, TRANSVERSE = range(7)


class Dither:
    """Ways to get to black and white."""

    NONE, ORDERED, RASTERIZE, FLOYDSTEINBERG = range(4)


def open(fp, mode='r', formats=None):
    """Reads an image from a path or a file object. The whole image is read, not only its header."""
    if mode != 'r':
        raise ValueError(f'bad mode {mode!r}')
    if hasattr(fp, 'read'):
        _rewind(fp)
        data, name = fp.read(), repr(fp)
    else:
        import builtins

        name = repr(os.fspath(fp))
        with builtins.open(fp, 'rb') as file:
            data = file.read()
    kind, pixel_mode, raster, palette, info, frames = _formats.read(data, name)
    if formats is not None and kind not in formats:
        raise UnidentifiedImageError(f'cannot identify image file {name}')
    image = Image._of(raster, pixel_mode, palette, info)
    image.format = kind
    image.format_description = _formats.DESCRIPTIONS.get(kind)
    image.filename = '' if hasattr(fp, 'read') else os.fspath(fp)
    if frames is not None:
        image.n_frames, image.is_animated = frames, frames > 1
    if kind == 'PNG':
        image.text = {name: value for name, value in info.items() if isinstance(value, str)}
    return image


def _rewind(file):
    """Pillow reads from the start, wherever the file is; one that can't go back is read from where it is."""
    try:
        file.seek(0)
    except (AttributeError, io.UnsupportedOperation):
        pass


def new(mode, size, color=0):
    """An image of one colour; black by default."""
    _modes.check(mode)
    width, height = size
    return Image._of(imaging('new', width, height, _modes.dtype(mode), samples_of(color, mode)), mode)


def frombytes(mode, size, data, decoder_name='raw', *args):
    """An image from its samples, in the layout of ``tobytes``."""
    _modes.check(mode)
    if decoder_name != 'raw' or (args and args not in ((mode,), (mode, 0, 1), ((mode, 0, 1),))):
        raise missing('frombytes with another layout')
    width, height = size
    if mode == '1':
        data = unpacked(bytes(data), width, height)
    expected = width * height * len(_modes.BANDS[mode]) * (4 if mode == 'I' else 1)
    if len(data) < expected:
        raise ValueError('not enough image data')
    if len(data) > expected:
        raise ValueError('cannot decode image data')
    bands = len(_modes.BANDS[mode])
    palette = bytes(value for grey in range(256) for value in (grey, grey, grey)) if mode == 'P' else None
    return Image._of(imaging('of_bytes', width, height, bands, _modes.dtype(mode), bytes(data)), mode, palette)


def fromarray(obj, mode=None):
    """An image from an array of cv2: its channels are taken as they come, so blue and red stay exchanged."""
    raster = getattr(obj, '_raster', None)
    if raster is None:
        raise missing('fromarray with anything but an array of cv2')
    _, _, channels, dtype = imaging('shape', raster)
    if dtype != 'uint8':
        raise TypeError(f'Cannot handle this data type: {dtype}')
    return Image._of(raster, mode or {1: 'L', 3: 'RGB', 4: 'RGBA'}[channels])


def merge(mode, bands):
    """An image from one image for each band."""
    _modes.check(mode)
    if len(_modes.BANDS[mode]) != len(bands):
        raise ValueError('wrong number of bands')
    return Image._of(imaging('merge', [band._raster for band in bands]), mode)


class Image(Geometry, Combined):
    """An image: ``mode``, ``size``, ``format`` (None unless it was read from a file) and ``info``."""

    format = None
    format_description = None

    def __init__(self):
        self._raster = None
        self._palette = None
        self._exif = None
        self._turned = False
        self.mode = ''
        self.info = {}

    # Whoever takes ``_raster`` may keep it: after that, what changes pixels in place works on a copy.
    @property
    def _raster(self):
        self._owned = False
        return self._pixels

    @_raster.setter
    def _raster(self, raster):
        self._pixels, self._owned = raster, False

    def _own(self):
        """Pixels that nobody else holds, to be changed in place."""
        if not self._owned:
            self._pixels = imaging('region', self._pixels, 0, 0, *self.size)
            self._owned = True
        return self._pixels

    @classmethod
    def _of(cls, raster, mode, palette=None, info=None):
        image = Image()
        image._raster = raster
        image.mode = mode
        image._palette = palette
        image.info = dict(info or {})
        return image

    def _like(self, raster, mode=None):
        image = Image._of(raster, mode or self.mode, self._palette if mode in (None, 'P') else None, self.info)
        image._turned = self._turned
        return image

    def _blank(self, size, color):
        return new(self.mode, size, color)._raster

    @property
    def size(self):
        if self._pixels is None:
            return (0, 0)
        height, width, _, _ = imaging('shape', self._pixels)
        return (width, height)

    @property
    def width(self):
        return self.size[0]

    @property
    def height(self):
        return self.size[1]

    def getbands(self):
        """The names of the bands."""
        return _modes.BANDS[self.mode]

    def palette_bytes(self):
        """Red, green and blue of each colour; None without a palette."""
        return self._palette

    def getpalette(self, rawmode='RGB'):
        """The palette as a list of 768 numbers; None without one."""
        if rawmode != 'RGB':
            raise missing(f'getpalette({rawmode!r})')
        return None if self._palette is None else list(self._palette)

    # Files and bytes.

    def save(self, fp, format=None, **params):
        """Writes the image; the path's ending chooses the format unless it is named."""
        data = _formats.encode(self, _formats.format_of(fp, format), params)
        if hasattr(fp, 'write'):
            fp.write(data)
            return
        import builtins

        with builtins.open(fp, 'wb') as file:
            file.write(data)

    def tobytes(self, encoder_name='raw', *args):
        """The samples: rows from the top, the bands of a pixel together; eight pixels a byte in the mode 1."""
        if encoder_name != 'raw' or args:
            raise missing('tobytes with another layout')
        data = to_bytes(imaging('to_bytes', self._raster))
        return packed(data, *self.size) if self.mode == '1' else data

    def load(self):
        """Access to pixels by ``[x, y]``."""
        return PixelAccess(self)

    def verify(self):
        """Does nothing: the image was read whole."""

    def close(self):
        """Forgets the pixels."""
        self._raster = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def copy(self):
        """An image of its own."""
        return self._like(self._raster)

    # Pixels.

    def getpixel(self, xy):
        """The sample at ``(x, y)``, or the tuple of samples."""
        x, y = _inside(xy, self.size)
        bands = len(self.getbands())
        samples = tuple(imaging('samples', self._pixels, x, y, bands))
        return samples[0] if bands == 1 else samples

    def putpixel(self, xy, value):
        """Changes one pixel."""
        x, y = _inside(xy, self.size)
        imaging('put', self._own(), x, y, pixel_bytes(samples_of(value, self.mode), self.mode))

    def getdata(self, band=None):
        """All pixels as a list, row by row."""
        width, height = self.size
        bands = len(self.getbands())
        samples = []
        for y in range(height):
            samples += list(imaging('samples', self._raster, 0, y, width * bands))
        if bands == 1:
            return samples
        if band is not None:
            return samples[band::bands]
        return list(zip(*(samples[start::bands] for start in range(bands))))

    def getbbox(self):
        """``(left, top, right, bottom)`` of what is not zero; None when all is."""
        bounds = imaging('bounds', self._raster)
        return None if bounds is None else tuple(bounds)

    def histogram(self, mask=None, extrema=None):
        """How often each of 256 values occurs, band after band; where a mask is set."""
        if extrema is not None:
            raise missing('histogram with extrema')
        if mask is None:
            return list(imaging('histogram', self._raster))
        if mask.mode not in ('1', 'L'):
            raise ValueError('bad transparency mask')
        if mask.size != self.size:
            raise ValueError('mask size does not match')
        counts = [0] * (256 * len(self.getbands()))
        for set_here, pixel in zip(mask.tobytes() if mask.mode == 'L' else mask.convert('L').tobytes(), self.getdata()):
            if set_here:
                for band, value in enumerate(pixel if isinstance(pixel, tuple) else (pixel,)):
                    counts[band * 256 + value] += 1
        return counts

    def getextrema(self):
        """``(lowest, highest)``, for several bands a tuple of these."""
        counts = self.histogram()
        found = []
        for band in range(len(self.getbands())):
            values = [value for value in range(256) if counts[band * 256 + value]]
            found.append((values[0], values[-1]))
        return found[0] if len(found) == 1 else tuple(found)

    def split(self):
        """One image in the mode L for each band."""
        if len(self.getbands()) == 1:
            return (self.copy(),)
        return tuple(self.getchannel(band) for band in range(len(self.getbands())))

    def getchannel(self, channel):
        """One band, by number or by name, in the mode L."""
        if isinstance(channel, str):
            if channel not in self.getbands():
                raise ValueError(f'The image has no channel "{channel}"')
            channel = self.getbands().index(channel)
        return self._like(imaging('channels', self._raster, [channel]), 'L')

    # Other images made of this one.

    def convert(self, mode=None, matrix=None, dither=FLOYDSTEINBERG, palette=WEB, colors=256):
        """The image in another mode."""
        if matrix is not None:
            raise missing('convert with a matrix')
        if mode is None:
            mode = 'RGB' if self.mode == 'P' else self.mode
        if mode == self.mode:
            return self.copy()
        transparency = self.info.get('transparency')
        if transparency is not None and self.mode != 'P' and mode in ('RGBA', 'LA'):
            raise missing('converting a transparent colour into alpha')
        raster = _modes.convert(self._raster, self.mode, mode, self._palette, transparency, dither)
        converted = self._like(raster, mode)
        if mode in ('RGBA', 'LA') or self.mode == 'P':
            converted.info.pop('transparency', None)
        return converted

    def filter(self, filter):
        """The image through a filter of ``ImageFilter``."""
        chosen = filter() if isinstance(filter, type) else filter
        if not hasattr(chosen, 'apply'):
            raise TypeError('filter argument should be ImageFilter.Filter instance or class')
        if self.mode in ('P', '1', 'I'):
            raise ValueError('cannot filter palette images' if self.mode == 'P' else 'image has wrong mode')
        return self._like(chosen.apply(self._raster))

    def point(self, lut, mode=None):
        """Each sample through a table of 256 numbers for each band, or through a function."""
        if mode not in (None, self.mode):
            raise missing('point with another mode')
        if self.mode == 'I':
            raise missing('point in the mode I')
        if callable(lut):
            lut = [lut(value) for value in range(256)] * len(self.getbands())
        return self._like(imaging('tables', self._raster, bytes(min(255, max(0, round(value))) for value in lut)))

    def paste(self, im, box=None, mask=None):
        """Puts an image or a colour into this one, where the mask allows it."""
        if isinstance(box, Image):
            box, mask = None, box
        left, top = (0, 0) if box is None else box[:2]
        if not isinstance(im, Image):
            size = mask.size if mask else self.size if box is None else (box[2] - left, box[3] - top)
            im = new(self.mode, size, im)
        elif box is not None and len(box) == 4 and (box[2] - left, box[3] - top) != im.size:
            raise ValueError('images do not match')
        if im.mode != self.mode:
            im = im.convert(self.mode)
        cover = None
        if mask is not None:
            cover = mask.getchannel('A')._raster if mask.mode in ('RGBA', 'LA') else mask._raster
        self._raster = imaging('paste', self._raster, im._raster, int(left), int(top), cover)

    def __eq__(self, other):
        if not isinstance(other, Image):
            return NotImplemented
        same = (self.mode, self.size, self.info) == (other.mode, other.size, other.info)
        return same and self._palette == other._palette and self.tobytes() == other.tobytes()

    __hash__ = None

    def __repr__(self):
        return f'<PIL.Image.Image image mode={self.mode} size={self.width}x{self.height}>'

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        raise missing(f'Image.{name}')


def frombuffer(mode, size, data, decoder_name='raw', *args):
    """An image from its samples; like ``frombytes``."""
    return frombytes(mode, size, bytes(data), decoder_name, *args)


def eval(image, *args):
    """Each sample through a function."""
    return image.point(args[0])


def getmodebands(mode):
    """How many bands a mode has."""
    return len(_modes.BANDS[mode])


def getmodebandnames(mode):
    """Their names."""
    return _modes.BANDS[mode]


def registered_extensions():
    """Endings of names and the formats that they mean."""
    return dict(_formats.FORMATS)


class PixelAccess:
    """``pixels[x, y]`` to read and change single pixels."""

    def __init__(self, image):
        self._image = image

    def __getitem__(self, xy):
        return self._image.getpixel(xy)

    def __setitem__(self, xy, value):
        self._image.putpixel(xy, value)


def _inside(xy, size):
    x, y = xy
    x, y = x + size[0] if x < 0 else x, y + size[1] if y < 0 else y
    if not (0 <= x < size[0] and 0 <= y < size[1]):
        raise IndexError('image index out of range')
    return int(x), int(y)


def __getattr__(name):
    return module_attribute('PIL.Image', name)
