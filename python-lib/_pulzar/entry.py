"""Where the worker enters Python: one script's run, from its arguments as JSON to its result as JSON.

The order for each run is ``begin``, one of ``job``, ``extension``, ``function`` or ``process``, then ``end``. What the
script raises passes through to the worker, which has ``describe`` tell what it was.
"""

import _contextvars
import _thread
import json
import os
import sys
import time

from _pulzar import (
    absent,
    bridge,
    clock_texts,
    codec_gaps,
    environment,
    fast_json,
    files,
    late_gaps,
    missing_names,
    missing_os,
    posix_gaps,
    refusals,
    streams,
)

_script = None
_class_name = None
_job = None
_baseline = None
_threads = 0
_clashes = []
_modules_kept = False
_replaced = None

# An encoder and a scanner of our own, as `json.dumps` makes an encoder for each call that is not the plainest.
_to_json = json.JSONEncoder(allow_nan=False).encode
_scan_json = json.JSONDecoder().scan_once


def connect(host, library_watch, network):
    """Prepares the context before it belongs to any script."""
    # The runtime's own finders, for Java packages and for patching pip, are of no use here.
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, '__module__', '').startswith('_frozen')]
    absent.install()
    bridge.connect(host, files.flush, library_watch)
    fast_json.install(host)
    files.install()
    refusals.install(network)
    posix_gaps.install()
    clock_texts.install()
    missing_os.install()
    missing_names.install()
    codec_gaps.install()
    late_gaps.install()
    sys.stdout = sys.__stdout__ = streams.LogStream('<stdout>', host.log, 1)
    sys.stderr = sys.__stderr__ = streams.LogStream('<stderr>', host.log, 2)


def import_next_ahead():
    """Imports one more of the modules that most scripts use; False when there is none left."""
    from _pulzar import ahead

    return ahead.import_next()


def prepare_clean_runs():
    """Takes more of the libraries into the snapshot of clean runs; False when it has them all."""
    from _pulzar import state

    return state.uncompiled_take_some()


def adopt(root, name, kind, packages, clean, imports):
    """Gives the context to one script for good.

    ``kind``
        ``jobs``, ``extensions``, ``third_party`` or ``processes``
    ``packages``
        the folder of installed packages, or an empty text
    ``clean``
        whether runs follow each other here that must not meet
    ``imports``
        the names of library modules that earlier runs imported, with commas between
    """
    global _script, _class_name, _baseline, _threads, _clashes
    from _pulzar import modules

    _script = modules.ScriptModules(root, name)
    if packages:
        at = sys.path.index(packages)
        sys.path[at:at] = modules.own_packages(f'{packages}/_for/{kind}', name)
    _class_name = _script.module_name.rpartition('.')[2].capitalize()
    from _pulzar import ahead

    names = ahead.names_in(_script.source())
    _clashes = _script.clashes(name.partition('.')[0] for name in names)
    missing = _import_ahead(names, imports) if clean else None
    _script.install()
    bridge.enter_script(root, _script.file.rpartition('/')[0])
    sys.argv = [_script.file]
    _threads = _thread._count()
    if clean:
        from _pulzar import state

        _baseline = state.Baseline(missing)


def _import_ahead(names, imports):
    """Imports what the script and its earlier runs import, but nothing of the script's own."""
    from _pulzar import ahead, forms

    names = [name for name in names if not _script.is_own(name)]
    if imports:
        names.extend(imports.split(','))
    if any(won for _, won in _clashes):
        # Which of two modules of one name a third one gets would depend on what was imported before.
        names = [name for name in names if name.partition('.')[0] in sys.stdlib_module_names]
    missing = ahead.import_all(names)
    try:
        forms.is_plain(_script, _class_name)
    except (OSError, SyntaxError, ValueError):
        pass  # The run meets it again, where it can be told.
    return missing


def _zone():
    """The machine's zone as POSIX writes it, such as ``CET-1CEST``."""
    if time.timezone == 0 and not time.daylight:
        return 'UTC'
    hours, minutes = divmod(abs(time.timezone) // 60, 60)
    sign = '-' if time.timezone < 0 else ''
    clock = f'{hours}:{minutes:02d}' if minutes else f'{hours}'
    names = [name if name.isalpha() else f'<{name}>' for name in time.tzname]
    return f'{names[0]}{sign}{clock}{names[1] if time.daylight else ""}'


# What scripts find on a plain machine. Nothing of the server's own environment is here.
_USUAL = {
    b'USER': b'pulzar',
    b'LOGNAME': b'pulzar',
    b'LANG': b'C.UTF-8',
    b'TZ': _zone().encode(),
}


def begin(scratch, input_file, secrets='', variables=''):
    """Starts a run; the worker has put it in its own directory.

    ``secrets``, ``variables``
        JSON objects, or empty texts
    """
    bridge.enter_run(scratch, input_file)
    # No process will ever inherit the environment, so that only Python's copy counts.
    own = os.environ._data
    own.update(_USUAL)
    if secrets or variables:
        environment.enter(secrets, variables)
    own[b'HOME'] = own[b'TMPDIR'] = os.fsencode(scratch)
    for file, won in _clashes:
        what = 'is imported in place of the library' if won else 'is not imported, but the library'
        bridge.log(f'PULZAR_NOTE::{file} {what} of the same name; give it another one\n')


def _isolated(function, *arguments):
    """Calls it with context variables of its own."""
    return _contextvars.Context().run(function, *arguments)


class Left(Exception):
    """The script called ``sys.exit``: there is no process of its own that could end well by that."""

    def __init__(self, leaving):
        super().__init__(f'the script called sys.exit({leaving.code!r}) instead of returning')


def job(parameters):
    """Runs a job.

    Returns ``{"ok": true}``, with its ``result`` where it has one; or ``{"ok": false}``, with the ``error`` where the
    job knows it, when it failed or returned a false value.
    """
    given = _from_json(parameters)
    declared = given.pop('_pulzar_declared', None)
    client = {name: value for name, value in given.items() if name not in ('job_id', '_pulzar_config')}
    _offer(client)
    try:
        job, instance, result = _isolated(_run_job, given, client, declared)
    except KeyboardInterrupt:
        # The run is being stopped; what time it has left is for its exit functions.
        raise
    except BaseException:
        _join_threads()
        raise
    _join_threads()
    if getattr(instance, '_failed_job', False) or job.is_failure(result):
        failure = _failure(instance)
        return '{"ok":false}' if failure is None else f'{{"ok":false,"error":{_to_json(failure)}}}'
    kept = _kept(result)
    return '{"ok":true}' if kept is None else f'{{"ok":true,"result":{kept}}}'


def _kept(result):
    """The JSON of what a job returned, where it is data and not just a word that all is well."""
    if result is None or result is True or not isinstance(result, (dict, list, tuple, int, float, str)):
        return None
    try:
        return _to_json(result)
    except (TypeError, ValueError, RecursionError) as error:
        bridge.log(f'PULZAR_NOTE::the result is not kept: {error}\n')
        return None


def _run_job(given, client, declared):
    global _job
    from _pulzar import forms, limits

    # A class that is not found again could have been another one: modules that stay keep their job.
    job = _job if _modules_kept and _job is not None else forms.find(_script, _class_name)
    _job = job
    if declared is not None:
        limits.compare(job.documentation, declared)
    try:
        instance, result = job.run(given, client)
    except SystemExit as leaving:
        if leaving.code is not None and leaving.code != 0:
            raise Left(leaving) from leaving
        instance, result = None, None
    if instance is None and not result:
        instance = _failed_one()
    return job, instance, result


def _offer(client):
    """Lets the script find its parameters without a class: ``pulzarcore.parameters``, and a line on standard input."""
    import io

    import pulzarcore

    global _replaced
    _replaced = pulzarcore, pulzarcore.parameters, sys.stdin
    pulzarcore.parameters = client
    sys.stdin = io.StringIO(_to_json(client) + '\n')


def _withdraw():
    """Puts back what ``_offer`` replaced, so that nothing of ours is among what the run changed."""
    global _replaced
    if _replaced is not None:
        module, module.parameters, sys.stdin = _replaced
        _replaced = None


def _jobs_of_the_run():
    core_jobs = sys.modules.get('pulzarcore.core_jobs')
    return [] if core_jobs is None else core_jobs._of_this_run


def _failed_one():
    """The job that a function made, and that failed."""
    return next((job for job in _jobs_of_the_run() if getattr(job, '_failed_job', False)), None)


def _failure(instance):
    """What failed a job, in words; None where it says no more than that."""
    error = getattr(instance, '_pulzar_error', None)
    if error is None:
        return None
    from _pulzar import trace

    return trace.summary(error, _script.root)


def _join_threads():
    """Waits for the threads of the run that are not daemons, as the end of a process does."""
    threading = sys.modules.get('threading')
    if threading is None:
        return
    pools = sys.modules.get('concurrent.futures.thread')
    if pools is not None and pools._threads_queues:
        # Nobody shut these pools down: their workers end when there is no more work.
        pools._shutdown = True
        try:
            for queue in tuple(pools._threads_queues.values()):
                queue.put(None)
            for thread in tuple(pools._threads_queues):
                thread.join()
        finally:
            pools._shutdown = False
    me = threading.current_thread()
    while True:
        waited = [thread for thread in threading.enumerate() if thread is not me and not thread.daemon]
        if not waited:
            return
        for thread in waited:
            thread.join()


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
    """Calls ``execute(arguments)`` or ``execute(arguments, params)`` of the module; returns its result as JSON.

    ``arguments``
        as for an extension; or what ``execute`` gets, alone
    """
    call = _from_json(arguments)
    if not isinstance(call, dict) or call.keys() != {'arguments', 'params'}:
        call = {'arguments': call, 'params': {}}
    try:
        result = _isolated(_call, call)
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    return _to_json(result)


def process(records):
    """Passes each of an array of records through the module's process.

    Returns an array of the same length, of ``{"record": ...}`` and ``{"error": {...}}``.
    """
    from _pulzar import processing

    try:
        result = _isolated(processing.process_all, _script.load(), _script.shown, _from_json(records), describe)
    except SystemExit as leaving:
        raise Left(leaving) from leaving
    return _to_json(result)


def end(keep_modules):
    """Ends the run, and puts the context back where another run may follow that must not meet it.

    Returns why it can't be used again, or None; and the names of the library modules that the run imported, with
    commas between, where that is the reason.
    """
    global _modules_kept
    if not keep_modules:
        _run_exit_functions()
    files.forget()
    _jobs_of_the_run().clear()
    posix_gaps.forget()
    environment.leave()
    _withdraw()
    bridge.enter_run(None, None)
    if _thread._count() > _threads:
        return 'a thread was left running', ''
    _modules_kept = keep_modules
    if _baseline is None:
        return None, ''
    _script.forget()
    imported = _baseline.imported()
    if imported:
        return 'library modules were imported', ','.join(imported)
    return _baseline.restore(), ''


def _run_exit_functions():
    """Does what the end of a process of its own would have done."""
    atexit = sys.modules.get('atexit')
    if atexit is not None:
        atexit._run_exitfuncs()
    logging = sys.modules.get('logging')
    if logging is not None:
        logging.shutdown()


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


def _call(call):
    from _pulzar import forms

    execute = getattr(_script.load(), 'execute', None)
    if execute is None:
        raise AttributeError(f'{_script.shown} has no function execute(arguments)')
    given = (call['arguments'], call['params'])
    return forms.finish(execute(*given[: forms.takes(execute)]))


def _execute(*arguments):
    from _pulzar import forms

    instance = _class()(*arguments)
    return instance, forms.finish(instance.execute())


def _class():
    module = _script.load()
    found = getattr(module, _class_name, None)
    if found is None:
        raise AttributeError(f'{_script.shown} has no class {_class_name}')
    return found


def _from_json(text):
    """A document of the platform's own, without a space at its ends."""
    return _scan_json(text, 0)[0] if len(text) < fast_json.SHORTEST else json.loads(text)
