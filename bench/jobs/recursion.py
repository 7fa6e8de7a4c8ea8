#!/usr/bin/env python3
"""How recursion ends: without an end, through __repr__, and as deep as the script asks for.

    python3 bench/jobs/recursion.py [--beside CHECKOUT] [--patience 40s]

`--beside` measures another version, a built checkout, in the same run. A job that is not done in time says so.
"""

import argparse
import json

import run
from run import harness


def measured(checkout, patience):
    with harness.Product(run.SCRIPTS, settings=['pulzar.jobs.timeout=' + patience], checkout=checkout) as product:
        return {name: outcome(product, name) for name in ('endless', 'deep', 'shown')}


def outcome(product, name):
    _, answer = product.request('POST', '/launch_job/recursion/{}?wait=55s'.format(name), run.BODY)
    details = answer['data']
    return details['result'] if details['status'] == 'completed' else details['error'] or details['state']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--beside')
    parser.add_argument('--patience', default='40s')
    options = parser.parse_args()
    checkouts = {'now': harness.ROOT, **({'beside': options.beside} if options.beside else {})}
    figures = {name: measured(checkout, options.patience) for name, checkout in checkouts.items()}
    print(json.dumps(figures, indent=1))
    print(harness.save('jobs-recursion', figures, what=__doc__.splitlines()[0], patience=options.patience))


if __name__ == '__main__':
    main()
