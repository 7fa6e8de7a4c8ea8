"""Files for ``Utils``."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Files:
    """Files and folders; a relative path lies in the run's scratch directory."""

    @staticmethod
    def get_tmp_file(suffix: str = '') -> Any:
        """Returns a new open binary file with a ``.name``; closing it does not remove it."""
        import tempfile

        from _pulzar import bridge

        return tempfile.NamedTemporaryFile(dir=bridge.run_directory(), suffix=suffix, delete=False)

    @staticmethod
    def move_file(source: str, target: str) -> str:
        """Moves a file or folder, also between file systems; returns its new path."""
        import shutil

        return shutil.move(source, target)

    @staticmethod
    def file_exists(path: str) -> bool:
        return os.path.isfile(path)

    @staticmethod
    def dir_exists(path: str) -> bool:
        return os.path.isdir(path)

    @staticmethod
    def remove_file(path: str) -> bool:
        """Removes a file; returns False when there was none. Other trouble is an OSError."""
        try:
            os.remove(path)
        except FileNotFoundError:
            return False
        return True

    @staticmethod
    def remove_dir(path: str) -> bool:
        """Removes a folder with all in it; returns False when there was none."""
        import shutil

        try:
            shutil.rmtree(path)
        except FileNotFoundError:
            return False
        return True

    @staticmethod
    def join_path(first: str, second: str) -> str:
        return os.path.join(first, second)

    @staticmethod
    def join_paths(*parts: str) -> str:
        """Joins any number of parts."""
        return os.path.join(*parts)

    @staticmethod
    def get_base_name_from_file(path: str) -> str:
        """``/a/b/c.txt`` → ``c.txt``"""
        return os.path.basename(path)

    @staticmethod
    def get_parent_name_from_file(path: str) -> str:
        """``/a/b/c.txt`` → ``b``"""
        return os.path.basename(os.path.dirname(path))

    @staticmethod
    def get_all_files(path: str) -> list[str]:
        """Returns the paths of all files below a folder, at any depth, sorted."""
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)

    @staticmethod
    def read_file_name_from_dir(path: str) -> list[str]:
        """Returns the names of the files directly in a folder, sorted."""
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if entry.is_file())

    @staticmethod
    def get_absolute_path_of_dir(path: str = '.') -> str:
        """Returns the absolute path of a folder, or of the folder that a file lies in."""
        absolute = os.path.abspath(path)
        return os.path.dirname(absolute) if os.path.isfile(absolute) else absolute
