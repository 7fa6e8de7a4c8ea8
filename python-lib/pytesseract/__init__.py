"""Text in images for scripts: pytesseract's functions, with Tesseract in the worker's Java instead of a process.

What is not here raises NotImplementedError with its name. A real pytesseract that is installed wins over this package,
but needs a ``tesseract`` command, which a script can not start.
"""

import shlex

from PIL import Image

from _pulzar import standins
from _pulzar.services import Service

__version__ = '0.3.13'

# Scripts set it; here it has no effect.
tesseract_cmd = 'tesseract'


class Output:
    """The forms of a result."""

    BYTES = 'bytes'
    DATAFRAME = 'data.frame'
    DICT = 'dict'
    STRING = 'string'


class TesseractError(RuntimeError):
    """Tesseract refused a page, a language or a setting."""

    def __init__(self, status, message):
        super().__init__(status, message)
        self.status = status
        self.message = message


class TesseractNotFoundError(OSError):
    """There is no Tesseract for this machine."""

    def __init__(self, reason='tesseract is not available here'):
        super().__init__(reason)


class TSVNotSupported(OSError):
    """Kept for ``except`` clauses; never raised."""


_ocr = Service('ocr', {'pytesseract.TesseractError': lambda text: TesseractError(1, text)})

_DATA_HEADER = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
_BOX_HEADER = 'char left bottom right top page\n'
_FULLY_AUTOMATIC, _DEFAULT_ENGINE = 3, 3


def image_to_string(image, lang=None, config='', nice=0, output_type=Output.STRING, timeout=0):
    """The text of the image: a str that ends with a form feed, or bytes, or a dict with ``text``.

    ``image``
        a path, an image of PIL, or an array of cv2
    ``lang``
        languages such as ``'eng'`` or ``'eng+deu'``
    ``config``
        ``--psm N``, ``--oem N``, ``--dpi N``, ``-l LANG`` and ``-c NAME=VALUE``
    ``timeout``
        seconds after which RuntimeError is raised, 0 for the run's own limit
    """
    text = _recognize(image, 'text', lang, config, timeout) + '\f'
    return _as(output_type, text, lambda: {'text': text})


def image_to_data(image, lang=None, config='', nice=0, output_type=Output.STRING, timeout=0, pandas_config=None):
    """Pages, blocks, paragraphs, lines and words with their places and confidences, as TSV or as a dict of lists."""
    text = _DATA_HEADER + _recognize(image, 'tsv', lang, config, timeout)
    return _as(output_type, text, lambda: _table(text, '\t', -1))


def image_to_boxes(image, lang=None, config='', nice=0, output_type=Output.STRING, timeout=0):
    """Each character with its box, counted from the bottom left corner."""
    text = _recognize(image, 'boxes', lang, config, timeout)
    return _as(output_type, text, lambda: _table(_BOX_HEADER + text, ' ', 0))


def get_languages(config=''):
    """The languages that are installed."""
    return list(_ocr('languages'))


def get_tesseract_version():
    """The version as a str."""
    return str(_ocr('version'))


def _recognize(image, result, lang, config, timeout):
    settings = _settings(config)
    raster, dots_per_inch = _page(image)
    return _ocr(
        'recognize',
        raster,
        lang or settings['lang'],
        settings['psm'],
        settings['oem'],
        settings['dpi'] or dots_per_inch,
        int(timeout * 1000),
        result,
        settings['variables'],
    )


def _settings(config):
    settings = {'psm': _FULLY_AUTOMATIC, 'oem': _DEFAULT_ENGINE, 'dpi': 0, 'lang': 'eng', 'variables': []}
    words = iter(shlex.split(config))
    for word in words:
        name, equals, value = word.partition('=')
        if word == '-c':
            settings['variables'].append(next(words, ''))
        elif word == '-l':
            settings['lang'] = next(words, '')
        elif name in ('--psm', '--oem', '--dpi', '-psm'):
            value = value if equals else next(words, '')
            if not value.isdigit():
                raise TesseractError(1, f'{name} needs a number, not {value!r}')
            settings[name.lstrip('-')] = int(value)
        else:
            raise NotImplementedError(f'{word!r} in config is not in this stand-in for pytesseract')
    return settings


def _page(image):
    """The samples as Tesseract takes them, upright and without alpha, and the dots per inch, 0 when unknown."""
    if isinstance(image, str):
        image = Image.open(image)
    elif not isinstance(image, Image.Image):
        if not hasattr(image, '_raster'):
            raise TypeError('Unsupported image object')
        image = Image.fromarray(image)
    image = _upright(image)
    dots_per_inch = int(image.info.get('dpi', (0, 0))[0] + 0.5)
    if image.mode == 'P':
        image = image.convert('RGBA' if 'transparency' in image.info else 'RGB')
    elif image.mode in ('1', 'I'):
        image = image.convert('L')
    if image.mode in ('LA', 'RGBA'):
        paper = Image.new('RGB', image.size, (255, 255, 255))
        paper.paste(image.convert('RGB'), (0, 0), image.getchannel('A'))
        image = paper
    return image._raster, dots_per_inch


def _upright(image):
    """As its camera was held, unless the script has turned it."""
    if image._turned or 'exif' not in image.info:
        return image
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _as(output_type, text, make_dict):
    if output_type == Output.STRING:
        return text
    if output_type == Output.BYTES:
        return text.encode()
    if output_type == Output.DICT:
        return make_dict()
    raise NotImplementedError(f'output_type={output_type!r} is not in this stand-in for pytesseract')


def _table(text, separator, text_column):
    """The lines as a dict of columns, with whole numbers where there are numbers."""
    lines = [line.split(separator) for line in text.strip().split('\n')]
    if len(lines) < 2:
        return {}
    names = lines.pop(0)
    if len(lines[-1]) < len(names):
        lines[-1].append('')
    text_column %= len(names)
    return {
        name: [line[at] if at == text_column else _number(line[at]) for line in lines if at < len(line)]
        for at, name in enumerate(names)
    }


def _number(text):
    try:
        return int(float(text))
    except ValueError:
        return text


def __getattr__(name):
    if name == 'pytesseract':
        # Scripts set pytesseract.pytesseract.tesseract_cmd, which has no effect here.
        import sys

        return sys.modules[__name__]
    return standins.absent('pytesseract', f'pytesseract.{name}')
