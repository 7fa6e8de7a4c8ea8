"""Files in the run's scratch directory."""

import os

from pulzarutils._absent import absent, is_special
from pulzarutils._files import Files


class FileUtils:
    """Reads and writes files of the run's scratch directory, which is also the current directory.

    Values of the key-value store are not files here: any other name raises NotImplementedError.
    """

    def read_file(self, path):
        """Returns a file's bytes."""
        with open(path, 'rb') as file:
            return file.read()

    def write_file(self, path, content):
        """Writes bytes, or text as UTF-8, and makes the folders that are missing."""
        parent = os.path.dirname(path)
        if parent:
            os.makedirs(parent, exist_ok=True)
        with open(path, 'wb') as file:
            file.write(content.encode() if isinstance(content, str) else content)

    remove_file = staticmethod(Files.remove_file)
    file_exists = staticmethod(Files.file_exists)

    def get_size(self, path):
        """Returns a file's size in bytes."""
        return os.path.getsize(path)

    def __getattr__(self, name):
        if is_special(name):
            raise AttributeError(name)
        raise absent(
            'FileUtils',
            name,
            'read values with pulzarutils.public.Public().get_value(key), keep a file with '
            'CoreJobs._pulzar_store_file(name)',
        )
