"""Finds one image inside another.

curl -T button.png 'http://127.0.0.1:31414/extension/imagematching?image_url=http://host/screen.png'
curl -T button.png 'http://127.0.0.1:31414/extension/imagematching?image_url=/screens/today.png&percent=90'
"""

import io
import time

import cv2

from pulzarutils.extension import Answer, Extension

DEFAULT_PERCENT = 80
LARGEST_DOWNLOAD = 32 * 1024 * 1024
DOWNLOAD_SECONDS = 20


class Imagematching(Extension):
    def __init__(self, arguments, params, file_path=None):
        """The small image is the request's body.

        ``image_url``
            where the large image is: an http or https URL, or a key of the store
        ``percent``
            how alike they must be, 10 to 100; 80 by default
        """
        self.file_path = file_path
        self.params = {name: values[-1] for name, values in params.items()}

    @classmethod
    def prepare(cls):
        import requests  # noqa: F401 so that the first image_url finds it loaded

        tile = _grey(b'P5 8 8 255\n' + bytes(range(64)), 'a tile')
        cv2.minMaxLoc(cv2.matchTemplate(tile, tile, cv2.TM_CCOEFF_NORMED))

    def execute(self):
        """Whether and where the image was found.

        ``coordinates`` has the top left corner of the best place, and the size of the large image; the size of what was
        found is ``matched``.
        """
        percent = self.params.get('percent') or str(DEFAULT_PERCENT)
        if not percent.isdecimal() or not 10 <= int(percent) <= 100:
            return Answer(status=400, msg=f'percent must be a whole number from 10 to 100, not {percent!r}')
        if self.file_path is None:
            return Answer(status=400, msg='no image: send one as the body, with curl -T FILE')
        with open(self.file_path, 'rb') as file:
            data = file.read()
        part, mask = _grey(data, 'the uploaded file'), _mask(data)
        url = self.params.get('image_url')
        if not url:
            raise ValueError('image_url is missing: name the image to search in, by URL or by key')
        return _match(part, mask, _grey(_fetch(url), 'what image_url names'), int(percent) / 100)


def _match(part, mask, base, wanted):
    if part.shape[0] > base.shape[0] or part.shape[1] > base.shape[1]:
        sizes = '{1}x{0} and {3}x{2}'.format(*part.shape, *base.shape)
        raise ValueError(f'the uploaded image is larger than the one to search in ({sizes} pixels)')
    _, score, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(base, part, cv2.TM_CCOEFF_NORMED, mask=mask))
    found = score >= wanted
    height, width = base.shape
    return {
        'found': found,
        'percent_of_match': wanted,
        'coordinates': {'x': x, 'y': y, 'w': width, 'h': height} if found else {},
        'msg': None if found else f'not found: the best place fits to {score:.3f}, and {wanted} was wanted',
        'score': score,
        'matched': {'w': part.shape[1], 'h': part.shape[0]},
    }


def _grey(data, name):
    image = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    if image is None:
        image = _band(data, 'L')
    if image is None:
        raise ValueError(f'{name} is not an image, or is damaged')
    return image


def _mask(data):
    """What of the image is not transparent; None when all of it is opaque."""
    image = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if image is None:
        alpha = _band(data, 'A')
    elif image.ndim != 3 or image.shape[2] != 4:
        return None
    elif image.dtype != 'uint8' or b'eXIf' in data or b'EXIF' in data:
        # OpenCV turns what it reads in grey as the camera was held, but not what it reads unchanged.
        alpha = _band(data, 'A')
    else:
        alpha = image[:, :, 3]
    if alpha is None or alpha.min() == 255:
        return None
    _, mask = cv2.threshold(alpha, 127, 255, cv2.THRESH_BINARY)
    if mask.max() == 0:
        raise ValueError('the uploaded image is transparent everywhere')
    return mask


def _band(data, band):
    """Grey or alpha of what OpenCV does not read, or not like this; None when it is no image or has no such band."""
    # What few calls need is imported by those, so that a first call is short.
    from PIL import Image, ImageOps

    try:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    except OSError:
        return None
    if band == 'A':
        if 'A' not in image.getbands() and not (image.mode == 'P' and 'transparency' in image.info):
            return None
        image = image.convert('RGBA').getchannel('A')
    png = io.BytesIO()
    image.convert('L').save(png, 'PNG')
    return cv2.imdecode(png.getvalue(), cv2.IMREAD_GRAYSCALE)


def _fetch(url):
    scheme, separator, _ = url.partition('://')
    if not separator:
        from pulzarutils.public import Public

        value = Public().get_value(url)
        if value is None:
            raise ValueError(f'there is no key {url}')
        return value['value']
    if scheme.lower() not in ('http', 'https'):
        raise ValueError(f'image_url must be http, https or a key, not {scheme}')
    return _download(url)


def _download(url):
    import requests

    end = time.monotonic() + DOWNLOAD_SECONDS
    with requests.get(url, stream=True, timeout=DOWNLOAD_SECONDS) as response:
        response.raise_for_status()
        data = bytearray()
        for chunk in response.iter_content(1 << 16):
            data += chunk
            if len(data) > LARGEST_DOWNLOAD:
                raise ValueError(f'the image at image_url is larger than {LARGEST_DOWNLOAD >> 20} MB')
            if time.monotonic() > end:
                raise ValueError(f'image_url took longer than {DOWNLOAD_SECONDS} s')
    return bytes(data)
