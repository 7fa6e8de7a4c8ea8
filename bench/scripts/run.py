"""What a server costs that has many scripts and nothing to do, and what a look at them costs.

    python3 bench/scripts/run.py [--scripts 20000] [--seconds 60]

The same server is measured over a handful of scripts and over many, each idle, then asked: the catalog, one script's launch, and the
catalog right after a file changed. Processor time is that of the server's own process, from /proc; its workers are counted apart.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

SCRIPT = """from pulzarcore.core_jobs import CoreJobs


class Script{number}(CoreJobs):
    def execute(self):
        '''
        Description: counts to {number}
        Arguments: {{"number": {number}}}
        Category: bench
        Author: nobody
        '''
        return {number}
"""
A_FOLDER = 100
TICKS = os.sysconf('SC_CLK_TCK')


def write(root, count):
    for number in range(count):
        folder = root / 'folder{}'.format(number // A_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'script{}.py'.format(number)).write_text(SCRIPT.format(number=number))


def used(pid):
    """Seconds of the processors that a process has taken."""
    fields = pathlib.Path('/proc/{}/stat'.format(pid)).read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def workers(pid):
    children = subprocess.run(['ps', '-o', 'pid=', '--ppid', str(pid)], capture_output=True, text=True).stdout.split()
    return sum(used(child) for child in children)


def idle(product, seconds):
    """Hundredths of one processor that are taken while nobody asks anything."""
    # What starts a server goes on for a while: the first look at the scripts, and compiling.
    time.sleep(30)
    pid = product.process.pid
    before, before_workers, began = used(pid), workers(pid), time.perf_counter()
    time.sleep(seconds)
    took = time.perf_counter() - began
    return {
        'server_percent': round((used(pid) - before) / took * 100, 2),
        'workers_percent': round((workers(pid) - before_workers) / took * 100, 2),
        'seconds': round(took, 1),
    }


def asked(product, root, count):
    connection = product.connection()

    def ask(method, path, body=None):
        status, _ = harness.exchange(connection, method, path, body)
        if status != 200:
            raise SystemExit('{} {}: {}'.format(method, path, status))

    middle = count // 2
    path = 'folder{}/script{}'.format(middle // A_FOLDER, middle)
    changed = root / 'folder0' / 'script0.py'
    after_change = []
    for turn in range(10):
        changed.write_text(SCRIPT.format(number=0) + '# {}\n'.format(turn))
        time.sleep(1.1)
        began = time.perf_counter()
        ask('GET', '/admin/job_catalog')
        after_change.append(time.perf_counter() - began)
    figures = {
        'catalog': harness.summary(harness.timed(5, lambda: ask('GET', '/admin/job_catalog'))),
        'catalog_after_a_change': harness.summary(after_change),
        'one_script': harness.summary(harness.timed(5, lambda: ask('GET', '/admin/scripts/' + path))),
        'launch': harness.summary(harness.timed(5, lambda: ask('POST', '/launch_job/' + path, '{}'))),
    }
    connection.close()
    return figures


def measured(count, seconds):
    with tempfile.TemporaryDirectory(prefix='pulzar-scripts-') as folder:
        root = pathlib.Path(folder)
        write(root, count)
        with harness.Product(jobs=root, settings=['pulzar.jobs.queue=1000000']) as product:
            return {'ready_s': round(product.ready, 2), 'idle': idle(product, seconds), **asked(product, root, count)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--scripts', type=int, default=20_000)
    parser.add_argument('--seconds', type=int, default=60)
    arguments = parser.parse_args()
    figures = {
        '{} scripts'.format(count): measured(count, arguments.seconds) for count in (10, arguments.scripts)
    }
    print(harness.save('scripts', figures, command='python3 bench/scripts/run.py').read_text())


if __name__ == '__main__':
    main()
