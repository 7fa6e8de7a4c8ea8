"""``requests.packages.urllib3``, the older way to what is used beside requests."""

import sys

import urllib3
from requests._missing import module_attribute

__all__ = ['urllib3']

# ``import requests.packages.urllib3.exceptions`` finds the same modules.
__path__ = []
for _name, _module in list(sys.modules.items()):
    if _name == 'urllib3' or _name.startswith('urllib3.'):
        sys.modules[f'{__name__}.{_name}'] = _module


def __getattr__(name):
    return module_attribute('requests.packages', name)
