#!/usr/bin/env python3
"""Schedules: how late runs start, against Quartz and APScheduler; memory; the start of a master with many.

    python3 bench/schedules/run.py [drift|durable|herd|memory|startup]…      # all of them without a name

`drift`, `durable` and `herd` add a round to their result each time; their medians are those of all rounds; delete a result to start over.

It needs `./pulzar build`, `./mvnw -q test-compile`, Quartz from Maven Central (fetched here with Maven), and python3-apscheduler. The product's runs are durable
(a turn of a schedule and its job are synced to the disk first) and its workers are played, so that a start of a
script costs nothing. Quartz and APScheduler keep their timers in memory, and start a method in their own process.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

QUARTZ = ('org.quartz-scheduler:quartz:2.5.0', 'org.slf4j:slf4j-api:2.0.17')
APP = harness.ROOT / 'app' / 'target'
TIMERS, SECONDS = 10_000, 20
DEBIAN_PYTHON = '/usr/bin/python3'


def java(*arguments, classpath):
    home = os.environ.get('JAVA_HOME', '/usr')
    command = [home + '/bin/java', '--enable-native-access=ALL-UNNAMED', '--add-opens=java.base/java.nio=ALL-UNNAMED']
    command += ['--add-opens=java.base/sun.nio.ch=ALL-UNNAMED', '-Xmx1g', '-cp', classpath, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def product(*arguments):
    """The harness in the tests: a whole server without Python."""
    directory = tempfile.mkdtemp(prefix='pulzar-bench-')
    try:
        classpath = '{0}/test-classes:{0}/classes:{0}/dist/lib/*'.format(APP)
        command = [arguments[0], directory, *arguments[1:]]
        return java('io.pulzar.schedules.ScheduleBench', *command, classpath=classpath)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def quartz(*arguments):
    jars = APP / 'bench-quartz'
    for artifact in QUARTZ:
        if not (jars / '{}-{}.jar'.format(*artifact.split(':')[1:])).exists():
            subprocess.run(
                ['./mvnw', '-q', 'dependency:copy', '-Dartifact=' + artifact, '-DoutputDirectory=' + str(jars), '-pl', 'app'],
                cwd=harness.ROOT,
                check=True,
            )
    return java(str(HERE / 'QuartzTimers.java'), *arguments, classpath='{}/*'.format(jars))


def apscheduler(*arguments):
    command = [DEBIAN_PYTHON, str(HERE / 'apscheduler_timers.py'), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def numbers(output):
    """The lines that are numbers; a log may be between them."""
    found = []
    for line in output.splitlines():
        try:
            found.append(float(line))
        except ValueError:
            continue
    return found


def late(output):
    times = numbers(output)
    return {
        'p50_ms': round(statistics.median(times), 1),
        'p99_ms': round(harness.quantile(times, 0.99), 1),
        'max_ms': round(max(times), 1),
        'runs': len(times),
    }


def rounds_of(part, result):
    """A new round beside those that the result file holds, and the medians of all; each names its commit."""
    path = harness.RESULTS / 'schedules-{}.json'.format(part)
    before = json.loads(path.read_text()) if path.exists() else {}
    rounds = before.get('figures', {'rounds': []})['rounds'] + [dict(result, commit=harness.machine()['commit'])]
    medians = {
        who: {name: statistics.median(r[who][name] for r in rounds) for name in ('p50_ms', 'p99_ms', 'max_ms')}
        for who in result
    }
    return {'medians': medians, 'rounds': rounds}


def drift():
    """One round: 10,000 timers at random moments of 20 seconds, from the due time to the start."""
    return {
        'pulzar': late(product('drift', str(TIMERS), str(SECONDS))),
        'quartz': late(quartz('drift', str(TIMERS), str(SECONDS))),
        'apscheduler': late(apscheduler('drift', str(TIMERS), str(SECONDS))),
    }


def durable():
    """One round: the same with APScheduler's job store in SQLite, which is on the disk as the product's is."""
    with tempfile.TemporaryDirectory(prefix='pulzar-bench-') as directory:
        return {'apscheduler_sqlite': late(apscheduler('drift', str(TIMERS), str(SECONDS), directory + '/jobs.db'))}


def herd():
    """One round: a thousand timers of one and the same moment."""
    return {'pulzar': late(product('drift', '1000', '1', 'same'))}


def memory():
    """What 10,000 schedules take: heap after a full collection, for APScheduler the process's resident memory."""
    last = lambda output: json.loads(output.splitlines()[-1])
    ours = [last(product('fill', str(count))) for count in (TIMERS, 10 * TIMERS)]
    return {
        'pulzar': [dict(row, heap_growth=row['heap_after'] - row['heap_before']) for row in ours],
        'quartz': last(quartz('memory', str(TIMERS))),
        'apscheduler': last(apscheduler('memory', str(TIMERS))),
    }


def startup():
    """The product's master, from its command to the first answer: with no schedule and with 100,000."""
    figures = {'none': [], 'hundred_thousand': []}
    with tempfile.TemporaryDirectory(prefix='pulzar-bench-') as directory:
        classpath = '{0}/test-classes:{0}/classes:{0}/dist/lib/*'.format(APP)
        java('io.pulzar.schedules.ScheduleBench', 'fill', directory, '100000', classpath=classpath)
        for _ in range(5):
            for name in figures:
                server = harness.Product(role='master', settings=['pulzar.schedules.most=1000000'])
                if name != 'none':
                    shutil.copytree(directory + '/home/master', server.home + '/master')
                with server:
                    figures[name].append(round(server.first_answer, 3))
                    if name != 'none':
                        _, rows = server.request('GET', '/admin/scheduled_jobs?limit=1')
                        assert rows['data'][0]['job_id'] == 100_000, rows
    return {name: {'median_s': statistics.median(times), 'rounds': times} for name, times in figures.items()}


PARTS = {'drift': drift, 'durable': durable, 'herd': herd, 'memory': memory, 'startup': startup}

if __name__ == '__main__':
    for part in sys.argv[1:] or PARTS:
        figures = PARTS[part]()
        if part in ('drift', 'durable', 'herd'):
            figures = rounds_of(part, figures)
        path = harness.save('schedules-' + part, figures, command='python3 bench/schedules/run.py ' + part)
        print(path.read_text())
