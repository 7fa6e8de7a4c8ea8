#!/usr/bin/env python3
"""Jobs: accepting, end to end, sustained, first run, computing scripts, memory, and what others take for the same.

    python3 bench/jobs/run.py [accept|endtoend|sustained|cpython|first|cpu|memory|rivals]…      # all of them without a name

Everything is durable while it is measured: the product answers after an fsync, and Redis runs with appendfsync always.
"""

import json
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

SCRIPTS = HERE / 'scripts'
ROUNDS = 5
CPU = ['recursion', 'loops', 'words', 'dumps', 'loads', 'regex', 'sorting', 'objects', 'formatting']
BODY = '{"number": 41}'


def accept():
    """POST to durable answer, the queue never out of room: on a master alone, and while a node of the same process runs them."""
    figures = {}
    for role in ('master', 'all'):
        with harness.Product(SCRIPTS, settings=['pulzar.jobs.queue=1000000'], role=role) as product:
            if role == 'all':
                warm_up(product, 'clean', 300)
            url = 'http://127.0.0.1:{}/launch_job/trivial/clean'.format(product.port)
            harness.wrk(url, 8, 8, 'POST', BODY)
            for clients in (1, 8):
                rounds = [harness.wrk(url, clients, 4, 'POST', BODY) for _ in range(ROUNDS)]
                figures['role_{}_clients_{}'.format(role, clients)] = {
                    'median_per_second': statistics.median(r['per_second'] for r in rounds),
                    'median_p50_ms': statistics.median(r['p50_ms'] for r in rounds),
                    'rounds': rounds,
                }
    return figures


def endtoend():
    """One client, one trivial job after the other, ?wait: from the request to its result."""
    figures = {}
    with harness.Product(SCRIPTS) as product:
        for mode in ('clean', 'warm', 'fresh'):
            connection = product.connection()
            run = lambda: launch_and_wait(connection, 'trivial/' + mode)
            cold = [timed_once(run) for _ in range(10)]
            figures[mode] = {'cold_first_10_ms': [round(t * 1e3, 2) for t in cold]}
            harness.timed(40 if mode == 'clean' else 15, run)
            rounds = []
            for _ in range(ROUNDS):
                # A new context costs its time once: a second lets the worker build the next spare.
                pause = 1.0 if mode == 'fresh' else 0.0
                rounds.append(harness.summary([timed_once(run, pause) for _ in range(200 if mode != 'fresh' else 10)]))
            figures[mode]['rounds'] = rounds
            figures[mode]['median_p50_ms'] = statistics.median(r['p50_ms'] for r in rounds)
    return figures


def sustained(seconds=60, modes=('clean', 'warm', 'fresh')):
    """Eight clients that each wait for their job, for a minute after a minute and a half of the same."""
    figures = {}
    for mode in modes:
        with harness.Product(SCRIPTS) as product:
            warm_up(product, mode, 500 if mode != 'fresh' else 50)
            url = 'http://127.0.0.1:{}/launch_job/trivial/{}?wait=30s'.format(product.port, mode)
            harness.wrk(url, 8, 90, 'POST', BODY)
            figures[mode] = harness.wrk(url, 8, seconds, 'POST', BODY)
            figures[mode]['memory'] = product.processes()
    return figures


def cpython():
    """The trivial job in the host's CPython, a process forked for each: one client, then eight that each wait for their job, after a minute."""
    with harness.Product(SCRIPTS) as product:
        warm_up(product, 'cpython', 300)
        url = 'http://127.0.0.1:{}/launch_job/trivial/cpython?wait=30s'.format(product.port)
        harness.wrk(url, 8, 60, 'POST', BODY)
        before = product.processor_seconds()
        eight = harness.wrk(url, 8, 30, 'POST', BODY)
        eight['processor_ms_per_run'] = round((product.processor_seconds() - before) * 1e3 / eight['requests'], 2)
        connection = product.connection()
        run = lambda: launch_and_wait(connection, 'trivial/cpython')
        rounds = [harness.summary([timed_once(run) for _ in range(300)]) for _ in range(ROUNDS)]
        return {
            'one_client': {'rounds': rounds, 'median_p50_ms': statistics.median(r['p50_ms'] for r in rounds)},
            'eight_clients': eight,
        }


def first():
    """A script that was never seen before: its first and its second run."""
    source = (SCRIPTS / 'trivial' / 'clean.py').read_text()
    figures = {'first_ms': [], 'second_ms': []}
    scripts = pathlib.Path(tempfile.mkdtemp(prefix='pulzar-bench-scripts-'))
    shutil.copytree(SCRIPTS, scripts, dirs_exist_ok=True)
    try:
        with harness.Product(scripts) as product:
            figures['start'] = {'first_answer_s': round(product.first_answer, 3), 'ready_s': round(product.ready, 3)}
            warm_up(product, 'clean', 300)
            connection = product.connection()
            for n in range(20):
                name = 'new{}'.format(n)
                (scripts / 'trivial' / (name + '.py')).write_text(source.replace('class Clean', 'class New{}'.format(n)))
                run = lambda: launch_and_wait(connection, 'trivial/' + name)
                figures['first_ms'].append(round(timed_once(run) * 1e3, 2))
                figures['second_ms'].append(round(timed_once(run) * 1e3, 2))
                time.sleep(0.3)
    finally:
        shutil.rmtree(scripts)
    figures['first_median_ms'] = statistics.median(figures['first_ms'])
    figures['second_median_ms'] = statistics.median(figures['second_ms'])
    return figures


def cpu():
    """Computing scripts, run by run, against CPython running the same file, on a server that has worked for three quarters of a minute.

    What was not new to the compiler then is Python itself and the trivial job; each script is.
    """
    figures = {}
    references = {name: in_cpython(name) for name in CPU}
    with harness.Product(SCRIPTS) as product:
        connection = product.connection()
        harness.timed(45, lambda: launch_and_wait(connection, 'trivial/clean'))
        for name in CPU:
            reference, runs, began = references[name], [], time.perf_counter()
            while len(runs) < 100 and (len(runs) < 30 or time.perf_counter() - began < 8):
                runs.append(float(launch_and_wait(connection, 'cpu/' + name)['output'].split()[0]))
            at = {str(n): round(runs[n - 1] / reference, 2) for n in (1, 5, 30, 100) if n <= len(runs)}
            figures[name] = {'cpython_ms': round(reference * 1e3, 2), 'ratio_at_run': at, 'runs_ms': [round(r * 1e3, 2) for r in runs]}
            print(name, figures[name]['cpython_ms'], at, flush=True)
    figures['trivial_beside'] = trivial_beside()
    return figures


def trivial_beside():
    """Trivial jobs' latency while one computing script after the other is new to the compiler."""
    taken = []
    with harness.Product(SCRIPTS) as product:
        warm_up(product, 'clean', 500)
        busy, trivial = product.connection(), product.connection()
        for name in CPU:
            status, answer = harness.exchange(busy, 'POST', '/launch_job/cpu/' + name, '{}')
            assert status == 200, answer
            taken += [timed_once(lambda: launch_and_wait(trivial, 'trivial/clean'), 0.02) for _ in range(40)]
    return harness.summary(taken)


def memory():
    """Resident memory of the server and its workers: idle, and after work."""
    with harness.Product(SCRIPTS) as product:
        idle = product.processes()
        for name in CPU:
            launch_and_wait(product.connection(), 'cpu/' + name)
        warm_up(product, 'clean', 2000)
        return {'idle': idle, 'after_work': product.processes()}


def rivals():
    """A python3 process per job, and RQ over Redis with its fork per job, for the same trivial work."""
    figures = {}
    code = 'import json, sys; print(json.loads(sys.argv[1])["number"] + 1)'
    spawn = lambda: subprocess.run([sys.executable, '-c', code, BODY], capture_output=True, check=True)
    figures['python_process'] = [harness.summary([timed_once(spawn) for _ in range(100)]) for _ in range(ROUNDS)]
    figures['rq'] = rq()
    return figures


def rq():
    """RQ from Debian's packages: one client's latency, and the rate of two workers with eight clients' jobs."""
    python = '/usr/bin/python3'
    if not shutil.which('redis-server') or subprocess.run([python, '-c', 'import rq'], capture_output=True).returncode:
        raise SystemExit('the comparison needs: apt-get install redis-server python3-rq')
    folder = tempfile.mkdtemp(prefix='pulzar-bench-rq-')
    port = harness.free_port()
    redis = subprocess.Popen(
        ['redis-server', '--port', str(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always'],
        stdout=subprocess.DEVNULL,
    )
    workers = []
    try:
        while True:
            try:
                socket.create_connection(('127.0.0.1', port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        command = [python, '-m', 'rq', 'worker', '--quiet', '--url', 'redis://127.0.0.1:{}'.format(port)]
        if subprocess.run([python, '-c', 'import rq.__main__'], capture_output=True).returncode:
            command[:3] = ['rq']
        workers = [subprocess.Popen(command, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
        output = subprocess.run([python, str(HERE / 'rq_client.py'), str(port)], capture_output=True, text=True, check=True).stdout
        return json.loads(output)
    finally:
        for process in workers + [redis]:
            process.terminate()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def in_cpython(name):
    """Median seconds of the same script's own measurement in CPython."""
    program = (
        'import sys; sys.path[:0] = [{!r}, {!r}]\n'
        'import {} as module\n'
        'times = []\n'
        'import time\n'
        'for _ in range(7):\n'
        '    started = time.perf_counter(); module.work(); times.append(time.perf_counter() - started)\n'
        'print(sorted(times)[3])'
    ).format(str(SCRIPTS / 'cpu'), str(harness.ROOT / 'python-lib'), name)
    return float(subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, check=True).stdout)


def warm_up(product, mode, count):
    connection = product.connection()
    for _ in range(count):
        launch_and_wait(connection, 'trivial/' + mode)


def launch_and_wait(connection, path):
    status, answer = harness.exchange(connection, 'POST', '/launch_job/' + path + '?wait=120s', BODY)
    assert status == 200 and answer['data']['status'] == 'completed', answer
    return answer['data']


def timed_once(action, pause=0.0):
    if pause:
        time.sleep(pause)
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def main():
    parts = {f.__name__: f for f in (accept, endtoend, sustained, cpython, first, cpu, memory, rivals)}
    for name in sys.argv[1:] or list(parts):
        figures = parts[name]()
        path = harness.save('jobs-' + name, figures, what=parts[name].__doc__.strip())
        print(name, json.dumps(figures, indent=1) if name != 'cpu' else '', '->', path.relative_to(harness.ROOT), flush=True)


if __name__ == '__main__':
    main()
