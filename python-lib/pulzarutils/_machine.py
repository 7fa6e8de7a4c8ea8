"""Sizes and the machine for ``Utils``."""

from __future__ import annotations

import os

from _pulzar import bridge

POWERS = {'k': 1, 'm': 2, 'g': 3, 't': 4, 'p': 5, 'e': 6}

_PASSPORT = 'a script has no cluster key: it reaches its own server with pulzarcore.values and pulzarcore.jobs'


class Machine:
    """What the script runs on."""

    @staticmethod
    def bytesto(bytes: float, to: str, bsize: int = 1024) -> float:
        """Converts bytes: ``bytesto(1536, "k")`` → 1.5; ``to`` is one of k, m, g, t, p, e."""
        if to not in POWERS:
            raise ValueError(f'{to!r} is not one of {", ".join(POWERS)}')
        return bytes / bsize ** POWERS[to]

    @staticmethod
    def cpu_info() -> list[float]:
        """Returns the load over 1, 5 and 15 minutes, in per cent of all processors.

        OSError where the system does not tell.
        """
        if bridge.connected():
            import psutil

            loads, processors = psutil.getloadavg(), psutil.cpu_count()
        else:
            loads, processors = os.getloadavg(), os.cpu_count()
        return [load / (processors or 1) * 100 for load in loads]

    @staticmethod
    def giga_free_space() -> str:
        """Returns how much of the disk is used, in per cent: ``'41.7'``. The name misleads, and stays."""
        if bridge.connected():
            import psutil

            return str(psutil.disk_usage('/').percent)
        import shutil

        usage = shutil.disk_usage('.')
        return str(round(usage.used / usage.total * 100, 1))

    @staticmethod
    def is_unix() -> bool:
        return os.name == 'posix'

    @staticmethod
    def is_windows() -> bool:
        return os.name == 'nt'

    @staticmethod
    def extract_host_env(env: dict) -> str:
        raise PermissionError(f'extract_host_env: {_PASSPORT}')

    @staticmethod
    def get_passport() -> str:
        raise PermissionError(f'get_passport: {_PASSPORT}')

    @staticmethod
    def check_passport(env: dict) -> bool:
        raise PermissionError(f'check_passport: {_PASSPORT}')
