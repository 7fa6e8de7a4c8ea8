# ruff: noqa: S106, E501
"""A real use of each of the packages that people install most, to be run where they are to work.

``use_NAME`` is for the distribution NAME, with underscores for hyphens; it raises where something is not as it should
be. As a function job: ``execute([NAME])`` returns the version that was used.
"""

import importlib.metadata
import io
import threading


def execute(arguments):
    (name,) = arguments
    globals()[f'use_{name.replace("-", "_").lower()}']()
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return 'unknown'


def _served(handle):
    """The address of a server on this machine that answers with what ``handle(path, headers, body)`` returns."""
    import http.server

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
            kind, data = handle(self.path, self.headers, body)
            self.send_response(200)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_GET

        def log_message(self, *details):
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_port}'


def use_requests():
    import requests

    url = _served(lambda path, headers, body: ('application/json', b'{"ok": true}'))
    assert requests.get(url, timeout=5).json() == {'ok': True}


def use_httpx():
    import asyncio

    import httpx

    url = _served(lambda path, headers, body: ('application/json', b'{"path": "%s"}' % path.encode()))
    with httpx.Client(timeout=5) as client:
        assert client.post(url + '/a', json={'b': 1}).json() == {'path': '/a'}

    async def ask():
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(url + '/b')).json()

    assert asyncio.run(ask()) == {'path': '/b'}


def use_boto3():
    import boto3

    listing = b'<ListAllMyBucketsResult><Buckets><Bucket><Name>one</Name></Bucket></Buckets></ListAllMyBucketsResult>'
    url = _served(lambda path, headers, body: ('application/xml', listing))
    client = boto3.client(
        's3', endpoint_url=url, aws_access_key_id='a', aws_secret_access_key='b', region_name='eu-west-1'
    )
    assert [bucket['Name'] for bucket in client.list_buckets()['Buckets']] == ['one']


def use_pydantic():
    import pydantic

    class Item(pydantic.BaseModel):
        name: str
        price: float = 1.5

    assert Item(name='a', price='2').price == 2.0
    try:
        Item(price='x')
    except pydantic.ValidationError as error:
        assert len(error.errors()) == 2


def use_pyyaml():
    import yaml

    data = yaml.safe_load('a: [1, 2.5, null]\nb:\n  c: "é"\n  d: 2024-02-29\n')
    assert data['a'] == [1, 2.5, None] and yaml.safe_load(yaml.safe_dump(data)) == data


def use_jinja2():
    import jinja2

    template = jinja2.Environment(autoescape=True).from_string(
        '{% for x in items %}{{ loop.index }}:{{ x|upper }} {% endfor %}'
    )
    assert template.render(items=['a', '<b>']) == '1:A 2:&lt;B&gt; '


def use_markupsafe():
    import markupsafe

    assert markupsafe.Markup('<b>%s</b>') % '<' == '<b>&lt;</b>'


def use_click():
    import click
    from click.testing import CliRunner

    @click.command()
    @click.option('--count', default=1)
    @click.argument('name')
    def hello(count, name):
        click.echo(f'hello {name} ' * count)

    assert CliRunner().invoke(hello, ['--count', '2', 'you']).output.strip() == 'hello you hello you'


def use_rich():
    from rich.console import Console
    from rich.table import Table

    table, out = Table('a', 'b'), io.StringIO()
    table.add_row('1', '[bold]2[/]')
    Console(file=out, width=30).print(table)
    assert '2' in out.getvalue()


def use_attrs():
    import attrs

    @attrs.define
    class Point:
        x: int = attrs.field(converter=int, validator=attrs.validators.ge(0))
        tags: list = attrs.Factory(list)

    assert attrs.asdict(Point('5')) == {'x': 5, 'tags': []}


def use_python_dateutil():
    import datetime

    from dateutil import parser, relativedelta, rrule, tz

    assert parser.parse('Thu, 29 Feb 2024 10:00 PM').hour == 22
    day = datetime.datetime(2024, 1, 31) + relativedelta.relativedelta(months=1)
    assert day.day == 29 and len(list(rrule.rrule(rrule.DAILY, count=3, dtstart=day))) == 3 and tz.UTC is not None


def use_pytz():
    import datetime

    import pytz

    assert pytz.timezone('Europe/Berlin').localize(datetime.datetime(2024, 7, 1)).utcoffset() == datetime.timedelta(
        hours=2
    )


def use_tqdm():
    from tqdm import tqdm

    out = io.StringIO()
    assert sum(tqdm(range(5), file=out)) == 10 and '5/5' in out.getvalue()


def use_tabulate():
    from tabulate import tabulate

    assert tabulate([['a', 1]], headers=['x', 'y'], tablefmt='github').startswith('| x')


def use_beautifulsoup4():
    from bs4 import BeautifulSoup

    soup = BeautifulSoup('<p class="a">x <a href="/y">z</a></p>', 'html.parser')
    assert soup.select_one('p.a a')['href'] == '/y' and soup.get_text() == 'x z'


def use_openpyxl():
    import openpyxl

    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(['name', 1.5, '=SUM(B1:B1)'])
    book.save(data)
    assert [cell.value for cell in openpyxl.load_workbook(data).active[1]] == ['name', 1.5, '=SUM(B1:B1)']


def use_xlsxwriter():
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet('A')
        sheet.write_row(0, 0, ['é', 1], book.add_format({'bold': True}))
    assert data.getvalue()[:2] == b'PK'


def use_markdown():
    import markdown

    assert '<h1' in markdown.markdown('# T\n\n| a |\n|---|\n| b |', extensions=['tables', 'toc'])


def use_pyparsing():
    import pyparsing as pp

    assert pp.infix_notation(pp.Word(pp.nums), [('+', 2, pp.OpAssoc.LEFT)]).parse_string('1 + 2').as_list() == [
        ['1', '+', '2']
    ]


def use_packaging():
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    assert Version('1.10') > Version('1.9') and '1.5' in SpecifierSet('>=1,<2')


def use_idna():
    import idna

    assert idna.encode('faß.de') == b'xn--fa-hia.de'


def use_certifi():
    import certifi

    with open(certifi.where(), encoding='ascii') as file:
        assert 'BEGIN CERTIFICATE' in file.read()


def use_urllib3():
    import urllib3

    url = _served(lambda path, headers, body: ('text/plain', b'pooled'))
    assert urllib3.PoolManager().request('GET', url).data == b'pooled'


def use_charset_normalizer():
    import charset_normalizer

    text = 'Größe und Maße, für alle Fälle übrigens schön'
    assert str(charset_normalizer.from_bytes(text.encode('cp1252')).best()) == text


def use_chardet():
    import chardet

    assert chardet.detect('Привет, мир, как дела'.encode('koi8-r') * 3)['encoding']


def use_sqlalchemy():
    import sqlalchemy as sa
    from sqlalchemy import orm

    base = orm.declarative_base()

    class User(base):
        __tablename__ = 'users'
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String)

    engine = sa.create_engine('sqlite://')
    base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add_all([User(name='a'), User(name='b')])
        session.commit()
        assert [user.name for user in session.query(User).order_by(User.name.desc())] == ['b', 'a']


def use_flask():
    import flask

    app = flask.Flask('x')

    @app.route('/<name>', methods=['POST'])
    def hello(name):
        return flask.jsonify(name=name, got=flask.request.json)

    assert app.test_client().post('/me', json={'a': 1}).json == {'name': 'me', 'got': {'a': 1}}


def use_werkzeug():
    from werkzeug.security import check_password_hash, generate_password_hash

    assert check_password_hash(generate_password_hash('pw', method='pbkdf2:sha256:1000'), 'pw')


def use_itsdangerous():
    from itsdangerous import URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer('key')
    assert serializer.loads(serializer.dumps({'a': 1})) == {'a': 1}


def use_pyjwt():
    import jwt

    assert jwt.decode(jwt.encode({'a': 1}, 'k' * 32, 'HS256'), 'k' * 32, ['HS256']) == {'a': 1}


def use_simplejson():
    import decimal

    import simplejson

    assert (
        simplejson.loads('[1.1]', use_decimal=True) == [decimal.Decimal('1.1')]
        and simplejson.dumps({'a': decimal.Decimal(1)}) == '{"a": 1}'
    )


def use_toml():
    import toml

    assert toml.loads(toml.dumps({'a': {'b': [1, 2]}})) == {'a': {'b': [1, 2]}}


def use_tomli():
    import tomli

    assert tomli.loads('a = 1\n[b]\nc = "é"') == {'a': 1, 'b': {'c': 'é'}}


def use_more_itertools():
    import more_itertools

    assert list(more_itertools.chunked(range(5), 2)) == [[0, 1], [2, 3], [4]]


def use_networkx():
    import networkx as nx

    assert nx.shortest_path(nx.Graph([(1, 2), (2, 3), (1, 4), (4, 3), (3, 5)]), 1, 5)[-1] == 5


def use_sympy():
    import sympy

    x = sympy.Symbol('x')
    assert sympy.solve(x**2 - 4, x) == [-2, 2] and sympy.diff(sympy.sin(x) * x, x) == x * sympy.cos(x) + sympy.sin(x)


def use_paramiko():
    import paramiko

    assert paramiko.RSAKey.generate(2048).get_name() == 'ssh-rsa'


def use_redis():
    import redis

    pipe = redis.Redis(host='127.0.0.1', port=1, retry=None).pipeline()
    pipe.set('a', 1)
    try:
        pipe.execute()
    except redis.ConnectionError as error:
        assert error.args


def use_pymongo():
    import bson
    import pymongo

    assert bson.decode(bson.encode({'a': [1, 'é', None]})) == {'a': [1, 'é', None]}
    client = pymongo.MongoClient('mongodb://127.0.0.1:1', serverSelectionTimeoutMS=200)
    try:
        client.admin.command('ping')
    except pymongo.errors.ServerSelectionTimeoutError:
        pass


def use_pymysql():
    import pymysql

    try:
        pymysql.connect(host='127.0.0.1', port=1, connect_timeout=1)
    except pymysql.err.OperationalError as error:
        assert error.args[0] == 2003


def use_psycopg():
    import psycopg

    assert psycopg.conninfo.make_conninfo('dbname=a', user='b') == 'dbname=a user=b'


def use_google_auth():
    from google.auth import credentials, crypt

    assert credentials.AnonymousCredentials().valid and crypt.rsa


def use_openai():
    import openai

    answer = b'{"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}]}'
    client = openai.OpenAI(api_key='k', base_url=_served(lambda path, headers, body: ('application/json', answer)))
    assert client.chat.completions.create(model='m', messages=[]).choices[0].message.content == 'hi'


def use_cryptography():
    from cryptography.fernet import Fernet

    box = Fernet(Fernet.generate_key())
    assert box.decrypt(box.encrypt(b'x')) == b'x'


def use_lxml():
    import lxml.etree

    tree = lxml.etree.fromstring('<a><b n="1"/><b n="2"/></a>')
    assert tree.xpath('//b[@n > 1]/@n') == ['2']
    sheet = lxml.etree.XML(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/"><n><xsl:value-of select="count(//b)"/></n></xsl:template></xsl:stylesheet>'
    )
    assert lxml.etree.XSLT(sheet)(tree).getroot().text == '2'


def use_numpy():
    import numpy

    matrix = numpy.array([[3.0, 1.0], [1.0, 2.0]])
    assert numpy.allclose(numpy.linalg.solve(matrix, [9, 8]), [2, 3])
    big = numpy.random.default_rng(1).random((300, 300))
    assert (big @ big).shape == (300, 300)
    numpy.save('a.npy', matrix)
    assert (numpy.load('a.npy') == matrix).all()


def use_pandas():
    import pandas

    frame = pandas.read_csv(io.StringIO('day,city,sold\n2024-02-28,A,1\n2024-02-29,B,2\n2024-02-29,A,4\n'))
    frame['day'] = pandas.to_datetime(frame['day'])
    assert frame.groupby('city')['sold'].sum().to_dict() == {'A': 5, 'B': 2}
    frame.to_csv('a.csv', index=False)
    assert len(pandas.read_csv('a.csv')) == 3 and frame['day'].dt.day.tolist() == [28, 29, 29]


def use_opencv_python_headless():
    import cv2
    import numpy

    image = numpy.zeros((40, 60), numpy.uint8)
    image[10:20, 30:40] = 255
    contours, _ = cv2.findContours(image, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    assert cv2.boundingRect(contours[0]) == (30, 10, 10, 10)
    assert cv2.imwrite('a.png', cv2.resize(image, (30, 20))) and cv2.imread('a.png', 0).shape == (20, 30)


def use_pillow():
    from PIL import Image, ImageDraw

    image = Image.new('RGB', (64, 48), 'white')
    ImageDraw.Draw(image).rectangle((10, 10, 20, 20), fill='red')
    image.save('a.jpg', quality=95)
    assert Image.open('a.jpg').resize((32, 24)).getpixel((7, 7))[0] > 200


def use_psycopg2_binary():
    import psycopg2
    from psycopg2 import extensions

    assert extensions.parse_dsn('host=a dbname=b') == {'host': 'a', 'dbname': 'b'}
    try:
        psycopg2.connect('host=127.0.0.1 port=1 connect_timeout=1')
    except psycopg2.OperationalError as error:
        assert 'refused' in str(error)


def use_six():
    import six

    assert six.text_type('x') == 'x' and six.moves.urllib.parse.quote(' ') == '%20'


def use_typing_extensions():
    import typing_extensions

    assert typing_extensions.TypedDict('D', {'a': int})(a=1) == {'a': 1}


def use_cachetools():
    import cachetools

    cache = cachetools.TTLCache(2, 60)
    cache.update(a=1, b=2, c=3)
    assert len(cache) == 2


def use_jsonschema():
    import jsonschema

    try:
        jsonschema.validate({'a': 'x'}, {'properties': {'a': {'type': 'integer'}}})
    except jsonschema.ValidationError as error:
        assert "'x' is not of type 'integer'" in error.message


def use_tenacity():
    import tenacity

    tries = []

    @tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_none())
    def flaky():
        tries.append(1)
        if len(tries) < 3:
            raise ValueError
        return len(tries)

    assert flaky() == 3


def use_python_dotenv():
    import dotenv

    assert dotenv.dotenv_values(stream=io.StringIO('A=1\nB="x y"')) == {'A': '1', 'B': 'x y'}


def use_docutils():
    import docutils.core

    assert b'<em>' in docutils.core.publish_string('*x*', writer_name='html')


def use_pygments():
    from pygments import formatters, highlight, lexers

    assert 'class="k"' in highlight('if x: pass', lexers.PythonLexer(), formatters.HtmlFormatter())


def use_wrapt():
    import wrapt

    @wrapt.decorator
    def twice(wrapped, instance, args, kwargs):
        return wrapped(*args, **kwargs) * 2

    assert twice(lambda: 3)() == 6


def use_xmltodict():
    import xmltodict

    assert xmltodict.parse('<a x="1"><b>c</b></a>') == {'a': {'@x': '1', 'b': 'c'}}


def use_feedparser():
    import feedparser

    assert (
        feedparser.parse('<rss version="2.0"><channel><title>T</title><item><title>i</title></item></channel></rss>')
        .entries[0]
        .title
        == 'i'
    )


def use_msgpack():
    import msgpack

    assert msgpack.unpackb(msgpack.packb({'a': [1, 'é']})) == {'a': [1, 'é']}
