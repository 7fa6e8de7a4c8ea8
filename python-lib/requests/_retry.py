"""How often a request is tried again: the ``Retry`` of urllib3, which ``HTTPAdapter(max_retries=...)`` takes."""

import re
import time
from collections import namedtuple

RequestHistory = namedtuple('RequestHistory', 'method url error status redirect_location')

_UNSET = object()
_LONGEST_BACKOFF = 120


class Retry:
    """Counts of what may still fail; ``increment`` makes the counts that are left.

    ``total``
        attempts after the first, whatever failed; False: errors are raised as they are
    ``connect`` ``read`` ``status`` ``other`` ``redirect``
        the same for one kind of failure; None: only ``total`` counts
    ``allowed_methods``
        methods that are sent again after they may have reached the server; False or None: all
    ``status_forcelist``
        answers that count as failures
    ``backoff_factor``
        the pauses are ``factor * 2 ** (failures - 1)`` seconds, none before the second attempt
    """

    DEFAULT_ALLOWED_METHODS = frozenset(['HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
    RETRY_AFTER_STATUS_CODES = frozenset([413, 429, 503])
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT = frozenset(['Authorization', 'Cookie', 'Proxy-Authorization'])
    DEFAULT_BACKOFF_MAX = _LONGEST_BACKOFF

    def __init__(
        self,
        total=10,
        connect=None,
        read=None,
        redirect=None,
        status=None,
        other=None,
        allowed_methods=_UNSET,
        status_forcelist=None,
        backoff_factor=0,
        raise_on_redirect=True,
        raise_on_status=True,
        history=None,
        respect_retry_after_header=True,
        remove_headers_on_redirect=_UNSET,
        method_whitelist=_UNSET,
    ):
        if method_whitelist is not _UNSET:
            if allowed_methods is not _UNSET:
                raise ValueError("Using both 'allowed_methods' and 'method_whitelist' together is not allowed.")
            allowed_methods = method_whitelist
        if redirect is False or total is False:
            redirect, raise_on_redirect = 0, False
        self.total, self.connect, self.read, self.status, self.other = total, connect, read, status, other
        self.redirect = redirect
        self.allowed_methods = self.DEFAULT_ALLOWED_METHODS if allowed_methods is _UNSET else allowed_methods
        self.status_forcelist = status_forcelist or set()
        self.backoff_factor = backoff_factor
        self.raise_on_redirect, self.raise_on_status = raise_on_redirect, raise_on_status
        self.history = history or ()
        self.respect_retry_after_header = respect_retry_after_header
        headers = self.DEFAULT_REMOVE_HEADERS_ON_REDIRECT
        headers = headers if remove_headers_on_redirect is _UNSET else remove_headers_on_redirect
        self.remove_headers_on_redirect = frozenset(header.lower() for header in headers)

    @property
    def method_whitelist(self):
        """The older name of ``allowed_methods``."""
        return self.allowed_methods

    @classmethod
    def from_int(cls, retries, redirect=True, default=None):
        """Counts from what ``max_retries`` was given."""
        if retries is None:
            retries = default if default is not None else 3
        if isinstance(retries, Retry):
            return retries
        return cls(retries, redirect=None if redirect else False)

    def new(self, **changes):
        """The same with some changes."""
        kept = {name: value for name, value in vars(self).items() if not name.startswith('_')}
        kept.update(changes)
        return type(self)(**kept)

    def get_backoff_time(self):
        """The seconds to wait before the next attempt."""
        failures = 0
        for attempt in reversed(self.history):
            if attempt.redirect_location is not None:
                break
            failures += 1
        if failures <= 1:
            return 0
        return min(self.DEFAULT_BACKOFF_MAX, self.backoff_factor * 2 ** (failures - 1))

    def parse_retry_after(self, retry_after):
        """The seconds that a ``Retry-After`` header means."""
        if re.match(r'^\s*[0-9]+\s*$', retry_after):
            return int(retry_after)
        import email.utils

        moment = email.utils.parsedate_tz(retry_after)
        if moment is None:
            from requests.exceptions import InvalidHeader

            raise InvalidHeader(f'Invalid Retry-After header: {retry_after}')
        return max(0, email.utils.mktime_tz(moment) - time.time())

    def get_retry_after(self, response):
        """The seconds that an answer asks for, None when it does not."""
        header = response.headers.get('Retry-After')
        return None if header is None else self.parse_retry_after(header)

    def sleep_for_retry(self, response=None):
        """Waits as long as the answer asks for; False when it does not."""
        seconds = self.get_retry_after(response)
        if seconds:
            time.sleep(seconds)
            return True
        return False

    def sleep(self, response=None):
        """Waits before the next attempt."""
        if self.respect_retry_after_header and response is not None and self.sleep_for_retry(response):
            return
        seconds = self.get_backoff_time()
        if seconds > 0:
            time.sleep(seconds)

    def _is_method_retryable(self, method):
        return not self.allowed_methods or method.upper() in self.allowed_methods

    def is_retry(self, method, status_code, has_retry_after=False):
        """Whether an answer with a status is tried again."""
        if not self._is_method_retryable(method):
            return False
        if self.status_forcelist and status_code in self.status_forcelist:
            return True
        return bool(
            self.total
            and self.respect_retry_after_header
            and has_retry_after
            and status_code in self.RETRY_AFTER_STATUS_CODES
        )

    def is_exhausted(self):
        """Whether a count is below zero."""
        counts = [
            count for count in (self.total, self.connect, self.read, self.redirect, self.status, self.other) if count
        ]
        return bool(counts) and min(counts) < 0

    def increment(self, method=None, url=None, response=None, error=None, _pool=None, _stacktrace=None):
        """The counts after one more failure: an error, or a response that counts as one.

        Raises the error where it must not be tried again; ``Exhausted`` when nothing is left.
        """
        if self.total is False and error is not None:
            raise error
        left = {name: getattr(self, name) for name in ('total', 'connect', 'read', 'redirect', 'status', 'other')}
        if left['total'] is not None:
            left['total'] -= 1
        reason, status = error, None
        kind = 'connect' if getattr(error, 'before_sending', False) else 'read'
        if error is None:
            kind, status = 'status', response.status_code
            reason = f'too many {status} error responses'
        elif (kind == 'read' and (left['read'] is False or not self._is_method_retryable(method))) or (
            kind == 'connect' and left['connect'] is False
        ):
            raise error
        if left[kind] is not None:
            left[kind] -= 1
        after = self.new(history=(*self.history, RequestHistory(method, url, error, status, None)), **left)
        if after.is_exhausted():
            raise Exhausted(reason)
        return after

    def __repr__(self):
        return (
            f'{type(self).__name__}(total={self.total}, connect={self.connect}, read={self.read}, '
            f'redirect={self.redirect}, status={self.status})'
        )


class Exhausted(Exception):
    """No attempt is left; ``reason`` is the last error, or a text about the last answer."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
