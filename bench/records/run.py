"""Speed of shared values and text records in a cluster, beside redis with a replica and etcd on the same machine in the same run.

    python3 bench/records/run.py [cluster] [catchup] [redis] [etcd] [--seconds 5] [--rounds 3] [--changes 200000]

Needs gcc, and for the rivals redis-server and etcd-server (Debian). An answered write is synced to the disk at the product, at
redis (appendfsync always) and at etcd (default).
"""

import argparse
import contextlib
import http.client
import importlib.util
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

_spec = importlib.util.spec_from_file_location('keys_run', HERE.parent / 'keys' / 'run.py')
keys = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(keys)

PARTS = ['cluster', 'catchup', 'redis', 'etcd']
SETTINGS = ['pulzar.server.key=the key of this benchmark', 'pulzar.workers.max=1']
VALUE = 100


@contextlib.contextmanager
def cluster():
    """A master and a node, as processes of their own."""
    with harness.Product(role='master', settings=SETTINGS) as master:
        with harness.Product(role='node', settings=SETTINGS, master=master) as node:
            keys.settle()
            yield master, node


def revision(product, port):
    connection = http.client.HTTPConnection(keys.HOST, port)
    connection.request('GET', '/nodes/values?limit=1')
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return int(answer.headers['X-Pulzar-Revision'])


def lag(master, node, seconds):
    """Milliseconds from a write's answer at the master until the node answers a read with it."""
    at_master = http.client.HTTPConnection(keys.HOST, master.port)
    at_node = http.client.HTTPConnection(keys.HOST, node.node_port)
    times = []
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        at_master.request('PUT', '/nodes/values/probe', body=str(len(times)))
        answer = at_master.getresponse()
        answer.read()
        reached = answer.headers['X-Pulzar-Revision']
        began = time.perf_counter()
        at_node.request('GET', '/nodes/values/probe?min_revision=' + reached)
        answer = at_node.getresponse()
        body = answer.read()
        assert answer.status == 200 and int(body) == len(times), (answer.status, body)
        times.append(time.perf_counter() - began)
        time.sleep(0.005)
    at_master.close()
    at_node.close()
    return times


def in_cluster(load):
    figures = {}
    with cluster() as (master, node):
        for clients in (1, 8):
            figures['write at the master, {}'.format(clients)] = load.measure(
                'write at the master', master.port, clients, 'PUT', '/nodes/values/w-#', VALUE)
            figures['write through the node, {}'.format(clients)] = load.measure(
                'write through the node', node.node_port, clients, 'PUT', '/nodes/values/n-#', VALUE)
        load.next = 0
        load.once(master.port, 8, 'PUT', '/nodes/values/read-#', VALUE, spread=-10000, seconds=60)
        for clients in (1, 8):
            figures['read at the node, {}'.format(clients)] = load.measure(
                'read at the node', node.node_port, clients, 'GET', '/nodes/values/read-#', spread=10000)
        figures['lag, no other writes'] = harness.summary(lag(master, node, load.seconds))
        load.next = 10**7
        writes = {}
        others = threading.Thread(
            target=lambda: writes.update(load.once(
                master.port, 2, 'PUT', '/nodes/values/l-#', VALUE, seconds=load.seconds + 2)))
        others.start()
        time.sleep(1)
        times = lag(master, node, load.seconds)
        others.join()
        figures['lag under writes'] = {**harness.summary(times), 'writes_per_second': writes['per_second']}
        for name in ('lag, no other writes', 'lag under writes'):
            print('{:44} {}'.format(name, figures[name]), flush=True)
    return figures


def catching_up(load, changes):
    """A node that was away, or is new, until it has everything."""
    figures = {}
    with harness.Product(role='master', settings=SETTINGS) as master:
        load.next = 0
        load.once(master.port, 8, 'PUT', '/nodes/values/c-#', VALUE, spread=-changes, seconds=3600)
        wanted = revision(master, master.port)
        began = time.perf_counter()
        with harness.Product(role='node', settings=SETTINGS, master=master) as node:
            started = time.perf_counter() - began
            connection = http.client.HTTPConnection(keys.HOST, node.node_port)
            while True:
                connection.request('GET', '/nodes/values/c-0?min_revision={}'.format(wanted))
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    break
            whole = time.perf_counter() - began
        figures['a new node'] = {
            'changes': changes, 'seconds_with_start': round(whole, 2), 'start_seconds': round(started, 2),
            'changes_per_second_with_start': round(changes / whole),
        }
    print('{:44} {}'.format('catching up', figures['a new node']), flush=True)
    return figures


def redis(load, home):
    """redis with a replica that reads are sent to."""
    figures = {}
    first, second = harness.free_port(), harness.free_port()
    common = ['--bind', keys.HOST, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
    homes = [pathlib.Path(home) / name for name in ('one', 'two')]
    for folder in homes:
        folder.mkdir()
    with keys.process(['redis-server', '--port', first, '--dir', homes[0], *common], first), keys.process(
        ['redis-server', '--port', second, '--dir', homes[1], '--replicaof', keys.HOST + ' ' + str(first), *common], second
    ):
        for what, port in (('set', first), ('get', second)):
            for clients in (1, 8):
                rates = []
                for _ in range(load.rounds + 1):
                    output = subprocess.run(
                        ['redis-benchmark', '-h', keys.HOST, '-p', str(port), '-t', what, '-d', str(VALUE), '-c', str(clients),
                         '-n', str({1: 4000, 8: 30000}[clients]), '-r', '10000', '--csv'], capture_output=True, text=True, check=True).stdout
                    rates.append(float(output.splitlines()[-1].split(',')[1].strip('"')))
                name = 'redis {}, {}'.format('set' if what == 'set' else 'get at the replica', clients)
                figures[name] = {'clients': clients, 'per_second': sorted(rates[1:])[(load.rounds - 1) // 2], 'rates': rates[1:]}
                print('{:44} {:3} clients {:>9.0f}/s'.format(name, clients, figures[name]['per_second']), flush=True)
        figures['redis lag'] = harness.summary(redis_lag(first, second, load.seconds))
        print('{:44} {}'.format('redis lag', figures['redis lag']), flush=True)
    return figures


def redis_lag(first, second, seconds):
    """Milliseconds from a SET's answer until the replica has it."""
    times = []
    with socket.create_connection((keys.HOST, first)) as one, socket.create_connection((keys.HOST, second)) as two:
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            value = '{:08d}'.format(len(times))
            one.sendall('SET probe {}\r\n'.format(value).encode())
            one.recv(100)
            began = time.perf_counter()
            while True:
                two.sendall(b'GET probe\r\n')
                if value.encode() in two.recv(100):
                    break
            times.append(time.perf_counter() - began)
            time.sleep(0.005)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('parts', nargs='*', default=PARTS)
    parser.add_argument('--seconds', type=float, default=5)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--changes', type=int, default=200_000)
    parser.add_argument('--try', dest='trial', action='store_true', help='only print: nothing is saved')
    options = parser.parse_args()
    load = keys.Load(keys.built(), options.seconds, options.rounds)
    figures = {}
    for part in options.parts:
        load.next = 0
        if part == 'cluster':
            figures.update(in_cluster(load))
        elif part == 'catchup':
            figures.update(catching_up(load, options.changes))
        else:
            with tempfile.TemporaryDirectory() as home:
                figures.update({'redis': redis, 'etcd': keys.etcd}[part](load, home))
    if not options.trial:
        harness.save(
            'records' if options.parts == PARTS else '-'.join(['records', *options.parts]), figures, policy='an answered write is synced to the disk, at the rivals too; values of 100 bytes (etcd: 1 KiB)',
            warm_up='2 s', seconds=options.seconds, rounds=options.rounds)


if __name__ == '__main__':
    main()
