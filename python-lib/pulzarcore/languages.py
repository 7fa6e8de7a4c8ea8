"""Which language a text is in."""

from _pulzar import bridge


def detect(text):
    """The language's code as ISO 639-1 has it, ``en`` or ``ja``; an empty text when it can't be told.

    Asks the server; raises NotImplementedError on a desk.
    """
    return bridge.call('languages.detect', text=text)
