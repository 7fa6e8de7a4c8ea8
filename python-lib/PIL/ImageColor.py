"""Colours by name or by number."""

import re

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins

# The sixteen colours of HTML 4 and those that scripts use most beside them.
colormap = {
    'black': '#000000', 'silver': '#c0c0c0', 'gray': '#808080', 'grey': '#808080', 'white': '#ffffff',
    'maroon': '#800000', 'red': '#ff0000', 'purple': '#800080', 'fuchsia': '#ff00ff', 'magenta': '#ff00ff',
    'green': '#008000', 'lime': '#00ff00', 'olive': '#808000', 'yellow': '#ffff00', 'navy': '#000080',
    'blue': '#0000ff', 'teal': '#008080', 'aqua': '#00ffff', 'cyan': '#00ffff', 'orange': '#ffa500',
    'pink': '#ffc0cb', 'brown': '#a52a2a', 'gold': '#ffd700', 'indigo': '#4b0082', 'violet': '#ee82ee',
    'lightgray': '#d3d3d3', 'lightgrey': '#d3d3d3', 'darkgray': '#a9a9a9', 'darkgrey': '#a9a9a9',
    'lightblue': '#add8e6', 'darkblue': '#00008b', 'darkred': '#8b0000', 'darkgreen': '#006400',
}  # fmt: skip


def getrgb(color):
    """``(red, green, blue)`` of ``'red'``, ``'#f00'``, ``'#ff0000'`` or ``'rgb(255, 0, 0)'``; alpha where given."""
    text = colormap.get(color.lower(), color).lower()
    if re.fullmatch('#[0-9a-f]{3,4}', text):
        return tuple(int(digit * 2, 16) for digit in text[1:])
    if re.fullmatch('#([0-9a-f]{6}|[0-9a-f]{8})', text):
        return tuple(int(text[at : at + 2], 16) for at in range(1, len(text), 2))
    numbers = re.fullmatch(r'rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)', text)
    if numbers:
        return tuple(int(number) for number in numbers.groups() if number is not None)
    raise ValueError(f'unknown color specifier: {color!r}')


def getcolor(color, mode):
    """The samples of a colour in a mode: a number for one band, else a tuple."""
    rgb = getrgb(color)
    red, green, blue = rgb[:3]
    alpha = rgb[3] if len(rgb) == 4 else 255
    if mode in ('1', 'L', 'LA', 'I'):
        grey = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
        return (grey, alpha) if mode == 'LA' else grey
    return (red, green, blue, alpha) if mode == 'RGBA' else (red, green, blue)


def __getattr__(name):
    return module_attribute('PIL.ImageColor', name)
