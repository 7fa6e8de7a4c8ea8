"""Finds the platform's library for scripts in CPython.

There the real packages are imported where the host or the virtual environment has them. Of the stand-ins in python-lib
only those that need no worker in Java are offered; for the others the error says how to get the real one.
"""

import sys
from importlib.machinery import PathFinder

_OFFERED = frozenset(['pulzarcore', 'pulzarutils', 'requests', 'urllib3', 'psutil'])

_PACKAGES = {
    'cv2': 'opencv-python-headless',
    'PIL': 'Pillow',
    'psycopg2': 'psycopg2-binary',
    'bs4': 'beautifulsoup4',
    'yaml': 'PyYAML',
    'sklearn': 'scikit-learn',
    'skimage': 'scikit-image',
    'dateutil': 'python-dateutil',
}


class _Library:
    def __init__(self, path):
        self._path = [path]

    def find_spec(self, name, path=None, target=None):
        if path is not None or '.' in name:
            return None
        if name in _OFFERED:
            return PathFinder.find_spec(name, self._path)
        if name.startswith('_') or name in sys.stdlib_module_names:
            return None
        package = _PACKAGES.get(name, name)
        raise ModuleNotFoundError(
            f"No module named '{name}': add it with  pulzar packages add {package} --runtime cpython", name=name
        )


_finders = []


def install(library):
    """Adds the finder, after all others."""
    _finders.append(_Library(library))
    sys.meta_path.extend(_finders)


def stay_last():
    """Puts the finder behind those that were added since."""
    for finder in _finders:
        sys.meta_path.remove(finder)
        sys.meta_path.append(finder)
