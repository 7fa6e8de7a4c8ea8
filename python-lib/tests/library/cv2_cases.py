# ruff: noqa: E501
"""What people do with ``cv2``, compared with Debian's python3-opencv: pixels as checksums, places and scores as they are."""

import os
import tempfile
import zlib

import cv2
from runner import attempt

HERE = os.path.dirname(__file__)
BASE, PART = os.path.join(HERE, 'image_base.png'), os.path.join(HERE, 'spotify.png')


def _seen(image):
    return tuple(image.shape), str(image.dtype), zlib.crc32(image.tobytes())


def case_reading():
    for flags in (cv2.IMREAD_COLOR, cv2.IMREAD_GRAYSCALE, cv2.IMREAD_UNCHANGED):
        yield _seen(cv2.imread(PART, flags))
    yield _seen(cv2.imread(PART)), cv2.imread('no-such-file.png')
    image = cv2.imread(PART)
    yield int(image.size), image.ndim, image.nbytes, len(image), int(image.min()), int(image.max())
    yield [int(value) for value in image[5, 7]], _seen(image[10:20, 30:50])


def case_matching():
    base, part = cv2.imread(BASE), cv2.imread(PART)
    grey = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) for image in (base, part)]
    for method in (cv2.TM_CCOEFF_NORMED, cv2.TM_CCORR_NORMED, cv2.TM_SQDIFF_NORMED):
        for one, other in ((base, part), grey):
            scores = cv2.matchTemplate(one, other, method)
            low, high, low_at, high_at = cv2.minMaxLoc(scores)
            yield (
                tuple(scores.shape),
                round(low, 3),
                round(high, 4),
                tuple(high_at if method != cv2.TM_SQDIFF_NORMED else low_at),
            )


def case_changing():
    image = cv2.imread(PART)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    yield _seen(grey), _seen(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)), _seen(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    for kind in (cv2.THRESH_BINARY, cv2.THRESH_BINARY_INV, cv2.THRESH_TRUNC, cv2.THRESH_TOZERO):
        used, result = cv2.threshold(grey, 100, 255, kind)
        yield used, _seen(result)
    yield cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    yield (
        _seen(cv2.resize(image, (60, 40), interpolation=cv2.INTER_NEAREST)),
        cv2.resize(image, None, fx=0.5, fy=0.5).shape,
    )
    yield _seen(cv2.absdiff(image, cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)))
    yield cv2.GaussianBlur(grey, (5, 5), 0).shape


def case_writing():
    image = cv2.imread(PART)
    done, encoded = cv2.imencode('.png', image)
    yield done, len(encoded) > 100
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'copy.png')
        yield cv2.imwrite(path, image), _seen(cv2.imread(path)) == _seen(image)
        path = os.path.join(directory, 'copy.jpg')
        yield cv2.imwrite(path, image, [cv2.IMWRITE_JPEG_QUALITY, 90]), cv2.imread(path).shape


def case_refusals():
    part = cv2.imread(PART)
    for wrong in (lambda: cv2.cvtColor(cv2.imread('nothing'), cv2.COLOR_BGR2GRAY), lambda: cv2.imencode('.nope', part),
                  lambda: cv2.resize(part, (0, 0))):  # fmt: skip
        yield attempt(wrong).split(':')[0]
