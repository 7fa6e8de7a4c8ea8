"""A worker in CPython: imports once what most scripts use, then forks a process for each run.

The pool speaks frames with it on standard input and output, as with every other worker: one run at a time. What the
process of a run sends is passed on, counted against the run's limit; how it ended, and what it used, is found out here.

    python3 -I -B fork_server.py --landlock VERSION [--filters OFF ON] [--readable DIR]… [--packages DIR]…
            [--clean-up MILLISECONDS] [--preload MODULE]…
"""

import argparse
import gc
import os
import platform
import select
import signal
import stat
import sys
import time
from importlib.machinery import PathFinder

_LIBRARY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_CHUNK = 1 << 16

_BLOCK = 4096

# How often memory and scratch directory of a run are looked at; a large directory is looked at less often.
_LOOK_SECONDS = 0.1

# A look at the directory takes this part of the time at most.
_LOOK_SHARE = 20

_USUAL = (
    'atexit collections copy csv datetime decimal functools hashlib io itertools json logging math os pathlib random '
    're shutil socket sqlite3 ssl string subprocess tempfile threading time traceback types typing urllib.request uuid'
)
_OF_OURS = (
    '_pulzar.ahead _pulzar.arguments _pulzar.entry _pulzar.environment _pulzar.forms _pulzar.http11 _pulzar.limits '
    '_pulzar.modules _pulzar.trace pulzarcore.core_jobs pulzarutils.extension pulzarutils.utils'
)


def main(arguments):
    options = _parse(arguments)
    _know_standard_library()
    sys.path[:] = [_LIBRARY, *(path for path in sys.path if os.path.abspath(path or '.') != os.path.dirname(__file__))]
    _import(options)
    sys.path.remove(_LIBRARY)
    from _pulzar import ahead, confine

    # What it needs is made by its first call: better here than in each run.
    ahead.names_in('')
    options.filters = [confine.CallFilter(program) for program in options.filters]
    server = Server(options)
    gc.collect()
    gc.freeze()
    options.memory_before = confine.data_bytes()
    server.serve()


def _parse(arguments):
    parser = argparse.ArgumentParser(prog='fork_server.py')
    parser.add_argument('--landlock', type=int, default=0)
    # From a limit or a cancellation to the end by force. The pool waits longer.
    parser.add_argument('--clean-up', type=int, default=1000)
    parser.add_argument('--filters', type=bytes.fromhex, nargs=2, default=())
    for name in ('--readable', '--packages', '--preload'):
        parser.add_argument(name, action='append', default=[])
    return parser.parse_args(arguments)


def _know_standard_library():
    """Python 3.9 does not tell the names of its modules."""
    if not hasattr(sys, 'stdlib_module_names'):
        names = {name.partition('.')[0] for name in os.listdir(os.path.dirname(os.__file__))}
        sys.stdlib_module_names = frozenset(names | set(sys.builtin_module_names))


def _import(options):
    from _pulzar import confine, real_packages

    real_packages.install(_LIBRARY)
    sys.path.extend(options.packages)
    for name in [*_USUAL.split(), *_OF_OURS.split()]:
        _import_ahead(name, must=False)
    for name in options.preload:
        _import_ahead(name, must=True)
    # Has the finders list their directories, and not each run anew.
    PathFinder.find_spec('_pulzar_no_such_module', sys.path)
    options.files = confine.Files(options.landlock, [*options.readable, *options.packages, _LIBRARY, *_python()])


def _import_ahead(name, must):
    try:
        __import__(name)
    except ImportError as missing:
        if must:
            print(f'{name} cannot be imported ahead: {missing}', file=sys.stderr)


def _python():
    """Where this Python and its packages are."""
    found = [sys.prefix, sys.base_prefix] if sys.prefix != '/usr' else []
    found += [path for path in sys.path if os.path.isdir(path)]
    return list(dict.fromkeys(os.path.realpath(path) for path in found))


class Server:
    """Serves the pool until it closes standard input."""

    def __init__(self, options):
        from _pulzar import child, confine, frames

        self._frames = frames
        self._child = child
        self._confine = confine
        self._options = options
        self._requests = frames.Splitter()
        self._waiting = []
        self._pool = os.dup(1)
        self._orders = os.dup(0)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(2, 1)
        os.close(null)

    def serve(self):
        frames = self._frames
        self._resident = self._confine.resident_bytes(os.getpid())
        self.send(frames.frame(frames.READY, bytes((0,)), frames.text(f'CPython {platform.python_version()}')))
        while True:
            request = self._next_request()
            if request is None:
                return
            kind, body = request
            if kind == frames.START:
                Run(self, frames.Start(body)).go()
            elif kind == frames.PREPARE:
                # Every run begins in a process of its own, so there is nothing to load ahead.
                self.send(frames.frame(frames.PREPARED, frames.text(''), frames.integer(0)))

    def _next_request(self):
        while not self._waiting:
            if not self.read_requests():
                return None
        return self._waiting.pop(0)

    def read_requests(self):
        """Takes what the pool sent; False when it has closed the pipe."""
        data = os.read(self._orders, _CHUNK)
        self._waiting += self._requests.add(data)
        return bool(data)

    def taken(self):
        found, self._waiting = self._waiting, []
        return found

    def send(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self._pool, view) :]

    def fork(self, start):
        """Starts the process of a run; returns its number and the pipes from and to it."""
        news, server = os.pipe()
        answers, question = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(news)
            os.close(question)
            os.close(self._pool)
            os.close(self._orders)
            self._child.run(start, self._options, server, answers)
        os.close(server)
        os.close(answers)
        return process, news, question

    def beyond_ours(self, process):
        """How many bytes a process has in memory beyond what it started with."""
        return self._confine.resident_bytes(process) - self._resident

    @property
    def clean_up_seconds(self):
        return self._options.clean_up / 1000

    @property
    def orders(self):
        return self._orders


class Run:
    """One run, seen from the server."""

    def __init__(self, server, start):
        self._server = server
        self._frames = server._frames
        self._start = start
        self._news = self._frames.Splitter()
        self._left = start.output_bytes
        self._verdict = None
        self._outcome = None
        self._deadline = None
        self._killed = False
        self._pool_is_gone = False
        self._next_look = time.monotonic() + _LOOK_SECONDS
        self._next_count = self._next_look

    def go(self):
        os.mkdir(self._start.scratch, 0o700)
        self._process, self._pipe, self._questions = self._server.fork(self._start)
        try:
            self._follow()
        finally:
            os.close(self._pipe)
            os.close(self._questions)
        if self._pool_is_gone:
            self._kill()
        _, status, usage = os.wait4(self._process, 0)
        self._finish(status, usage)

    def _follow(self):
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        poll.register(self._server.orders, select.POLLIN)
        self._take_requests(self._server.taken())
        while True:
            ready = poll.poll(self._patience())
            now = time.monotonic()
            if self._deadline is not None and now >= self._deadline:
                self._over_time()
            if now >= self._next_look:
                self._look(now)
            for descriptor, _ in ready:
                if descriptor == self._pipe:
                    data = os.read(self._pipe, _CHUNK)
                    if not data:
                        return
                    self._pass_on(data)
                elif self._server.read_requests():
                    self._take_requests(self._server.taken())
                else:
                    self._pool_is_gone = True
                    return

    def _patience(self):
        until = self._next_look if self._deadline is None else min(self._deadline, self._next_look)
        return max(0, int((until - time.monotonic()) * 1000) + 1)

    def _look(self, now):
        """Ends the run where it has more memory or files than it may.

        The kernel's limit on memory does not count what is shared or belongs to a file, and it has none for files.
        """
        frames, start = self._frames, self._start
        self._next_look = now + _LOOK_SECONDS
        if self._verdict is not None:
            return
        if self._server.beyond_ours(self._process) > start.memory_bytes:
            self._stop(frames.out_of_memory(start.memory_bytes), at_once=True)
        elif now >= self._next_count:
            held = _held(start.scratch, start.scratch_bytes)
            took = time.monotonic() - now
            self._next_count = now + max(_LOOK_SECONDS, took * _LOOK_SHARE)
            if held > start.scratch_bytes:
                reason = f'[Errno 28] the run has more than {start.scratch_bytes} bytes in its directory'
                self._stop(frames.raised('OSError', reason, f'OSError: {reason}\n'))

    def _pass_on(self, data):
        frames = self._frames
        try:
            found = self._news.add(data)
        except ValueError:
            found = []
            self._stop(frames.crashed('the script wrote into the pipe of its run'), at_once=True)
        passed = []
        for kind, body in found:
            if kind in (frames.LOG, frames.OUTPUT):
                if self._left >= 0 and self._is_ours(body):
                    passed.append(self._admitted(kind, body))
            elif kind == frames.STARTED:
                self._deadline = time.monotonic() + self._start.timeout
                passed.append(frames.frame(kind, body))
            elif kind == frames.HOST_CALL and self._is_ours(body):
                passed.append(frames.frame(kind, body))
            elif kind == frames.OUTCOME and self._outcome is None:
                self._outcome = body
        if passed:
            self._server.send(b''.join(passed))

    def _is_ours(self, body):
        return body[:8] == self._frames.long(self._start.run)

    def _admitted(self, kind, body):
        """As much of a log or an output as the limit still allows."""
        frames = self._frames
        text = body[12:]
        self._left -= len(text)
        if self._left >= 0:
            return frames.frame(kind, body)
        text = text[: self._left].decode('utf-8', 'ignore')
        self._stop(frames.output_limit(self._start.output_bytes), at_once=True)
        return frames.frame(kind, body[:8], frames.text(text))

    def _take_requests(self, requests):
        frames = self._frames
        for kind, body in requests:
            if kind == frames.CANCEL and self._is_ours(body):
                self._stop(frames.CANCELED_OUTCOME)
            elif kind == frames.HOST_RESULT:
                self._answer(frames.frame(kind, body))

    def _answer(self, data):
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._questions, view) :]
        except BrokenPipeError:
            pass  # The run is over, and nobody waits for the answer.

    def _over_time(self):
        if self._verdict is not None:
            self._kill()
            self._deadline = None
        else:
            self._stop(self._frames.timed_out(self._start.timeout))

    def _stop(self, verdict, at_once=False):
        if self._verdict is None:
            self._verdict = verdict
            self._deadline = time.monotonic() + self._server.clean_up_seconds
            if at_once:
                self._kill()
            else:
                os.kill(self._process, signal.SIGTERM)

    def _kill(self):
        if not self._killed:
            self._killed = True
            os.kill(self._process, signal.SIGKILL)

    def _finish(self, status, usage):
        frames = self._frames
        outcome = self._verdict or self._outcome or frames.crashed(_reason(status))
        self._server.send(
            frames.frame(
                frames.ENDED,
                frames.long(self._start.run),
                outcome,
                frames.long(int((usage.ru_utime + usage.ru_stime) * 1e9)),
                frames.long(usage.ru_maxrss * 1024),
                # What was read from the pool stays in this memory, which every later run gets a copy of.
                bytes((not self._start.secrets,)),
                frames.integer(0),
            )
        )


def _held(directory, most):
    """The bytes in a directory, as far as they matter; each file counts a block at least."""
    total = 0
    waiting = [directory]
    while waiting and total <= most:
        for about, path in _entries(waiting.pop()):
            total += max(about.st_size, _BLOCK)
            if stat.S_ISDIR(about.st_mode):
                waiting.append(path)
    return total


def _entries(directory):
    """What is in a directory; nothing when it went while it was looked at."""
    try:
        with os.scandir(directory) as entries:
            return [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
    except OSError:
        return []


def _reason(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGKILL:
            return 'its process was killed (signal 9), by a person or because the machine ran out of memory'
        return f'its process crashed in native code (signal {number})'
    return f'its process ended by itself (exit code {os.WEXITSTATUS(status)})'


if __name__ == '__main__':
    main(sys.argv[1:])
