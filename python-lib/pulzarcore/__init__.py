"""What jobs are written with: the base class of a job, values, other jobs, requests, a database."""

import os as _os


class _Given(dict):
    """Texts by name. The error for one that is missing tells what to do; ``repr`` shows no values."""

    def __init__(self, cure):
        super().__init__()
        self._cure = cure

    def __missing__(self, name):
        from _pulzar import bridge

        if not bridge.connected() and name in _os.environ:
            # On a desk, where nobody gives any.
            return _os.environ[name]
        raise KeyError(f'{name}: {self._cure}')

    def __repr__(self):
        return f'<{", ".join(sorted(self)) or "none"}>'


#: The parameters of the run, as the client sent them.
parameters = {}

#: The secrets that the docstring names in its line ``Secrets:``, as texts by name.
secrets = _Given('the docstring of this script does not name it: write a line Secrets: with the names')

#: The variables of the script's folder and of those around it, as texts by name.
variables = _Given('there is no variable of this name for this folder; pulzar variables list shows them')
