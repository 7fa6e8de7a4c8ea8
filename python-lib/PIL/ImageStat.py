"""Figures about the samples of an image, a list with one for each band."""

import math

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


class Stat:
    """``count sum sum2 mean median rms var stddev extrema`` of an image, where a mask is set, or of a histogram."""

    def __init__(self, image_or_list, mask=None):
        if isinstance(image_or_list, list):
            self.h = image_or_list
        elif hasattr(image_or_list, 'histogram'):
            self.h = image_or_list.histogram(mask) if mask is not None else image_or_list.histogram()
        else:
            raise TypeError('first argument must be image or list')
        self.bands = list(range(len(self.h) // 256))

    def _of_bands(self, function):
        return [function(self.h[band * 256 : band * 256 + 256], band) for band in self.bands]

    @property
    def extrema(self):
        """``(lowest, highest)``."""
        return self._of_bands(
            lambda counts, _: (
                next((value for value in range(256) if counts[value]), 255),
                next((value for value in range(255, -1, -1) if counts[value]), 0),
            )
        )

    @property
    def count(self):
        """How many samples."""
        return self._of_bands(lambda counts, _: sum(counts))

    @property
    def sum(self):
        """Their sum."""
        return self._of_bands(lambda counts, _: float(sum(value * count for value, count in enumerate(counts))))

    @property
    def sum2(self):
        """The sum of their squares."""
        return self._of_bands(lambda counts, _: float(sum(value * value * count for value, count in enumerate(counts))))

    @property
    def mean(self):
        """Their mean."""
        return [one / count for one, count in zip(self.sum, self.count)]

    @property
    def median(self):
        """The one in the middle."""
        return self._of_bands(self._median)

    def _median(self, counts, band):
        half, seen = sum(counts) // 2, 0
        for value in range(256):
            seen += counts[value]
            if seen > half:
                return value
        return 255

    @property
    def rms(self):
        """The root of the mean of the squares."""
        return [math.sqrt(one / count) for one, count in zip(self.sum2, self.count)]

    @property
    def var(self):
        """Their variance."""
        return [(squares - (one**2.0) / count) / count for squares, one, count in zip(self.sum2, self.sum, self.count)]

    @property
    def stddev(self):
        """Their deviation."""
        return [math.sqrt(one) for one in self.var]


Global = Stat


def __getattr__(name):
    return module_attribute('PIL.ImageStat', name)
