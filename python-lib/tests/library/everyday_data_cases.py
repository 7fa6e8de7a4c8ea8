# ruff: noqa: E501, S301, F601
"""Data in and out: csv, json, pickle, struct, hashes, encodings, configuration."""

import array
import ast
import base64
import binascii
import collections
import configparser
import copy
import csv
import enum
import io
import json
import pickle
import plistlib
import pprint
import reprlib
import struct
import zlib

import tomllib
from runner import attempt, kind


def case_csv():
    text = 'name,age,note\r\nJane,30,"says ""hi"", bye"\r\n"O\'Neil, Jr.",,\r\n\r\n"two\nlines",5,x\r\n'
    yield (
        list(csv.reader(io.StringIO(text))),
        list(csv.DictReader(io.StringIO(text))),
        list(csv.DictReader(io.StringIO('a,b\n1\n1,2,3\n'), restkey='more', restval='-')),
    )
    out = io.StringIO()
    writer = csv.writer(out)
    yield (
        writer.writerow(['a', 1, None, 2.5, 'q"q', 'x,y', 'l\nm', '']),
        writer.writerows([[True, b'b'], []]),
        out.getvalue(),
        attempt(writer.writerow, 5),
    )
    for options in (
        {'delimiter': ';'},
        {'quoting': csv.QUOTE_ALL},
        {'quoting': csv.QUOTE_NONNUMERIC},
        {'quoting': csv.QUOTE_NONE, 'escapechar': '\\'},
        {'lineterminator': '\n', 'quotechar': "'"},
        {'doublequote': False, 'escapechar': '\\'},
        {'dialect': 'excel-tab'},
        {'dialect': 'unix'},
    ):
        out = io.StringIO()
        csv.writer(out, **options).writerows([['a b', 1, 'x;y', 'it\'s "q"', None], ['', 1.5, 't\tb', '', '']])
        yield out.getvalue()
    out = io.StringIO()
    dicts = csv.DictWriter(out, ['b', 'a'], extrasaction='ignore', restval='?')
    yield (
        dicts.writeheader(),
        dicts.writerow({'a': 1, 'z': 2}),
        out.getvalue(),
        attempt(csv.DictWriter(out, ['a']).writerow, {'q': 1}),
    )
    yield (
        list(csv.reader(['1,"2",3'], quoting=csv.QUOTE_NONNUMERIC)),
        attempt(list, csv.reader(['a,b'], quoting=csv.QUOTE_NONNUMERIC)),
        attempt(list, csv.reader(['"a" b'], strict=True)),
        attempt(list, csv.reader(['"a'], strict=True)),
    )
    dialect = csv.Sniffer().sniff('a;b;c\n1;2;3\n4;5;6\n')
    yield (
        dialect.delimiter,
        csv.Sniffer().has_header('name;n\na;1\nb;2\n'),
        csv.list_dialects(),
        attempt(csv.reader, ['x'], delimiter='ab'),
        attempt(csv.get_dialect, 'no'),
        csv.field_size_limit(),
    )
    reader = csv.reader(['a', 'b'])
    yield (
        next(reader),
        reader.line_num,
        reader.dialect.delimiter,
        attempt(csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow, ['a,b']),
    )


def case_json():
    data = {
        'a': [1, 2.5, None, True, 'é"\\\n\u2028\U0001f600'],
        'b': {'c': {}, 'd': []},
        1: 'one',
        None: 0,
        1.5: 2,
        True: 3,
    }
    yield (
        json.dumps(data),
        json.dumps(data, ensure_ascii=False, indent=2),
        json.dumps([1, 2], separators=(',', ':')),
        json.dumps({'b': 1, 'a': 2}, sort_keys=True, indent='\t'),
    )
    yield (
        json.dumps([1e100, 1e-7, 0.1, -0.0, float('inf'), float('nan'), 10**30]),
        attempt(json.dumps, float('nan'), allow_nan=False),
        attempt(json.dumps, {1, 2}),
        attempt(json.dumps, {(1, 2): 3}),
        json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True),
    )
    loop = []
    loop.append(loop)
    yield (
        attempt(json.dumps, loop),
        json.dumps({'d': {1}}, default=sorted),
        attempt(json.dumps, b'x'),
        json.dumps('\ud800'),
        json.dumps(enum.IntEnum('E', 'A').A),
    )
    for text in (
        '',
        '{',
        '[1,]',
        '{"a" 1}',
        "{'a': 1}",
        '[1] x',
        '"\t"',
        '"\\x"',
        '"\\u12"',
        'nul',
        '01',
        '1.',
        '-',
        '{"a":1,}',
        '[1 2]',
        '\ufeff[]',
        '"abc',
        '{"a":1 "b":2}',
        '[NaN, Infinity, -Infinity]',
        '1e999',
        '"\\ud83d\\ude00 \\ud83d"',
        ' \n{"a" : [ 1 , 2 ] } ',
        '{"a": 1, "a": 2}',
        '123456789012345678901234567890',
        '-0',
        '-0.0',
        '1E5',
    ):
        yield text, attempt(json.loads, text)
    error = None
    try:
        json.loads('{"a": 1,\n "b": }')
    except json.JSONDecodeError as caught:
        error = caught
    yield (
        error.msg,
        error.pos,
        error.lineno,
        error.colno,
        error.doc,
        json.loads(b'\xff\xfe1\x00'),
        json.loads('[1.1]', parse_float=str),
        json.loads('{"a": 1}', object_pairs_hook=list),
    )
    yield (
        json.loads('{"x": {"y": 1}}', object_hook=sorted),
        attempt(json.loads, None),
        attempt(json.loads, 5),
        list(json.JSONEncoder().iterencode([1, {'a': 2}])),
        json.loads('[NaN]', parse_constant=lambda name: name),
    )

    class Point:
        pass

    yield (
        attempt(json.dumps, Point()).split(' object')[0][-40:],
        json.dumps(collections.OrderedDict(b=1, a=2)),
        json.dumps(collections.namedtuple('N', 'a b')(1, 2)),
        attempt(json.dump, {'a': 1}, None).split(':')[0],
    )


class _Plain:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None


class _Reduced(_Plain):
    def __reduce__(self):
        return (_Reduced, (self.value * 2,))


class _State(_Plain):
    __slots__ = ('extra',)

    def __getstate__(self):
        return {'value': self.value, 'more': 1}

    def __setstate__(self, state):
        self.value = state['more'] + 1


class _Colour(enum.Enum):
    RED = 1


def case_pickle_and_copy():
    values = [
        1,
        -(2**100),
        1.5,
        'é',
        b'x',
        None,
        (1, (2,)),
        [1, [2]],
        {'a': {1}},
        frozenset([1]),
        3 + 4j,
        range(5),
        slice(1, 2),
        bytearray(b'q'),
        _Plain(5),
        _Colour.RED,
        collections.OrderedDict(a=1),
        collections.Counter('aab'),
        collections.deque([1], 5),
        collections.defaultdict(list, a=[1]),
        array.array('i', [1, 2]),
        len,
        ValueError('x'),
    ]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        back = [pickle.loads(pickle.dumps(value, protocol)) for value in values]
        yield (
            [repr(a) for a, b in zip(values, back, strict=True) if a != b and not isinstance(a, ValueError)],
            str(back[-1]),
        )
    yield (
        pickle.dumps([1, 'a'], 0),
        pickle.dumps({'a': (1, None)}, 2),
        pickle.dumps('x', 4),
        pickle.dumps(1.5, 5),
        pickle.loads(pickle.dumps(_Reduced(2))).value,
        pickle.loads(pickle.dumps(_State(2))).value,
    )
    yield (
        attempt(pickle.dumps, lambda: 1).split(':')[0],
        attempt(pickle.loads, b''),
        attempt(pickle.loads, b'x'),
        attempt(pickle.loads, b'cnope\nthing\n.'),
    )
    shared = [1]
    pair = pickle.loads(pickle.dumps([shared, shared]))
    deep, flat = copy.deepcopy([shared, shared]), copy.copy([shared])
    yield (
        pair[0] is pair[1],
        deep[0] is deep[1],
        deep[0] is shared,
        flat[0] is shared,
        copy.copy(_Plain(1)) == _Plain(1),
        copy.deepcopy({'a': _Plain([1])})['a'].value,
    )
    yield (
        ast.literal_eval("{'a': [1, -2.5, (True, None)], 'b': b'x', 'c': {1}}"),
        attempt(ast.literal_eval, 'f()'),
        attempt(ast.literal_eval, '1 +'),
        pickle.format_version,
    )


def _refused(function, *arguments):
    try:
        function(*arguments)
    except struct.error:
        return True
    return False


def case_bytes():
    yield (
        struct.pack('<IHb?f', 1, 2, -3, True, 1.5),
        struct.unpack('>d4sxQ', struct.pack('>d4sxQ', 2.5, b'ab', 7)),
        struct.calcsize('@bi'),
        struct.calcsize('=bi'),
        list(struct.iter_unpack('<H', b'\x01\x00\x02\x00')),
        struct.pack('3s5p', b'abcd', b'xyz'),
        struct.pack('e', 1.5),
    )
    for form, value in (
        ('<B', 256),
        ('<b', -129),
        ('<I', -1),
        ('<i', 1.5),
        ('<c', b'ab'),
        ('<s', 'x'),
        ('<z', 1),
        ('<H', 'a'),
    ):
        yield _refused(struct.pack, form, value)
    yield (
        _refused(struct.unpack, '<I', b'abc'),
        _refused(struct.pack, '<II', 1),
        struct.unpack_from('<H', b'xx\x05\x00', 2),
        struct.Struct('<hh').size,
    )
    yield (
        base64.b64encode(b'\x00\xff~'),
        base64.urlsafe_b64encode(b'\xfb\xff'),
        base64.b64decode('AP9+'),
        attempt(base64.b64decode, 'abc'),
        attempt(base64.b64decode, 'a$b=', validate=True),
        base64.b32encode(b'hi'),
        base64.b16decode('6869'),
        base64.b85encode(b'hello'),
        base64.a85encode(b'hello'),
        base64.encodebytes(b'x' * 60),
    )
    yield (
        binascii.hexlify(b'ab', '-'),
        attempt(binascii.unhexlify, 'abc'),
        [kind(binascii.hexlify, wrong) for wrong in ('ab', [97, 98], 3)],
        [kind(binascii.a2b_base64, wrong) for wrong in ('é', [97], 4)],
        attempt(binascii.hexlify, memoryview(b'abcdef')[::2]),
        binascii.crc32(b'abc'),
        binascii.crc_hqx(b'abc', 0),
        binascii.b2a_qp('é=x\n'.encode()),
        binascii.a2b_uu(b'#86)C\n'),
        zlib.adler32(b'abc'),
        binascii.b2a_base64(b'x', newline=False),
    )


def case_configuration():
    parser = configparser.ConfigParser()
    parser.read_string(
        '[DEFAULT]\nhome = /srv\n[web]\nport = 80\npath = %(home)s/www\nflag = yes\nlong = a\n  b\n; no\nempty =\n[none]\n'
    )
    yield (
        parser.sections(),
        dict(parser['web']),
        parser.getint('web', 'port'),
        parser['web'].getboolean('flag'),
        parser.get('web', 'no', fallback='-'),
        parser.has_option('none', 'home'),
        parser['web']['PORT'],
    )
    for call in (
        lambda: parser.get('web', 'no'),
        lambda: parser['no'],
        lambda: parser.getint('web', 'path'),
        lambda: parser.getboolean('web', 'port'),
        lambda: parser.read_string('x=1'),
        lambda: parser.read_string('[a]\nb=1\nb=2'),
        lambda: parser.read_string('[a]\n[a]'),
        lambda: parser.add_section('web'),
        lambda: parser.read_string('[a]\nnovalue'),
    ):
        yield attempt(call)
    out = io.StringIO()
    parser.set('web', 'x', '1')
    parser.write(out)
    yield (
        out.getvalue(),
        configparser.ConfigParser(allow_no_value=True, interpolation=None, delimiters='='),
        parser.items('web', raw=True),
        parser.remove_option('web', 'x'),
    )
    yield (
        tomllib.loads(
            'a = 1\nb = [1.5, "x"]\n[t.u]\nd = 2024-02-29T10:00:00Z\nm = """\nq"""\n[[l]]\nx = 0x1F\n[[l]]\ny = inf'
        ),
        attempt(tomllib.loads, 'a ='),
        attempt(tomllib.loads, 'a = 1\na = 2'),
    )
    plist = plistlib.dumps({'a': 1, 'b': [True, b'x', 1.5], 'c': 'é'})
    yield plist, plistlib.loads(plist), plistlib.loads(plistlib.dumps({'a': [1, 'x']}, fmt=plistlib.FMT_BINARY))
    yield (
        pprint.pformat({'b': list(range(30)), 'a': {'x': 'y' * 60, 'z': ('w' * 40,)}}),
        pprint.pformat('word ' * 30, width=40),
        pprint.pformat([1, [2, [3, [4]]]], depth=2),
        pprint.pformat({'b': 1, 'a': 2}, sort_dicts=False),
        pprint.saferepr({'a': 1}),
        reprlib.repr(list(range(20))),
    )
