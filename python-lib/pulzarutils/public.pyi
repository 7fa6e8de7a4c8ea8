import datetime
from collections.abc import Iterator
from typing import TypedDict

PAGE: int

class _Value(TypedDict):
    value: bytes
    datetime: datetime.datetime

class Public:
    def get_all_elements(self) -> Iterator[tuple[bytes, bytes]]: ...
    def get_value(self, key: str | bytes) -> _Value | None: ...
    def set_value(self, key: str | bytes, value: str | bytes, days: int | None = None) -> bool: ...
    def search(
        self,
        text: str,
        eq: str | None = None,
        lt: str | None = None,
        gt: str | None = None,
        limit: int | None = None,
    ) -> list[dict[str, str]]: ...
