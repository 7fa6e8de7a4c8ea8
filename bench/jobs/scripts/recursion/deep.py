import sys
import time


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def execute(arguments):
    """Ten times 20,000 calls deep, which the script asks for. Milliseconds."""
    sys.setrecursionlimit(20_500)
    took = []
    for _ in range(10):
        began = time.perf_counter()
        down(20_000)
        took.append(round((time.perf_counter() - began) * 1000, 1))
    return took
