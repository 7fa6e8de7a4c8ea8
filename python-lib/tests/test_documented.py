"""The tables in docs/python.md and docs/packages.md say what was compared, tried and refused, and are made here.

    python3 -m unittest tests.test_documented        compares, as the build does
    WRITE=1 python3 -m unittest tests.test_documented    writes the table

The counts are those of the results that LibraryIT and CpythonTestsIT compare each time, and the packages those that
PackageUsesIT and RealPackagesIT use: a row cannot stand there without a run.
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
PACKAGES_PAGE = ROOT / 'docs' / 'packages.md'
TESTS = ROOT / 'python-lib' / 'tests'
LIBRARY = TESTS / 'library'
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
    counts = _expected()
    lines += ['', f"| of CPython's own tests, in {counts.pop('modules')} modules | tests |", '|---|---|']
    for section, count in counts.items():
        kind, _, why = section.partition(': ')
        if why:
            lines.append(f'| {"fail" if kind == "fails" else kind}: {why} | {count} |')
    lines += ['', '| refused at the import | because |', '|---|---|']
    for reason, names in _refused().items():
        lines.append(f'| {" ".join(f"`{name}`" for name in names)} | {reason} |')
    return '\n'.join(lines) + '\n'


def packages():
    lines = ['| package | tried | | |', '|---|---|---|---|']
    tried = json.loads((TESTS / 'packages' / 'tried.json').read_text(encoding='utf-8'))
    for name, entry in tried.items():
        how = 'works with `Runtime: cpython`' if entry.get('runtime') == 'cpython' else 'works'
        lines.append(f'| `{name}` | {entry.get("version", "")} | {how} | {entry.get("note", "")} |')
    return '\n'.join(lines) + '\n'


def _expected():
    counts = collections.Counter()
    section = ''
    for line in (TESTS / 'cpython' / 'expected.txt').read_text(encoding='utf-8').splitlines():
        if line.startswith('['):
            section = line.strip('[]')
        elif line and not line.startswith('#'):
            counts[section] += 1
    return counts


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

    def test_the_pages_have_the_tables_as_they_are(self):
        self.compare(PAGE, tables())
        self.compare(PACKAGES_PAGE, packages())

    def test_each_package_that_was_tried_has_a_use(self):
        tried = json.loads((TESTS / 'packages' / 'tried.json').read_text(encoding='utf-8'))
        uses = ast.parse((TESTS / 'packages' / 'uses.py').read_text(encoding='utf-8'))
        names = {node.name for node in uses.body if isinstance(node, ast.FunctionDef) and node.name.startswith('use_')}
        self.assertEqual(names, {f'use_{name.replace("-", "_").lower()}' for name in tried})

    def compare(self, page, wanted):
        before, begin, rest = page.read_text(encoding='utf-8').partition(BEGIN)
        found, end, after = rest.partition(END)
        self.assertTrue(begin and end, f'{page.name} lacks the lines between which the tables stand')
        if os.environ.get('WRITE'):
            page.write_text(before + BEGIN + wanted + END + after, encoding='utf-8')
        else:
            self.assertEqual(found, wanted)
