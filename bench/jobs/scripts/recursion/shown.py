import time


class Shown:
    def __repr__(self):
        return 'Shown(%r)' % (self,)


def execute(arguments):
    """How long an object takes that shows itself by showing itself. Milliseconds."""
    began = time.perf_counter()
    try:
        repr(Shown())
    except RecursionError:
        return round((time.perf_counter() - began) * 1000, 1)
