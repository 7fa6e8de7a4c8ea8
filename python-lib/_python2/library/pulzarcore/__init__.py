"""What jobs import, for Python 2."""
