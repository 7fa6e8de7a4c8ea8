"""Where the letters of a text go."""

import math

from PIL._missing import missing
from PIL._modes import imaging


def refuse(direction, features, language):
    """Refuses what needs a layout engine for the world's scripts."""
    for name, value in (('direction', direction), ('features', features), ('language', language)):
        if value is not None:
            raise missing(f'text with {name}=')


def offset(font, width, bounds, anchor, stroke):
    """How far the origin of a line, left on the baseline, is from the place that an anchor means."""
    if not (isinstance(anchor, str) and len(anchor) == 2 and anchor[0] in 'lmr' and anchor[1] in 'asmtbd'):
        raise ValueError(f'bad anchor specified: {anchor}')
    ascent, descent = font.getmetrics()
    x = {'l': 0, 'm': -width / 2, 'r': -width}[anchor[0]]
    top, bottom = bounds
    y = {
        'a': ascent, 's': 0, 'm': (ascent - descent) / 2, 'd': -descent, 't': -top + stroke, 'b': -bottom - stroke,
    }[anchor[1]]  # fmt: skip
    return math.floor(x + 0.5), math.floor(y + 0.5)


def mask(font, text, anchor, stroke):
    """Left, top and the mask of a line of text, from the place that the anchor means."""
    left, top, letters, width = font._line(text)
    if letters is None:
        return 0, 0, None
    height = imaging('shape', letters)[0]
    x, y = offset(font, width, (top, top + height), anchor, 0)
    if stroke:
        letters = _widened(letters, stroke)
    return left + x - stroke, top + y - stroke, letters


def _widened(letters, stroke):
    height, width, _, _ = imaging('shape', letters)
    padded = imaging('crop', letters, -stroke, -stroke, width + 2 * stroke, height + 2 * stroke)
    found = None
    for dy in range(-stroke, stroke + 1):
        reach = math.isqrt(stroke * stroke - dy * dy)
        for dx in {-reach, reach, *range(-reach, reach + 1)}:
            moved = imaging('crop', padded, -dx, -dy, width + 2 * stroke, height + 2 * stroke)
            found = moved if found is None else imaging('combine', 'lighter', found, moved, 1, 0)
    return found


def lines(font, xy, text, anchor, spacing, align, stroke):
    """For each line its place, its text and its anchor."""
    if isinstance(text, bytes):
        text = text.decode('latin-1')
    parts = text.split('\n')
    if len(parts) == 1:
        yield xy[0], xy[1], text, anchor or 'la'
        return
    anchor = anchor or 'la'
    if anchor[1] in 'tb':
        raise ValueError('anchor not supported for multiline text')
    widths = [font.getlength(part) for part in parts]
    step = font.getsize('A', stroke_width=stroke)[1] + spacing
    top = xy[1]
    if anchor[1] == 'm':
        top -= (len(parts) - 1) * step / 2.0
    elif anchor[1] == 'd':
        top -= (len(parts) - 1) * step
    if align not in ('left', 'center', 'right'):
        raise ValueError('align must be "left", "center" or "right"')
    for number, (part, width) in enumerate(zip(parts, widths)):
        left = xy[0]
        room = max(widths) - width
        left -= {'l': 0, 'm': room / 2.0, 'r': room}[anchor[0]]
        left += {'left': 0, 'center': room / 2.0, 'right': room}[align]
        yield left, top + number * step, part, anchor


def box(font, xy, text, anchor, spacing, align, stroke):
    """The box that the lines fill."""
    found = None
    for x, y, line, anchored in lines(font, xy, text, anchor, spacing, align, stroke):
        left, top, right, bottom = font.getbbox(line, anchor=anchored, stroke_width=stroke)
        one = left + x, top + y, right + x, bottom + y
        found = one if found is None else (
            min(found[0], one[0]), min(found[1], one[1]), max(found[2], one[2]), max(found[3], one[3])
        )  # fmt: skip
    return found
