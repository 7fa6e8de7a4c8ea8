"""Records what the cases give on CPython: ``python3 python-lib/tests/library/record.py [--database=DSN] [NAME]…``.

The worker is compared with these files. Cases with ``RECORDED = False`` compare ways within the product, and their
results are written by hand. ``cv2_cases`` and the like need the real packages (Debian: python3-opencv
python3-pil python3-psutil python3-requests python3-psycopg2 python3-pyodbc tesseract-ocr).
"""

import importlib
import json
import pathlib
import platform
import sys

import runner
import server

HERE = pathlib.Path(__file__).parent


def main(names, database=None):
    for path in sorted(HERE.glob('*_cases.py')):
        name = path.stem[: -len('_cases')]
        if names and name not in names:
            continue
        cases = importlib.import_module(path.stem)
        if not getattr(cases, 'RECORDED', True):
            continue
        if hasattr(cases, 'DATABASE'):
            if not database:
                print(name, 'is left out: give a database with --database=DSN')
                continue
            cases.DATABASE = database
        if hasattr(cases, 'SERVER'):
            with server.serving() as cases.SERVER:
                results = runner.results(cases)
        else:
            results = runner.results(cases)
        versions = {'python': platform.python_version(), **getattr(cases, 'VERSIONS', {})}
        text = json.dumps({'recorded_on': versions, 'results': results}, indent=1, ensure_ascii=False)
        (HERE / f'{name}_reference.json').write_text(text + '\n', encoding='utf-8')
        print(name, len(results))


if __name__ == '__main__':
    options = [word[len('--database=') :] for word in sys.argv if word.startswith('--database=')]
    main([word for word in sys.argv[1:] if not word.startswith('--')], *options)
