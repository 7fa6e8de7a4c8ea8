"""What every benchmark here shares: starting the product, driving load, and keeping raw results.

Nothing but the standard library; load comes from wrk (Debian: apt-get install wrk), which costs a tenth of what a Python
client would take from the two cores that the server needs as well.
"""

import contextlib
import datetime
import http.client
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / 'bench' / 'results'


def machine():
    """Describes where the figures come from."""
    model = ''
    with contextlib.suppress(OSError):
        lines = pathlib.Path('/proc/cpuinfo').read_text().splitlines()
        model = next((line.split(':', 1)[1].strip() for line in lines if line.startswith('model name')), '')
    commit = subprocess.run(['git', '-C', str(ROOT), 'describe', '--always', '--dirty'], capture_output=True, text=True)
    return {
        'cpu': model,
        'cores': os.cpu_count(),
        'memory_gib': round(os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30),
        'kernel': platform.release(),
        'python': platform.python_version(),
        'commit': commit.stdout.strip(),
        'date': datetime.datetime.now(datetime.timezone.utc).isoformat(timespec='seconds'),
    }


def save(name, figures, **about):
    """Writes one raw result file and returns its path."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / '{}.json'.format(name)
    path.write_text(json.dumps({'machine': machine(), **about, 'figures': figures}, indent=1) + '\n')
    return path


def quantile(values, share):
    """The value below which `share` (0..1) of the sorted values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def summary(seconds):
    """Milliseconds: p50, p99 and how many."""
    return {
        'p50_ms': round(statistics.median(seconds) * 1e3, 3),
        'p99_ms': round(quantile(seconds, 0.99) * 1e3, 3),
        'count': len(seconds),
    }


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Product:
    """`./pulzar start` on free ports with a home of its own; a context manager. A node on its own needs its master's Product.

    `checkout` is another version's, built.
    """

    def __init__(self, jobs=None, extensions=None, settings=(), role='all', master=None, checkout=ROOT):
        self.role = role
        self.home = tempfile.mkdtemp(prefix='pulzar-bench-')
        self.port, self.node_port = free_port(), free_port()
        self.command = [str(pathlib.Path(checkout).resolve() / 'pulzar'), 'start', '--role', role, '--home', self.home, '--host', '127.0.0.1']
        self.command += ['--port', str(self.port), '--node-port', str(self.node_port)]
        if master:
            self.command += ['--master', 'http://127.0.0.1:{}'.format(master.port)]
        if jobs:
            self.command += ['--jobs', str(jobs)]
        if extensions:
            self.command += ['--extensions', str(extensions)]
        for setting in settings:
            self.command += ['--set', setting]
        self.log = os.path.join(self.home, 'bench.log')
        self.process = None
        self.first_answer = self.ready = None

    def __enter__(self):
        started = time.perf_counter()
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
            )
        deadline = started + 120
        while time.perf_counter() < deadline:
            if self.process.poll() is not None:
                raise SystemExit('the server ended:\n' + pathlib.Path(self.log).read_text()[-3000:])
            with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
                status = 200 if self.role == 'node' else self.request('GET', '/admin/network')[0]
                if self.first_answer is None:
                    self.first_answer = time.perf_counter() - started
                if status == 200 and ' ready: ' in pathlib.Path(self.log).read_text():
                    self.ready = time.perf_counter() - started
                    return self
            time.sleep(0.01)
        raise SystemExit('not ready:\n' + pathlib.Path(self.log).read_text()[-3000:])

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)

    def request(self, method, path, body=None, timeout=60):
        """One request on a connection of its own: (status, JSON)."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            return exchange(connection, method, path, body)
        finally:
            connection.close()

    def connection(self, timeout=120):
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)

    def processes(self):
        """Resident memory in MiB of the server and of each of its workers."""
        return [
            {'what': 'worker' if 'WorkerMain' in args else 'server', 'rss_mib': int(rss) // 1024}
            for _, rss, args in self._table()
            if 'java' in args and int(rss) > 20000
        ]

    def processor_seconds(self):
        """What all its processes took of the processors until now, those that have ended included."""
        tick = os.sysconf('SC_CLK_TCK')
        taken = 0
        for pid, _, _ in self._table():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError), open('/proc/{}/stat'.format(pid)) as stat:
                taken += sum(map(int, stat.read().rpartition(')')[2].split()[11:15]))
        return taken / tick

    def _table(self):
        """Number, resident KiB and command of each of its processes."""
        rows = subprocess.run(['ps', '-eo', 'pid,ppid,rss,args'], capture_output=True, text=True).stdout.splitlines()[1:]
        table = [row.split(None, 3) for row in rows]
        ours, grew = {str(self.process.pid)}, True
        while grew:
            more = {row[0] for row in table if row[1] in ours} - ours
            ours |= more
            grew = bool(more)
        return [(pid, rss, args) for pid, _, rss, args in table if pid in ours]


def exchange(connection, method, path, body=None):
    """One request on a kept connection: (status, JSON)."""
    connection.request(method, path, body=body, headers={'Content-Type': 'application/json'})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b'null')


def timed(seconds, action):
    """Calls `action` for that long and returns how long each call took."""
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return taken


def wrk(url, clients, seconds, method='GET', body='', headers=None):
    """Runs wrk with one thread: requests a second, latency quantiles, and answers that were not 2xx or 3xx."""
    if not shutil.which('wrk'):
        raise SystemExit('this benchmark drives its load with wrk: apt-get install wrk')
    lines = ['wrk.method = "{}"'.format(method), 'wrk.body = {}'.format(json.dumps(body))]
    lines += ['wrk.headers["{}"] = {}'.format(k, json.dumps(v)) for k, v in (headers or {}).items()]
    lines.append(
        'done = function(s, l) io.write(string.format("RESULT %d %d %d %d %d %d %d\\n", s.requests, s.duration,'
        ' l:percentile(50), l:percentile(99), l.max, s.errors.status, s.errors.connect + s.errors.read + s.errors.timeout)) end'
    )
    with tempfile.NamedTemporaryFile('w', suffix='.lua') as script:
        script.write('\n'.join(lines))
        script.flush()
        command = ['wrk', '-t1', '-c{}'.format(clients), '-d{}s'.format(seconds), '--timeout', '60s', '-s', script.name, url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    row = [line for line in output.splitlines() if line.startswith('RESULT')][0].split()[1:]
    requests, duration, p50, p99, worst, bad, broken = map(int, row)
    return {
        'clients': clients,
        'per_second': round(requests / (duration / 1e6), 1),
        'p50_ms': p50 / 1e3,
        'p99_ms': p99 / 1e3,
        'max_ms': worst / 1e3,
        'requests': requests,
        'failed': bad + broken,
    }


def app_bench(name, *arguments):
    """What a bench among the tests of ``app`` prints as its last line, as JSON; its first argument is a new directory. Maven compiles it."""
    app = ROOT / 'app'
    with tempfile.NamedTemporaryFile() as file:
        command = ['./mvnw', '-q', '-pl', 'app', '-am', 'test-compile', 'dependency:build-classpath']
        subprocess.run([*command, '-Dmdep.outputFile=' + file.name], cwd=ROOT, check=True)
        path = f'{app}/target/test-classes:{app}/target/classes:{pathlib.Path(file.name).read_text()}'
    options = ['-Xmx1g', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow']
    opened = ['--add-opens', 'java.base/java.nio=ALL-UNNAMED', '--add-exports', 'java.base/sun.nio.ch=ALL-UNNAMED']
    java = os.environ.get('JAVA_HOME', '/usr') + '/bin/java'
    directory = tempfile.mkdtemp(prefix='pulzar-bench-')
    try:
        command = [java, *options, *opened, '-cp', path, name, directory, *map(str, arguments)]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        return json.loads(output.strip().splitlines()[-1])
    finally:
        shutil.rmtree(directory, ignore_errors=True)
