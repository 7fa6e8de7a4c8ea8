"""How often a request is tried again."""

from requests._retry import RequestHistory, Retry

from _pulzar import standins

__path__ = []  # see _pulzar.standins
__all__ = ['RequestHistory', 'Retry']


def __getattr__(name):
    return standins.absent('urllib3', f'urllib3.util.retry.{name}')
