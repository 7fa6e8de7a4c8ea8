"""Runs the cases of one module: functions named ``case_...``, each with its result as text.

The same cases run on CPython, to record what is right, and in a worker, to compare. A case may be a generator: each
value it yields is part of its result. What it raises is its result as well.
"""

import inspect
import re

_ADDRESS = re.compile(' at 0x[0-9a-f]+')


def results(cases):
    """The result of each case by its name."""
    return {name[5:]: _result(case) for name, case in tuple(vars(cases).items()) if name.startswith('case_')}


def _result(case):
    seen = []
    try:
        if inspect.isgeneratorfunction(case):
            for value in case():
                seen.append(_text(value))  # noqa: PERF401 (a value that raises leaves those before it)
        else:
            seen.append(_text(case()))
    except Exception as error:
        seen.append(raised(error))
    return seen


def _text(value):
    return value if isinstance(value, Seen) else _ADDRESS.sub(' at 0x', repr(value))


class Seen(str):
    """A text that stands for itself."""


def raised(error):
    """An exception as text: its type and what it says."""
    return Seen(f'{type(error).__module__}.{type(error).__name__}: {error}')


def kind(function, *arguments, **keywords):
    """What a call returns, or the type of what it raises: where the runtime's texts are others than CPython's."""
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return Seen(f'{type(error).__module__.lstrip("_")}.{type(error).__name__}'.removeprefix('socket.'))


def attempt(function, *arguments, **keywords):
    """What a call returns or raises."""
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return raised(error)
