"""The client for ``asyncio``: each call runs in a thread, so that nothing else waits for it."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from .client import Client
from .errors import JobFailedError
from .kinds import Job, JobRow, Key, Schedule, ScheduleRow, Script
from .streams import Value

if TYPE_CHECKING:
    import os
    import ssl

Element = TypeVar('Element')

_END = object()


class AsyncClient:
    """As `Client`, with the same methods and arguments; what iterates there is ``async for`` here.

    Use it in ``async with``, or close it.

    ``threads``
        how many calls go on at once, each job that is waited for or followed included; more wait for these
    """

    def __init__(
        self,
        server: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 60,
        retries: int = 3,
        context: ssl.SSLContext | None = None,
        threads: int = 64,
    ) -> None:
        self._client = Client(server, token, timeout=timeout, retries=retries, context=context)
        self._threads = ThreadPoolExecutor(threads, 'pulzarclient')

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets its threads go; what they do comes to its end."""
        self._threads.shutdown(wait=False)

    @property
    def server(self) -> str:
        """The URL of the server."""
        return self._client.server

    async def launch(
        self,
        script: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        idempotency_key: str | None = None,
        **more: Any,
    ) -> int:
        """See `Client.launch`."""
        return await self._call(self._client.launch, script, parameters, idempotency_key=idempotency_key, **more)

    async def run(self, script: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """See `Client.run`."""
        job = await self.wait(await self.launch(script, parameters, **more))
        if job['state'] != 'completed':
            raise JobFailedError(job)
        return job.get('result')

    async def job(self, job: int) -> Job:
        """See `Client.job`."""
        return await self._call(self._client.job, job)

    async def wait(self, job: int, seconds: float | None = None) -> Job:
        """See `Client.wait`."""
        lines = self._client.follow(job, seconds)
        try:
            await self._call(lines.exhaust)
        finally:
            lines.close()
        return await self.job(job)

    async def follow(self, job: int) -> AsyncIterator[str]:
        """See `Client.follow`."""
        lines = self._client.follow(job)
        try:
            async for line in self._later(lines):
                yield line
        finally:
            lines.close()

    async def log(self, job: int) -> str:
        """See `Client.log`."""
        return await self._call(self._client.log, job)

    async def jobs(
        self,
        *,
        state: str | Iterable[str] | None = None,
        script: str | None = None,
        since: str | None = None,
        until: str | None = None,
        node: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[JobRow]:
        """See `Client.jobs`."""
        rows = self._client.jobs(
            state=state, script=script, since=since, until=until, node=node, text=text, limit=limit
        )
        async for row in self._later(rows):
            yield row

    async def cancel(self, job: int) -> None:
        """See `Client.cancel`."""
        await self._call(self._client.cancel, job)

    async def rerun(self, job: int) -> int:
        """See `Client.rerun`."""
        return await self._call(self._client.rerun, job)

    async def scripts(self, prefix: str = '') -> list[Script]:
        """See `Client.scripts`."""
        return await self._call(self._client.scripts, prefix)

    async def schedule(
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
        """See `Client.schedule`."""
        return await self._call(
            self._client.schedule,
            script,
            parameters,
            every=every,
            cron=cron,
            at=at,
            timezone=timezone,
            repeat=repeat,
            max_runs=max_runs,
            until=until,
            jitter=jitter,
            misfire=misfire,
            overlap=overlap,
            idempotency_key=idempotency_key,
        )

    async def schedules(self, limit: int = 100) -> list[ScheduleRow]:
        """See `Client.schedules`."""
        return await self._call(self._client.schedules, limit)

    async def get_schedule(self, schedule: int) -> Schedule:
        """See `Client.get_schedule`."""
        return await self._call(self._client.get_schedule, schedule)

    async def pause(self, schedule: int) -> None:
        """See `Client.pause`."""
        await self._call(self._client.pause, schedule)

    async def resume(self, schedule: int) -> None:
        """See `Client.resume`."""
        await self._call(self._client.resume, schedule)

    async def run_now(self, schedule: int) -> None:
        """See `Client.run_now`."""
        await self._call(self._client.run_now, schedule)

    async def end_schedule(self, schedule: int) -> None:
        """See `Client.end_schedule`."""
        await self._call(self._client.end_schedule, schedule)

    async def put(
        self,
        key: str,
        value: Value,
        *,
        ttl: str | None = None,
        replace: bool = False,
        replicas: int | None = None,
    ) -> None:
        """See `Client.put`."""
        await self._call(self._client.put, key, value, ttl=ttl, replace=replace, replicas=replicas)

    async def get(self, key: str) -> bytes:
        """See `Client.get`."""
        return await self._call(self._client.get, key)

    async def download(self, key: str, path: str | os.PathLike[str]) -> int:
        """See `Client.download`."""
        return await self._call(self._client.download, key, path)

    async def delete(self, key: str) -> bool:
        """See `Client.delete`."""
        return await self._call(self._client.delete, key)

    async def keys(self, prefix: str = '') -> AsyncIterator[Key]:
        """See `Client.keys`."""
        async for key in self._later(self._client.keys(prefix)):
            yield key

    async def put_text(self, uid: str, text: str) -> None:
        """See `Client.put_text`."""
        await self._call(self._client.put_text, uid, text)

    async def get_text(self, uid: str) -> str | None:
        """See `Client.get_text`."""
        return await self._call(self._client.get_text, uid)

    async def delete_text(self, uid: str) -> bool:
        """See `Client.delete_text`."""
        return await self._call(self._client.delete_text, uid)

    async def _call(self, function: Callable[..., Element], *arguments: Any, **options: Any) -> Element:
        call = functools.partial(function, *arguments, **options)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def _later(self, elements: Iterator[Element]) -> AsyncIterator[Element]:
        while True:
            element: Any = await self._call(next, elements, _END)
            if element is _END:
                return
            yield element
