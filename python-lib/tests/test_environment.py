"""Secrets and variables of a run: in the module and in the environment while it lasts, and nowhere after it."""

import os
import unittest

import pulzarcore
from _pulzar import environment


class EnvironmentTest(unittest.TestCase):
    def tearDown(self):
        environment.leave()

    def test_a_secret_wins_over_a_variable_of_its_name_in_the_environment(self):
        environment.enter('{"BOTH": "secret", "ONE": "ä"}', '{"BOTH": "plain"}')
        self.assertEqual(dict(pulzarcore.secrets), {'BOTH': 'secret', 'ONE': 'ä'})
        self.assertEqual(dict(pulzarcore.variables), {'BOTH': 'plain'})
        self.assertEqual((os.environ['BOTH'], os.environ['ONE']), ('secret', 'ä'))

    def test_what_was_there_before_comes_back(self):
        os.environ['WAS_THERE'] = 'before'
        self.addCleanup(os.environ.pop, 'WAS_THERE')
        secrets = pulzarcore.secrets
        environment.enter('{"WAS_THERE": "during", "NEW": "x"}', '')
        environment.leave()
        self.assertEqual(os.environ['WAS_THERE'], 'before')
        self.assertNotIn('NEW', os.environ)
        self.assertIs(pulzarcore.secrets, secrets)
        self.assertEqual(len(secrets), 0)

    def test_a_missing_one_says_what_to_do_and_nothing_shows_values(self):
        environment.enter('{"SHOWN": "value"}', '')
        self.assertEqual(repr(pulzarcore.secrets), '<SHOWN>')
        os.environ['ON_A_DESK'] = 'found'
        self.addCleanup(os.environ.pop, 'ON_A_DESK')
        self.assertEqual(pulzarcore.secrets['ON_A_DESK'], 'found')
        with self.assertRaisesRegex(KeyError, 'MISSING: .*Secrets:'):
            pulzarcore.secrets['MISSING']


if __name__ == '__main__':
    unittest.main()
