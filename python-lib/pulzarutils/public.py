"""The keys of the whole cluster, as scripts see them."""

import base64
import datetime

from _pulzar import bridge

PAGE = 500

_WRITTEN = '%Y-%m-%d-%H-%M-%S'


class Public:
    """The key-value store, on whatever machine the script runs."""

    def get_all_elements(self):
        """Iterates over all keys in order, fetching them page by page.

        Yields ``(key, place)``, both bytes: the base64 of the full key, and
        ``host:port,YYYY-MM-DD-HH-MM-SS`` with the node that holds it and the UTC time it was
        written. Keys written or deleted meanwhile may or may not appear.
        """
        after = None
        while True:
            page = bridge.call('keys.page', after=after, limit=PAGE)
            for row in page['keys']:
                written = _moment(row['date']).strftime(_WRITTEN)
                node = row['node'].rpartition('//')[2].rstrip('/')
                yield base64.b64encode(row['key'].encode()), f'{node},{written}'.encode()
            after = page['next']
            if after is None:
                return

    def get_value(self, key):
        """Returns ``{"value": bytes, "datetime": datetime}`` (UTC), or None when there is none.

        ``key`` is the full key (``/path/to/my_key.key``; the leading slash may be missing), or its
        base64 as bytes, as ``get_all_elements`` yields it.
        """
        if isinstance(key, bytes):
            key = base64.b64decode(key, validate=True).decode()
        found = bridge.call('keys.value', key='/' + key.lstrip('/'))
        if found is None:
            return None
        if found.get('value_path'):
            with open(found['value_path'], 'rb') as file:
                value = file.read()
        else:
            value = base64.b64decode(found['value_base64'])
        return {'value': value, 'datetime': _moment(found['datetime'])}

    def set_value(self, key, value, days=None):
        """Stores text or bytes under a key, in place of what is there; returns True.

        ``key`` is the full key, or its base64 as bytes, as ``get_all_elements`` yields it. ``days`` is how long it
        is kept. Raises ValueError for what is no key, OSError when it can't be stored.
        """
        from pulzarcore import values

        if isinstance(key, bytes):
            key = base64.b64decode(key, validate=True).decode()
        values.put(key, value, days=days, replace=True)
        return True

    def search(self, text, eq=None, lt=None, gt=None, limit=None):
        """Returns ``[{"key": full key, "url": where to read it}]``, sorted, of the keys that contain ``text``.

        ``eq``, ``lt``, ``gt``
            only keys written on, until and since this day (UTC, both ends included), ``mm-dd-yyyy``; ``eq`` wins
        ``limit``
            the most keys to return; the platform has a limit of its own
        """
        asked = {'eq': eq, 'lt': lt, 'gt': gt, 'limit': limit}
        return bridge.call('search', text=text, **{name: value for name, value in asked.items() if value is not None})


def _moment(text):
    """Reads a UTC time to the second: ``2026-11-21-09-30-00``, or ISO 8601 with ``T`` or a space."""
    digits = ''.join(character for character in text[:19] if character.isdigit())
    moment = datetime.datetime.strptime(digits, '%Y%m%d%H%M%S')
    return moment.replace(tzinfo=datetime.timezone.utc)
