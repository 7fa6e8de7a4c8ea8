"""Makes ``open(path, 'w').write(text)`` arrive in the file although nobody closes it.

CPython closes a file when its last reference goes. This runtime does not count references, so that the text would stay
in a buffer for ever. What scripts open for writing is remembered here, and flushed before anything may look at it:
before each look at the file system (``_pulzar.posix_gaps``), before each question to the platform or to a service of
the worker, and at the end of the run.
"""

import _io
import builtins
import os

from _pulzar import bridge

_KEPT = 64

_open = _io.open

# Never replaced, as others hold on to it.
writers = _writers = []


def open(file, mode='r', *args, **kwargs):
    if _writers:
        flush()
    try:
        stream = _open(file, mode, *args, **kwargs)
    except FileNotFoundError:
        beside = _beside_the_script(file, mode)
        if beside is None:
            raise
        stream = _open(beside, mode, *args, **kwargs)
    if mode != 'r' and mode != 'rb' and ('w' in mode or 'a' in mode or 'x' in mode or '+' in mode):
        if len(_writers) >= _KEPT:
            del _writers[0]
        _writers.append(stream)
    return stream


open.__doc__ = _open.__doc__


def _beside_the_script(file, mode):
    """The path of a file that is to be read, where it is not in the run's directory but beside the script."""
    directory = bridge.script_directory()
    if directory is None or 'r' not in mode or '+' in mode or not isinstance(file, (str, os.PathLike)):
        return None
    path = os.path.join(directory, file)
    return None if os.path.isabs(file) or not os.path.isfile(path) else path


def flush():
    """Flushes every writer that is still open and forgets the closed ones."""
    for stream in tuple(_writers):
        if stream.closed:
            _writers.remove(stream)
        else:
            try:
                stream.flush()
            except OSError:
                _writers.remove(stream)
                raise


def forget():
    """Flushes and closes what the run left open."""
    while _writers:
        stream = _writers.pop()
        if not stream.closed:
            stream.close()


def install():
    builtins.open = open
    _io.open = open
    import io

    io.open = open
