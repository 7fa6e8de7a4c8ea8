"""A worker for Python 2: Jython, which runs one script after the other, each in an interpreter state of its own.

The pool speaks frames with it as with every worker, on standard input and on the file that ``pulzar.frames`` names.
Nothing inside can hold a script, to which every Java class is open: the wall around the process does. What limits
can be kept here are kept by a thread that watches; a script that does not stop takes the process with it.

This file is read by Jython 2.7, and by the tools for Python 3: it must be right in both.
"""

import os
import sys
import threading
import time

from jarray import zeros
from java.io import (
    BufferedInputStream,
    ByteArrayInputStream,
    ByteArrayOutputStream,
    DataInputStream,
    DataOutputStream,
    EOFException,
    FileDescriptor,
    FileInputStream,
    FileOutputStream,
)
from java.lang import ClassLoader, Long, Runnable, Runtime, String, System, Thread, Throwable
from java.lang.management import ManagementFactory, MemoryType
from java.util.concurrent import LinkedBlockingQueue
from org.python.core import PyStringMap, PySystemState
from org.python.util import PythonInterpreter

_HERE = os.path.dirname(os.path.abspath(__file__))
_LIBRARY = os.path.join(_HERE, 'library')

(START, CANCEL, HOST_RESULT, READY, STARTED, LOG, OUTPUT, HOST_CALL, ENDED, PREPARE, PREPARED) = range(11)
(COMPLETED, RAISED, TIMED_OUT, OUT_OF_MEMORY, OUTPUT_LIMIT, CRASHED, CANCELED) = range(7)

_ENTRIES = ('jobs', 'extensions', 'third_party')

# From a limit or a cancellation to the end by force. The pool waits longer.
_CLEAN_UP_SECONDS = Long.getLong('pulzar.clean-up', 1000) / 1000.0
_LOOK_SECONDS = 0.05
_COUNT_SECONDS = 0.2
_STACK_BYTES = 64 << 20
_BLOCK = 4096
_MOST_BYTES = 64 << 20

# An interpreter state costs a second and leaves some memory; the process is replaced after so many.
_MOST_RUNS = 500


class Stopped(BaseException):
    """The run is over its time or canceled: raised where the script is, so that its ``finally`` runs."""


class Frame(object):
    """One message on its way out."""

    def __init__(self, kind):
        self._bytes = ByteArrayOutputStream()
        self._data = DataOutputStream(self._bytes)
        self.byte(kind)

    def byte(self, value):
        self._data.writeByte(value)
        return self

    def integer(self, value):
        self._data.writeInt(value)
        return self

    def long(self, value):
        self._data.writeLong(value)
        return self

    def text(self, value):
        encoded = String(value).getBytes('UTF-8')
        self.integer(len(encoded))
        self._data.write(encoded, 0, len(encoded))
        return self

    def content(self):
        return self._bytes.toByteArray()


class Fields(object):
    """Reads a message field by field."""

    def __init__(self, body):
        self._data = DataInputStream(ByteArrayInputStream(body))

    def byte(self):
        return self._data.readByte()

    def long(self):
        return self._data.readLong()

    def integer(self):
        return self._data.readInt()

    def text(self):
        size = self._data.readInt()
        if size < 0:
            return None
        content = zeros(size, 'b')
        self._data.readFully(content)
        return unicode(String(content, 'UTF-8').toString())


class Pool(object):
    """The other end."""

    def __init__(self):
        file = System.getProperty('pulzar.frames')
        stream = FileOutputStream(FileDescriptor.out) if file is None else FileOutputStream(file)
        self._output = DataOutputStream(stream)
        self._input = DataInputStream(BufferedInputStream(FileInputStream(getattr(FileDescriptor, 'in'))))
        self._lock = threading.Lock()

    def send(self, frame):
        content = frame.content()
        if len(content) > _MOST_BYTES:
            raise ValueError('a message of %d bytes does not fit into a frame' % len(content))
        whole = ByteArrayOutputStream(len(content) + 4)
        DataOutputStream(whole).writeInt(len(content))
        whole.write(content, 0, len(content))
        with self._lock:
            self._output.write(whole.toByteArray())
            self._output.flush()

    def receive(self):
        """The next message; None when the pool has closed the pipe."""
        try:
            content = zeros(self._input.readInt(), 'b')
            self._input.readFully(content)
        except EOFException:
            return None
        return Fields(content)


class Start(object):
    """What a run is given."""

    def __init__(self, fields):
        self.run = fields.long()
        self.root = fields.text()
        self.name = fields.text()
        self.entry = fields.byte()
        self.arguments = fields.text()
        self.scratch = fields.text()
        self.input = fields.text()
        fields.byte()  # Isolation: every run has an interpreter state of its own here.
        self.timeout = fields.long() / 1000.0
        self.memory_bytes = fields.long()
        self.scratch_bytes = fields.long()
        self.output_bytes = fields.long()
        self.network = fields.byte() != 0
        fields.integer()  # How often a context may run: none is kept here.
        self.secrets = fields.text()
        self.variables = fields.text()


class LogStream(object):
    """Standard output or error of a script."""

    encoding = 'UTF-8'
    errors = 'replace'
    softspace = 0

    def __init__(self, run):
        self._run = run

    def write(self, text):
        self._run.log(text)

    def writelines(self, lines):
        for line in lines:
            self._run.log(line)

    def flush(self):
        """Whole lines are sent at once, and the rest at the end."""

    def isatty(self):
        return False

    def fileno(self):
        raise ValueError('the log of a run has no descriptor')


class Host(object):
    """What scripts' libraries find as the module ``_pulzar_host``."""

    __name__ = '_pulzar_host'

    def __init__(self, run, start):
        self._run = run
        self.root = start.root
        self.script = start.name
        self.kind = _ENTRIES[start.entry]
        self.arguments = start.arguments
        self.secrets = start.secrets
        self.variables = start.variables
        self.scratch = start.scratch
        self.input_file = start.input
        self.library = _LIBRARY
        self.Stopped = Stopped

    def log(self, text):
        self._run.log(text)

    def output(self, text):
        self._run.output(text)

    def call(self, name, arguments):
        return self._run.ask(name, arguments)


class Run(Runnable):
    """One run: its thread, and what others may do to it."""

    def __init__(self, server, start):
        self.start = start
        self._server = server
        self._lock = threading.RLock()
        self._line = u''
        self._left = start.output_bytes
        self._verdict = None
        self._force_at = None
        self._delivered = False
        self._over = False
        self._calls = 0
        self._asking = threading.Lock()
        self._answers = LinkedBlockingQueue()
        self._deadline = None
        self._next_count = 0
        self._thread = Thread(None, self, 'script', _STACK_BYTES)

    def begin(self):
        self._thread.setDaemon(True)
        self._thread.start()

    def refuse(self, reason):
        """Ends it before it begins."""
        self._end(Frame(CRASHED).text(reason), False)

    def run(self):
        outcome, reusable = Frame(CRASHED).text('the run could not be set up'), False
        try:
            os.mkdir(self.start.scratch, 0o700)
            self._server.send(Frame(STARTED).long(self.start.run))
            self._deadline = time.time() + self.start.timeout
            outcome, reusable = self._outcome()
        except BaseException as error:
            outcome = Frame(CRASHED).text('the run could not be set up: %r' % (error,))
        finally:
            self._end(outcome, reusable)

    def _outcome(self):
        state = PySystemState()
        state.path[:] = [_LIBRARY] + [entry for entry in sys.path if entry != _HERE]
        state.argv[:] = [os.path.join(self.start.root, self.start.name + '.py')]
        state.setCurrentWorkingDir(self.start.scratch)
        state.stdout = state.stderr = state.__stdout__ = state.__stderr__ = LogStream(self)
        state.modules['_pulzar_host'] = Host(self, self.start)
        interpreter = PythonInterpreter(PyStringMap(), state)
        try:
            getattr(interpreter, 'exec')('import _pulzar_run')
            told = interpreter.eval('_pulzar_run.run()')
            if told[0] == 'completed':
                return Frame(COMPLETED).text(told[1]), told[2]
            return Frame(RAISED).text(told[1]).text(told[2]).text(told[3]), told[4]
        finally:
            interpreter.cleanup()
            state.close()

    # From the script's threads.

    def log(self, text):
        text = _unicode(text)
        with self._lock:
            whole, newline, rest = (self._line + text).rpartition(u'\n')
            self._line = rest
            if newline:
                self._tell(LOG, whole + newline)

    def output(self, text):
        with self._lock:
            self._tell(OUTPUT, _unicode(text))

    def _tell(self, kind, text):
        """Sends as much of a text as the limit still allows."""
        if self._over or self._left < 0:
            return
        size = len(String(text).getBytes('UTF-8'))
        self._left -= size
        if self._left < 0:
            text = text[: max(0, self._left + size) // 4]
        self._server.send(Frame(kind).long(self.start.run).text(text))
        if self._left < 0:
            self.stop(Frame(OUTPUT_LIMIT).long(self.start.output_bytes))
            self._delivered = True
            raise Stopped

    def ask(self, name, arguments):
        with self._asking:
            self._calls += 1
            number = self._calls
            self._server.send(
                Frame(HOST_CALL).long(self.start.run).integer(number).text(name).text(arguments)
            )
            while True:
                answered, answer = self._answers.take()
                if answered == number:
                    return answer

    # From the server's threads.

    def answer(self, number, text):
        self._answers.put((number, text))

    def look(self):
        """Ends the run where it is over a limit."""
        now = time.time()
        if self._verdict is not None:
            if now >= self._force_at:
                self._end(None, False)
            elif not self._delivered:
                self._interrupt()
        elif self._deadline is not None and now >= self._deadline:
            self.stop(Frame(TIMED_OUT).long(int(self.start.timeout * 1000)))
        elif self._server.memory.held() > self.start.memory_bytes:
            self._verdict = Frame(OUT_OF_MEMORY).long(self.start.memory_bytes)
            self._end(None, False)
        elif now >= self._next_count:
            held = _held(self.start.scratch, self.start.scratch_bytes)
            self._next_count = time.time() + max(_COUNT_SECONDS, 20 * (time.time() - now))
            if held > self.start.scratch_bytes:
                reason = '[Errno 28] the run has more than %d bytes in its directory' % self.start.scratch_bytes
                self.stop(Frame(RAISED).text('OSError').text(reason).text('OSError: %s\n' % reason))

    def stop(self, verdict):
        """Has the watching thread end the run."""
        with self._lock:
            if self._verdict is not None or self._over:
                return
            self._verdict = verdict
            self._force_at = time.time() + _CLEAN_UP_SECONDS

    def _interrupt(self):
        """Raises Stopped at the next line of the script, or wakes it where it waits; for the watching thread only."""
        frame = sys._current_frames().get(self._thread.getId())
        traced = []

        def stopped(at, event, argument):
            for one in traced:
                one.f_trace = _no_trace
            self._delivered = True
            Thread.interrupted()
            raise Stopped

        while frame is not None:
            if not frame.f_code.co_filename.startswith(_HERE):
                frame.f_trace = stopped
                traced.append(frame)
            frame = frame.f_back
        if self._thread.getState() in (Thread.State.WAITING, Thread.State.TIMED_WAITING):
            for one in traced:
                one.f_trace = _no_trace
            self._delivered = True
            self._thread.interrupt()

    def _end(self, outcome, reusable):
        with self._lock:
            if self._over:
                return
            if self._line:
                self.log(u'\n')
            self._over = True
        stopped = self._verdict is not None
        told = (self._verdict if stopped else outcome).content()
        frame = Frame(ENDED).long(self.start.run)
        for value in told:
            frame.byte(value)
        cpu = _THREADS.getThreadCpuTime(self._thread.getId())
        reusable = reusable and not stopped and self._server.lasts(self.start)
        frame.long(max(0, cpu)).long(self._server.memory.used()).byte(1 if reusable else 0).integer(0)
        self._server.ended(self)
        self._server.send(frame)
        if not reusable:
            Runtime.getRuntime().halt(0)


_THREADS = ManagementFactory.getThreadMXBean()


class Memory(object):
    """What scripts hold: what was left by the last collection, beyond what was there before any of them."""

    def __init__(self):
        System.gc()
        self._pools = [
            pool
            for pool in ManagementFactory.getMemoryPoolMXBeans()
            if pool.getType() == MemoryType.HEAP and pool.getCollectionUsage() is not None
        ]
        self._before = self._left()

    def _left(self):
        return sum(pool.getCollectionUsage().getUsed() for pool in self._pools)

    def held(self):
        return self._left() - self._before

    def used(self):
        runtime = Runtime.getRuntime()
        return runtime.totalMemory() - runtime.freeMemory()


class Server(object):
    """Serves the pool until it closes standard input."""

    def __init__(self):
        self._pool = Pool()
        self._current = None
        self._runs = 0
        self.send = self._pool.send
        self.memory = None

    def serve(self):
        _warm_up()
        if System.getProperty('pulzar.wall') is not None:
            _wall('startNoMoreProcesses')
        self.memory = Memory()
        watch = threading.Thread(target=self._watch)
        watch.setDaemon(True)
        watch.start()
        self.send(Frame(READY).byte(0).text('Jython ' + sys.version.split()[0]))
        while True:
            fields = self._pool.receive()
            if fields is None:
                Runtime.getRuntime().halt(0)
            self._take(fields.byte(), fields)

    def _take(self, kind, fields):
        run = self._current
        if kind == START:
            start = Start(fields)
            run = Run(self, start)
            try:
                if not start.network:
                    _wall('openNoMoreSockets')
            except Throwable as failure:
                run.refuse(u'Network: off can not be kept here: %s' % _unicode(failure))
                return
            self._current = run
            run.begin()
        elif kind == PREPARE:
            self.send(Frame(PREPARED).text('').integer(0))
        elif run is not None and fields.long() == run.start.run:
            if kind == CANCEL:
                run.stop(Frame(CANCELED))
            elif kind == HOST_RESULT:
                run.answer(fields.integer(), fields.text())

    def _watch(self):
        while True:
            time.sleep(_LOOK_SECONDS)
            run = self._current
            if run is not None:
                run.look()

    def ended(self, run):
        if self._current is run:
            self._current = None

    def lasts(self, start):
        """Whether another run may follow in this process.

        Not where the network is closed for good, and not where secrets were: a script here can read all of its memory.
        """
        self._runs += 1
        return start.network and not start.secrets and self._runs < _MOST_RUNS


def _no_trace(frame, event, argument):
    """Takes itself off a frame, which None does not."""


def _wall(method):
    # `import io` is Python's own module, so Java is asked for its package.
    wall = ClassLoader.getSystemClassLoader().loadClass('io.pulzar.polyglot.wall.Wall')
    wall.getMethod(method, []).invoke(None, [])


def _warm_up():
    state = PySystemState()
    state.path[:] = [_LIBRARY] + list(sys.path)
    interpreter = PythonInterpreter(PyStringMap(), state)
    getattr(interpreter, 'exec')('import _pulzar_run; _pulzar_run.warm_up()')
    interpreter.cleanup()
    state.close()


def _unicode(text):
    if isinstance(text, unicode):
        return text
    return str(text).decode('utf-8', 'replace')


def _held(directory, most):
    """The bytes in a directory, as far as they matter; each file counts a block at least."""
    total = 0
    for parent, folders, files in os.walk(directory):
        for name in folders + files:
            try:
                total += max(os.lstat(os.path.join(parent, name)).st_size, _BLOCK)
            except OSError:
                continue
        if total > most:
            break
    return total


if __name__ == '__main__':
    Server().serve()
