"""Errors by number and by text, as ``xml.parsers.expat.errors`` has them."""

messages = {
    1: 'out of memory',
    2: 'syntax error',
    3: 'no element found',
    4: 'not well-formed (invalid token)',
    5: 'unclosed token',
    6: 'partial character',
    7: 'mismatched tag',
    8: 'duplicate attribute',
    9: 'junk after document element',
    10: 'illegal parameter entity reference',
    11: 'undefined entity',
    12: 'recursive entity reference',
    13: 'asynchronous entity',
    14: 'reference to invalid character number',
    15: 'reference to binary entity',
    16: 'reference to external entity in attribute',
    17: 'XML or text declaration not at start of entity',
    18: 'unknown encoding',
    19: 'encoding specified in XML declaration is incorrect',
    20: 'unclosed CDATA section',
    21: 'error in processing external entity reference',
    22: 'document is not standalone',
    23: 'unexpected parser state - please send a bug report',
    24: 'entity declared in parameter entity',
    25: 'requested feature requires XML_DTD support in Expat',
    26: 'cannot change setting once parsing has begun',
    27: 'unbound prefix',
    28: 'must not undeclare prefix',
    29: 'incomplete markup in parameter entity',
    30: 'XML declaration not well-formed',
    31: 'text declaration not well-formed',
    32: 'illegal character(s) in public id',
    33: 'parser suspended',
    34: 'parser not suspended',
    35: 'parsing aborted',
    36: 'parsing finished',
    37: 'cannot suspend in external parameter entity',
    38: 'reserved prefix (xml) must not be undeclared or bound to another namespace name',
    39: 'reserved prefix (xmlns) must not be declared or undeclared',
    40: 'prefix must not be bound to one of the reserved namespace names',
    41: 'invalid argument',
    42: 'a successful prior call to function XML_GetBuffer was required',
    43: 'limit on input amplification factor (from DTD and entities) breached',
    44: 'parser not started',
}

codes = {text: code for code, text in messages.items()}

XML_ERROR_NO_MEMORY = messages[1]
XML_ERROR_SYNTAX = messages[2]
XML_ERROR_NO_ELEMENTS = messages[3]
XML_ERROR_INVALID_TOKEN = messages[4]
XML_ERROR_UNCLOSED_TOKEN = messages[5]
XML_ERROR_PARTIAL_CHAR = messages[6]
XML_ERROR_TAG_MISMATCH = messages[7]
XML_ERROR_DUPLICATE_ATTRIBUTE = messages[8]
XML_ERROR_JUNK_AFTER_DOC_ELEMENT = messages[9]
XML_ERROR_PARAM_ENTITY_REF = messages[10]
XML_ERROR_UNDEFINED_ENTITY = messages[11]
XML_ERROR_RECURSIVE_ENTITY_REF = messages[12]
XML_ERROR_ASYNC_ENTITY = messages[13]
XML_ERROR_BAD_CHAR_REF = messages[14]
XML_ERROR_BINARY_ENTITY_REF = messages[15]
XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF = messages[16]
XML_ERROR_MISPLACED_XML_PI = messages[17]
XML_ERROR_UNKNOWN_ENCODING = messages[18]
XML_ERROR_INCORRECT_ENCODING = messages[19]
XML_ERROR_UNCLOSED_CDATA_SECTION = messages[20]
XML_ERROR_EXTERNAL_ENTITY_HANDLING = messages[21]
XML_ERROR_NOT_STANDALONE = messages[22]
XML_ERROR_UNEXPECTED_STATE = messages[23]
XML_ERROR_ENTITY_DECLARED_IN_PE = messages[24]
XML_ERROR_FEATURE_REQUIRES_XML_DTD = messages[25]
XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING = messages[26]
XML_ERROR_UNBOUND_PREFIX = messages[27]
XML_ERROR_UNDECLARING_PREFIX = messages[28]
XML_ERROR_INCOMPLETE_PE = messages[29]
XML_ERROR_XML_DECL = messages[30]
XML_ERROR_TEXT_DECL = messages[31]
XML_ERROR_PUBLICID = messages[32]
XML_ERROR_SUSPENDED = messages[33]
XML_ERROR_NOT_SUSPENDED = messages[34]
XML_ERROR_ABORTED = messages[35]
XML_ERROR_FINISHED = messages[36]
XML_ERROR_SUSPEND_PE = messages[37]
XML_ERROR_RESERVED_PREFIX_XML = messages[38]
XML_ERROR_RESERVED_PREFIX_XMLNS = messages[39]
XML_ERROR_RESERVED_NAMESPACE_URI = messages[40]
XML_ERROR_INVALID_ARGUMENT = messages[41]
XML_ERROR_NO_BUFFER = messages[42]
XML_ERROR_AMPLIFICATION_LIMIT_BREACH = messages[43]
XML_ERROR_NOT_STARTED = messages[44]


class ExpatError(Exception):
    """The document is not well-formed; ``code``, ``lineno`` from 1 and ``offset`` in the line from 0 say where."""


ExpatError.__module__ = 'xml.parsers.expat'


def at_place(code, line, column):
    """The error of a number at a place."""
    error = ExpatError(f'{messages[code]}: line {line}, column {column}')
    error.code, error.lineno, error.offset = code, line, column
    return error


class Malformed(Exception):
    """What the parser's parts raise: an error's number and where it is in the text."""

    def __init__(self, code, at):
        super().__init__(code, at)
        self.code = code
        self.at = at
