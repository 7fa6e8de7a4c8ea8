"""Operations on whole images, most for the modes L and RGB, as in Pillow."""

from PIL._exif import Exif
from PIL._formats import UPRIGHT
from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


def grayscale(image):
    """The image in the mode L."""
    return image.convert('L')


def invert(image):
    """The negative."""
    return image.point([255 - value for value in range(256)] * len(_bands(image)))


def mirror(image):
    """Left and right exchanged."""
    return image.transpose(0)


def flip(image):
    """Top and bottom exchanged."""
    return image.transpose(1)


def exif_transpose(image, *, in_place=False):
    """The image upright, as its camera says that it was held; a copy where that changes nothing.

    ``in_place``
        changes the image itself, and returns nothing
    """
    tags = image.getexif()
    turn = UPRIGHT.get(tags.get(0x0112))
    upright = image if in_place else image.copy()
    if turn is not None:
        upright._raster = image.transpose(turn)._raster
    upright.info = dict(image.info)
    if turn is not None:
        kept = Exif()
        kept.load(image.info.get('exif'))
        kept.pop(0x0112, None)
        upright._exif = kept
        if 'exif' in upright.info:
            upright.info['exif'] = kept.tobytes()
    return None if in_place else upright


def autocontrast(image, cutoff=0, ignore=None, mask=None, preserve_tone=False):
    """The darkest sample of each band becomes 0 and the lightest 255.

    ``cutoff``
        percent of the samples to leave out at both ends, or ``(low, high)``
    ``ignore``
        a value that is not looked at
    """
    if mask is not None or preserve_tone:
        from PIL._missing import missing

        raise missing('autocontrast with mask or preserve_tone')
    cut = cutoff if isinstance(cutoff, tuple) else (cutoff, cutoff)
    histogram = image.histogram()
    table = []
    for band in range(len(_bands(image))):
        counts = histogram[band * 256 : band * 256 + 256]
        if ignore is not None:
            counts[ignore] = 0
        total = sum(counts)
        _cut(counts, int(total * cut[0] // 100), range(256))
        _cut(counts, int(total * cut[1] // 100), range(255, -1, -1))
        present = [value for value in range(256) if counts[value]]
        table += _stretched(present[0] if present else 255, present[-1] if present else 0)
    return image.point(table)


def _cut(counts, amount, order):
    for value in order:
        taken = min(amount, counts[value])
        counts[value] -= taken
        amount -= taken
        if amount <= 0:
            return


def _stretched(low, high):
    if high <= low:
        return list(range(256))
    scale = 255.0 / (high - low)
    return [min(255, max(0, int(value * scale - low * scale))) for value in range(256)]


def _bands(image):
    if image.mode not in ('L', 'RGB'):
        if image.mode == 'P':
            from PIL._missing import missing

            raise missing('ImageOps on images with palettes (convert them first)')
        raise OSError(f'not supported for mode {image.mode}')
    return image.getbands()


def __getattr__(name):
    return module_attribute('PIL.ImageOps', name)
