"""Arithmetic with whole images."""

from PIL._missing import module_attribute
from PIL._modes import imaging

__path__ = []  # see _pulzar.standins


def _combined(name, one, other, scale=1.0, offset=0):
    for image in (one, other):
        if image.mode in ('I', 'F'):
            raise ValueError('image has wrong mode')
    if one.mode != other.mode:
        raise ValueError('images do not match')
    return one._like(imaging('combine', name, one._raster, other._raster, float(scale), float(offset)))


def constant(image, value):
    """An image in the mode L of one value."""
    from PIL import Image

    return Image.new('L', image.size, value)


def duplicate(image):
    """A copy."""
    return image.copy()


def invert(image):
    """The negative."""
    return image.point([255 - value for value in range(256)] * len(image.getbands()))


def lighter(image1, image2):
    """The lighter of both, sample by sample."""
    return _combined('lighter', image1, image2)


def darker(image1, image2):
    """The darker of both."""
    return _combined('darker', image1, image2)


def difference(image1, image2):
    """How far both are apart."""
    return _combined('difference', image1, image2)


def multiply(image1, image2):
    """Both one over the other, as slides."""
    return _combined('multiply', image1, image2)


def screen(image1, image2):
    """Both projected onto the same screen."""
    return _combined('screen', image1, image2)


def overlay(image1, image2):
    """Dark parts multiplied, light ones screened, as the first image says."""
    return _combined('overlay', image1, image2)


def hard_light(image1, image2):
    """The same as the second image says."""
    return _combined('hard_light', image1, image2)


def soft_light(image1, image2):
    """The same, softly."""
    return _combined('soft_light', image1, image2)


def add(image1, image2, scale=1.0, offset=0):
    """The sum, divided by ``scale``, plus ``offset``."""
    return _combined('add', image1, image2, scale, offset)


def subtract(image1, image2, scale=1.0, offset=0):
    """The difference with its sign, divided by ``scale``, plus ``offset``."""
    return _combined('subtract', image1, image2, scale, offset)


def add_modulo(image1, image2):
    """The sum, beginning again at 256."""
    return _combined('add_modulo', image1, image2)


def subtract_modulo(image1, image2):
    """The difference, beginning again below 0."""
    return _combined('subtract_modulo', image1, image2)


def _logical(name, one, other):
    if one.mode != '1' or other.mode != '1':
        raise ValueError('image has wrong mode')
    return _combined(name, one, other)


def logical_and(image1, image2):
    """White where both are; for the mode 1."""
    return _logical('and', image1, image2)


def logical_or(image1, image2):
    """White where one is."""
    return _logical('or', image1, image2)


def logical_xor(image1, image2):
    """White where only one is."""
    return _logical('xor', image1, image2)


def blend(image1, image2, alpha):
    """See ``Image.blend``."""
    from PIL import Image

    return Image.blend(image1, image2, alpha)


def composite(image1, image2, mask):
    """See ``Image.composite``."""
    from PIL import Image

    return Image.composite(image1, image2, mask)


def offset(image, xoffset, yoffset=None):
    """The image moved; what leaves at one side comes in at the other."""
    yoffset = xoffset if yoffset is None else yoffset
    width, height = image.size
    x, y = xoffset % width, yoffset % height
    result = image.copy()
    for left in (x - width, x):
        for top in (y - height, y):
            result.paste(image, (left, top))
    return result


def __getattr__(name):
    return module_attribute('PIL.ImageChops', name)
