# ruff: noqa: E501
"""Drawing, blending and figures, compared with Debian's python3-pil: pixels as checksums."""

import zlib

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageStat
from runner import attempt


def _seen(image):
    return image.mode, image.size, zlib.crc32(image.tobytes())


def _gradient(mode='RGB', turn=7):
    count = {'L': 1, 'RGB': 3, 'RGBA': 4, 'LA': 2}[mode]
    return Image.frombytes(mode, (40, 30), bytes((at * turn + at // 40) % 256 for at in range(40 * 30 * count)))


def _drawn(mode, how):
    image = Image.new(mode, (60, 50), 'white' if mode != 'L' else 10)
    how(ImageDraw.Draw(image))
    return _seen(image)


def case_points_and_lines():
    for mode in ('L', 'RGB', 'RGBA', '1'):
        yield _drawn(mode, lambda draw: draw.point([(1, 2), (70, 3), (4, 5)], fill='black'))
        yield _drawn(mode, lambda draw: draw.point([1, 2, 3, 4]))
    for ends in (
        (2, 3, 50, 40),
        (50, 40, 2, 3),
        (2, 3, 30, 48),
        (5, 5, 5, 30),
        (5, 5, 40, 5),
        (-5, -9, 80, 70),
        (3, 3, 3, 3),
    ):
        yield ends, _drawn('RGB', lambda draw, ends=ends: draw.line(ends, fill=(1, 2, 3)))
        for width in (2, 3, 5, 8):
            yield width, _drawn('RGB', lambda draw, ends=ends, width=width: draw.line(ends, fill='red', width=width))
    yield _drawn('RGB', lambda draw: draw.line([(1, 1), (20, 30), (50, 2)], 'blue'))
    yield attempt(ImageDraw.Draw(Image.new('L', (3, 3))).line, [1, 2, 3])


def case_rectangles():
    for keywords in ({'fill': 'red'}, {'outline': 'blue'}, {'fill': 'red', 'outline': 'blue', 'width': 3}, {},
                     {'outline': (9, 8, 7), 'width': 0}, {'fill': '#12345678'}):  # fmt: skip
        yield keywords, _drawn('RGB', lambda draw, keywords=keywords: draw.rectangle((4, 5, 40, 30), **keywords))
        yield keywords, _drawn('RGB', lambda draw, keywords=keywords: draw.rectangle([(-4, 5), (90, 30)], **keywords))


def case_polygons():
    shapes = (
        [(5, 5), (50, 5), (50, 40), (5, 40)], [(30, 2), (55, 25), (30, 47), (4, 25)],
        [(5, 5), (30, -10), (50, 5), (30, 60)],
    )  # fmt: skip
    for shape in shapes:
        yield _drawn('L', lambda draw, shape=shape: draw.polygon(shape, fill=200))
        yield _drawn('L', lambda draw, shape=shape: draw.polygon(shape, outline=100))
        yield _drawn('L', lambda draw, shape=shape: draw.polygon(shape, fill=200, outline=100))


def case_ellipses():
    for box in ((4, 5, 40, 30), (0, 0, 59, 49), (10, 10, 11, 11), (10, 10, 10, 20), (5, 5, 24, 24), (-10, -10, 30, 80)):
        for keywords in ({'fill': 'red'}, {'outline': 'blue'}, {'fill': 'red', 'outline': 'blue', 'width': 3},
                         {'outline': 'green', 'width': 5}):  # fmt: skip
            yield box, keywords, _drawn('RGB', lambda draw, box=box, keywords=keywords: draw.ellipse(box, **keywords))


def case_inks():
    for color in (
        'red',
        '#0f0',
        (1, 2, 3),
        'hsl(120, 50%, 50%)',
        'hsv(10,100%,50%)',
        'tomato',
        'rebeccapurple',
        0x123456,
    ):
        yield attempt(_drawn, 'RGB', lambda draw, color=color: draw.rectangle((1, 1, 9, 9), fill=color))
    yield attempt(_drawn, 'L', lambda draw: draw.rectangle((1, 1, 9, 9), fill='red'))
    yield attempt(_drawn, 'RGB', lambda draw: draw.rectangle((1, 1, 9, 9), fill='no colour'))
    yield attempt(ImageDraw.Draw, Image.new('RGB', (2, 2)), 'L')


def case_drawing_changes_no_copy():
    image = Image.new('RGB', (9, 9))
    before = image.copy()
    draw = ImageDraw.Draw(image)
    draw.rectangle((1, 1, 3, 3), 'red')
    between = image.copy()
    draw.rectangle((2, 2, 5, 5), 'blue')
    image.putpixel((0, 0), (1, 2, 3))
    image.load()[1, 0] = (4, 5, 6)
    yield _seen(before), _seen(between), _seen(image)


def case_filling_an_area():
    image = Image.new('RGB', (20, 20), 'white')
    ImageDraw.Draw(image).rectangle((3, 3, 12, 12), outline='black')
    ImageDraw.floodfill(image, (5, 5), (255, 0, 0))
    yield _seen(image)
    ImageDraw.floodfill(image, (0, 0), (0, 0, 255), border=(0, 0, 0))
    yield _seen(image)
    grey = _gradient('L')
    ImageDraw.floodfill(grey, (0, 0), 200, thresh=50)
    yield _seen(grey)


def case_arithmetic():
    for mode in ('L', 'RGB', 'RGBA'):
        one, other = _gradient(mode), _gradient(mode, 11)
        for name in ('lighter', 'darker', 'difference', 'multiply', 'screen', 'overlay', 'hard_light', 'soft_light', 'add',
                     'subtract', 'add_modulo', 'subtract_modulo'):  # fmt: skip
            yield name, _seen(getattr(ImageChops, name)(one, other))
        yield _seen(ImageChops.add(one, other, 2.5, 10)), _seen(ImageChops.subtract(one, other, 0.7, 100))
        yield _seen(ImageChops.invert(one)), _seen(ImageChops.offset(one, 7, -4))
    one, other = _gradient('L').convert('1', dither=0), _gradient('L', 11).convert('1', dither=0)
    for name in ('logical_and', 'logical_or', 'logical_xor'):
        yield _seen(getattr(ImageChops, name)(one, other))
    yield _seen(ImageChops.constant(one, 77)), ImageChops.difference(one, one).getbbox()
    yield _seen(ImageChops.lighter(_gradient(), _gradient().crop((0, 0, 10, 10))))
    yield attempt(ImageChops.add, _gradient('L'), _gradient('RGB'))


def case_blending():
    one, other = _gradient(), _gradient('RGB', 11)
    for alpha in (0, 0.3, 0.5, 1, 1.7, -0.5):
        yield alpha, _seen(Image.blend(one, other, alpha))
    mask = _gradient('L', 5)
    yield _seen(Image.composite(one, other, mask)), _seen(ImageChops.composite(one, other, mask))
    yield _seen(Image.alpha_composite(_gradient('RGBA'), _gradient('RGBA', 11)))
    below = _gradient('RGBA')
    below.alpha_composite(_gradient('RGBA', 3).crop((0, 0, 10, 10)), (5, 6))
    yield _seen(below)
    yield attempt(Image.alpha_composite, one, other), attempt(Image.blend, one, mask, 0.5)
    for alpha in (mask, 77):
        for image in (one.copy(), mask.copy(), _gradient('RGBA')):
            image.putalpha(alpha)
            yield _seen(image)
    image = Image.new('RGB', (2, 2))
    image.putdata([(1, 2, 3), (4, 5, 6), (7, 8, 9), (300, -1, 5)])
    yield _seen(image), sorted(image.getcolors()), mask.getcolors(5), Image.new('L', (3, 3), 4).getcolors()
    yield round(one.entropy(), 9), round(mask.entropy(), 9)


def case_enhancing():
    for mode in ('L', 'RGB', 'RGBA'):
        image = _gradient(mode)
        for name in ('Color', 'Contrast', 'Brightness', 'Sharpness'):
            yield name, [_seen(getattr(ImageEnhance, name)(image).enhance(factor)) for factor in (0, 0.5, 1, 1.5, 3.2)]


def case_figures():
    for mode in ('L', 'RGB'):
        stat = ImageStat.Stat(_gradient(mode))
        for name in ('extrema', 'count', 'sum', 'sum2', 'mean', 'median', 'rms', 'var', 'stddev'):
            yield name, [round(one, 6) if isinstance(one, float) else one for one in getattr(stat, name)]
    mask = Image.new('L', (40, 30))
    ImageDraw.Draw(mask).rectangle((5, 5, 10, 10), 255)
    yield ImageStat.Stat(_gradient(), mask).mean, _gradient().histogram(mask)[:9]


def case_points_are_rounded():
    image = _gradient('L')
    for function in (
        lambda v: v * 1.2 - 10,
        lambda v: v * 0.5,
        lambda v: v / 3,
        lambda v: 255 - v,
        lambda v: v > 100 and 255,
    ):
        yield _seen(image.point(function))
    yield (
        _seen(_gradient().point([value * 0.37 for value in range(256)] * 3)),
        _seen(Image.eval(image, lambda v: v * 1.5)),
    )
