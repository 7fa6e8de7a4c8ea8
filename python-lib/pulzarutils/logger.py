"""Logging into the run's log."""

import sys

from _pulzar import bridge


class PulzarLogger:
    """Writes lines such as ``WARNING disk is nearly full`` into the run's log, on a desk to stderr.

    Messages take ``%`` arguments as the standard ``logging`` does. ``master`` is accepted for older
    scripts and changes nothing: a script's lines always belong to its own run.
    """

    def __init__(self, master=False):
        self.master = master

    def debug(self, message, *arguments):
        _write('DEBUG', message, arguments)

    def info(self, message, *arguments):
        _write('INFO', message, arguments)

    def warning(self, message, *arguments):
        _write('WARNING', message, arguments)

    def error(self, message, *arguments):
        _write('ERROR', message, arguments)

    def exception(self, message, *arguments):
        """Writes an error, with the exception that is being handled."""
        error = sys.exc_info()[1]
        text = str(message) % arguments if arguments else str(message)
        if error is not None:
            text = f'{text}: {type(error).__name__}: {error}'
        _write('ERROR', text, ())


def _write(level, message, arguments):
    text = str(message) % arguments if arguments else str(message)
    line = f'{level} {text}'
    if bridge.connected():
        bridge.log(line + '\n')
    else:
        print(line, file=sys.stderr)
