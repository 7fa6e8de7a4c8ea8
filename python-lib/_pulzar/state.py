"""What a run may change in the interpreter, and how it is put back before the next run of the same script.

``docs/jobs.md`` lists what is promised. All that a run can change in library modules is compared with a snapshot, which
is taken when the libraries are there and before any code of the script has run. So a run that imports a library module
that was not there yet ends its context: the next one imports that module ahead, before its snapshot.
"""

import _codecs
import _locale
import gc
import os
import sys

from _pulzar import bridge, refusals
from _pulzar.snapshot import Snapshot

_LOCALE = _locale.setlocale(_locale.LC_ALL)
_AT_A_TIME = 4

_snapshot = Snapshot(lambda name: name.partition('.')[0] == '_pulzar', bridge.library_watch())
_notes = set()


def uncompiled_take_some():
    """Takes some of the modules into the snapshot that are there already; False when it has them all.

    Called while a context waits for its script.
    """
    taken = 0
    for name, module in tuple(sys.modules.items()):
        if not _snapshot.knows(module):
            _uncompiled_take(name, module)
            taken += 1
            if taken == _AT_A_TIME:
                return True
    return False


def _uncompiled_take(name, module):
    if name == 'random':
        module.random.__self__.seed()
        module.seed, module.setstate = _noting(module.seed, 'random'), _noting(module.setstate, 'random')
    elif name == 'codecs':
        # What was registered can't be unregistered everywhere: these contexts end with their run.
        for function in ('register', 'register_error'):
            noting = _noting(getattr(_codecs, function), 'a codec was registered')
            setattr(_codecs, function, noting)
            setattr(module, function, noting)
    elif name == 'sys':
        sys.addaudithook = _noting(sys.addaudithook, 'an audit hook was added')
    elif name == 'time':
        module.tzset = _noting(module.tzset, 'tzset')
    _snapshot.uncompiled_learn(name, module)


def _noting(function, what):
    def call(*arguments, **keywords):
        _notes.add(what)
        return function(*arguments, **keywords)

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    return call


class Baseline:
    """The state before the first run of a script."""

    def __init__(self, missing):
        """Takes the state as it is for what it is to be.

        ``missing``
            names of modules that can't be imported: who finds them in ``sys.modules`` has planted them
        """
        while uncompiled_take_some():
            pass
        _snapshot.uncompiled_absorb()
        _notes.clear()
        self._missing = missing
        self._table = sys.modules
        self._modules = dict(sys.modules)
        self._variables = os.environ._data
        self._environment = dict(self._variables)
        self._settings = _settings()

    def imported(self):
        """The names of the modules that came during the run, the script's own being forgotten."""
        known, missing, table = self._modules, self._missing, self._table
        if len(table) <= len(known):
            return []
        found = []
        for name in table:
            if name not in known and name not in missing:
                if name.startswith('_pulzar.'):
                    # The platform's own, imported when it was needed.
                    known[name] = table[name]
                else:
                    found.append(name)
        return found

    def restore(self):
        """Puts everything back. Returns why that is impossible, or None."""
        self._restore_modules()
        # Every run has other ones; were they still there, the snapshot would look through all that it holds.
        if self._variables != self._environment:
            self._variables.clear()
            self._variables.update(self._environment)
        _snapshot.restore()
        if sys.gettrace() is not None:
            sys.settrace(None)
        if sys.getprofile() is not None:
            sys.setprofile(None)
        if self._settings != _settings():
            _set(self._settings)
        refusals.forget_signal_handlers()
        _restore_libraries()
        return self._restore_what_was_noted()

    def _restore_modules(self):
        modules = self._table
        sys.modules = modules
        if modules == self._modules:
            return
        if len(modules) > len(self._modules):
            for name in [name for name in modules if name not in self._modules]:
                del modules[name]
        for name, module in self._modules.items():
            if modules.get(name) is not module:
                modules[name] = module

    def _restore_what_was_noted(self):
        if not _notes:
            return None
        if 'random' in _notes:
            # Only then: numbers that nobody seeded go on from where they are, and a seed costs more than all of this.
            sys.modules['random'].random.__self__.seed()
            _notes.discard('random')
        if 'tzset' in _notes:
            sys.modules['time'].tzset()
            _notes.discard('tzset')
        reason = next(iter(_notes), None)
        _notes.clear()
        return reason


def _pairs():
    """The settings of the interpreter, each with what reads it and what sets it; this runtime lacks some."""
    names = (
        (sys, 'getrecursionlimit', 'setrecursionlimit'),
        (sys, 'get_int_max_str_digits', 'set_int_max_str_digits'),
        (sys, 'getswitchinterval', 'setswitchinterval'),
        (sys, 'get_coroutine_origin_tracking_depth', 'set_coroutine_origin_tracking_depth'),
        (gc, 'get_debug', 'set_debug'),
    )
    several = ((sys, 'get_asyncgen_hooks', 'set_asyncgen_hooks'), (gc, 'get_threshold', 'set_threshold'))
    for many, group in ((False, names), (True, several)):
        for module, read, write in group:
            if hasattr(module, read) and hasattr(module, write):
                setter = getattr(module, write)
                yield getattr(module, read), (lambda values, setter=setter: setter(*values)) if many else setter
    yield gc.isenabled, lambda enabled: (gc.enable if enabled else gc.disable)()


_SETTINGS = tuple(_pairs())


def _settings():
    return [read() for read, _ in _SETTINGS]


def _set(settings):
    for (read, write), value in zip(_SETTINGS, settings):
        if read() != value:
            write(value)


def _restore_libraries():
    modules = sys.modules
    if 'locale' in modules:
        _locale.setlocale(_locale.LC_ALL, _LOCALE)
    if 'socket' in modules:
        modules['socket'].setdefaulttimeout(None)
    if 'warnings' in modules:
        modules['warnings']._filters_mutated()
    if 'logging' in modules:
        _restore_logging(modules['logging'], modules)


def _restore_logging(logging, modules):
    logging.disable(logging.NOTSET)
    _reset_logger(logging.root, logging.WARNING)
    loggers = logging.root.manager.loggerDict
    for name, logger in tuple(loggers.items()):
        if name.partition('.')[0] not in modules:
            del loggers[name]
        elif isinstance(logger, logging.Logger):
            # The library holds on to this object, so that it must stay the one that others find.
            _reset_logger(logger, logging.NOTSET)


def _reset_logger(logger, level):
    logger.setLevel(level)
    logger.disabled = False
    logger.propagate = True
    logger.handlers[:] = [handler for handler in logger.handlers if type(handler).__name__ == 'NullHandler']
    logger.filters.clear()
