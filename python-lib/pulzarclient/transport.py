"""Requests and answers, by the standard library.

Each request has a connection of its own, so that threads never share one.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Union
from urllib.parse import urljoin, urlsplit

from .errors import UnreachableError, refused

Body = Union[bytes, Iterable[bytes], None]

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
PIECE = 64 * 1024
NO_ANSWER = (OSError, http.client.HTTPException)


class Answer:
    """An answer whose body is read by and by; close it, or use ``with``."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse, url: str) -> None:
        self._connection = connection
        self._socket = connection.sock
        self._response = response
        self.url = url
        self.status = response.status
        self.headers = response.headers

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or all; fewer only at the end. Raises UnreachableError when it broke off."""
        try:
            data = self._response.read(None if size < 0 else size)
        except NO_ANSWER as error:
            raise UnreachableError(f'{self.url} broke off: {error!r}') from error
        if not data and size > 0 and self._response.length:
            raise UnreachableError(f'{self.url} broke off: {self._response.length} bytes are missing')
        return data

    def lines(self) -> Iterator[str]:
        """The lines of a text as they come. Raises UnreachableError when nothing comes any more."""
        while True:
            try:
                line = self._response.readline()
            except (*NO_ANSWER, ValueError, AttributeError) as error:
                # The latter two: http.client, where a connection ends between the parts of an answer.
                raise UnreachableError(f'{self.url} broke off: {error!r}') from error
            if not line:
                return
            yield line.decode('utf-8', 'replace').rstrip('\r\n')

    def patience(self, seconds: float | None) -> None:
        """How long a read waits for the next bytes; None: for ever."""
        if self._socket is not None:
            self._socket.settimeout(seconds)
            # A server that is gone without a word is noticed by the kernel.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def break_off(self) -> None:
        """Ends what another thread reads; that one closes it."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # The server was first.

    def close(self) -> None:
        """Gives the connection up."""
        self._response.close()
        self._connection.close()

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Transport:
    """Sends requests to one server, and follows where it sends on to."""

    def __init__(
        self, server: str, token: str | None, timeout: float, retries: int, context: ssl.SSLContext | None
    ) -> None:
        parts = urlsplit(server)
        if parts.scheme not in ('http', 'https') or not parts.hostname:
            raise ValueError(f'a server is written http://127.0.0.1:31414, not {server!r}')
        self.server = f'{parts.scheme}://{parts.netloc}'
        self._token = token
        self._timeout = timeout
        self.retries = retries
        self._context = context

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Sends JSON, and returns the data of the answer's envelope.

        A request that changes nothing, or that has an ``Idempotency-Key``, is sent again when no answer came.
        """
        given = dict(headers or {})
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            given['Content-Type'] = 'application/json'
        again = self.retries if method == 'GET' or 'Idempotency-Key' in given else 0
        with self.send(method, path, data, given, again=again) as answer:
            return envelope(answer)

    def send(
        self, method: str, path: str, body: Body = None, headers: Mapping[str, str] | None = None, again: int = 0
    ) -> Answer:
        """Sends one and returns the answer, whatever its status.

        ``again``
            how often it is tried again when no answer comes
        """
        attempt = 0
        while True:
            try:
                return self._follow(method, path, body, dict(headers or {}))
            except UnreachableError:  # noqa: PERF203 (the cost is nothing beside a request)
                if attempt >= again:
                    raise
                # Not all at once: others lost the same server at the same moment.
                time.sleep(0.2 * 2**attempt * (1 + random.random()))  # noqa: S311
                attempt += 1

    def location(self, method: str, path: str) -> str | None:
        """Where a request without a body is sent on to; None when it is not. Raises RefusedError."""
        answer = self._once(method, self.server + path, b'', {})
        with answer:
            if answer.status in REDIRECTS:
                return urljoin(answer.url, answer.headers['Location'])
            envelope(answer)
            return None

    def _follow(self, method: str, path: str, body: Body, headers: dict[str, str]) -> Answer:
        url = self.server + path if path.startswith('/') else path
        for _ in range(MOST_REDIRECTS):
            answer = self._once(method, url, body, headers)
            if answer.status not in REDIRECTS or 'Location' not in answer.headers:
                return answer
            url = urljoin(url, answer.headers['Location'])
            answer.close()
        raise UnreachableError(f'{self.server}{path} is sent on too often')

    def _once(self, method: str, url: str, body: Body, headers: dict[str, str]) -> Answer:
        parts = urlsplit(url)
        target = parts.path + ('?' + parts.query if parts.query else '')
        sent = {'User-Agent': 'pulzarclient', **headers}
        if self._token and url.startswith(self.server + '/'):
            sent['Authorization'] = f'Bearer {self._token}'
        connection = self._connection(parts.scheme, parts.netloc)
        try:
            try:
                connection.request(method, target or '/', body=body, headers=sent)
            except (BrokenPipeError, ConnectionResetError):
                pass  # It may have answered before all was sent: why, is in the answer.
            return Answer(connection, connection.getresponse(), url)
        except NO_ANSWER as error:
            connection.close()
            raise UnreachableError(f'no server answers at {parts.scheme}://{parts.netloc}: {error!r}') from error

    def _connection(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if scheme == 'https':
            return http.client.HTTPSConnection(netloc, timeout=self._timeout, context=self._context, blocksize=PIECE)
        return http.client.HTTPConnection(netloc, timeout=self._timeout, blocksize=PIECE)


def envelope(answer: Answer) -> Any:
    """The data of an envelope. Raises RefusedError when the server refused."""
    return opened(answer)['data']


def opened(answer: Answer) -> dict[str, Any]:
    """An envelope. Raises RefusedError when the server refused."""
    body = answer.read()
    try:
        known = json.loads(body)
        status = known['status']
    except (ValueError, KeyError, TypeError):
        known, status = None, None
    if status == 'ok' and isinstance(known, dict):
        return known
    raise refusal(answer, known)


def refusal(answer: Answer, known: Any) -> Exception:
    """The error of an answer that is none."""
    fields = known if isinstance(known, dict) else {}
    message = fields.get('msg') or fields.get('error') or f'{answer.url} does not answer like a Pulzar server'
    return refused(answer.status, str(message), str(fields.get('code', '')), _seconds(answer))


def _seconds(answer: Answer) -> float | None:
    try:
        return float(answer.headers['Retry-After'])
    except (TypeError, ValueError):
        return None


def trusting(path: str | None) -> ssl.SSLContext:
    """Trusts whom the machine trusts, and the certificates of a file."""
    context = ssl.create_default_context()
    if path:
        context.load_verify_locations(path)
    return context


def from_environment(name: str) -> str | None:
    return os.environ.get(name) or None
