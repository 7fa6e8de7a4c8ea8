"""Tools for scripts, for Python 2."""
