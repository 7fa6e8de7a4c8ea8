from collections.abc import Iterator
from typing import IO

PAGE: int

def put(
    key: str,
    value: str | bytes | bytearray | memoryview | IO[bytes] | IO[str],
    days: int | None = None,
    replace: bool = False,
) -> str: ...
def get(key: str) -> bytes | None: ...
def delete(key: str) -> bool: ...
def list(prefix: str = '') -> Iterator[str]: ...
