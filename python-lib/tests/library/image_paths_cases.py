"""One picture in the forms that cameras and programs give it: every way to read it sees the same."""

import base64
import io
import os
import struct
import tempfile
import zlib

import cv2
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))

# Compared are the ways within the product, its extensions among them; the results stand to reason.
RECORDED = False

# What a camera's sensor saw when it was held like this, as the transposition that its reader has to undo.
HELD = {1: None, 3: Image.ROTATE_180, 6: Image.ROTATE_90, 8: Image.ROTATE_270}

_INKS = base64.b64decode(
    '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP'
    '/8AAFAgAEAAYBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAYAB//EABgQAQADAQAAAAAAAAAAAAAAAAAFFUFi/9oADgRDAE0AWQBLAAA/'
    'AA0XgjScHMprTjGLxUnAbKajGLxUnAdKamOxeNJpOGxymoxi8VJwGymoxi8VJwHSmp//2Q=='
)


def _exif(orientation):
    return b'Exif\0\0II*\0\x08\0\0\0\x01\0' + struct.pack('<HHIHH', 0x0112, 3, 1, orientation, 0) + b'\0\0\0\0'


def _tiff(image, orientation=1, bits=8):
    """A TIFF of samples in grey or RGB; with 16 bits the lower eight are noise."""
    channels = len(image.getbands())
    samples = image.tobytes()
    if bits == 16:
        samples = b''.join(bytes((at * 7 % 256, value)) for at, value in enumerate(samples))
    entries = [
        (256, 3, 1, image.width), (257, 3, 1, image.height), (258, 3, channels, bits), (259, 3, 1, 1),
        (262, 3, 1, 2 if channels == 3 else 1), (273, 4, 1, 0), (274, 3, 1, orientation), (277, 3, 1, channels),
        (278, 3, 1, image.height), (279, 4, 1, len(samples)),
    ]  # fmt: skip
    body = 8 + 2 + 12 * len(entries) + 4
    more = struct.pack('<3H', bits, bits, bits)
    written = b''
    places = {258: body if channels == 3 else bits, 273: body + len(more)}
    for tag, kind, count, value in entries:
        written += struct.pack('<HHII', tag, kind, count, places.get(tag, value))
    return b'II*\0\x08\0\0\0' + struct.pack('<H', len(entries)) + written + b'\0\0\0\0' + more + samples


def _deep_png(image):
    """A PNG of four channels with 16 bits."""

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))

    wide = b''.join(bytes((value, value)) for value in image.tobytes())
    row = 8 * image.width
    lines = b''.join(b'\0' + wide[at : at + row] for at in range(0, len(wide), row))
    head = struct.pack('>IIBBBBB', image.width, image.height, 16, 6, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b'')


def _bytes(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _held(image, kind, orientation):
    """The file that a camera held like this writes."""
    turn = HELD[orientation]
    seen = image if turn is None else image.transpose(turn)
    if kind == 'TIFF':
        return _tiff(seen, orientation)
    options = {'quality': 95} if kind == 'JPEG' else {}
    return _bytes(seen, kind, exif=_exif(orientation), **options)


def _page():
    with Image.open(os.path.join(HERE, 'image_base.png')) as page:
        return page.convert('L')


def _read(image):
    from pytesseract import image_to_string

    return {word.casefold() for word in image_to_string(image).split() if word.isalpha() and len(word) > 3}


def _extension(name, file, **params):
    """What an extension of the product answers to a file."""
    module = __import__(name)
    params = {key: [value] for key, value in params.items()}
    return getattr(module, name.capitalize())([], params, file).execute()


def _has(words, wanted):
    """Nearly all, as a JPEG blurs a letter here and there."""
    return len(words & wanted) >= 0.8 * len(wanted) > 0


def case_text_is_read_upright():
    part = _page().crop((600, 60, 1191, 260))
    wanted = _read(part)
    yield len(wanted) > 5
    for kind, orientation in (('JPEG', 3), ('JPEG', 6), ('PNG', 8), ('TIFF', 6)):
        with tempfile.NamedTemporaryFile(suffix='.' + kind.lower()) as file:
            file.write(_held(part, kind, orientation))
            file.flush()
            opened = Image.open(file.name)
            found = [_has(_read(image), wanted) for image in (file.name, opened, opened.convert('RGB'))]
            yield kind, orientation, found


def case_what_a_script_turned_is_not_turned_again():
    part = _page().crop((600, 60, 1191, 260))
    wanted = _read(part)
    opened = Image.open(io.BytesIO(_held(part, 'JPEG', 6)))
    yield _has(_read(opened.transpose(Image.ROTATE_270)), wanted), _has(_read(opened.rotate(270, expand=True)), wanted)


def case_a_tiff_is_upright_when_it_is_open():
    part = _page().crop((0, 0, 60, 40))
    for orientation in HELD:
        opened = Image.open(io.BytesIO(_held(part, 'TIFF', orientation)))
        opened.load()
        seen = cv2.imdecode(_held(part, 'TIFF', orientation), cv2.IMREAD_GRAYSCALE)
        yield orientation, opened.size, opened.tobytes() == part.tobytes(), seen.tobytes() == part.tobytes()


def _near(one, other, most):
    return len(one) == len(other) > 0 and max(abs(a - b) for a, b in zip(one, other)) <= most


def case_inks_and_16_bits_read_alike():
    colours = Image.frombytes('RGB', (24, 16), bytes(at * 5 % 256 for at in range(24 * 16 * 3)))
    for data in (_INKS, _tiff(colours, bits=16), _tiff(colours.convert('L'), bits=16)):
        opened = Image.open(io.BytesIO(data))
        by_pillow = opened.convert('RGB')
        by_opencv = cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        grey = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
        yield (
            _near(by_pillow.tobytes(), by_opencv.tobytes(), 2),
            _near(by_pillow.convert('L').tobytes(), grey.tobytes(), 2),
        )


def case_a_cut_jpeg_is_an_error_everywhere():
    whole = _bytes(_page().crop((600, 60, 1191, 260)), 'JPEG')
    for cut in (whole[:-2], whole[: len(whole) // 2], _INKS[:200]):
        with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
            file.write(cut)
            file.flush()
            yield _refusal(lambda: Image.open(file.name).load()), _refusal(lambda: _read(file.name))
            yield cv2.imread(file.name) is None, _refusal(lambda: _extension('ocr', file.name))
            yield _refusal(lambda: _extension('imagematching', file.name, image_url='x'))


def _refusal(action):
    try:
        action()
    except (OSError, ValueError) as refused:
        return type(refused).__name__
    return 'nothing'


def case_the_extension_reads_upright():
    part = _page().crop((600, 60, 1191, 260))
    wanted = _read(part)
    with tempfile.NamedTemporaryFile(suffix='.jpg') as file:
        file.write(_held(part, 'JPEG', 8))
        file.flush()
        yield _has({word.casefold() for word in _extension('ocr', file.name)['text'].split()}, wanted)


def _found(template):
    """Whether and where the page has it, and how large it is there."""
    import imagematching

    page = _bytes(_page(), 'PNG')
    before, imagematching._fetch = imagematching._fetch, lambda url: page
    try:
        with tempfile.NamedTemporaryFile() as file:
            file.write(template)
            file.flush()
            found = _extension('imagematching', file.name, image_url='x', percent='95')
    finally:
        imagematching._fetch = before
    return found['found'], found['coordinates'].get('x'), found['coordinates'].get('y'), found['matched']


def case_matching_leaves_out_what_is_transparent():
    part = _page().crop((480, 150, 560, 200)).convert('RGBA')
    covered = part.copy()
    covered.paste((255, 0, 0, 0), (0, 0, 60, 20))
    yield _found(_bytes(part, 'PNG')), _found(_bytes(covered, 'PNG'))
    opaque = covered.copy()
    opaque.putalpha(255)
    yield _found(_bytes(opaque, 'PNG'))[0]
    yield _found(_deep_png(covered)), _found(_bytes(covered, 'WEBP', lossless=True))
    turned = covered.transpose(HELD[6])
    yield _found(_bytes(turned, 'PNG', exif=_exif(6)))


def case_matching_turns_as_the_camera_was_held():
    part = _page().crop((480, 150, 560, 200))
    for kind in ('JPEG', 'PNG', 'TIFF'):
        yield kind, _found(_held(part, kind, 6))
