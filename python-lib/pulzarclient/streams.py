"""What is longer than memory, or than patience: logs as they are written, and values as they are read."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterable, Iterator
from typing import IO, Any, Union

from .errors import UnreachableError
from .transport import PIECE, Answer, Transport, envelope

Value = Union[str, bytes, bytearray, memoryview, IO[bytes], IO[str], 'os.PathLike[str]']

PAUSE = 0.2


class LogLines(Iterator[str]):
    """The lines of a log as they are written (server-sent events)."""

    def __init__(self, transport: Transport, job: int, deadline: float | None) -> None:
        self._transport = transport
        self._path = f'/admin/jobs/{job}'
        self._job = job
        self._deadline = deadline
        self._last = ''
        self._answer: Answer | None = None
        self._closed = False
        self._ended = False
        self._source = self._until_ended()

    def __iter__(self) -> LogLines:
        return self

    def __next__(self) -> str:
        return next(self._source)

    def exhaust(self) -> None:
        """Reads to the end."""
        for _ in self._source:
            pass

    def close(self) -> None:
        """Ends it, also while another thread waits for a line."""
        self._closed = True
        answer = self._answer
        if answer is not None:
            answer.break_off()
        try:
            self._source.close()
        except ValueError:
            pass  # Another thread is in it, and finds the end.

    def _until_ended(self) -> Generator[str, None, None]:
        broken = 0
        while not self._closed:
            before = self._last
            try:
                yield from self._stream()
                if self._ended or self._transport.ask('GET', self._path + '?filter=state')['status'] != 'pending':
                    return
            except UnreachableError:
                self._late()
                # Another stream goes on; one that never begins is what it is.
                broken = broken + 1 if self._last == before else 1
                if self._closed:
                    return
                if broken > self._transport.retries:
                    raise
            time.sleep(PAUSE)

    def _stream(self) -> Iterator[str]:
        headers = {'Accept': 'text/event-stream'}
        if self._last:
            headers['Last-Event-ID'] = self._last
        with self._transport.send('GET', self._path + '/log', None, headers) as answer:
            if answer.status != 200:
                envelope(answer)
            self._answer = answer
            answer.patience(self._left())
            # An event counts when its empty line has come: what was cut off comes again.
            event: list[str] = []
            number, kind = '', ''
            for line in answer.lines():
                if line.startswith('id:'):
                    number = line[3:].strip()
                elif line.startswith('event:'):
                    kind = line[6:].strip()
                elif line.startswith('data:'):
                    event.append(line[6:] if line.startswith('data: ') else line[5:])
                elif not line:
                    self._last = number or self._last
                    if kind == 'end':
                        self._ended = True
                        return
                    yield from event
                    event = []
                answer.patience(self._left())

    def _left(self) -> float | None:
        """Until the deadline. Raises TimeoutError."""
        if self._deadline is None:
            return None
        self._late()
        return max(self._deadline - time.monotonic(), 0.001)

    def _late(self) -> None:
        if self._deadline is not None and time.monotonic() >= self._deadline:
            raise TimeoutError(f'job {self._job} goes on')


class ValueBody:
    """A value as pieces of bytes, with its length where that is known; closes the file that it opened."""

    def __init__(self, value: Value) -> None:
        self._opened: IO[bytes] | None = None
        self.headers = {'Content-Type': 'application/octet-stream'}
        self.pieces: bytes | Iterable[bytes]
        if isinstance(value, str):
            self.pieces = value.encode()
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self.pieces = bytes(value)
        elif isinstance(value, os.PathLike):
            self._opened = open(value, 'rb')  # noqa: SIM115
            self.headers['Content-Length'] = str(os.fstat(self._opened.fileno()).st_size)
            self.pieces = _pieces(self._opened)
        elif hasattr(value, 'read'):
            self.pieces = _pieces(value)
        else:
            raise TypeError(f'a value is text, bytes, an open file or a path, not {type(value).__name__}')

    def __enter__(self) -> ValueBody:
        return self

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened.close()


def _pieces(file: IO[Any]) -> Iterator[bytes]:
    piece = file.read(PIECE)
    while piece:
        yield piece.encode() if isinstance(piece, str) else piece
        piece = file.read(PIECE)
