"""The keys of the whole cluster, as scripts in Python 2 see them."""

import base64
import datetime

import _pulzar_bridge as bridge

PAGE = 500


class Public(object):
    """The key-value store, on whatever machine the script runs."""

    def get_all_elements(self):
        """Yields ``(base64 of the full key, 'host:port,YYYY-MM-DD-HH-MM-SS')`` for all keys in order."""
        after = None
        while True:
            page = bridge.call('keys.page', after=after, limit=PAGE)
            for row in page['keys']:
                node = row['node'].rpartition('//')[2].rstrip('/')
                written = _moment(row['date']).strftime('%Y-%m-%d-%H-%M-%S')
                yield base64.b64encode(row['key'].encode('utf-8')), str('%s,%s' % (node, written))
            after = page['next']
            if after is None:
                return

    def get_value(self, key):
        """Returns ``{"value": bytes, "datetime": datetime}`` (UTC), or None; a key that is a ``str`` may be base64."""
        if isinstance(key, str) and not key.startswith('/') and '.' not in key:
            key = base64.b64decode(key).decode('utf-8')
        found = bridge.call('keys.value', key='/' + key.lstrip('/'))
        if found is None:
            return None
        with open(found['value_path'], 'rb') as file:
            value = file.read()
        return {'value': value, 'datetime': _moment(found['datetime'])}

    def set_value(self, key, value, days=None):
        """Stores text or bytes under a full key, in place of what is there; returns True."""
        from pulzarcore import values

        values.put(key, value, days=days, replace=True)
        return True


def _moment(text):
    digits = ''.join(character for character in text[:19] if character.isdigit())
    return datetime.datetime.strptime(digits, '%Y%m%d%H%M%S')
