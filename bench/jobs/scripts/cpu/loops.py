"""Nested integer loops, 1.5 million steps"""

import time

from pulzarcore.core_jobs import CoreJobs


def work():
    total = 0
    for i in range(1500):
        for j in range(1000):
            total = (total + i * j) % 1000003
    return total


class Loops(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Nested integer loops, 1.5 million steps
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
