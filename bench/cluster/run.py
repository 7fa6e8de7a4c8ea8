#!/usr/bin/env python3
"""Several nodes on one machine: jobs and values a second, and what each costs the master.

    python3 bench/cluster/run.py [jobs] [values]        # both without a name

Master and nodes are processes of their own that talk over loopback with signed requests, as on several machines. On one machine they share
the processors, so the rates say how the work is spread, and not what several machines would do; what carries over is the master's
processor time (user and system, from /proc/PID/stat) for each job and each value. Jobs need wrk, values gcc.
"""

import contextlib
import json
import os
import pathlib
import secrets
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / 'keys'))

import harness  # noqa: E402

SCRIPTS = HERE.parent / 'jobs' / 'scripts'
NODES = (1, 2, 4)
CLIENTS = 8
ROUNDS = 3
SECONDS = 5
JOBS_WARM_UP, VALUES_WARM_UP = 75, 30
WORKERS = 1
KIB = 1024


@contextlib.contextmanager
def cluster(count):
    """A master and that many nodes, each with one worker and all of them joined."""
    key = 'pulzar.server.key=' + secrets.token_urlsafe()
    with contextlib.ExitStack() as running:
        master = running.enter_context(harness.Product(SCRIPTS, settings=[key], role='master'))
        for number in range(count):
            settings = [key, 'pulzar.node.name=node{}'.format(number), 'pulzar.workers.max={}'.format(WORKERS)]
            running.enter_context(harness.Product(SCRIPTS, settings=settings, role='node', master=master))
        while sum(node['synch'] for node in master.request('GET', '/admin/network')[1]['data']) < count:
            time.sleep(0.05)
        yield master


def processor_seconds(pid):
    """User and system time of a process, in seconds."""
    fields = pathlib.Path('/proc/{}/stat'.format(pid)).read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def measured(master, action):
    """The rounds of an action that tells how many requests it made, each with what the master took for one."""
    rounds = []
    for _ in range(ROUNDS):
        before = processor_seconds(master.process.pid)
        row = action()
        row['master_cpu_ms_each'] = round((processor_seconds(master.process.pid) - before) * 1e3 / row['requests'], 4)
        rounds.append(row)
    figures = {
        'median_per_second': statistics.median(row['per_second'] for row in rounds),
        'median_p50_ms': statistics.median(row['p50_ms'] for row in rounds),
        'median_master_cpu_ms_each': statistics.median(row['master_cpu_ms_each'] for row in rounds),
        'failed': sum(row['failed'] for row in rounds),
        'rounds': rounds,
    }
    figures['one_master_core_carries_per_second'] = round(1e3 / figures['median_master_cpu_ms_each'])
    return figures


def jobs():
    """Eight clients that each launch a trivial job and wait for its result, after a warm-up of 75 seconds."""
    figures = {}
    for count in NODES:
        with cluster(count) as master:
            url = 'http://127.0.0.1:{}/launch_job/trivial/warm?wait=30s'.format(master.port)
            body = '{"number": 41}'
            harness.wrk(url, CLIENTS, JOBS_WARM_UP, 'POST', body)
            figures['nodes_{}'.format(count)] = measured(master, lambda: harness.wrk(url, CLIENTS, SECONDS, 'POST', body))
            figures['nodes_{}'.format(count)]['ran_on'] = shares(master)
    figures['idle_master_cpu_ms_per_second_with_{}_nodes'.format(NODES[-1])] = idle(NODES[-1])
    return figures


def shares(master):
    """On which nodes the newest jobs ran."""
    rows = master.request('GET', '/admin/all_jobs?limit=1000')[1]['data']
    names = [row['node'] for row in rows]
    return {name: names.count(name) for name in sorted(set(names))}


def idle(count):
    """What a master takes for nodes that have nothing to do."""
    with cluster(count) as master:
        time.sleep(10)
        before = processor_seconds(master.process.pid)
        time.sleep(10)
        return round((processor_seconds(master.process.pid) - before) * 100, 2)


def values():
    """Eight clients that store 1 KiB each through the master, which sends them on to a node; then read. Each after a warm-up of 30 s."""
    import run as keys

    figures, program = {}, keys.built()
    for count in NODES:
        with cluster(count) as master:
            keys.settle()
            row = {}
            for name, method, path, body, spread in (
                ('write', 'PUT', '/add_key/bench/#', KIB, 0),
                ('read', 'GET', '/get_key/bench/#', 0, 2000),
            ):
                load = keys.Load(program, SECONDS, ROUNDS)
                arguments = (master.port, CLIENTS, method, path, body, spread)
                load.once(*arguments, seconds=VALUES_WARM_UP, follow=True)
                row[name] = measured(master, lambda: load.once(*arguments, follow=True))
            nodes = master.request('GET', '/admin/network')[1]['data']
            row['stored_on'] = {node['node']: node['values'] for node in nodes}
            figures['nodes_{}'.format(count)] = row
    return figures


def main():
    parts = {f.__name__: f for f in (jobs, values)}
    for name in sys.argv[1:] or list(parts):
        figures = parts[name]()
        path = harness.save('cluster-' + name, figures, what=parts[name].__doc__.strip())
        print(name, json.dumps(figures, indent=1), '->', path.relative_to(harness.ROOT), flush=True)


if __name__ == '__main__':
    main()
