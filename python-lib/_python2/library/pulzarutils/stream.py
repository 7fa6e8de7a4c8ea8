"""Configuration files, and the platform's own configuration, for Python 2."""

import os
from ConfigParser import Error, RawConfigParser

import _pulzar_bridge as bridge
from pulzarutils.constants import Constants


class Config(object):
    """An INI file of the script, or the platform's configuration without its secrets."""

    def __init__(self, config_path=None):
        self.config_path = config_path

    def get_config(self, section, config):
        """Returns the text of a setting, or None when there is no such file, section or setting."""
        if self.config_path in (None, Constants.CONF_PATH):
            value = bridge.call('config', section=section, key=config)
            return None if value is None else str(value)
        try:
            return self._file().get(section, config)
        except Error:
            return None

    def get_sections(self):
        """Returns the names of the sections."""
        if self.config_path in (None, Constants.CONF_PATH):
            return bridge.call('config.sections')
        return self._file().sections()

    def _file(self):
        beside = os.path.dirname(os.path.join(bridge.host.root, bridge.host.script))
        file = RawConfigParser()
        file.read([os.path.join(beside, self.config_path), self.config_path])
        return file
