"""Sort a million numbers"""

import time

from pulzarcore.core_jobs import CoreJobs


NUMBERS = [((n * 2654435761) % 1000003) / 7 for n in range(1000000)]


def work():
    return len(sorted(NUMBERS))


class Sorting(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Sort a million numbers
        Arguments: {}
        Category: Benchmark
        Author: Pulzar
        Timeout: 5m
        '''
        started = time.perf_counter()
        checksum = work()
        elapsed = time.perf_counter() - started
        self.pulzar_set_output('{:.6f} {}'.format(elapsed, checksum))
        return True
