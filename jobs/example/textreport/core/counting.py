"""Counts words."""

import collections
import re

WORD = re.compile(r"\w+(?:'\w+)*")


def most_frequent(text, limit):
    """Returns ``(word, count)`` of the most frequent words in lower case, ties in text order."""
    words = (match.group().lower() for match in WORD.finditer(text))
    return collections.Counter(words).most_common(limit)
