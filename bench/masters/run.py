#!/usr/bin/env python3
"""Masters on PostgreSQL: how long a take-over takes, and what a database elsewhere costs beside one in the home.

    python3 bench/masters/run.py [takeover|accept|jobs|rivals]…      # all of them without a name

PostgreSQL is the one of the tests, from its jar in ~/.m2 (it is there once they were built), with its settings as they come: fsync is on. The rivals
are db-scheduler and JobRunr, from Maven Central (fetched here with Maven), and graphile-worker, from npm.
"""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402
from postgres import Postgres  # noqa: E402

SCRIPTS = HERE.parent / 'jobs' / 'scripts'
BODY = '{"number": 41}'
ROUNDS = 3
KILLS = int(os.environ.get('PULZAR_KILLS', '50'))
RIVALS = {'db-scheduler': 'DbScheduler.java', 'JobRunr': 'JobRunrQueue.java', 'graphile-worker': 'graphile-worker.mjs'}
ON_CLASS_PATH = (
    'com.github.kagkarlsson:db-scheduler:16.12.0',
    'org.jobrunr:jobrunr:8.7.0',
    'com.google.code.gson:gson:2.15.0',
    'com.zaxxer:HikariCP:7.1.0',
    'org.postgresql:postgresql:42.7.13',
    'org.slf4j:slf4j-api:2.0.18',
)
FROM_NPM = 'graphile-worker@0.17.3'
SECRETS = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='


class Master:
    """One of several masters; it may be killed and started again."""

    def __init__(self, postgres):
        self.port = harness.free_port()
        self.home = tempfile.mkdtemp(prefix='pulzar-bench-master-')
        settings = postgres.settings('takeover')
        settings += ['pulzar.server.key=of this benchmark', 'pulzar.secrets.key=' + SECRETS, 'pulzar.workers.max=1']
        self.command = [str(harness.ROOT / 'pulzar'), 'start', '--role', 'master', '--home', self.home]
        self.command += ['--port', str(self.port), '--jobs', str(SCRIPTS)]
        for setting in settings:
            self.command += ['--set', setting]
        self.start()

    def start(self):
        with open(os.path.join(self.home, 'bench.log'), 'wb') as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method, path, body=None, timeout=40):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            return harness.exchange(connection, method, path, body)
        finally:
            connection.close()

    def health(self):
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            return (self.ask('GET', '/health', timeout=1)[1] or {}).get('data') or {}
        return {}

    def leads(self):
        return self.health().get('leader') is True


def wait_for(what, condition, seconds=120):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise SystemExit('not in time: ' + what)


def takeover():
    """kill -9 of the leader of three, again and again: until another one says that it leads, and until a launch at it is acknowledged."""
    leads, launches = [], []
    with Postgres() as postgres:
        masters = [Master(postgres) for _ in range(3)]
        try:
            for kill in range(KILLS):
                leader = wait_for('a leader', lambda: next((m for m in masters if m.leads()), None))
                others = [m for m in masters if m is not leader]
                wait_for('standbys', lambda: all(m.health().get('ready') for m in others))
                time.sleep(0.5 + kill % 7 / 10)
                acknowledged = threading.Event()
                client = threading.Thread(target=launch_until, args=(others[0], acknowledged))
                began = time.perf_counter()
                leader.kill()
                client.start()
                wait_for('another leader', lambda: any(m.leads() for m in others))
                leads.append(time.perf_counter() - began)
                acknowledged.wait()
                launches.append(time.perf_counter() - began)
                client.join()
                leader.start()
                print('take-over {}: {:.2f} s, a launch after {:.2f} s'.format(kill + 1, leads[-1], launches[-1]), flush=True)
        finally:
            for master in masters:
                master.kill()
                shutil.rmtree(master.home, ignore_errors=True)
    return {'leads': seconds(leads), 'a_launch_is_acknowledged': seconds(launches)}


def launch_until(master, acknowledged):
    while not acknowledged.is_set():
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            if master.ask('POST', '/launch_job/trivial/clean', BODY)[0] == 200:
                acknowledged.set()
        time.sleep(0.01)


def seconds(taken):
    return {
        'p50_s': round(statistics.median(taken), 2),
        'worst_s': round(max(taken), 2),
        'count': len(taken),
        'all_s': [round(t, 2) for t in taken],
    }


def accept():
    """POST to durable answer on a master alone, by 1 and by 8 clients: in the home, and in PostgreSQL on the same machine."""
    return both(role='master', measure=accepted)


def accepted(product):
    url = 'http://127.0.0.1:{}/launch_job/trivial/clean'.format(product.port)
    harness.wrk(url, 8, 8, 'POST', BODY)
    figures = {}
    for clients in (1, 8):
        rounds = [harness.wrk(url, clients, 4, 'POST', BODY) for _ in range(ROUNDS)]
        figures['clients_{}'.format(clients)] = {
            'median_per_second': statistics.median(r['per_second'] for r in rounds),
            'median_p50_ms': statistics.median(r['p50_ms'] for r in rounds),
            'rounds': rounds,
        }
    return figures


def jobs():
    """Trivial jobs with ?wait, from the request to the result, after three minutes of them: one client with one after the other, then eight for 20 s."""
    return both(role='all', measure=ended)


def ended(product):
    url = 'http://127.0.0.1:{}/launch_job/trivial/clean?wait=30s'.format(product.port)
    harness.wrk(url, 8, 180, 'POST', BODY)
    connection = product.connection()

    def run():
        status, answer = harness.exchange(connection, 'POST', '/launch_job/trivial/clean?wait=30s', BODY)
        assert status == 200 and answer['data']['status'] == 'completed', answer

    harness.timed(10, run)
    rounds = [harness.summary(harness.timed(5, run)) for _ in range(ROUNDS)]
    return {
        'one_client': {'rounds': rounds, 'median_p50_ms': statistics.median(r['p50_ms'] for r in rounds)},
        'eight_clients': harness.wrk(url, 8, 20, 'POST', BODY),
    }


def rivals():
    """Others on the same PostgreSQL, where a job is a method of their own process: stored by 8 clients; stored and ended, by 1 and by 8."""
    folder = fetched()
    java = [os.environ.get('JAVA_HOME', '/usr') + '/bin/java', '-cp', '{}/*'.format(folder)]
    figures = {}
    for name, program in RIVALS.items():
        source = str(HERE / program)
        start, scheme = (['node', source, str(folder)], 'postgresql://pulzar@') if program.endswith('.mjs') else ([*java, source], 'jdbc:postgresql://')
        for key, what, clients in (('accept_8', 'accept', 8), ('endtoend_1', 'endtoend', 1), ('sustained_8', 'endtoend', 8)):
            with Postgres() as postgres:
                command = [*start, what, scheme + postgres.address, str(clients), '20']
                output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
            taken = [int(line) / 1e6 for line in output.splitlines() if line.isdigit()]
            figures.setdefault(name, {})[key] = {'per_second': round(len(taken) / 20, 1), **harness.summary(taken)}
            print(name, key, figures[name][key], flush=True)
    return figures


def fetched():
    """The folder with what the rivals are made of."""
    folder = harness.ROOT / 'app' / 'target' / 'bench-rivals'
    for artifact in ON_CLASS_PATH:
        if not (folder / '{}-{}.jar'.format(*artifact.split(':')[1:])).exists():
            command = ['./mvnw', '-q', 'dependency:copy', '-Dartifact=' + artifact, '-DoutputDirectory=' + str(folder), '-pl', 'app']
            subprocess.run(command, cwd=harness.ROOT, check=True)
    subprocess.run(['npm', 'install', '--silent', '--prefix', str(folder), FROM_NPM], check=True)
    return folder


def both(role, measure):
    figures = {}
    queue = 'pulzar.jobs.queue=1000000'
    with harness.Product(SCRIPTS, settings=[queue], role=role) as product:
        figures['home'] = measure(product)
    with Postgres() as postgres:
        with harness.Product(SCRIPTS, settings=[queue] + postgres.settings('bench'), role=role) as product:
            figures['postgresql'] = measure(product)
    return figures


PARTS = {'takeover': takeover, 'accept': accept, 'jobs': jobs, 'rivals': rivals}


def main(names):
    for name in names or PARTS:
        figures = PARTS[name]()
        print(name, json.dumps(figures)[:2000])
        print(harness.save('masters-' + name, figures, about=PARTS[name].__doc__))


if __name__ == '__main__':
    main(sys.argv[1:])
