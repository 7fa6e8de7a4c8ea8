"""What the web page takes: lists of many runs, first paint, scrolling, a live log.

    python3 bench/page/run.py [hundred_thousand|million]…

Needs Debian's chromium and chromium-driver, and what the tests need; Maven compiles them.
"""

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
PARTS = {'hundred_thousand': 100_000, 'million': 1_000_000}


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


def measure(runs, path):
    directory = tempfile.mkdtemp(prefix='pulzar-bench-')
    options = ['-Xmx1g', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow']
    opened = ['--add-opens', 'java.base/java.nio=ALL-UNNAMED', '--add-exports', 'java.base/sun.nio.ch=ALL-UNNAMED']
    java = os.environ.get('JAVA_HOME', '/usr') + '/bin/java'
    command = [java, *options, *opened, '-cp', path, 'io.pulzar.page.PageBench', directory, str(runs)]
    try:
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return json.loads(output.strip().splitlines()[-1])
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == '__main__':
    libraries = classpath()
    for part in sys.argv[1:] or PARTS:
        path = harness.save(
            'page-' + part, measure(PARTS[part], libraries), command='python3 bench/page/run.py ' + part
        )
        print(path.read_text())
