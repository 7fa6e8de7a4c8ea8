"""The jobs of the server that runs the script::

    from pulzarcore import jobs

    ids = [jobs.launch('reports/part', number=number) for number in range(4)]
    results = [jobs.wait(id)['result'] for id in ids]

A job that waits for others gives its place away meanwhile, so that a full server does not stand still.
"""

from __future__ import annotations

from _pulzar import bridge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def launch(path: str, parameters: dict[str, Any] | None = None, **more: Any) -> int:
    """Starts a job and returns its id.

    ``path``
        the script below the jobs directory: ``reports/daily``
    ``parameters``, ``more``
        its parameters, as a dict or by name

    Raises KeyError when there is no such script, ValueError for parameters that it does not take, OSError when the
    queue is full or the master can't be reached.
    """
    return bridge.call('jobs.launch', path=path, parameters={**(parameters or {}), **more})


def wait(job: int, seconds: float | None = None) -> dict[str, Any] | None:
    """Waits for the end of a job and returns all about it, as ``GET /admin/jobs/{id}``: ``state``, ``result``, …

    Returns None when it goes on after so many seconds; without them it waits as long as the run may take. Raises
    KeyError when there is no such job.
    """
    return bridge.call('jobs.wait', job=int(job), seconds=None if seconds is None else float(seconds))


def cancel(job: int) -> bool:
    """Cancels a job; False when it has ended. Raises KeyError when there is no such job."""
    return bridge.call('jobs.cancel', job=int(job))
