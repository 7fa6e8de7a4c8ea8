import ast
import importlib
import json
import os
import sys
import tempfile
import unittest
import unittest.mock

from tests.platform_double import Platform, connected

JOBS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), 'jobs')


class ExampleJobsTest(unittest.TestCase):
    def setUp(self):
        modules, path, folder = dict(sys.modules), list(sys.path), os.getcwd()
        sys.path[:0] = [JOBS, os.path.join(JOBS, 'example')]

        def restore():
            sys.path[:] = path
            for name in set(sys.modules) - set(modules):
                del sys.modules[name]
            os.chdir(folder)

        self.addCleanup(restore)

    def run_job(self, module, parameters, **answers):
        name = module.rpartition('.')[2].capitalize()
        job_class = getattr(importlib.import_module(module), name)
        with connected(Platform(**answers)) as platform:
            result = job_class(dict(parameters, job_id=7)).execute()
        return result, platform

    def test_every_algorithm_of_the_factorial_agrees(self):
        for number, expected in ((0, '1'), (1, '1'), ('5', '120'), (' 20 ', '2432902008176640000')):
            result, platform = self.run_job('example.factorial', {'number': number})
            self.assertIs(result, True)
            self.assertEqual({part.rpartition(': ')[2] for part in platform.parts}, {expected})
            self.assertEqual(len(platform.parts), 6)

    def test_a_large_factorial_leaves_the_recursion_out(self):
        result, platform = self.run_job('example.factorial', {'number': 1000})
        self.assertIs(result, True)
        self.assertEqual(len(platform.parts), 5)
        self.assertIn('recursive: left out', platform.lines[-1])

    def test_every_algorithm_of_fibonacci_agrees(self):
        for number, expected in (
            (0, '0'),
            (1, '1'),
            (2, '1'),
            (10, '55'),
            (90, '2880067194370816120'),
        ):
            result, platform = self.run_job('example.fibonacci', {'number': number})
            self.assertIs(result, True)
            self.assertEqual({part.rpartition(': ')[2] for part in platform.parts}, {expected})
            self.assertEqual(len(platform.parts), 4)

    def test_a_number_that_is_none_fails_clearly(self):
        for module, most in (('example.factorial', 1000), ('example.fibonacci', 10000)):
            for bad in ('abc', '', -1, 1.5, True, None, [5], '1e3', '²', '9' * 5000, most + 1):
                result, platform = self.run_job(module, {'number': bad})
                self.assertIs(result, False, bad)
                self.assertRegex(platform.lines[1], rf'^PULZAR_ERROR::.*from 0 to {most}, not')
            result, platform = self.run_job(module, {})
            self.assertIs(result, False)
            self.assertIn('"number" is missing', platform.lines[1])

    def test_the_text_report_lists_words_by_frequency(self):
        parameters = {'text': "To be or not to be. It's not", 'limit': '4'}
        result, platform = self.run_job('example.textreport.words', parameters)
        self.assertIs(result, True)
        self.assertEqual(platform.parts, ['to   2', 'be   2', 'not  2', 'or   1'])

    def test_a_stored_value_is_counted_and_reported(self):
        from _pulzar import bridge

        stored = []

        def store(given):
            with open(given['name']) as file:
                stored.append(json.load(file))
            return {'key': '/jobs/regular/7/' + given['name']}

        with tempfile.TemporaryDirectory() as scratch:
            os.chdir(scratch)
            with open('value', 'wb') as file:
                file.write(b'one\r\ntwo\nthree')
            with unittest.mock.patch.object(bridge, 'input_file', return_value='value'):
                result, platform = self.run_job('example.linecount', {}, files_store=store)
            os.chdir(JOBS)
        self.assertIs(result, True)
        self.assertEqual(platform.parts, ['lines: 3', 'bytes: 14', 'longest line: 5'])
        self.assertEqual(stored, [{'lines': 3, 'bytes': 14, 'longest line': 5}])

    def test_without_its_value_the_count_fails(self):
        result, platform = self.run_job('example.linecount', {})
        self.assertIs(result, False)
        self.assertIn('"pulzar_data" is missing', platform.lines[1])

    def test_the_life_of_a_job_can_end_in_several_ways(self):
        job = 'example.lifecycle'
        self.assertIs(self.run_job(job, {'ending': 'fail_in_a_decorated_method'})[0], False)
        self.assertIs(self.run_job(job, {'ending': 'fail_by_mark'})[0], False)
        for ending, text in (('fail_by_raising', 'not caught'), ('dance', 'must be one of')):
            with self.assertRaisesRegex(ValueError, text):
                self.run_job(job, {'ending': ending})

    def test_every_job_describes_itself(self):
        described = 0
        for folder, _, names in os.walk(JOBS):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    tree = ast.parse(file.read()) if name.endswith('.py') else ast.parse('')
                expected = name[:-3].capitalize()
                for node in tree.body:
                    if isinstance(node, ast.ClassDef) and node.name == expected:
                        execute = next(f for f in node.body if getattr(f, 'name', '') == 'execute')
                        entry = ast.get_docstring(execute)
                        for field in ('Description', 'Arguments', 'Category', 'Author'):
                            self.assertRegex(entry, rf'(?m)^{field}: \S', name)
                        described += 1
        self.assertGreaterEqual(described, 5)
