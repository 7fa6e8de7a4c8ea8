"""Logging into the run's log, for Python 2."""

import sys

import _pulzar_bridge as bridge


class PulzarLogger(object):
    """Writes lines such as ``WARNING disk is nearly full`` into the run's log."""

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
        kind, error = sys.exc_info()[:2]
        text = message % arguments if arguments else message
        if error is not None:
            text = '%s: %s: %s' % (text, kind.__name__, error)
        _write('ERROR', text, ())


def _write(level, message, arguments):
    text = message % arguments if arguments else message
    bridge.host.log(u'%s %s\n' % (level, bridge.text(text)))
