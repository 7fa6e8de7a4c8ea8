import contextlib
import copy
import io
import os
import re
import tempfile
import unittest

from tests.platform_double import Platform, connected

from pulzarutils.constants import Constants, ReqType, Response
from pulzarutils.extension import Extension
from pulzarutils.file_utils import FileUtils
from pulzarutils.logger import PulzarLogger
from pulzarutils.messenger import Messenger
from pulzarutils.node_utils import NodeUtils
from pulzarutils.stream import Config

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class ConstantsTest(unittest.TestCase):
    def test_they_are_read_on_the_class_and_on_an_instance(self):
        self.assertIs(Constants().DEBUG, False)
        self.assertEqual(Constants.ADD_RECORD, Constants().ADD_RECORD)
        self.assertEqual((ReqType.GET, Response.OK, Response.STATUS_KO), ('GET', 200, 'ko'))

    def test_the_version_is_the_products(self):
        with open(os.path.join(PROJECT, 'pom.xml')) as file:
            version = re.search(r'<artifactId>pulzar</artifactId>\s*<version>(.+?)<', file.read())
        self.assertEqual(Constants.VERSION, version.group(1))


class Greeting(Extension):
    def __init__(self, arguments, params, upload=None):
        self.own = upload


class ExtensionTest(unittest.TestCase):
    def test_the_request_is_kept(self):
        extension = Extension(['a'], {'x': ['1']}, '/upload')
        kept = (extension.arguments, extension.params, extension.file_path)
        self.assertEqual(kept, (['a'], {'x': ['1']}, '/upload'))

    def test_without_execute_it_says_what_is_missing(self):
        with self.assertRaisesRegex(NotImplementedError, r'Greeting has no execute\(\)'):
            Greeting([], {}).execute()

    def test_the_upload_is_removed_once_and_never_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'upload')
            with open(path, 'w'):
                pass
            extension = Extension([], {}, path)
            extension.clean_tmp()
            self.assertFalse(os.path.exists(path))
            extension.clean_tmp()
        Greeting([], {}).clean_tmp()


class ConfigTest(unittest.TestCase):
    def test_the_platform_answers_whatever_file_is_named(self):
        with connected(Platform(config=lambda given: 5)) as platform:
            self.assertEqual(Config('/no/such.conf').get_config('general', 'maxsize'), '5')
        self.assertEqual(platform.calls, [('config', {'section': 'general', 'key': 'maxsize'})])

    def test_a_setting_without_value_is_none(self):
        with connected(Platform(config=lambda given: None)):
            self.assertIsNone(Config().get_config('server', 'key'))

    def test_on_a_desk_the_file_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'server.conf')
            with open(path, 'w') as file:
                file.write('[server]\nport=31414\nname=50%\n')
            self.assertEqual(Config(path).get_config('server', 'port'), '31414')
            self.assertEqual(Config(path).get_config('server', 'name'), '50%')
            self.assertIsNone(Config(path).get_config('server', 'host'))
            self.assertIsNone(Config(path).get_config('volume', 'dir'))
        self.assertIsNone(Config().get_config('server', 'port'))


class PulzarLoggerTest(unittest.TestCase):
    def test_lines_carry_their_level(self):
        with connected(Platform()) as platform:
            logger = PulzarLogger(master=True)
            logger.debug('a')
            logger.info('b %s of %d', 'x', 2)
            logger.warning('100%')
            logger.error(KeyError('k'))
        expected = ['DEBUG a', 'INFO b x of 2', 'WARNING 100%', "ERROR 'k'"]
        self.assertEqual(platform.lines, expected)

    def test_an_exception_is_named(self):
        with connected(Platform()) as platform:
            try:
                raise ValueError('on purpose')
            except ValueError:
                PulzarLogger().exception('while %s', 'reading')
            PulzarLogger().exception('nothing at hand')
        self.assertEqual(
            platform.lines,
            ['ERROR while reading: ValueError: on purpose', 'ERROR nothing at hand'],
        )

    def test_on_a_desk_it_writes_to_stderr(self):
        with contextlib.redirect_stderr(io.StringIO()) as log:
            PulzarLogger().info('here')
        self.assertEqual(log.getvalue(), 'INFO here\n')


class SandboxedPartsTest(unittest.TestCase):
    def test_files_of_the_scratch_directory_are_read_and_written(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'sub', 'a.txt')
            files = FileUtils()
            files.write_file(path, 'ñ')
            self.assertEqual((files.read_file(path), files.get_size(path)), (b'\xc3\xb1', 2))
            self.assertTrue(files.file_exists(path))
            self.assertTrue(files.remove_file(path))
            self.assertFalse(files.remove_file(path))

    def test_an_envelope_is_built(self):
        messenger = Messenger()
        messenger.set_response([1])
        messenger.set_message('done')
        self.assertEqual(messenger.get_response(), {'data': [1], 'status': 'ok', 'msg': 'done'})
        messenger.mark_as_failed()
        self.assertEqual(messenger.get_json(), '{"data": [1], "status": "ko", "msg": "done"}')

    def test_what_a_sandbox_cannot_have_names_the_alternative(self):
        for thing, alternative in (
            (FileUtils(), 'get_value'),
            (NodeUtils(), '/admin/network'),
            (Messenger(), 'pulzar_add_log'),
        ):
            with self.assertRaisesRegex(NotImplementedError, alternative) as caught:
                thing.synchronise()
            self.assertIn(f'{type(thing).__name__}.synchronise', str(caught.exception))

    def test_pythons_own_questions_are_answered_normally(self):
        for thing in (FileUtils(), NodeUtils(), Messenger()):
            self.assertIs(type(copy.copy(thing)), type(thing))
            self.assertFalse(hasattr(thing, '__iter__'))
