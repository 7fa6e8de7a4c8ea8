"""The client against a real server, which PythonClientTest starts::

    PULZAR_SERVER=http://127.0.0.1:31414 PULZAR_TOKEN=... python3 -m unittest tests.client_cases

The server has the scripts example/factorial, example/broken, example/slow and reports/daily.
"""

import asyncio
import contextlib
import io
import json
import os
import pathlib
import re
import tempfile
import threading
import time
import unittest
import uuid

from pulzarclient import (
    AsyncClient,
    Client,
    ConflictError,
    JobFailedError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    UnreachableError,
)

MANUAL = pathlib.Path(__file__).resolve().parent.parent.parent / 'docs' / 'client.md'
LOG = ['first line', ' second line', '', 'last line']


class ClientCase(unittest.TestCase):
    def setUp(self):
        self.client = Client()
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)


class JobsTest(ClientCase):
    def test_a_job_is_launched_and_waited_for(self):
        job = self.client.wait(self.client.launch('example/factorial', {'number': 5}, text='to be'))
        self.assertEqual((job['state'], job['result']), ('completed', 120))
        self.assertEqual(job['job_path'], 'example/factorial')
        self.assertEqual(json.loads(job['parameters']), {'number': 5, 'text': 'to be'})
        self.assertEqual(self.client.run('example/factorial'), 120)

    def test_a_failure_carries_the_job(self):
        with self.assertRaisesRegex(JobFailedError, 'it is broken') as caught:
            self.client.run('example/broken')
        self.assertEqual(caught.exception.job['state'], 'failed')

    def test_a_log_is_followed_line_by_line_while_it_is_written(self):
        job = self.client.launch('example/slow')
        lines = self.client.follow(job)
        self.assertEqual(next(lines), LOG[0])
        self.assertIn(self.client.job(job)['state'], ('pending', 'running'))
        self.client.cancel(job)
        self.assertEqual(list(lines), LOG[1:])
        self.assertEqual(self.client.log(job).splitlines(), LOG)
        with self.assertRaises(ConflictError):
            self.client.cancel(job)

    def test_waiting_ends_at_its_time(self):
        job = self.client.launch('example/slow')
        with self.assertRaisesRegex(TimeoutError, f'job {job} goes on'):
            self.client.wait(job, seconds=0.3)
        self.client.cancel(job)
        self.assertEqual(self.client.wait(job, seconds=60)['state'], 'canceled')

    def test_a_follower_can_be_closed_by_another_thread(self):
        job = self.client.launch('example/slow')
        lines = self.client.follow(job)
        next(lines)
        threading.Timer(0.2, lines.close).start()
        self.assertEqual(list(lines), [])
        self.client.cancel(job)

    def test_the_same_key_starts_one_job(self):
        key = str(uuid.uuid4())
        first = self.client.launch('example/factorial', number=1, idempotency_key=key)
        self.assertEqual(self.client.launch('example/factorial', number=1, idempotency_key=key), first)
        self.assertNotEqual(self.client.launch('example/factorial', number=1), first)

    def test_jobs_are_found_and_run_again(self):
        mark = uuid.uuid4().hex
        first = self.client.launch('example/factorial', mark=mark)
        self.client.wait(first)
        again = self.client.rerun(first)
        self.client.wait(again)
        found = list(self.client.jobs(text=mark, state=['completed', 'failed'], script='example/'))
        self.assertEqual([row['job_id'] for row in found], [again, first])
        self.assertEqual([row['job_id'] for row in self.client.jobs(text=mark, limit=1)], [again])
        self.assertEqual(list(self.client.jobs(text=mark, since='2999-01-01T00:00:00Z')), [])

    def test_scripts_are_listed(self):
        self.assertIn('example/factorial', [script['path'] for script in self.client.scripts('example/')])
        self.assertEqual(self.client.scripts('nosuch/'), [])


class SchedulesTest(ClientCase):
    def test_a_schedule_is_made_paused_resumed_run_and_ended(self):
        made = self.client.schedule('reports/daily', {'to': 'ann'}, every='2h', max_runs=3)
        schedule = self.client.get_schedule(made)
        self.assertEqual((schedule['interval'], schedule['time_unit']), ('hours', 2))
        self.assertIn(made, [row['job_id'] for row in self.client.schedules()])
        self.client.pause(made)
        self.assertEqual(self.client.get_schedule(made)['state'], 'paused')
        self.client.resume(made)
        self.client.run_now(made)
        self.client.end_schedule(made)
        self.assertEqual(self.client.get_schedule(made)['state'], 'canceled')

    def test_what_makes_no_sense_is_refused(self):
        with self.assertRaisesRegex(ValueError, 'every'):
            self.client.schedule('reports/daily', every='often')
        with self.assertRaises(RefusedError) as caught:
            self.client.schedule('reports/daily', cron='nonsense')
        self.assertEqual(caught.exception.status, 400)


class ValuesTest(ClientCase):
    def setUp(self):
        super().setUp()
        self.folder = f'/client/{uuid.uuid4().hex}'

    def test_text_bytes_files_and_streams_are_stored(self):
        file = self.scratch / 'file'
        file.write_bytes('ñ'.encode())
        values = ['ñ', 'ñ'.encode(), bytearray('ñ'.encode()), io.BytesIO('ñ'.encode()), io.StringIO('ñ'), file]
        for number, value in enumerate(values):
            key = f'{self.folder}/a value, {number}'
            self.client.put(key, value, ttl='1h')
            self.assertEqual(self.client.get(key), 'ñ'.encode())
        self.client.put(self.folder + '/empty', b'')
        self.assertEqual(self.client.get(self.folder + '/empty'), b'')
        with self.assertRaisesRegex(TypeError, 'not int'):
            self.client.put(self.folder + '/number', 5)

    def test_large_values_go_through_in_pieces(self):
        large = os.urandom(3_000_000)
        file = self.scratch / 'large'
        file.write_bytes(large)
        self.client.put(self.folder + '/large', file)
        self.assertEqual(self.client.download(self.folder + '/large', self.scratch / 'copy'), len(large))
        self.assertEqual((self.scratch / 'copy').read_bytes(), large)
        with self.client.open(self.folder + '/large') as value:
            self.assertEqual(value.read(10), large[:10])
        self.client.put(self.folder + '/piped', iter_file(large))
        self.assertEqual(self.client.get(self.folder + '/piped'), large)

    def test_a_key_is_written_once_unless_it_is_replaced(self):
        key = self.folder + '/once'
        self.client.put(key, 'one')
        with self.assertRaises(ConflictError) as caught:
            self.client.put(key, 'two')
        self.assertEqual((caught.exception.status, caught.exception.code), (409, 'key_exists'))
        self.client.put(key, 'three', replace=True)
        self.assertEqual(self.client.get(key), b'three')
        self.assertTrue(self.client.delete(key))
        self.assertFalse(self.client.delete(key))
        with self.assertRaises(NotFoundError):
            self.client.get(key)
        with self.assertRaises(NotFoundError):
            self.client.download(key, self.scratch / 'none')
        self.assertEqual(list(self.scratch.iterdir()), [])

    def test_what_is_too_large_is_refused_in_words(self):
        with self.assertRaises(RefusedError) as caught:
            self.client.put(self.folder + '/much', bytes(6_000_000))
        self.assertEqual(caught.exception.status, 413)

    def test_keys_are_listed(self):
        for name in 'abc':
            self.client.put(f'{self.folder}/{name}', name * 3)
        rows = list(self.client.keys(self.folder + '/'))
        self.assertEqual([row['key'] for row in rows], [f'{self.folder}/{name}' for name in 'abc'])
        self.assertEqual(rows[0]['size'], 3)

    def test_text_records(self):
        uid = f'client {uuid.uuid4().hex} ñ'
        self.assertIsNone(self.client.get_text(uid))
        self.client.put_text(uid, 'hello')
        self.client.put_text(uid, 'hello again')
        self.assertIn('hello again', self.client.get_text(uid))
        self.assertTrue(self.client.delete_text(uid))
        self.assertFalse(self.client.delete_text(uid))


class ErrorsTest(ClientCase):
    def test_a_refusal_has_the_servers_words(self):
        with self.assertRaises(NotFoundError) as caught:
            self.client.launch('example/nosuch')
        self.assertEqual((caught.exception.status, caught.exception.code), (404, 'job_not_found'))
        self.assertIn('example/nosuch', caught.exception.message)

    def test_a_token_is_needed(self):
        with self.assertRaises(NotAllowedError):
            Client(token='pzr_nobody').job(1)  # noqa: S106 (nobody's)

    def test_where_nobody_answers(self):
        with self.assertRaisesRegex(UnreachableError, 'http://127.0.0.1:1'):
            Client('http://127.0.0.1:1', retries=0).job(1)
        with self.assertRaises(ValueError):
            Client('127.0.0.1:31414')


class AsyncTest(ClientCase):
    def test_everything_is_there_too(self):
        public = {name for name in vars(Client) if not name.startswith('_')}
        asynchronous = {name for name in vars(AsyncClient) if not name.startswith('_')}
        self.assertEqual(public - {'open'}, asynchronous - {'close'})

    def test_many_jobs_are_waited_for_at_once(self):
        async def main():
            async with AsyncClient() as client:
                slow = [await client.launch('example/slow') for _ in range(2)]
                waiting = [asyncio.ensure_future(client.wait(job)) for job in slow]
                result = await client.run('example/factorial')
                lines = client.follow(slow[0])
                first = await lines.__anext__()
                for job in slow:
                    await client.cancel(job)
                states = [job['state'] for job in await asyncio.gather(*waiting)]
                return result, first, [line async for line in lines], states

        result, first, rest, states = asyncio.run(main())
        self.assertEqual((result, [first, *rest]), (120, LOG))
        self.assertEqual(states, ['canceled'] * 2)

    def test_a_canceled_wait_lets_its_thread_go(self):
        async def main():
            async with AsyncClient() as client:
                job = await client.launch('example/slow')
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(client.wait(job), 0.3)
                await client.cancel(job)
                return await client.wait(job)

        began = time.monotonic()
        self.assertEqual(asyncio.run(main())['state'], 'canceled')
        self.assertLess(time.monotonic() - began, 60)

    def test_values_keys_jobs_and_schedules(self):
        async def main():
            folder = f'/client/{uuid.uuid4().hex}'
            async with AsyncClient() as client:
                await client.put(folder + '/a', 'one')
                self.assertEqual(await client.get(folder + '/a'), b'one')
                self.assertEqual([key['key'] async for key in client.keys(folder)], [folder + '/a'])
                self.assertTrue(await client.delete(folder + '/a'))
                job = await client.launch('example/factorial')
                await client.wait(await client.rerun(job))
                self.assertEqual(len([row async for row in client.jobs(limit=2)]), 2)
                schedule = await client.schedule('reports/daily', every='1d')
                await client.pause(schedule)
                self.assertEqual((await client.get_schedule(schedule))['state'], 'paused')
                with self.assertRaises(NotFoundError):
                    await client.get('/none')

        asyncio.run(main())


class ManualTest(ClientCase):
    def test_the_manual_does_what_it_says(self):
        snippets = re.findall(r'```python\n(.*?)```', MANUAL.read_text(encoding='utf-8'), re.S)
        self.assertGreater(len(snippets), 5)
        before = os.getcwd()
        os.chdir(self.scratch)
        self.addCleanup(os.chdir, before)
        names = {}
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            for snippet in snippets:
                here = snippet.replace('http://127.0.0.1:31414', self.client.server)
                exec(compile(here, 'docs/client.md', 'exec'), names)  # noqa: S102
        self.assertIn('completed 120', printed.getvalue())
        self.assertIn("b'all is very well'", printed.getvalue())
        self.assertIn('404 job_not_found', printed.getvalue())
        self.assertIn('[120, 120, 120, 120, 120]', printed.getvalue())


def iter_file(data):
    """A file that does not know its length."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.source = io.BytesIO(data)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self.source.readinto(buffer)

    return io.BufferedReader(Pipe())


if __name__ == '__main__':
    unittest.main()
