"""Edges, outlines, shapes and arithmetic with ``cv2``, compared with Debian's python3-opencv."""

import os
import zlib

import cv2
from runner import attempt

PART = os.path.join(os.path.dirname(__file__), 'spotify.png')


def _seen(image):
    return tuple(image.shape), str(image.dtype), zlib.crc32(image.tobytes())


def _images():
    image = cv2.imread(PART)
    return image, cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def case_operators():
    image, grey = _images()
    yield _seen(grey > 100), _seen(grey <= 100), _seen(grey == 27), _seen(grey != 27), _seen(image == [23, 23, 23])
    yield (
        _seen(grey + 50),
        _seen(grey - 5),
        _seen(grey * 2),
        _seen(image + 200),
        _seen(255 - grey),
        _seen(grey + 300),
        _seen(grey + -1),
    )
    yield (
        _seen(grey * 0.5),
        _seen(grey / 2),
        _seen(grey + grey),
        _seen(grey.astype('float32') * 2),
        _seen(grey.astype('int32') - 500),
    )
    yield (
        int((grey > 100).sum()),
        round(float(grey.mean()), 6),
        bool((grey >= 0).all()),
        bool((grey > 255).any()),
        int(image.sum()),
    )


def case_changing_parts():
    image, grey = _images()
    other = image.copy()
    other[2:9, 3:12] = (1, 2, 3)
    other[0, 0] = [9, 9, 9]
    yield _seen(other), _seen(image)
    other[20:30, 20:30] = image[0:10, 0:10]
    yield _seen(other)
    grey[grey > 100] = 7
    yield _seen(grey)
    other[5:7] = 0
    yield _seen(other)


def case_arithmetic():
    image, grey = _images()
    turned = cv2.flip(image, 1)
    for name in ('add', 'subtract', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'max', 'min'):
        yield name, _seen(getattr(cv2, name)(image, turned))
    yield _seen(cv2.bitwise_not(grey)), _seen(cv2.addWeighted(image, 0.3, turned, 0.7, 5))
    yield (
        _seen(cv2.inRange(image, (0, 0, 0), (100, 255, 100))),
        [_seen(one) for one in cv2.split(image)],
        _seen(cv2.merge([grey, grey, grey])),
    )
    yield _seen(cv2.bitwise_and(image, image, mask=cv2.inRange(grey, 0, 100)))
    yield [
        _seen(cv2.rotate(image, code))
        for code in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
    ]


def case_edges_and_kernels():
    image, grey = _images()
    yield _seen(cv2.Canny(grey, 50, 150)), _seen(cv2.medianBlur(image, 3)), _seen(cv2.blur(image, (3, 5)))
    for method in (cv2.ADAPTIVE_THRESH_MEAN_C, cv2.ADAPTIVE_THRESH_GAUSSIAN_C):
        yield _seen(cv2.adaptiveThreshold(grey, 255, method, cv2.THRESH_BINARY, 11, 2))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    yield _seen(kernel), _seen(cv2.dilate(grey, kernel)), _seen(cv2.erode(grey, None, iterations=2))
    for way in (cv2.MORPH_OPEN, cv2.MORPH_CLOSE, cv2.MORPH_GRADIENT, cv2.MORPH_TOPHAT):
        yield _seen(cv2.morphologyEx(grey, way, kernel))
    matrix = cv2.getRotationMatrix2D((10, 12), 90, 1)
    yield tuple(matrix.shape), _seen(cv2.warpAffine(grey, matrix, (40, 30), flags=cv2.INTER_NEAREST))


def case_outlines():
    _, grey = _images()
    _, black = cv2.threshold(grey, 100, 255, cv2.THRESH_BINARY)
    for mode in (cv2.RETR_EXTERNAL, cv2.RETR_LIST):
        outlines, _ = cv2.findContours(black, mode, cv2.CHAIN_APPROX_SIMPLE)
        yield len(outlines), [tuple(one.shape) for one in outlines][:3]
        yield sorted(
            (cv2.contourArea(one), round(cv2.arcLength(one, True), 3), cv2.boundingRect(one)) for one in outlines
        )[-3:]


def case_shapes():
    image, grey = _images()
    other = image.copy()
    yield cv2.rectangle(other, (2, 3), (20, 15), (0, 255, 0), 2) is other, _seen(other), _seen(image)
    cv2.line(other, (0, 0), (30, 20), (255, 0, 0), 3)
    cv2.circle(other, (15, 15), 8, (1, 2, 3), -1)
    cv2.ellipse(other, (20, 20), (9, 5), 30, 0, 270, (5, 5, 5))
    yield _seen(other)
    cv2.putText(other, 'text', (5, 25), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 255), 1, cv2.LINE_AA)
    yield cv2.getTextSize('text', cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1), _seen(other)
    cv2.rectangle(grey, (1, 1), (5, 5), 77, cv2.FILLED)
    yield _seen(grey)
    yield attempt(cv2.rectangle, grey, (1.5, 1), (5, 5), 0).split(':')[0]
