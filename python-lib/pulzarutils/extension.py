"""The base class of an extension: a Python class behind a URL."""

import contextlib
import os

from _pulzar import bridge


class Answer:
    """What ``execute()`` returns to choose the HTTP answer itself.

    ``Answer({'id': 7}, status=201)`` is the usual envelope with another status, ``Answer(status=400, msg='no text')``
    an error in the usual form, and ``Answer(body=png, content_type='image/png')`` an answer that is not JSON at all.
    """

    def __init__(self, data=None, status=200, msg='', headers=None, body=None, content_type=None, code=None):
        """Takes what the client shall receive.

        ``data``
            anything that can be JSON; the envelope's ``data``
        ``status``
            200 to 599; from 400 on the envelope says ``ko``
        ``msg``
            the envelope's message; an error needs one
        ``headers``
            a dict of further headers, text to text
        ``body``
            bytes or text that is sent as it is, instead of an envelope
        ``content_type``
            of ``body``; by default ``text/plain`` for text and ``application/octet-stream`` for bytes
        ``code``
            the stable name of an error, by default ``extension_refused``

        Raises ValueError where that makes no answer.
        """
        if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
            raise ValueError(f'status must be a whole number from 200 to 599, not {status!r}')
        if body is None:
            if status >= 400 and not msg:
                raise ValueError(f'an answer with status {status} needs a msg that says what was wrong')
            if content_type is not None:
                raise ValueError('content_type goes with body; data is always JSON')
        elif data is not None:
            raise ValueError('an answer has data or a body, not both')
        elif not isinstance(body, (str, bytes, bytearray)):
            raise ValueError(f'body must be text or bytes, not {type(body).__name__}')
        self.data = data
        self.status = status
        self.msg = str(msg)
        self.headers = {str(name): str(value) for name, value in (headers or {}).items()}
        for name, value in self.headers.items():
            if not name or not name.isascii() or any(c in name + value for c in '\r\n\0'):
                raise ValueError(f'{name!r} is not a header that can be sent')
        self.body = body
        self.content_type = content_type
        self.code = code

    def _pulzar_answer(self):
        """The answer as the platform reads it."""
        answer = {'status': self.status, 'msg': self.msg, 'headers': self.headers}
        if self.body is None:
            answer['data'] = self.data
            if self.status >= 400:
                answer['code'] = self.code or 'extension_refused'
        else:
            import base64

            text = isinstance(self.body, str)
            usual_type = 'text/plain; charset=utf-8' if text else 'application/octet-stream'
            answer['content_type'] = self.content_type or usual_type
            raw = self.body.encode() if text else bytes(self.body)
            answer['base64'] = base64.b64encode(raw).decode('ascii')
        return answer


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

    @classmethod
    def prepare(cls):
        """Does what the first call would have to wait for. Called when a worker loads the extension ahead of calls."""

    def execute(self):
        """Answers the request with anything that can be JSON; it becomes ``data``. Or with an ``Answer``."""
        raise NotImplementedError(f'{type(self).__name__} has no execute(): define it, its result is the answer')

    def clean_tmp(self):
        """Removes the uploaded file early; the platform removes it after the call in any case."""
        path = getattr(self, 'file_path', None) or bridge.input_file()
        if path:
            # Where scripts may only read their upload, the platform's own removal is enough.
            with contextlib.suppress(OSError):
                os.remove(path)
