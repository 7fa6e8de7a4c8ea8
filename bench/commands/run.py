"""How long a command takes from the shell, beside another checkout of the product.

    python3 bench/commands/run.py [--beside CHECKOUT] [--rounds 20]

One server; each checkout's `pulzar jobs` asks it, in turns, so that whatever else the machine does hits both. Besides the time it
says how much of the processors a command takes, which a busy machine changes less.
"""

import argparse
import pathlib
import resource
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

COMMANDS = (('jobs',), ('help', 'jobs'), ('--version',))
WARM_UP = 2


def once(checkout, words, server):
    """Seconds from start to end, and of the processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    line = [str(checkout / 'pulzar'), *words, *(['--server', server] if words == ('jobs',) else [])]
    ended = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    taken = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != 0:
        raise SystemExit('{}: {}'.format(' '.join(line), ended.stderr.decode()))
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--beside', type=pathlib.Path)
    parser.add_argument('--rounds', type=int, default=20)
    arguments = parser.parse_args()
    checkouts = {'this': harness.ROOT, **({'beside': arguments.beside.resolve()} if arguments.beside else {})}
    figures = {}
    with harness.Product() as product:
        server = 'http://127.0.0.1:{}'.format(product.port)
        for words in COMMANDS:
            taken = {name: [] for name in checkouts}
            for number in range(WARM_UP + arguments.rounds):
                for name, checkout in checkouts.items():
                    one = once(checkout, words, server)
                    if number >= WARM_UP:
                        taken[name].append(one)
            figures['pulzar ' + ' '.join(words)] = {
                name: {
                    **harness.summary([wall for wall, _ in all_of_it]),
                    'best_ms': round(min(wall for wall, _ in all_of_it) * 1e3),
                    'processor_ms': round(statistics.median(used for _, used in all_of_it) * 1e3),
                }
                for name, all_of_it in taken.items()
            }
    about = {'command': 'python3 bench/commands/run.py'}
    for name, checkout in checkouts.items():
        described = subprocess.run(
            ['git', '-C', str(checkout), 'describe', '--always'], capture_output=True, text=True, check=True
        )
        about[name] = described.stdout.strip()
    print(harness.save('commands', figures, **about).read_text())


if __name__ == '__main__':
    main()
