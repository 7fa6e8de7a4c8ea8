"""The base class of an extension: a Python class behind a URL."""

import contextlib
import os

from _pulzar import bridge


class Extension:
    """An extension: subclass it and put it under ``extensions/``.

    ``extensions/greeting.py`` holds ``Greeting`` and answers ``/extension/greeting/a/b?x=1``.
    """

    def __init__(self, arguments, params, file_path=None):
        """Takes one request.

        ``arguments``
            the path's segments after the name, decoded: ``["a", "b"]``
        ``params``
            each parameter's values: ``{"x": ["1"]}``
        ``file_path``
            the path of a readable file with the request's body, None when there was none
        """
        self.arguments = arguments
        self.params = params
        self.file_path = file_path

    def execute(self):
        """Answers the request with anything that can be JSON; it becomes ``data``."""
        raise NotImplementedError(f'{type(self).__name__} has no execute(): define it, its result is the answer')

    def clean_tmp(self):
        """Removes the uploaded file early; the platform removes it after the call in any case."""
        path = getattr(self, 'file_path', None) or bridge.input_file()
        if path:
            # Where scripts may only read their upload, the platform's own removal is enough.
            with contextlib.suppress(OSError):
                os.remove(path)
