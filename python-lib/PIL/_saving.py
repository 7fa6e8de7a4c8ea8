# ruff: noqa: E501
"""Makes the bytes of a file of an image, with all that the options say; an option that is not here is refused."""

import struct
import zlib

from PIL import _exif
from PIL._missing import missing
from PIL._modes import imaging

from _pulzar.services import Service, to_bytes

_vision = Service('vision', {'cv2.error': OSError})
_METERS_PER_INCH = 0.0254

# OpenCV's numbers.
_JPEG_QUALITY, _JPEG_PROGRESSIVE, _JPEG_OPTIMIZE, _JPEG_SAMPLING = 1, 2, 3, 7
_WEBP_QUALITY, _TIFF_UNIT, _TIFF_X, _TIFF_Y, _TIFF_COMPRESSION = 64, 256, 257, 258, 259

# What each format does with its options: those that it follows, and those that change no pixel and are hints.
_FOLLOWED = {
    'JPEG': {
        'quality',
        'optimize',
        'progressive',
        'progression',
        'subsampling',
        'dpi',
        'exif',
        'icc_profile',
        'comment',
    },
    'PNG': {'dpi', 'transparency', 'icc_profile', 'exif', 'pnginfo'},
    'TIFF': {'compression', 'dpi', 'x_resolution', 'y_resolution', 'resolution'},
    'WEBP': {'quality', 'lossless'},
    'BMP': {'dpi'},
    'PPM': set(),
}
_HINTS = {'PNG': {'optimize', 'compress_level', 'compress_type'}, 'WEBP': {'method'}, 'JPEG': {'smooth'}}

# Documented for one format or another: where a format does not know one of these, Pillow ignores it, and so does this.
_REFUSED = {
    'JPEG': {'qtables', 'streamtype', 'restart_marker_blocks', 'restart_marker_rows', 'extra'},
    'PNG': {'bits', 'dictionary', 'save_all', 'append_images', 'default_image', 'disposal', 'blend', 'loop', 'duration'},
    'TIFF': {
        'save_all', 'append_images', 'tiffinfo', 'exif', 'icc_profile', 'quality', 'software', 'description', 'artist',
        'copyright', 'date_time', 'resolution_unit', 'big_tiff', 'libtiff', 'tags',
    },
    'WEBP': {
        'save_all', 'append_images', 'exif', 'icc_profile', 'xmp', 'exact', 'alpha_quality', 'duration', 'loop',
        'background', 'minimize_size', 'kmin', 'kmax', 'allow_mixed',
    },
    'BMP': {'bitmap_format'},
    'PPM': set(),
}  # fmt: skip
_KNOWN = set().union(*_FOLLOWED.values(), *_HINTS.values(), *_REFUSED.values())

_SAMPLINGS = {0: 0x111111, '4:4:4': 0x111111, 1: 0x211111, '4:2:2': 0x211111, 2: 0x221111, '4:2:0': 0x221111,
              '4:1:1': 0x221111}  # fmt: skip
_PRESETS = {'web_low': (30, 2), 'web_medium': (60, 2), 'web_high': (75, 0), 'web_very_high': (90, 0),
            'web_maximum': (95, 0), 'low': (30, 2), 'medium': (50, 2), 'high': (75, 1), 'maximum': (95, 0)}  # fmt: skip
_COMPRESSIONS = {None: 1, 'raw': 1, 'tiff_lzw': 5, 'tiff_adobe_deflate': 8, 'tiff_deflate': 32946, 'packbits': 32773}


def check(kind, options):
    """Refuses what a format has and this has not, and what no format has."""
    for name, value in options.items():
        if value is None or name in _FOLLOWED[kind] or name in _HINTS.get(kind, ()):
            continue
        if name in _REFUSED[kind]:
            if value in (False, [], ()) or (name == 'save_all' and not options.get('append_images')):
                continue
            raise missing(f'save({name}=...) of a {kind}')
        if name not in _KNOWN:
            raise missing(f'save({name}=...)')


def jpeg(image, raster, options):
    """A JPEG: the pixels by OpenCV, then what goes before them."""
    quality, sampling = options.get('quality', 75), options.get('subsampling')
    if quality == 'keep' or sampling == 'keep':
        raise missing("save(quality='keep')")
    if isinstance(quality, str):
        if quality not in _PRESETS:
            raise ValueError('Invalid quality setting')
        quality, sampling = _PRESETS[quality][0], _PRESETS[quality][1] if sampling is None else sampling
    settings = [_JPEG_QUALITY, min(100, max(1, int(quality if quality not in (0, -1) else 75)))]
    if sampling not in (None, -1):
        if sampling not in _SAMPLINGS:
            raise TypeError('Invalid subsampling setting')
        settings += [_JPEG_SAMPLING, _SAMPLINGS[sampling]]
    if options.get('progressive') or options.get('progression'):
        settings += [_JPEG_PROGRESSIVE, 1]
    if options.get('optimize'):
        settings += [_JPEG_OPTIMIZE, 1]
    data = to_bytes(_vision('encode', '.jpg', raster, settings))
    more = b''
    exif = options.get('exif', b'')
    exif = exif.tobytes() if isinstance(exif, _exif.Exif) else exif
    if exif:
        if len(exif) > 65533:
            raise ValueError('EXIF data is too long')
        more += _segment(0xE1, exif)
    profile = options.get('icc_profile', image.info.get('icc_profile'))
    if profile:
        parts = [profile[at : at + 65519] for at in range(0, len(profile), 65519)]
        for number, part in enumerate(parts, 1):
            more += _segment(0xE2, b'ICC_PROFILE\0' + bytes((number, len(parts))) + part)
    comment = options.get('comment', image.info.get('comment'))
    if comment:
        more += _segment(0xFE, comment.encode() if isinstance(comment, str) else comment)
    end = 4 + int.from_bytes(data[4:6], 'big')
    head = bytearray(data[:end])
    if data[2:4] == b'\xff\xe0':
        x, y = (round(number) for number in options.get('dpi', (0, 0)))
        head[11:18] = struct.pack('>HBHH', 0x0101, 1 if x else 0, x or 1, y or 1)
    return bytes(head) + more + data[end:]


def _segment(marker, content):
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, 'big') + content


def png(image, options):
    """A PNG with its texts, profile and camera's tags."""
    from PIL.PngImagePlugin import chunk

    if image.mode == 'I':
        raise missing('writing PNG in the mode I')
    transparency = options.get('transparency', image.info.get('transparency'))
    if isinstance(transparency, int) and image.mode == 'P':
        transparency = b'\xff' * transparency + b'\0'
    elif not isinstance(transparency, bytes):
        if options.get('transparency') is not None:
            raise missing(f'save(transparency=...) of a PNG in the mode {image.mode}')
        transparency = None
    resolution = options.get('dpi')
    meters = int(resolution[0] / _METERS_PER_INCH + 0.5) if resolution else 0
    if resolution and resolution[0] != resolution[1]:
        raise missing('save(dpi=...) with two different numbers')
    data = to_bytes(imaging('png', image._raster, image.palette_bytes(), transparency, meters))
    early = late = b''
    profile = options.get('icc_profile', image.info.get('icc_profile'))
    if profile:
        early += chunk(b'iCCP', b'ICC Profile\0\0' + zlib.compress(profile))
    for name, content in getattr(options.get('pnginfo'), 'chunks', ()):
        late += chunk(name, content)
    exif = options.get('exif')
    if exif:
        exif = exif.tobytes() if isinstance(exif, _exif.Exif) else exif
        late += chunk(b'eXIf', exif.removeprefix(b'Exif\0\0'))
    at = data.index(b'IDAT') - 4
    return data[:33] + early + data[33:at] + late + data[at:]


def tiff(raster, options):
    """A TIFF; without compression unless one is named."""
    name = options.get('compression')
    if name not in _COMPRESSIONS:
        raise missing(f'save(compression={name!r})')
    settings = [_TIFF_COMPRESSION, _COMPRESSIONS[name]]
    dpi = options.get('dpi') or (options.get('resolution'),) * 2
    if 'x_resolution' in options:
        dpi = options['x_resolution'], options.get('y_resolution', options['x_resolution'])
    if dpi[0]:
        settings += [_TIFF_UNIT, 2, _TIFF_X, round(dpi[0]), _TIFF_Y, round(dpi[1])]
    return to_bytes(_vision('encode', '.tiff', raster, settings))


def webp(raster, options):
    """A WebP; over 100 OpenCV writes one without loss."""
    quality = 101 if options.get('lossless') else min(100, max(1, int(options.get('quality', 80))))
    return to_bytes(_vision('encode', '.webp', raster, [_WEBP_QUALITY, quality]))


def bmp(raster, options):
    """A BMP with its dots per inch, 96 unless others are named."""
    data = bytearray(to_bytes(_vision('encode', '.bmp', raster, [])))
    x, y = options.get('dpi') or (96, 96)
    data[38:46] = struct.pack('<ii', int(x * 39.3701 + 0.5), int(y * 39.3701 + 0.5))
    return bytes(data)
