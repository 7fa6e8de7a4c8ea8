"""What this stand-in does not have, said clearly."""

from _pulzar import standins


def missing(what):
    """Makes the error for a missing piece."""
    return standins.missing('cv2', what)
