"""The parser: goes over the text and calls the handlers."""

from . import _grammar
from ._attributes import PREDEFINED, AttributeReader
from ._doctype import Declarations, character
from ._handlers import Handlers
from ._namespaces import Namespaces
from ._source import Source
from .errors import ExpatError, Malformed

# Expat's own limits: what entities expand to may not be more than so many times the document, once it is this much.
AMPLIFICATION = 100
AMPLIFICATION_FROM = 8 << 20

SYNTAX = 2
NO_ELEMENTS = 3
INVALID_TOKEN = 4
UNCLOSED_TOKEN = 5
MISMATCH = 7
JUNK = 9
UNDEFINED_ENTITY = 11
RECURSIVE_ENTITY = 12
ASYNCHRONOUS_ENTITY = 13
BINARY_ENTITY = 15
MISPLACED_DECLARATION = 17
UNCLOSED_CDATA = 20
BAD_DECLARATION = 30
FINISHED = 36
AMPLIFIED = 43


class Parser(Handlers):
    """What ``ParserCreate`` returns; it parses one document."""

    def __init__(self, encoding, separator, intern):
        super().__init__()
        self.intern = intern
        self._source = Source(encoding)
        self._namespaces = None if separator is None else Namespaces(self, separator)
        self._declarations = Declarations()
        self._attributes = AttributeReader(self._declarations, self._count_expansion)
        self._open = []
        self._floor = 0
        self._root_done = False
        self._doctype_done = False
        self._expanded = 0
        self._at = 0
        self._over = False

    def Parse(self, data=b'', isfinal=False):  # noqa: N802 (the name in the real module)
        """Parses more of the document; returns 1. Raises ExpatError where it is not well-formed."""
        if self._over:
            raise self._error(FINISHED, self._at)
        try:
            self._source.feed(data, isfinal)
            self._run(isfinal)
        except Malformed as problem:
            self._over = True
            raise self._error(problem.code, problem.at) from None
        self._over = bool(isfinal)
        return 1

    def ParseFile(self, file):  # noqa: N802
        """Parses all of a binary file."""
        while True:
            data = file.read(65536)
            if not isinstance(data, (bytes, bytearray)):
                raise TypeError(f'read() did not return a bytes object (type={type(data).__name__})')
            self.Parse(data, not data)
            if not data:
                return 1

    def _error(self, code, at):
        line, column = self._source.place(at)
        self.ErrorCode, self.ErrorLineNumber, self.ErrorColumnNumber = code, line, column
        self.ErrorByteIndex = self._source.index + at
        return ExpatError(code, line, column)

    def _run(self, final):
        source, text, at = self._source, self._source.text, 0
        illegal = _grammar.ILLEGAL.search(text)
        if illegal or source.broken:
            self._run_until(illegal.start() if illegal else len(text))
        while at < len(text):
            end = self._content(text, at, final) if self._open else self._outside(text, at, final)
            if end == at:
                break
            at = end
        self.flush()
        if final and at < len(text):
            raise Malformed(UNCLOSED_CDATA if text.startswith('<![CDATA[', at) else UNCLOSED_TOKEN, at)
        if final and (self._open or not self._root_done):
            raise Malformed(NO_ELEMENTS, len(text))
        source.drop(at)
        self._at = 0

    def _run_until(self, illegal):
        """Parses what is before a character that may not be, and then refuses that."""
        text, at = self._source.text[:illegal], 0
        try:
            while at < illegal:
                end = self._content(text, at, True) if self._open else self._outside(text, at, True)
                if end == at:
                    break
                at = end
            self.flush()
        except Malformed as problem:
            if problem.code != UNCLOSED_TOKEN:
                raise
        raise Malformed(INVALID_TOKEN, illegal)

    def _outside(self, text, at, final):
        """Goes on before or after the document's element; returns where it stopped."""
        self._at = at
        space = _grammar.SPACE.match(text, at)
        if space:
            self.default(space.group())
            return space.end()
        if text[at] != '<':
            raise Malformed(JUNK if self._root_done else SYNTAX, at)
        rest = text[at : at + 9]
        if not final and (len(rest) < 4 or (rest != '<!DOCTYPE' and '<!DOCTYPE'.startswith(rest))):
            return at
        if rest.startswith('<!--'):
            return at if text.find('-->', at) < 0 else self.comment(text, at)
        if rest.startswith('<?'):
            return at if text.find('?>', at) < 0 else self.instruction(text, at)
        if rest == '<!DOCTYPE' and not self._doctype_done and not self._root_done:
            return self._doctype(text, at)
        if self._root_done or rest == '<!DOCTYPE':
            raise Malformed(JUNK if self._root_done else SYNTAX, at)
        if _grammar.NAME.match(text, at + 1):
            return self._start_tag(text, at, final)
        raise Malformed(INVALID_TOKEN, at + 1)

    def _content(self, text, at, final):
        """Goes on inside of elements; returns where more is needed, or where the last element ended."""
        stack = self._open
        while at < len(text):
            if not self._floor:
                self._at = at
            first = text[at]
            if first == '<':
                following = text[at + 1 : at + 2]
                if following == '/':
                    end = self._end_tag(text, at, final)
                elif following == '!':
                    end = self._special(text, at, final)
                elif following == '?':
                    end = at if text.find('?>', at) < 0 else self.instruction(text, at)
                else:
                    end = self._start_tag(text, at, final)
            elif first == '&':
                end = self._reference(text, at, final)
            else:
                end = self._text(text, at, final)
            if end == at or not stack:
                return end
            at = end
        return at

    def _text(self, text, at, final):
        end = _grammar.TEXT.match(text, at).end()
        found = text.find(']]>', at, end)
        if found >= 0:
            raise Malformed(INVALID_TOKEN, found)
        if end == len(text) and not final:
            # The rest of a forbidden ]]> may still come.
            end -= 2 if text.endswith(']]') else 1 if text.endswith(']') else 0
            end = max(end, at)
        if end > at:
            self.characters(text[at:end])
        return end

    def _start_tag(self, text, at, final):
        tag = _grammar.START_TAG.match(text, at)
        if not tag:
            if _grammar.WHOLE_TAG.match(text, at) or (final and len(text) > at + 1):
                raise Malformed(*_offence(text, at))
            return at
        name, raw_attributes, empty = tag.groups()
        attributes = self._attributes.read(name, raw_attributes, tag.start(2)) if raw_attributes else {}
        specified = len(attributes)
        if self._declarations.attributes:
            self._attributes.add_defaults(name, attributes, at)
        if self._namespaces:
            name = self._namespaces.start(name, attributes, at)
        self.element_started(name, attributes, specified, tag.group())
        if empty:
            self._element_ended(name, '')
        else:
            self._open.append((tag.group(1), name))
        self._root_done = not self._open
        return tag.end()

    def _end_tag(self, text, at, final):
        tag = _grammar.END_TAG.match(text, at)
        if not tag:
            if text.find('>', at) < 0 and not final:
                return at
            name = _grammar.NAME.match(text, at + 2)
            raise Malformed(
                INVALID_TOKEN if text.find('>', at) >= 0 else UNCLOSED_TOKEN, name.end() if name else at + 2
            )
        if len(self._open) <= self._floor:
            raise Malformed(ASYNCHRONOUS_ENTITY, at)
        raw_name, name = self._open.pop()
        if raw_name != tag.group(1):
            raise Malformed(MISMATCH, at + 2)
        self._element_ended(name, tag.group())
        self._root_done = not self._open
        return tag.end()

    def _element_ended(self, name, raw):
        self.element_ended(name, raw)
        if self._namespaces:
            self._namespaces.end()

    def _special(self, text, at, final):
        """A comment or a CDATA section."""
        if text.startswith('<!--', at):
            return at if text.find('-->', at) < 0 else self.comment(text, at)
        if text.startswith('<![CDATA[', at):
            end = text.find(']]>', at)
            if end < 0:
                return at
            self.cdata_section(text[at + 9 : end])
            return end + 3
        rest = text[at : at + 9]
        if not final and ('<!--'.startswith(rest) or '<![CDATA['.startswith(rest)):
            return at
        raise Malformed(INVALID_TOKEN, at + 2)

    def comment(self, text, at):
        end = text.find('--', at + 4)
        if end < 0 or text[end : end + 3] != '-->':
            raise Malformed(INVALID_TOKEN, at + 4 if end < 0 else end + 2)
        self.comment_found(text[at + 4 : end], text[at : end + 3])
        return end + 3

    def instruction(self, text, at):
        """A processing instruction, or the document's own declaration."""
        if text.startswith('<?xml', at) and text[at + 5 : at + 6] in ' \t\n\r?':
            return self._declaration(text, at)
        found = _grammar.INSTRUCTION.match(text, at)
        if not found or found.group(1).lower() == 'xml':
            raise Malformed(INVALID_TOKEN, at + 2)
        self.instruction_found(found.group(1), found.group(2) or '', found.group())
        return found.end()

    def _declaration(self, text, at):
        if at or self._source.index or self._floor:
            raise Malformed(MISPLACED_DECLARATION, at)
        found = _grammar.DECLARATION.match(text)
        if not found:
            raise Malformed(BAD_DECLARATION, 6)
        _, version, _, encoding, _, standalone = found.groups()
        self._declarations.are_standalone = standalone == 'yes'
        self.declaration_found(version, encoding, {'yes': 1, 'no': 0, None: -1}[standalone], found.group())
        return found.end()

    def _doctype(self, text, at):
        head = _grammar.DOCTYPE.match(text, at)
        if not head:
            if text.find('>', at) >= 0 and text.find('[', at) < 0:
                raise Malformed(SYNTAX, at + 9)
            return at
        name, _, system, _, public, public_system, opening = head.groups()
        end = head.end()
        subset = None
        if opening == '[':
            close = _end_of_subset(text, end)
            after = close >= 0 and _grammar.END.match(text, close + 1)
            if not after:
                if close >= 0 and text[close + 1 :].strip():
                    raise Malformed(SYNTAX, close + 1)
                return at
            subset, end = text[head.end() : close], after.end()
        system, public = _grammar.unquoted(system or public_system), _grammar.unquoted(public)
        self._declarations.are_elsewhere = system is not None
        self.doctype_started(name, system, public, subset is not None, text[at : head.end()])
        if subset is not None:
            self._declarations.read(subset, head.end(), self)
        self.doctype_ended(subset is not None)
        self._doctype_done = True
        return end

    def _reference(self, text, at, final):
        found = _grammar.REFERENCE.match(text, at)
        if not found:
            if not _grammar.PARTIAL_REFERENCE.match(text, at):
                raise Malformed(INVALID_TOKEN, at + 1)
            if final:
                raise Malformed(UNCLOSED_TOKEN, at)
            return at
        decimal, hexadecimal, name = found.groups()
        if name is None:
            self.characters(character(decimal, hexadecimal, at), found.group())
        elif name in PREDEFINED:
            self.characters(PREDEFINED[name], found.group())
        else:
            self._entity(name, found.group(), at)
        return found.end()

    def _entity(self, name, raw, at):
        entity = self._declarations.entities.get(name)
        if entity is None:
            if self._declarations.know_all():
                raise Malformed(UNDEFINED_ENTITY, at)
            self.skipped_entity(name, raw)
        elif entity.notation:
            raise Malformed(BINARY_ENTITY, at)
        elif entity.open:
            raise Malformed(RECURSIVE_ENTITY, at)
        elif entity.value is None:
            self.external_entity(name, entity, raw, at)
        elif not self.expands_entities():
            self.default(raw)
        else:
            self._expand(entity, at)

    def _expand(self, entity, at):
        """Parses an entity's text in its place; what it opens it must close."""
        self._count_expansion(entity, at)
        entity.open, floor, self._floor = True, self._floor, len(self._open)
        try:
            end = self._content(entity.value, 0, True)
            if end != len(entity.value) or len(self._open) != self._floor:
                raise Malformed(ASYNCHRONOUS_ENTITY, at)
        except Malformed as problem:
            raise Malformed(problem.code, at) from None
        finally:
            entity.open, self._floor = False, floor

    def _count_expansion(self, entity, at):
        self._expanded += len(entity.value)
        if self._expanded > AMPLIFICATION_FROM and self._expanded > AMPLIFICATION * self._source.size:
            raise Malformed(AMPLIFIED, at)


def _end_of_subset(text, at):
    """Where the internal subset's closing bracket is; -1 when it has not come yet."""
    while True:
        part = _grammar.SUBSET_PART.search(text, at)
        if part is None:
            return -1
        if part.group() == ']':
            return part.start()
        closing = {'<!--': '-->', '<?': '?>'}.get(part.group(), part.group())
        end = text.find(closing, part.end())
        if end < 0:
            return -1
        at = end + len(closing)


def _offence(text, at):
    """Finds what is wrong with a start tag: the error's number and its position."""
    name = _grammar.NAME.match(text, at + 1)
    if not name:
        return INVALID_TOKEN, at + 1
    end = name.end()
    while True:
        attribute = _grammar.ATTRIBUTE.match(text, end)
        if not attribute:
            break
        end = attribute.end()
    space = _grammar.SPACE.match(text, end)
    end = space.end() if space else end
    if end >= len(text) or not _grammar.WHOLE_TAG.match(text, at):
        return UNCLOSED_TOKEN, at
    part = _grammar.NAME.match(text, end) if space else None
    return INVALID_TOKEN, part.end() if part else end
