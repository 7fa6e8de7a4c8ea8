#!/usr/bin/env python3
"""What a run in CPython costs: the forking worker alone, without a pool, one trivial job after the other.

    python3 bench/forks/run.py [--beside PYTHON-LIB] [--runs 400] [--rounds 3]

`--beside` measures another version's python-lib in turns. Landlock is on and as many directories are readable as in a server; no filter for
system calls. Processor times come from the kernel's clock ticks, for all runs of a round together; most page faults of a run are copies of what it writes to.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / 'python-lib')]

import harness  # noqa: E402
from _pulzar import frames  # noqa: E402

SCRIPTS = HERE.parent / 'jobs' / 'scripts'
WARM_UP = 30
READABLE = (
    '/lib /lib64 /usr/lib /usr/local/lib /etc/ld.so.cache /etc/ld.so.conf /etc/localtime /etc/nsswitch.conf /etc/resolv.conf /etc/hosts '
    '/etc/host.conf /etc/gai.conf /etc/services /etc/protocols /etc/ssl /etc/fonts /usr/share/ca-certificates /usr/share/fonts '
    '/usr/share/locale /usr/share/zoneinfo /proc /sys/fs/cgroup /sys/devices/system /dev/random /dev/urandom /dev/zero'
).split()


class Worker:
    """A forking worker of one version of the library; a context manager."""

    def __init__(self, library):
        readable = [word for path in READABLE for word in ('--readable', path)]
        program = str(pathlib.Path(library) / '_pulzar' / 'fork_server.py')
        self.command = ['/usr/bin/python3', '-I', '-B', '-X', 'utf8', program, '--landlock', '7', *readable]

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='pulzar-bench-forks-')
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.splitter, self.waiting, self.number = frames.Splitter(), [], 0
        kind, _ = self.next_frame()
        assert kind == frames.READY, kind
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def next_frame(self):
        while not self.waiting:
            self.waiting += self.splitter.add(os.read(self.process.stdout.fileno(), 1 << 16))
        return self.waiting.pop(0)

    def run(self):
        """Seconds until its script began, and until it was over."""
        self.number += 1
        scratch = '{}/{}'.format(self.folder, self.number)
        began = time.perf_counter()
        self.process.stdin.write(start(self.number, scratch))
        while True:
            kind, body = self.next_frame()
            if kind == frames.STARTED:
                started = time.perf_counter() - began
            elif kind == frames.ENDED:
                ended = time.perf_counter() - began
                assert body[8] == frames.COMPLETED, body
                shutil.rmtree(scratch)
                return started, ended

    def used(self):
        """Processor milliseconds of the worker and of the processes that it forked, and the page faults of those."""
        fields = pathlib.Path('/proc/{}/stat'.format(self.process.pid)).read_text().rpartition(')')[2].split()
        tick = 1e3 / os.sysconf('SC_CLK_TCK')
        return (int(fields[11]) + int(fields[12])) * tick, (int(fields[13]) + int(fields[14])) * tick, int(fields[8])


def start(number, scratch):
    parameters = '{"number": 41, "job_id": "1"}'
    where = frames.text(str(SCRIPTS)) + frames.text('trivial/cpython') + bytes((frames.JOB,)) + frames.text(parameters)
    limits = b''.join(map(frames.long, (60_000, 1 << 29, 1 << 29, 1 << 20)))
    files = frames.text(scratch) + frames.text(None) + bytes((0,))
    rest = bytes((1,)) + frames.integer(0) + frames.text('') + frames.text('')
    return frames.frame(frames.START, frames.long(number), where, files, limits, rest)


def measured(library, runs):
    with Worker(library) as worker:
        for _ in range(WARM_UP):
            worker.run()
        before = worker.used()
        taken = [worker.run() for _ in range(runs)]
        of_worker, of_runs, pages = (round((after - first) / runs, 2) for first, after in zip(before, worker.used()))
    return {
        'processor_ms_of_the_run': of_runs,
        'processor_ms_of_the_worker': of_worker,
        'page_faults': pages,
        'begun_p50_ms': round(statistics.median(t for t, _ in taken) * 1e3, 2),
        'ended_p50_ms': round(statistics.median(t for _, t in taken) * 1e3, 2),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--beside')
    parser.add_argument('--runs', type=int, default=400)
    parser.add_argument('--rounds', type=int, default=3)
    options = parser.parse_args()
    libraries = {'now': harness.ROOT / 'python-lib', **({'beside': options.beside} if options.beside else {})}
    figures = {name: [] for name in libraries}
    for _ in range(options.rounds):
        for name, library in libraries.items():
            figures[name].append(measured(library, options.runs))
            print(name, figures[name][-1], flush=True)
    print(harness.save('forks', figures, about=__doc__.splitlines()[0]))


if __name__ == '__main__':
    main()
