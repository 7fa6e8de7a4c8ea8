"""What a run may change in the interpreter, and how it is put back before the next run of the same script.

Put back: every name in every public module of the libraries, ``sys.modules``, the search paths, the environment,
warning filters, logging, signal handlers, context variables and with them the decimal context, the locale, the default
timeout of sockets, tracing, the random numbers. Exit functions have run by then. A module that only this script imports
counts as it was after its first run.

Not seen: a change inside a class or another object of a library. A script that makes one and must not meet it
again says ``Isolation: fresh``.
"""

import _locale
import _thread
import gc
import os
import sys

from _pulzar import refusals

# Modules that no script changes by name; to compare them would cost more than all the others together.
_UNWATCHED = frozenset(
    [
        'codecs',
        'copyreg',
        'encodings',
        'enum',
        'errno',
        'genericpath',
        'keyword',
        'linecache',
        'operator',
        'polyglot',
        'posix',
        'posixpath',
        'reprlib',
        'stat',
        'sre_compile',
        'sre_constants',
        'sre_parse',
        'token',
        'tokenize',
        'types',
        'zipimport',
    ]
)

_LOCALE = _locale.setlocale(_locale.LC_ALL)


class Baseline:
    """The state before the first run of a script."""

    def __init__(self, script):
        self._script = script
        self._modules = {}
        self._namespaces = []
        self._seeded = False
        self._lists = [(held, list(held)) for held in (sys.path, sys.meta_path, sys.path_hooks, sys.argv)]
        self._environment = dict(os.environ._data)
        self._main = dict(sys.modules['__main__'].__dict__)
        self._threads = _thread._count()
        self._learn_modules()

    def begin(self, scratch):
        """Gives a run its own environment."""
        # No process will ever inherit it, so that only Python's copy counts.
        variables = os.environ._data
        variables[b'HOME'] = variables[b'TMPDIR'] = os.fsencode(scratch)

    def run_exit_functions(self):
        """Does what the end of a process of its own would have done."""
        atexit = sys.modules.get('atexit')
        if atexit is not None:
            atexit._run_exitfuncs()
        logging = sys.modules.get('logging')
        if logging is not None:
            logging.shutdown()

    def threads_left(self):
        """Whether a thread of the run is still alive."""
        return _thread._count() > self._threads

    def restore(self):
        """Puts everything back."""
        self._restore_modules()
        self._restore_namespaces()
        self._restore_lists()
        variables = os.environ._data
        if variables != self._environment:
            variables.clear()
            variables.update(self._environment)
        if sys.gettrace() is not None:
            sys.settrace(None)
        if sys.getprofile() is not None:
            sys.setprofile(None)
        gc.enable()
        refusals.forget_signal_handlers()
        self._restore_libraries()

    def _learn_modules(self):
        known = self._modules
        watched = {id(module) for module, _, _ in self._namespaces}
        for name, module in tuple(sys.modules.items()):
            if name not in known and name != '__main__':
                if _is_planted(name, module):
                    del sys.modules[name]
                    continue
                known[name] = module
                if name == 'warnings':
                    self._lists.append((module.filters, list(module.filters)))
                if name == 'random':
                    self._watch_random(module)
                if _is_watched(name) and id(module) not in watched and hasattr(module, '__dict__'):
                    self._namespaces.append((module, module.__dict__, dict(module.__dict__)))

    def _restore_modules(self):
        modules = sys.modules
        if modules == self._modules:
            return
        for name, module in self._modules.items():
            if modules.get(name) is not module:
                modules[name] = module
        self._learn_modules()

    def _restore_namespaces(self):
        for module, namespace, saved in self._namespaces:
            if namespace != saved:
                _put_back(module, namespace, saved)
        main = sys.modules['__main__'].__dict__
        if len(main) != len(self._main):
            for name in [name for name in main if name not in self._main]:
                del main[name]

    def _restore_lists(self):
        # The lists themselves are names in their modules, restored already; this is about what they hold.
        for held, saved in self._lists:
            if held != saved:
                held[:] = saved

    def _restore_libraries(self):
        modules = sys.modules
        if 'locale' in modules:
            _locale.setlocale(_locale.LC_ALL, _LOCALE)
        if 'socket' in modules:
            modules['socket'].setdefaulttimeout(None)
        if 'warnings' in modules:
            modules['warnings']._filters_mutated()
        if 'tempfile' in modules:
            modules['tempfile'].tempdir = None
        if self._seeded:
            # Only then: numbers that nobody seeded go on from where they are, and a seed costs more than all of this.
            modules['random'].seed()
            self._seeded = False
        if 'logging' in modules:
            self._restore_logging(modules['logging'])

    def _watch_random(self, random):
        def noting(function):
            def call(*arguments, **keywords):
                self._seeded = True
                return function(*arguments, **keywords)

            call.__name__, call.__doc__ = function.__name__, function.__doc__
            return call

        random.seed()
        random.seed, random.setstate = noting(random.seed), noting(random.setstate)

    def _restore_logging(self, logging):
        logging.disable(logging.NOTSET)
        _reset_logger(logging.root, logging.WARNING)
        loggers = logging.root.manager.loggerDict
        for name, logger in tuple(loggers.items()):
            if name.partition('.')[0] not in self._modules:
                del loggers[name]
            elif isinstance(logger, logging.Logger):
                # The library holds on to this object, so that it must stay the one that others find.
                _reset_logger(logger, logging.NOTSET)


def _is_planted(name, module):
    """Whether no import can have put it there. A package may keep aliases of its own: those have a dot."""
    return '.' not in name and getattr(module, '__name__', None) != name


def _is_watched(name):
    first = name.partition('.')[0]
    return first not in _UNWATCHED and not name.startswith('_') and '._' not in name


def _put_back(module, namespace, saved):
    modules = sys.modules
    for name, value in tuple(namespace.items()):
        if name not in saved:
            if modules.get(f'{module.__name__}.{name}') is value:
                # A submodule that was imported meanwhile stays imported, and so must the way to it.
                saved[name] = value
            else:
                delattr(module, name)
    for name, value in saved.items():
        if namespace.get(name) is not value:
            setattr(module, name, value)


def _reset_logger(logger, level):
    logger.setLevel(level)
    logger.disabled = False
    logger.propagate = True
    logger.handlers[:] = [handler for handler in logger.handlers if type(handler).__name__ == 'NullHandler']
    logger.filters.clear()
