"""Digest authentication (RFC 7616, and RFC 2617 before it)."""

import hashlib
import os
import re
import threading
import time
import urllib.parse

_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES = {'MD5': 'md5', 'MD5-SESS': 'md5', 'SHA': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512'}


def challenge_in(header):
    """The parameters of a ``WWW-Authenticate`` header."""
    text = re.sub('(?i)digest ', '', header, count=1)
    return {name: quoted or plain for name, quoted, plain in _PARAMETER.findall(text)}


class Digest:
    """The state of one conversation: the server's challenge and how often it was answered. One a thread."""

    def __init__(self, username, password):
        self._name, self._password = username, password
        self._local = threading.local()

    def state(self):
        local = self._local
        if not hasattr(local, 'challenge'):
            local.challenge, local.last_nonce, local.count, local.attempts, local.start = {}, '', 0, 1, None
        return local

    def header(self, method, url):
        """The value of ``Authorization``; None when the server asks for what is not known."""
        state = self.state()
        asked = state.challenge
        algorithm = (asked.get('algorithm') or 'MD5').upper()
        name = _HASHES.get(algorithm)
        qop = asked.get('qop')
        if name is None or (qop is not None and 'auth' not in qop.split(',')):
            return None

        def digest(text):
            return hashlib.new(name, text.encode('utf-8')).hexdigest()

        parts = urllib.parse.urlparse(url)
        path = (parts.path or '/') + (f'?{parts.query}' if parts.query else '')
        realm, nonce = asked['realm'], asked['nonce']
        state.count = state.count + 1 if nonce == state.last_nonce else 1
        state.last_nonce = nonce
        count = f'{state.count:08x}'
        seed = f'{state.count}{nonce}{time.ctime()}'.encode() + os.urandom(8)
        cnonce = hashlib.sha1(seed).hexdigest()[:16]  # noqa: S324 no secret: it only has to be new
        secret = digest(f'{self._name}:{realm}:{self._password}')
        if algorithm == 'MD5-SESS':
            secret = digest(f'{secret}:{nonce}:{cnonce}')
        request = digest(f'{method}:{path}')
        middle = nonce if not qop else f'{nonce}:{count}:{cnonce}:auth'
        fields = [f'username="{self._name}", realm="{realm}", nonce="{nonce}", uri="{path}"']
        fields.append(f'response="{digest(f"{secret}:{middle}:{request}")}"')
        if asked.get('opaque'):
            fields.append(f'opaque="{asked["opaque"]}"')
        if asked.get('algorithm'):
            fields.append(f'algorithm="{asked["algorithm"]}"')
        if qop:
            fields.append(f'qop="auth", nc={count}, cnonce="{cnonce}"')
        return 'Digest ' + ', '.join(fields)
