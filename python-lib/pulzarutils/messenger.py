"""The envelope of the platform's answers, for scripts that build or read one."""

import json

from pulzarutils._absent import absent, is_special


class Messenger:
    """Collects one answer: ``{"data": ..., "status": "ok" | "ko", "msg": "..."}``.

    An extension returns plain data and the platform wraps it; this is for scripts that exchange
    such answers with others. Sending mail or notifications is not part of the platform: any other
    name raises NotImplementedError.
    """

    def __init__(self):
        self.data = None
        self.status = 'ok'
        self.msg = ''

    def set_response(self, data):
        """Sets ``data``, anything that can be JSON."""
        self.data = data

    def set_message(self, text):
        """Sets ``msg``."""
        self.msg = text

    def mark_as_failed(self):
        """Makes ``status`` ``ko``."""
        self.status = 'ko'

    def get_response(self):
        """Returns the envelope as a dict."""
        return {'data': self.data, 'status': self.status, 'msg': self.msg}

    def get_json(self):
        """Returns the envelope as JSON text."""
        return json.dumps(self.get_response())

    def __getattr__(self, name):
        if is_special(name):
            raise AttributeError(name)
        raise absent('Messenger', name, 'log with CoreJobs.pulzar_add_log, or request the service yourself')
