"""Parts of urllib3 that stand alone."""

from requests._retry import Retry
from urllib3.util.timeout import Timeout

from _pulzar import standins

__all__ = ['Retry', 'Timeout']


def __getattr__(name):
    return standins.absent('urllib3', f'urllib3.util.{name}')
