"""The internal subset of a document type: what it declares, told to the handlers."""

from . import _grammar, model
from .errors import Malformed, codes, messages

INVALID_TOKEN = codes[messages[4]]
SYNTAX = codes[messages[2]]
QUANTIFIERS = {
    '': model.XML_CQUANT_NONE,
    '?': model.XML_CQUANT_OPT,
    '*': model.XML_CQUANT_REP,
    '+': model.XML_CQUANT_PLUS,
}


class Entity:
    """A general entity: its text, or where it is outside of the document."""

    __slots__ = ('notation', 'open', 'public', 'system', 'value')

    def __init__(self, value, system, public, notation):
        self.value = value
        self.system = system
        self.public = public
        self.notation = notation
        self.open = False


class Definition:
    """An attribute as ``<!ATTLIST`` defines it: whether it is CDATA, and its default or None."""

    __slots__ = ('default', 'is_text')

    def __init__(self, is_text, default):
        self.is_text = is_text
        self.default = default


class Declarations:
    """What the document type has declared so far."""

    def __init__(self):
        self.entities = {}
        self.parameter_entities = set()
        self.attributes = {}
        self.are_elsewhere = False
        self.are_standalone = False
        # False after a parameter entity that nobody read: what follows may depend on it, and is not taken in.
        self.are_certain = True

    def know_all(self):
        """False when an entity that is not declared here may be declared outside of the document."""
        return not self.are_elsewhere or self.are_standalone

    def read(self, text, start, handlers):
        """Reads an internal subset; ``start`` is where it is in the document, for errors."""
        at = 0
        while at < len(text):
            space = _grammar.SPACE.match(text, at)
            if space:
                handlers.default(space.group())
                at = space.end()
                continue
            try:
                end = self._declaration(text, at, handlers)
            except Malformed as error:
                raise Malformed(error.code, start + error.at) from None
            at = end

    def _declaration(self, text, at, handlers):
        if text.startswith('<!ENTITY', at):
            return self._entity(text, at, handlers)
        if text.startswith('<!ATTLIST', at):
            return self._attributes(text, at, handlers)
        if text.startswith('<!ELEMENT', at):
            return _element(text, at, handlers)
        if text.startswith('<!NOTATION', at):
            return _notation(text, at, handlers)
        if text.startswith('<!--', at):
            return handlers.comment(text, at)
        if text.startswith('<?', at):
            return handlers.instruction(text, at)
        reference = _grammar.PARAMETER_REFERENCE.match(text, at)
        if not reference:
            raise Malformed(SYNTAX if text[at] != '<' else INVALID_TOKEN, at)
        # Parameter entities are not expanded: documents of any origin are safe to read that way.
        self.are_elsewhere = True
        self.are_certain = self.are_standalone
        handlers.not_alone(at)
        handlers.default(reference.group())
        return reference.end()

    def _entity(self, text, at, handlers):
        head = _need(_grammar.ENTITY.match(text, at), at)
        is_parameter, name, after = bool(head.group(1)), head.group(2), head.end()
        literal = _grammar.LITERAL.match(text, after)
        value = system = public = notation = None
        if literal:
            value, after = _character_references(_grammar.unquoted(literal.group(1)), literal.start(1)), literal.end()
        else:
            place = _need(_grammar.EXTERNAL_ID.match(text, after), after)
            system = _grammar.unquoted(place.group(1) or place.group(3))
            public, after = _grammar.unquoted(place.group(2)), place.end()
            unparsed = _grammar.UNPARSED.match(text, after)
            if unparsed:
                notation, after = unparsed.group(1), unparsed.end()
        end = _need(_grammar.END.match(text, after), after).end()
        known = self.parameter_entities if is_parameter else self.entities
        if not self.are_certain:
            handlers.default(text[at:end])
        elif name not in known:  # the first declaration counts
            if is_parameter:
                known.add(name)
            else:
                known[name] = Entity(value, system, public, notation)
            handlers.entity_declared(name, is_parameter, value, system, public, notation, text[at:end])
        elif not handlers.EntityDeclHandler:
            handlers.default(text[at:end])
        return end

    def _attributes(self, text, at, handlers):
        head = _need(_grammar.ATTLIST.match(text, at), at)
        known, after = self.attributes.setdefault(head.group(1), {}), head.end()
        while True:
            end = _grammar.END.match(text, after)
            if end:
                handlers.attributes_declared(text[at : end.end()])
                return end.end()
            found = _need(_grammar.ATTRIBUTE_DEFINITION.match(text, after), after)
            name, kind, rule, fixed, literal = found.groups()
            default = _grammar.unquoted(literal)
            kind = ''.join(kind.split()) if '(' in kind else kind
            required = rule == '#REQUIRED' or bool(fixed)
            if name not in known and self.are_certain:
                known[name] = Definition(kind == 'CDATA', default)
                handlers.attribute_declared(head.group(1), name, kind, default, required)
            after = found.end()


def _element(text, at, handlers):
    found = _need(_grammar.ELEMENT.match(text, at), at)
    handlers.element_declared(found.group(1), content_model(found.group(2), found.start(2)), found.group())
    return found.end()


def _notation(text, at, handlers):
    head = _need(_grammar.NOTATION.match(text, at), at)
    place = _need(_grammar.EXTERNAL_ID.match(text, head.end()), head.end())
    end = _need(_grammar.END.match(text, place.end()), place.end()).end()
    system = _grammar.unquoted(place.group(1) or place.group(3))
    handlers.notation_declared(head.group(1), system, _grammar.unquoted(place.group(2)), text[at:end])
    return end


def content_model(text, start=0):
    """``(type, quantifier, name, children)`` of an element's content, as ``xml.parsers.expat.model`` names them."""
    if text == 'EMPTY':
        return (model.XML_CTYPE_EMPTY, model.XML_CQUANT_NONE, None, ())
    if text == 'ANY':
        return (model.XML_CTYPE_ANY, model.XML_CQUANT_NONE, None, ())
    if not text.startswith('('):
        raise Malformed(SYNTAX, start)
    found, end = _group(text, 1, start)
    if end != len(text):
        raise Malformed(SYNTAX, start + end)
    return found


def _group(text, at, start):
    """Reads a group from after its bracket; returns its model and where it ends."""
    children, separator, mixed = [], None, False
    while True:
        token = _grammar.MODEL_TOKEN.match(text, at)
        if not token:
            raise Malformed(SYNTAX, start + at)
        word, quantifier = token.groups()
        at = token.end()
        if word == '(':
            child, at = _group(text, at, start)
            children.append(child)
        elif word == '#PCDATA':
            mixed = True
        else:
            children.append((model.XML_CTYPE_NAME, QUANTIFIERS[quantifier], word, ()))
        token = _grammar.MODEL_TOKEN.match(text, at)
        if not token or token.group(1) not in ',|)' or (separator and token.group(1) not in (separator, ')')):
            raise Malformed(SYNTAX, start + at)
        at = token.end()
        if token.group(1) == ')':
            kind = model.XML_CTYPE_CHOICE if separator == '|' else model.XML_CTYPE_SEQ
            return (model.XML_CTYPE_MIXED if mixed else kind, QUANTIFIERS[token.group(2)], None, tuple(children)), at
        separator = token.group(1)


def _character_references(value, at):
    """Replaces character references of an entity's text; references to entities wait for their use."""

    def replaced(reference):
        decimal, hexadecimal, name = reference.groups()
        return reference.group() if name else character(decimal, hexadecimal, at + reference.start())

    return _grammar.REFERENCE.sub(replaced, value)


def character(decimal, hexadecimal, at):
    """The character of ``&#...;``; one that XML does not allow is an error."""
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code > 0x10FFFF or _grammar.ILLEGAL.match(chr(code)):
        raise Malformed(14, at)
    return chr(code)


def _need(match, at):
    if match is None:
        raise Malformed(SYNTAX, at)
    return match
