"""Filters for ``Image.filter``."""

from PIL._missing import module_attribute
from PIL._modes import imaging

__path__ = []  # see _pulzar.standins


class Kernel:
    """A weighted sum of 3x3 or 5x5 neighbours, divided by ``scale`` (their sum by default), plus ``offset``."""

    name = 'Kernel'

    def __init__(self, size, kernel, scale=None, offset=0):
        if len(kernel) != size[0] * size[1]:
            raise ValueError('not enough coefficients in kernel')
        scale = sum(kernel) if scale is None else scale
        self.filterargs = size, scale, offset, kernel

    def apply(self, raster):
        _, scale, offset, kernel = self.filterargs
        return imaging('kernel', raster, [weight / scale for weight in kernel], offset)


class _Built(Kernel):
    def __init__(self):
        super().__init__(*self.arguments)


_HYPHENATED = {'EDGE_ENHANCE': 'Edge-enhance', 'EDGE_ENHANCE_MORE': 'Edge-enhance More'}


def _built(name, size, scale, offset, *kernel):
    shown = _HYPHENATED.get(name, name.replace('_', ' ').title())
    return type(name, (_Built,), {'name': shown, 'arguments': ((size, size), kernel, scale, offset), '__doc__': name})


_ROW = (1, 1, 1, 1, 1)
BLUR = _built('BLUR', 5, 16, 0, *_ROW, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, *_ROW)
CONTOUR = _built('CONTOUR', 3, 1, 255, -1, -1, -1, -1, 8, -1, -1, -1, -1)
DETAIL = _built('DETAIL', 3, 6, 0, 0, -1, 0, -1, 10, -1, 0, -1, 0)
EDGE_ENHANCE = _built('EDGE_ENHANCE', 3, 2, 0, -1, -1, -1, -1, 10, -1, -1, -1, -1)
EDGE_ENHANCE_MORE = _built('EDGE_ENHANCE_MORE', 3, 1, 0, -1, -1, -1, -1, 9, -1, -1, -1, -1)
EMBOSS = _built('EMBOSS', 3, 1, 128, -1, 0, 0, 0, 1, 0, 0, 0, 0)
FIND_EDGES = _built('FIND_EDGES', 3, 1, 0, -1, -1, -1, -1, 8, -1, -1, -1, -1)
SHARPEN = _built('SHARPEN', 3, 16, 0, -2, -2, -2, -2, 32, -2, -2, -2, -2)
SMOOTH = _built('SMOOTH', 3, 13, 0, 1, 1, 1, 1, 5, 1, 1, 1, 1)
SMOOTH_MORE = _built(
    'SMOOTH_MORE', 5, 100, 0, *_ROW, 1, 5, 5, 5, 1, 1, 5, 44, 5, 1, 1, 5, 5, 5, 1, *_ROW
)  # fmt: skip


class RankFilter:
    """The sample with a rank among its ``size`` x ``size`` neighbours."""

    name = 'Rank'

    def __init__(self, size, rank):
        self.size = size
        self.rank = rank

    def apply(self, raster):
        return imaging('rank', raster, self.size, self.rank)


class MedianFilter(RankFilter):
    """The median of the neighbours."""

    name = 'Median'

    def __init__(self, size=3):
        super().__init__(size, size * size // 2)


class MinFilter(RankFilter):
    """The smallest of the neighbours."""

    name = 'Min'

    def __init__(self, size=3):
        super().__init__(size, 0)


class MaxFilter(RankFilter):
    """The largest of the neighbours."""

    name = 'Max'

    def __init__(self, size=3):
        super().__init__(size, size * size - 1)


class BoxBlur:
    """The mean of the pixels within ``radius``."""

    name = 'BoxBlur'

    def __init__(self, radius):
        self.radius = radius

    def apply(self, raster):
        return imaging('box', raster, self.radius)


class GaussianBlur:
    """A Gaussian blur with the standard deviation ``radius``."""

    name = 'GaussianBlur'

    def __init__(self, radius=2):
        self.radius = radius

    def apply(self, raster):
        return imaging('gaussian', raster, self.radius)


def __getattr__(name):
    return module_attribute('PIL.ImageFilter', name)
