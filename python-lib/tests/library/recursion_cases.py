# ruff: noqa: UP033, PLW1641, UP031, B904, PLE0704
"""How deep calls go, and what exceptions remember of those that were handled when they were raised."""

import contextlib
import copy
import functools
import sys
import threading
import traceback

from runner import kind as attempt

DEPTH = 800


def case_within_the_limit_of_a_desk():
    def down(n):
        return 0 if n == 0 else 1 + down(n - 1)

    @functools.lru_cache(maxsize=None)
    def remembered(n):
        return n if n < 2 else remembered(n - 1) + remembered(n - 2)

    class Node:
        def __init__(self, below):
            self.below = below

        def __len__(self):
            return 1 + (0 if self.below is None else len(self.below))

        def __repr__(self):
            return f'<{self.below!r}>'

        def __eq__(self, other):
            return self.below == other.below

    def nodes(n):
        node = None
        for _ in range(n):
            node = Node(node)
        return node

    def leaves(tree):
        if isinstance(tree, list):
            for branch in tree:
                yield from leaves(branch)
        else:
            yield tree

    def nested(n):
        tree = 1
        for _ in range(n):
            tree = [tree]
        return tree

    yield down(DEPTH)
    yield remembered(400) % 1000
    yield len(nodes(400))
    yield len(repr(nodes(200)))
    yield nodes(200) == nodes(200)
    yield list(leaves(nested(300)))
    yield copy.deepcopy(nested(300)) == nested(300)
    yield sorted(range(9), key=lambda n: down(300 + n), reverse=True)
    yield sys.getrecursionlimit()


def case_without_an_end():
    def endless(n=0):
        return endless(n + 1)

    def one(n):
        return two(n + 1)

    def two(n):
        return one(n + 1)

    class Shown:
        def __repr__(self):
            return f'Shown({self!r})'

        def __str__(self):
            return str(self)

        def __eq__(self, other):
            return self == other

        def __getattr__(self, name):
            return getattr(self, name + 'x')

        def __iter__(self):
            return iter(self)

        def __bool__(self):
            return bool(self)

    class Formatted:
        def __repr__(self):
            return 'Formatted(%r)' % (self,)

    def held():
        try:
            return held()
        finally:
            pass

    def yielding():
        yield from yielding()

    def converted():
        try:
            return converted()
        except RecursionError:
            raise ValueError('too deep') from None

    for call in (
        endless,
        lambda: one(0),
        lambda: repr(Shown()),
        lambda: str(Shown()),
        lambda: Shown() == Shown(),
        lambda: Shown().name,
        lambda: bool(Shown()),
        lambda: repr(Formatted()),
        lambda: sorted([Shown(), Shown()], key=lambda shown: endless()),
        held,
        lambda: next(yielding()),
        converted,
    ):
        yield attempt(call)
    # Again and again, until the function is compiled.
    yield {attempt(endless) for _ in range(40)}
    in_thread = []
    thread = threading.Thread(target=lambda: in_thread.append(attempt(endless)))
    thread.start()
    thread.join()
    yield in_thread


def case_as_deep_as_was_asked_for():
    def down(n):
        return 0 if n == 0 else 1 + down(n - 1)

    def lasting():
        return down(4000)

    class Formatted:
        def __repr__(self):
            return 'Formatted(%r)' % (self,)

    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(20_500)
        yield sys.getrecursionlimit(), [down(20_000) for _ in range(5)], lasting()
        sys.setrecursionlimit(3000)
        yield attempt(lambda: repr(Formatted()))
        yield attempt(sys.setrecursionlimit, 0)
    finally:
        sys.setrecursionlimit(before)
    yield down(DEPTH)


def through(n, call):
    """Calls from so many calls further down."""
    return call() if n == 0 else through(n - 1, call)


def contexts(error):
    """The names of an exception and of those that it remembers."""
    names = []
    while error is not None:
        names.append(f'{type(error).__name__}({error})')
        error = error.__context__
    return names


def case_what_was_handled():
    def raises(name):
        raise KeyError(name)

    def raise_it(error):
        raise error

    def caught(call):
        try:
            call()
        except Exception as error:
            return contexts(error)

    def while_handling():
        try:
            raises('first')
        except KeyError:
            raises('second')

    def deep_below():
        try:
            raise ValueError('handled')
        except ValueError:
            through(30, lambda: raises('below'))

    def handled_before():
        with contextlib.suppress(KeyError):
            raises('over')
        raises('later')

    def handled_at_two_levels():
        try:
            raise ValueError('outer')
        except ValueError:
            try:
                through(5, lambda: raises('inner'))
            except KeyError:
                through(5, lambda: raises('last'))

    def passes_another_handler():
        def inner():
            try:
                raise ValueError('inner')
            except ValueError:
                raises('in inner')

        try:
            raise TypeError('outer')
        except TypeError:
            inner()

    def in_finally():
        try:
            raises('body')
        finally:
            raise ValueError('in finally')

    def passes_finally():
        try:
            raise TypeError('outer')
        except TypeError:
            try:
                raises('body')
            finally:
                sorted([2, 1])

    def again():
        try:
            raises('once')
        except KeyError:
            try:
                raise ValueError('between')
            except ValueError:
                pass
            raise

    def saved():
        try:
            raises('saved')
        except KeyError as error:
            kept = error
        try:
            raise ValueError('now')
        except ValueError:
            raise kept

    def the_same_twice():
        kept = KeyError('kept')
        with contextlib.suppress(KeyError):
            raise kept
        try:
            raise ValueError('second time')
        except ValueError:
            through(3, lambda: raise_it(kept))

    def in_generator():
        def generator():
            try:
                yield 1
            except ValueError:
                raises('in generator')

        running = generator()
        next(running)
        running.throw(ValueError('thrown'))

    def leaving_context():
        class Leaving:
            def __enter__(self):
                return self

            def __exit__(self, *what):
                raises('leaving')

        with Leaving():
            raise ValueError('body')

    def by_callback():
        try:
            raise ValueError('around')
        except ValueError:
            sorted([1, 2], key=lambda n: raises('key'))

    def in_builtin():
        try:
            raise ValueError('around')
        except ValueError:
            through(4, lambda: int('x'))

    def with_cause():
        try:
            raises('cause')
        except KeyError as error:
            raise ValueError('effect') from error

    def recursing():
        def down(n):
            try:
                if n == 0:
                    raises('bottom')
                down(n - 1)
            except KeyError:
                raise KeyError(n) from None

        down(4)

    for call in (
        while_handling,
        deep_below,
        handled_before,
        handled_at_two_levels,
        passes_another_handler,
        in_finally,
        passes_finally,
        again,
        saved,
        the_same_twice,
        in_generator,
        leaving_context,
        by_callback,
        in_builtin,
        with_cause,
        recursing,
    ):
        yield call.__name__, caught(call), caught(lambda call=call: through(40, call))


def case_what_is_told_of_what_is_handled():
    def told():
        error = sys.exc_info()[1]
        return error and str(error), bool(sys.exception()) if hasattr(sys, 'exception') else bool(error)

    def again():
        raise

    yield told()
    try:
        raise ValueError('here')
    except ValueError:
        yield told(), through(300, told)
        try:
            raise KeyError('inner')
        except KeyError:
            yield through(300, told)
        yield told()
        yield attempt(through, 250, again)
        yield traceback.format_exc().splitlines()[-1]
    yield told()
    yield attempt(again)
