"""Expat's interface on a parser in Python, where GraalPy's own is native code that scripts may not load.

All of ``xml`` in the standard library stands on it: ElementTree, minidom, sax, xmlrpc, plistlib. It reads well-formed
documents as Expat does and refuses the others with Expat's errors. Nothing outside of the document is read but by a
script's own handler of external entities, and parameter entities are skipped. Entities that expand to more
than a hundred times the document are refused.
"""

from . import errors, model
from ._parser import Parser as XMLParserType
from .errors import ExpatError

error = ExpatError
EXPAT_VERSION = 'expat_2.6.3'
version_info = (2, 6, 3)
native_encoding = 'UTF-8'
features = []

XML_PARAM_ENTITY_PARSING_NEVER = 0
XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE = 1
XML_PARAM_ENTITY_PARSING_ALWAYS = 2

__all__ = [
    'EXPAT_VERSION',
    'XML_PARAM_ENTITY_PARSING_ALWAYS',
    'XML_PARAM_ENTITY_PARSING_NEVER',
    'XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE',
    'ErrorString',
    'ExpatError',
    'ParserCreate',
    'XMLParserType',
    'error',
    'errors',
    'features',
    'model',
    'native_encoding',
    'version_info',
]


def ErrorString(code):  # noqa: N802 (the name in the real module)
    """The text of an error's number, or None."""
    return errors.messages.get(code)


def ParserCreate(encoding=None, namespace_separator=None, intern=None):  # noqa: N802 (the name in the real module)
    """Makes a parser; with a separator it resolves namespaces: names become ``{uri}{separator}{name}``."""
    if not isinstance(namespace_separator, (str, type(None))):
        kind = type(namespace_separator).__name__
        raise TypeError(f"ParserCreate() argument 'namespace_separator' must be str or None, not {kind}")
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError('namespace_separator must be at most one character, omitted, or None')
    return XMLParserType(encoding, namespace_separator, {} if intern is None else intern)
