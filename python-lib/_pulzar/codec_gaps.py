"""Gives the runtime's own codecs a memory from one part of a text to the next.

They encode and decode each part as if it were whole. So a file in UTF-16 gets a byte order mark for each ``write``, and
what is read of it after the first 8 KiB comes in the wrong byte order; characters of several bytes break where two
parts meet.
"""

import codecs
import sys

# Their parts mean nothing without all that came before.
_WITH_STATE = ('hz', 'iso2022', 'iso_2022', 'utf7', 'utf_7')

# The longest character of GB 18030 and EUC.
_LONGEST = 4

_LITTLE = 'little' if sys.byteorder == 'little' else 'big'
_MARKED = {
    'utf16': {'little': (codecs.BOM_UTF16_LE, 'utf-16-le'), 'big': (codecs.BOM_UTF16_BE, 'utf-16-be')},
    'utf32': {'little': (codecs.BOM_UTF32_LE, 'utf-32-le'), 'big': (codecs.BOM_UTF32_BE, 'utf-32-be')},
}


def install():
    """Replaces the methods of the classes from which the runtime makes its codecs."""
    encoder = type(codecs.getincrementalencoder('iso8859-2')())
    decoder = type(codecs.getincrementaldecoder('iso8859-2')())
    for kind, methods in ((encoder, _ENCODER), (decoder, _DECODER)):
        for method in methods:
            setattr(kind, method.__name__, method)


def _orders(codec):
    return _MARKED.get(codec.encoding.lower().replace('-', '').replace('_', ''))


def _encode(self, input, final=False):
    data = codecs.encode(input, self.encoding, self.errors)
    orders = _orders(self)
    if orders is None or not data:
        return data
    mark = orders[_LITTLE][0]
    if vars(self).get('begun') and data.startswith(mark):
        return data[len(mark) :]
    self.begun = True
    return data


def _encoder_reset(self):
    self.begun = False


def _encoder_getstate(self):
    return 0 if vars(self).get('begun') else 2


def _encoder_setstate(self, state):
    self.begun = not state


def _decode(self, input, final=False):
    data = vars(self).get('waiting', b'') + bytes(input)
    encoding = vars(self).get('order') or self.encoding
    orders = _orders(self)
    if orders is not None and encoding is self.encoding:
        width = len(orders['little'][0])
        if len(data) < width and not final:
            self.waiting = data
            return ''
        mark, encoding = next((pair for pair in orders.values() if data.startswith(pair[0])), (b'', orders[_LITTLE][1]))
        self.order, data = encoding, data[len(mark) :]
    text, whole = _decoded(data, encoding, self.errors, final)
    self.waiting = data[whole:]
    return text


def _decoded(data, encoding, errors, final):
    """The text of the whole characters, and how many bytes they are."""
    if final:
        return codecs.decode(data, encoding, errors), len(data)
    if encoding.lower().replace('-', '_').startswith(_WITH_STATE):
        return '', 0
    try:
        return codecs.decode(data, encoding, 'strict'), len(data)
    except UnicodeDecodeError as error:
        # Half a character at the end is completed by the next part.
        whole = error.start if len(data) - error.start < _LONGEST else len(data)
    return codecs.decode(data[:whole], encoding, errors), whole


def _decoder_reset(self):
    self.waiting, self.order = b'', None


def _decoder_getstate(self):
    order = vars(self).get('order')
    return vars(self).get('waiting', b''), 0 if order is None else 1 if order.endswith('le') else 2


def _decoder_setstate(self, state):
    self.waiting, order = state
    orders = _orders(self)
    self.order = orders[('little', 'big')[order - 1]][1] if orders and order else None


def _named(name, function):
    function.__name__ = function.__qualname__ = name
    return function


_ENCODER = [
    _named('encode', _encode),
    _named('reset', _encoder_reset),
    _named('getstate', _encoder_getstate),
    _named('setstate', _encoder_setstate),
]
_DECODER = [
    _named('decode', _decode),
    _named('reset', _decoder_reset),
    _named('getstate', _decoder_getstate),
    _named('setstate', _decoder_setstate),
]
