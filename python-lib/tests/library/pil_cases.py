# ruff: noqa: E501
"""What people do with Pillow, compared with Debian's python3-pil: pixels as checksums."""

import io
import os
import zlib

from PIL import Image, ImageFilter, ImageOps
from runner import attempt

HERE = os.path.dirname(__file__)
PART = os.path.join(HERE, 'spotify.png')


def _seen(image):
    return image.mode, image.size, zlib.crc32(image.tobytes())


def _gradient(mode='RGB'):
    count = {'L': 1, 'RGB': 3, 'RGBA': 4}[mode]
    return Image.frombytes(mode, (40, 30), bytes((at * 7 + at // 40) % 256 for at in range(40 * 30 * count)))


def case_opening():
    with Image.open(PART) as image:
        yield image.format, image.mode, image.size, image.width, image.height, _seen(image)
    yield attempt(Image.open, io.BytesIO(b'no image')).split(':')[0], attempt(Image.open, 'missing.png').split(':')[0]


def case_opening_a_file_that_was_just_written():
    file = io.BytesIO()
    _gradient().save(file, 'PNG')
    yield file.tell() > 0, _seen(Image.open(file))
    with open('gradient.png', 'wb+') as on_disk:
        _gradient('L').save(on_disk, 'PNG')
        yield _seen(Image.open(on_disk).copy())


def case_modes():
    for mode in ('L', 'RGB', 'RGBA'):
        image = _gradient(mode)
        # From colour to black and white Pillow rounds once less, so that single dots differ.
        for target in ('1', 'L', 'LA', 'RGB', 'RGBA') if mode == 'L' else ('L', 'LA', 'RGB', 'RGBA'):
            yield mode, target, _seen(image.convert(target))


def case_geometry():
    image = _gradient()
    for way in (Image.NEAREST, Image.BOX, Image.BILINEAR, Image.HAMMING, Image.BICUBIC, Image.LANCZOS):
        yield way, _seen(image.resize((25, 33), way)), _seen(image.resize((80, 20), way))
    yield _seen(image.crop((5, 6, 20, 21))), _seen(image.crop((-5, -5, 10, 10)))
    for degrees in (90, 180, 270):
        yield _seen(image.rotate(degrees)), _seen(image.rotate(degrees, expand=True))
    yield (
        _seen(image.rotate(30)),
        _seen(image.transpose(Image.FLIP_LEFT_RIGHT)),
        _seen(image.transpose(Image.ROTATE_90)),
    )
    small = image.copy()
    small.thumbnail((10, 10))
    yield _seen(small)


def case_pixels():
    image = _gradient()
    yield image.getpixel((3, 4)), image.getbbox(), image.getextrema(), zlib.crc32(repr(image.histogram()).encode())
    image.putpixel((3, 4), (1, 2, 3))
    image.paste((9, 8, 7), (0, 0, 3, 3))
    image.paste(Image.new('RGB', (5, 5), 'red'), (10, 10))
    yield _seen(image), image.load()[11, 11], list(image.getdata())[:3]
    yield [_seen(band) for band in image.split()], _seen(Image.merge('RGB', image.split()[::-1]))
    yield _seen(image.point(lambda value: 255 - value)), image.getbands()


def case_operations():
    image = _gradient()
    yield _seen(ImageOps.invert(image)), _seen(ImageOps.grayscale(image)), _seen(ImageOps.autocontrast(image))
    yield _seen(ImageOps.mirror(image)), _seen(ImageOps.flip(image))
    for way in (ImageFilter.BLUR, ImageFilter.SHARPEN, ImageFilter.FIND_EDGES, ImageFilter.SMOOTH, ImageFilter.EMBOSS,
                ImageFilter.MedianFilter(3), ImageFilter.MinFilter(3), ImageFilter.BoxBlur(2), ImageFilter.GaussianBlur(2)):  # fmt: skip
        yield getattr(way, 'name', way), _seen(image.filter(way))


def case_saving():
    for mode in ('L', 'RGB', 'RGBA'):
        file = io.BytesIO()
        _gradient(mode).save(file, 'PNG')
        yield _seen(Image.open(io.BytesIO(file.getvalue()))), file.getvalue()[:8]
    file = io.BytesIO()
    _gradient().save(file, format='JPEG', quality=90)
    again = Image.open(io.BytesIO(file.getvalue()))
    yield again.format, again.mode, again.size
    yield attempt(_gradient('RGBA').save, io.BytesIO(), 'JPEG').split(':')[0]
