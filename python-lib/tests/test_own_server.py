import io
import os
import tempfile
import unittest
import unittest.mock

from tests.platform_double import Platform, connected

from _pulzar import bridge
from pulzarcore import jobs, values
from pulzarutils.public import Public


class ValuesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = scratch.name
        patch = unittest.mock.patch.object(bridge, 'run_directory', return_value=self.scratch)
        patch.start()
        self.addCleanup(patch.stop)

    def put(self, *arguments, **keywords):
        stored = []

        def keep(given):
            with open(os.path.join(self.scratch, given['file']), 'rb') as file:
                stored.append(file.read())
            return given['key']

        with connected(Platform(keys_put=keep)) as platform:
            key = values.put(*arguments, **keywords)
        given = platform.calls[0][1]
        del given['file']
        self.assertEqual(os.listdir(self.scratch), [])
        return key, stored, given

    def test_text_bytes_and_files_are_stored(self):
        for value in ('ñ', 'ñ'.encode(), bytearray('ñ'.encode()), io.BytesIO('ñ'.encode()), io.StringIO('ñ')):
            key, stored, given = self.put('a/b', value, days=7)
            self.assertEqual((key, stored), ('/a/b', ['ñ'.encode()]))
            self.assertEqual(given, {'key': '/a/b', 'days': 7, 'replace': False})

    def test_what_is_no_value_is_named(self):
        with self.assertRaisesRegex(TypeError, 'not int'):
            values.put('/a', 5)
        self.assertEqual(os.listdir(self.scratch), [])

    def test_a_value_is_read_and_its_file_removed(self):
        path = os.path.join(self.scratch, 'value')
        with open(path, 'wb') as file:
            file.write(b'stored')
        with connected(Platform(keys_value=lambda given: {'value_path': path, 'datetime': ''})):
            self.assertEqual(values.get('a'), b'stored')
        self.assertFalse(os.path.exists(path))
        with connected(Platform(keys_value=lambda given: None)):
            self.assertIsNone(values.get('/a'))

    def test_keys_are_listed_page_by_page(self):
        pages = {None: {'keys': [{'key': '/a/1'}], 'next': '/a/1'}, '/a/1': {'keys': [{'key': '/a/2'}], 'next': None}}
        with connected(Platform(keys_page=lambda given: pages[given['after']])) as platform:
            self.assertEqual(list(values.list('a/')), ['/a/1', '/a/2'])
        self.assertEqual(platform.calls[1][1], {'prefix': '/a/', 'after': '/a/1', 'limit': values.PAGE})

    def test_a_key_is_deleted(self):
        with connected(Platform(keys_delete=lambda given: given['key'] == '/a')):
            self.assertIs(values.delete('a'), True)
            self.assertIs(values.delete('b'), False)

    def test_public_replaces_a_value(self):
        with connected(Platform(keys_put=lambda given: given['key'])) as platform:
            self.assertIs(Public().set_value(b'L2E=', 'text'), True)
        self.assertEqual(platform.calls[0][1]['key'], '/a')
        self.assertIs(platform.calls[0][1]['replace'], True)


class JobsTest(unittest.TestCase):
    def test_parameters_are_given_as_a_dict_or_by_name(self):
        with connected(Platform(jobs_launch=lambda given: 7)) as platform:
            self.assertEqual(jobs.launch('a/b', {'x': 1}, y=2), 7)
        self.assertEqual(platform.calls, [('jobs.launch', {'path': 'a/b', 'parameters': {'x': 1, 'y': 2}})])

    def test_waiting_and_canceling(self):
        with connected(Platform(jobs_wait=lambda given: None, jobs_cancel=lambda given: True)) as platform:
            self.assertIsNone(jobs.wait(7, seconds=2))
            jobs.wait('7')
            self.assertIs(jobs.cancel(7), True)
        self.assertEqual(platform.calls[0][1], {'job': 7, 'seconds': 2.0})
        self.assertEqual(platform.calls[1][1], {'job': 7, 'seconds': None})

    def test_without_a_server_it_says_so(self):
        with self.assertRaisesRegex(NotImplementedError, 'needs a Pulzar server'):
            jobs.launch('a')
