"""Runs a job on a desk: plain Python, no platform."""

import json
import sys


def parameters_of(arguments):
    """Makes parameters of ``name=value`` texts: ``["number=5"]`` → ``{"number": 5}``.

    A value that is JSON is taken as JSON, anything else as text. Raises ValueError for an argument
    without ``=``.
    """
    parameters = {}
    for argument in arguments:
        name, equals, value = argument.partition('=')
        if not equals or not name:
            raise ValueError(f'{argument!r} is not of the form name=value')
        try:
            parameters[name] = json.loads(value)
        except ValueError:
            parameters[name] = value
    return parameters


def run(job_class, arguments):
    """Runs a job in the current directory; returns 0 when it succeeded, else 1."""
    desk = {'job_id': 0, '_pulzar_config': {'scheduled': False}}
    job = job_class({**desk, **parameters_of(arguments)})
    result = job.execute()
    ok = job.is_the_job_ok() and (result is None or bool(result))
    print('completed' if ok else 'failed', file=sys.stderr)
    return 0 if ok else 1
