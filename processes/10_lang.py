"""Puts in which language the text is in."""

from pulzarcore import languages

# The codes of the original where they are not those of ISO 639-1.
_OLD_CODES = {'ca': 'ct', 'ja': 'jp'}


class DetectLangProcess:
    """Sets ``lang``: ``en``, ``es``, ``ct``, ``fr``, ``jp``, ``it``, ``de``, another code, or an empty text."""

    @classmethod
    def process(cls, record):
        """Detects the language of the value as it is at this point."""
        code = languages.detect(record['value'])
        record['lang'] = _OLD_CODES.get(code, code)
