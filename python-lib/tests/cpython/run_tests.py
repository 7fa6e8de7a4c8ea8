"""Runs one module of CPython's own tests in a worker: a function job, called with the module's name and the tests that
must not be run. CPython's package ``test`` lies beside this file.

Writes the name of each test when it begins, and ``FAILED TEST: ERROR`` for each that fails; returns how many ran and
how many were skipped. A test is named ``MODULE.CLASS.NAME``; what fails before its tests can be asked for is
``MODULE.import`` or what ``unittest`` calls it.
"""

import contextlib
import importlib
import importlib.util
import io
import sys
import time
import traceback
import types
import unittest

_SECONDS_WORTH_A_WORD = 5


def execute(arguments):
    name, left_out = arguments
    _make_importable()
    result = _Result(set(left_out))
    try:
        if name.startswith('test_json.'):
            _test_the_json_of_scripts()
        module = importlib.import_module(f'test.{name}')
    except Exception as error:
        # SkipTest too: a module that wants what is not there would otherwise pass without a word.
        print(f'FAILED {name}.import: {_told(error)}')
        return [0, 0]
    # What the tests print is theirs; the log is for who waits.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    return [result.testsRun, len(result.skipped)]


def _make_importable():
    """Imports CPython's package ``test`` instead of the part of it that the runtime has."""
    folder = f'{__file__.rpartition("/")[0]}/test'
    spec = importlib.util.spec_from_file_location('test', f'{folder}/__init__.py', submodule_search_locations=[folder])
    package = sys.modules['test'] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    # A module in C that only CPython has, of which some tests take numbers.
    limits = {'INT_MAX': 2**31 - 1, 'INT_MIN': -(2**31), 'LLONG_MAX': 2**63 - 1, 'ULLONG_MAX': 2**64 - 1}
    sys.modules['_testcapi'] = types.SimpleNamespace(UINT_MAX=2**32 - 1, **limits)


def _test_the_json_of_scripts():
    """The tests import ``json`` afresh, twice; this has one of the two be the module that every script imports."""
    import json

    from test import test_json

    test_json.CTest.json = json
    test_json.CTest.loads, test_json.CTest.dumps = staticmethod(json.loads), staticmethod(json.dumps)
    test_json.CTest.JSONDecodeError = staticmethod(json.JSONDecodeError)


def _told(error):
    frames = traceback.extract_tb(error.__traceback__)
    where = ' < '.join(f'{frame.filename.rpartition("/")[2]}:{frame.lineno}' for frame in reversed(frames[-4:]))
    return f'{type(error).__name__}: {str(error)[:300]} ({where})'.replace('\n', ' ')


class _Result(unittest.TestResult):
    def __init__(self, left_out):
        super().__init__()
        self._failed = set()
        self._left_out = left_out
        self._log = sys.stdout
        self._began = 0

    def startTest(self, test):  # noqa: N802 (this and those below are unittest's names)
        if _name(test) in self._left_out:
            test.setUp = test._callSetUp = _leave_out
        super().startTest(test)
        self._log.write(f'{_name(test)}\n')
        self._began = time.monotonic()

    def stopTest(self, test):  # noqa: N802
        took = time.monotonic() - self._began
        if took > _SECONDS_WORTH_A_WORD:
            self._log.write(f'{_name(test)} took {took:.0f} s\n')
        super().stopTest(test)

    def addError(self, test, error):  # noqa: N802
        self._add(test, error)

    def addFailure(self, test, error):  # noqa: N802
        self._add(test, error)

    def addSubTest(self, test, part, error):  # noqa: N802
        if error is not None:
            self._add(test, error)

    def addExpectedFailure(self, test, error):  # noqa: N802
        """That CPython fails a test of its own as well says nothing."""

    def addUnexpectedSuccess(self, test):  # noqa: N802
        """That somebody else's test works better here is no failure."""

    def _add(self, test, error):
        if _name(test) not in self._failed:
            self._failed.add(_name(test))
            self._log.write(f'FAILED {_name(test)}: {_told(error[1])}\n')


def _leave_out():
    raise unittest.SkipTest('must not be run here')


def _name(test):
    # Without spaces, which those of unittest's own names have.
    return test.id().removeprefix('test.').replace(' (test.', '.').replace(')', '')
