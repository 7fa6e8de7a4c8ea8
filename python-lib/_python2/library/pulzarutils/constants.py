"""The platform's constants: those of the library for Python 3, whose source is right in both."""

import os

import _pulzar_bridge as bridge

_FILE = os.path.join(os.path.dirname(os.path.dirname(bridge.host.library)), 'pulzarutils', 'constants.py')

with open(_FILE) as _source:
    exec(compile(_source.read(), _FILE, 'exec'), globals())
