from collections.abc import Mapping
from typing import Any

class Answer:
    data: Any
    status: int
    msg: str
    headers: dict[str, str]
    body: str | bytes | bytearray | None
    content_type: str | None
    code: str | None
    def __init__(
        self,
        data: Any = None,
        status: int = 200,
        msg: str = '',
        headers: Mapping[str, str] | None = None,
        body: str | bytes | bytearray | None = None,
        content_type: str | None = None,
        code: str | None = None,
    ) -> None: ...

class Extension:
    # Extensions keep their own view of these under the same names.
    arguments: Any
    params: Any
    file_path: str | None
    def __init__(self, arguments: list[str], params: dict[str, list[str]], file_path: str | None = None) -> None: ...
    @classmethod
    def prepare(cls) -> None: ...
    def execute(self) -> Any: ...
    def clean_tmp(self) -> None: ...
