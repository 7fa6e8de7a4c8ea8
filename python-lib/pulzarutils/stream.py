"""The platform's configuration, as scripts see it."""

import os

from _pulzar import bridge


class Config:
    """The effective configuration: ``Config(path).get_config("general", "maxsize")``.

    The platform answers, whatever ``path`` names; secrets are never handed out. On a desk the INI
    file at ``path`` is read.
    """

    def __init__(self, path=None):
        self.path = path

    def get_config(self, section, key):
        """Returns the setting ``pulzar.{section}.{key}`` as text, or None when it has no value."""
        if bridge.connected():
            value = bridge.call('config', section=section, key=key)
            return None if value is None else str(value)
        if not self.path or not os.path.isfile(self.path):
            return None
        import configparser

        file = configparser.ConfigParser(interpolation=None)
        file.read(self.path, encoding='utf-8')
        return file.get(section, key, fallback=None)
