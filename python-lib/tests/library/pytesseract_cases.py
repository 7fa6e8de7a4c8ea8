"""Words that are read in images, compared with the tesseract command of Debian, an older version than ours."""

import os
import subprocess
import tempfile

from PIL import Image, ImageOps

HERE = os.path.dirname(__file__)


def _command(image, lang='eng', config=''):
    """What pytesseract does, where it is not installed: one process for each image."""
    with tempfile.NamedTemporaryFile(suffix='.png') as file:
        image.save(file, 'PNG')
        file.flush()
        command = ['tesseract', file.name, '-', '-l', lang, *config.split()]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


try:
    from pytesseract import image_to_string
except ImportError:
    image_to_string = _command


def _words(image, **settings):
    """The words that both versions must agree on: not what they take a picture or a sign for."""
    return [word.casefold() for word in image_to_string(image, **settings).split() if word.isalpha() and len(word) > 3]


def _page():
    with Image.open(os.path.join(HERE, 'image_base.png')) as page:
        return page.convert('RGB')


def case_words():
    page = _page()
    grey = page.convert('L')
    larger = grey.resize((2 * grey.width, 2 * grey.height))
    for image in (page, grey, larger, ImageOps.invert(grey), grey.crop((600, 0, 1191, 400))):
        yield image.size, _words(image)


def case_settings():
    part = _page().convert('L').crop((600, 60, 1191, 400))
    for config in ('--psm 3', '--psm 4', '--psm 6 --oem 1', '--psm 11'):
        yield config, _words(part, lang='eng', config=config)
