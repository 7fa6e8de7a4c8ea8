"""The jobs of the server that runs the script, for Python 2."""

import _pulzar_bridge as bridge


def launch(path, parameters=None, **more):
    """Starts a job and returns its id."""
    return bridge.call('jobs.launch', path=path, parameters=dict(parameters or {}, **more))


def wait(job, seconds=None):
    """Waits for the end of a job and returns all about it; None when it goes on after so many seconds."""
    return bridge.call('jobs.wait', job=int(job), seconds=None if seconds is None else float(seconds))


def cancel(job):
    """Cancels a job; False when it has ended."""
    return bridge.call('jobs.cancel', job=int(job))
