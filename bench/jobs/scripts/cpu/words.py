"""Count the words of 5 MB of text in a dict"""

import time

from pulzarcore.core_jobs import CoreJobs


TEXT = ('the quick brown fox jumps over the lazy dog and runs away from it ' * 80000)[:5000000]


def work():
    counts = {}
    for word in TEXT.split():
        counts[word] = counts.get(word, 0) + 1
    return len(counts)


class Words(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Count the words of 5 MB of text in a dict
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
