"""Edges, outlines, shapes, and arithmetic that stops at 0 and 255."""

from cv2 import _no_target, _raster, _vision, error
from cv2._array import imaging, ndarray
from cv2._missing import missing

__all__ = [
    'Canny', 'adaptiveThreshold', 'add', 'addWeighted', 'arcLength', 'bitwise_and', 'bitwise_not', 'bitwise_or',
    'bitwise_xor', 'blur', 'boundingRect', 'circle', 'contourArea', 'destroyAllWindows', 'dilate', 'divide',
    'drawContours', 'ellipse', 'erode', 'fillPoly', 'findContours', 'flip', 'getRotationMatrix2D',
    'getStructuringElement', 'getTextSize', 'imshow', 'inRange', 'line', 'max', 'medianBlur', 'merge', 'min',
    'morphologyEx', 'multiply', 'namedWindow', 'polylines', 'putText', 'rectangle', 'rotate', 'split', 'subtract',
    'waitKey', 'warpAffine',
]  # fmt: skip


def _made(operation, image, *arguments):
    return ndarray.of_raster(_vision(operation, _raster(image), *arguments))


def _color(color):
    numbers = [color] if isinstance(color, (int, float)) else list(color)
    return [float(number) for number in numbers][:4]


def _other(value):
    return _raster(value) if isinstance(value, ndarray) else _color(value)


def _arithmetic(operation):
    def function(src1, src2, dst=None, mask=None):
        _no_target(dst)
        if mask is not None and operation not in ('and', 'or', 'xor'):
            raise missing(f'{operation} with a mask')
        result = _made(operation, src1, _other(src2))
        if mask is None:
            return result
        nothing = result * 0
        nothing[mask > 0] = result
        return nothing

    return function


add, subtract, multiply, divide = (_arithmetic(name) for name in ('add', 'subtract', 'multiply', 'divide'))
bitwise_and, bitwise_or, bitwise_xor = (_arithmetic(name) for name in ('and', 'or', 'xor'))
min, max = _arithmetic('min'), _arithmetic('max')


def bitwise_not(src, dst=None, mask=None):
    """The bits the other way round."""
    if mask is not None:
        raise missing('bitwise_not with a mask')
    return _made('not', src)


def addWeighted(src1, alpha, src2, beta, gamma, dst=None, dtype=-1):  # noqa: N802
    """``src1 * alpha + src2 * beta + gamma``."""
    return _made('weighted', src1, float(alpha), _raster(src2), float(beta), float(gamma))


def Canny(image, threshold1, threshold2, edges=None, apertureSize=3, L2gradient=False):  # noqa: N802, N803
    """The edges, white on black."""
    return _made('canny', image, float(threshold1), float(threshold2), apertureSize, bool(L2gradient))


def adaptiveThreshold(src, maxValue, adaptiveMethod, thresholdType, blockSize, C, dst=None):  # noqa: N802, N803
    """Black and white by what is around each pixel."""
    return _made('adaptive', src, float(maxValue), adaptiveMethod, thresholdType, blockSize, float(C))


def getStructuringElement(shape, ksize, anchor=(-1, -1)):  # noqa: N802
    """A kernel: a rectangle (0), a cross (1) or an ellipse (2)."""
    return ndarray.of_raster(_vision('element', shape, *ksize))


def morphologyEx(src, op, kernel, dst=None, anchor=(-1, -1), iterations=1, borderType=0, borderValue=None):  # noqa: N802, N803
    """The image grown and shrunk in some order."""
    if tuple(anchor) != (-1, -1):
        raise missing('an anchor that is not in the middle')
    kernel = getStructuringElement(0, (3, 3)) if kernel is None else kernel
    return _made('morphology', src, op, _raster(kernel), iterations)


def dilate(src, kernel, dst=None, anchor=(-1, -1), iterations=1, borderType=0, borderValue=None):  # noqa: N803
    """What is light, grown."""
    return morphologyEx(src, 1, kernel, dst, anchor, iterations)


def erode(src, kernel, dst=None, anchor=(-1, -1), iterations=1, borderType=0, borderValue=None):  # noqa: N803
    """What is light, shrunk."""
    return morphologyEx(src, 0, kernel, dst, anchor, iterations)


def medianBlur(src, ksize, dst=None):  # noqa: N802
    """Each sample the median of those around."""
    return _made('median', src, ksize)


def blur(src, ksize, dst=None, anchor=(-1, -1), borderType=4):  # noqa: N803
    """Each sample the mean of those around."""
    return _made('mean_blur', src, *ksize)


def flip(src, flipCode, dst=None):  # noqa: N803
    """Mirrored: 0 top to bottom, 1 left to right, -1 both."""
    return _made('flip', src, flipCode)


def rotate(src, rotateCode, dst=None):  # noqa: N803
    """Turned by a quarter or a half, see the ROTATE_ numbers."""
    return _made('turn', src, rotateCode)


def getRotationMatrix2D(center, angle, scale):  # noqa: N802
    """The matrix that ``warpAffine`` turns with."""
    return ndarray.of_raster(_vision('rotation', float(center[0]), float(center[1]), float(angle), float(scale)))


def warpAffine(src, M, dsize, dst=None, flags=1, borderMode=0, borderValue=0):  # noqa: N802, N803
    """The image moved as a matrix of two rows says."""
    return _made('warp', src, _raster(M), *dsize, flags, borderMode, _color(borderValue))


def inRange(src, lowerb, upperb, dst=None):  # noqa: N802
    """White where all samples lie between two colours."""
    return _made('between', src, _color(lowerb), _color(upperb))


def split(m):
    """One array for each channel."""
    channels = m.shape[2] if m.ndim == 3 else 1
    return tuple(ndarray.of_raster(imaging('channels', _raster(m), [channel])) for channel in range(channels))


def merge(mv, dst=None):
    """One array of several of one channel each."""
    return ndarray.of_raster(imaging('merge', [_raster(one) for one in mv]))


def findContours(image, mode, method, contours=None, hierarchy=None, offset=(0, 0)):  # noqa: N802
    """``(outlines, hierarchy)``; each outline is an array of points."""
    if tuple(offset) != (0, 0):
        raise missing('findContours with an offset')
    found, numbers = list(_vision('outlines', _raster(image), mode, method))
    outlines = tuple(_Points(raster) for raster in found)
    rows = list(numbers)
    return outlines, [[rows[at : at + 4] for at in range(0, len(rows), 4)]] if rows else None


class _Points(ndarray):
    """Points, an array of the shape (count, 1, 2)."""

    def __init__(self, raster, shape=None, dtype='int32'):
        super().__init__(raster, shape or (imaging('shape', raster)[0], 1, 2), dtype)


def _points(value):
    if isinstance(value, ndarray):
        return _raster(value)
    pairs = [pair[0] if len(pair) == 1 else pair for pair in value]
    data = b''.join(int(number).to_bytes(4, 'little', signed=True) for pair in pairs for number in pair)
    return imaging('of_bytes', 1, len(pairs), 2, 'int32', data)


def contourArea(contour, oriented=False):  # noqa: N802
    """The area inside an outline."""
    if oriented:
        raise missing('contourArea with a direction')
    return float(_vision('outline_facts', _points(contour), True)[0])


def arcLength(curve, closed):  # noqa: N802
    """The length of an outline."""
    return float(_vision('outline_facts', _points(curve), bool(closed))[1])


def boundingRect(array):  # noqa: N802
    """``(left, top, width, height)`` of the box around points."""
    return tuple(list(_vision('outline_facts', _points(array), True))[2:])


def _drawn(shape, img, color, thickness, line, *more):
    if not isinstance(img, ndarray):
        raise error(f'an image is expected, not {type(img).__name__}')
    img._raster = _vision(shape, _raster(img), _color(color), thickness, line, *more)
    return img


def _whole(*numbers):
    if not all(isinstance(number, int) for number in numbers):
        raise error("Can't parse a point: whole numbers are expected")
    return numbers


def line(img, pt1, pt2, color, thickness=1, lineType=8, shift=0):  # noqa: N803
    """Draws a line into the image."""
    return _drawn('line', img, color, thickness, lineType, *_whole(*pt1, *pt2))


def rectangle(img, pt1, pt2, color, thickness=1, lineType=8, shift=0):  # noqa: N803
    """Draws a rectangle; with a negative thickness all of it."""
    return _drawn('rectangle', img, color, thickness, lineType, *_whole(*pt1, *pt2))


def circle(img, center, radius, color, thickness=1, lineType=8, shift=0):  # noqa: N803
    """Draws a circle."""
    return _drawn('circle', img, color, thickness, lineType, *_whole(*center, radius))


def ellipse(img, center, axes, angle, startAngle, endAngle, color, thickness=1, lineType=8, shift=0):  # noqa: N803
    """Draws an ellipse or a part of it."""
    numbers = float(axes[0]), float(axes[1]), float(angle), float(startAngle), float(endAngle)
    return _drawn('ellipse', img, color, thickness, lineType, *_whole(*center), *numbers)


def putText(img, text, org, fontFace, fontScale, color, thickness=1, lineType=8, bottomLeftOrigin=False):  # noqa: N802, N803
    """Writes a text whose lower left corner is at a place."""
    if bottomLeftOrigin:
        raise missing('putText upside down')
    return _drawn('text', img, color, thickness, lineType, *_whole(*org), text, fontFace, float(fontScale))


def getTextSize(text, fontFace, fontScale, thickness):  # noqa: N802, N803
    """``((width, height), what is below the line)``."""
    width, height, below = list(_vision('text_size', text, fontFace, float(fontScale), thickness))
    return (width, height), below


def drawContours(image, contours, contourIdx, color, thickness=1, lineType=8, *more):  # noqa: N802, N803
    """Draws one outline, or all for -1."""
    if more:
        raise missing('drawContours with a hierarchy')
    return _drawn('outlines_drawn', image, color, thickness, lineType, [_points(one) for one in contours], contourIdx)


def fillPoly(img, pts, color, lineType=8, shift=0):  # noqa: N802, N803
    """Fills polygons."""
    return _drawn('filled', img, color, 1, lineType, [_points(one) for one in pts])


def polylines(img, pts, isClosed, color, thickness=1, lineType=8, shift=0):  # noqa: N803
    """Is refused; ``drawContours`` draws closed lines."""
    raise missing('polylines')


def imshow(winname, mat):
    """Is refused: a script has no screen."""
    raise missing('imshow, as scripts have no screen (use imwrite),')


def namedWindow(winname, flags=1):  # noqa: N802
    """Is refused as well."""
    raise missing('namedWindow, as scripts have no screen,')


def waitKey(delay=0):  # noqa: N802
    """Is refused: a script has no keyboard."""
    raise missing('waitKey, as scripts have no keyboard,')


def destroyAllWindows():  # noqa: N802
    """Does nothing: there are no windows."""
