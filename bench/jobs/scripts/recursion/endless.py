import time


def endless(n):
    return endless(n + 1)


def execute(arguments):
    """How long it takes to end, again and again in one run: interpreted, then compiled. Milliseconds."""
    took = []
    for _ in range(30):
        began = time.perf_counter()
        try:
            endless(0)
        except RecursionError:
            took.append(round((time.perf_counter() - began) * 1000, 1))
    return took
