# ruff: noqa: E501, S102, SIM115, PTH
"""What command lines, databases and languages of the world need."""

import argparse
import binascii
import cmd
import code
import codecs
import colorsys
import contextlib
import encodings
import errno
import gc
import getopt
import gettext
import graphlib
import gzip
import io
import locale
import math
import optparse
import os
import platform
import runpy
import signal
import sqlite3
import ssl
import string
import stringprep
import struct
import sys
import sysconfig
import time
import timeit
import tokenize
import types
import unittest
import zipimport
import zlib

from runner import kind as attempt


def case_arguments():
    parser = argparse.ArgumentParser(prog='tool', description='Does it.', epilog='End.')
    parser.add_argument('file', nargs='+', help='what to read')
    parser.add_argument('-n', '--number', type=int, default=3, metavar='N', help='how many (default: %(default)s)')
    parser.add_argument('--flag', action=argparse.BooleanOptionalAction)
    parser.add_argument('-v', action='count', default=0)
    parser.add_argument('--kind', choices=['a', 'b'])
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--one', action='store_true')
    group.add_argument('--two', action='store_const', const=5)
    yield (
        parser.format_help(),
        parser.format_usage(),
        parser.parse_args(['x', 'y', '-n', '5', '-vv', '--flag', '--two']),
        parser.parse_known_args(['x', '--zzz']),
    )
    for words in ([], ['x', '-n', 'q'], ['x', '--one', '--two'], ['x', '--nope'], ['--help']):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                parser.parse_args(words)
            except SystemExit as end:
                yield words, end.code, out.getvalue()[:30], err.getvalue()
    main = argparse.ArgumentParser(prog='m', exit_on_error=False)
    commands = main.add_subparsers(dest='command', required=True)
    add = commands.add_parser('add', help='adds')
    add.add_argument('--to', action='append')
    add.set_defaults(run=5)
    yield (
        main.parse_args(['add', '--to=a', '--to', 'b']),
        main.format_help(),
        argparse.Namespace(a=1),
        vars(main.parse_args(['add'])),
        attempt(add.add_argument, '--to'),
    )
    yield (
        getopt.getopt(['-a', '1', '--long=x', 'rest'], 'a:', ['long=']),
        attempt(getopt.getopt, ['-z'], 'a'),
        getopt.gnu_getopt(['x', '-a'], 'a'),
    )
    options = optparse.OptionParser(prog='o')
    options.add_option('-q', type='int', dest='quiet', default=1)
    yield options.parse_args(['-q', '5', 'z']), options.format_help()


def case_databases():
    with contextlib.closing(sqlite3.connect(':memory:')) as base:
        base.row_factory = sqlite3.Row
        base.executescript(
            'create table t(id integer primary key, name text unique, price real, data blob, at timestamp); create index i on t(name);'
        )
        with base:
            base.executemany(
                'insert into t(name, price, data) values(?, ?, ?)', [('a', 1.5, b'\x00'), ('é', None, None)]
            )
        row = base.execute('select * from t where name = :n', {'n': 'a'}).fetchone()
        yield (
            dict(row),
            row['NAME'],
            row[1:3],
            row.keys(),
            tuple(row),
            attempt(lambda: row['zz']),
            base.total_changes,
            base.in_transaction,
        )
        for statement, values in (
            ('select', ()),
            ('select * from no', ()),
            ("insert into t(name) values('a')", ()),
            ('select ?', ()),
            ('select ?', (1, 2)),
            ('select :x', {}),
            ('select ?', (object,)),
            ('select 1; select 2', ()),
        ):
            yield statement, attempt(base.execute, statement, values)
        base.create_function('double', 1, lambda value: value * 2, deterministic=True)
        base.create_collation('backwards', lambda a, b: (a < b) - (a > b))

        class Longest:
            def __init__(self):
                self.best = ''

            def step(self, value):
                self.best = max(self.best, value, key=len)

            def finalize(self):
                return self.best

        base.create_aggregate('longest', 1, Longest)
        yield (
            tuple(base.execute('select double(5), longest(name), count(*) from t').fetchone()),
            [r[0] for r in base.execute('select name from t order by name collate backwards')],
            attempt(base.execute, 'select double()'),
            attempt(lambda: base.execute("select double('x') + double(null)").fetchone()),
        )
        cursor = base.execute('select id, name from t')
        yield (
            cursor.description,
            cursor.fetchmany(1)[0][1],
            cursor.fetchall()[0][1],
            cursor.fetchone(),
            cursor.rowcount,
            cursor.lastrowid,
            base.execute("insert into t(name) values('z') returning id").fetchone()[0],
            base.execute('update t set price = 1').rowcount,
            base.rollback(),
            base.execute('select count(*) from t').fetchone()[0],
        )
        try:
            with base:
                base.execute("insert into t(name) values('gone')")
                raise ValueError
        except ValueError:
            yield base.execute("select count(*) from t where name = 'gone'").fetchone()[0]
        yield (
            list(base.iterdump())[:3],
            sqlite3.adapters != {},
            base.execute(
                'select date(0, "unixepoch"), json_extract(\'{"a":[1]}\', "$.a[0]"), typeof(?), ? is null', (1.0, None)
            ).fetchone()[:],
            sqlite3.complete_statement('select 1;'),
            sqlite3.paramstyle,
        )
    yield attempt(base.execute, 'select 1'), issubclass(sqlite3.IntegrityError, sqlite3.DatabaseError)


def case_languages():
    yield (
        locale.setlocale(locale.LC_ALL, 'C'),
        locale.localeconv()['decimal_point'],
        locale.format_string('%.2f', 1234.5, grouping=True),
        locale.atof('1.5'),
        locale.normalize('de_de.utf8'),
        locale.strcoll('a', 'b') < 0,
        locale.strxfrm('a'),
        locale.str(1.5),
        locale.getlocale(locale.LC_NUMERIC),
    )
    yield (
        gettext.gettext('x'),
        gettext.ngettext('one', 'many', 2),
        attempt(gettext.translation, 'no'),
        gettext.NullTranslations().gettext('y'),
        gettext.c2py('n != 1')(5),
    )
    yield (
        codecs.encode('abc', 'rot13'),
        codecs.getincrementaldecoder('utf-8')().decode(b'\xc3'),
        codecs.BOM_UTF8,
        attempt(codecs.lookup, 'nope'),
        codecs.decode(b'\x80', 'cp1252'),
        'é'.encode('cp437'),
        'ж'.encode('koi8-r'),
        '中'.encode('gbk'),
        '日'.encode('shift_jis'),
        '한'.encode('euc-kr'),
        '中'.encode('big5'),
        'é'.encode('utf-7'),
        'é'.encode('utf-16-be'),
        'é'.encode('utf-32-le'),
        'bücher'.encode('idna'),
        codecs.escape_decode(b'a\\n'),
        'é\n'.encode('unicode_escape'),
        b'\\u00e9'.decode('unicode_escape'),
        codecs.encode(b'a', 'hex'),
        codecs.encode(b'aaa', 'zlib')[:2],
        'é'.encode('mac-roman'),
        b'\xa4'.decode('iso8859-15'),
        encodings.normalize_encoding('a b'),
        '日本'.encode('iso2022_jp'),
        attempt('é'.encode, 'cp1251'),
        'x'.encode('cp037'),
    )
    codecs.register_error('everyday', lambda error: ('?!', error.end))
    yield (
        'aé'.encode('ascii', 'everyday'),
        codecs.open.__name__,
        io.TextIOWrapper(io.BytesIO('é'.encode('cp1252')), 'cp1252').read(),
        stringprep.in_table_b1('\u00ad'),
        codecs.lookup_error('strict').__name__,
        b'\xed\xa0\x80'.decode('utf-8', 'surrogatepass') == '\ud800',
        attempt(b'\xed\xa0\x80'.decode, 'utf-8'),
        attempt('\ud800'.encode, 'utf-8'),
        ''.join(codecs.iterdecode([b'\xc3', b'\xa9'], 'utf-8')),
    )


def case_systems():
    yield (
        platform.system(),
        platform.machine() != '',
        os.sep,
        os.linesep,
        os.name,
        sys.platform,
        os.environ.get('HOME', '') != '',
        os.environ.get('NO_SUCH', 'd'),
        attempt(lambda: os.environ['NO_SUCH']),
        os.environ.setdefault('EVERYDAY', 'x'),
        os.getenv('EVERYDAY'),
        os.environ.pop('EVERYDAY'),
        attempt(os.putenv, 5, 'x'),
        callable(os.getlogin),
        os.geteuid() >= 0,
        os.path.expanduser('~') != '~',
        sysconfig.get_python_version(),
        isinstance(sys.argv, list),
        sys.stdin is None or sys.stdin.read(),
        platform.python_version_tuple()[:2],
        sys.flags.optimize,
    )
    yield (
        [round(v, 3) for v in colorsys.rgb_to_hls(0.2, 0.4, 0.4)],
        list(graphlib.TopologicalSorter({'a': ['b'], 'b': ['c']}).static_order()),
        attempt(list, graphlib.TopologicalSorter({'a': ['b'], 'b': ['a']}).static_order()),
        timeit.timeit('1', number=1) >= 0,
        [t.string for t in tokenize.generate_tokens(io.StringIO('a = 1 # c\n').readline)][:4],
        attempt(input, ''),
        zipimport.zipimporter.__name__,
        attempt(runpy.run_module, 'this_is_no_module'),
    )

    class Shell(cmd.Cmd):
        def do_hi(self, rest):
            """Says hi."""
            print('hi', rest, file=self.stdout)

    out = io.StringIO()
    shell = Shell(stdout=out)
    yield (
        shell.onecmd('hi there'),
        shell.onecmd('help hi'),
        shell.onecmd('nope'),
        out.getvalue(),
        code.compile_command('x = 1') is not None,
        code.compile_command('if x:'),
        attempt(code.compile_command, '1 +*'),
    )
    module = types.ModuleType('made')
    exec('x = 5\ndef f(): return x', module.__dict__)
    sys.modules['made_here'] = module
    import made_here

    yield (
        made_here.f(),
        sys.modules.pop('made_here').__name__,
        attempt(exec, 'import no_such_module_x'),
        attempt(exec, 'from os import no_such_name'),
        attempt(exec, 'import os.nope'),
        attempt(exec, 'from . import x'),
        string.hexdigits,
    )

    class Case(unittest.TestCase):
        def test_good(self):
            self.assertEqual(1, 1)

        def test_bad(self):
            self.assertEqual([1, 2], [1, 3])

        @unittest.skip('later')
        def test_skipped(self): ...

        @unittest.expectedFailure
        def test_expected(self):
            self.fail('x')

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Case).run(result)
    yield (
        len(result.failures),
        result.skipped[0][1],
        len(result.expectedFailures),
        result.failures[0][1].splitlines()[-1:],
        'First differing element 1' in result.failures[0][1],
    )


def case_less_common_names():
    yield (
        round(math.cbrt(27), 12),
        math.cbrt(-8.0),
        math.exp2(3),
        signal.strsignal(9),
        attempt(signal.strsignal, 0),
        time.clock_gettime(time.CLOCK_MONOTONIC) > 0,
        time.clock_gettime_ns(time.CLOCK_REALTIME) > 10**18,
    )
    yield (
        binascii.b2a_uu(b'hello world'),
        binascii.a2b_uu(b'+:&5L;&\\@=V]R;&0 \n'),
        binascii.b2a_qp('é=x'.encode()),
        binascii.a2b_qp(b'=C3=A9=3Dx'),
        codecs.encode(b'hi', 'uu'),
        codecs.decode(b'=E9', 'quopri'),
    )
    yield (
        list(struct.iter_unpack('<H', b'\x01\x00\x02\x00')),
        issubclass(struct.error, Exception),
        errno.ENOTSUP,
        gc.get_threshold()[0] > 0,
        gc.freeze(),
        os.major(os.makedev(8, 1)),
        callable(help),
        len(os.times()),
        ssl.OP_NO_COMPRESSION > 0,
    )
    whole = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = whole.compress(b'one ') + whole.copy().flush()
    yield (
        gzip.decompress(data),
        gzip.decompress(gzip.compress(b'abc' * 50, mtime=0)),
        gzip.compress(b'abc', mtime=0)[:10],
    )


def case_forgotten_files():
    with open('forgotten.txt', 'w') as file:
        file.write('x')
    yield sum(len(open('forgotten.txt').read()) for _ in range(1500)), os.remove('forgotten.txt')
