"""Values in a bucket beside values on a node's disk: 1 KB, 1 MB and 100 MB in and out, in one run.

    python3 bench/values/run.py [--seconds 5]

The bucket is s3proxy on the same disk and in the same process as the server and its clients; it syncs nothing, while a node does.
So the figures are what the way through a node costs, and not what a bucket elsewhere answers. Needs what the tests need; Maven compiles them.
"""

import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--seconds', type=int, default=5)
    seconds = parser.parse_args().seconds
    figures = harness.app_bench('io.pulzar.values.ValuesBench', seconds)
    saved = harness.save('values-bucket', figures, command='python3 bench/values/run.py --seconds {}'.format(seconds))
    print(saved.read_text())
