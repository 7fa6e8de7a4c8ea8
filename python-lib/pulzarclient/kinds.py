"""What the server tells, as dicts with known fields. It may tell more: a newer server has more fields.

Times are texts in UTC, ``2026-11-21 08:00:00+00:00``.
"""

from __future__ import annotations

from typing import Any, TypedDict


class Job(TypedDict):
    """Everything about one job.

    ``state`` is pending, running, completed, failed or canceled; ``result`` is what the script returned, ``time`` the
    seconds that it took, and ``'na'`` while it waits.
    """

    job: str
    job_path: str
    job_name: str
    state: str
    status: str
    result: Any
    output: str
    log: str
    time: Any
    error: str | None
    parameters: str
    node: str
    waiting: str | None
    attempt: int
    created: str
    started: str | None
    ended: str | None
    schedule: int | None
    usage: dict[str, Any] | None
    files: list[dict[str, Any]]


class JobRow(TypedDict):
    """One job of a list; ``parameters`` is their beginning as JSON."""

    job_id: int
    job_path: str
    job_name: str
    state: str
    status: str
    parameters: str
    parameters_cut: bool
    node: str
    creation_time: str
    started: str | None
    ended: str | None
    time: float | None
    peak_memory: int | None
    error: str | None
    attempt: int
    schedule: int | None


class Script(TypedDict):
    """A script that can be launched; ``args`` is the text of its documentation."""

    path: str
    description: str
    args: str
    category: str
    author: str
    nodes: list[str]


class ScheduleRow(TypedDict):
    """One schedule of a list; ``next_execution`` is None when nothing is due any more."""

    job_id: int
    job_path: str
    job_name: str
    state: str
    parameters: str
    creation_time: str
    interval: str
    time_unit: Any
    repeat: int
    next_execution: str | None
    cron: str | None
    timezone: str | None
    at: str | None


class Schedule(TypedDict):
    """Everything about one schedule; the newest of ``last_executions`` comes first."""

    job: str
    job_path: str
    job_name: str
    state: str
    parameters: str
    creation: str
    next_execution: str | None
    last_executions: list[dict[str, Any]]
    interval: str
    time_unit: Any
    repeat: int
    cron: str | None
    timezone: str | None
    at: str | None
    misfire: str
    overlap: str
    jitter: str
    until: str | None
    runs_left: int | None


class Key(TypedDict):
    """A key of a list: ``size`` in bytes, ``expires`` None when it stays."""

    key: str
    size: int
    date: str
    node: str
    checksum: str
    expires: str | None
    copies: int
