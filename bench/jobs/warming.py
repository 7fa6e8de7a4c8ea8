#!/usr/bin/env python3
"""How fast a server gets fast: eight clients that each wait for their trivial job, from the moment it is ready.

    python3 bench/jobs/warming.py [--beside CHECKOUT] [--rounds 2] [--seconds 20] [--parts 4] [--mode clean]

Jobs per second in each part of the first minutes. `--beside` measures another version, a built checkout, in turns. Every job is durable.
"""

import argparse
import sys

import run
from run import harness


def measured(checkout, options):
    with harness.Product(run.SCRIPTS, checkout=checkout) as product:
        url = 'http://127.0.0.1:{}/launch_job/trivial/{}?wait=30s'.format(product.port, options.mode)
        parts = [harness.wrk(url, 8, options.seconds, 'POST', run.BODY) for _ in range(options.parts)]
        return {'per_second': [round(part['per_second']) for part in parts], 'parts': parts, 'memory': product.processes()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--beside')
    parser.add_argument('--rounds', type=int, default=2)
    parser.add_argument('--seconds', type=int, default=20)
    parser.add_argument('--parts', type=int, default=4)
    parser.add_argument('--mode', default='clean')
    options = parser.parse_args()
    checkouts = {'now': harness.ROOT, **({'beside': options.beside} if options.beside else {})}
    figures = {name: [] for name in checkouts}
    for _ in range(options.rounds):
        for name, checkout in checkouts.items():
            figures[name].append(measured(checkout, options))
            print(name, figures[name][-1]['per_second'], flush=True)
    print(harness.save('jobs-warming', figures, what=__doc__.splitlines()[0], seconds=options.seconds, mode=options.mode))


if __name__ == '__main__':
    sys.exit(main())
