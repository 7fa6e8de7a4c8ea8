"""Reads the text in an image.

curl -T page.png http://127.0.0.1:31414/extension/ocr/page.png
curl -T page.png 'http://127.0.0.1:31414/extension/ocr/page.png?search=total&invert=1'
"""

import io

import pytesseract
from PIL import Image, ImageOps, UnidentifiedImageError

from pulzarutils.extension import Answer, Extension


class Ocr(Extension):
    def __init__(self, arguments, params, file_path=None):
        """The image is the request's body; its name in the path is for people only.

        ``search``
            a text to look for, in any case
        ``invert``
            1 for light text on a dark ground
        ``lang``
            languages such as ``eng`` or ``eng+deu``
        ``psm``
            Tesseract's page segmentation mode, 3 by default
        ``details``
            1 for each word with its box and how sure it is
        """
        self.file_path = file_path
        self.params = {name: values[-1] for name, values in params.items()}

    @classmethod
    def prepare(cls):
        page, file = Image.new('RGB', (640, 320), (255, 255, 255)), io.BytesIO()
        page.paste(Image.new('RGB', (40, 20), (0, 0, 0)), (40, 40))
        page.save(file, 'PNG')
        pytesseract.image_to_string(Image.open(file))

    def execute(self):
        """``{"text"}``, with ``contains`` when there was something to search, with ``words`` for details."""
        wrong = self._wrong_parameter()
        if wrong:
            return Answer(status=400, msg=wrong)
        if self.file_path is None:
            return Answer(status=400, msg='no image: send one as the body, with curl -T FILE')
        image = self._image()
        settings = {'lang': self.params.get('lang') or 'eng', 'config': f'--psm {self.params.get("psm") or 3}'}
        result = {'text': pytesseract.image_to_string(image, **settings)}
        if self.params.get('search'):
            result['contains'] = self.params['search'].casefold() in result['text'].casefold()
        if self.params.get('details') == '1':
            result['words'] = _words(pytesseract.image_to_data(image, output_type='dict', **settings))
        return result

    def _wrong_parameter(self):
        for name in ('invert', 'details'):
            if self.params.get(name, '0') not in ('', '0', '1'):
                return f'{name} must be 0 or 1, not {self.params[name]!r}'
        mode = self.params.get('psm') or '3'
        if not mode.isdecimal() or not (int(mode) == 1 or 3 <= int(mode) <= 13):
            return f'psm must be 1 or a number from 3 to 13, not {mode!r}'
        installed = pytesseract.get_languages()
        for language in (self.params.get('lang') or 'eng').split('+'):
            if language not in installed:
                return f'the language {language!r} is not installed; there are: {", ".join(installed)}'
        return None

    def _image(self):
        try:
            image = ImageOps.exif_transpose(Image.open(self.file_path))
        except UnidentifiedImageError:
            raise ValueError('the uploaded file is not an image') from None
        return ImageOps.invert(image.convert('RGB')) if self.params.get('invert') == '1' else image


def _words(data):
    columns = (data[name] for name in ('text', 'conf', 'left', 'top', 'width', 'height'))
    return [
        {'text': text, 'confidence': confidence, 'box': {'x': x, 'y': y, 'w': width, 'h': height}}
        for text, confidence, x, y, width, height in zip(*columns)
        if text.strip()
    ]
