"""URLs for ``Utils``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DOWNLOAD_TIMEOUT_SECONDS = 30


class Urls:
    """URLs taken apart and fetched."""

    @staticmethod
    def validate_url(url_string: str) -> bool:
        """Tells whether a URL is complete: a scheme, a host and a path, ``http://host/``."""
        import urllib.parse

        try:
            parts = urllib.parse.urlparse(url_string)
        except (AttributeError, TypeError, ValueError):
            return False
        return all(isinstance(part, str) and part for part in (parts.scheme, parts.netloc, parts.path))

    @staticmethod
    def extract_query_params(complete_url: str) -> dict[str, list[str]]:
        """Returns each parameter's values, without blank ones: ``?x=1&x=2&y=`` → ``{"x": ["1", "2"]}``."""
        import urllib.parse

        return urllib.parse.parse_qs(urllib.parse.urlparse(complete_url).query)

    @staticmethod
    def extract_url_data(complete_url: str) -> dict[str, Any]:
        """Returns ``{"host": ..., "port": ...}``; the port is a number, or None when it is not given."""
        import urllib.parse

        parts = urllib.parse.urlparse(complete_url)
        return {'host': parts.hostname, 'port': parts.port}

    @staticmethod
    def download_file(url: str) -> Any:
        """Downloads an http or https URL into the scratch directory.

        Returns a closed temporary file object whose ``.name`` is the file's path, or None when the
        URL could not be fetched whole. The script removes the file, or the run's end does.
        """
        if not str(url).lower().startswith(('http://', 'https://')):
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
