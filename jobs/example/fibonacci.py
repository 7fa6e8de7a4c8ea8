"""A Fibonacci number, computed in several ways that must agree."""

import functools

from comparison import compare, whole_number

from pulzarcore.core_jobs import CoreJobs

MOST = 10_000
MOST_RECURSIVE = 300


def iterative(number):
    current, following = 0, 1
    for _ in range(number):
        current, following = following, current + following
    return current


@functools.cache
def recursive(number):
    return number if number < 2 else recursive(number - 1) + recursive(number - 2)


def matrix(number):
    """Raises [[1, 1], [1, 0]] to the power of the number, by squaring."""
    a, b, c = 1, 0, 1  # the power so far, [[a, b], [b, c]], starts as the identity
    p, q, r = 1, 1, 0  # the base, [[p, q], [q, r]], is squared in each step
    while number:
        if number & 1:
            a, b, c = a * p + b * q, a * q + b * r, b * q + c * r
        p, q, r = p * p + q * q, p * q + q * r, q * q + r * r
        number >>= 1
    return b


def doubling(number):
    """F(2k) = F(k) (2 F(k+1) - F(k)) and F(2k+1) = F(k)² + F(k+1)²."""

    def pair(index):
        if index == 0:
            return 0, 1
        first, second = pair(index // 2)
        even, odd = first * (2 * second - first), first * first + second * second
        return (odd, even + odd) if index & 1 else (even, odd)

    return pair(number)[0]


class Fibonacci(CoreJobs):
    ALGORITHMS = (
        ('iterative', iterative, MOST),
        ('recursive with a cache', recursive, MOST_RECURSIVE),
        ('matrix power', matrix, MOST),
        ('fast doubling', doubling, MOST),
    )

    def __init__(self, params):
        super().__init__(params)

    @CoreJobs._pulzar_run_job
    def compute(self):
        number = whole_number(self.pulzar_parameters, 'number', MOST)
        compare(self, self.ALGORITHMS, number)

    def execute(self):
        """
        Description: Fibonacci number at a position, computed in several ways
        Arguments: {"number": "int, 0 to 10000"}
        Category: Examples
        Author: Pulzar
        Timeout: 30s
        """
        self.compute()
        return self.is_the_job_ok()


if __name__ == '__main__':
    Fibonacci.run_on_desk()
