from collections.abc import Callable, Coroutine
from os import PathLike
from typing import Any, NoReturn, TypeVar, overload

from pulzarutils.constants import Constants
from pulzarutils.utils import Utils
from typing_extensions import ParamSpec

_Arguments = ParamSpec('_Arguments')
_Value = TypeVar('_Value')

STORED_FILE_DAYS: int

class CoreJobs:
    local_exec: bool
    pulzar_parameters: dict[str, Any]
    parameters: dict[str, Any]
    notification: bool
    utils: Utils
    const: Constants
    _notification_enabled: bool
    _start_time: float
    _job_id: int | None
    _pulzar_config: dict[str, Any]
    _failed_job: bool
    _pulzar_error: Exception | None
    _log: list[str]
    _output: list[str]
    _pulzar_utils: Utils
    _pulzar_job_output: str
    _pulzar_data_file_path: str | None
    def __init__(self, parameters: dict[str, Any] | None, notification: bool = False) -> None: ...
    def execute(self) -> Any: ...
    @classmethod
    def run_on_desk(cls, arguments: list[str] | None = None) -> NoReturn: ...
    @overload
    @staticmethod
    def _pulzar_run_job(  # type: ignore[overload-overlap]
        method: Callable[_Arguments, Coroutine[Any, Any, _Value]],
    ) -> Callable[_Arguments, Coroutine[Any, Any, bool]]: ...
    @overload
    @staticmethod
    def _pulzar_run_job(method: Callable[_Arguments, _Value]) -> Callable[_Arguments, bool]: ...
    def pulzar_set_output(self, output_str: object) -> None: ...
    def pulzar_add_log(self, message: object, bulk: bool = False) -> None: ...
    def pulzar_get_filepath(self) -> str | None: ...
    def is_the_job_ok(self) -> bool: ...
    def _mark_as_failed(self) -> None: ...
    def pulzar_store_file(self, file_name: str | PathLike[str], days: int = 90) -> str: ...
    def _pulzar_store_file(self, file_name: str | PathLike[str]) -> bool: ...
