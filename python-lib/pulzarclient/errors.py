"""What can go wrong, each with what the server said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kinds import Job


class PulzarError(Exception):
    """Anything that this package raises on its own account."""


class UnreachableError(PulzarError):
    """No server answers, or its answer broke off."""


class RefusedError(PulzarError):
    """The server refused.

    ``status``
        of HTTP: 400, 404, …
    ``message``
        what was wrong and what to do, in the server's words
    ``code``
        a stable word for it, as ``job_not_found``; empty when there is none
    """

    def __init__(self, status: int, message: str, code: str = '') -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return f'{self.message} (status {self.status})'


class NotFoundError(RefusedError):
    """There is no such script, job, key, …: 404."""


class NotAllowedError(RefusedError):
    """The token is missing, unknown, or may not do this: 401 and 403."""


class ConflictError(RefusedError):
    """The key exists already, the job has ended, somebody else was first: 409 and 412."""


class BusyError(RefusedError):
    """Too many jobs wait, or no node is there: 429 and 503.

    ``retry_after``
        seconds after which it may go well, as the server thinks; None when it does not say
    """

    retry_after: float | None = None


class JobFailedError(PulzarError):
    """A job that was waited for failed, or was canceled.

    ``job``
        everything about it
    """

    def __init__(self, job: Job) -> None:
        super().__init__(f'job {job["job"]} {job["state"]}: {job.get("error") or "see its log"}')
        self.job = job


def refused(status: int, message: str, code: str, retry_after: float | None) -> RefusedError:
    """The error that fits a status."""
    if status in (429, 503):
        busy = BusyError(status, message, code)
        busy.retry_after = retry_after
        return busy
    kinds = {401: NotAllowedError, 403: NotAllowedError, 404: NotFoundError, 409: ConflictError, 412: ConflictError}
    return kinds.get(status, RefusedError)(status, message, code)
