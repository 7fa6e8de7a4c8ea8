"""Makes ``json.loads`` fast: the plain case goes through the worker's Java, everything else stays as it is.

The runtime's own scanner needs 20 microseconds for each number. Java takes only what it is sure about; what it gives
back as None, errors with their positions included, is parsed by the standard library.
"""

import json.decoder
import json.scanner
import marshal

# Shorter texts are parsed faster than they cross the bridge.
SHORTEST = 128

_HEXADECIMAL = frozenset('0123456789abcdefABCDEF')

_Decoder = json.decoder.JSONDecoder
_slow = _Decoder.decode
_raw = _Decoder.raw_decode
_scanstring = json.decoder.scanstring


_host = None


def install(host):
    """Replaces ``JSONDecoder.decode``."""
    global _host
    _host = host

    def decode(self, s, *whitespace):
        if type(s) is str and len(s) >= SHORTEST and not whitespace and _is_plain(self):
            parsed = _parse(s)
            if parsed is not None:
                return marshal.loads(parsed.encode('latin-1'))  # noqa: S302 written by our own Java
        try:
            return _slow(self, s, *whitespace)
        except json.decoder.JSONDecodeError as error:
            if type(self) is not _Decoder or not ('escape' in error.msg or 'string' in error.msg):
                raise
        return _raise_exactly(self, s, *whitespace)

    def raw_decode(self, s, idx=0):
        if type(s) is str and not s.isascii() and max(s) > '\uffff':
            # The runtime's scanner counts and returns the halves of such characters.
            return _twin(self).raw_decode(s, idx)
        return _raw(self, s, idx)

    raw_decode.__doc__ = _raw.__doc__
    raw_decode.__qualname__ = _raw.__qualname__
    scanstring.__module__ = _scanstring.__module__
    json.decoder.scanstring = json.decoder.c_scanstring = scanstring
    _Decoder.raw_decode = raw_decode
    decode.__doc__ = _slow.__doc__
    decode.__qualname__ = _slow.__qualname__
    _Decoder.decode = decode


def _parse(text):
    """The document in marshal's format, as text of one character a byte; None for what Python shall look at."""
    return _host.service('json', 'loads', text)[1]


def _raise_exactly(decoder, text, *whitespace):
    """Parses again with the scanner in Python: the runtime's own finds errors in strings elsewhere than CPython."""
    return _slow(_twin(decoder), text, *whitespace)


def _with_our_strings(function):
    """The same function of ``json.decoder``, which reads names with what its module holds, reading them with ours."""
    names = {**vars(json.decoder), 'scanstring': _scan_string}
    return type(function)(function.__code__, names, function.__name__, function.__defaults__)


_parse_object = None


class _Twin(_Decoder):
    """A decoder with the scanner in Python."""

    raw_decode = _raw


def _twin(decoder):
    global _parse_object
    if _parse_object is None:
        _parse_object = _with_our_strings(json.decoder.JSONObject)
    twin = _Twin(
        object_hook=decoder.object_hook,
        object_pairs_hook=decoder.object_pairs_hook,
        parse_float=decoder.parse_float,
        parse_int=decoder.parse_int,
        strict=decoder.strict,
    )
    twin.parse_constant, twin.parse_string = decoder.parse_constant, _scan_string
    twin.parse_object = _parse_object
    twin.scan_once = json.scanner.py_make_scanner(twin)
    return twin


def _scan_string(text, begin, strict=True):
    """A string from after its quote: itself and where it ends. Follows ``scanstring_unicode`` in CPython's _json.c."""
    chunks, at = [], begin
    while True:
        match = json.decoder.STRINGCHUNK.match(text, at)
        if match is None:
            raise json.decoder.JSONDecodeError('Unterminated string starting at', text, begin - 1)
        at = match.end()
        content, terminator = match.groups()
        chunks.append(content)
        if terminator == '"':
            return ''.join(chunks), at
        if terminator != '\\':
            if strict:
                raise json.decoder.JSONDecodeError('Invalid control character at', text, at - 1)
            chunks.append(terminator)
            continue
        if at == len(text):
            raise json.decoder.JSONDecodeError('Unterminated string starting at', text, begin - 1)
        if text[at] != 'u':
            if text[at] not in json.decoder.BACKSLASH:
                raise json.decoder.JSONDecodeError('Invalid \\escape', text, at - 1)
            chunks.append(json.decoder.BACKSLASH[text[at]])
            at += 1
            continue
        code = _code_unit(text, at)
        if code is None:
            raise json.decoder.JSONDecodeError('Invalid \\uXXXX escape', text, at)
        at += 5
        if 0xD800 <= code <= 0xDBFF and text[at : at + 2] == '\\u':
            low = _code_unit(text, at + 1)
            if low is not None and 0xDC00 <= low <= 0xDFFF:
                code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00))
                at += 6
        chunks.append(chr(code))


def scanstring(string, end, strict=True):
    """Scan the string for a JSON string. End is the index of the character in string after the quote."""
    # The runtime's own counts the halves of characters beyond the first plane.
    if type(string) is str and string.isascii():
        return _scanstring(string, end, strict)
    return _scan_string(string, end, strict)


def _code_unit(text, at):
    """The four digits after the u at this place, None where that is no number or the text ends with them."""
    digits = text[at + 1 : at + 5]
    return int(digits, 16) if at + 5 < len(text) and all(digit in _HEXADECIMAL for digit in digits) else None


def _is_plain(decoder):
    return (
        type(decoder) is _Decoder
        and decoder.object_hook is None
        and decoder.object_pairs_hook is None
        and decoder.parse_float is float
        and decoder.parse_int is int
        and decoder.strict
        and decoder.parse_constant == json.decoder._CONSTANTS.__getitem__
        and decoder.parse_object is json.decoder.JSONObject
        and decoder.parse_array is json.decoder.JSONArray
        # The decoder of json.loads was made before the runtime's own was replaced.
        and decoder.parse_string in (scanstring, _scanstring)
    )
