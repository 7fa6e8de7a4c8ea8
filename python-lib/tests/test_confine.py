"""What a run in CPython is kept from where the kernel offers too little."""

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
        with mock.patch.object(confine, 'filter_calls') as put_on:
            confine.hold_calls([b'closed', b'open'], network=False)
            confine.hold_calls([b'closed', b'open'], network=True)
        self.assertEqual([mock.call(b'closed'), mock.call(b'open')], put_on.call_args_list)


if __name__ == '__main__':
    unittest.main()
