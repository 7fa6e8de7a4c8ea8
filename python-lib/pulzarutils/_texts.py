"""JSON, base64, random and regular expressions for ``Utils``."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Texts:
    """Text in other forms."""

    @staticmethod
    def py_to_json(value: Any, to_bin: bool = False) -> str | bytes:
        """Returns JSON text, as UTF-8 bytes with ``to_bin``. TypeError when it can't be JSON."""
        text = json.dumps(value)
        return text.encode() if to_bin else text

    @staticmethod
    def json_to_py(text: str | bytes) -> Any:
        """Returns the value of JSON text or UTF-8 bytes. ValueError when it is not JSON."""
        return json.loads(text)

    @staticmethod
    def encode_base_64(text: str | bytes, to_str: bool = False) -> bytes | str:
        """Returns the base64 of text (as UTF-8) or bytes, as bytes, or as text with ``to_str``."""
        import base64

        encoded = base64.b64encode(_bytes_of(text))
        return encoded.decode() if to_str else encoded

    @staticmethod
    def decode_base_64(encoded: str | bytes, to_str: bool = False) -> bytes | str:
        """Returns the bytes behind base64, or their UTF-8 text with ``to_str``.

        ValueError when it is not base64, or with ``to_str`` not UTF-8.
        """
        import base64

        decoded = base64.b64decode(_bytes_of(encoded), validate=True)
        return decoded.decode() if to_str else decoded

    @staticmethod
    def decode_string_base_64(encoded: str | bytes) -> str:
        """Returns the UTF-8 text behind base64; ValueError as ``decode_base_64``."""
        return Texts.decode_base_64(encoded, to_str=True)

    @staticmethod
    def encode_byte_base_64(content: bytes) -> bytes:
        """Returns the base64 of bytes, as bytes."""
        return Texts.encode_base_64(content)

    @staticmethod
    def encode_str_to_byte(text: str) -> bytes:
        """Returns text as UTF-8."""
        return text.encode()

    @staticmethod
    def decode_byte_to_str(content: bytes) -> str:
        """Returns the text of UTF-8 bytes; ValueError when they are not UTF-8."""
        return content.decode()

    @staticmethod
    def get_random_string(size: int) -> str:
        """Returns ``size`` random ASCII letters and digits, unguessable."""
        import secrets
        import string

        alphabet = string.ascii_letters + string.digits
        return ''.join(secrets.choice(alphabet) for _ in range(size))

    @staticmethod
    def get_random_element_from_list(elements: list) -> Any:
        """Returns one of the elements; IndexError when there is none."""
        import random

        return random.choice(elements)  # noqa: S311 (repeatable with random.seed, as scripts expect)

    @staticmethod
    def make_regex(pattern: str) -> Any:
        """Returns a compiled pattern; ``re.error`` when it is not one."""
        import re

        return re.compile(pattern)

    @staticmethod
    def match_regex(pattern: Any, text: str) -> Any:
        """Returns the match at the start of the text, or None. The pattern may be compiled."""
        import re

        return re.match(pattern, text)

    @staticmethod
    def get_search_regex(pattern: Any, text: str) -> Any:
        """Returns the first match anywhere in the text, or None. The pattern may be compiled."""
        import re

        return re.search(pattern, text)


def _bytes_of(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
