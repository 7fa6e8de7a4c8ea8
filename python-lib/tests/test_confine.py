"""What a run in CPython is kept from where the kernel offers too little."""

import os
import tempfile
import unittest
from unittest import mock

from _pulzar import confine


class Confine(unittest.TestCase):
    def test_a_run_without_network_is_refused_where_nothing_can_hold_it(self):
        with self.assertRaisesRegex(OSError, 'Network: off needs system call filters'):
            confine.hold_calls([], network=False)

    def test_a_run_with_network_needs_no_filter(self):
        confine.hold_calls([], network=True)

    def test_each_run_gets_the_filter_that_it_asks_for(self):
        closed, opened = mock.Mock(), mock.Mock()
        confine.hold_calls([closed, opened], network=False)
        self.assertEqual((1, 0), (closed.put_on.call_count, opened.put_on.call_count))
        confine.hold_calls([closed, opened], network=True)
        self.assertEqual((1, 1), (closed.put_on.call_count, opened.put_on.call_count))

    def test_what_lies_below_a_readable_directory_needs_no_rule_of_its_own(self):
        with tempfile.TemporaryDirectory() as made:
            folder = os.path.realpath(made)
            for name in ('a', 'a/b', 'ab'):
                os.mkdir(f'{folder}/{name}')
            os.symlink(f'{folder}/a', f'{folder}/link')
            paths = [f'{folder}/{name}' for name in ('a/b', 'ab', 'link', 'a', 'missing')]
            self.assertEqual([f'{folder}/{name}' for name in ('a', 'ab', 'missing')], confine._outermost(paths))


if __name__ == '__main__':
    unittest.main()
