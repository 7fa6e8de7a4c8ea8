"""URLs for ``Utils``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DOWNLOAD_TIMEOUT_SECONDS = 30


class Urls:
    """URLs taken apart and fetched."""

    @staticmethod
    def validate_url(url: str) -> bool:
        """Tells whether it is an http or https URL with a host and, if any, a valid port."""
        import urllib.parse

        try:
            parts = urllib.parse.urlsplit(url)
            valid_port = parts.port is None or parts.port > 0
        except (AttributeError, TypeError, ValueError):
            return False
        return parts.scheme in ('http', 'https') and bool(parts.hostname) and valid_port

    @staticmethod
    def extract_query_params(url: str) -> dict[str, list[str]]:
        """Returns each parameter's values, blank ones too: ``?x=1&x=2&y=`` → ``{"x": ["1", "2"],
        "y": [""]}``."""
        import urllib.parse

        query = urllib.parse.urlsplit(url).query
        return urllib.parse.parse_qs(query, keep_blank_values=True)

    @staticmethod
    def extract_url_data(url: str) -> dict[str, Any]:
        """Returns ``scheme``, ``host``, ``port`` (None when not given), ``path`` and ``params``."""
        import urllib.parse

        parts = urllib.parse.urlsplit(url)
        return {
            'scheme': parts.scheme,
            'host': parts.hostname,
            'port': parts.port,
            'path': parts.path,
            'params': Urls.extract_query_params(url),
        }

    @staticmethod
    def download_file(url: str) -> Any:
        """Downloads an http or https URL into the scratch directory.

        Returns a closed temporary file object whose ``.name`` is the file's path, or None when the
        URL could not be fetched whole. The script removes the file, or the run's end does.
        """
        if not Urls.validate_url(url):
            return None
        import http.client
        import os
        import shutil
        import urllib.request

        from pulzarutils._files import Files

        file = Files.get_tmp_file()
        try:
            with file, urllib.request.urlopen(url, timeout=DOWNLOAD_TIMEOUT_SECONDS) as answer:  # noqa: S310 (checked above)
                shutil.copyfileobj(answer, file)
                expected = answer.headers.get('Content-Length')
                whole = expected is None or file.tell() == int(expected)
        except (OSError, http.client.HTTPException, ValueError):
            whole = False
        if not whole:
            os.remove(file.name)
            return None
        return file
