# ruff: noqa: SIM115, PTH
"""What ``os`` does with files, and what it sees of files that nobody closed."""

import os
import pathlib
import sqlite3
import tempfile

from runner import attempt


def _raised(function, *arguments, **keywords):
    """The class of what a call raises."""
    return str(attempt(function, *arguments, **keywords)).partition(':')[0]


def _fresh():
    os.chdir(tempfile.mkdtemp())


def case_times():
    _fresh()
    open('file', 'w').close()
    os.utime('file', (1.25, 2.75))
    yield os.stat('file').st_atime_ns, os.stat('file').st_mtime_ns
    os.utime('file', ns=(1_250_000_001, 2_750_000_002))
    yield os.stat('file').st_mtime_ns, os.path.getmtime('file')
    yield _raised(os.utime, 'file', (1, 2), ns=(1, 2)), _raised(os.utime, 'missing', (1, 2))


def case_modes():
    _fresh()
    os.mkdir('private', 0o700)
    yield oct(os.stat('private').st_mode), oct(os.stat(tempfile.mkdtemp()).st_mode)
    pathlib.Path('path').mkdir(0o750)
    os.makedirs('deep/down', exist_ok=True)
    os.makedirs('deep/down', exist_ok=True)
    yield oct(os.stat('path').st_mode), oct(os.stat('deep').st_mode), _raised(os.mkdir, 'path')


def case_lengths():
    _fresh()
    with open('file', 'wb') as file:
        file.write(b'abc')
    os.truncate('file', 6)
    yield open('file', 'rb').read()
    os.truncate('file', 2)
    with open('file', 'r+b') as file:
        file.truncate(4)
        yield file.tell(), os.fstat(file.fileno()).st_size
    yield open('file', 'rb').read()


def case_not_closed():
    _fresh()
    open('a', 'w').write('hello')
    yield os.path.getsize('a')
    open('b', 'w').write('hello')
    yield os.stat('b').st_size, pathlib.Path('b').stat().st_size
    open('c', 'w').write('hello')
    yield [entry.stat().st_size for entry in os.scandir('.') if entry.name == 'c']
    open('d', 'w').write('hello')
    os.rename('d', 'e')
    yield os.lstat('e').st_size, open('e').read()
    open('f.db', 'wb').write(b'SQLite format 3\0')
    yield _raised(sqlite3.connect('f.db').execute, 'SELECT * FROM sqlite_master')


def case_refusals():
    _fresh()
    for call in (os.read, os.close):
        descriptor = os.open('file', os.O_CREAT | os.O_RDWR)
        os.close(descriptor)
        yield _raised(call, descriptor, *([1] if call is os.read else []))
    yield _raised(os.fsync, 9999), _raised(os.fstat, 9999)
