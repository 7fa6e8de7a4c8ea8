"""The client."""

from __future__ import annotations

import os
import ssl
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

from .errors import JobFailedError, NotFoundError, UnreachableError
from .kinds import Job, JobRow, Key, Schedule, ScheduleRow, Script
from .streams import LogLines, Value, ValueBody
from .transport import PIECE, Answer, Transport, envelope, from_environment, trusting

PAGE = 500
UNITS = {'m': 'minutes', 'h': 'hours', 'd': 'days', 'w': 'weeks'}


class Client:
    """Talks to the master of a Pulzar server. It may be used by several threads at once.

    ``server``
        its URL; else the variable ``PULZAR_SERVER``, else ``http://127.0.0.1:31414``
    ``token``
        sent with each request to it; else the variable ``PULZAR_TOKEN``
    ``timeout``
        seconds that it may take until an answer begins; what is long by nature, as a log that is followed, has no limit
    ``retries``
        how often a request is sent again when no answer comes, where that can do no harm: reading, and launching,
        which the server does once however often it is asked
    ``context``
        for https; else what the machine trusts, and the certificates in the file that ``PULZAR_TLS_TRUST`` names

    Each method raises a `RefusedError` with the server's words when it refuses, and `UnreachableError` when no server
    answers.
    """

    def __init__(
        self,
        server: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 60,
        retries: int = 3,
        context: ssl.SSLContext | None = None,
    ) -> None:
        address = server or from_environment('PULZAR_SERVER') or 'http://127.0.0.1:31414'
        if context is None and address.startswith('https:'):
            context = trusting(from_environment('PULZAR_TLS_TRUST'))
        self._transport = Transport(address, token or from_environment('PULZAR_TOKEN'), timeout, retries, context)

    @property
    def server(self) -> str:
        """The URL of the server."""
        return self._transport.server

    # Jobs

    def launch(
        self,
        script: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        idempotency_key: str | None = None,
        **more: Any,
    ) -> int:
        """Starts a job and returns its id. It is on the server's disk then.

        ``script``
            its path below the jobs directory: ``reports/daily``
        ``parameters``, ``more``
            its parameters, as a mapping or by name
        ``idempotency_key``
            for a day the same key starts nothing new; without one, a key of its own protects the retries of this call
        """
        return self._launched(script, {**(parameters or {}), **more}, idempotency_key)

    def run(self, script: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Starts a job, waits for it, and returns its result. Raises JobFailedError."""
        job = self.wait(self.launch(script, parameters, **more))
        if job['state'] != 'completed':
            raise JobFailedError(job)
        return job.get('result')

    def job(self, job: int) -> Job:
        """Everything about a job."""
        return cast(Job, self._transport.ask('GET', f'/admin/jobs/{int(job)}'))

    def wait(self, job: int, seconds: float | None = None) -> Job:
        """Waits until a job has ended, and returns everything about it.

        Raises TimeoutError when it goes on after so many seconds.
        """
        self.follow(job, seconds).exhaust()
        return self.job(job)

    def follow(self, job: int, seconds: float | None = None) -> LogLines:
        """Iterates over the lines of a job's log, from its beginning and as they are written, until it has ended.

        When the connection breaks it goes on where it was. Raises TimeoutError when the job goes on after so many
        seconds.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        return LogLines(self._transport, int(job), deadline)

    def log(self, job: int) -> str:
        """The log of a job so far."""
        with self._transport.send('GET', f'/admin/jobs/{int(job)}/log') as answer:
            if answer.status != 200:
                envelope(answer)
            return answer.read().decode()

    def jobs(
        self,
        *,
        state: str | Iterable[str] | None = None,
        script: str | None = None,
        since: str | None = None,
        until: str | None = None,
        node: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> Iterator[JobRow]:
        """Iterates over jobs, the newest first, fetching them page by page.

        ``state``
            one or more of pending, running, completed, failed, canceled
        ``script``
            a script, or a folder with a slash behind it
        ``since``, ``until``
            times with an offset: ``2026-11-21T07:40:00Z``
        ``text``
            what their number, script, parameters or error hold
        """
        query: dict[str, Any] = {
            'state': state if state is None or isinstance(state, str) else ','.join(state),
            'script': script,
            'since': since,
            'until': until,
            'node': node,
            'text': text,
        }
        left = limit
        after: int | None = None
        while left is None or left > 0:
            wanted = PAGE if left is None else min(PAGE, left)
            with self._transport.send(
                'GET', _path('/admin/all_jobs', {**query, 'limit': wanted, 'after': after})
            ) as answer:
                rows = envelope(answer)
                link = answer.headers.get('Link', '')
            yield from rows[:left]
            after = _after(link)
            if after is None:
                return
            left = None if left is None else left - len(rows)

    def cancel(self, job: int) -> None:
        """Stops a job that waits or runs. Raises ConflictError when it has ended."""
        self._transport.ask('POST', f'/admin/jobs/{int(job)}/cancel')

    def rerun(self, job: int) -> int:
        """Starts a job again, and returns the id of the new one."""
        return int(self._transport.ask('POST', f'/admin/jobs/{int(job)}/rerun')['job_id'])

    def scripts(self, prefix: str = '') -> list[Script]:
        """The scripts that can be launched, with their documentation."""
        found = self._transport.ask('GET', '/admin/job_catalog?nodes=true')
        return [script for script in found if script['path'].startswith(prefix)]

    # Schedules

    def schedule(
        self,
        script: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        every: str | None = None,
        cron: str | None = None,
        at: str | None = None,
        timezone: str | None = None,
        repeat: int | None = None,
        max_runs: int | None = None,
        until: str | None = None,
        jitter: str | None = None,
        misfire: str | None = None,
        overlap: str | None = None,
        idempotency_key: str | None = None,
    ) -> int:
        """Has a script run again and again, or at a moment; returns the id of the schedule.

        ``every``, ``cron``, ``at``
            when, one of them: ``15m``, ``2h``, ``1d`` or ``1w``; ``30 2 * * *``; ``2030-01-31T09:00:00Z``
        ``timezone``
            of ``cron`` and ``at``, as ``Europe/Berlin``; else UTC
        ``repeat``
            with ``every``: 0 is once, 1 for ever, n > 1 so often
        ``max_runs``, ``until``, ``jitter``, ``misfire``, ``overlap``
            as docs/schedules.md says
        """
        when: dict[str, Any] = {'cron': cron, 'at': at, 'timezone': timezone, 'repeat': repeat, 'max_runs': max_runs}
        when.update(until=until, jitter=jitter, misfire=misfire, overlap=overlap)
        if every is not None:
            if every[-1:] not in UNITS or not every[:-1].isdigit():
                raise ValueError(f'every is written 15m, 2h, 1d or 1w, not {every!r}')
            when.update(interval=UNITS[every[-1]], time_unit=int(every[:-1]))
        scheduled = {name: value for name, value in when.items() if value is not None}
        return self._launched(script, {**(parameters or {}), 'scheduled': scheduled}, idempotency_key)

    def schedules(self, limit: int = 100) -> list[ScheduleRow]:
        """The newest schedules."""
        return cast('list[ScheduleRow]', self._transport.ask('GET', f'/admin/scheduled_jobs?limit={int(limit)}'))

    def get_schedule(self, schedule: int) -> Schedule:
        """Everything about a schedule, with its last runs."""
        return cast(Schedule, self._transport.ask('GET', f'/admin/scheduled_jobs/{int(schedule)}'))

    def pause(self, schedule: int) -> None:
        """Lets a schedule start nothing until it is resumed."""
        self._transport.ask('POST', f'/admin/scheduled_jobs/{int(schedule)}/pause')

    def resume(self, schedule: int) -> None:
        """Goes on with a paused schedule."""
        self._transport.ask('POST', f'/admin/scheduled_jobs/{int(schedule)}/resume')

    def run_now(self, schedule: int) -> None:
        """Starts one more run of a schedule at once."""
        self._transport.ask('POST', f'/admin/scheduled_jobs/{int(schedule)}/run')

    def end_schedule(self, schedule: int) -> None:
        """Ends a schedule; a run that is under way goes on."""
        self._transport.ask('POST', f'/cancel_job/{int(schedule)}')

    # Values

    def put(
        self,
        key: str,
        value: Value,
        *,
        ttl: str | None = None,
        replace: bool = False,
        replicas: int | None = None,
    ) -> None:
        """Stores a value. It is on a node's disk then.

        Raises ConflictError when the key is there, unless it is replaced.

        ``value``
            text (as UTF-8), bytes, an open file that is read from where it is, or the path of one; of a file only a
            part is ever in memory
        ``ttl``
            how long it is kept, as ``12h`` or ``7d``
        ``replicas``
            on how many nodes
        """
        options = {'ttl': ttl, 'replace': 'true' if replace else None, 'replicas': replicas}
        # The master says which node takes it before a byte is sent: a stream can't be sent twice.
        node = self._transport.location('PUT', _path('/add_key' + _key(key), options))
        if node is None:
            raise UnreachableError(f'{self.server} does not say which node takes the value')
        with ValueBody(value) as body, self._transport.send('PUT', node, body.pieces, body.headers) as answer:
            envelope(answer)

    def get(self, key: str) -> bytes:
        """The bytes of a value. Raises NotFoundError."""
        with self.open(key) as value:
            return value.read()

    def open(self, key: str) -> Answer:
        """A value to be read by and by, with ``read(size)``; use it in a ``with``. Raises NotFoundError."""
        answer = self._transport.send('GET', '/get_key' + _key(key), again=self._transport.retries)
        if answer.status != 200:
            with answer:
                envelope(answer)
        return answer

    def download(self, key: str, path: str | os.PathLike[str]) -> int:
        """Puts a value into a file, which is whole or as it was before; returns how many bytes it has."""
        target = os.path.abspath(os.fspath(path))
        size = 0
        with self.open(key) as value:
            handle, part = tempfile.mkstemp(prefix='.download-', dir=os.path.dirname(target))
            try:
                with os.fdopen(handle, 'wb') as file:
                    piece = value.read(PIECE)
                    while piece:
                        size += file.write(piece)
                        piece = value.read(PIECE)
                os.replace(part, target)
            except BaseException:
                os.remove(part)
                raise
        return size

    def delete(self, key: str) -> bool:
        """Deletes a value; False when there was none."""
        try:
            self._transport.ask('DELETE', '/delete_key' + _key(key))
        except NotFoundError:
            return False
        return True

    def keys(self, prefix: str = '') -> Iterator[Key]:
        """Iterates over the keys that begin with a text, in order, fetching them page by page."""
        after: str | None = ''
        while after is not None:
            page = self._transport.ask('GET', _path('/keys', {'prefix': prefix or None, 'after': after, 'limit': PAGE}))
            yield from page['keys']
            after = page.get('next')

    # Text records

    def put_text(self, uid: str, text: str) -> None:
        """Stores a text record, new or in place of the one before; the server's processes may change the text."""
        headers = {'Content-Type': 'text/plain; charset=utf-8', 'Accept': 'application/json'}
        with self._transport.send('PUT', f'/text/{quote(uid, safe="")}?create=1', text.encode(), headers) as answer:
            _record(answer)

    def get_text(self, uid: str) -> str | None:
        """The text of a record; None when there is none."""
        path = f'/text/{quote(uid, safe="")}?raw=1'
        with self._transport.send('GET', path, None, {'Accept': 'application/json'}) as answer:
            return None if answer.status == 404 else _record(answer).decode()

    def delete_text(self, uid: str) -> bool:
        """Deletes a text record; False when there was none."""
        with self._transport.send(
            'DELETE', f'/text/{quote(uid, safe="")}', None, {'Accept': 'application/json'}
        ) as answer:
            if answer.status == 404:
                return False
            _record(answer)
            return True

    def _launched(self, script: str, body: Mapping[str, Any], key: str | None) -> int:
        headers = {'Idempotency-Key': key or str(uuid.uuid4())}
        return int(
            self._transport.ask('POST', '/launch_job/' + quote(script.strip('/')), dict(body), headers)['job_id']
        )


def _key(key: str) -> str:
    return '/' + quote(key.lstrip('/'))


def _path(path: str, query: Mapping[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value is not None}
    return path + ('?' + urlencode(given) if given else '')


def _after(link: str) -> int | None:
    """Where the next page begins, from the header Link; None for the last."""
    if 'rel="next"' not in link:
        return None
    for part in link.split('>', maxsplit=1)[0].split('?', 1)[-1].split('&'):
        name, _, value = part.partition('=')
        if name == 'after':
            return int(value)
    return None


def _record(answer: Answer) -> bytes:
    """The body of an answer below /text, which has no envelope. Raises RefusedError."""
    if answer.status != 200:
        envelope(answer)
    return answer.read()
