"""How long to wait; ``requests`` takes it as ``timeout=``."""

from _pulzar import standins

__path__ = []  # see _pulzar.standins

_UNSET = object()


class Timeout:
    """Seconds to connect and between bytes; ``total`` is the most for both."""

    DEFAULT_TIMEOUT = _UNSET

    def __init__(self, total=None, connect=_UNSET, read=_UNSET):
        self.total = _checked(total, 'total')
        self._connect, self._read = _checked(connect, 'connect'), _checked(read, 'read')

    @property
    def connect_timeout(self):
        """The seconds to connect, None without a limit."""
        return self._shorter(self._connect)

    @property
    def read_timeout(self):
        """The seconds between bytes, None without a limit."""
        return self._shorter(self._read)

    def _shorter(self, seconds):
        limits = [limit for limit in (self.total, seconds) if limit is not None and limit is not _UNSET]
        return min(limits) if limits else None

    def clone(self):
        """The same once more."""
        return Timeout(self.total, self._connect, self._read)

    def __repr__(self):
        return f'Timeout(connect={self._connect!r}, read={self._read!r}, total={self.total!r})'


def _checked(seconds, name):
    if seconds is None or seconds is _UNSET:
        return seconds
    if isinstance(seconds, bool):
        raise ValueError('Timeout cannot be a boolean value. It must be an int, float or None.')
    if float(seconds) <= 0:
        raise ValueError(
            f'Attempted to set {name} timeout to {seconds}, but the timeout cannot be set to a value less than or '
            'equal to 0.'
        )
    return seconds


def __getattr__(name):
    return standins.absent('urllib3', f'urllib3.util.timeout.{name}')
