"""JSON, base64, random and regular expressions for ``Utils``."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Texts:
    """Text in other forms."""

    @staticmethod
    def py_to_json(py_object: Any, to_bin: bool = False) -> str | bytes:
        """Returns JSON text, as UTF-8 bytes with ``to_bin``. TypeError when it can't be JSON."""
        text = json.dumps(py_object)
        return text.encode() if to_bin else text

    @staticmethod
    def json_to_py(json_srt: str | bytes) -> Any:
        """Returns the value of JSON text or UTF-8 bytes. ValueError when it is not JSON."""
        return json.loads(json_srt)

    @staticmethod
    def encode_base_64(string: str | bytes, to_str: bool = False) -> bytes | str:
        """Returns the base64 of text (as UTF-8) or bytes, as bytes, or as text with ``to_str``."""
        import base64

        encoded = base64.b64encode(string.encode() if isinstance(string, str) else string)
        return encoded.decode() if to_str else encoded

    @staticmethod
    def encode_byte_base_64(bstring: bytes, to_str: bool = False) -> bytes | str:
        """Returns the base64 of bytes, as bytes, or as text with ``to_str``."""
        return Texts.encode_base_64(bstring, to_str)

    @staticmethod
    def decode_base_64(string64: str | bytes, to_str: bool = False) -> bytes | str:
        """Returns the bytes behind base64, or their UTF-8 text with ``to_str``.

        ValueError when it is not base64, or with ``to_str`` not UTF-8.
        """
        import base64

        decoded = base64.b64decode(string64)
        return decoded.decode() if to_str else decoded

    @staticmethod
    def decode_string_base_64(string: str | bytes, to_str: bool = False) -> bytes | str:
        """Does the same as ``decode_base_64``."""
        return Texts.decode_base_64(string, to_str)

    @staticmethod
    def encode_str_to_byte(string: str) -> bytes:
        """Returns text as UTF-8."""
        return string.encode()

    @staticmethod
    def decode_byte_to_str(b_string: bytes) -> str:
        """Returns the text of UTF-8 bytes; ValueError when they are not UTF-8."""
        return b_string.decode()

    @staticmethod
    def get_random_string(n: int) -> str:
        """Returns ``n`` random upper case ASCII letters and digits, unguessable."""
        import secrets
        import string

        alphabet = string.ascii_uppercase + string.digits
        return ''.join(secrets.choice(alphabet) for _ in range(n))

    @staticmethod
    def get_random_element_from_list(element_list: list) -> Any:
        """Returns one of the elements; IndexError when there is none."""
        import random

        return random.choice(element_list)  # noqa: S311 (repeatable with random.seed, as scripts expect)

    @staticmethod
    def make_regex(string: str) -> Any:
        """Returns a compiled pattern; ``re.error`` when it is not one."""
        import re

        return re.compile(string)

    @staticmethod
    def match_regex(string: str, regex_str: Any) -> bool:
        """Tells whether a text starts with what a pattern, text or compiled, describes."""
        import re

        return re.match(regex_str, string) is not None

    @staticmethod
    def get_search_regex(string: str, regex_str: Any) -> Any:
        """Returns the first match anywhere in a text, or None. The pattern may be compiled."""
        import re

        return re.search(regex_str, string)
