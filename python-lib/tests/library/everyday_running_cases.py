# ruff: noqa: B018, F821
"""Things at the same time: asyncio, threads, queues, futures, signals, logging."""

import asyncio
import concurrent.futures
import contextvars
import io
import logging
import logging.config
import logging.handlers
import os
import queue
import sched
import select
import signal
import subprocess
import threading
import time

from runner import kind as attempt
from runner import raised


def case_coroutines():
    async def work(number, delay=0.001):
        await asyncio.sleep(delay)
        if number < 0:
            raise ValueError(f'bad {number}')
        return number * 2

    async def main():
        yield await asyncio.gather(work(1), work(2, 0), work(3))
        yield [
            raised(r) if isinstance(r, Exception) else r
            for r in await asyncio.gather(work(1), work(-1), return_exceptions=True)
        ]
        task = asyncio.create_task(work(5), name='named')
        yield task.get_name(), task.done(), await task, task.result(), repr(task)[:6]
        try:
            await asyncio.wait_for(asyncio.sleep(5), 0.01)
        except TimeoutError as error:
            yield raised(error)
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(5)
        except TimeoutError as error:
            yield raised(error)
        sleeper = asyncio.create_task(asyncio.sleep(5))
        await asyncio.sleep(0)
        sleeper.cancel('why')
        try:
            await sleeper
        except asyncio.CancelledError as error:
            yield sleeper.cancelled(), error.args
        done, pending = await asyncio.wait(
            [asyncio.create_task(work(1, 0)), asyncio.create_task(work(2, 0.5))], return_when=asyncio.FIRST_COMPLETED
        )
        yield len(done), len(pending), [task.cancel() for task in pending]
        yield [await future for future in asyncio.as_completed([work(2, 1), work(1, 0)])]
        lock, event, items = asyncio.Lock(), asyncio.Event(), asyncio.Queue(2)
        async with lock:
            yield lock.locked(), event.is_set(), items.full()

        async def produce():
            for number in range(4):
                await items.put(number)
            event.set()

        async def consume():
            got = []
            while len(got) < 4:
                got.append(await items.get())
                items.task_done()
            return got

        yield (
            (await asyncio.gather(produce(), consume()))[1],
            event.is_set(),
            await items.join(),
            attempt(items.get_nowait),
        )
        semaphore = asyncio.Semaphore(1)
        async with semaphore:
            yield (
                semaphore.locked(),
                await asyncio.to_thread(lambda: 'thread'),
                await asyncio.get_running_loop().run_in_executor(None, str, 5),
            )
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.001, future.set_result, 'later')
        yield (
            await future,
            await asyncio.shield(work(4)),
            asyncio.current_task() is not None,
            len(asyncio.all_tasks()) >= 1,
            attempt(future.set_result, 1),
        )

    async def collect():
        return [value async for value in main()]

    yield from asyncio.run(collect())
    yield attempt(asyncio.get_running_loop), attempt(asyncio.run, 5), asyncio.iscoroutinefunction(work)


def case_task_groups():
    async def fail(number):
        await asyncio.sleep(0)
        raise ValueError(number)

    async def wait():
        await asyncio.sleep(10)

    async def good():
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(asyncio.sleep(0, n)) for n in range(3)]
        return [task.result() for task in tasks]

    async def bad():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(fail(2))
            group.create_task(wait())

    async def runner():
        with io.StringIO():
            return asyncio.get_running_loop().is_running()

    yield asyncio.run(good()), asyncio.run(runner())
    try:
        asyncio.run(bad())
    except ExceptionGroup as group:
        yield group.message, group.exceptions
    with asyncio.Runner() as used:
        yield used.run(asyncio.sleep(0, 'a')), used.run(asyncio.sleep(0, 'b'))


def case_async_protocols():
    class Counter:
        def __init__(self):
            self.number = 0

        def __aiter__(self):
            return self

        async def __anext__(self):
            self.number += 1
            if self.number > 3:
                raise StopAsyncIteration
            return self.number

        async def __aenter__(self):
            return self

        async def __aexit__(self, *details):
            return True

        def __await__(self):
            return (yield from asyncio.sleep(0, 'awaited').__await__())

    async def generate():
        try:
            for number in range(3):
                yield number
        finally:
            await asyncio.sleep(0)

    async def main():
        async with Counter() as counter:
            raise KeyError
        return (
            [n async for n in counter],
            [n async for n in generate() if n],
            await Counter(),
            {n: 1 async for n in generate()},
            await anext(generate()),
            await anext(Counter(), 0),
        )

    yield asyncio.run(main())

    async def echo(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()

    async def network():
        server = await asyncio.start_server(echo, '127.0.0.1', 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        writer.write(b'hello\n')
        answer = await reader.read()
        writer.close()
        server.close()
        return answer

    yield asyncio.run(network())


def case_threads():
    results, lock = [], threading.Lock()

    def work(number):
        with lock:
            results.append(number)

    threads = [threading.Thread(target=work, args=(n,), name=f't{n}', daemon=True) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    yield (
        sorted(results),
        threads[0].is_alive(),
        threads[0].name,
        threads[0].daemon,
        attempt(threads[0].start),
        threading.current_thread().name != '',
        threading.main_thread().is_alive(),
    )
    local, seen = threading.local(), []
    local.x = 1
    other = threading.Thread(target=lambda: seen.append(hasattr(local, 'x')))
    other.start()
    other.join()
    event, barrier = threading.Event(), threading.Barrier(2)
    timer = threading.Timer(0.01, event.set)
    timer.start()
    partner = threading.Thread(target=barrier.wait)
    partner.start()
    yield (
        seen,
        event.wait(5),
        barrier.wait(5) in (0, 1),
        partner.join(),
        lock.acquire(blocking=False),
        lock.acquire(timeout=0.01),
        lock.release(),
        threading.RLock().acquire(),
        threading.Semaphore(2).acquire(),
        attempt(threading.BoundedSemaphore(1).release),
    )
    condition, items = threading.Condition(), []

    def consume():
        with condition:
            seen.append(condition.wait_for(lambda: items, timeout=5))

    consumer = threading.Thread(target=consume)
    consumer.start()
    with condition:
        items.append(1)
        condition.notify_all()
    consumer.join()
    hooked = []
    threading.excepthook, before = lambda details: hooked.append(details.exc_type.__name__), threading.excepthook
    broken = threading.Thread(target=lambda: 1 / 0)
    broken.start()
    broken.join()
    threading.excepthook = before
    yield seen[-1] == [1] or seen[-1], hooked, threading.active_count() >= 1, isinstance(threading.get_ident(), int)


def case_queues_and_futures():
    waiting = queue.Queue(maxsize=2)
    waiting.put(1)
    waiting.put(2)
    yield (
        attempt(waiting.put_nowait, 3),
        waiting.full(),
        waiting.get(),
        waiting.qsize(),
        waiting.get(timeout=1),
        attempt(waiting.get, timeout=0.01),
        attempt(waiting.get_nowait),
        queue.LifoQueue().empty(),
    )
    ordered = queue.PriorityQueue()
    for pair in ((2, 'b'), (1, 'a')):
        ordered.put(pair)
    yield (
        ordered.get(),
        queue.SimpleQueue().qsize(),
        waiting.task_done(),
        waiting.task_done(),
        attempt(waiting.task_done),
        waiting.join(),
    )
    with concurrent.futures.ThreadPoolExecutor(3, thread_name_prefix='pool') as pool:
        futures = [pool.submit(pow, n, 2) for n in range(4)]
        failing = pool.submit(int, 'x')
        yield (
            [future.result() for future in futures],
            list(pool.map(len, ['a', 'bb'])),
            attempt(failing.result),
            raised(failing.exception()),
            futures[0].done(),
            attempt(list, pool.map(int, ['1', 'x'])),
            len(concurrent.futures.wait(futures).done),
            sorted(f.result() for f in concurrent.futures.as_completed(futures)),
            pool.submit(lambda: threading.current_thread().name).result()[:4],
        )
    yield (
        attempt(pool.submit, len, 'x'),
        attempt(concurrent.futures.ThreadPoolExecutor, 0),
        attempt(concurrent.futures.Future().result, 0.01),
        concurrent.futures.Future().cancel(),
    )
    scheduler, order = sched.scheduler(time.monotonic, time.sleep), []
    scheduler.enterabs(2, 1, order.append, ('second',))
    scheduler.enterabs(1, 1, order.append, ('first',))
    yield scheduler.run(), order, scheduler.empty()


def case_logging():
    out = io.StringIO()
    logger = logging.getLogger('everyday.one')
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter('%(levelname)s:%(name)s:%(funcName)s:%(message)s'))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.debug('hidden')
    logger.info('shown %s %d', 'a', 5)
    logger.warning('map %(x)s', {'x': 1})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception('failed')
    logger.log(35, 'odd level')
    logger.error('extra', extra={'user': 'me'}, stack_info=False)
    logger.info({'not': 'text'})
    lines = out.getvalue().splitlines()
    yield (
        [line for line in lines if 'File' not in line],
        logger.isEnabledFor(10),
        logger.getEffectiveLevel(),
        logging.getLogger('everyday').getChild('one') is logger,
        logging.getLevelName(30),
        logging.getLevelName('INFO'),
        logger,
        attempt(logger.setLevel, 'NOPE'),
        attempt(logging.Formatter, '%(x'),
        logger.hasHandlers(),
        logging.getLevelNamesMapping()['WARN'],
    )
    logger.removeHandler(handler)
    memory = logging.handlers.MemoryHandler(10, target=logging.StreamHandler(out))
    memory.setFormatter(None)
    logger.addHandler(memory)
    logger.addFilter(lambda record: 'secret' not in record.getMessage())
    logger.info('secret thing')
    logger.info('kept')
    yield (
        len(memory.buffer),
        memory.buffer[0].getMessage(),
        memory.flush(),
        logging.Formatter('{levelname} {message}', style='{').format(
            memory.buffer[0] if memory.buffer else logging.makeLogRecord({'msg': 'm', 'levelname': 'X'})
        ),
        logging.Formatter('%(asctime)s', '%Y').formatTime(logging.makeLogRecord({'created': 0}))[:19] != '',
        logging.LoggerAdapter(logger, {'a': 1}).process('m', {}),
    )
    logging.config.dictConfig(
        {
            'version': 1,
            'disable_existing_loggers': False,
            'formatters': {'f': {'format': '%(message)s!'}},
            'handlers': {'h': {'class': 'logging.StreamHandler', 'formatter': 'f', 'stream': out}},
            'loggers': {'everyday.two': {'handlers': ['h'], 'level': 'DEBUG', 'propagate': False}},
        }
    )
    logging.getLogger('everyday.two').debug('configured')
    yield (
        out.getvalue().splitlines()[-1],
        attempt(logging.config.dictConfig, {'version': 2}),
        logging.NullHandler().level,
        logging.getLogger('everyday.two').handlers[0].formatter._fmt,
    )
    rotating = logging.handlers.RotatingFileHandler('rotated.log', maxBytes=50, backupCount=2)
    for number in range(6):
        rotating.emit(logging.makeLogRecord({'msg': f'line number {number} ' + 'x' * 10}))
    rotating.close()
    yield (
        sorted(name for name in os.listdir() if name.startswith('rotated')),
        [os.remove(name) for name in os.listdir() if name.startswith('rotated')],
    )


def case_signals_and_processes():
    seen = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
    signal.raise_signal(signal.SIGUSR1)
    yield (
        seen,
        signal.getsignal(signal.SIGUSR1) is not None,
        signal.signal(signal.SIGUSR1, before or signal.SIG_DFL) is not None,
        signal.Signals(15),
        signal.SIGTERM.name,
        attempt(signal.signal, 999, signal.SIG_IGN),
        signal.strsignal(9),
    )
    one, two = os.pipe()
    yield (
        os.write(two, b'x'),
        select.select([one], [], [], 1)[0] == [one],
        os.read(one, 1),
        select.select([one], [], [], 0)[0],
        os.close(one),
        os.close(two),
        os.getpid() > 0,
        os.cpu_count() >= 1,
        isinstance(os.urandom(3), bytes),
        subprocess.list2cmdline(['a b', 'c']),
        subprocess.CalledProcessError(1, ['x'], b'out'),
        contextvars.copy_context() is not None,
    )
