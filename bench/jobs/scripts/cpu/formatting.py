"""Format 150,000 strings"""

import time

from pulzarcore.core_jobs import CoreJobs


def work():
    size = 0
    for n in range(150000):
        size += len('{:05d} {} {:.2f}'.format(n, 'name', n / 3)) + len(f'{n}:{n + 1}')
    return size


class Formatting(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Format 150,000 strings
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
