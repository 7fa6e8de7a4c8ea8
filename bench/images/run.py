#!/usr/bin/env python3
"""Images: reading text and matching, beside a tesseract process per call and python3-opencv in a warm process.

    python3 bench/images/run.py PAGE     # needs tesseract-ocr and python3-opencv (for /usr/bin/python3)

PAGE is an image with text. What is matched is spotify.png in image_base.png, of python-lib/tests/library. The rates are of requests over HTTP with two clients, and of two
processes at a time, as tesseract is and with one thread for each; the times of matching are of the call inside of a warm process, decoding included, on both sides.
"""

import concurrent.futures
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

ROUNDS, SECONDS, CLIENTS = 5, 4, 2
WARM_UP_SECONDS = 30
FIXTURES = harness.ROOT / 'python-lib' / 'tests' / 'library'

MATCHING = """
import statistics
import time

import cv2


def matched(base, part):
    times = []
    for color in (cv2.IMREAD_GRAYSCALE, cv2.IMREAD_COLOR):
        taken = []
        for _ in range(30):
            started = time.perf_counter()
            one, other = cv2.imread(base, color), cv2.imread(part, color)
            decoded = time.perf_counter()
            place = cv2.minMaxLoc(cv2.matchTemplate(one, other, cv2.TM_CCOEFF_NORMED))[3]
            ended = time.perf_counter()
            taken.append((ended - started, ended - decoded))
        warm = taken[10:]
        times.append({'place': list(place), 'with_decoding_ms': statistics.median(t[0] for t in warm) * 1e3,
                      'matching_ms': statistics.median(t[1] for t in warm) * 1e3})
    return {'grey': times[0], 'color': times[1]}
"""

EXTENSION = """

from pulzarutils.extension import Extension


class Matching(Extension):
    def execute(self):
        return matched('extensions/image_base.png', 'extensions/spotify.png')
"""


def rate(call):
    """Calls a second of as many callers as there are clients, in rounds."""
    rounds = []
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(ROUNDS):
            counts = list(pool.map(lambda _: len(harness.timed(SECONDS, call)), range(CLIENTS)))
            rounds.append(sum(counts) / SECONDS)
    return {'median_per_second': round(statistics.median(rounds), 1), 'rounds': rounds}


def main(text):
    figures = {}
    page = text.read_bytes()
    with tempfile.TemporaryDirectory() as extensions:
        folder = pathlib.Path(extensions)
        for file in [*(harness.ROOT / 'extensions').glob('*.py'), *FIXTURES.glob('*.png')]:
            (folder / file.name).write_bytes(file.read_bytes())
        source = (MATCHING + EXTENSION).replace("'extensions/", f"'{folder}/")
        (folder / 'matching.py').write_text(source)
        with harness.Product(extensions=folder, settings=['pulzar.extensions.timeout=120s']) as product:

            def read():
                status, answer = product.request('PUT', '/extension/ocr/page.png', page)
                if status != 200 or not answer['data']['text'].strip():
                    raise SystemExit(answer)

            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(lambda _: harness.timed(WARM_UP_SECONDS, read), range(CLIENTS)))
            figures['text_pulzar'] = rate(read)
            command = ['tesseract', str(text), '-']
            figures['text_process'] = rate(lambda: subprocess.run(command, capture_output=True, check=True))
            one_thread = {**os.environ, 'OMP_THREAD_LIMIT': '1'}
            figures['text_process_of_one_thread'] = rate(lambda: subprocess.run(command, capture_output=True, check=True, env=one_thread))
            product.request('GET', '/extension/matching', timeout=120)
            figures['matching_pulzar'] = product.request('GET', '/extension/matching', timeout=120)[1]['data']
        script = MATCHING + f"\nimport json\nprint(json.dumps(matched('{folder}/image_base.png', '{folder}/spotify.png')))\n"
        output = subprocess.run(['/usr/bin/python3', '-c', script], capture_output=True, text=True, check=True).stdout
        figures['matching_opencv'] = json.loads(output)
    print(json.dumps(figures, indent=1))
    print(harness.save('images', figures, clients=CLIENTS, warm_up_seconds=WARM_UP_SECONDS))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve())
