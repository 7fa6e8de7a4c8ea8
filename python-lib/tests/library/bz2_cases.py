# ruff: noqa: S311, SIM115
"""Compressing with ``bz2``, in one step and in many."""

import bz2
import hashlib
import io
import os
import random
import tempfile

from runner import attempt

_chance = random.Random(3)
_TEXT = b''.join(b'%d bottles of beer on the wall\n' % number for number in range(60000))
_NOISE = _chance.randbytes(1_000_000)


def _digest(data):
    return len(data), hashlib.sha256(data).hexdigest()[:16]


def case_one_step():
    for data in (b'', b'a', b'abc' * 1000, _TEXT, _NOISE, b'\0' * 3_000_000):
        for level in (1, 9):
            yield _digest(bz2.decompress(bz2.compress(data, level)))
    yield bz2.decompress(bz2.compress(b'one') + bz2.compress(b'two') + b'rubbish')
    yield attempt(bz2.decompress, b'rubbish'), attempt(bz2.decompress, bz2.compress(b'x')[:-3]), bz2.decompress(b'')
    yield attempt(bz2.compress, b'', 0), attempt(bz2.compress, 'text')


def case_known_bytes():
    known = bytes.fromhex(
        '425a68393141592653594eece83600000251800010400006449080200031064c4101a7a9a580bb9431f8bb9229c28482776741b0'
    )
    yield bz2.decompress(known)
    for at in (3, 6, 12, 20, 30):
        damaged = known[:at] + bytes([known[at] ^ 4]) + known[at + 1 :]
        yield at, attempt(bz2.decompress, damaged)


def case_steps():
    packed = bz2.compress(_TEXT) + b'after'
    for step in (1_000, 33_333, len(packed)):
        decompressor, found = bz2.BZ2Decompressor(), []
        for at in range(0, len(packed), step):
            if decompressor.eof:
                break
            found.append(decompressor.decompress(packed[at : at + step]))
        yield _digest(b''.join(found)), decompressor.eof
    decompressor = bz2.BZ2Decompressor()
    yield decompressor.decompress(packed, 10), decompressor.needs_input, decompressor.eof, decompressor.unused_data
    yield decompressor.decompress(b'', 5), len(decompressor.decompress(b'')) == len(_TEXT) - 15
    yield decompressor.eof, decompressor.unused_data, attempt(decompressor.decompress, b'x')
    compressor = bz2.BZ2Compressor()
    whole = compressor.compress(_NOISE) + compressor.compress(_TEXT) + compressor.flush()
    yield _digest(bz2.decompress(whole)), attempt(compressor.compress, b'x'), attempt(compressor.flush)


def case_files():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'text.bz2')
        with bz2.open(path, 'wt', encoding='utf-8') as file:
            file.writelines(f'line {number} é\n' for number in range(1000))
        with bz2.open(path, 'at', encoding='utf-8') as file:
            file.write('more\n')
        with bz2.open(path, 'rt', encoding='utf-8') as file:
            yield next(file), sum(1 for _ in file)
        with bz2.BZ2File(path) as file:
            file.seek(5)
            yield file.read(3), file.tell(), file.readline()
            file.seek(-5, io.SEEK_END)
            yield file.read()
        with open(path, 'r+b') as file:
            file.truncate(100)
        yield attempt(lambda: bz2.open(path).read())
