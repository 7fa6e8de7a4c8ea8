"""The base class of an extension, for Python 2."""

import os


class Extension(object):
    """An extension: subclass it and put it under ``extensions/``."""

    def __init__(self, arguments, params, file_path=None):
        self.arguments = arguments
        self.params = params
        self.file_path = file_path

    def execute(self):
        """Answers the request with anything that can be JSON."""
        raise NotImplementedError(
            '%s has no execute(): define it, its result is the answer' % type(self).__name__
        )

    def clean_tmp(self):
        """Removes the uploaded file early; the platform removes it after the call in any case."""
        path = getattr(self, 'file_path', None)
        if path:
            try:
                os.remove(path)
            except OSError:
                pass  # The platform's own removal is enough.
