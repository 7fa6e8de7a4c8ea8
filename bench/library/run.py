"""What the libraries cost that scripts import: documents, images, and the import itself, beside CPython's in one run.

    python3 bench/library/run.py [parse|json|images|rows|imports]…   # needs python3-pil, python3-opencv, python3-psutil, python3-psycopg2 for /usr/bin/python3

The same code runs in a worker that stays and in one process of /usr/bin/python3. `parse` is the median of the runs from the thirtieth on, of a document of 1.1 MB
(42,000 elements) and of JSON of 0.8 MB; to read a document, and to go through all of it. `json` are `loads` and `dumps` of documents of seven shapes in the same way, with the first run and the fifth. `images` opens a JPEG of 12 megapixels, makes it smaller and writes it as PNG.
`rows` writes 100,000 rows to PostgreSQL by `execute_values` and reads them, all at once and through a named cursor; medians of ten, after five more.
`imports` is the time of the first import in a worker, and that of later runs there, whose context keeps what it imported; of CPython it is a new process each.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402
from postgres import Postgres  # noqa: E402

RUNS, WARM = 60, 30
PARTS = ['parse', 'json', 'images', 'rows', 'imports']
STAND_INS = ('PIL.Image', 'cv2', 'psutil', 'psycopg2', 'pyodbc', 'pytesseract', 'requests', 'sqlite3', 'xml.etree.ElementTree')
IMPORTS, SETTLED = 12, 5

PARSE = """
import json
import statistics
import time
import xml.etree.ElementTree as ET


def measured(folder):
    item = '<item id="{0}" name="n{0}"><a>text {0}</a><b x="1"/>tail &amp; more</item>\\n'
    document = '<r>' + ''.join(map(item.format, range(14000))) + '</r>'
    text = json.dumps([{'id': i, 'name': f'n{i}', 'v': [1.5, None, True]} for i in range(14000)])
    taken = {'xml_read': [], 'xml_read_and_walked': [], 'json': []}
    for _ in range(RUNS):
        began = time.perf_counter()
        root = ET.fromstring(document)
        taken['xml_read'].append(time.perf_counter() - began)
        count = sum(1 for _ in root.iter())
        taken['xml_read_and_walked'].append(time.perf_counter() - began)
        began = time.perf_counter()
        json.loads(text)
        taken['json'].append(time.perf_counter() - began)
    assert count == 42001
    return {name + '_ms': round(statistics.median(times[WARM:]) * 1e3, 1) for name, times in taken.items()}
""".replace('RUNS', str(RUNS)).replace('WARM', str(WARM))

JSON = """
import json
import random
import statistics
import time

random.seed(1)


def tree(depth):
    return {'left': tree(depth - 1), 'right': tree(depth - 1), 'depth': depth, 'text': 'node'} if depth else []


DOCUMENTS = {
    'job_cpu': [{'id': n, 'name': f'item {n}', 'price': n * 1.25, 'tags': ['a', 'b', str(n)], 'ok': n % 2 == 0} for n in range(10000)],
    'records': [{'id': n, 'name': f'n{n}', 'v': [1.5, None, True]} for n in range(14000)],
    'ints': [random.randrange(10**6) for _ in range(100000)],
    'floats': [random.random() * 1000 for _ in range(40000)],
    'plain_texts': [f'Line {n} of a text without anything special in it, which is long' for n in range(10000)],
    'other_texts': [f'Line {n} of a text, "quoted"\\n\u00fcber \u4e2d\u6587 and more of it' for n in range(10000)],
    'deep': tree(13),
}


def timed(function, argument):
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        function(argument)
        times.append(time.perf_counter() - began)
    return {'first_ms': round(times[0] * 1e3, 1), 'fifth_ms': round(times[4] * 1e3, 1), 'ms': round(statistics.median(times[WARM:]) * 1e3, 1)}


def measured(folder):
    found = {}
    for name, document in DOCUMENTS.items():
        text = json.dumps(document)
        found[name] = {'letters': len(text), 'loads': timed(json.loads, text), 'dumps': timed(json.dumps, document)}
    return found
""".replace('RUNS', str(RUNS)).replace('WARM', str(WARM))

IMAGES = """
import io
import statistics
import time

from PIL import Image


def measured(folder):
    taken = {'open': [], 'resize': [], 'png': []}
    for _ in range(5):
        began = time.perf_counter()
        image = Image.open(folder + '/photo.jpg').convert('RGB')
        image.load()
        opened = time.perf_counter()
        small = image.resize((1000, 750), Image.LANCZOS)
        resized = time.perf_counter()
        image.save(io.BytesIO(), 'PNG')
        taken['open'].append(opened - began)
        taken['resize'].append(resized - opened)
        taken['png'].append(time.perf_counter() - resized)
    assert small.size == (1000, 750)
    return {name + '_ms': round(statistics.median(times[1:]) * 1e3) for name, times in taken.items()}
"""

ROWS = """
import datetime
import statistics
import time

import psycopg2
import psycopg2.extras


def measured(address):
    day = datetime.datetime(2026, 1, 2, 3, 4, 5, 678)
    rows = [(i, 'name %d' % i, i / 7, day, None if i % 3 else True) for i in range(100_000)]
    taken = {'written': [], 'fetched': [], 'streamed': []}
    connection = psycopg2.connect(address)
    cursor = connection.cursor()
    cursor.execute('create temporary table measured (id integer, name text, part double precision, at timestamp, flag boolean)')
    for _ in range(15):
        cursor.execute('truncate measured')
        began = time.perf_counter()
        psycopg2.extras.execute_values(cursor, 'insert into measured values %s', rows, page_size=1000)
        taken['written'].append(time.perf_counter() - began)
        began = time.perf_counter()
        cursor.execute('select * from measured order by id')
        found = cursor.fetchall()
        taken['fetched'].append(time.perf_counter() - began)
        assert found == rows
        began = time.perf_counter()
        with connection.cursor('streamed') as named:
            named.itersize = 2000
            named.execute('select * from measured order by id')
            count = sum(1 for _ in named)
        taken['streamed'].append(time.perf_counter() - began)
        assert count == len(rows)
    connection.close()
    return {name + '_ms': round(statistics.median(times[5:]) * 1e3) for name, times in taken.items()}
"""

IMPORT = """
import importlib
import time


def measured(name):
    began = time.perf_counter()
    try:
        importlib.import_module(name)
    except ImportError:
        return None
    return time.perf_counter() - began
"""

EXTENSION = """

from pulzarutils.extension import Extension


class NAME(Extension):
    def execute(self):
        return {'found': measured(ARGUMENT)}
"""

# A photograph has edges and noise; both come from the same small random picture.
PHOTO = """
import random, sys
from PIL import Image
random.seed(1)
small = Image.frombytes('RGB', (400, 300), bytes(random.randrange(256) for _ in range(360000)))
small.resize((4000, 3000), Image.BICUBIC).save(sys.argv[1], quality=90)
"""


def asked(product, name):
    status, answer = product.request('GET', '/extension/' + name, timeout=280)
    if status != 200:
        raise SystemExit(answer)
    return answer['data']['found']


def write(folder, name, source, argument):
    extension = EXTENSION.replace('ARGUMENT', repr(argument))
    (folder / (name + '.py')).write_text(source + extension.replace('NAME', name.capitalize()))


def beside(source, argument):
    program = source + '\nimport json\nprint(json.dumps(measured({!r})))\n'.format(argument)
    done = subprocess.run(['/usr/bin/python3', '-c', program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def whole(product, folder, source, name, argument=None):
    argument = argument or str(folder)
    write(folder, name, source, argument)
    return {'pulzar': asked(product, name), 'cpython': beside(source, argument)}


def rows(product, folder):
    with Postgres() as postgres:
        host, _, rest = postgres.address.partition(':')
        port, _, name = rest.partition('/')
        address = 'host={} port={} dbname={} user=pulzar password=none'.format(host, port, name)
        return whole(product, folder, ROWS, 'rows', address)


def imports(product, folder):
    figures = {}
    for number, module in enumerate(STAND_INS):
        name = 'import{}'.format(number)
        write(folder, name, IMPORT, module)
        times = [asked(product, name) for _ in range(IMPORTS)]
        known = [beside(IMPORT, module) for _ in range(IMPORTS)]
        figures[module] = {
            'pulzar_first_ms': round(times[0] * 1e3, 1),
            'pulzar_ms': round(statistics.median(times[SETTLED:]) * 1e3, 1),
            'cpython_ms': None if known[0] is None else round(statistics.median(known[SETTLED:]) * 1e3, 1),
        }
    return figures


def main(parts):
    figures = {}
    with tempfile.TemporaryDirectory(prefix='pulzar-library-') as place:
        folder = pathlib.Path(place)
        subprocess.run(['/usr/bin/python3', '-c', PHOTO, str(folder / 'photo.jpg')], check=True)
        settings = ['pulzar.extensions.timeout=270s']
        with harness.Product(extensions=folder, settings=settings) as product:
            if 'parse' in parts:
                figures['parse'] = whole(product, folder, PARSE, 'parsing')
            if 'json' in parts:
                figures['json'] = whole(product, folder, JSON, 'documents')
            if 'images' in parts:
                figures['images'] = whole(product, folder, IMAGES, 'pictures')
            if 'rows' in parts:
                figures['rows'] = rows(product, folder)
            if 'imports' in parts:
                figures['imports'] = imports(product, folder)
    name = 'library' if parts == PARTS else '-'.join(['library', *parts])
    print(harness.save(name, figures, command='python3 bench/library/run.py ' + ' '.join(parts)).read_text())


if __name__ == '__main__':
    main(sys.argv[1:] or PARTS)
