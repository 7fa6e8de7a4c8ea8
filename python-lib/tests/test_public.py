import base64
import datetime
import os
import tempfile
import unittest

from tests.platform_double import Platform, connected

from pulzarutils.node_utils import NodeUtils
from pulzarutils.public import PAGE, Public

UTC = datetime.timezone.utc


def pages(keys):
    def answer(given):
        rest = [key for key in keys if given['after'] is None or key > given['after']]
        page = rest[: given['limit']]
        more = page[-1] if len(rest) > len(page) else None
        rows = [{'key': key, 'node': 'n1:31415', 'date': '2026-11-21-07-34-05'} for key in page]
        return {'keys': rows, 'next': more}

    return answer


class AllElementsTest(unittest.TestCase):
    def test_a_key_comes_with_its_node_and_date(self):
        with connected(Platform(keys_page=pages(['/a b.txt']))):
            elements = list(Public().get_all_elements())
        self.assertEqual(elements, [(b'L2EgYi50eHQ=', b'n1:31415,2026-11-21-07-34-05')])

    def test_pages_are_fetched_as_they_are_needed(self):
        keys = [f'/k{number:05}' for number in range(PAGE * 2 + 1)]
        with connected(Platform(keys_page=pages(keys))) as platform:
            elements = Public().get_all_elements()
            first = next(elements)
            self.assertEqual(len(platform.calls), 1)
            rest = [base64.b64decode(key).decode() for key, _ in elements]
        self.assertEqual([base64.b64decode(first[0]).decode(), *rest], keys)
        self.assertEqual(len(platform.calls), 3)

    def test_no_keys_are_no_elements(self):
        with connected(Platform(keys_page=pages([]))):
            self.assertEqual(list(Public().get_all_elements()), [])

    def test_nodes_are_those_that_hold_keys(self):
        with connected(Platform(keys_page=pages(['/a', '/b']))):
            self.assertEqual(NodeUtils().get_nodes(), ['n1:31415'])


class ValueTest(unittest.TestCase):
    def value(self, key, answer):
        with connected(Platform(keys_value=lambda given: answer)) as platform:
            return Public().get_value(key), platform.calls

    def test_a_small_value_comes_in_the_answer(self):
        for written in ('2026-11-21-07-34-05', '2026-11-21 07:34:05', '2026-11-21T07:34:05.123Z'):
            value, _ = self.value('/a', {'value_base64': 'AP8=', 'datetime': written})
            moment = datetime.datetime(2026, 11, 21, 7, 34, 5, tzinfo=UTC)
            self.assertEqual(value, {'value': b'\x00\xff', 'datetime': moment})

    def test_a_large_value_comes_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'value')
            with open(path, 'wb') as file:
                file.write(b'large')
            answer = {'value_path': path, 'datetime': '2026-11-21-07-34-05'}
            self.assertEqual(self.value('/a', answer)[0]['value'], b'large')

    def test_a_key_may_be_given_as_it_was_listed(self):
        for key in ('/a/b', 'a/b', base64.b64encode(b'/a/b')):
            value, calls = self.value(key, None)
            self.assertIsNone(value)
            self.assertEqual(calls, [('keys.value', {'key': '/a/b'})])

    def test_an_empty_value_is_not_a_missing_one(self):
        answer = {'value_base64': '', 'datetime': '2026-11-21-07-34-05'}
        self.assertEqual(self.value('/a', answer)[0]['value'], b'')

    def test_an_error_of_the_platform_is_a_python_error(self):
        with connected(Platform()), self.assertRaises(NotImplementedError):
            Public().get_value('/a')
