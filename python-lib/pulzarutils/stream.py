"""Configuration files, and the platform's own configuration."""

from __future__ import annotations

import os

from _pulzar import bridge
from pulzarutils.constants import Constants


class Config:
    """An INI file of the script: ``Config('mine.ini').get_config('section', 'name')``.

    A relative path is looked for in the run's scratch directory, then beside the script. ``Constants.CONF_PATH``, and
    no path at all, mean the platform's effective configuration, without its secrets.
    """

    def __init__(self, config_path: str | None = None):
        self.config_path = config_path

    def get_config(self, section: str, config: str) -> str | None:
        """Returns the text of a setting, or None when there is no such file, section or setting."""
        if self._is_the_platforms():
            value = bridge.call('config', section=section, key=config)
            return None if value is None else str(value)
        file = self._file()
        return None if file is None else file.get(section, config, fallback=None)

    def get_sections(self) -> list[str]:
        """Returns the names of the sections, in the order of the file."""
        if self._is_the_platforms():
            return bridge.call('config.sections')
        file = self._file()
        return [] if file is None else file.sections()

    def _is_the_platforms(self):
        return bridge.connected() and (self.config_path is None or self.config_path == Constants.CONF_PATH)

    def _file(self):
        if self.config_path is None:
            return None
        import configparser

        for directory in ('', bridge.script_directory() or ''):
            path = os.path.join(directory, self.config_path)
            if os.path.isfile(path):
                file = configparser.ConfigParser(interpolation=None)
                file.read(path, encoding='utf-8')
                return file
        return None
