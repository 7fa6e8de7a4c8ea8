import os
import tempfile
import unittest
import unittest.mock

import psutil
from tests.platform_double import Platform, connected

from _pulzar import bridge

GIB = 1 << 30


class Machine:
    """A machine whose processors were busy as the test says, in steps."""

    def __init__(self, *ticks, load=(0.5, 0.25, 0.125)):
        self.ticks = list(ticks) or [[[0, 0], [0, 0]]]
        self.load = load

    def facts(self, given):
        return {
            'processors': 2,
            'cores': 1,
            'load': self.load,
            'ticks': self.ticks.pop(0) if len(self.ticks) > 1 else self.ticks[0],
            'memory': {'total': 8 * GIB, 'available': 6 * GIB, 'free': GIB},
            'disk': {'total': 100 * GIB, 'free': 50 * GIB, 'available': 25 * GIB},
        }


class PsutilTest(unittest.TestCase):
    def on(self, machine):
        stack = connected(Platform(system_facts=machine.facts))
        stack.__enter__()
        self.addCleanup(stack.__exit__, None, None, None)
        for name in ('_last_whole', '_last_each'):
            patch = unittest.mock.patch.object(psutil, name, None)
            patch.start()
            self.addCleanup(patch.stop)

    def test_processors_are_counted(self):
        self.on(Machine())
        self.assertEqual((psutil.cpu_count(), psutil.cpu_count(logical=False)), (2, 1))

    def test_the_load_is_told_or_said_to_be_unknown(self):
        self.on(Machine())
        self.assertEqual(psutil.getloadavg(), (0.5, 0.25, 0.125))
        self.on(Machine(load=None))
        with self.assertRaises(NotImplementedError):
            psutil.getloadavg()

    def test_the_percentage_is_since_the_last_call(self):
        self.on(Machine([[10, 100], [0, 100]], [[60, 200], [0, 200]], [[60, 300], [100, 300]]))
        self.assertEqual([psutil.cpu_percent() for _ in range(3)], [0.0, 25.0, 50.0])

    def test_the_percentage_of_each_processor_has_its_own_last_call(self):
        self.on(Machine([[0, 100], [0, 100]], [[0, 100], [0, 100]], [[50, 200], [100, 200]]))
        self.assertEqual(psutil.cpu_percent(), 0.0)
        self.assertEqual(psutil.cpu_percent(percpu=True), [0.0, 0.0])
        self.assertEqual(psutil.cpu_percent(percpu=True), [50.0, 100.0])

    def test_an_interval_is_waited_for(self):
        self.on(Machine([[0, 100], [0, 100]], [[50, 200], [50, 200]]))
        with unittest.mock.patch('time.sleep') as sleep:
            self.assertEqual(psutil.cpu_percent(interval=2), 50.0)
        sleep.assert_called_once_with(2)
        with self.assertRaises(ValueError):
            psutil.cpu_percent(interval=-1)

    def test_a_clock_that_stands_still_is_no_load(self):
        self.on(Machine([[5, 100], [5, 100]]))
        self.assertEqual([psutil.cpu_percent(), psutil.cpu_percent()], [0.0, 0.0])

    def test_memory_is_in_bytes(self):
        self.on(Machine())
        memory = psutil.virtual_memory()
        self.assertEqual((memory.total, memory.available, memory.used, memory.free), (8 * GIB, 6 * GIB, 2 * GIB, GIB))
        self.assertEqual(memory.percent, 25.0)

    def test_the_disk_is_the_scripts_own(self):
        self.on(Machine())
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        with unittest.mock.patch.object(bridge, 'run_directory', return_value=scratch.name):
            for path in ('/', scratch.name, os.path.join(scratch.name, 'sub')):
                disk = psutil.disk_usage(path)
                self.assertEqual((disk.total, disk.used, disk.free), (100 * GIB, 50 * GIB, 25 * GIB))
            self.assertEqual(disk.percent, 66.7)
            with self.assertRaises(FileNotFoundError):
                psutil.disk_usage('/etc')

    def test_what_is_missing_says_what_is_there(self):
        with self.assertRaisesRegex(NotImplementedError, 'psutil.Process is not available.*cpu_count'):
            psutil.Process()
        self.assertFalse(hasattr(psutil, 'pids'))

    def test_without_a_server_it_says_so(self):
        with self.assertRaisesRegex(NotImplementedError, 'server'):
            psutil.cpu_count()
