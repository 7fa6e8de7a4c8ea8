"""Text on images: places and lengths with the font that is built in, compared with Debian's python3-pil."""

import os

from PIL import Image, ImageDraw, ImageFont
from runner import attempt

# On CPython the same font, from wherever it is; here the name alone means the built-in one.
FONT = os.environ.get('LIBERATION_SANS', 'LiberationSans-Regular.ttf')


def _near(numbers):
    """Hinting moves letters by a pixel: what is compared is rounded to that."""
    return [round(number / 8) for number in numbers]


def case_fonts():
    font = ImageFont.truetype(FONT, 40)
    yield font.getname(), font.size, font.getmetrics()
    yield attempt(ImageFont.truetype, 'no such font.ttf').split(':')[1][:21]
    yield font.font_variant(size=20).size


def case_lengths():
    font = ImageFont.truetype(FONT, 40)
    for text in ('Hello', 'AVAV', 'naïve Ünïcode', 'x'):
        yield text, _near([font.getlength(text)]), _near(font.getbbox(text))
        for anchor in ('mm', 'rs', 'lt', 'rb', 'md'):
            yield anchor, _near(font.getbbox(text, anchor=anchor))
    draw = ImageDraw.Draw(Image.new('L', (10, 10)))
    yield _near(draw.textbbox((5, 6), 'two\nlines', font=font)[::2]), attempt(draw.textlength, 'two\nlines', font)
    yield _near(draw.textbbox((5, 6), 'two\nlines', font=font, align='center', anchor='ma')[::2])


def case_drawn():
    font = ImageFont.truetype(FONT, 40)
    for keywords in ({}, {'anchor': 'mm'}, {'align': 'right'}, {'stroke_width': 2}, {'fill': 'red'}):
        image = Image.new('RGB', (300, 120))
        ImageDraw.Draw(image).text((100, 40), 'Sphinx\nof quartz', font=font, **keywords)
        yield keywords, _near(image.getbbox()), round(sum(image.convert('L').histogram()[128:]) / 600)
    yield attempt(ImageDraw.Draw(Image.new('L', (9, 9))).text, (0, 0), 'x', font=font, anchor='zz')
