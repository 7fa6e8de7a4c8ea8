"""Searches keys by a part of their name and by the day they were written.

curl 'http://127.0.0.1:31414/extension/search/invoice?gt=11-1-2026&lt=11-30-2026&limit=10'
"""

import datetime

from pulzarutils.extension import Answer, Extension
from pulzarutils.public import Public


class Search(Extension):
    def __init__(self, arguments, params, file_path=None):
        # A text with slashes arrives in several segments.
        self.text = '/'.join(arguments)
        self.params = {name: values[-1] for name, values in params.items() if values[-1]}

    def execute(self):
        """A list of ``{"key", "url"}``, sorted by key."""
        if not self.text:
            return Answer(status=400, msg='no text to search for: use /extension/search/{text}')
        try:
            days = {name: _day(name, self.params[name]) for name in ('eq', 'lt', 'gt') if name in self.params}
            limit = _limit(self.params['limit']) if 'limit' in self.params else None
        except ValueError as error:
            return Answer(status=400, msg=str(error))
        return Public().search(self.text, limit=limit, **days)


def _day(name, text):
    try:
        datetime.datetime.strptime(text, '%m-%d-%Y')
    except ValueError:
        raise ValueError(f'{name} must be a date written mm-dd-yyyy, not {text!r}') from None
    return text


def _limit(text):
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f'limit must be a whole number from 1, not {text!r}')
    return int(text)
