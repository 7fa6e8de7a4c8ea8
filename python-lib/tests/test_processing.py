import types
import unittest

from _pulzar import processing


def module(code):
    made = types.ModuleType('process')
    exec(compile(code, 'process.py', 'exec'), made.__dict__)  # noqa: S102 a script of this test
    return made


def describe(error):
    return type(error).__name__, str(error), ''


def run(code, *values):
    records = [{'value': value} for value in values]
    return processing.process_all(module(code), 'process.py', records, describe)


class ProcessingTest(unittest.TestCase):
    def test_a_class_method_changes_the_record(self):
        code = 'class Mark:\n  @classmethod\n  def process(cls, record):\n    record["value"] += "!"'
        self.assertEqual(run(code, 'a', 'b'), [{'record': {'value': 'a!'}}, {'record': {'value': 'b!'}}])

    def test_a_method_of_an_instance_may_return_another(self):
        code = 'class Other:\n  def process(self, record):\n    return {"value": "other"}'
        self.assertEqual(run(code, 'a'), [{'record': {'value': 'other'}}])

    def test_what_one_raises_harms_no_other(self):
        code = (
            'class Strict:\n  def process(self, record):\n'
            '    if record["value"] == "bad":\n      raise ValueError("no")'
        )
        good, bad = run(code, 'good', 'bad')
        self.assertEqual(good, {'record': {'value': 'good'}})
        self.assertEqual(bad['error'], {'type': 'ValueError', 'message': 'no', 'traceback': ''})

    def test_what_is_no_record_is_an_error(self):
        code = 'class Wrong:\n  def process(self, record):\n    return 5'
        self.assertEqual(run(code, 'a')[0]['error']['type'], 'TypeError')

    def test_many_go_together_where_the_class_can(self):
        code = (
            'class Many:\n  calls = []\n  def process(self, record):\n    self.calls.append(1)\n'
            '  def process_many(self, records):\n    self.calls.append(len(records))\n'
            '    for record in records:\n      record["value"] += str(len(records))'
        )
        self.assertEqual([answer['record']['value'] for answer in run(code, 'a', 'b')], ['a2', 'b2'])
        self.assertEqual(run(code, 'a'), [{'record': {'value': 'a'}}])

    def test_each_goes_alone_when_together_they_fail(self):
        code = (
            'class Many:\n  def process(self, record):\n    record["value"] += "1"\n'
            '  def process_many(self, records):\n    records[0]["value"] = "lost"\n    raise KeyError("x")'
        )
        self.assertEqual([answer['record']['value'] for answer in run(code, 'a', 'b')], ['a1', 'b1'])

    def test_a_module_has_one_process(self):
        with self.assertRaisesRegex(AttributeError, 'process.py needs one class'):
            run('x = 1', 'a')
        with self.assertRaisesRegex(AttributeError, 'A, B'):
            run('class A:\n  def process(self, r): pass\nclass B(A): pass', 'a')


if __name__ == '__main__':
    unittest.main()
