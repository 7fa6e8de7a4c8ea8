"""Sizes and the machine for ``Utils``."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

POWERS = {'k': 1, 'm': 2, 'g': 3, 't': 4, 'p': 5, 'e': 6}


class Machine:
    """What the script runs on."""

    @staticmethod
    def bytesto(bytes: float, to: str, bsize: int = 1024) -> float:
        """Converts bytes: ``bytesto(1536, "k")`` → 1.5; ``to`` is one of k, m, g, t, p, e."""
        if to not in POWERS:
            raise ValueError(f'{to!r} is not one of {", ".join(POWERS)}')
        return bytes / bsize ** POWERS[to]

    @staticmethod
    def cpu_info() -> dict[str, Any]:
        """Returns ``{"count": logical processors, "load": [1, 5, 15 minutes]}``.

        ``load`` is None where the system does not tell.
        """
        try:
            load = list(os.getloadavg())
        except (AttributeError, OSError):
            load = None
        return {'count': os.cpu_count() or 1, 'load': load}

    @staticmethod
    def giga_free_space(path: str = '.') -> float:
        """Returns the free space in GiB where a path lies, by default the current directory."""
        import shutil

        return Machine.bytesto(shutil.disk_usage(path).free, 'g')

    @staticmethod
    def is_unix() -> bool:
        return os.name == 'posix'

    @staticmethod
    def is_windows() -> bool:
        return os.name == 'nt'
