"""The lines of a docstring that the platform must have read before a run begins."""

import unittest

from _pulzar import limits


class LimitsTest(unittest.TestCase):
    def test_lines_are_found_in_any_case_and_the_first_of_a_name_counts(self):
        docstring = """Says something.

        Timeout: 30s
        notify: ops, on-call
        Notify: nobody
        Secrets: A
        Category: none of its business
        """
        self.assertEqual(limits.declared(docstring), {'timeout': '30s', 'notify': 'ops, on-call', 'secrets': 'A'})

    def test_what_was_not_read_before_the_start_is_refused_by_name(self):
        limits.compare('Notify: ops', {'notify': 'ops'})
        with self.assertRaisesRegex(limits.LimitsNotReadError, 'Notify: ops could not be applied'):
            limits.compare('Notify: ops', {})
