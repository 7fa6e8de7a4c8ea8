import contextlib
import copy
import datetime
import io
import json
import os
import tempfile
import unittest

from tests.platform_double import Platform, connected

from _pulzar import bridge
from pulzarutils.constants import Constants, ReqType, Response
from pulzarutils.extension import Extension
from pulzarutils.file_utils import FileUtils
from pulzarutils.logger import PulzarLogger
from pulzarutils.messenger import Messenger
from pulzarutils.node_utils import NodeUtils
from pulzarutils.stream import Config
from pulzarutils.utils import Utils


class ReferenceTest(unittest.TestCase):
    """Calls of the original, with the results that they had there."""

    def test_the_helper_library_answers_as_the_original_did(self):
        names = {'u': Utils(), 'd': datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.timezone.utc)}
        for call, expected in reference('helper_library.json')['calls'].items():
            with self.subTest(call):
                result = eval(call, dict(names))  # noqa: S307 (the file is ours)
                self.assertEqual(json.loads(json.dumps(result, default=str)), expected)

    def test_the_constants_are_the_originals(self):
        for name, value in reference('constants.json').items():
            self.assertEqual(getattr(Constants(), name), value, name)
            self.assertEqual(getattr(Constants, name), value, name)

    def test_methods_and_kinds_of_answers_are_numbered(self):
        self.assertEqual({kind.name: kind.value for kind in ReqType}, {'GET': 1, 'POST': 2, 'PUT': 3, 'DELETE': 4})
        self.assertEqual({kind.name: kind.value for kind in Response}, {'JSON': 0, 'TEXT': 1, 'OPTIONS': 3})


def reference(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name)) as file:
        return json.load(file)


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
    def test_the_platform_answers_for_its_own_configuration(self):
        answers = {'config': lambda given: 5, 'config_sections': lambda given: ['general', 'server']}
        with connected(Platform(**answers)) as platform:
            for path in (Constants().CONF_PATH, None):
                self.assertEqual(Config(path).get_config('general', 'maxsize'), '5')
            self.assertEqual(Config(Constants.CONF_PATH).get_sections(), ['general', 'server'])
        self.assertEqual(platform.calls[0], ('config', {'section': 'general', 'key': 'maxsize'}))

    def test_a_setting_without_value_is_none(self):
        with connected(Platform(config=lambda given: None)):
            self.assertIsNone(Config(Constants.CONF_PATH).get_config('server', 'key'))

    def test_a_file_of_the_script_is_read_wherever_it_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'mine.conf')
            with open(path, 'w') as file:
                file.write('[server]\nport=31414\nname=50%\n[mine]\n')
            for where in (contextlib.nullcontext(), connected(Platform())):
                with where:
                    self.assertEqual(Config(config_path=path).get_config(section='server', config='port'), '31414')
                    self.assertEqual(Config(path).get_config('server', 'name'), '50%')
                    self.assertIsNone(Config(path).get_config('server', 'host'))
                    self.assertIsNone(Config(path).get_config('volume', 'dir'))
                    self.assertEqual(Config(path).get_sections(), ['server', 'mine'])

    def test_a_relative_path_is_looked_for_beside_the_script(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'beside.ini'), 'w') as file:
                file.write('[a]\nb = 7\n')
            bridge.enter_script(folder, folder)
            self.addCleanup(bridge.enter_script, None, None)
            with connected(Platform()):
                self.assertEqual(Config('beside.ini').get_config('a', 'b'), '7')
                self.assertIsNone(Config('missing.ini').get_config('a', 'b'))
                self.assertEqual(Config('missing.ini').get_sections(), [])


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
        files.remove_file(path)
        self.assertFalse(files.file_exists(path))

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
