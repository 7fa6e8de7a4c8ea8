from collections.abc import Mapping
from typing import IO, Any, overload

from pulzarutils.constants import ReqType

MAX_REDIRECTS: int
REDIRECTS: tuple[int, ...]
TIMEOUT_SECONDS: int
METHODS: tuple[str, ...]
NO_RESPONSE: str
PRIVATE_HEADERS: tuple[str, ...]

class CoreRequest:
    host: str
    port: int | str
    path: str
    timeout: float
    response: str
    json_response: Any
    content: bytes | None
    status: int | None
    headers: dict[str, str]
    error: str | None
    def __init__(self, host: str, port: int | str, url_path: str) -> None: ...
    def set_type(self, type_request: ReqType | str = ReqType.GET) -> None: ...
    def set_path(self, path_string: str) -> None: ...
    def set_payload(self, payload: bytes | str | IO[bytes] | Mapping[str, Any] | list[Any] | None) -> None: ...
    @overload
    def add_header(self, header: Mapping[str, object]) -> None: ...
    @overload
    def add_header(self, header: str, value: object) -> None: ...
    def make_request(self, json_request: bool = False) -> bool: ...
