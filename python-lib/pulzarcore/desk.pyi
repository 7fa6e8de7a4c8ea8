from collections.abc import Iterable
from typing import Any

from pulzarcore.core_jobs import CoreJobs

def parameters_of(arguments: Iterable[str]) -> dict[str, Any]: ...
def run(job_class: type[CoreJobs], arguments: Iterable[str]) -> int: ...
