"""The attributes of a start tag: their values, and defaults from the document type."""

from . import _grammar
from ._doctype import character
from .errors import Malformed

PREDEFINED = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'"}

INVALID_TOKEN = 4
DUPLICATE_ATTRIBUTE = 8
UNDEFINED_ENTITY = 11
RECURSIVE_ENTITY = 12
BINARY_ENTITY = 15
EXTERNAL_ENTITY_IN_ATTRIBUTE = 16


class AttributeReader:
    """Reads attributes as the document type ``declarations`` defines them.

    ``expand(entity, at)`` is called for each entity that is expanded, to count what they amount to.
    """

    def __init__(self, declarations, expand):
        self._declarations = declarations
        self._expand = expand

    def read(self, element, raw, start, tag):
        """Returns name to value; ``start`` is where the raw text is, and ``tag`` the start tag, for errors."""
        defined = self._declarations.attributes.get(element, {})
        attributes = {}
        for found in _grammar.ATTRIBUTE.finditer(raw):
            name, literal = found.groups()
            if name in attributes:
                raise Malformed(DUPLICATE_ATTRIBUTE, start + found.start(1))
            attributes[name] = self._value(literal[1:-1], defined.get(name), start + found.start(2) + 1, tag)
        return attributes

    def add_defaults(self, element, attributes, at):
        """Adds the defaults of attributes that the tag does not have."""
        for name, definition in self._declarations.attributes.get(element, {}).items():
            if definition.default is not None and name not in attributes:
                attributes[name] = self._value(definition.default, definition, at, at)

    def _value(self, literal, definition, at, tag):
        """An attribute's value: spaces are plain, references replaced (XML 1.0, 3.3.3)."""
        if '\n' in literal or '\t' in literal:
            literal = literal.replace('\n', ' ').replace('\t', ' ')
        value = self._replaced(literal, at, tag) if '&' in literal else literal
        if definition is not None and not definition.is_text:
            value = ' '.join(word for word in value.split(' ') if word)
        return value

    def _replaced(self, literal, at, tag):
        parts, end = [], 0
        while True:
            start = literal.find('&', end)
            if start < 0:
                parts.append(literal[end:])
                return ''.join(parts)
            parts.append(literal[end:start])
            found = _grammar.REFERENCE.match(literal, start)
            if not found:
                raise Malformed(INVALID_TOKEN, at + start + 1)
            decimal, hexadecimal, name = found.groups()
            if name is None:
                parts.append(character(decimal, hexadecimal, at + start))
            elif name in PREDEFINED:
                parts.append(PREDEFINED[name])
            else:
                parts.append(self._entity(name, at + start, tag))
            end = found.end()

    def _entity(self, name, at, tag):
        entity = self._declarations.entities.get(name)
        if entity is None:
            if self._declarations.know_all():
                raise Malformed(UNDEFINED_ENTITY, tag)
            return ''
        if entity.notation:
            raise Malformed(BINARY_ENTITY, at)
        if entity.value is None:
            raise Malformed(EXTERNAL_ENTITY_IN_ATTRIBUTE, at)
        if entity.open:
            raise Malformed(RECURSIVE_ENTITY, at)
        if '<' in entity.value:
            raise Malformed(INVALID_TOKEN, at)
        self._expand(entity, at)
        entity.open = True
        try:
            return self._replaced(entity.value.replace('\n', ' ').replace('\t', ' '), at, tag)
        finally:
            entity.open = False
