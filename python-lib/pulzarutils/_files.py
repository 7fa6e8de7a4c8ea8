"""Files for ``Utils``."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Files:
    """Files and folders; a relative path lies in the run's scratch directory.

    What is not there is no error for those that move and remove: they return None.
    """

    @staticmethod
    def get_tmp_file(suffix: str = '') -> Any:
        """Returns a new open binary file with a ``.name``; closing it does not remove it."""
        import tempfile

        from _pulzar import bridge

        return tempfile.NamedTemporaryFile(dir=bridge.run_directory(), suffix=suffix, delete=False)

    @staticmethod
    def move_file(source: str, dest: str) -> str | None:
        """Moves a file or folder, also between file systems; returns its new path."""
        import shutil

        try:
            return shutil.move(source, dest)
        except FileNotFoundError:
            if os.path.lexists(source):
                raise
            return None

    @staticmethod
    def file_exists(file_path: str) -> bool:
        return os.path.isfile(file_path)

    @staticmethod
    def dir_exists(dir_path: str) -> bool:
        return os.path.isdir(dir_path)

    @staticmethod
    def remove_file(file_path: str) -> None:
        """Removes a file. Trouble other than that it is missing is an OSError."""
        try:
            os.remove(file_path)
        except FileNotFoundError:
            return

    @staticmethod
    def remove_dir(dir_path: str) -> None:
        """Removes a folder with all in it."""
        import shutil

        try:
            shutil.rmtree(dir_path)
        except FileNotFoundError:
            return

    @staticmethod
    def join_path(base_path: str, child_path: str) -> str:
        return os.path.join(base_path, child_path)

    @staticmethod
    def join_paths(*parts: str) -> str:
        """Joins any number of parts."""
        return os.path.join(*parts)

    @staticmethod
    def get_base_name_from_file(path_name: str) -> str:
        """``/a/b/c.txt`` → ``c.txt``"""
        return os.path.basename(path_name)

    @staticmethod
    def get_parent_name_from_file(path_name: str) -> str:
        """``/a/b/c.txt`` → ``/a/b``"""
        return os.path.dirname(path_name)

    @staticmethod
    def get_all_files(directory: str, rec: bool = True) -> Iterator[str]:
        """Iterates over the files and folders that a pattern such as ``/a/**`` matches.

        With ``rec`` ``**`` matches folders at any depth, and the one that it starts from.
        """
        import glob

        return glob.iglob(directory, recursive=rec)

    @staticmethod
    def read_file_name_from_dir(dir_path: str, file_type: str | None = None) -> list[str]:
        """Returns the names of the files directly in a folder, sorted; of those with an extension: ``txt``."""
        ending = '' if file_type is None else '.' + file_type.lstrip('.')
        with os.scandir(dir_path) as entries:
            return sorted(entry.name for entry in entries if entry.is_file() and entry.name.endswith(ending))

    @staticmethod
    def get_sub_directories(dir_path: str) -> Iterator[os.DirEntry]:
        """Iterates over the folders directly in a folder, as ``os.DirEntry``."""
        with os.scandir(dir_path) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield entry

    @staticmethod
    def get_absolute_path_of_dir(path: str = '.') -> str:
        """Returns the absolute path of a folder, or of the folder that a file lies in."""
        absolute = os.path.abspath(path)
        return os.path.dirname(absolute) if os.path.isfile(absolute) else absolute
