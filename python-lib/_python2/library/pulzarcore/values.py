"""The values of the server that runs the script, for Python 2."""

import os
import tempfile

import _pulzar_bridge as bridge

PAGE = 500


def put(key, value, days=None, replace=False):
    """Stores text (as UTF-8), bytes or an open file, and returns its key."""
    handle, path = tempfile.mkstemp(prefix='.value-', dir=bridge.host.scratch)
    try:
        with os.fdopen(handle, 'wb') as file:
            content = value.read() if hasattr(value, 'read') else value
            file.write(content.encode('utf-8') if isinstance(content, unicode) else content)
        return bridge.call('keys.put', key=_full(key), file=os.path.basename(path), days=days, replace=bool(replace))
    finally:
        os.remove(path)


def get(key):
    """Returns a value, or None when there is none."""
    found = bridge.call('keys.value', key=_full(key))
    if found is None:
        return None
    with open(found['value_path'], 'rb') as file:
        value = file.read()
    os.remove(found['value_path'])
    return value


def delete(key):
    """Deletes a value; False when there was none."""
    return bridge.call('keys.delete', key=_full(key))


def list(prefix=''):
    """Iterates over the keys that begin with a text, in order."""
    after = None
    while True:
        page = bridge.call('keys.page', prefix=_full(prefix) if prefix else None, after=after, limit=PAGE)
        for row in page['keys']:
            yield row['key']
        after = page['next']
        if after is None:
            return


def _full(key):
    return '/' + key.lstrip('/')
