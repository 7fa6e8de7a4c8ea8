"""The names of urllib3 that scripts use beside ``requests``: retries, timeouts, exceptions and the switch for warnings.

Connections of its own (``PoolManager`` and ``request``) are not here; a real urllib3 that is installed wins over this.
"""

import warnings

from urllib3 import exceptions, util
from urllib3.util import Retry, Timeout

from _pulzar import standins

__version__ = '1.26.12'
__all__ = ['Retry', 'Timeout', 'add_stderr_logger', 'disable_warnings', 'exceptions', 'util']


def disable_warnings(category=exceptions.HTTPWarning):
    """Hides the warnings of a kind."""
    warnings.simplefilter('ignore', category)


def add_stderr_logger(level=10):
    """Sends what is logged here to standard error; returns the handler."""
    import logging

    handler = logging.StreamHandler()
    logger = logging.getLogger(__name__)
    logger.addHandler(handler)
    logger.setLevel(level)
    return handler


def __getattr__(name):
    return standins.absent('urllib3', f'urllib3.{name}')
