"""Search 5 MB with a regular expression"""

import time
import re

from pulzarcore.core_jobs import CoreJobs


TEXT = ('GET /path/{} HTTP/1.1 from 10.0.3.17 at 2026-11-21 09:15:00\n' * 85000)[:5000000]
PATTERN = re.compile(r'(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)')


def work():
    return sum(1 for _ in PATTERN.finditer(TEXT))


class Regex(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: Search 5 MB with a regular expression
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
