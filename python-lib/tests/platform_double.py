"""A platform for tests: what the worker connects to the bridge, written by hand."""

import contextlib
import json

from _pulzar import bridge


class Platform:
    """Collects lines, and answers calls from functions given by name."""

    def __init__(self, **answers):
        self.lines = []
        self.parts = []
        self.calls = []
        self.answers = answers

    def log(self, text):
        assert text.endswith('\n'), text
        self.lines += text[:-1].split('\n')

    def output(self, part):
        self.parts.append(part)

    def call(self, name, arguments):
        given = json.loads(arguments)
        self.calls.append((name, given))
        answer = self.answers.get(name.replace('.', '_'))
        if answer is None:
            kind, message = 'NotImplementedError', f'{name} is not available here'
            return json.dumps({'error': {'type': kind, 'message': message}})
        try:
            return json.dumps({'ok': answer(given)})
        except Exception as error:
            return json.dumps({'error': {'type': type(error).__name__, 'message': str(error)}})


@contextlib.contextmanager
def connected(platform):
    """Connects the platform for a while."""
    bridge.connect(platform)
    try:
        yield platform
    finally:
        bridge.connect(None)
