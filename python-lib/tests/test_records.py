import itertools
import json
import unittest

from _pulzar import bridge
from pulzarcore import languages, records


class Host:
    """Answers in turn, and remembers what was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def call(self, name, arguments):
        self.asked.append((name, json.loads(arguments)))
        return json.dumps(self.answers.pop(0))


class RecordsTest(unittest.TestCase):
    def connect(self, *answers):
        host = Host(*answers)
        bridge.connect(host)
        self.addCleanup(bridge.connect, None)
        return host

    def test_a_shared_value_is_its_text_or_none(self):
        host = self.connect(
            {'ok': {'value': 'v', 'version': '1-a'}}, {'ok': None}, {'ok': {'value': '', 'version': '2'}}
        )
        self.assertEqual(records.get('k'), 'v')
        self.assertIsNone(records.get('k'))
        self.assertEqual(records.version('k'), '2')
        self.assertEqual(host.asked[0], ('records.find', {'kind': 'shared', 'name': 'k'}))

    def test_a_write_names_the_version_that_it_replaces(self):
        host = self.connect({'ok': '3-a'}, {'error': {'type': 'ValueError', 'message': 'another'}}, {'ok': True})
        self.assertEqual(records.put('k', 'v', if_version=''), '3-a')
        self.assertEqual(host.asked[0][1]['version'], '')
        with self.assertRaisesRegex(ValueError, 'another'):
            records.put('k', 'v', if_version='1-a')
        self.assertTrue(records.remove('k'))

    def test_a_text_is_the_whole_record(self):
        host = self.connect({'ok': {'uid': 'u', 'value': 'v'}}, {'ok': '1-a'}, {'ok': False})
        self.assertEqual(records.text('u')['value'], 'v')
        records.put_text('u', 'w')
        self.assertFalse(records.remove_text('u'))
        self.assertEqual([asked['kind'] for _, asked in host.asked], ['text'] * 3)

    def test_watching_goes_on_from_where_it_was(self):
        host = self.connect(
            {'ok': {'changes': [{'uid': 'a'}, {'uid': 'b'}], 'since': 5}},
            {'ok': {'changes': [], 'since': 5}},
            {'ok': {'changes': [{'uid': 'c'}], 'since': 6}},
        )
        found = [change['uid'] for change in itertools.islice(records.watch('x/'), 3)]
        self.assertEqual(found, ['a', 'b', 'c'])
        self.assertEqual([asked['since'] for _, asked in host.asked], [None, 5, 5])

    def test_a_language_is_a_code(self):
        self.connect({'ok': 'en'})
        self.assertEqual(languages.detect('hello'), 'en')

    def test_a_desk_has_none_of_it(self):
        with self.assertRaises(NotImplementedError):
            records.get('k')


if __name__ == '__main__':
    unittest.main()
