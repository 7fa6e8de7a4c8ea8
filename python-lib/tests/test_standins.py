import importlib
import os
import sys
import unittest

import requests

from _pulzar import standins

LIBRARY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class StandInsTest(unittest.TestCase):
    def setUp(self):
        finder = standins.Submodules(LIBRARY)
        sys.meta_path.append(finder)
        self.addCleanup(sys.meta_path.remove, finder)

    def test_a_name_that_is_imported_and_not_there_says_how_to_get_it(self):
        for line in (
            'from requests import certs',
            'import requests.certs',
            'from requests.adapters import PoolManager',
        ):
            with self.assertRaisesRegex(ImportError, 'stand-in for requests; .*pulzar packages add requests') as caught:
                exec(line, {})  # noqa: S102 the lines above
            self.assertNotIn(LIBRARY, str(caught.exception))

    def test_a_name_that_is_read_and_not_there_is_missing(self):
        self.assertFalse(hasattr(requests, 'certs'))
        self.assertEqual(getattr(requests.adapters, 'PoolManager', 1), 1)
        with self.assertRaisesRegex(NotImplementedError, 'requests.certs is not in'):
            _ = requests.certs

    def test_a_real_package_speaks_for_itself(self):
        self.assertIsNone(standins.Submodules('/elsewhere').find_spec('requests.certs'))
        self.assertIsNone(standins.Submodules(LIBRARY).find_spec('json.certs'))

    def test_the_older_way_to_urllib3_leads_to_the_same_modules(self):
        import urllib3.exceptions

        old = importlib.import_module('requests.packages.urllib3.exceptions')
        self.assertIs(old.InsecureRequestWarning, urllib3.exceptions.InsecureRequestWarning)
