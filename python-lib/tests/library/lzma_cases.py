# ruff: noqa: S311
"""Compressing with ``lzma``, in one step and in many, and what is not LZMA at all."""

import io
import lzma
import random
import tarfile
import zipfile

from runner import attempt

_chance = random.Random(5)
_TEXT = b''.join(b'%d bottles of beer on the wall\n' % number for number in range(5000))
_RAW1 = [{'id': lzma.FILTER_LZMA1}]
_RAW2 = [{'id': lzma.FILTER_DELTA, 'dist': 4}, {'id': lzma.FILTER_LZMA2, 'preset': 7}]


def _raised(function, *arguments, **keywords):
    """The class of what a call raises."""
    return str(attempt(function, *arguments, **keywords)).partition(':')[0]


def case_one_step():
    for data in (b'', b'a', _TEXT, _chance.randbytes(100_000)):
        for options in ({}, {'preset': 1}, {'format': lzma.FORMAT_ALONE}, {'check': lzma.CHECK_SHA256}):
            yield lzma.decompress(lzma.compress(data, **options)) == data
        for filters in (_RAW1, _RAW2):
            raw = lzma.compress(data, lzma.FORMAT_RAW, filters=filters)
            yield lzma.decompress(raw, lzma.FORMAT_RAW, filters=filters) == data
    yield lzma.decompress(lzma.compress(b'one') + lzma.compress(b'two'))


def case_what_is_not_lzma():
    for data in (b'', b'not lzma at all, really not' * 10, b'\0' * 1000, b'\xfd7zXZ\0' + b'x' * 100, _TEXT):
        yield _raised(lzma.decompress, data)
    yield attempt(lzma.decompress, lzma.compress(_TEXT)[:-5])
    yield attempt(lzma.compress, b'', 7), attempt(lzma.compress, 'text')


def case_many_steps():
    compressed, decompressor, parts = lzma.compress(_TEXT), lzma.LZMADecompressor(), []
    steps = range(0, len(compressed), 700)
    parts.extend(decompressor.decompress(compressed[start : start + 700], 1000) for start in steps)
    while not decompressor.eof:
        parts.append(decompressor.decompress(b'', 5000))
    yield b''.join(parts) == _TEXT, decompressor.unused_data, decompressor.check, decompressor.needs_input
    yield attempt(decompressor.decompress, b'')
    decompressor = lzma.LZMADecompressor()
    yield decompressor.decompress(compressed + b'tail') == _TEXT, decompressor.unused_data, decompressor.eof


def case_containers():
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode='w') as tar:
        entry = tarfile.TarInfo('name')
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b'abc'))
    archive.seek(0)
    with tarfile.open(fileobj=archive) as tar:
        yield tar.getnames()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w', zipfile.ZIP_LZMA) as zipped:
        zipped.writestr('name', _TEXT)
    archive.seek(0)
    yield zipfile.ZipFile(archive).read('name') == _TEXT
