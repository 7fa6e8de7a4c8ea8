"""OpenCV for scripts: the functions that most use, with the names and arguments of opencv-python.

OpenCV itself runs in the worker's Java; see ``_pulzar.services``. What is not here raises NotImplementedError with its
name. A real opencv-python that is installed for Pulzar's Python wins over this package.
"""

import os

from cv2._array import ndarray
from cv2._constants import NUMBERS
from cv2._missing import missing

from _pulzar.services import Service, to_bytes

__version__ = '4.9.0'

globals().update(NUMBERS)


class error(Exception):  # noqa: N801, the name that scripts know
    """OpenCV refused a call; the text says why."""


_vision = Service('vision', {'cv2.error': error, 'ValueError': error})


def imread(filename, flags=NUMBERS['IMREAD_COLOR']):
    """Reads an image as an array of blue, green and red; None when there is none at that path."""
    try:
        with open(filename, 'rb') as file:
            return imdecode(file.read(), flags)
    except (FileNotFoundError, IsADirectoryError):
        return None


def imdecode(buf, flags):
    """Reads an image from bytes or a row of bytes; None when they are no image."""
    data = buf.tobytes() if isinstance(buf, ndarray) else bytes(buf)
    if not data:
        return None
    raster = _vision('decode', data, flags)
    return None if raster is None else ndarray.of_raster(raster)


def imwrite(filename, img, params=()):
    """Writes an image in the format of the name's ending; True when it is written."""
    _, encoded = imencode(os.path.splitext(filename)[1], img, params)
    with open(filename, 'wb') as file:
        file.write(encoded.tobytes())
    return True


def imencode(ext, img, params=()):
    """``(True, bytes as a row)`` of an image in a format such as ``'.png'``."""
    return True, ndarray.of_bytes(to_bytes(_vision('encode', ext, _raster(img), list(params or ()))))


def cvtColor(src, code, dst=None, dstCn=0):  # noqa: N802, N803
    """The image in another colour space."""
    _no_target(dst)
    return ndarray.of_raster(_vision('color', _raster(src), code, dstCn))


def matchTemplate(image, templ, method, result=None, mask=None):  # noqa: N802
    """How well the template fits at each place: float32, smaller than the image by the template less one.

    Where ``mask``, which is as large as the template, is 0, the template does not count.
    """
    _no_target(result)
    masks = () if mask is None else (_raster(mask),)
    return ndarray.of_raster(_vision('match', _raster(image), _raster(templ), method, *masks))


def minMaxLoc(src, mask=None):  # noqa: N802
    """``(minimum, maximum, (x, y) of the minimum, (x, y) of the maximum)``."""
    if mask is not None:
        raise missing('minMaxLoc with a mask')
    low, high, low_x, low_y, high_x, high_y = list(_vision('extremes', _raster(src)))
    return float(low), float(high), (low_x, low_y), (high_x, high_y)


def resize(src, dsize, dst=None, fx=0, fy=0, interpolation=NUMBERS['INTER_LINEAR']):
    """The image as ``dsize`` (width, height), or scaled by ``fx`` and ``fy`` when that is None."""
    _no_target(dst)
    width, height = dsize or (0, 0)
    return ndarray.of_raster(_vision('resize', _raster(src), width, height, fx, fy, interpolation))


def threshold(src, thresh, maxval, type, dst=None):
    """``(the threshold that was used, the image)``."""
    _no_target(dst)
    used, raster = list(_vision('threshold', _raster(src), thresh, maxval, type))
    return float(used), ndarray.of_raster(raster)


def GaussianBlur(src, ksize, sigmaX, dst=None, sigmaY=0, borderType=NUMBERS['BORDER_DEFAULT']):  # noqa: N802, N803
    """The image blurred with a kernel of ``ksize`` (width, height), odd numbers, or from sigma when they are 0."""
    _no_target(dst)
    width, height = ksize
    return ndarray.of_raster(_vision('blur', _raster(src), width, height, sigmaX, sigmaY, borderType))


def absdiff(src1, src2, dst=None):
    """The absolute difference of two images, or of an image and a number or a colour."""
    _no_target(dst)
    if isinstance(src2, ndarray):
        other = _raster(src2)
    else:
        other = [src2, 0, 0, 0] if isinstance(src2, (int, float)) else list(src2)
    return ndarray.of_raster(_vision('difference', _raster(src1), other))


def _raster(image):
    if not isinstance(image, ndarray):
        raise error(f'an image is expected, not {type(image).__name__}')
    if image.ndim == 1 or not image.size:
        raise error('the image is empty' if not image.size else 'an image is expected, not a row of bytes')
    return image._raster


def _no_target(target):
    if target is not None:
        raise missing('writing the result into an array that exists (dst=)')


from cv2._shapes import *  # noqa: E402, F403 what needs the names above


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    raise missing(f'cv2.{name}')
