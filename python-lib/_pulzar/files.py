"""Makes ``open(path, 'w').write(text)`` arrive in the file although nobody closes it.

CPython closes a file when its last reference goes. This runtime does not count references, so that the text would stay
in a buffer for ever. What scripts open for writing is remembered here, and flushed before anything may look at it:
before each look at the file system (``_pulzar.posix_gaps``), before each question to the platform or to a service of
the worker, and at the end of the run. And what nobody holds any more is closed when a run has too many files open.
"""

import _io
import builtins
import errno
import os
import weakref

from _pulzar import bridge

_KEPT = 64

# Of so many files that were opened, the closed ones are forgotten before the next.
_LOOKED_THROUGH = 256

_open = _io.open

# Never replaced, as others hold on to it.
writers = _writers = []

# For each open file, what scripts hold, weakly, and what has the system's file, which lives on.
_opened = []


def open(file, mode='r', *args, **kwargs):
    if _writers:
        flush()
    if 'U' in mode:
        raise ValueError(f'invalid mode: {mode!r}')
    try:
        stream = _open(file, mode, *args, **kwargs)
    except FileNotFoundError:
        beside = _beside_the_script(file, mode)
        if beside is None:
            raise
        stream = _open(beside, mode, *args, **kwargs)
    except OSError as error:
        if error.errno != errno.EMFILE or not close_forgotten():
            raise
        stream = _open(file, mode, *args, **kwargs)
    _remember(stream)
    if mode != 'r' and mode != 'rb' and ('w' in mode or 'a' in mode or 'x' in mode or '+' in mode):
        if len(_writers) >= _KEPT:
            del _writers[0]
        _writers.append(stream)
    return stream


open.__doc__ = _open.__doc__


def _remember(stream):
    if len(_opened) >= _LOOKED_THROUGH:
        _opened[:] = [pair for pair in _opened if not pair[1].closed]
    held = getattr(stream, 'buffer', stream)
    raw = getattr(held, 'raw', None)
    if raw is not None:
        _opened.append((weakref.ref(stream), raw))


def close_forgotten():
    """Closes the files that nobody can reach any more; how many there were."""
    import gc

    gc.collect()
    forgotten = [raw for stream, raw in _opened if stream() is None and not raw.closed]
    for raw in forgotten:
        raw.close()
    return len(forgotten)


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
    _opened.clear()
    while _writers:
        stream = _writers.pop()
        if not stream.closed:
            stream.close()


def install():
    builtins.open = open
    _io.open = open
    import io

    io.open = open
