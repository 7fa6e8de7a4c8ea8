"""The process of one run in CPython: confines itself, runs the script, tells its server how it ended."""

import os
import sys
import threading
from _signal import SIG_IGN, SIGTERM, signal  # without the enumerations of `signal`, which cost more than the call

from _pulzar import bridge, confine, entry, environment, frames, real_packages, streams

_KINDS = {frames.JOB: 'jobs', frames.EXTENSION: 'extensions', frames.FUNCTION: 'third_party'}
_FUNCTIONS = {frames.JOB: entry.job, frames.EXTENSION: entry.extension, frames.FUNCTION: entry.function}


class Stopped(KeyboardInterrupt):
    """The run is over its time or canceled: raised where the script is, so that its ``finally`` runs."""


class Host:
    """What ``_pulzar.bridge`` talks to: log, output and questions, as frames to the server."""

    def __init__(self, run, server, answers):
        self._run = frames.long(run)
        self._number = run
        self._server = server
        self._answers = answers
        self._calls = 0
        self._sending = threading.RLock()
        self._asking = threading.Lock()
        self._line = ''

    def log(self, text):
        with self._sending:
            whole, newline, rest = (self._line + text).rpartition('\n')
            self._line = rest
            if newline:
                self.send(frames.LOG, self._run, frames.text(whole + newline))

    def output(self, text):
        with self._sending:
            self.send(frames.OUTPUT, self._run, frames.text(text))

    def call(self, name, arguments):
        with self._asking:
            self._calls += 1
            self.send(
                frames.HOST_CALL,
                self._run,
                frames.integer(self._calls),
                frames.text(name),
                frames.text(arguments),
            )
            while True:
                fields = frames.Fields(self._answer())
                if fields.long() == self._number and fields.integer() == self._calls:
                    return fields.text()

    def service(self, name, _operation, *_arguments):
        raise NotImplementedError(f'{name} is a service of the other runtime; install the real package')

    def send(self, kind, *fields):
        data = memoryview(frames.frame(kind, *fields))
        with self._sending:
            while data:
                data = data[os.write(self._server, data) :]

    def flush(self):
        with self._sending:
            if self._line:
                self.log('\n')

    def _answer(self):
        size = int.from_bytes(self._read(4), 'big')
        return self._read(size)[1:]

    def _read(self, count):
        data = bytearray()
        while len(data) < count:
            more = os.read(self._answers, count - len(data))
            if not more:
                raise ConnectionError('the server of this run is gone')
            data += more
        return bytes(data)


def run(start, options, server, answers):
    """Runs a script and never returns. ``server`` is the pipe to write frames to, ``answers`` the one to read from."""
    host = Host(start.run, server, answers)
    outcome = frames.crashed('the run could not be set up')
    try:
        _prepare(start, options, host)
        host.send(frames.STARTED, frames.long(start.run))
        outcome = _outcome(start, options)
    except BaseException as error:
        # Of ours, not the script's: what a limit or a file of the platform refused.
        outcome = frames.crashed(f'the run could not be set up: {type(error).__name__}: {error}')
    finally:
        signal(SIGTERM, SIG_IGN)
        try:
            host.flush()
            host.send(frames.OUTCOME, outcome)
        finally:
            os._exit(0)


def _prepare(start, options, host):
    confine.end_with_parent()
    signal(SIGTERM, _stop)
    os.dup2(2, 1)
    os.chdir(start.scratch)
    for name in ('HOME', 'TMPDIR'):
        os.environ[name] = start.scratch
    sys.stdout = sys.__stdout__ = streams.LogStream('<stdout>', host.log, 1)
    sys.stderr = sys.__stderr__ = streams.LogStream('<stderr>', host.log, 2)
    confine.limit_memory(start.memory_bytes + options.memory_before)
    confine.limit_files(start.scratch_bytes)
    readable = [start.root] if start.input is None else [start.root, start.input]
    options.files.restrict(readable, [start.scratch])
    confine.hold_calls(options.filters, start.network)
    bridge.connect(host)


def _stop(_number, _frame):
    # Once: what the script does in `finally` is not to be interrupted again.
    signal(SIGTERM, SIG_IGN)
    raise Stopped


def _outcome(start, options):
    try:
        try:
            entry.adopt(start.root, start.name, _KINDS[start.entry], '', clean=False, imports='')
            for folder in options.packages:
                _add_packages(folder, _KINDS[start.entry], start.name)
            real_packages.stay_last()
            entry.begin(start.scratch, start.input, start.secrets, start.variables)
            environment.export()
            return frames.completed(_FUNCTIONS[start.entry](start.arguments))
        finally:
            _run_exit_functions()
    except MemoryError:
        return frames.out_of_memory(start.memory_bytes)
    except Stopped:
        return frames.CANCELED_OUTCOME
    except BaseException as error:
        return frames.raised(*entry.describe(error))


def _add_packages(folder, kind, name):
    from _pulzar import modules

    sys.path[0:0] = modules.own_packages(f'{folder}/_for/{kind}', name)


def _run_exit_functions():
    import atexit

    # What logging has to write is among them.
    atexit._run_exitfuncs()
