"""What jobs import, for Python 2."""


class _Given(dict):
    """Texts by name. The error for one that is missing tells what to do; ``repr`` shows no values."""

    def __init__(self, cure):
        super(_Given, self).__init__()
        self._cure = cure

    def __missing__(self, name):
        raise KeyError('%s: %s' % (name, self._cure))

    def __repr__(self):
        return '<%s>' % (', '.join(sorted(self)) or 'none')


secrets = _Given('the docstring of this job does not name it: write a line Secrets: with the names')
variables = _Given('there is no variable of this name for this folder; pulzar variables list shows them')
