# ruff: noqa: N806, RUF012, PLW0120, PIE796, S307, S102, PLC3002, F601, PLW1641, F821
"""The language as scripts use it: classes, errors, generators, what tells of itself."""

import abc
import contextlib
import contextvars
import dataclasses
import dis
import enum
import functools
import gc
import inspect
import io
import keyword
import operator
import sys
import textwrap
import traceback
import types
import typing
import warnings
import weakref

from runner import kind as attempt


def case_dataclasses():
    @dataclasses.dataclass(order=True)
    class Item:
        name: str
        price: float = 1.5
        tags: list = dataclasses.field(default_factory=list, compare=False, repr=False)
        kind: typing.ClassVar[str] = 'k'
        extra: dataclasses.InitVar[int] = 0

        def __post_init__(self, extra):
            self.total = self.price + extra

    item = Item('a', 2, extra=5)
    yield (
        str(item).rpartition('.')[2],
        item == Item('a', 2),
        item.total,
        Item('a') < Item('b'),
        dataclasses.asdict(item),
        dataclasses.astuple(item),
        dataclasses.replace(item, name='z', extra=1).name,
        [field.name for field in dataclasses.fields(item)],
        attempt(hash, item),
        Item.__match_args__,
    )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Point:
        x: int
        y: int = 0

    yield (
        attempt(setattr, Point(x=1), 'x', 2),
        attempt(Point, 1),
        hash(Point(x=1)) == hash(Point(x=1)),
        Point.__slots__,
        attempt(setattr, Point(x=1), 'q', 2),
        attempt(Point),
        inspect.signature(Point),
    )
    yield (
        dataclasses.make_dataclass('Made', [('a', int), ('b', str, 'x')])(1),
        dataclasses.is_dataclass(Point),
        attempt(dataclasses.dataclass, type('Bad', (), {'__annotations__': {'a': list}, 'a': []})),
        dataclasses.asdict(dataclasses.make_dataclass('N', ['i'])([Point(x=1)])),
    )

    @dataclasses.dataclass
    class Child(Point.__mro__[1]):
        a: int = 1
        _: dataclasses.KW_ONLY = None
        b: int = 2

    yield Child(5, b=6), Child.__doc__, attempt(Child, 1, 2)


class _Colour(enum.Enum):
    RED = 1
    GREEN = 'g'
    ALIAS = 1

    @property
    def shown(self):
        return self.name.lower()


class _Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    ALL = READ | WRITE


def case_enums():
    yield (
        _Colour.RED,
        str(_Colour.RED),
        list(_Colour),
        _Colour('g'),
        _Colour['RED'],
        _Colour.ALIAS is _Colour.RED,
        _Colour.RED.shown,
        attempt(_Colour, 5),
        attempt(lambda: _Colour['NO']),
        _Colour.__members__,
        _Colour.RED == 1,
        attempt(lambda: _Colour.RED < _Colour.GREEN),
        len(_Colour),
        _Colour.RED in _Colour,
        f'{_Colour.RED}',
    )
    yield (
        _Access.READ | _Access.WRITE,
        _Access(3),
        ~_Access.READ,
        _Access.READ in _Access.ALL,
        list(_Access.ALL),
        bool(_Access(0)),
        _Access(0),
        attempt(_Access, 8),
        repr(_Access.READ & _Access.WRITE),
    )
    Number = enum.IntEnum('Number', 'ONE TWO')
    Word = enum.StrEnum('Word', ['A', 'B'])
    yield (
        Number.ONE + 1,
        f'{Number.TWO}',
        Word.A,
        str(Word.B),
        sorted(Number, reverse=True),
        isinstance(Number.ONE, int),
        attempt(setattr, _Colour, 'RED', 2),
        attempt(enum.unique, enum.Enum('Dup', {'a': 1, 'b': 1})),
        enum.IntFlag('F', 'A B')(3),
        Number(2).name,
        Number.ONE.__class__.__name__,
        enum.Enum('T', 'a')['a'].value,
    )

    def derive():
        class More(_Colour):
            BLUE = 3

    yield (
        attempt(derive),
        type(_Colour.RED).__mro__[1].__name__,
        enum.property.__name__,
        _Colour.RED.__reduce_ex__(2)[1],
    )


def case_classes():
    class Meta(type):
        def __call__(cls, *args):
            return super().__call__(*args)

    class Base(metaclass=Meta):
        made = []

        def __init_subclass__(cls, tag=None, **kwargs):
            super().__init_subclass__(**kwargs)
            cls.made.append((cls.__name__, tag))

        def __set_name__(self, owner, name):
            self.named = name

        def __getattr__(self, name):
            if name.startswith('dyn'):
                return name
            raise AttributeError(f'no {name}', name=name, obj=self)

        @classmethod
        def build(cls):
            return cls()

        @staticmethod
        def plain():
            return 'static'

    class Left(Base, tag='l'):
        def who(self):
            return ['left', *super_or_none(super(), 'who')]

    class Right(Base):
        def who(self):
            return ['right']

    def super_or_none(above, name):
        return getattr(above, name, list)()

    class Both(Left, Right, tag='b'):
        __slots__ = ('x',)

    yield (
        Base.made,
        [kind.__name__ for kind in Both.__mro__],
        Right().who(),
        Both.build().plain(),
        Both().dynamic,
        attempt(getattr, Both(), 'nope'),
        hasattr(Both(), 'nope'),
        getattr(Both(), 'nope', 5),
        issubclass(Both, Right),
        type(Both).__name__,
        Both.__bases__[0].__name__,
    )

    class Typed:
        def __get__(self, instance, owner):
            return self if instance is None else instance.__dict__.get('value', 'unset')

        def __set__(self, instance, value):
            if not isinstance(value, int):
                raise TypeError(f'{self.name} wants an int')
            instance.__dict__['value'] = value

        def __set_name__(self, owner, name):
            self.name = name

    class Holder:
        size = Typed()

        @property
        def double(self):
            """Twice."""
            return self.size * 2

        @double.deleter
        def double(self):
            self.size = 0

        @functools.cached_property
        def once(self):
            return object()

    holder = Holder()
    yield (
        holder.size,
        setattr(holder, 'size', 4),
        holder.double,
        attempt(setattr, holder, 'size', 'x'),
        attempt(setattr, holder, 'double', 5),
        delattr(holder, 'double'),
        holder.size,
        holder.once is holder.once,
        Holder.double.__doc__,
        attempt(delattr, holder, 'nope'),
        sorted(vars(holder)),
    )

    class Abstract(abc.ABC):
        @abc.abstractmethod
        def run(self): ...

        @property
        @abc.abstractmethod
        def size(self): ...

    yield (
        attempt(Abstract),
        Abstract.__abstractmethods__ == {'run', 'size'},
        attempt(type, 'X', (int, str), {}),
        attempt(type, 'X', (bool,), {}),
        attempt(lambda: type('A', (Right, Base, Left), {})),
        isinstance(5, (str, int)),
        isinstance(5, int | str),
        attempt(isinstance, 5, 'int'),
        issubclass(bool, int),
        callable(len),
        attempt(object().__setattr__, 'a', 1),
    )

    class Money:
        def __init__(self, value):
            self.value = value

        def __add__(self, other):
            return Money(self.value + other.value) if isinstance(other, Money) else NotImplemented

        def __radd__(self, other):
            return self if other == 0 else NotImplemented

        def __eq__(self, other):
            return isinstance(other, Money) and self.value == other.value

        def __hash__(self):
            return hash(self.value)

        def __repr__(self):
            return f'Money({self.value})'

        def __bool__(self):
            return self.value != 0

        def __len__(self):
            return 3

        def __getitem__(self, key):
            if isinstance(key, slice):
                return key
            if key > 2:
                raise IndexError(key)
            return key

        def __call__(self, *args, **kwargs):
            return args, kwargs

        def __format__(self, spec):
            return f'<{spec}>'

        def __matmul__(self, other):
            return 'matmul'

        def __iadd__(self, other):
            self.value += 100
            return self

        def __contains__(self, item):
            return item == 'in'

        def __index__(self):
            return 2

    money = Money(5)
    yield (
        sum([Money(1), Money(2)]),
        attempt(lambda: money + 1),
        money == Money(5),
        {money: 1}[Money(5)],
        bool(Money(0)),
        list(money),
        money[1:2],
        money(1, a=2),
        f'{money:x}',
        money @ 1,
        'in' in money,
        [0, 1, 'two'][money],
        len(money),
        attempt(lambda: money < money),
        list(reversed(money)),
        attempt(lambda: -money),
    )
    money += 1
    yield (
        money,
        attempt(lambda: {[]}),
        attempt(lambda: None.x),
        attempt(lambda: 'a' < 1),
        attempt(lambda: len(5)),
        attempt(lambda: iter(5)),
        attempt(lambda: [1, 2].nope),
        attempt(lambda: int.nope),
        attempt(lambda: abs('x')),
        attempt(lambda: 'x' * 1.5),
        attempt(lambda: undefined_name),
    )


def case_errors():
    def chained():
        try:
            {}['missing']
        except KeyError as error:
            raise ValueError('outer') from error

    try:
        chained()
    except ValueError as caught:
        error = caught
        yield (
            repr(error),
            repr(error.__cause__),
            error.__suppress_context__,
            error.__traceback__ is not None,
            error.args,
            sys.exc_info()[0],
            sys.exception() is error,
        )
    yield (
        [line for line in traceback.format_exception(error) if 'File' not in line],
        traceback.format_exception_only(error),
        [frame.name for frame in traceback.extract_tb(error.__traceback__)],
    )
    try:
        try:
            raise KeyError('first')
        finally:
            raise TypeError('second')
    except TypeError as caught:
        yield (
            repr(caught.__context__),
            caught.__cause__,
            ''.join(traceback.format_exception(caught)).count('During handling'),
        )
    error = ValueError('x')
    error.add_note('look here')
    yield (
        error.__notes__,
        traceback.format_exception_only(error),
        attempt(error.add_note, 5),
        str(KeyError('k')),
        repr(OSError(2, 'x')),
        StopIteration(5).value,
        SystemExit(3).code,
        UnicodeDecodeError('utf-8', b'\xff', 0, 1, 'bad'),
        SyntaxError('m', ('f', 1, 2, 'text')).lineno,
        ImportError('m', name='n').name,
        BaseException(1, 2),
    )

    def returning():
        try:
            return 'try'
        finally:
            pass

    def flow():
        for number in range(3):
            try:
                if number == 1:
                    continue
                yield number
            except ValueError:
                yield 'caught'
            else:
                yield 'else'
            finally:
                yield 'finally'
        else:
            yield 'done'

    yield (
        returning(),
        list(flow()),
        attempt(exec, 'raise 5'),
        attempt(exec, 'raise ValueError from 5'),
        attempt(lambda: (_ for _ in ()).throw(KeyError('t'))),
    )
    group = ExceptionGroup('several', [ValueError(1), ExceptionGroup('inner', [TypeError(2), KeyError(3)])])
    yield (
        group.exceptions[0],
        [str(part) for part in group.split(TypeError)],
        group.subgroup(lambda e: isinstance(e, ValueError)).exceptions,
        group.derive([ValueError()]).exceptions,
        str(group),
        attempt(ExceptionGroup, 'x', []),
        attempt(ExceptionGroup, 'x', [5]),
        ''.join(traceback.format_exception(group))[:200],
        isinstance(group, Exception),
    )
    for source in (
        'x = (',
        'if True:\nx',
        'a b',
        'x = "abc',
        'def f(:',
        'return 5',
        'f(a=1, a=2)',
        '1 = x',
        'for',
        "f'{'",
        'print "x"',
        'x = 08',
        'async def f(): yield from x',
        'del 5',
        'lambda: (yield)',
        '\tx\n        y',
        'global x; x = 1',
        'nonlocal y',
        'break',
        'a, b += 1',
        'import a.b as',
        'from __future__ import nope',
        'class A: x: int = ',
        '"\\N{no such}"',
        'try: pass',
        'x = {1: 2, 3}',
        'f(**a, *b)',
        'def f(a, a): pass',
        'def f(a=1, b): pass',
        'else: pass',
    ):
        yield source, isinstance(attempt(compile, source, 's', 'exec'), str)

    def depth(number):
        return depth(number + 1)

    yield (
        attempt(depth, 0),
        attempt(eval, '1 +'),
        eval('x + 1', {'x': 2}),
        attempt(eval, 'y', {}),
        attempt(int, [], 5),
        attempt(print, 1, sepp=2),
        attempt((lambda a, *, b: 1), 1),
        attempt((lambda a: 1), 1, 2),
        attempt((lambda: 1), x=1),
        attempt((lambda a, /: 1), a=1),
        attempt(len, 1, 2),
        attempt(range, 1.5),
        attempt(open),
        attempt(sorted),
        attempt(dict.get),
        attempt('a'.replace, 'b'),
    )


def case_generators():
    def echo():
        got = yield 'ready'
        while got is not None:
            got = yield got * 2
        return 'result'

    generator = echo()
    yield (
        next(generator),
        generator.send(5),
        attempt(generator.send, None),
        attempt(next, generator),
        inspect.getgeneratorstate(generator),
        attempt(echo().send, 1),
    )

    def outer():
        result = yield from echo()
        yield ('outer', result)

    through = outer()
    yield (
        next(through),
        through.send(1),
        through.send(None),
        attempt(echo().throw, ValueError('t')),
        through.close(),
        list(through),
    )

    def cleaning(log):
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append('exit')
            raise
        finally:
            log.append('finally')

    log = []
    cleaned = cleaning(log)
    next(cleaned)
    yield (
        cleaned.close(),
        log,
        attempt(lambda: list(bad())),
        [x for x in (y * 2 for y in range(3)) if x],
        dict(zip('ab', (1, 2))),
        [(a, b) for a in range(2) for b in 'xy' if a],
        (lambda *a, **k: (a, k))(1, *[2], x=3),
        [n := 5, n * 2],
    )

    class Countdown:
        def __init__(self, start):
            self.start = start

        def __iter__(self):
            while self.start:
                yield self.start
                self.start -= 1

    first, *rest, last = Countdown(4)
    yield (
        first,
        rest,
        last,
        attempt(lambda: (lambda a, b: 1)(*[1])),
        attempt(unpack_wrong, [1]),
        attempt(unpack_wrong, [1, 2, 3]),
        attempt(unpack_wrong, 5),
        inspect.isgenerator(echo()),
        (*range(2), *'ab'),
        [*{1: 2}],
        {'a': 1, 'a': 2},
    )


def bad():
    yield 1
    raise StopIteration


def unpack_wrong(values):
    _a, _b = values


_MATCHING = """
def kind(value):
    match value:
        case 0 | 1:
            return 'small'
        case int(number) if number > 100:
            return f'big {number}'
        case [x, y, *rest]:
            return f'list {x} {y} {rest}'
        case {'type': 'point', 'x': x, **more}:
            return f'point {x} {more}'
        case str() as text:
            return f'text {text}'
        case Colour.RED:
            return 'red'
        case (None,) | None:
            return 'none'
        case float(part):
            return f'number {part}'
        case _:
            return 'other'
"""


def case_matching():
    namespace = {'Colour': _Colour}
    exec(_MATCHING, namespace)
    values = (
        0,
        500,
        [1, 2, 3],
        {'type': 'point', 'x': 1, 'z': 2},
        'abc',
        _Colour.RED,
        None,
        2.5,
        object,
        b'ab',
        (1, 2),
    )
    yield [namespace['kind'](value) for value in (*values, {1, 2}, [None], True)]


def case_inspecting():
    def function(a, b: int = 1, /, *args, c, d='x', **kwargs) -> str:
        """Does things.

        More.
        """
        return a

    signature = inspect.signature(function)
    yield (
        signature,
        signature.parameters['b'].default,
        signature.bind(1, c=2).arguments,
        attempt(signature.bind),
        inspect.getdoc(function),
        function.__defaults__,
        function.__kwdefaults__,
        function.__annotations__,
        function.__name__,
        function.__code__.co_varnames,
        function.__code__.co_argcount,
        inspect.getfullargspec(function),
        signature.return_annotation,
        str(signature.replace(parameters=[])),
    )
    yield (
        inspect.getsource(kind_of).strip(),
        inspect.getsourcelines(kind_of)[1] > 100,
        inspect.isfunction(function),
        inspect.isbuiltin(len),
        inspect.isclass(int),
        inspect.getmodule(kind_of).__name__,
        inspect.cleandoc(' a\n   b'),
        inspect.getmro(bool),
        inspect.currentframe().f_code.co_name,
        [name for name, _ in inspect.getmembers(_Colour.RED) if name in ('name', 'value')],
        inspect.unwrap(functools.wraps(len)(lambda: 1)) is len,
    )
    yield (
        attempt(inspect.signature, 5),
        inspect.signature(functools.partial(function, 1, d=5)),
        [frame.function for frame in inspect.stack()][:1],
        inspect.iscoroutinefunction(case_inspecting),
        inspect.getclosurevars(kind_of).globals,
        attempt(inspect.getsource, len),
    )
    yield (
        typing.get_type_hints(function),
        typing.get_args(dict[str, int]),
        typing.get_origin(list[int]),
        list[int] | None,
        typing.Optional[int],
        typing.Union[int, str],
        typing.Literal['a', 1],
        typing.Callable[[int], str],
        typing.TypeVar('T'),
        typing.Annotated[int, 'm'].__metadata__,
        typing.cast(int, 'x'),
        typing.NamedTuple('N', [('a', int)])(1),
        typing.TypedDict('D', {'a': int})(a=1),
        tuple[int, ...],
        type[int],
        typing.Any,
        typing.ForwardRef('x'),
        typing.NewType('U', int)(5),
    )
    namespace = {}
    exec(textwrap.dedent('''
        type Pair[T] = tuple[T, T]
        def first[T](values: list[T]) -> T: return values[0]
        class Box[T]:
            def __init__(self, value: T): self.value = value
    '''), namespace)  # fmt: skip
    yield (
        namespace['Pair'].__name__,
        namespace['first']([7]),
        namespace['Box'][int](5).value,
        namespace['first'].__type_params__,
        namespace['Pair'].__value__,
    )

    @typing.runtime_checkable
    class Closing(typing.Protocol):
        def close(self): ...

    yield (
        isinstance(io.StringIO(), Closing),
        isinstance(5, Closing),
        keyword.iskeyword('match'),
        keyword.issoftkeyword('match'),
        keyword.kwlist[:3],
        function.__qualname__,
        types.SimpleNamespace(a=1),
        types.MappingProxyType({'a': 1}),
        attempt(lambda: operator.setitem(types.MappingProxyType({}), 'a', 1)),
        type(function),
        types.FunctionType is type(function),
        types.new_class('Made', (int,), {})(5),
        (function.__get__(5)).__self__,
        sys.getsizeof([]) > 0,
        sys.intern('ab'),
        sys.byteorder,
        sys.version_info >= (3, 12),
        sys.float_info.epsilon,
        sys.getrecursionlimit() > 100,
        sys.getdefaultencoding(),
        sys.getfilesystemencoding(),
        sys.implementation.name != '',
        bool(dis),
    )


def kind_of(value):
    # A comment.
    return _short(value) if value else None


def _short(value):
    return value


def case_contexts():
    log = []

    @contextlib.contextmanager
    def managed(name):
        log.append(f'enter {name}')
        try:
            yield name
        except ValueError as error:
            log.append(f'caught {error}')
        finally:
            log.append(f'exit {name}')

    with managed('a') as first, managed('b'):
        log.append(first)
        raise ValueError('v')
    yield log
    with contextlib.ExitStack() as stack:
        stack.callback(log.append, 'called back')
        yield stack.enter_context(managed('s')), stack.push(lambda *details: log.append(details[0])) is not None
    with contextlib.suppress(KeyError), contextlib.redirect_stdout(io.StringIO()) as out:
        print('captured')
        {}['x']
    yield (
        log[-3:],
        out.getvalue(),
        contextlib.nullcontext(5).__enter__(),
        attempt(lambda: contextlib.closing(5).__exit__(None, None, None)),
        attempt(lambda: exec('with 5: pass')),
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        warnings.warn('old', DeprecationWarning, stacklevel=2)
        warnings.warn('look', stacklevel=1)
    yield (
        [(w.category.__name__, str(w.message)) for w in caught],
        warnings.formatwarning('m', UserWarning, 'f.py', 3, 'line'),
    )
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        yield attempt(warnings.warn, 'now an error')
    variable = contextvars.ContextVar('v', default=1)
    context = contextvars.copy_context()
    yield (
        context.run(lambda: (variable.set(5), variable.get())[1]),
        variable.get(),
        variable.reset(variable.set(9)),
        context[variable],
    )

    @functools.lru_cache(maxsize=2)
    def square(number):
        log.append(number)
        return number * number

    yield (
        [square(n) for n in (1, 2, 1, 3, 1)],
        square.cache_info(),
        square.cache_clear(),
        square.__wrapped__(4),
        functools.cache(len)('ab'),
        attempt(square, []),
    )

    @functools.singledispatch
    def show(value):
        return 'any'

    @show.register
    def _(value: int):
        return 'int'

    @show.register(list)
    def _(value):
        return 'list'

    yield show(5), show([]), show('x'), show.dispatch(bool)(1), show.registry.keys() >= {int}

    @functools.total_ordering
    class Version:
        def __init__(self, number):
            self.number = number

        def __eq__(self, other):
            return self.number == other.number

        def __lt__(self, other):
            return self.number < other.number

    yield Version(1) >= Version(1), Version(2) > Version(1), functools.update_wrapper(lambda: 1, len).__name__

    class Thing:
        pass

    thing = Thing()
    reference, proxied, found = weakref.ref(thing), weakref.proxy(thing), weakref.WeakValueDictionary(a=thing)
    yield (
        reference() is thing,
        list(found),
        len(weakref.WeakSet([thing])),
        isinstance(gc.collect(), int),
        gc.isenabled(),
        attempt(weakref.ref, 5),
        type(proxied).__name__,
    )
