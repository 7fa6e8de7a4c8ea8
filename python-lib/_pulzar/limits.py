"""Compares the limits that a run was given with what its docstring says.

The platform reads docstrings without running anything, and may not find one: an ``execute`` that is inherited, or made
by a decorator. Here it is at hand, before anything of the job runs.
"""

import re

NAMES = frozenset(
    ('timeout', 'memory', 'retries', 'network', 'runtime', 'secrets', 'notify', 'isolation', 'node'),
)

# The platform reads lines by the same rule.
_LINE = re.compile(r'\s*([A-Za-z]+)\s*:(?!:)\s*(.*?)\s*', re.ASCII)


class LimitsNotReadError(Exception):
    """The docstring asks for limits that the run does not have."""


def declared(docstring):
    """Returns the lines of a docstring that set limits, ``{"timeout": "30s"}``; the first of each name counts."""
    found = {}
    for line in docstring.split('\n'):
        match = _LINE.fullmatch(line)
        if match:
            name = match.group(1).lower()
            if name in NAMES and match.group(2):
                found.setdefault(name, match.group(2))
    return found


def compare(docstring, applied):
    """Raises LimitsNotReadError when a docstring says something else than what was applied."""
    missed = [f'{name.capitalize()}: {text}' for name, text in declared(docstring).items() if applied.get(name) != text]
    if missed:
        raise LimitsNotReadError(
            f'{"; ".join(missed)} could not be applied, because the docstring could not be read before the start: '
            'write it as one plain text in the execute of the class that is run'
        )
