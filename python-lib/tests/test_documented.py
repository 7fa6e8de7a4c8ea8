"""The table in docs/python.md says what was compared and what is refused, and is made here.

    python3 -m unittest tests.test_documented        compares, as the build does
    WRITE=1 python3 -m unittest tests.test_documented    writes the table

The counts are those of the results that LibraryIT compares each time: a row cannot stand there without a run.
"""

import ast
import collections
import json
import os
import pathlib
import unittest

from _pulzar import absent

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / 'docs' / 'python.md'
LIBRARY = ROOT / 'python-lib' / 'tests' / 'library'
BEGIN = '<!-- The tables up to the next such line are made by python-lib/tests/test_documented.py. -->\n'
END = '<!-- Made until here. -->\n'


def tables():
    lines = ['| compared with the real one | cases | facts | what |', '|---|---|---|---|']
    for path in sorted(LIBRARY.glob('*_cases.py')):
        name = path.stem[: -len('_cases')]
        reference = json.loads((LIBRARY / f'{name}_reference.json').read_text(encoding='utf-8'))
        facts = sum(len(result) for result in reference['results'].values())
        what = ast.get_docstring(ast.parse(path.read_text(encoding='utf-8'))).partition('\n')[0].rstrip('.')
        lines.append(f'| `{name}` | {len(reference["results"])} | {facts} | {what} |')
    lines += ['', '| refused at the import | because |', '|---|---|']
    for reason, names in _refused().items():
        lines.append(f'| {" ".join(f"`{name}`" for name in names)} | {reason} |')
    return '\n'.join(lines) + '\n'


def _refused():
    reasons = collections.defaultdict(list)
    compiled = absent._COMPILED.partition(':')[0]
    for name, reason in {**absent._MISSING, **absent._INSTEAD}.items():
        if not name.startswith('_'):
            shown = compiled if name in absent._COMPILED_PACKAGES else reason
            reasons[shown].append(name)
    return {reason: sorted(names) for reason, names in sorted(reasons.items())}


class DocumentedTest(unittest.TestCase):
    maxDiff = None

    def test_the_page_has_the_tables_as_they_are(self):
        before, begin, rest = PAGE.read_text(encoding='utf-8').partition(BEGIN)
        found, end, after = rest.partition(END)
        self.assertTrue(begin and end, 'docs/python.md lacks the lines between which the tables stand')
        if os.environ.get('WRITE'):
            PAGE.write_text(before + BEGIN + tables() + END + after, encoding='utf-8')
        else:
            self.assertEqual(found, tables())
