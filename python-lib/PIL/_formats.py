"""Reads and writes files of images."""

import os

from PIL import UnidentifiedImageError, _about, _exif, _saving
from PIL._missing import missing
from PIL._modes import imaging

from _pulzar.services import Service, to_bytes

# OpenCV, for the formats that need a large decoder. Its colours are blue, green, red.
_vision = Service('vision', {'cv2.error': OSError})
_UNCHANGED = -1
_COLOR_WITHOUT_TURNING = 1 | 128
_EIGHT_BITS_WITHOUT_TURNING = 4 | 128

DESCRIPTIONS = {
    'PNG': 'Portable network graphics',
    'JPEG': 'JPEG (ISO 10918)',
    'BMP': 'Windows Bitmap',
    'TIFF': 'Adobe TIFF',
    'WEBP': 'WebP image',
    'GIF': 'Compuserve GIF',
    'PPM': 'Pbmplus image',
}

FORMATS = {
    '.png': 'PNG',
    '.jpg': 'JPEG',
    '.jpeg': 'JPEG',
    '.jpe': 'JPEG',
    '.bmp': 'BMP',
    '.tif': 'TIFF',
    '.tiff': 'TIFF',
    '.webp': 'WEBP',
    '.gif': 'GIF',
    '.ppm': 'PPM',
    '.pgm': 'PPM',
    '.pbm': 'PPM',
    '.pnm': 'PPM',
}


def read(data, name):
    """``(format, mode, raster, palette, info, frames)`` of the bytes of a file."""
    try:
        header = imaging('header', data)
    except ValueError as error:
        raise OSError(f'cannot read {name}: {error}') from None
    if header is None:
        raise UnidentifiedImageError(f'cannot identify image file {name}')
    kind, _, _, channels = header
    info, frames = _about.of_file(kind, data)
    try:
        decoded = _decode(data) if kind in ('PNG', 'GIF', 'TIFF') else None
        if decoded is not None:
            mode, raster, palette, transparency = decoded
            if kind == 'TIFF':
                raster = _upright(raster, data)
            if transparency is not None:
                info['transparency'] = transparency
            else:
                info.pop('transparency', None)
        else:
            (mode, raster), palette = _decode_with_opencv(data, kind, channels), None
    except OSError:
        from PIL import ImageFile

        if ImageFile.LOAD_TRUNCATED_IMAGES:
            raise missing('LOAD_TRUNCATED_IMAGES, for a file that is damaged,') from None
        raise
    return kind, mode, raster, palette, info, frames


# What turns each of EXIF's orientations 2 to 8 upright, as numbers of transpositions.
UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def _upright(raster, tiff):
    """Pillow and OpenCV turn a TIFF when they read it, and only that."""
    turn = UPRIGHT.get(_exif.orientation(tiff))
    return raster if turn is None else imaging('transpose', raster, turn)


def _decode(data):
    """``(mode, raster, palette, transparency)``; None for a TIFF that only OpenCV may read."""
    found = imaging('decode', data)
    if found is None:
        return None
    mode, raster, palette, transparency, _ = found
    if transparency is not None:
        transparency = _transparency(mode, to_bytes(transparency))
    return mode, raster, None if palette is None else to_bytes(palette), transparency


def _transparency(mode, content):
    """As Pillow tells it: a colour's number or all alphas for a palette, else the transparent colour."""
    if mode == 'P':
        only = content.find(b'\0')
        return only if content.strip(b'\xff') == b'\0' else content
    samples = tuple(int.from_bytes(content[at : at + 2], 'big') for at in range(0, len(content), 2))
    return samples if mode == 'RGB' else samples[0] if samples else 0


def _decode_with_opencv(data, kind, channels):
    # Cyan, magenta, yellow and black come as RGB.
    flags = _COLOR_WITHOUT_TURNING if kind == 'JPEG' and channels >= 3 else _UNCHANGED
    raster = _vision('decode', data, flags)
    if raster is None:
        raise OSError(f'the {kind} can not be read: it is damaged or truncated')
    _, _, channels, dtype = imaging('shape', raster)
    if dtype == 'uint16':
        # The upper eight bits of each sample, as cv2 reads it.
        raster = _vision('decode', data, _EIGHT_BITS_WITHOUT_TURNING)
        _, _, channels, dtype = imaging('shape', raster)
    if dtype != 'uint8':
        raise missing(f'{kind} with {dtype} samples')
    if channels == 1:
        return ('1' if kind == 'PPM' and data[:2] in (b'P1', b'P4') else 'L'), raster
    order = [2, 1, 0] if channels == 3 else [2, 1, 0, 3]
    return ('RGB' if channels == 3 else 'RGBA'), imaging('channels', raster, order)


def format_of(target, name):
    """The format to save as: the one named, or that of the path's ending."""
    if name:
        return 'JPEG' if name.upper() == 'JPG' else name.upper()
    path = target if isinstance(target, (str, os.PathLike)) else getattr(target, 'name', '')
    ending = os.path.splitext(os.fspath(path))[1].lower()
    if ending not in FORMATS:
        raise ValueError(f'unknown file extension: {ending}')
    return FORMATS[ending]


def encode(image, kind, options):
    """The bytes of a file."""
    if kind not in ('PNG', 'JPEG', 'BMP', 'TIFF', 'WEBP', 'PPM'):
        raise missing(f'writing {kind}')
    _saving.check(kind, options)
    if kind == 'PNG':
        return _saving.png(image, options)
    allowed = ('L', 'RGB') if kind in ('JPEG', 'PPM') else ('L', 'RGB', 'RGBA')
    if kind == 'JPEG' and image.mode == '1':
        image = image.convert('L')
    if image.mode not in allowed:
        if kind == 'JPEG' and image.mode in ('RGBA', 'LA', 'P', 'I'):
            raise OSError(f'cannot write mode {image.mode} as JPEG')
        raise missing(f'writing {kind} in the mode {image.mode}')
    raster = image._raster
    if image.mode != 'L':
        raster = imaging('channels', raster, [2, 1, 0] if image.mode == 'RGB' else [2, 1, 0, 3])
    if kind == 'JPEG':
        return _saving.jpeg(image, raster, options)
    if kind == 'PPM':
        return to_bytes(_vision('encode', '.pgm' if image.mode == 'L' else '.ppm', raster, []))
    return {'TIFF': _saving.tiff, 'WEBP': _saving.webp, 'BMP': _saving.bmp}[kind](raster, options)
