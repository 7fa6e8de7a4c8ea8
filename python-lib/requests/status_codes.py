"""``requests.codes``: status codes by name, ``codes.ok`` as well as ``codes.NOT_FOUND``."""

__path__ = []  # see _pulzar.standins

ALIASES = {
    'ok': 200,
    'okay': 200,
    'all_ok': 200,
    'all_good': 200,
    'moved': 301,
    'redirect': 302,
    'other': 303,
    'temporary_moved': 307,
    'bad': 400,
    'payment': 402,
    'timeout': 408,
    'teapot': 418,
    'im_a_teapot': 418,
    'unprocessable': 422,
    'too_many': 429,
    'server_error': 500,
    'unavailable': 503,
}


class _Codes:
    """Attributes and ``codes['ok']``; a name that is none is an AttributeError, or None by ``[]``."""

    def __getattr__(self, name):
        if name.startswith('__') or self.__dict__:
            raise AttributeError(name)
        import http  # on first use: its enum takes a cold interpreter a tenth of a second

        names = {status.name.lower(): int(status) for status in http.HTTPStatus}
        for known, code in {**names, **ALIASES}.items():
            setattr(self, known, code)
            setattr(self, known.upper(), code)
        return getattr(self, name)

    def __getitem__(self, name):
        return getattr(self, name, None)

    def get(self, name, default=None):
        return getattr(self, name, default)


codes = _Codes()
