import contextlib
import copy
import io
import os
import subprocess
import sys
import tempfile
import unittest

from tests.platform_double import Platform, connected

from _pulzar import bridge
from pulzarcore.core_jobs import CoreJobs
from pulzarcore.desk import parameters_of
from pulzarcore.desk import run as run_on_desk


class Wordcount(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    @CoreJobs._pulzar_run_job
    def count(self, factor=1):
        """Counts."""
        words = len(self.pulzar_parameters['text'].split()) * factor
        self.pulzar_set_output(words)
        return words

    def execute(self):
        self.count()
        return self.is_the_job_ok()


def inner(depth):
    if depth:
        return inner(depth - 1)
    raise ValueError('deep')


class Nested(CoreJobs):
    @CoreJobs._pulzar_run_job
    def dive(self, depth):
        inner(depth)

    @CoreJobs._pulzar_run_job
    def swallow(self):
        raise MemoryError('full')

    @CoreJobs._pulzar_run_job
    def leave(self):
        sys.exit(3)


class OnThePlatformTest(unittest.TestCase):
    def setUp(self):
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        self.platform = stack.enter_context(connected(Platform()))

    def test_the_log_starts_with_the_users_parameters_as_json(self):
        given = {'text': 'to be', 'job_id': 7, '_pulzar_config': {'scheduled': False}}
        job = Wordcount(given)
        self.assertEqual(self.platform.lines, ['{"text": "to be"}'])
        self.assertEqual(job.pulzar_parameters, given)
        self.assertEqual(job._job_id, 7)

    def test_no_parameters_are_an_empty_object(self):
        self.assertEqual(CoreJobs(None).pulzar_parameters, {})
        self.assertEqual(CoreJobs({}, True)._log, ['{}'])

    def test_output_parts_are_sent_as_text_one_by_one(self):
        job = CoreJobs({})
        for part in ('one', 2, None, 'three\nlines'):
            job.pulzar_set_output(part)
        self.assertEqual(self.platform.parts, ['one', '2', 'None', 'three\nlines'])

    def test_log_lines_are_sent_at_once_and_kept(self):
        job = CoreJobs({})
        job.pulzar_add_log('first')
        job.pulzar_add_log(['second', 3], bulk=True)
        self.assertEqual(self.platform.lines, ['{}', 'first', 'second', '3'])
        self.assertEqual(job._log, self.platform.lines)

    def test_a_decorated_method_says_whether_all_is_well(self):
        job = Wordcount({'text': 'to be'})
        self.assertIs(job.count(factor=0), True)
        self.assertEqual(self.platform.parts, ['0'])
        self.assertTrue(job.is_the_job_ok())
        del job.pulzar_parameters['text']
        self.assertIs(job.count(), False)
        self.assertIsInstance(job._pulzar_error, KeyError)
        self.assertEqual((job.count.__name__, job.count.__doc__), ('count', 'Counts.'))

    def test_an_error_in_a_decorated_method_fails_the_job_and_is_not_raised(self):
        job = Wordcount({})
        self.assertIs(job.execute(), False)
        self.assertTrue(job._failed_job)
        self.assertEqual(self.platform.lines[1], "PULZAR_ERROR::'text'")
        self.assertEqual(self.platform.lines[2], 'Traceback (most recent call last):')
        self.assertEqual(self.platform.lines[-1], "KeyError: 'text'")

    def test_a_logged_error_names_no_path_of_the_host(self):
        bridge.enter_script(os.path.dirname(os.path.abspath(__file__)), '')
        self.addCleanup(bridge.enter_script, None, None)
        Nested({}).dive(1)
        self.assertEqual(self.platform.lines[-1], 'ValueError: deep')
        self.assertNotIn(os.sep + 'tests', '\n'.join(self.platform.lines))

    def test_what_older_jobs_look_for_is_there(self):
        job = CoreJobs({'a': 1}, True)
        self.assertIs(job.parameters, job.pulzar_parameters)
        self.assertIs(job._notification_enabled, True)
        self.assertGreater(job._start_time, 0)
        self.assertEqual(job._pulzar_job_output, '')
        job.pulzar_set_output(output_str='one')
        job.pulzar_set_output('two')
        self.assertEqual(job._pulzar_job_output, 'one\ntwo')
        self.assertIsNone(job._pulzar_data_file_path)
        self.assertEqual((job.utils.TAG, job._pulzar_utils.TAG), ('Utils', 'Utils'))
        self.assertEqual(job.const.VERSION, '21.4.1')
        self.assertFalse(hasattr(job, 'missing'))
        self.assertEqual(copy.copy(job).utils.TAG, 'Utils')

    def test_running_out_of_memory_fails_the_job_and_is_raised(self):
        job = Nested({})
        with self.assertRaises(MemoryError):
            job.swallow()
        self.assertFalse(job.is_the_job_ok())

    def test_an_exit_is_not_swallowed(self):
        with self.assertRaises(SystemExit):
            Nested({}).leave()

    def test_a_job_without_execute_says_what_is_missing(self):
        with self.assertRaisesRegex(NotImplementedError, r'Nested has no execute\(\)'):
            Nested({}).execute()

    def test_an_instance_may_ask_to_run_locally_and_still_reports(self):
        job = CoreJobs({})
        job.local_exec = True
        job.pulzar_set_output('sent')
        self.assertEqual(self.platform.parts, ['sent'])


class StoredFileTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, 'report.txt')
        with open(self.path, 'w') as file:
            file.write('a report')

    def store(self, path, **answers):
        with connected(Platform(**answers)) as platform:
            return CoreJobs({})._pulzar_store_file(path), platform

    def test_a_stored_file_is_logged_with_its_key(self):
        key = '/jobs/regular/7/report.txt'
        stored, platform = self.store(self.path, files_store=lambda given: {'key': key})
        self.assertIs(stored, True)
        self.assertEqual(platform.calls, [('files.store', {'name': self.path, 'days': 90})])
        self.assertEqual(platform.lines[-1], 'FILE: ' + key)

    def test_the_days_can_be_chosen_and_the_key_is_returned(self):
        with connected(Platform(files_store=lambda given: {'key': '/k'})) as platform:
            self.assertEqual(CoreJobs({}).pulzar_store_file(self.path, days=7), '/k')
            with self.assertRaises(FileNotFoundError):
                CoreJobs({}).pulzar_store_file(self.path + '.no')
        self.assertEqual(platform.calls, [('files.store', {'name': self.path, 'days': 7})])

    def test_a_file_that_does_not_exist_is_not_asked_for(self):
        stored, platform = self.store(self.path + '.no')
        self.assertIs(stored, False)
        self.assertEqual(platform.calls, [])
        self.assertIn('was not stored', platform.lines[-1])

    def test_a_refusal_is_logged(self):
        def refuse(given):
            raise OSError('the store is full')

        stored, platform = self.store(self.path, files_store=refuse)
        self.assertIs(stored, False)
        self.assertIn('the store is full', platform.lines[-1])

    def test_on_a_desk_the_file_stays_where_it_is(self):
        with contextlib.redirect_stderr(io.StringIO()) as log:
            self.assertIs(CoreJobs({})._pulzar_store_file(self.path), True)
        self.assertIn('FILE: ' + os.path.abspath(self.path), log.getvalue())


class OnADeskTest(unittest.TestCase):
    def run_captured(self, job_class, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run_on_desk(job_class, arguments)
        return code, out.getvalue(), err.getvalue()

    def test_output_goes_to_stdout_and_the_log_to_stderr(self):
        code, out, err = self.run_captured(Wordcount, 'text=to be or not')
        self.assertEqual((code, out), (0, '4\n'))
        self.assertEqual(err.splitlines(), ['{"text": "to be or not"}', 'completed'])

    def test_a_failed_job_ends_with_1(self):
        code, out, err = self.run_captured(Wordcount)
        self.assertEqual((code, out), (1, ''))
        self.assertIn('PULZAR_ERROR::', err)
        self.assertTrue(err.endswith('failed\n'))

    def test_values_are_json_or_else_text(self):
        self.assertEqual(
            parameters_of(['a=5', 'b=x=y', 'c={"d": [1]}', 'e=', 'f=true', 'g=007']),
            {'a': 5, 'b': 'x=y', 'c': {'d': [1]}, 'e': '', 'f': True, 'g': '007'},
        )

    def test_an_argument_without_a_value_is_refused(self):
        for bad in ('number', '=5'):
            with self.assertRaisesRegex(ValueError, 'name=value'):
                parameters_of([bad])

    def test_pulzar_data_may_name_a_local_file(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(CoreJobs({'pulzar_data': __file__}).pulzar_get_filepath(), __file__)
            self.assertIsNone(CoreJobs({'pulzar_data': '/no/such'}).pulzar_get_filepath())
            self.assertIsNone(CoreJobs({}).pulzar_get_filepath())


class CostTest(unittest.TestCase):
    def test_the_base_class_brings_in_nothing_but_json_and_the_bridge(self):
        program = (
            'import json, functools, os, sys, time; before = set(sys.modules);'
            'import pulzarcore.core_jobs; print(sorted(set(sys.modules) - before))'
        )
        library = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        done = subprocess.run(
            [sys.executable, '-B', '-c', program],
            cwd=library,
            env={'PYTHONPATH': library},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(
            done.stdout.strip(),
            "['_pulzar', '_pulzar.bridge', 'pulzarcore', 'pulzarcore.core_jobs']",
        )
