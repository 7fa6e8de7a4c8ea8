"""What a run may change in the interpreter, and how it is put back before the next run of the same script.

Restored: every name in every module that was loaded when the context was given to its script (or stayed loaded after an
earlier run), ``sys.modules``, the search paths, environment, warnings, logging, signal handlers, context variables, the
decimal context, the locale, random numbers, exit functions. Not seen: a change inside a class or another object of
the library. A script that needs that too says ``Isolation: fresh``.
"""

import _thread
import os
import sys

_UNTOUCHED = ('_pulzar', '__main__')


class Baseline:
    """The state at the start of a script's runs."""

    def __init__(self, script):
        self._script = script
        self._path = list(sys.path)
        self._meta_path = list(sys.meta_path)
        self._path_hooks = list(sys.path_hooks)
        self._argv = list(sys.argv)
        self._modules = {}
        self._namespaces = []
        self._environment = dict(os.environ)
        self._main = dict(sys.modules['__main__'].__dict__)
        self._threads = _thread._count()
        self._learn_modules()

    def begin(self):
        """Called before the script is imported."""
        random = sys.modules.get('random')
        if random is not None:
            random.seed()

    def run_exit_functions(self):
        atexit = sys.modules.get('atexit')
        if atexit is not None:
            atexit._run_exitfuncs()

    def restore(self, keep_modules):
        """Puts everything back; returns why the context can't be used again, or None."""
        if _thread._count() > self._threads:
            return 'a thread was left running'
        if keep_modules:
            return None
        self._restore_modules()
        self._restore_namespaces()
        self._restore_lists()
        self._restore_environment()
        _restore_libraries()
        return None

    def _learn_modules(self):
        own = self._script.names()
        known = self._modules
        for name, module in sys.modules.items():
            if name not in known and name not in own:
                known[name] = module
                if name.partition('.')[0] not in _UNTOUCHED and hasattr(module, '__dict__'):
                    self._namespaces.append((module, module.__dict__, dict(module.__dict__)))

    def _restore_modules(self):
        modules = sys.modules
        for name, module in self._modules.items():
            if modules.get(name) is not module:
                modules[name] = module
        if len(modules) > len(self._modules):
            self._learn_modules()

    def _restore_namespaces(self):
        for module, namespace, saved in self._namespaces:
            if len(namespace) != len(saved) or not _same(namespace, saved):
                _put_back(module, namespace, saved)
        main = sys.modules['__main__'].__dict__
        if len(main) != len(self._main):
            for name in [name for name in main if name not in self._main]:
                del main[name]

    def _restore_lists(self):
        # The lists themselves are names in sys, restored already; this is about what they hold.
        for current, saved in (
            (sys.path, self._path),
            (sys.meta_path, self._meta_path),
            (sys.path_hooks, self._path_hooks),
            (sys.argv, self._argv),
        ):
            if current != saved:
                current[:] = saved

    def _restore_environment(self):
        environment = os.environ
        if len(environment) != len(self._environment) or dict(environment) != self._environment:
            environment.clear()
            environment.update(self._environment)


def _same(namespace, saved):
    for name, value in saved.items():
        if namespace.get(name) is not value:
            return False
    return True


def _put_back(module, namespace, saved):
    for name in [name for name in namespace if name not in saved]:
        delattr(module, name)
    for name, value in saved.items():
        if namespace.get(name) is not value:
            setattr(module, name, value)


def _restore_libraries():
    for name, restore in _LIBRARIES:
        module = sys.modules.get(name)
        if module is not None:
            restore(module)


def _restore_warnings(warnings):
    warnings.resetwarnings()
    warnings.filters[:] = _WARNING_FILTERS
    warnings._filters_mutated()


def _restore_logging(logging):
    root = logging.root
    if root.handlers or logging.Logger.manager.loggerDict or logging._handlerList:
        logging.shutdown()
        root.handlers.clear()
        root.filters.clear()
        logging.Logger.manager.loggerDict.clear()
        logging._handlers.clear()
        logging._handlerList.clear()
    root.setLevel(logging.WARNING)
    root.disabled = False
    logging.disable(logging.NOTSET)


def _restore_signals(signal):
    for number in _SIGNALS_TO_CHECK:
        if signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN, signal.default_int_handler, None):
            signal.signal(number, signal.SIG_DFL)


_WARNING_FILTERS = list(sys.modules['warnings'].filters) if 'warnings' in sys.modules else []
_SIGNALS_TO_CHECK = (1, 2, 10, 12, 14, 15)
_LIBRARIES = (('logging', _restore_logging),)
