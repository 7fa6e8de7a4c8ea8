"""Finds where markup that is no token of XML stops being one, as Expat's scanner does (its xmltok_impl.c).

Nothing here runs for well-formed documents. Each function gets the place in ``text`` from which to look, and raises
``Wrong`` with the place of the first character that cannot be; it returns where the token ended, and None when the text
ended before the token.
"""

from . import _grammar

_SPACE = ' \t\n\r'
_QUOTES = '"\''


class Wrong(Exception):
    """``at`` is the place of the character."""

    def __init__(self, at):
        super().__init__(at)
        self.at = at


def markup(text, at):
    """A tag, comment, section or instruction within the document's element; ``at`` is that of its ``<``."""
    following = text[at + 1 : at + 2]
    if not following:
        return None
    if following == '/':
        return _end_tag(text, at + 2)
    if following == '?':
        return instruction(text, at + 2)
    if following == '!':
        after = text[at + 2 : at + 3]
        if after == '-':
            return comment(text, at + 3)
        if after == '[':
            return _literally(text, at + 3, 'CDATA[')
        return _nothing(text, at + 2)
    return _start_tag(text, at + 1)


def declaration(text, at):
    """What begins with ``<!`` outside of the document's element; ``at`` is that of its ``<``."""
    after = text[at + 2 : at + 3]
    if after == '-':
        return comment(text, at + 3)
    if after == '[':
        return at + 3
    end = at + 2
    while 'a' <= text[end : end + 1].lower() <= 'z' or text[end : end + 1] == '_':
        end += 1
    if end == at + 2 or text[end : end + 1] not in ('', *_SPACE, '%'):
        return _nothing(text, end)
    return end if end < len(text) else None


def reference(text, at):
    """A reference from after its ``&``."""
    digits = None
    if text.startswith('#x', at):
        at, digits = at + 2, '0123456789abcdefABCDEF'
    elif text.startswith('#', at):
        at, digits = at + 1, '0123456789'
    if digits is None:
        end = _name(text, at)
    else:
        end = at
        while text[end : end + 1] and text[end] in digits:
            end += 1
        if end == at:
            return _nothing(text, at)
    if end is None or end == len(text):
        return None
    return end + 1 if text[end] == ';' else _nothing(text, end)


def comment(text, at):
    """A comment from after its ``<!-``."""
    at = _literally(text, at, '-')
    end = -1 if at is None else text.find('--', at)
    return None if end < 0 else _literally(text, end + 2, '>')


def instruction(text, at):
    """A processing instruction from after its ``<?``."""
    end = _name(text, at)
    if end is None or end == len(text):
        return None
    target = text[at:end]
    if target.lower() == 'xml' and target != 'xml':
        return _nothing(text, end)
    if text[end] == '?':
        return _literally(text, end + 1, '>')
    if text[end] not in _SPACE:
        return _nothing(text, end)
    end = text.find('?>', end)
    return None if end < 0 else end + 2


def outside(text, at):
    """What is no markup at all outside of the document's element."""
    first = text[at]
    if first in _QUOTES:
        end = text.find(first, at + 1) + 1
        if not end:
            return None
        return end if text[end : end + 1] in ('', *_SPACE, '>', '%', '[') else _nothing(text, end)
    word = _grammar.WORD.match(text, at)
    if not word:
        return at + 1 if first in '()|,[]%#>' else _nothing(text, at)
    return word.end() if _grammar.AFTER_WORD.match(text, word.end()) else _nothing(text, word.end())


def _start_tag(text, at):
    end = _name(text, at)
    while end is not None:
        spaced = _spaces(text, end)
        if spaced == len(text):
            return None
        if text[spaced] == '>':
            return spaced + 1
        if text[spaced] == '/':
            return _literally(text, spaced + 1, '>')
        end = _nothing(text, spaced) if spaced == end else _attribute(text, spaced)
    return None


def _attribute(text, at):
    """An attribute; returns the place after its value."""
    end = _name(text, at)
    if end is None:
        return None
    end = _spaces(text, end)
    if end == len(text):
        return None
    if text[end] != '=':
        return _nothing(text, end)
    end = _spaces(text, end + 1)
    if end == len(text):
        return None
    quote = text[end]
    if quote not in _QUOTES:
        return _nothing(text, end)
    end += 1
    while end < len(text) and text[end] != quote:
        if text[end] == '<':
            return _nothing(text, end)
        end = reference(text, end + 1) if text[end] == '&' else end + 1
        if end is None:
            return None
    return end + 1 if end < len(text) else None


def _end_tag(text, at):
    end = _name(text, at)
    return None if end is None else _literally(text, _spaces(text, end), '>')


def _name(text, at):
    if at == len(text):
        return None
    found = _grammar.NAME.match(text, at)
    return found.end() if found else _nothing(text, at)


def _spaces(text, at):
    found = _grammar.SPACE.match(text, at)
    return found.end() if found else at


def _literally(text, at, wanted):
    for letter in wanted:
        if at == len(text):
            return None
        if text[at] != letter:
            return _nothing(text, at)
        at += 1
    return at


def _nothing(text, at):
    if at == len(text):
        return
    raise Wrong(at)
