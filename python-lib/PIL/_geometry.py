"""What changes the size or the place of an image's pixels."""

import math

from PIL._missing import missing
from PIL._modes import imaging

# The numbers of Image, which imports this module.
NEAREST, BICUBIC = 0, 3
ROTATE_90, ROTATE_180, ROTATE_270 = 2, 3, 4


class Geometry:
    """The half of ``Image`` that resizes, cuts and turns."""

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        """The image, or the part of it in ``box``, with another size."""
        width, height = (int(length) for length in size)
        box = (0, 0, *self.size) if box is None else tuple(box)
        if resample is None:
            resample = NEAREST if self.mode == 'I' else BICUBIC
        if self.mode in ('1', 'P'):
            resample = NEAREST
        if self.size == (width, height) and box == (0, 0, *self.size):
            return self.copy()
        if reducing_gap is not None and resample != NEAREST and (reduced := self._reduced(size, box, reducing_gap)):
            return reduced[0].resize((width, height), resample, reduced[1])
        return self._with_alpha_applied(
            lambda raster: imaging('resize', raster, width, height, list(box), resample), resample != NEAREST
        )

    def _reduced(self, size, box, gap):
        factors = [int((box[2 + axis] - box[axis]) / size[axis] / gap) or 1 for axis in (0, 1)]
        if factors == [1, 1]:
            return None
        if box != (0, 0, *self.size):
            raise missing('resize with a box and a reducing_gap')
        reduced = self.reduce(tuple(factors))
        return reduced, (0, 0, self.width / factors[0], self.height / factors[1])

    def reduce(self, factor, box=None):
        """The image smaller by a whole number."""
        if box is not None:
            raise missing('reduce with a box')
        x, y = factor if isinstance(factor, tuple) else (factor, factor)
        return self._with_alpha_applied(lambda raster: imaging('reduce', raster, x, y), True)

    def thumbnail(self, size, resample=BICUBIC, reducing_gap=2.0):
        """Shrinks this image to fit into ``size``, keeping its proportions."""
        width, height = self._fitting(math.floor(size[0]), math.floor(size[1]))
        if (width, height) == self.size:
            return
        smaller = self.resize((width, height), resample, None, reducing_gap)
        self._raster = smaller._raster

    def _fitting(self, x, y):
        if x >= self.width and y >= self.height:
            return self.size
        aspect = self.width / self.height
        if x / y >= aspect:
            x = _rounded(y * aspect, lambda n: abs(aspect - n / y))
        else:
            y = _rounded(x / aspect, lambda n: 0 if n == 0 else abs(aspect - x / n))
        return x, y

    def crop(self, box=None):
        """The rectangle ``(left, top, right, bottom)``; what lies outside of the image is black."""
        if box is None:
            return self.copy()
        left, top, right, bottom = (round(edge) for edge in box)
        if right < left:
            raise ValueError("Coordinate 'right' is less than 'left'")
        if bottom < top:
            raise ValueError("Coordinate 'lower' is less than 'upper'")
        return self._like(imaging('crop', self._raster, left, top, right - left, bottom - top))

    def rotate(self, angle, resample=NEAREST, expand=0, center=None, translate=None, fillcolor=None):
        """The image turned counterclockwise by ``angle`` degrees; with ``expand`` all of it stays visible."""
        angle %= 360.0
        if not (center or translate):
            quick = {0: None, 180: ROTATE_180}
            if expand or self.width == self.height:
                quick.update({90: ROTATE_90, 270: ROTATE_270})
            if angle in quick:
                return self.copy() if angle == 0 else self.transpose(quick[angle])
        matrix, size = _rotation(angle, self.size, center, translate or (0, 0), expand)
        return self.transform(size, 0, matrix, resample, fillcolor=fillcolor)

    def transform(self, size, method, data=None, resample=NEAREST, fill=1, fillcolor=None):
        """Each pixel from where ``data``, six numbers, says: only affine mappings (method 0)."""
        if method != 0:
            raise missing('transform with anything but an affine mapping')
        if self.mode in ('1', 'P'):
            resample = NEAREST
        background = self._blank(size, 0 if fillcolor is None else fillcolor)

        def mapped(raster):
            blank = background
            if raster is not self._raster and fillcolor is not None:
                blank = imaging('premultiply', background, True)
            return imaging('map', raster, blank, list(data), resample)

        return _turned(self._with_alpha_applied(mapped, resample != NEAREST))

    def transpose(self, method):
        """The image turned or mirrored."""
        return _turned(self._like(imaging('transpose', self._raster, method)))

    def _with_alpha_applied(self, change, needed):
        if not needed or self.mode not in ('LA', 'RGBA'):
            return self._like(change(self._raster))
        changed = change(imaging('premultiply', self._raster, True))
        return self._like(imaging('premultiply', changed, False))


def _turned(image):
    """Notes that a script turned it: what the camera wrote about it says no more how it is to be turned."""
    image._turned = True
    return image


def _rounded(number, distance):
    return max(min(math.floor(number), math.ceil(number), key=distance), 1)


def _rotation(angle, size, center, shift, expand):
    """The matrix that finds the source of each pixel, and the size of the result."""
    width, height = size
    center_x, center_y = center or (width / 2.0, height / 2.0)
    angle = -math.radians(angle)
    cosine, sine = round(math.cos(angle), 15), round(math.sin(angle), 15)
    matrix = [cosine, sine, 0.0, round(-math.sin(angle), 15), cosine, 0.0]

    def moved(x, y):
        a, b, c, d, e, f = matrix
        return a * x + b * y + c, d * x + e * y + f

    matrix[2], matrix[5] = moved(-center_x - shift[0], -center_y - shift[1])
    matrix[2] += center_x
    matrix[5] += center_y
    if expand:
        corners = [moved(x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
        new_width, new_height = (
            math.ceil(max(corner[axis] for corner in corners)) - math.floor(min(corner[axis] for corner in corners))
            for axis in (0, 1)
        )
        matrix[2], matrix[5] = moved(-(new_width - width) / 2.0, -(new_height - height) / 2.0)
        width, height = new_width, new_height
    return matrix, (width, height)
