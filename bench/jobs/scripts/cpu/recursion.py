"""Recursive Fibonacci of 27"""

import time

from pulzarcore.core_jobs import CoreJobs


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    return fib(27)


class Recursion(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Recursive Fibonacci of 27
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
