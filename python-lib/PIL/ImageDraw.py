# ruff: noqa: E501
"""Draws on an image: lines, shapes and text."""

import math

from PIL import Image, ImageFont, _text
from PIL._missing import missing, module_attribute
from PIL._modes import imaging
from PIL._samples import pixel_bytes, samples_of

__path__ = []  # see _pulzar.standins


class ImageDraw:
    """Draws into an image, which it changes.

    With ``mode='RGBA'`` on an image in RGB, colours with alpha are laid over what is there.
    """

    def __init__(self, im, mode=None):
        im.load()
        self._blends = mode == 'RGBA' and im.mode == 'RGB'
        if mode not in (None, im.mode) and not self._blends:
            raise ValueError('mode mismatch')
        self._image = self.im = im
        self.mode = im.mode
        self.ink = -1
        self.fill = False
        self.font = None
        self.fontmode = '1' if im.mode in ('1', 'P', 'I', 'F') else 'L'

    def getfont(self):
        """The font for text that names none."""
        if self.font is None:
            self.font = ImageFont.load_default()
        return self.font

    # Shapes.

    def point(self, xy, fill=None):
        """Single pixels."""
        self._shape('points', _flat(xy), self._ink(fill))

    def line(self, xy, fill=None, width=0, joint=None):
        """Lines from point to point."""
        if joint is not None and width > 4:
            raise missing('line(joint=...)')
        self._shape('lines', _flat(xy), self._ink(fill), width)

    def rectangle(self, xy, fill=None, outline=None, width=1):
        """A rectangle; its edges belong to it."""
        left, top, right, bottom = _box(xy)
        outline, fill = self._inks(outline, fill)
        if fill is not None:
            self._shape('rectangle', (left, top, right, bottom), fill)
        if outline is not None and outline != fill and width:
            self._frame(left, top, right, bottom, outline, width)

    def _frame(self, left, top, right, bottom, ink, width):
        for at in range(width):
            x0, y0, x1, y1 = left + at, top + at, right - at, bottom - at
            if x0 > x1 or y0 > y1:
                return
            for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self._shape('rectangle', edge, ink)

    def rounded_rectangle(self, xy, radius=0, fill=None, outline=None, width=1, *, corners=None):
        """A rectangle with round corners."""
        left, top, right, bottom = _box(xy)
        diameter = int(radius * 2)
        if diameter == 0 or (corners is not None and not any(corners)):
            self.rectangle(xy, fill, outline, width)
            return
        diameter = min(diameter, right - left, bottom - top)
        outline, fill = self._inks(outline, fill)
        outer = self._rounded(left, top, right, bottom, diameter, corners)
        if fill is not None:
            self._stamp(outer, fill)
        if outline is not None and outline != fill and width:
            inner = self._rounded(
                left + width, top + width, right - width, bottom - width, max(0, diameter - 2 * width), corners
            )
            ring = Image.Image._of(imaging('combine', 'subtract', outer._raster, inner._raster, 1, 0), 'L')
            self._stamp(ring, outline)

    def _rounded(self, left, top, right, bottom, diameter, corners):
        mask = Image.new('L', self._image.size)
        draw = ImageDraw(mask)
        half = diameter // 2
        draw.rectangle((left + half, top, right - half, bottom), 255)
        draw.rectangle((left, top + half, right, bottom - half), 255)
        places = (
            (left, top),
            (right - diameter, top),
            (right - diameter, bottom - diameter),
            (left, bottom - diameter),
        )
        for (x, y), round_one in zip(places, corners or (True,) * 4):
            if round_one:
                draw.ellipse((x, y, x + diameter, y + diameter), 255)
            else:
                draw.rectangle((x, y, x + diameter, y + diameter), 255)
        return mask

    def polygon(self, xy, fill=None, outline=None, width=1):
        """A polygon that is closed by itself."""
        flat = _flat(xy)
        outline, fill = self._inks(outline, fill)
        if fill is not None:
            self._shape('polygon', flat, fill)
        if outline is None or outline == fill or not width:
            return
        closed = [*flat, *flat[:2]]
        if width == 1:
            self._shape('lines', closed, outline, 1)
            return
        # The edge does not reach out of the polygon.
        inside, edge = Image.new('L', self._image.size), Image.new('L', self._image.size)
        ImageDraw(inside)._shape('polygon', flat, b'\xff')
        ImageDraw(edge)._shape('lines', closed, b'\xff', 2 * width - 1)
        self._stamp(Image.Image._of(imaging('combine', 'darker', inside._raster, edge._raster, 1, 0), 'L'), outline)

    def regular_polygon(self, bounding_circle, n_sides, rotation=0, fill=None, outline=None):
        """A polygon of equal sides in a circle, ``((x, y), radius)`` or ``(x, y, radius)``."""
        if not isinstance(n_sides, int):
            raise TypeError('n_sides should be an int')
        if n_sides < 3:
            raise ValueError('n_sides should be an int > 2')
        center, radius = (bounding_circle[:2], bounding_circle[2]) if len(bounding_circle) == 3 else bounding_circle
        step = 360 / n_sides
        corners = []
        for side in range(n_sides):
            angle = math.radians(90 - step / 2 + step * side - rotation)
            corners.append(
                (round(center[0] + radius * math.cos(angle), 2), round(center[1] + radius * math.sin(angle), 2))
            )
        self.polygon(corners, fill, outline)

    def ellipse(self, xy, fill=None, outline=None, width=1):
        """An ellipse in a box."""
        box = _box(xy)
        outline, fill = self._inks(outline, fill)
        if fill is not None:
            self._shape('ellipse', box, fill, 0)
        if outline is not None and outline != fill and width:
            self._shape('ellipse', box, outline, width)

    def arc(self, xy, start, end, fill=None, width=1):
        """A part of an ellipse's edge; degrees from the right, clockwise."""
        self._part(_box(xy), start, end, width, self._ink(fill))

    def pieslice(self, xy, start, end, fill=None, outline=None, width=1):
        """A part of an ellipse with its middle."""
        box = _box(xy)
        outline, fill = self._inks(outline, fill)
        if fill is not None:
            self._part(box, start, end, 0, fill)
        if outline is not None and outline != fill and width:
            self._part(box, start, end, width, outline)
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            for angle in (start, end):
                self._shape('lines', (*middle, *_on_ellipse(box, angle, 1)), outline, width)

    def chord(self, xy, start, end, fill=None, outline=None, width=1):
        """A part of an ellipse that a straight line cuts off."""
        box = _box(xy)
        outline, fill = self._inks(outline, fill)
        if fill is not None:
            self._part(box, start, end, 0, fill, chord=True)
        if outline is not None and outline != fill and width:
            self._part(box, start, end, width, outline)
            ends = (*_on_ellipse(box, start, 1), *_on_ellipse(box, end, 1))
            self._shape('lines', ends, outline, width)

    def _part(self, box, start, end, width, ink, chord=False):
        if end < start:
            end += math.ceil((start - end) / 360) * 360
        whole = Image.new('L', self._image.size)
        ImageDraw(whole)._shape('ellipse', box, b'\xff', width)
        if end - start < 360:
            steps = max(2, math.ceil((end - start) / 5) + 1)
            outside = [
                number
                for step in range(steps)
                for number in _on_ellipse(box, start + (end - start) * step / (steps - 1), 2)
            ]
            if chord:
                corner = [*_on_ellipse(box, end, 1), *_on_ellipse(box, start, 1)]
            else:
                corner = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
            wedge = Image.new('L', self._image.size)
            ImageDraw(wedge)._shape('polygon', outside + corner, b'\xff')
            whole = Image.Image._of(imaging('combine', 'darker', whole._raster, wedge._raster, 1, 0), 'L')
        self._stamp(whole, ink)

    def bitmap(self, xy, bitmap, fill=None):
        """The colour where a mask is set."""
        bitmap.load()
        mask = bitmap if bitmap.mode in ('1', 'L') else bitmap.getchannel(bitmap.getbands()[-1])
        self._stamp(mask, self._ink(fill), int(xy[0]), int(xy[1]))

    # Text.

    def text(self, xy, text, fill=None, font=None, anchor=None, spacing=4, align='left', direction=None, features=None,
             language=None, stroke_width=0, stroke_fill=None, embedded_color=False, *args, **kwargs):  # fmt: skip
        """A text with its upper left corner, or what ``anchor`` says, at a place; lines break at each newline."""
        _text.refuse(direction, features, language)
        font = font or self.getfont()
        ink = self._ink(fill)
        layers = [(ink, 0)]
        if stroke_width:
            layers = [(ink if stroke_fill is None else self._ink(stroke_fill), stroke_width)]
            if stroke_fill is not None:
                layers.append((ink, 0))
        for layer, stroke in layers:
            for x, y, line, anchored in _text.lines(font, xy, text, anchor, spacing, align, stroke_width):
                left, top, mask = _text.mask(font, line, anchored, stroke)
                if mask is not None:
                    if self.fontmode == '1':
                        mask = imaging('tables', mask, bytes(128) + b'\xff' * 128)
                    place = math.floor(x) + left, math.floor(y) + top
                    self._stamp(Image.Image._of(mask, 'L'), layer, *place)

    def multiline_text(self, xy, text, fill=None, font=None, anchor=None, spacing=4, align='left', direction=None,
                       features=None, language=None, stroke_width=0, stroke_fill=None, embedded_color=False):  # fmt: skip
        """Several lines."""
        self.text(
            xy, text, fill, font, anchor, spacing, align, direction, features, language, stroke_width, stroke_fill
        )

    def textlength(self, text, font=None, direction=None, features=None, language=None, embedded_color=False):
        """How far a line of text advances."""
        _text.refuse(direction, features, language)
        if '\n' in text:
            raise ValueError("can't measure length of multiline text")
        return (font or self.getfont()).getlength(text)

    def textbbox(self, xy, text, font=None, anchor=None, spacing=4, align='left', direction=None, features=None,
                 language=None, stroke_width=0, embedded_color=False):  # fmt: skip
        """The box that a text fills."""
        _text.refuse(direction, features, language)
        return _text.box(font or self.getfont(), xy, text, anchor, spacing, align, stroke_width)

    multiline_textbbox = textbbox

    def textsize(self, text, font=None, spacing=4, direction=None, features=None, language=None, stroke_width=0):
        """Width and height of a text; ``textbbox`` says more."""
        font = font or self.getfont()
        sizes = [font.getsize(line, stroke_width=stroke_width) for line in text.split('\n')]
        if len(sizes) == 1:
            return sizes[0]
        height = font.getsize('A', stroke_width=stroke_width)[1] + spacing
        return max(size[0] for size in sizes), len(sizes) * height - spacing

    multiline_textsize = textsize

    # Colours and pixels.

    def _ink(self, color):
        if color is None:
            color = {'I': 1, '1': 0}.get(self.mode, -1)
        if self.mode == 'P' and not isinstance(color, int):
            raise missing('drawing with colours on an image with a palette (convert it first)')
        if self._blends:
            return bytes(samples_of(color, 'RGBA'))
        return pixel_bytes(samples_of(color, self.mode), self.mode)

    def _inks(self, outline, fill):
        if outline is None and fill is None:
            return self._ink(None), None
        return (None if outline is None else self._ink(outline)), (None if fill is None else self._ink(fill))

    def _shape(self, name, numbers, ink, *more):
        numbers = [float(number) for number in numbers]
        if not self._blends:
            imaging('draw', name, self._image._own(), ink, numbers, *more)
            return
        mask = Image.new('L', self._image.size)
        ImageDraw(mask)._shape(name, numbers, ink[3:], *more)
        imaging('draw', 'stamp', self._image._own(), ink[:3], mask._raster, 0, 0)

    def _stamp(self, mask, ink, left=0, top=0):
        if self._blends:
            mask, ink = mask.point([value * ink[3] // 255 for value in range(256)]), ink[:3]
        imaging('draw', 'stamp', self._image._own(), ink, mask._raster, left, top)

    def __getattr__(self, name):
        return module_attribute('ImageDraw', name)


def Draw(im, mode=None):  # noqa: N802 Pillow's name
    """What draws on an image."""
    return ImageDraw(im, mode)


def floodfill(image, xy, value, border=None, thresh=0):
    """Fills the area around a place that has its colour, or that the colour ``border`` bounds."""
    pixels = image.load()
    x, y = xy
    width, height = image.size
    if not (0 <= x < width and 0 <= y < height):
        return
    before = pixels[x, y]
    if _difference(value, before) <= thresh:
        return
    rows = image.getdata()

    def inside(at):
        color = rows[at]
        if border is None:
            return _difference(color, before) <= thresh
        return color not in (value, border)

    taken, waiting = {y * width + x}, [y * width + x]
    while waiting:
        at = waiting.pop()
        column = at % width
        for other, there in (
            (at - 1, column > 0), (at + 1, column < width - 1), (at - width, at >= width), (at + width, at + width < len(rows)),
        ):  # fmt: skip
            if there and other not in taken and inside(other):
                taken.add(other)
                waiting.append(other)
    ink = pixel_bytes(samples_of(value, image.mode), image.mode)
    imaging('draw', 'points', image._own(), ink, [float(part) for at in taken for part in (at % width, at // width)])


def _difference(one, other):
    if isinstance(other, tuple):
        return sum(abs(a - b) for a, b in zip(one, other))
    return abs(one - other)


def _flat(xy):
    xy = list(xy)
    if xy and isinstance(xy[0], (list, tuple)):
        xy = [number for pair in xy for number in pair]
    if len(xy) % 2:
        raise ValueError('wrong number of coordinates')
    return xy


def _box(xy):
    flat = _flat(xy)
    if len(flat) != 4:
        raise TypeError('must specify 4 coordinates') if len(flat) > 4 else ValueError('incorrect coordinate type')
    left, top, right, bottom = (int(number) for number in flat)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _on_ellipse(box, degrees, factor):
    angle = math.radians(degrees)
    return (
        (box[0] + box[2]) / 2 + factor * (box[2] - box[0]) / 2 * math.cos(angle),
        (box[1] + box[3]) / 2 + factor * (box[3] - box[1]) / 2 * math.sin(angle),
    )


def __getattr__(name):
    return module_attribute('PIL.ImageDraw', name)
