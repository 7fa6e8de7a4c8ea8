"""What the web page takes: lists of many runs, first paint, scrolling, a live log.

    python3 bench/page/run.py [hundred_thousand|million]…

Needs Debian's chromium and chromium-driver, and what the tests need; Maven compiles them.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

PARTS = {'hundred_thousand': 100_000, 'million': 1_000_000}

if __name__ == '__main__':
    for part in sys.argv[1:] or PARTS:
        figures = harness.app_bench('io.pulzar.page.PageBench', PARTS[part])
        path = harness.save('page-' + part, figures, command='python3 bench/page/run.py ' + part)
        print(path.read_text())
