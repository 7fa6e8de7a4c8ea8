"""Parse 5.6 MB of JSON"""

import time
import json

from pulzarcore.core_jobs import CoreJobs


TEXT = json.dumps(
    [{'id': n, 'name': 'item {}'.format(n), 'price': n * 1.25, 'tags': ['a', 'b', str(n)], 'ok': n % 2 == 0} for n in range(60000)]
)


def work():
    return len(json.loads(TEXT))


class Loads(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Parse 5.6 MB of JSON
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
