"""What files of images say about themselves, and the options of ``save``, compared with Debian's python3-pil."""

import io

from PIL import ExifTags, Image, ImageOps, ImageSequence
from PIL.PngImagePlugin import PngInfo
from runner import attempt


def _gradient(mode='RGB'):
    count = {'L': 1, 'RGB': 3, 'RGBA': 4}[mode]
    return Image.frombytes(mode, (40, 30), bytes((at // 30) % 256 for at in range(40 * 30 * count)))


def _saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return Image.open(io.BytesIO(file.getvalue()))


def _known(info):
    return sorted((name, len(value) if name == 'exif' else value) for name, value in info.items())


def case_jpeg():
    image = _gradient()
    yield _known(_saved(image, 'JPEG').info)
    yield _known(_saved(image, 'JPEG', dpi=(300, 200)).info), _known(_saved(image, 'JPEG', progressive=True).info)
    yield _saved(image, 'JPEG', comment=b'said', icc_profile=b'x' * 70000).info['comment']
    yield len(_saved(image, 'JPEG', icc_profile=b'x' * 70000).info['icc_profile'])
    yield attempt(_saved, image, 'JPEG', quality='nonsense'), _saved(image, 'JPEG', subsampling=0).mode
    yield [
        _saved(image, 'JPEG', **options).size
        for options in ({'quality': 'web_high'}, {'quality': 95, 'subsampling': 0})
    ]
    yield _saved(image.convert('1'), 'JPEG').mode


def case_cameras():
    image = _gradient()
    exif = image.getexif()
    exif[0x0112] = 6
    exif[0x010F] = 'Maker'
    exif[0x011A] = 72.5
    exif[0x9286] = b'comment'
    kept = _saved(image, 'JPEG', exif=exif)
    found = kept.getexif()
    yield sorted((ExifTags.TAGS.get(tag, tag), str(value)) for tag, value in found.items()), dict(found.get_ifd(0x8825))
    upright = ImageOps.exif_transpose(kept)
    yield kept.size, upright.size, dict(upright.getexif()).get(0x0112), 'exif' in upright.info
    yield type(kept._getexif()).__name__
    yield dict(_saved(image, 'PNG', exif=exif).getexif())[0x010F]
    yield [ExifTags.TAGS[number] for number in (0x0110, 0x8769, 0x9003, 0xA002)], ExifTags.GPSTAGS[2]


def case_png():
    image = _gradient()
    info = PngInfo()
    info.add_text('Title', 'a text')
    info.add_text('Packed', 'another' * 9, zip=True)
    info.add_itxt('Wide', 'naïve ☃', 'en', 'weit')
    opened = _saved(image, 'PNG', pnginfo=info, dpi=(300, 300))
    yield sorted(opened.info.items()), opened.text, opened.n_frames, opened.is_animated
    yield _saved(image, 'PNG', icc_profile=b'profile').info, _saved(image, 'PNG', optimize=True, compress_level=9).info


def case_other_formats():
    image = _gradient()
    yield _saved(image, 'BMP').info, _saved(image, 'BMP', dpi=(200, 100)).info
    tiff = _saved(image, 'TIFF', dpi=(150, 150))
    yield tiff.info['compression'], tuple(map(float, tiff.info['dpi'])), tiff.n_frames, tiff.is_animated, tiff.mode
    yield [
        _saved(image, 'TIFF', compression=name).info['compression']
        for name in ('tiff_lzw', 'tiff_adobe_deflate', 'packbits')
    ]
    webp = _saved(image, 'WEBP', lossless=True)
    yield webp.tobytes() == image.tobytes(), webp.n_frames, webp.is_animated, webp.format
    for kind in ('PNG', 'JPEG', 'BMP', 'TIFF', 'PPM'):
        opened = _saved(image, kind)
        yield kind, opened.format, opened.format_description, opened.mode, opened.tell(), attempt(opened.seek, 1)
        yield [frame.size for frame in ImageSequence.Iterator(opened)]


_GIF = (
    b'GIF89a\x02\x00\x02\x00\x81\x00\x00\x00\x00\x00\xff\x00\x00\x00\xff\x00\x00\x00\xff!\xff\x0bNETSCAPE2.0\x03\x01\x05\x00\x00'
    b'!\xf9\x04\x00\x14\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x03D\x02\x05\x00'
    b'!\xf9\x04\x00\x14\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x03L\x12\x05\x00;'
)


def case_gif():
    opened = Image.open(io.BytesIO(_GIF))
    yield opened.n_frames, opened.is_animated, opened.mode, opened.size, opened.tell(), attempt(opened.seek, 5)
    yield {name: opened.info.get(name) for name in ('version', 'background', 'duration', 'loop')}


def case_truncated_files():
    for kind in ('PNG', 'JPEG', 'BMP', 'TIFF'):
        file = io.BytesIO()
        _gradient().save(file, kind)
        data = file.getvalue()
        yield kind, _failure(data[: len(data) * 2 // 3])


def _failure(data):
    try:
        Image.open(io.BytesIO(data)).load()
    except OSError:
        return 'OSError'
    return 'nothing'
