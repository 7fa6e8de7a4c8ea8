"""The kinds of pixel: what they are made of, and how an image changes from one to another."""

from PIL._missing import missing

from _pulzar.services import Service

imaging = Service('imaging')

BANDS = {
    '1': ('1',),
    'L': ('L',),
    'P': ('P',),
    'I': ('I',),
    'LA': ('L', 'A'),
    'RGB': ('R', 'G', 'B'),
    'RGBA': ('R', 'G', 'B', 'A'),
}


def check(mode):
    """Refuses a mode that is not known here."""
    if mode not in BANDS:
        raise missing(f"the mode '{mode}'")


def dtype(mode):
    return 'int32' if mode == 'I' else 'uint8'


def convert(raster, source, target, palette, transparency, dither):
    """The raster in another mode. ``palette`` and ``transparency`` belong to a source of mode P."""
    check(target)
    if source == 'I':
        return convert(imaging('narrow', raster), 'L', target, None, None, dither)
    if source == '1':
        source = 'L'
    if source == 'P':
        return _from_palette(raster, target, palette, transparency, dither)
    if target == '1':
        return _to_black_and_white(_grey(raster, source), dither)
    if target in ('L', 'LA'):
        grey = _grey(raster, source)
        return grey if target == 'L' else imaging('merge', [grey, _alpha(raster, source)])
    if target in ('RGB', 'RGBA'):
        return _to_colors(raster, source, target)
    raise missing(f"converting from '{source}' to '{target}'")


def _from_palette(raster, target, palette, transparency, dither):
    if target in ('L', 'RGB', '1'):
        colors = imaging('colors', raster, palette, 3)
        return colors if target == 'RGB' else convert(colors, 'RGB', target, None, None, dither)
    alphas = alphas_of(transparency)
    entries = bytearray()
    for color in range(len(palette) // 3):
        entries += palette[color * 3 : color * 3 + 3]
        entries.append(alphas[color])
    colors = imaging('colors', raster, bytes(entries), 4)
    return colors if target == 'RGBA' else convert(colors, 'RGBA', target, None, None, dither)


def alphas_of(transparency):
    """The alpha of each colour of a palette, from Pillow's ``info['transparency']``."""
    alphas = bytearray(b'\xff' * 256)
    if isinstance(transparency, bytes):
        alphas[: len(transparency)] = transparency
    elif isinstance(transparency, int):
        alphas[transparency] = 0
    return alphas


def _grey(raster, source):
    if source in ('L', '1'):
        return raster
    return imaging('channels', raster, [0]) if source == 'LA' else imaging('grey', raster)


def _alpha(raster, source):
    if source in ('LA', 'RGBA'):
        return imaging('channels', raster, [len(source) - 1])
    height, width, _, _ = imaging('shape', raster)
    return imaging('new', width, height, 'uint8', [255])


def _to_colors(raster, source, target):
    if source in ('L', 'LA'):
        bands = [0, 0, 0]
        colors = imaging('channels', raster, bands)
    else:
        colors = imaging('channels', raster, [0, 1, 2]) if source == 'RGBA' and target == 'RGB' else raster
    if target == 'RGB' or source == 'RGBA':
        return colors
    reds = [imaging('channels', colors, [band]) for band in range(3)]
    return imaging('merge', [*reds, _alpha(raster, source)])


def _to_black_and_white(grey, dither):
    if dither:
        return imaging('dither', grey)
    return imaging('tables', grey, bytes(128) + b'\xff' * 128)
