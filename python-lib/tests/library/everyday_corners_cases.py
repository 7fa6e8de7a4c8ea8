# ruff: noqa: F821, PLW1641, PIE796, UP014, UP031
"""Corners of modules that many scripts use: data classes, enumerations, types, patterns, tasks, templates, numbers"""

import argparse
import asyncio
import collections
import contextlib
import copy
import dataclasses
import datetime
import decimal
import difflib
import email.message
import email.policy
import enum
import fractions
import functools
import heapq
import inspect
import io
import itertools
import logging
import logging.config
import operator
import pathlib
import pprint
import re
import shlex
import statistics
import string
import struct
import tempfile
import textwrap
import types
import typing
import zipfile

from runner import attempt, kind


@dataclasses.dataclass(order=True, slots=True)
class _Point:
    x: int
    y: int = dataclasses.field(default=0, compare=False)
    tags: list = dataclasses.field(default_factory=list, repr=False)
    total: int = dataclasses.field(init=False)
    scale: dataclasses.InitVar[int] = 1

    def __post_init__(self, scale):
        self.total = (self.x + self.y) * scale


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Frozen:
    a: int
    b: str = 'x'


def _error(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        return error


def case_dataclasses():
    point = _Point(1, 2, scale=3)
    yield point, point.total, point == _Point(1, 5), point < _Point(2), dataclasses.astuple(point)
    yield dataclasses.asdict(point), [f.name for f in dataclasses.fields(point)]
    yield kind(setattr, point, 'z', 1), attempt(dataclasses.replace, point, x=4, scale=1)
    frozen = _Frozen(a=1)
    yield frozen, hash(frozen) == hash(_Frozen(a=1)), kind(setattr, frozen, 'a', 2), attempt(_Frozen, 1)
    made = dataclasses.make_dataclass(
        'Made', [('a', int), ('b', str, 'q')], namespace={'both': lambda self: (self.a, self.b)}
    )
    yield made(1), made(1).both(), made.__match_args__, dataclasses.is_dataclass(made), kind(made)
    yield attempt(dataclasses.dataclass, type('Bad', (), {'__annotations__': {'a': list}, 'a': []}))


class _Color(enum.Enum):
    RED = 1
    GREEN = enum.auto()
    CRIMSON = 1

    @property
    def shown(self):
        return self.name.title()


class _Rights(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    BOTH = READ | WRITE


class _Level(enum.IntEnum):
    LOW = 1
    HIGH = 5


class _Name(enum.StrEnum):
    FIRST = enum.auto()


def case_enumerations():
    yield list(_Color), _Color(1), _Color['CRIMSON'], _Color.RED.shown, repr(_Color.GREEN), _Color.__members__.keys()
    yield attempt(_Color, 9), attempt(lambda: _Color['NONE']), kind(setattr, _Color, 'RED', 2), _Color.RED in _Color
    yield (
        _Rights.READ | _Rights.WRITE,
        _Rights(0),
        ~_Rights.READ,
        list(_Rights.BOTH),
        _Rights.READ in _Rights.BOTH,
        attempt(_Rights, 8),
    )
    yield _Level.LOW < _Level.HIGH, f'{_Level.LOW}', str(_Level.HIGH), _Level.LOW + 1, repr(_Level(5))
    yield _Name.FIRST, f'{_Name.FIRST:>8}', _Name('first') is _Name.FIRST
    made = enum.Enum('Made', ['A', 'B'], start=5)
    yield list(made), made.A.value, copy.deepcopy(made.A) is made.A
    yield kind(enum.unique, _Color), enum.Enum('X', {'p': 1, 'q': 2})['q']


def case_types():
    yield (
        typing.get_type_hints(_Point),
        typing.get_origin(dict[str, int]),
        typing.get_args(typing.Union[int, None, str]),
    )
    yield typing.Optional[int], int | None, typing.Literal['a', 1], typing.Callable[[int], str], list[int] | None

    class Movie(typing.TypedDict, total=False):
        name: typing.Required[str]
        year: int

    yield Movie(name='x'), Movie.__required_keys__, Movie.__optional_keys__
    pair = typing.NamedTuple('Pair', [('a', int), ('b', str)])
    yield pair(1, 'x'), pair(1, 'x')._replace(b='y'), pair._fields, pair.__annotations__
    yield isinstance(3, int | str), kind(isinstance, 3, list[int]), typing.cast(int, 'x')

    @typing.runtime_checkable
    class Closes(typing.Protocol):
        def close(self): ...

    yield isinstance(io.StringIO(), Closes), isinstance(3, Closes)
    yield str(inspect.signature(_Point)), str(inspect.signature(lambda a, /, b=3, *c, d=(), **e: None))
    yield (
        types.SimpleNamespace(a=1, b=[2]),
        types.MappingProxyType({'a': 1}),
        kind(operator.setitem, types.MappingProxyType({}), 1, 2),
    )


def case_patterns():
    yield (
        re.findall(r'(?P<a>\w)(?P<b>\d)?', 'a1b c3'),
        re.split(r'(,)\s*', 'a, b,c', maxsplit=1),
        re.subn('x*', '-', 'abxd'),
    )
    yield (
        re.sub(r'(?P<w>\w+)', r'<\g<w>\g<1>>', 'ab cd'),
        re.sub('a', lambda m: m.group().upper() * 2, 'banana', count=2),
    )
    match = re.match(r'(\d+)(?:-(\d+))?(?P<rest>.*)', '12 tail')
    yield (
        match.groups(),
        match.groups('none'),
        match.groupdict(),
        match.span('rest'),
        match.lastgroup,
        match.expand(r'\1!'),
    )
    yield (
        re.fullmatch(r'(?i:ab)c', 'ABc') is not None,
        re.search(r'(?<!a)b', 'ab b').start(),
        re.search(r'(?<=a)b', 'cb ab').start(),
    )
    yield (
        re.findall(r'(?m)^\w', 'ab\ncd\n'),
        re.findall(r'(?s)a.b', 'a\nb'),
        re.findall(r'(?x) a # comment\n \d', 'a1 a2'),
    )
    yield re.findall(r'(a)?b(?(1)c|d)', 'abc bd ab'), re.escape('a.b*c-d e'), re.findall(r'\bfoo\b', 'foo food foo')
    yield (
        re.findall(r'(?>a+)b', 'aab'),
        re.findall(r'a++b', 'aab'),
        re.findall(r'[^\W\d_]+', 'añb1_ç'),
        re.findall(r'\s', '\x1c\u2003\xa0'),
    )
    yield (
        attempt(re.compile, '(a'),
        attempt(re.compile, '*a'),
        attempt(re.compile, '[b-a]'),
        attempt(re.compile, r'(?P<n>a)(?P<n>b)'),
    )
    yield re.compile(r'a|b', re.I | re.M), re.compile(b'\\d+').findall(b'a12b3'), kind(re.match, 'a', b'a')
    yield (
        [m.span() for m in re.finditer('', 'ab')],
        re.split('', 'abc'),
        re.split(r'\b', 'a b'),
        re.sub(r'\d(?=(\d{3})+$)', r'\g<0>,', '1234567'),
    )
    yield attempt(re.sub, 'a', r'\q', 'a'), attempt(re.sub, '(a)', r'\2', 'a')


def case_tasks():
    async def slow(value, wait=0.0):
        await asyncio.sleep(wait)
        if value is None:
            raise ValueError('no value')
        return value

    async def main():
        seen = [await asyncio.gather(slow(1), slow(None), slow(3), return_exceptions=True)]
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(slow(None))
                group.create_task(slow(2, 60))
        except ExceptionGroup as failed:
            seen.append((failed.message, failed.exceptions))
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        except TimeoutError as late:
            seen.append(repr(late))
        queue = asyncio.Queue(maxsize=1)

        async def fill():
            for n in range(3):
                await queue.put(n)
            await queue.put(None)

        filling = asyncio.create_task(fill(), name='filling')
        while (got := await queue.get()) is not None:
            seen.append(got)
        await filling
        seen.append((filling.get_name(), filling.done(), filling.result()))
        lock, order = asyncio.Lock(), []

        async def locked(n):
            async with lock:
                order.append(n)
                await asyncio.sleep(0)
                order.append(n)

        await asyncio.gather(*map(locked, range(3)))
        seen.append(order)
        task = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel('enough')
        try:
            await task
        except asyncio.CancelledError as cancelled:
            seen.append((task.cancelled(), cancelled.args))
        done, waiting = await asyncio.wait(
            [asyncio.create_task(slow(5)), asyncio.create_task(slow(6, 60))], return_when=asyncio.FIRST_COMPLETED
        )
        seen.append(({t.result() for t in done}, len(waiting)))
        for t in waiting:
            t.cancel()
        seen.append(await asyncio.to_thread(sum, [1, 2]))
        seen.append([await first for first in asyncio.as_completed([slow(1, 0.05), slow(2)])])

        async def numbers():
            for n in range(3):
                yield n

        seen.append([n async for n in numbers() if n])
        event = asyncio.Event()
        asyncio.get_running_loop().call_later(0.01, event.set)
        seen.append(await asyncio.wait_for(event.wait(), 5))
        return seen

    yield from asyncio.run(main())
    yield kind(asyncio.get_running_loop), kind(asyncio.run, 3)


def case_command_lines():
    parser = argparse.ArgumentParser('tool', description='Does things.', epilog='The end.', exit_on_error=False)
    parser.add_argument('files', nargs='+', type=pathlib.PurePosixPath, help='what to read')
    parser.add_argument('-n', '--number', type=int, default=3, metavar='N', help='how many (default: %(default)s)')
    parser.add_argument('-v', action='count', default=0)
    parser.add_argument('--flag', action=argparse.BooleanOptionalAction)
    parser.add_argument('--mode', choices=['a', 'b'])
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--on', dest='state', action='store_const', const=1)
    group.add_argument('--off', dest='state', action='store_const', const=0)
    yield parser.parse_args(['x', 'y', '-n', '4', '-vv', '--no-flag', '--on']), parser.format_usage()
    yield parser.format_help()
    yield attempt(parser.parse_args, ['x', '-n', 'z']), kind(parser.parse_args, ['x', '--mode', 'c'])
    commands = argparse.ArgumentParser('tool')
    chosen = commands.add_subparsers(dest='command', required=True)
    chosen.add_parser('get', aliases=['g']).add_argument('key')
    yield commands.parse_args(['g', 'k']), commands.parse_known_args(['get', 'k', '--other'])
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.suppress(SystemExit):
        commands.parse_args([])
    yield said.getvalue()


def case_logs():
    stream = io.StringIO()
    settings = {
        'version': 1,
        'disable_existing_loggers': False,
        'formatters': {'short': {'format': '{levelname:<8}|{name}|{message}', 'style': '{'}},
        'filters': {'odd': {'()': lambda: lambda record: 'even' not in record.getMessage()}},
        'handlers': {
            'out': {'class': 'logging.StreamHandler', 'formatter': 'short', 'stream': stream, 'filters': ['odd']}
        },
        'loggers': {'corner': {'handlers': ['out'], 'level': 'INFO', 'propagate': False}},
    }
    logging.config.dictConfig(settings)
    log = logging.getLogger('corner.sub')
    log.debug('not shown')
    log.info('one %s %d', 'text', 2)
    log.warning('even')
    log.log(25, 'between %(a)s', {'a': 1})
    try:
        raise KeyError('k')
    except KeyError:
        log.exception('failed', stack_info=False)
    adapter = logging.LoggerAdapter(log, {'who': 'me'})
    adapter.error('adapted')
    lines = stream.getvalue().splitlines()
    yield (
        lines[:4],
        lines[-2:],
        log.getEffectiveLevel(),
        logging.getLevelName(25),
        logging.getLevelNamesMapping()['WARN'],
    )
    yield (
        kind(logging.config.dictConfig, {'version': 2}),
        log.hasHandlers(),
        log.isEnabledFor(10),
        log.getChild('x').name,
    )


def case_files_and_paths():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / 'a' / 'b').mkdir(parents=True)
        (root / 'a' / 'x.tar.gz').write_text('hé\n', encoding='utf-8')
        (root / 'a' / 'b' / 'y.txt').write_bytes(b'1\r\n2\n')
        yield sorted(str(p.relative_to(root)) for p in root.rglob('*')), [p.name for p in sorted(root.glob('**/*.txt'))]
        path = root / 'a' / 'x.tar.gz'
        yield (
            path.suffixes,
            path.stem,
            path.with_suffix('.zip').name,
            path.with_stem('z').name,
            path.match('*.gz'),
            path.is_relative_to(root),
        )
        yield (
            (root / 'a' / 'b' / 'y.txt').read_text(),
            path.stat().st_size,
            kind((root / 'none').read_text),
            kind((root / 'a').rmdir),
        )
        yield sorted((p.relative_to(root).as_posix(), sorted(d), sorted(f)) for p, d, f in root.walk())
        (root / 'q').touch(exist_ok=False)
        yield (
            kind((root / 'q').touch, exist_ok=False),
            (root / 'q').rename(root / 'r').name,
            (root / 'q').exists(),
            (root / 'r').unlink(),
        )
        with zipfile.ZipFile(root / 'z.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr('in/a.txt', 'text' * 100)
            archive.write(path, 'x')
            archive.mkdir('empty')
        with zipfile.ZipFile(root / 'z.zip') as archive:
            yield (
                archive.namelist(),
                archive.testzip(),
                archive.getinfo('in/a.txt').file_size,
                archive.read('x'),
                kind(archive.read, 'no'),
            )
            yield (
                zipfile.Path(archive, 'in/').joinpath('a.txt').read_text()[:8],
                [p.name for p in zipfile.Path(archive).iterdir()],
            )
    pure = pathlib.PurePosixPath('/a/../b/./c.txt')
    yield (
        pure,
        pure.parts,
        pure.parents[1],
        pathlib.PureWindowsPath('C:/a\\b').parts,
        pure / '/x',
        kind(pure.relative_to, '/q'),
        pure.as_uri(),
    )
    yield pathlib.PurePosixPath('/a/b').relative_to('/a/c', walk_up=True), pathlib.PurePath('a') < pathlib.PurePath('b')


def case_texts():
    yield (
        textwrap.fill('The quick brown fox-trot jumped  over the lazy dog', 20, subsequent_indent='  '),
        textwrap.shorten('a long text that is cut', 14),
    )
    yield textwrap.dedent('  a\n    b\n\n  c'), textwrap.indent('a\n\nb', '> '), textwrap.wrap('abcdefghij klm', 4)
    yield (
        string.Template('$a ${b} $$ $c').safe_substitute(a=1, b=2),
        kind(string.Template('$x').substitute),
        kind(string.Template('$').substitute),
        string.Template('$a ${b}').get_identifiers(),
    )
    yield (
        list(difflib.unified_diff(['a\n', 'b\n'], ['a\n', 'c\n'], 'old', 'new')),
        difflib.get_close_matches('appel', ['ape', 'apple', 'peach']),
    )
    yield (
        difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio(),
        difflib.SequenceMatcher(None, 'qabxcd', 'abycdf').get_opcodes(),
        list(difflib.ndiff(['one\n'], ['ore\n'])),
    )
    yield shlex.split('a "b c" d\\ e \'f\''), shlex.join(['a b', "c'd"]), kind(shlex.split, '"a')
    yield pprint.pformat({'b': [1] * 30, 'a': {'x': 'y' * 60, 'z': (1,)}}), pprint.pformat(_Point(1))
    yield (
        f'{1234567.891:,.2f}|{255:#x}|{-5:+05d}|{0.1:e}|{"a":^5}|{True!r:>6}|{3:b}|{1e20:g}|{12.5:%}',
        f'{datetime.date(2024, 2, 29):%d.%m.%y}',
        f'{"x" + "y"=}',
    )
    yield '{0!r:>5} {a[k]} {b.real}'.format('x', a={'k': 1}, b=3), '%-5s|%05.1f|%x|%%|%r' % ('a', 2.25, 255, 'q')
    yield (
        'ß'.upper(),
        'İ'.lower(),
        'ǅ'.title(),
        'straße'.casefold(),
        'aXb'.swapcase(),
        'a\tb'.expandtabs(4),
        'x'.zfill(3),
        '-5'.zfill(4),
    )
    yield (
        ['a,b,', 'c'],
        ['a', 'b'],
        'abc'.partition('x'),
        'aXbX'.rpartition('X'),
        'äé'.encode('ascii', 'xmlcharrefreplace'),
        'abc'.translate({97: 'zz', 98: None}),
    )
    yield (
        'TestHook'.removeprefix('Test'),
        'abc'.isidentifier(),
        '²'.isdigit(),
        '²'.isdecimal(),
        '½'.isnumeric(),
        '\u2028'.isspace(),
        'a b'.istitle(),
        ''.join(['x'] * 3),
    )


def case_numbers():
    data = [2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]
    yield (
        statistics.mean(data),
        statistics.median(data),
        statistics.mode(data),
        statistics.stdev(data),
        statistics.quantiles(data),
        statistics.fmean(data, data),
    )
    yield (
        statistics.linear_regression([1, 2, 3], [2, 4, 7]),
        statistics.correlation([1, 2, 3], [1, 3, 2]),
        statistics.harmonic_mean([40, 60]),
        kind(statistics.mean, []),
    )
    yield (
        round(statistics.NormalDist(10, 2).cdf(12), 12),
        statistics.multimode('aabbc'),
        statistics.geometric_mean([1, 4]),
        statistics.pvariance([1, 2, 4]),
    )
    context = decimal.Context(prec=5, rounding=decimal.ROUND_HALF_EVEN)
    yield (
        context.divide(1, 3),
        decimal.Decimal('1.10') + 2,
        decimal.Decimal('2.675').quantize(decimal.Decimal('0.01')),
        decimal.Decimal('0.1'),
    )
    yield (
        decimal.Decimal('1E+3').normalize(),
        f'{decimal.Decimal("1234.5"):,.2f}',
        decimal.Decimal('-0').is_signed(),
        kind(decimal.Decimal, 'x'),
        decimal.Decimal(7) // -2,
        decimal.Decimal(7) % -2,
    )
    yield (
        decimal.Decimal(2).sqrt(),
        decimal.Decimal('NaN').is_nan(),
        decimal.Decimal('123.456').as_tuple(),
        round(decimal.Decimal('2.5')),
        decimal.Decimal('3.14').as_integer_ratio(),
    )
    yield (
        fractions.Fraction('3/4') + fractions.Fraction(0.25),
        fractions.Fraction(3.14159).limit_denominator(100),
        round(fractions.Fraction(7, 2)),
        f'{fractions.Fraction(1, 3):.3f}',
    )
    yield (
        struct.pack('<hIq?2s', -1, 2, 3, True, b'ab'),
        struct.unpack('>f', struct.pack('>f', 1.5)),
        struct.calcsize('@bi'),
        isinstance(_error(struct.pack, 'b', 300), struct.error),
        list(struct.iter_unpack('<H', b'\1\0\2\0')),
    )
    yield (
        7 // -2,
        -7 % 3,
        divmod(-7, 2),
        pow(3, -1, 7),
        round(2.5),
        round(-1.5),
        round(1234, -2),
        (0.1).hex(),
        float.fromhex('0x1.8p1'),
        int('0b101', 0),
        int('z', 36),
        (5).bit_count(),
    )
    yield (
        (255).to_bytes(2, 'little'),
        int.from_bytes(b'\xff', signed=True),
        1e16,
        1e-5,
        123456789012345680.0,
        float('inf'),
        -0.0,
        1e22,
        0.1 + 0.2,
        complex(1, -0.0),
        (1 + 2j) ** 2,
    )


def case_helpers():
    yield (
        list(itertools.batched('abcde', 2)),
        list(itertools.pairwise('abc')),
        [(k, list(g)) for k, g in itertools.groupby('aabca')],
        list(itertools.accumulate([1, 2, 3], operator.mul, initial=2)),
    )
    yield (
        list(itertools.zip_longest('ab', 'c', fillvalue='-')),
        list(itertools.islice(itertools.count(5, 2), 1, 6, 2)),
        list(itertools.product('ab', repeat=2))[1],
        list(itertools.combinations('abc', 2)),
        list(itertools.starmap(pow, [(2, 3)])),
    )
    yield (
        list(itertools.compress('abc', [1, 0, 1])),
        list(itertools.dropwhile(str.isdigit, '1a2')),
        list(itertools.filterfalse(str.isdigit, '1a2')),
        [list(t) for t in itertools.tee('ab')],
        len(list(itertools.permutations(range(4)))),
    )
    calls = []

    @functools.lru_cache(maxsize=2)
    def cached(n):
        calls.append(n)
        return n

    for n in (1, 2, 1, 3, 2):
        cached(n)
    yield calls, cached.cache_info(), cached.__wrapped__(9), functools.reduce(operator.add, [[1], [2]], [])

    @functools.singledispatch
    def shown(value):
        return f'? {value}'

    @shown.register
    def _(value: int | float):
        return f'number {value}'

    @shown.register(list)
    def _(value):
        return [shown(v) for v in value]

    yield (
        shown([1, 'a', 2.5]),
        functools.partial(int, base=2)('101'),
        repr(functools.partial(pow, 2))[:20],
        shown.dispatch(bool) is shown.dispatch(int),
    )

    @functools.total_ordering
    class Size:
        def __init__(self, n):
            self.n = n

        def __eq__(self, other):
            return self.n == other.n

        def __lt__(self, other):
            return self.n < other.n

        @functools.cached_property
        def twice(self):
            calls.append('twice')
            return self.n * 2

    size = Size(2)
    yield (
        size >= Size(1),
        size.twice + size.twice,
        calls.count('twice'),
        sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)),
    )
    seen = []

    @contextlib.contextmanager
    def noted(name):
        seen.append(f'in {name}')
        try:
            yield name
        except ZeroDivisionError:
            seen.append(f'caught {name}')
        finally:
            seen.append(f'out {name}')

    with contextlib.ExitStack() as stack:
        stack.enter_context(noted('a'))
        stack.callback(seen.append, 'callback')
        stack.enter_context(noted('b'))
        1 / 0  # noqa: B018
    yield seen, contextlib.nullcontext(3).__enter__()
    chain = collections.ChainMap({'a': 1}, {'a': 2, 'b': 3})
    counter = collections.Counter('abracadabra')
    yield (
        dict(chain),
        chain.new_child({'b': 0})['b'],
        counter.most_common(2),
        counter - collections.Counter('aab'),
        +collections.Counter(a=-1),
        counter.total(),
    )
    ordered = collections.OrderedDict(a=1, b=2, c=3)
    ordered.move_to_end('a')
    yield (
        ordered,
        ordered.popitem(last=False),
        collections.deque('abc', maxlen=2),
        list(heapq.merge([1, 4], [2, 3])),
        heapq.nsmallest(2, [3, 1, 2]),
        collections.defaultdict(list, a=[1]),
    )
    day = datetime.datetime(2024, 2, 29, 12, 30, 15, 123456, datetime.UTC)
    yield (
        day.isoformat(timespec='milliseconds'),
        day + datetime.timedelta(days=366),
        tuple(day.isocalendar()),
        datetime.datetime.fromisoformat('2024-02-29T12:30:15.5+02:00'),
        day.replace(fold=1).fold,
        str(datetime.timedelta(days=-1, seconds=5)),
    )
    yield (
        datetime.datetime.strptime('29 Feb 2024 05 PM', '%d %b %Y %I %p'),
        datetime.date.fromisocalendar(2024, 9, 4),
        datetime.timedelta(hours=36) / 5,
        kind(datetime.date, 2023, 2, 29),
        datetime.date(2024, 1, 31).strftime('%j %U %a %B'),
        datetime.time.fromisoformat('04:23:01.000384'),
    )
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message['Subject'], message['From'], message['To'] = (
        'Grüße an alle',
        'Ä B <a@example.org>',
        'b@example.org, c@example.org',
    )
    message.set_content('Zeile mit ß\n')
    message.add_attachment(b'\0\1', maintype='application', subtype='octet-stream', filename='ä.bin')
    yield (
        message['To'].addresses,
        message.get_content_type(),
        [part.get_content_type() for part in message.walk()],
        message['Subject'],
        message.get_body().get_content(),
        bytes(message)[:60],
    )
