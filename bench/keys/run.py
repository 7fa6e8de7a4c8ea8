"""Speed of the key-value store, beside redis, etcd and nginx with WebDAV on the same machine in the same run.

    python3 bench/keys/run.py [small] [redis] [etcd] [nginx] [large] [fill] [million] [--seconds 5] [--rounds 3]

Needs gcc, curl and, for the rivals, redis-server, etcd-server and nginx-extras (Debian). Everything that is written is on the
disk (fsync) when it is answered, except at nginx, which has no such setting; the raw results say so.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

HOST = '127.0.0.1'
KIB = 1024
WARM_UP = 10


def built():
    """The load generator, compiled for this machine."""
    program = pathlib.Path(tempfile.mkdtemp(prefix='pulzar-load-')) / 'load'
    subprocess.run(['gcc', '-O2', '-pthread', '-o', str(program), str(HERE / 'load.c')], check=True)
    return str(program)


class Load:
    """Drives one kind of request, over and over, with numbers that go on from one round to the next."""

    def __init__(self, program, seconds, rounds):
        self.program, self.seconds, self.rounds = program, seconds, rounds
        self.next = 0

    def once(self, port, clients, method, path, body='0', spread=0, seconds=None, follow=False):
        command = [self.program, HOST, port, clients, seconds or self.seconds, method, path, body, self.next, spread]
        command += ['follow'] if follow else []
        row = json.loads(subprocess.run([str(word) for word in command], capture_output=True, check=True).stdout)
        if spread <= 0:
            self.next = row.pop('next')
        return row

    def measure(self, what, *arguments, **options):
        """The round with the median rate, after one of warm-up; all rates are kept."""
        self.once(*arguments, **{**options, 'seconds': 2})
        rows = [self.once(*arguments, **options) for _ in range(self.rounds)]
        rates = [row['per_second'] for row in rows]
        row = next(row for row in rows if row['per_second'] == statistics.median_low(rates))
        row['rates'] = rates
        print('{:44} {:3} clients {:>9.0f}/s  p50 {:7.3f} ms  p99 {:7.3f} ms  failed {}'.format(
            what, row['clients'], row['per_second'], row['p50_ms'], row['p99_ms'], row['failed']), flush=True)
        return row


def settle():
    """Waits until the machine is idle: a server that is ready still warms up its Python workers."""
    def idle():
        fields = [int(word) for word in pathlib.Path('/proc/stat').read_text().split('\n', 1)[0].split()[1:]]
        return fields[3] + fields[4], sum(fields)

    for _ in range(60):
        before, all_before = idle()
        time.sleep(1)
        after, all_after = idle()
        if (after - before) / (all_after - all_before) > 0.9:
            return


def store(load, product):
    """1 KiB values in the product."""
    figures = {}
    settle()
    node, master = product.node_port, product.port
    for clients in (1, 8):
        figures['write at the node, {}'.format(clients)] = load.measure('write at the node', node, clients, 'PUT', '/add_key/w/#', KIB)
        figures['write through the master, {}'.format(clients)] = load.measure(
            'write through the master', master, clients, 'PUT', '/add_key/r/#', KIB, follow=True)
    load.next = 0
    load.once(node, 8, 'PUT', '/add_key/read/#', KIB, spread=-10000, seconds=60)
    for clients in (1, 8):
        figures['read at the node, {}'.format(clients)] = load.measure(
            'read at the node', node, clients, 'GET', '/get_key/read/#', spread=10000)
        figures['read through the master, {}'.format(clients)] = load.measure(
            'read through the master', master, clients, 'GET', '/get_key/read/#', spread=10000, follow=True)
    for clients in (1, 8):
        figures['delete, {}'.format(clients)] = deletions(load, node, master, clients)
    return figures


def deletions(load, node, master, clients):
    """As many keys as are there, deleted as fast as possible."""
    rows = []
    for number in range(load.rounds + 1):
        keys = 12000 if clients > 1 else 3000
        prefix = '/d{}-{}'.format(clients, number)
        load.next = 0
        load.once(node, 8, 'PUT', '/add_key{}/#'.format(prefix), KIB, spread=-keys, seconds=60)
        load.next = 0
        rows.append(load.once(master, clients, 'DELETE', '/delete_key{}/#'.format(prefix), spread=-keys, seconds=60))
    rates = [row['per_second'] for row in rows[1:]]
    row = next(row for row in rows[1:] if row['per_second'] == statistics.median_low(rates))
    row['rates'] = rates
    print('{:44} {:3} clients {:>9.0f}/s  p50 {:7.3f} ms  p99 {:7.3f} ms  failed {}'.format(
        'delete', clients, row['per_second'], row['p50_ms'], row['p99_ms'], row['failed']), flush=True)
    return row


@contextlib.contextmanager
def process(command, port, **options):
    """A rival that listens on a port while the block runs."""
    started = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        deadline = time.time() + 20
        while subprocess.run(['curl', '-s', '-o', '/dev/null', '--max-time', '1', 'http://{}:{}/'.format(HOST, port)]).returncode == 7:
            if time.time() > deadline or started.poll() is not None:
                raise SystemExit('{} did not start'.format(command[0]))
            time.sleep(0.05)
        yield
    finally:
        started.terminate()
        started.wait(20)


def redis(load, home):
    port = harness.free_port()
    figures = {}
    command = ['redis-server', '--port', port, '--bind', HOST, '--dir', home, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
    with process(command, port):
        for clients in (1, 8):
            for what in ('set', 'get'):
                requests = {1: 4000, 8: 30000}[clients]
                rates = []
                for _ in range(load.rounds + 1):
                    output = subprocess.run(
                        ['redis-benchmark', '-h', HOST, '-p', str(port), '-t', what, '-d', '1024', '-c', str(clients), '-n', str(requests),
                         '-r', '1000000', '--csv'], capture_output=True, text=True, check=True).stdout
                    rates.append(float(output.splitlines()[-1].split(',')[1].strip('"')))
                figures['redis {}, {}'.format(what, clients)] = {'clients': clients, 'per_second': statistics.median_low(rates[1:]), 'rates': rates[1:]}
                print('{:44} {:3} clients {:>9.0f}/s'.format('redis ' + what, clients, statistics.median_low(rates[1:])), flush=True)
    return figures


def etcd(load, home):
    port, peer = harness.free_port(), harness.free_port()
    urls = ['--listen-client-urls', 'http://{}:{}'.format(HOST, port), '--advertise-client-urls', 'http://{}:{}'.format(HOST, port)]
    urls += ['--listen-peer-urls', 'http://{}:{}'.format(HOST, peer), '--initial-advertise-peer-urls', 'http://{}:{}'.format(HOST, peer)]
    urls += ['--initial-cluster', 'default=http://{}:{}'.format(HOST, peer)]
    figures = {}
    value = 'A' * 1368
    with process(['etcd', '--data-dir', home, *urls], port):
        for clients in (1, 8):
            # The key is a number in base64's alphabet: its length is a multiple of four.
            put = '@{"key": "a2V5#000", "value": "' + value + '"}'
            load.next = 10**8
            figures['etcd put, {}'.format(clients)] = load.measure('etcd put', port, clients, 'POST', '/v3/kv/put', put)
            figures['etcd get, {}'.format(clients)] = load.measure(
                'etcd get', port, clients, 'POST', '/v3/kv/range', '@{"key": "a2V5100000000000"}', spread=1)
    return figures


@contextlib.contextmanager
def nginx(home):
    port = harness.free_port()
    home = pathlib.Path(home)
    (home / 'files').mkdir()
    (home / 'tmp').mkdir()
    (home / 'nginx.conf').write_text("""
user root; worker_processes 2; daemon off; pid {home}/pid; error_log /dev/null;
events {{ worker_connections 256; }}
http {{
  access_log off; client_max_body_size 4g; client_body_temp_path {home}/tmp; sendfile on; tcp_nodelay on;
  keepalive_requests 100000000; client_body_buffer_size 16k;
  server {{ listen {host}:{port}; root {home}/files; location / {{ dav_methods PUT DELETE; create_full_put_path on; }} }}
}}""".format(home=home, host=HOST, port=port))
    with process(['nginx', '-c', home / 'nginx.conf', '-p', home], port):
        yield port


def dav(load, home):
    figures = {}
    with nginx(home) as port:
        for clients in (1, 8):
            figures['nginx put without fsync, {}'.format(clients)] = load.measure('nginx put without fsync', port, clients, 'PUT', '/w/#', KIB)
        load.next = 0
        load.once(port, 8, 'PUT', '/read/#', KIB, spread=-10000, seconds=60)
        for clients in (1, 8):
            figures['nginx get, {}'.format(clients)] = load.measure('nginx get', port, clients, 'GET', '/read/#', spread=10000)
    return figures


RIVALS = {'redis': redis, 'etcd': etcd, 'nginx': dav}


def curl(*arguments):
    """MiB a second of one transfer of 100 MiB; an answer that is no success ends the measurement, and is shown."""
    with tempfile.NamedTemporaryFile() as answer:
        target = '/dev/null' if '-T' not in arguments else answer.name
        output = subprocess.run(
            ['curl', '-sS', '-o', target, '-w', '%{http_code} %{time_total}', *arguments], capture_output=True, text=True
        )
        status, seconds = (output.stdout or '0 0').split()
        if output.returncode or not status.startswith('2'):
            said = pathlib.Path(answer.name).read_text(errors='replace')[:500]
            raise SystemExit('curl {} ended with {} and status {}: {}{}'.format(arguments[-1], output.returncode, status, output.stderr, said))
        return 100 / float(seconds)


def large(rounds):
    """100 MiB up and down, at nginx and at the product in turn; deleted in between, or the disk would fall behind."""
    figures = {name: [] for name in ('up', 'down', 'nginx up without fsync', 'nginx up and sync', 'nginx down')}
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as source:
        source.write(os.urandom(100 << 20))
        source.flush()
        with harness.Product(settings=['pulzar.general.maxsize=200']) as product, nginx(folder) as port:
            settle()
            node = 'http://{}:{}'.format(HOST, product.node_port)
            other = 'http://{}:{}'.format(HOST, port)
            for number in range(WARM_UP + rounds):
                rates = {'up': curl('-T', source.name, '{}/add_key/large/{}'.format(node, number))}
                rates['nginx up without fsync'] = curl('-T', source.name, '{}/large/{}'.format(other, number))
                started = time.perf_counter()
                curl('-T', source.name, '{}/synced/{}'.format(other, number))
                with open('{}/files/synced/{}'.format(folder, number), 'rb') as written:
                    os.fsync(written.fileno())
                rates['nginx up and sync'] = 100 / (time.perf_counter() - started)
                rates['down'] = curl('{}/get_key/large/{}'.format(node, number))
                rates['nginx down'] = curl('{}/large/{}'.format(other, number))
                if number >= WARM_UP:
                    for name, rate in rates.items():
                        figures[name].append(round(rate, 1))
                product.request('DELETE', '/delete_key/large/{}'.format(number))
                for name in ('large', 'synced'):
                    os.unlink('{}/files/{}/{}'.format(folder, name, number))
    for name, rates in figures.items():
        print('{:44} {:>9.0f} MiB/s  {}'.format('100 MiB ' + name, statistics.median(rates), rates), flush=True)
    return {name: {'mib_per_second': statistics.median(rates), 'rates': rates} for name, rates in figures.items()}


def fill(load, folder):
    """A home with a million keys; kept, since writing them takes longer than everything else."""
    with harness.Product() as product:
        load.next = 0
        row = load.once(
            product.node_port, 32, 'PUT', '/add_key/million/some/folder/key-#.txt', 1, spread=-1_000_000, seconds=3600)
        print('wrote a million keys', row, flush=True)
        stop(product)
        shutil.move(product.home, folder)


def stop(product):
    """The hard way."""
    os.killpg(product.process.pid, 9)
    product.process.wait()


@contextlib.contextmanager
def started(folder):
    """A product on that home, which it leaves where it was."""
    product = harness.Product()
    shutil.rmtree(product.home)
    os.rename(folder, product.home)
    try:
        with product:
            yield product
            stop(product)
            os.rename(product.home, folder)
    finally:
        if os.path.exists(product.home):
            os.rename(product.home, folder)


def million(folder):
    """A million keys: the index, a page of it, a search, and a start on it."""
    figures = {}
    with started(folder) as product:
        figures['index_bytes'] = os.path.getsize(product.home + '/master/keys/data.mdb')
        figures['index'] = product.request('GET', '/admin/status')[1]['data']
        assert figures['index']['entries'] == 1_000_000, figures
        settle()
        connection = product.connection()
        for name, path in (
            ('first page of 100', '/keys?limit=100'),
            ('a page of 100 in the middle', '/keys?limit=100&after=/million/some/folder/key-500000.txt'),
            ('a page of 1000', '/keys?limit=1000&after=/million/some/folder/key-500000.txt'),
            ('search of a rare text', '/extension/search/key-777777.'),
        ):
            status, answer = harness.exchange(connection, 'GET', path)
            assert status == 200 and answer['data'], answer
            harness.timed(2, lambda path=path: harness.exchange(connection, 'GET', path))
            figures[name] = harness.summary(harness.timed(4, lambda path=path: harness.exchange(connection, 'GET', path)))
        connection.close()
    figures['start_seconds'] = []
    for _ in range(3):
        with started(folder) as product:
            status, _ = product.request('GET', '/keys?limit=1')
            assert status == 200
            figures['start_seconds'].append(round(product.first_answer, 2))
    for name, figure in figures.items():
        print('{:34} {}'.format(name, figure), flush=True)
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('parts', nargs='*', default=['small', 'redis', 'etcd', 'nginx', 'large', 'million'])
    parser.add_argument('--seconds', type=float, default=5)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--home', default='/var/tmp/pulzar-million', help='where the million keys are kept for the next time')
    parser.add_argument('--try', dest='trial', action='store_true', help='only print: nothing is saved')
    options = parser.parse_args()
    load = Load(built(), options.seconds, options.rounds)
    about = {
        'policy': 'an answered write is synced to the disk; redis: appendfsync always; etcd: default; nginx: no sync',
        'warm_up': '2 s (small), {} transfers each way (large)'.format(WARM_UP),
        'seconds': options.seconds,
        'rounds': options.rounds,
    }
    for part in options.parts:
        load.next = 0
        if part == 'small':
            with harness.Product() as product:
                figures = store(load, product)
        elif part in RIVALS:
            with tempfile.TemporaryDirectory() as home:
                figures = RIVALS[part](load, home)
        elif part == 'large':
            figures = large(options.rounds)
        elif part == 'fill':
            fill(load, options.home)
            continue
        else:
            if not os.path.exists(options.home):
                fill(load, options.home)
            figures = million(options.home)
        if not options.trial:
            harness.save('keys-' + part, figures, **about)


if __name__ == '__main__':
    main()
