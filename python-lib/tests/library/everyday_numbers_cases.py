# ruff: noqa: S311, F601
"""Numbers, and what computes with collections."""

import bisect
import cmath
import collections
import decimal
import fractions
import functools
import heapq
import itertools
import math
import operator
import random
import statistics

from runner import kind as attempt

D = decimal.Decimal
F = fractions.Fraction


def case_decimals():
    yield (
        D('1.10') + D('2.205'),
        D(1) / D(7),
        D('1e3'),
        D('1.50').normalize(),
        D('2.675').quantize(D('0.01')),
        D('2.665').quantize(D('0.01'), decimal.ROUND_HALF_UP),
        D(0.1),
        D('NaN'),
        D('-Infinity'),
        D('-0.00'),
    )
    yield (
        D('123456.789').to_eng_string(),
        f'{D("1234567.891"):,.2f}',
        f'{D("0.5"):.0%}',
        D('12.5').as_tuple(),
        D('1.0') == D('1.00'),
        hash(D('1.0')) == hash(1),
        D(3).sqrt(),
        D(2).ln(),
        D(2) ** D('0.5'),
        D(10).log10(),
        D(7) % D(-3),
        D(7) // D(-3),
        round(D('2.5')),
        round(D('2.345'), 2),
        int(D('-2.9')),
    )
    for call in (
        lambda: D('x'),
        lambda: D(1) / 0,
        lambda: D('1') + 1.5,
        lambda: D('sNaN') + 1,
        lambda: D('1e9999999') * 10,
        lambda: D(-1).sqrt(),
        lambda: D(1) < D('NaN'),
        lambda: D((0, (1, 10), 2)),
        lambda: int(D('inf')),
        lambda: D(0) / 0,
        lambda: D(2) ** D('1e10'),
    ):
        yield attempt(call)
    with decimal.localcontext(prec=5, rounding=decimal.ROUND_DOWN) as context:
        yield (
            D(2) / 3,
            +D('1.234567'),
            bool(context.flags[decimal.Inexact]),
            context.divide(D(1), D(3)),
            D(1).next_plus(),
        )
    yield (
        D('3.14').compare(D('3.1')),
        D('1.23').adjusted(),
        D('100').scaleb(-2),
        D('12').fma(2, 3),
        D('1.5').is_signed(),
        D.from_float(0.5),
        D('1_000'),
        max(D(1), D(2)),
        sum([D('0.1')] * 3),
        str(D('1E-10')),
        D('1').copy_sign(D(-2)),
        D('7').remainder_near(4),
        D(' 1 '),
    )


def case_fractions_and_floats():
    yield (
        F(3, -6),
        F('0.125'),
        F(0.5),
        F('1/3') + F(1, 6),
        F(7, 3) // 1,
        F(1, 3) ** 2,
        F(1, 4) ** F(1, 2),
        F(22, 7).limit_denominator(5),
        round(F(7, 2)),
        f'{F(1, 3):.3f}',
        attempt(F, 1, 0),
        attempt(F, 'x'),
        F(1, 3) < 0.34,
        math.floor(F(-1, 2)),
        F(3.14).limit_denominator(100),
    )
    yield (
        0.1 + 0.2,
        1e16 + 1,
        1 / 3,
        2**0.5,
        -7 // 2,
        -7 % 3,
        divmod(-7.5, 2),
        7.0 % -3,
        round(0.5),
        round(1.5),
        round(2.675, 2),
        round(1234, -2),
        float('1_0.5'),
        float('  -inf '),
        1e308 * 10,
        5e-324 / 2,
        (3.0).is_integer(),
        (0.1).as_integer_ratio(),
        (255.5).hex(),
        float.fromhex('0x1.8p1'),
        1e22,
        1e23,
        123456789.123456789,
        0.1 + 0.7,
        100.0,
        1e5,
        1e-5,
    )
    for call in (
        lambda: 1 / 0,
        lambda: 1.0 // 0,
        lambda: 0**-1,
        lambda: int('x'),
        lambda: int('12', 2),
        lambda: int(float('nan')),
        lambda: int('1' * 5000),
        lambda: float('x'),
        lambda: (-8) ** (1 / 3),
        lambda: math.sqrt(-1),
        lambda: math.log(0),
        lambda: math.factorial(-1),
        lambda: math.exp(1000),
        lambda: 1 << -1,
        lambda: math.comb(5, -1),
        lambda: chr(0x110000),
        lambda: ord('ab'),
        lambda: [1] * 'a',
        lambda: 5 @ 5,
    ):
        yield attempt(call)
    yield (
        math.isclose(0.1 + 0.2, 0.3),
        math.fsum([0.1] * 10),
        math.gcd(12, 18, 27),
        math.lcm(4, 6),
        math.comb(10, 3),
        math.perm(5, 2),
        math.isqrt(99),
        math.prod([1, 2, 3]),
        math.dist((0, 0), (3, 4)),
        math.hypot(1, 2, 2),
        math.trunc(-2.5),
        math.ceil(2.1),
        math.modf(-2.5),
        math.frexp(8),
        math.copysign(1, -0.0),
        math.degrees(math.pi),
        math.nextafter(1, 2),
        math.ulp(1),
        math.remainder(7, 4),
        math.log(8, 2),
        math.log2(1024),
        round(math.cbrt(27), 12),
        math.exp2(3),
        math.sumprod([1, 2], [3, 4]),
    )
    yield (
        int('0x1F', 16),
        int('0b101', 0),
        int(' -1_000 '),
        bin(-10),
        hex(255),
        oct(8),
        (1000).bit_length(),
        (7).bit_count(),
        ~5,
        5 ^ 3,
        -5 >> 1,
        2**100,
        pow(3, -1, 7),
        pow(2, 100, 7),
        int.from_bytes(b'\x01\x00', 'big'),
        complex('1+2j'),
        (3 + 4j).conjugate(),
        abs(3 + 4j),
        repr(-0j),
        1j**2,
        True + True,
        round(-2.5),
        int(1e20),
        10**18 // 7,
    )
    yield (
        cmath.sqrt(-1),
        cmath.phase(-1),
        cmath.polar(1j),
        cmath.exp(1j * math.pi),
        cmath.isclose(1, 1 + 1e-12),
        cmath.rect(1, 0),
        cmath.log(-1),
        attempt(cmath.log, 0),
    )


def case_statistics():
    data = [1, 2, 2, 3.5, 4, 7]
    yield (
        statistics.mean(data),
        statistics.median(data),
        statistics.mode('aabbb'),
        statistics.multimode('aabb'),
        statistics.stdev(data),
        statistics.pvariance(data),
        statistics.quantiles(data, n=4),
        statistics.harmonic_mean([40, 60]),
        statistics.geometric_mean([1, 4]),
        statistics.fmean(data, [1, 1, 1, 1, 1, 2]),
    )
    yield (
        statistics.correlation([1, 2, 3], [2, 4, 7]),
        statistics.linear_regression([1, 2, 3], [2, 4, 7]),
        round(statistics.NormalDist(10, 2).cdf(12), 12),
        statistics.NormalDist.from_samples([1, 2, 3]),
        statistics.median_grouped([1, 2, 2, 3]),
        statistics.mean([D('1.1'), D('2.2')]),
        statistics.mean([F(1, 3), F(1, 6)]),
        attempt(statistics.mean, []),
        attempt(statistics.stdev, [1]),
        statistics.median_low([1, 2]),
        statistics.covariance([1, 2, 3], [1, 5, 7]),
    )


def case_random():
    generator = random.Random(42)
    yield (
        generator.random(),
        generator.randint(1, 6),
        generator.choice('abc'),
        generator.sample(range(100), 5),
        generator.uniform(1, 2),
        generator.gauss(0, 1),
        generator.choices('ab', [1, 9], k=5),
        generator.randrange(0, 100, 7),
        generator.getrandbits(70),
        generator.triangular(),
        generator.betavariate(1, 2),
        generator.expovariate(1),
        generator.randbytes(4),
        generator.normalvariate(),
        generator.lognormvariate(0, 1),
        generator.vonmisesvariate(0, 1),
        generator.paretovariate(2),
        generator.gammavariate(2, 1),
        generator.weibullvariate(1, 2),
        generator.binomialvariate(10, 0.3),
    )
    items = list(range(10))
    generator.shuffle(items)
    state = generator.getstate()
    first = generator.random()
    generator.setstate(state)
    yield (
        items,
        first == generator.random(),
        random.Random('text').random(),
        random.Random(b'bytes').random(),
        random.Random(1.5).random(),
        random.Random(-5).randint(0, 10**20),
        attempt(random.choice, []),
        attempt(random.sample, [1], 2),
        attempt(random.randint, 5, 1),
        attempt(random.Random, []),
        0 <= random.SystemRandom().random() < 1,
    )
    random.seed(7)
    yield random.random(), random.randrange(10), random.sample([1, 2, 3, 4], k=2, counts=[1, 2, 1, 5])


def case_iteration():
    yield (
        list(itertools.accumulate([1, 2, 3], initial=10)),
        list(itertools.batched('abcdefg', 3)),
        list(itertools.chain.from_iterable(['ab', 'c'])),
        list(itertools.combinations('abc', 2)),
        list(itertools.combinations_with_replacement('ab', 2)),
        list(itertools.permutations('abc', 2))[:3],
        list(itertools.product('ab', repeat=2)),
        list(itertools.compress('abc', [1, 0, 1])),
        list(itertools.dropwhile(str.islower, 'abCd')),
        list(itertools.filterfalse(None, [0, 1])),
        [(k, list(g)) for k, g in itertools.groupby('aabba')],
        list(itertools.islice(itertools.count(10, -3), 2, 8, 2)),
        list(itertools.pairwise('abc')),
        list(itertools.starmap(pow, [(2, 3)])),
        [list(i) for i in itertools.tee('ab')],
        list(itertools.zip_longest('ab', 'c', fillvalue='-')),
        list(itertools.repeat('x', 2)),
        list(itertools.takewhile(str.islower, 'abC')),
    )
    yield (
        attempt(list, zip('ab', 'c', strict=True)),
        list(enumerate('ab', 5)),
        list(reversed([1, 2])),
        sorted([3, 1, 2], reverse=True),
        sorted('bA', key=str.lower),
        attempt(sorted, [1, 'a']),
        min([], default=0),
        attempt(max, []),
        any([]),
        all([]),
        functools.reduce(operator.iadd, [[1], [2]], []),
        attempt(sum, ['a']),
        attempt(next, iter([])),
        next(iter([]), 'd'),
        list(iter(iter([1, 2, 0, 3]).__next__, 0)),
        list(map(lambda *a: a, 'ab', 'cd')),
        list(filter(None, [0, 1, '', 'a'])),
    )
    heap = [5, 1, 8]
    heapq.heapify(heap)
    heapq.heappush(heap, 3)
    yield (
        heapq.heappop(heap),
        heap,
        heapq.nlargest(2, [1, 5, 3]),
        heapq.nsmallest(2, 'cab', key=ord),
        list(heapq.merge([1, 4], [2, 3], reverse=False)),
        heapq.heappushpop(heap, 0),
        attempt(heapq.heappop, []),
        bisect.bisect([1, 2, 2, 3], 2),
        bisect.bisect_left([1, 2, 2, 3], 2),
        bisect.bisect_left(['a', 'bb'], 2, key=len),
        bisect.insort([1], 2),
    )
    yield (
        operator.itemgetter(1, 0)('ab'),
        operator.attrgetter('real', 'imag')(5),
        operator.methodcaller('split', ',')('a,b'),
        operator.concat([1], [2]),
        operator.index(True),
        operator.length_hint([1]),
        attempt(operator.index, 1.5),
        operator.itemgetter(slice(1, 3))('abcd'),
        operator.countOf('aab', 'a'),
    )
    yield (
        functools.reduce(operator.mul, [1, 2, 3], 2),
        functools.partial(int, base=2)('101'),
        repr(functools.partial(int, base=2)),
        sorted([3, 1], key=functools.cmp_to_key(lambda a, b: b - a)),
        attempt(functools.reduce, operator.add, []),
    )


def case_collections():
    counter = collections.Counter('abracadabra')
    yield (
        counter,
        counter.most_common(2),
        counter - collections.Counter('aab'),
        counter & collections.Counter('ab'),
        +collections.Counter(a=1, b=-1),
        counter.total(),
        counter['zz'],
        list(collections.Counter(a=2).elements()),
        collections.Counter(a=1) <= counter,
        dict(counter),
    )
    queue = collections.deque([1, 2, 3], maxlen=3)
    queue.append(4)
    queue.rotate(1)
    yield (
        queue,
        queue.index(2),
        attempt(collections.deque().pop),
        queue.maxlen,
        list(reversed(queue)),
        queue + collections.deque([9]),
        attempt(queue.remove, 99),
        collections.deque('abc') < collections.deque('abd'),
    )
    default = collections.defaultdict(list)
    default['a'].append(1)
    yield (
        default,
        default.get('zz'),
        'zz' in default,
        attempt(lambda: collections.defaultdict(None)['x']),
        default | {'b': 2},
        default.copy(),
    )
    Point = collections.namedtuple('Point', 'x y', defaults=[0])
    yield (
        Point(1),
        Point(1, 2)._replace(x=5),
        Point._fields,
        Point(1, 2)._asdict(),
        Point._make([1, 2]) == (1, 2),
        attempt(Point),
        attempt(setattr, Point(1), 'x', 2),
        attempt(collections.namedtuple, 'P', 'a a'),
        collections.namedtuple('Q', 'class x', rename=True)._fields,
        Point.__doc__,
        Point._field_defaults,
    )
    ordered = collections.OrderedDict(a=1, b=2)
    ordered.move_to_end('a')
    yield ordered, ordered.popitem(last=False), ordered == {'a': 1}, list(reversed(collections.OrderedDict(a=1, b=2)))
    chain = collections.ChainMap({'a': 1}, {'a': 2, 'b': 3})
    yield dict(chain), chain.maps, chain.new_child({'c': 4}), chain.parents, attempt(lambda: chain['zz']), chain
    letters = {'b': 1, 'a': 2}
    yield (
        list(letters),
        letters | {'a': 3, 'c': 4},
        letters.setdefault('z', 5),
        letters.pop('b'),
        attempt(letters.pop, 'no'),
        letters.popitem(),
        dict.fromkeys('ab', 0),
        letters.keys() & {'a'},
        letters.items(),
        attempt({}.popitem),
        attempt(lambda: {[]: 1}),
        {1: 'a', True: 'b', 1.0: 'c'},
        dict([('a', 1)], b=2),
        attempt(dict, [1]),
        attempt(dict, ['abc']),
        list(reversed(letters)),
    )
    numbers = [5, 3, 8]
    numbers[1:2] = [1, 1, 1]
    del numbers[::2]
    yield (
        numbers,
        [1, 2, 3][-2:],
        [0] * 2,
        [1, [2]] == [1, [2]],
        attempt(numbers.index, 99),
        attempt(numbers.remove, 99),
        attempt([].pop),
        attempt(lambda: numbers[9]),
        attempt(lambda: numbers['a']),
        [3, 1, 2].sort(),
        numbers.insert(0, 'x'),
        numbers,
        [1, 2] < [1, 3],
        attempt(lambda: [1] < ['a']),
        (1,),
        (),
        (*tuple('ab'), 1),
        slice(1, None, 2).indices(5),
    )
    yield (
        {1, 2} | {3},
        {1, 2, 3} - {2},
        {1, 2} ^ {2, 3},
        {1} < {1, 2},
        frozenset([1]),
        set(),
        attempt(set().pop),
        attempt({1}.remove, 2),
        {1, 2}.isdisjoint([3]),
        attempt(lambda: {1} | [2]),
        sorted({1}.union([2], (3,))),
        hash(frozenset([1, 2])) == hash(frozenset([2, 1])),
    )
