"""The values of the server that runs the script, without an address to know::

    from pulzarcore import values

    values.put('/reports/today.txt', 'all is well', days=7)
    values.get('/reports/today.txt')        # b'all is well'
    for key in values.list('/reports/'):
        ...

A key is the full one, ``/path/to/my_key.key``; its leading slash may be missing.
"""

from __future__ import annotations

import builtins
import os

from _pulzar import bridge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

PAGE = 500


def put(key: str, value: str | bytes | Any, days: int | None = None, replace: bool = False) -> str:
    """Stores a value and returns its key.

    ``value``
        text (as UTF-8), bytes, or an open file that is read from where it is
    ``days``
        how long it is kept; None: until it is deleted
    ``replace``
        whether a value that is there gives way; readers see the old or the new one, never a mix

    Raises FileExistsError when the key is there, ValueError for what is no key, OSError when it can't be stored.
    """
    import tempfile

    handle, path = tempfile.mkstemp(prefix='.value-', dir=bridge.run_directory())
    try:
        with os.fdopen(handle, 'wb') as file:
            for piece in _pieces(value):
                file.write(piece)
        return bridge.call('keys.put', key=_full(key), file=os.path.basename(path), days=days, replace=bool(replace))
    finally:
        os.remove(path)


def get(key: str) -> bytes | None:
    """Returns a value, or None when there is none."""
    found = bridge.call('keys.value', key=_full(key))
    if found is None:
        return None
    with open(found['value_path'], 'rb') as file:
        value = file.read()
    os.remove(found['value_path'])
    return value


def delete(key: str) -> bool:
    """Deletes a value; False when there was none."""
    return bridge.call('keys.delete', key=_full(key))


def list(prefix: str = '') -> Iterator[str]:
    """Iterates over the keys that begin with a text, in order, fetching them page by page."""
    after = None
    while True:
        page = bridge.call('keys.page', prefix=_full(prefix) if prefix else None, after=after, limit=PAGE)
        for row in page['keys']:
            yield row['key']
        after = page['next']
        if after is None:
            return


def _full(key: str) -> str:
    return '/' + key.lstrip('/')


def _pieces(value: Any) -> builtins.list[bytes] | Iterator[bytes]:
    if isinstance(value, str):
        return [value.encode()]
    if isinstance(value, (bytes, bytearray, memoryview)):
        return [bytes(value)]
    if hasattr(value, 'read'):
        return _read(value)
    raise TypeError(f'a value is text, bytes or an open file, not {type(value).__name__}')


def _read(file: Any) -> Iterator[bytes]:
    while True:
        piece = file.read(1 << 20)
        if not piece:
            return
        yield piece.encode() if isinstance(piece, str) else piece
