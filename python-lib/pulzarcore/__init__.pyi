from typing import Any

parameters: dict[str, Any]
secrets: dict[str, str]
variables: dict[str, str]
