"""Shows ``zones.bin`` as the folders of files that ``zoneinfo`` expects."""

import io
import json
import os
import sys
import types
from importlib.machinery import ModuleSpec

_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), 'zones.bin')


def _read():
    with open(_DATA, 'rb') as file:
        return json.loads(file.readline())['zones'], file.read()


class _Folder:
    """One folder of zones: its loader and the reader of its resources (``importlib.resources``)."""

    def __init__(self, name):
        self._prefix = name + '/' if name else ''

    def get_resource_reader(self, fullname):
        return self

    def open_resource(self, name):
        try:
            start, length = _zones[self._prefix + name]
        except KeyError:
            raise FileNotFoundError(self._prefix + name) from None
        return io.BytesIO(_content[start : start + length])

    def resource_path(self, name):
        raise FileNotFoundError(self._prefix + name)

    def is_resource(self, name):
        return self._prefix + name in _zones

    def contents(self):
        return [zone[len(self._prefix) :] for zone in _zones if zone.startswith(self._prefix)]


def _add_folders():
    for folder in sorted({zone.rpartition('/')[0] for zone in _zones} - {''}):
        name = f'{__name__}.{folder.replace("/", ".")}'
        module = types.ModuleType(name)
        module.__spec__ = ModuleSpec(name, _Folder(folder), is_package=True)
        module.__path__ = []
        sys.modules[name] = module
    __spec__.loader = _Folder('')


_zones, _content = _read()
_add_folders()
