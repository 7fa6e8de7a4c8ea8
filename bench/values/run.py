"""Values in a bucket beside values on a node's disk: 1 KB, 1 MB and 100 MB in and out, in one run.

    python3 bench/values/run.py [--seconds 5]

The bucket is s3proxy on the same disk and in the same process as the server and its clients; it syncs nothing, while a node does.
So the figures are what the way through a node costs, and not what a bucket elsewhere answers. Needs what the tests need; Maven compiles them.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

APP = harness.ROOT / 'app'


def classpath():
    """That of the tests, as Maven knows it."""
    with tempfile.NamedTemporaryFile() as file:
        command = [
            './mvnw',
            '-q',
            '-pl',
            'app',
            '-am',
            'test-compile',
            'dependency:build-classpath',
            '-Dmdep.outputFile=' + file.name,
        ]
        subprocess.run(command, cwd=harness.ROOT, check=True)
        return f'{APP}/target/test-classes:{APP}/target/classes:{pathlib.Path(file.name).read_text()}'


def measure(seconds, path):
    directory = tempfile.mkdtemp(prefix='pulzar-bench-')
    options = ['-Xmx1g', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow']
    opened = ['--add-opens', 'java.base/java.nio=ALL-UNNAMED', '--add-exports', 'java.base/sun.nio.ch=ALL-UNNAMED']
    java = os.environ.get('JAVA_HOME', '/usr') + '/bin/java'
    command = [java, *options, *opened, '-cp', path, 'io.pulzar.values.ValuesBench', directory, str(seconds)]
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        return json.loads(output.strip().splitlines()[-1])
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--seconds', type=int, default=5)
    seconds = parser.parse_args().seconds
    saved = harness.save(
        'values-bucket', measure(seconds, classpath()), command='python3 bench/values/run.py --seconds {}'.format(seconds)
    )
    print(saved.read_text())
