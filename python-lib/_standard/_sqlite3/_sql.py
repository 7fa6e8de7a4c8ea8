"""Looks at SQL as far as Python must know it: where a statement ends, which it is, what its parameters are called."""

import functools
import re

_TOKEN = re.compile(
    r"""(?P<nothing>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
      | (?P<parameter>\?\d*|[:@$][\w$]+)
      | (?P<word>[^\W\d][\w$]*)
      | (?P<end>;)
      | (?P<other>[\d.][\w.]*|.)""",
    re.S | re.X,
)


class Statement:
    """The first statement of a text.

    ``words``
        its tokens, those that are words in upper case
    ``names``
        the parameters in the order of their numbers, None for one without a name
    ``length``
        where in the text it ends
    ``complete``
        whether it ends with a semicolon
    """

    __slots__ = ('complete', 'length', 'names', 'words')

    def __init__(self, text):
        self.words, self.names, self.complete = [], [], False
        trigger = False
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup
            if kind == 'nothing':
                continue
            if kind == 'end':
                if not self.words:
                    continue
                if not trigger or self.words[-2:] == [';', 'END']:
                    self.complete, self.length = True, match.end()
                    return
            token = match.group()
            self.words.append(token.upper() if kind == 'word' else token)
            if kind == 'parameter':
                self._count(token)
            elif kind == 'word' and len(self.words) <= 3 and self.words[-1] == 'TRIGGER':
                trigger = self.words[0] == 'CREATE'
        self.length = len(text)

    def _count(self, token):
        if token == '?':  # noqa: S105
            self.names.append(None)
        elif token[0] == '?':
            self.names.extend([None] * (int(token[1:]) - len(self.names)))
        elif token not in self.names:
            self.names.append(token)

    @property
    def keyword(self):
        """Which statement it is; empty when there is none."""
        return self.words[0] if self.words else ''


statement = functools.lru_cache(256)(Statement)


def complete_statement(statement):
    """Whether the text ends with a whole statement."""
    found = Statement(statement)
    while found.complete:
        statement = statement[found.length :]
        found = Statement(statement)
        if not found.words:
            return True
    return False


def unquoted(token):
    """The text of a literal or the name of an identifier."""
    if token[0] in '\'"`':
        return token[1:-1].replace(token[0] * 2, token[0])
    return token[1:-1] if token[0] == '[' else token
