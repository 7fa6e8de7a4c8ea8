"""What this stand-in does not have, said clearly."""


class Missing(NotImplementedError, AttributeError):
    """A name of the real package that is not here; ``hasattr`` is False for it."""


def missing(what):
    """Makes the error for a missing piece."""
    return Missing(f'{what} is not in this stand-in for cv2, which has no numpy behind it')
