"""The factorial of a number, computed in several ways that must agree."""

import functools
import math
import operator

from comparison import compare, whole_number

from pulzarcore.core_jobs import CoreJobs

MOST = 1000
MOST_RECURSIVE = 500


def iterative(number):
    product = 1
    for factor in range(2, number + 1):
        product *= factor
    return product


def recursive(number):
    return 1 if number < 2 else number * recursive(number - 1)


def reduced(number):
    return functools.reduce(operator.mul, range(1, number + 1), 1)


def split(number, first=1):
    """Multiplies the product of each half, so that most factors stay small."""
    if first >= number:
        return max(number, 1)
    middle = (first + number) // 2
    return split(middle, first) * split(number, middle + 1)


class Factorial(CoreJobs):
    ALGORITHMS = (
        ('iterative', iterative, MOST),
        ('recursive', recursive, MOST_RECURSIVE),
        ('functools.reduce', reduced, MOST),
        ('math.prod', lambda number: math.prod(range(1, number + 1)), MOST),
        ('split in halves', split, MOST),
        ('math.factorial', math.factorial, MOST),
    )

    def __init__(self, params):
        super().__init__(params)

    @CoreJobs._pulzar_run_job
    def compute(self):
        number = whole_number(self.pulzar_parameters, 'number', MOST)
        compare(self, self.ALGORITHMS, number)

    def execute(self):
        """
        Description: Factorial of a number, computed in several ways
        Arguments: {"number": "int, 0 to 1000"}
        Category: Examples
        Author: Pulzar
        Timeout: 30s
        """
        self.compute()
        return self.is_the_job_ok()


if __name__ == '__main__':
    Factorial.run_on_desk()
