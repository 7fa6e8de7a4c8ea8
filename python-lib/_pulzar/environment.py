"""The secrets and variables of a run, while it lasts.

Scripts find them in ``pulzarcore.secrets`` and ``pulzarcore.variables``, and in the environment. The two mappings stay
the same objects, as modules that outlive a run hold on to them; their content does not stay.
"""

import json
import os

_replaced = {}


def enter(secrets, variables):
    """Gives a run what it is to have, two JSON objects or empty texts."""
    import pulzarcore

    for mapping, given in ((pulzarcore.variables, variables), (pulzarcore.secrets, secrets)):
        if given:
            mapping.update(json.loads(given))
            for name, value in mapping.items():
                _put(name, value)


def _put(name, value):
    # Only Python's copy, as for the rest of the environment; `export` does more.
    variables = os.environ._data
    key = os.fsencode(name)
    _replaced.setdefault(key, variables.get(key))
    variables[key] = value.encode('utf-8', 'surrogateescape')


def export():
    """Shows them to native libraries too, which ask the C library."""
    for key in _replaced:
        os.putenv(key, os.environ._data[key])


def leave():
    """Takes everything back."""
    if not _replaced:
        return
    import pulzarcore

    pulzarcore.secrets.clear()
    pulzarcore.variables.clear()
    variables = os.environ._data
    for key, value in _replaced.items():
        if value is None:
            variables.pop(key, None)
        else:
            variables[key] = value
    _replaced.clear()
