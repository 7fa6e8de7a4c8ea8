"""Where the worker enters Python: one script's run, from its arguments as JSON to its result as JSON.

The order for each run is ``begin``, one of ``job``, ``extension``, ``function`` or ``process``, then ``end``. What the
script raises passes through to the worker, which has ``describe`` tell what it was.
"""

import _contextvars
import json
import sys

from _pulzar import absent, bridge, fast_json, files, posix_gaps, refusals, streams

_script = None
_class_name = None
_baseline = None
_modules_kept = False

# An encoder and a scanner of our own, as `json.dumps` makes an encoder for each call that is not the plainest.
_to_json = json.JSONEncoder(allow_nan=False).encode
_scan_json = json.JSONDecoder().scan_once


def connect(host, network):
    """Prepares the context before it belongs to any script."""
    # The runtime's own finders, for Java packages and for patching pip, are of no use here.
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, '__module__', '').startswith('_frozen')]
    absent.install()
    bridge.connect(host, files.flush)
    fast_json.install(host)
    files.install()
    refusals.install(network)
    posix_gaps.install()
    sys.stdout = sys.__stdout__ = streams.LogStream('<stdout>', host.log, 1)
    sys.stderr = sys.__stderr__ = streams.LogStream('<stderr>', host.log, 2)


def import_next_ahead():
    """Imports one more of the modules that most scripts use; False when there is none left."""
    from _pulzar import ahead

    return ahead.import_next()


def adopt(root, name, kind, packages, only_once=False):
    """Gives the context to one script for good.

    ``kind``
        ``jobs``, ``extensions``, ``third_party`` or ``processes``
    ``packages``
        the folder of installed packages, or an empty text
    ``only_once``
        whether the process ends with the first run, so that nothing is ever put back
    """
    global _script, _class_name, _baseline
    from _pulzar import modules

    _script = modules.ScriptModules(root, name)
    _script.install()
    _class_name = _script.module_name.rpartition('.')[2].capitalize()
    if packages:
        at = sys.path.index(packages)
        sys.path[at:at] = modules.own_packages(f'{packages}/_for/{kind}', name)
    sys.argv = [_script.file]
    if not only_once:
        from _pulzar import state

        _baseline = state.Baseline(_script)


def begin(scratch, input_file, keep_modules):
    """Starts a run; the worker has put it in its own directory."""
    if _modules_kept and not keep_modules:
        _forget()
    bridge.enter_run(scratch, input_file)
    if _baseline is not None:
        _baseline.begin(scratch)


def _isolated(function, *arguments):
    """Calls it with context variables of its own."""
    return _contextvars.Context().run(function, *arguments)


class Left(Exception):
    """The script called ``sys.exit``: there is no process of its own that could end well by that."""

    def __init__(self, leaving):
        super().__init__(f'the script called sys.exit({leaving.code!r}) instead of returning')


def job(parameters):
    """Runs a job: ``{"ok": true}`` unless it failed or returned a false value."""
    try:
        instance, result = _isolated(_execute, _from_json(parameters))
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    failed = getattr(instance, '_failed_job', False) or not (result is None or result)
    return '{"ok": false}' if failed else '{"ok": true}'


def prepare():
    """Loads the script ahead of its first run, and has its class prepare itself where it can."""
    global _modules_kept
    _modules_kept = True
    found = getattr(_isolated(_script.load), _class_name, None)
    _isolated(getattr(found, 'prepare', _nothing))


def _nothing():
    """What a class without ``prepare`` prepares."""


def extension(arguments):
    """Runs an extension with ``{"arguments": [...], "params": {...}}``.

    Returns ``{"data": ...}`` with its result, or ``{"answer": {...}}`` where it chose its own.
    """
    call = _from_json(arguments)
    try:
        result = _isolated(_execute, call['arguments'], call['params'], bridge.input_file())[1]
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    choose = getattr(type(result), '_pulzar_answer', None)
    if choose is not None:
        return f'{{"answer":{_to_json(choose(result))}}}'
    return f'{{"data":{_to_json(result)}}}'


def function(arguments):
    """Calls ``execute(arguments)`` of the module and returns its result as JSON."""
    try:
        result = _isolated(_call, _from_json(arguments))
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    return _to_json(result)


def process(records):
    """Passes each of an array of records through the module's process.

    Returns an array of the same length, of ``{"record": ...}`` and ``{"error": {...}}``.
    """
    from _pulzar import processing

    try:
        result = _isolated(processing.process_all, _script.load(), _file(), _from_json(records), describe)
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    return _to_json(result)


def end(keep_modules):
    """Ends the run and puts the context back. Returns why it can't be used again, or None."""
    global _modules_kept
    if not keep_modules:
        _baseline.run_exit_functions()
    files.forget()
    posix_gaps.forget()
    bridge.enter_run(None, None)
    if _baseline.threads_left():
        return 'a thread was left running'
    _modules_kept = keep_modules
    if not keep_modules:
        _forget()
    return None


def _forget():
    _script.forget()
    _baseline.restore()


def describe(error):
    """``(type, message, traceback)`` of an exception of the script."""
    from _pulzar import trace

    try:
        files.flush()
    except OSError:
        pass  # The run failed anyhow, and the first reason is the one to tell.
    if isinstance(error, Left):
        return 'SystemExit', str(error), trace.describe(error.__cause__, _script.root)[2]
    return trace.describe(error, _script.root)


def _call(arguments):
    execute = getattr(_script.load(), 'execute', None)
    if execute is None:
        raise AttributeError(f'{_file()} has no function execute(arguments)')
    return execute(arguments)


def _execute(*arguments):
    instance = _class()(*arguments)
    return instance, instance.execute()


def _class():
    module = _script.load()
    found = getattr(module, _class_name, None)
    if found is None:
        raise AttributeError(f'{_file()} has no class {_class_name}')
    return found


def _file():
    return _script.file[len(_script.root) + 1 :]


def _from_json(text):
    """A document of the platform's own, without a space at its ends."""
    return _scan_json(text, 0)[0] if len(text) < fast_json.SHORTEST else json.loads(text)
