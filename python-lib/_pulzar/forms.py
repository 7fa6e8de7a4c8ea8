"""The forms that a job may have, and how each is called.

In this order: a class named after the file, with ``execute``; a function ``execute(arguments)``; the only subclass of
``CoreJobs`` with ``execute``, whatever its name; a function ``main`` that takes the parameters by name; and a script
that is none of these, which runs as ``__main__``.
"""

import sys

from _pulzar import arguments

_CLASS = 'class'
_FUNCTION = 'function'
_MAIN = 'main'
_PLAIN = 'plain'

_VARIADIC = 0x04


class Job:
    """A script's job in its form.

    ``documentation``
        the docstring that counts
    """

    def __init__(self, form, entry, documentation):
        self._form = form
        self._entry = entry
        self.documentation = documentation or ''

    def run(self, given, parameters):
        """Runs it; returns ``(job, result)``, the job being the instance that tells whether it failed, or None.

        ``given``
            what the client sent and what the platform adds
        ``parameters``
            what the client sent
        """
        if self._form == _CLASS:
            instance = self._entry(given)
            return instance, finish(instance.execute())
        if self._form == _FUNCTION:
            return None, finish(self._entry(given) if takes(self._entry) else self._entry())
        if self._form == _MAIN:
            return None, finish(self._entry(**arguments.bind(self._entry, parameters)))
        return None, self._entry()

    def is_failure(self, result):
        """Whether a value says that the job failed. What ``main`` returns is data: 0 and [] are no failures."""
        if self._form in (_CLASS, _FUNCTION):
            return result is not None and not result
        return result is False


def find(script, class_name):
    """Loads a script and finds its job; raises AttributeError when it has none."""
    if is_plain(script, class_name):
        return Job(_PLAIN, script.run_as_main, script.documentation())
    module = script.load()
    found = getattr(module, class_name, None)
    if _has_execute(found):
        return Job(_CLASS, found, found.execute.__doc__)
    execute = getattr(module, 'execute', None)
    if callable(execute) and not isinstance(execute, type):
        return Job(_FUNCTION, execute, execute.__doc__)
    only = _only_job(module, class_name)
    if only is not None:
        return Job(_CLASS, only, only.execute.__doc__)
    main = getattr(module, 'main', None)
    if callable(main):
        return Job(_MAIN, main, main.__doc__ or module.__doc__)
    if isinstance(found, type):
        raise AttributeError(f'{class_name} has no execute(): define it, it is where the job starts')
    raise AttributeError(f'{script.shown} has no class {class_name}')


def _has_execute(found):
    if not isinstance(found, type):
        return False
    execute = getattr(found, 'execute', None)
    return callable(execute) and execute is not getattr(_core_jobs(), 'execute', None)


def _core_jobs():
    module = sys.modules.get('pulzarcore.core_jobs')
    return None if module is None else module.CoreJobs


def _only_job(module, class_name):
    base = _core_jobs()
    if base is None:
        return None
    here = module.__name__
    jobs = {
        found
        for found in module.__dict__.values()
        if isinstance(found, type) and issubclass(found, base) and found.__module__ == here and _has_execute(found)
    }
    if len(jobs) > 1:
        names = ', '.join(sorted(job.__name__ for job in jobs))
        raise AttributeError(f'several classes are jobs: {names}; name the one that is meant {class_name}')
    return jobs.pop() if jobs else None


def takes(function):
    """How many arguments a function takes by position; 1 where that can't be told."""
    while hasattr(function, '__wrapped__'):
        function = function.__wrapped__
    bound = getattr(function, '__self__', None) is not None
    code = getattr(getattr(function, '__func__', function), '__code__', None)
    if code is None:
        return 1
    count = code.co_argcount - bound
    return max(count, 1) if code.co_flags & _VARIADIC else count


def finish(value):
    """Does the work that a value only promises: a coroutine is awaited, a generator runs to its end."""
    kind = type(value).__name__
    if kind == 'coroutine':
        import asyncio

        return finish(asyncio.run(value))
    if kind == 'async_generator':
        import asyncio

        return asyncio.run(_exhaust(value))
    if kind == 'generator':
        return _last_word(value)
    return value


def _last_word(generator):
    """Runs a generator to its end; returns what its ``return`` says."""
    word = None

    def run():
        nonlocal word
        word = yield from generator

    for _ in run():
        pass
    return word


async def _exhaust(generator):
    async for _ in generator:
        pass


def is_plain(script, class_name):
    """Whether a script defines nothing that could be called: neither a job's class nor ``execute`` nor ``main``."""
    if script.plain is None:
        defined = {constant.co_name for constant in script.code().co_consts if hasattr(constant, 'co_name')}
        wanted = (class_name, 'execute', 'main')
        script.plain = not any(name in defined for name in wanted) and not _binds(script.tree().body, class_name)
    return script.plain


def _binds(statements, class_name):
    return any(_binds_one(statement, class_name) for statement in statements)


def _binds_one(statement, class_name):
    import ast

    wanted = (class_name, 'execute')
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return statement.name in ('execute', 'main')
    if isinstance(statement, ast.ClassDef):
        is_job = bool(statement.bases) and any(getattr(inner, 'name', None) == 'execute' for inner in statement.body)
        return is_job or statement.name == class_name
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        # `from collections import Counter` makes no job of a script counter.py.
        source = (getattr(statement, 'module', None) or '').partition('.')[0]
        names = [alias.asname or alias.name for alias in statement.names]
        return source not in sys.stdlib_module_names and any(name == '*' or name in wanted for name in names)
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return any(isinstance(target, ast.Name) and target.id in wanted for target in targets)
    inner = [getattr(statement, part, None) or () for part in ('body', 'orelse', 'finalbody')]
    inner.extend(handler.body for handler in getattr(statement, 'handlers', ()))
    return any(_binds(part, class_name) for part in inner)
