"""Create and update small objects"""

import time

from pulzarcore.core_jobs import CoreJobs


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)


def work():
    point = Point(0, 0)
    for n in range(200000):
        point = point.moved(n % 3, n % 5)
    return point.x + point.y


class Objects(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Create and update small objects
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
