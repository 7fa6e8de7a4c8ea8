"""Marks texts that went through the processes."""


class MarkProcess:
    """Appends `` (Marked).`` to the value."""

    @classmethod
    def process(cls, record):
        """Appends the mark."""
        record['value'] += ' (Marked).'
