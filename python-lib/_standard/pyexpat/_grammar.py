"""The tokens of XML 1.0 as regular expressions; names are those that Expat takes, of the first 65536 characters."""

import re

_START = (
    ':A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef'
    '\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd'
)
_REST = _START + '.0-9\xb7\u0300-\u036f\u203f\u2040-'
_SPACE = '[ \t\n\r]'
_NAME = f'[{_START}][{_REST}]*'
_VALUE = '"[^<"]*"|\'[^<\']*\''
_LITERAL = '"[^"]*"|\'[^\']*\''

ILLEGAL = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
NAME = re.compile(_NAME)
# What may stand in a document type outside of declarations; elsewhere Expat tells apart what it does not understand.
WORD = re.compile(f'[{_REST}]+')
AFTER_WORD = re.compile(f'$|{_SPACE}|[>)|,\\[%+*?]')
SPACE = re.compile(_SPACE + '+')
LINE_END = re.compile('\r\n')
TEXT = re.compile('[^<&]+')
START_TAG = re.compile(f'<({_NAME})((?:{_SPACE}+{_NAME}{_SPACE}*={_SPACE}*(?:{_VALUE}))*){_SPACE}*(/?)>')
ATTRIBUTE = re.compile(f'{_SPACE}+({_NAME}){_SPACE}*={_SPACE}*({_VALUE})')
END_TAG = re.compile(f'</({_NAME}){_SPACE}*>')
REFERENCE = re.compile(f'&(?:#([0-9]+)|#x([0-9a-fA-F]+)|({_NAME}));')
INSTRUCTION = re.compile(f'<\\?({_NAME})(?:{_SPACE}+(.*?))?\\?>', re.DOTALL)
DECLARATION = re.compile(
    f'<\\?xml{_SPACE}+version{_SPACE}*={_SPACE}*(["\'])(1\\.[0-9]+)\\1'
    f'(?:{_SPACE}+encoding{_SPACE}*={_SPACE}*(["\'])([A-Za-z][A-Za-z0-9._-]*)\\3)?'
    f'(?:{_SPACE}+standalone{_SPACE}*={_SPACE}*(["\'])(yes|no)\\5)?{_SPACE}*\\?>'
)
TEXT_DECLARATION = re.compile(
    f'<\\?xml(?:{_SPACE}+version{_SPACE}*={_SPACE}*(["\'])(1\\.[0-9]+)\\1)?'
    f'{_SPACE}+encoding{_SPACE}*={_SPACE}*(["\'])([A-Za-z][A-Za-z0-9._-]*)\\3{_SPACE}*\\?>'
)
BYTE_DECLARATION = re.compile(rb'<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["\']([A-Za-z][A-Za-z0-9._-]*)["\']')

DOCTYPE = re.compile(
    f'<!DOCTYPE{_SPACE}+({_NAME})'
    f'(?:{_SPACE}+(?:(SYSTEM){_SPACE}+({_LITERAL})|(PUBLIC){_SPACE}+({_LITERAL}){_SPACE}+({_LITERAL})))?{_SPACE}*(\\[|>)'
)
DOCTYPE_START = re.compile(f'<!DOCTYPE(?:{_SPACE}|$)')
SUBSET_PART = re.compile('["\'\\]]|<!--|<\\?')
EXTERNAL_ID = re.compile(
    f'{_SPACE}+(?:SYSTEM{_SPACE}+({_LITERAL})|PUBLIC{_SPACE}+({_LITERAL})(?:{_SPACE}+({_LITERAL}))?)'
)
ENTITY = re.compile(f'<!ENTITY{_SPACE}+(%{_SPACE}+)?({_NAME})')
LITERAL = re.compile(f'{_SPACE}+({_LITERAL})')
UNPARSED = re.compile(f'{_SPACE}+NDATA{_SPACE}+({_NAME})')
END = re.compile(_SPACE + '*>')
ELEMENT = re.compile(f'<!ELEMENT{_SPACE}+({_NAME}){_SPACE}+([^>]*?){_SPACE}*>')
NOTATION = re.compile(f'<!NOTATION{_SPACE}+({_NAME})')
ATTLIST = re.compile(f'<!ATTLIST{_SPACE}+({_NAME})')
ATTRIBUTE_DEFINITION = re.compile(
    f'{_SPACE}+({_NAME}){_SPACE}+(CDATA|IDREFS?|ID|ENTITY|ENTITIES|NMTOKENS?|NOTATION{_SPACE}*\\([^)]*\\)|\\([^)]*\\))'
    f'{_SPACE}+(#REQUIRED|#IMPLIED|(?:(#FIXED){_SPACE}+)?({_LITERAL}))'
)
PARAMETER_REFERENCE = re.compile(f'%({_NAME});')
MODEL_TOKEN = re.compile(f'{_SPACE}*(#PCDATA|{_NAME}|[(),|])([?*+]?){_SPACE}*')


def unquoted(literal):
    """The text between a literal's quotes; None stays None."""
    return None if literal is None else literal[1:-1]
