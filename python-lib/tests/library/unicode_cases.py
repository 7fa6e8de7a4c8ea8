"""What ``unicodedata`` knows of characters, each function as the first that is called too."""

import json
import unicodedata

from runner import attempt

_CHARACTERS = 'a5½²①Ⅷ五é\u0301ﬁ가(⟨〈\u00a0\u2460\u0667\u4e2d\uff21\u1e9b\u212bẛ̣\U0001d11e\U0001f1e6'


def case_first_use():
    yield unicodedata.decimal('5'), unicodedata.numeric('½'), unicodedata.decomposition('é'), unicodedata.mirrored('(')


def case_each():
    for character in _CHARACTERS:
        yield unicodedata.decomposition(character), unicodedata.mirrored(character), unicodedata.combining(character)
        yield unicodedata.numeric(character, None), unicodedata.digit(character, None)
        yield unicodedata.decimal(character, None), unicodedata.east_asian_width(character)
    for name in ('latin small letter n with tilde', 'ESCAPE', 'ZWJ', 'LATIN CAPITAL LETTER GHA', 'KEYCAP DIGIT ONE'):
        yield ascii(unicodedata.lookup(name))
    for name in ('HANGUL SYLLABLE GAG', 'CJK UNIFIED IDEOGRAPH-4E2D', 'no such thing', '', '<control>'):
        yield ascii(attempt(unicodedata.lookup, name))
    yield unicodedata.bidirectional('\u0378'), unicodedata.bidirectional('\u05d0')
    for function in (unicodedata.combining, unicodedata.decimal, unicodedata.digit, unicodedata.east_asian_width):
        yield attempt(function, 'ab').partition(':')[0], attempt(function, b'a').partition(':')[0]
    yield [unicodedata.digit(character, None) for character in '\u24f5\u1369\u2776\u19da'], unicodedata.numeric('兆')
    yield unicodedata.lookup('GREEK SMALL LETTER ALPHA'), attempt(unicodedata.decimal, 'x')


def case_raw_decode():
    decoder = json.JSONDecoder()
    yield decoder.raw_decode('"\U0001f600\U0001f600" x'), decoder.raw_decode('\U0001f600\U0001f600 [1, "é"]', 3)
    yield json.loads('"\U0001f600"'), json.loads('["\U0001f600", 1]'), json.loads('{"\U0001f600": {"a": [1.5, null]}}')
    yield attempt(decoder.raw_decode, '\U0001f600 [1, }', 2), attempt(json.loads, '["\U0001f600", }')
    yield decoder.raw_decode('[1] \U0001f600'), attempt(decoder.raw_decode, '')
