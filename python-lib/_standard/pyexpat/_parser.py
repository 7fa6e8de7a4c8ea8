"""The parser: goes over the text and calls the handlers."""

from . import _grammar, _tokens
from ._attributes import PREDEFINED, AttributeReader
from ._doctype import Declarations, character
from ._handlers import Handlers
from ._namespaces import Namespaces
from ._source import Source
from .errors import Malformed, at_place

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
BAD_TEXT_DECLARATION = 31
FINISHED = 36
AMPLIFIED = 43

DOCUMENT, CONTENT, SUBSET = range(3)


class Parser(Handlers):
    """What ``ParserCreate`` returns; it parses one document, or what an external entity stands for."""

    __slots__ = (
        '_attributes',
        '_declarations',
        '_doctype_done',
        '_expanded',
        '_floor',
        '_namespaces',
        '_open',
        '_over',
        '_part',
        '_root_done',
        'intern',
    )

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
        # Of what the document consists of: itself, the content of an entity, or the external subset.
        self._part = DOCUMENT

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

    def ExternalEntityParserCreate(self, context, encoding=None):  # noqa: N802
        """A parser for what an external entity stands for; ``context`` is what the handler was given.

        Without context it is the external part of the document type.
        """
        if context is not None and not isinstance(context, str):
            kind = type(context).__name__
            raise TypeError(f'ExternalEntityParserCreate() argument 1 must be str or None, not {kind}')
        child = Parser(encoding, None, self.intern)
        child.take_settings(self)
        child._declarations = self._declarations
        child._attributes = AttributeReader(child._declarations, child._count_expansion)
        child._namespaces = self._namespaces and self._namespaces.bound_for(child)
        child._part = SUBSET if context is None else CONTENT
        return child

    def _error(self, code, at):
        self.ErrorCode, self._at = code, at
        return at_place(code, *self._source.place(at))

    def _run(self, final):
        source, text, at = self._source, self._source.text, 0
        illegal = _grammar.ILLEGAL.search(text)
        if illegal or source.broken:
            self._run_until(illegal.start() if illegal else len(text), INVALID_TOKEN if illegal else source.broken)
        if self._part == SUBSET:
            if final:
                self._read_subset(text)
            return
        inside = self._part == CONTENT
        while at < len(text):
            end = self._content(text, at, final) if inside or self._open else self._outside(text, at, final)
            if end == at:
                break
            at = end
        self.flush()
        if final and at < len(text):
            if text.startswith('<![CDATA[', at):
                raise Malformed(UNCLOSED_CDATA, len(text))
            raise Malformed(UNCLOSED_TOKEN, at)
        if final and inside and self._open:
            raise Malformed(ASYNCHRONOUS_ENTITY, len(text))
        if final and not inside and (self._open or not self._root_done):
            raise Malformed(NO_ELEMENTS, len(text))
        source.drop(at)
        self._at = 0

    def _read_subset(self, text):
        self._at = at = 0
        if text.startswith('<?xml') and text[5:6] in ' \t\n\r':
            at = self._declaration(text, 0)
        self._declarations.read(text[at:], at, self)

    def _run_until(self, illegal, code):
        """Parses what is before a character that may not be, and then refuses that."""
        text, at = self._source.text[:illegal], 0
        inside = self._part == CONTENT
        try:
            while at < illegal:
                end = self._content(text, at, True) if inside or self._open else self._outside(text, at, True)
                if end == at:
                    break
                at = end
            self.flush()
        except Malformed as problem:
            if problem.code != UNCLOSED_TOKEN:
                raise
        raise Malformed(code, illegal)

    def _outside(self, text, at, final):
        """Goes on before or after the document's element; returns where it stopped."""
        self._at = at
        space = _grammar.SPACE.match(text, at)
        if space:
            self.default(space.group())
            return space.end()
        if text[at] != '<':
            if self._token(_tokens.outside, text, at, at, final):
                raise Malformed(JUNK if self._root_done else SYNTAX, at)
            return at
        following = text[at + 1 : at + 2]
        if following == '!':
            if not self._token(_tokens.declaration, text, at, at, final):
                return at
            if text.startswith('<!--', at):
                return self.comment(text, at)
            if self._root_done or self._doctype_done or not _grammar.DOCTYPE_START.match(text, at):
                raise Malformed(JUNK if self._root_done else SYNTAX, at)
            return self._doctype(text, at)
        if following == '?':
            return self.instruction(text, at) if self._token(_tokens.markup, text, at, at, final) else at
        if not following and not final:
            return at
        if not _grammar.NAME.match(text, at + 1):
            if following:
                raise Malformed(INVALID_TOKEN, at + 1)
            raise Malformed(UNCLOSED_TOKEN, at)
        if self._root_done:
            raise Malformed(JUNK, at)
        if self._foreign:
            self.external_subset(None, None, at)
        return self._start_tag(text, at, final)

    def _token(self, scan, text, at, start, final):
        """Whether a whole token is at a place. Raises what Expat does for half of one, and for none."""
        try:
            whole = scan(text, at) is not None
        except _tokens.Wrong as wrong:
            raise Malformed(INVALID_TOKEN, wrong.at) from None
        if not whole and final:
            raise Malformed(UNCLOSED_TOKEN, start)
        return whole

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
                    end = self.instruction(text, at) if self._token(_tokens.markup, text, at, at, final) else at
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
            raise Malformed(INVALID_TOKEN, found + 2)
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
            self._token(_tokens.markup, text, at, at, final)
            return at
        raw_name, raw_attributes, empty = tag.groups()
        name = raw_name = self.intern.setdefault(raw_name, raw_name)
        attributes = self._attributes.read(name, raw_attributes, tag.start(2), at) if raw_attributes else {}
        specified = len(attributes)
        if self._declarations.attributes:
            self._attributes.add_defaults(name, attributes, at)
        if self._namespaces:
            name = self._namespaces.start(name, attributes, at)
            name = self.intern.setdefault(name, name)
        self.element_started(name, attributes, specified, tag.group())
        if empty:
            if not self._floor:
                self._at = tag.end()
            self._element_ended(name, '')
        else:
            self._open.append((raw_name, name))
        self._root_done = not self._open
        return tag.end()

    def _end_tag(self, text, at, final):
        tag = _grammar.END_TAG.match(text, at)
        if not tag:
            self._token(_tokens.markup, text, at, at, final)
            return at
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
        whole = self._token(_tokens.markup, text, at, at, final)
        if not text.startswith('<![CDATA[', at):
            return self.comment(text, at) if whole else at
        end = text.find(']]>', at)
        if end < 0:
            return at
        self.cdata_section(text[at + 9 : end])
        return end + 3

    def comment(self, text, at):
        end = text.find('--', at + 4)
        if end < 0 or text[end : end + 3] != '-->':
            self._token(_tokens.comment, text, at + 3, at, True)
        self.comment_found(text[at + 4 : end], text[at : end + 3])
        return end + 3

    def instruction(self, text, at):
        """A processing instruction, or the document's own declaration."""
        if text.startswith('<?xml', at) and text[at + 5 : at + 6] in ' \t\n\r?':
            return self._declaration(text, at)
        found = _grammar.INSTRUCTION.match(text, at)
        if not found or found.group(1).lower() == 'xml':
            self._token(_tokens.instruction, text, at + 2, at, True)
            raise Malformed(MISPLACED_DECLARATION, at)
        self.instruction_found(found.group(1), found.group(2) or '', found.group())
        return found.end()

    def _declaration(self, text, at):
        if at or self._source.index or self._floor:
            raise Malformed(MISPLACED_DECLARATION, at)
        if self._part != DOCUMENT:
            found = _grammar.TEXT_DECLARATION.match(text)
            if not found:
                raise Malformed(BAD_TEXT_DECLARATION, 6)
            self.declaration_found(found.group(2), found.group(4), -1, found.group())
            return found.end()
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
        if system is not None:
            self._declarations.are_elsewhere = True
            self.not_alone(at)
        self._at = head.end() - 1
        self.doctype_started(name, system, public, subset is not None, text[at : head.end()])
        if subset is not None:
            self._declarations.read(subset, head.end(), self)
        self.external_subset(system, public, at)
        self._at = end - 1
        self.doctype_ended(subset is not None)
        self._doctype_done = True
        return end

    def _reference(self, text, at, final):
        found = _grammar.REFERENCE.match(text, at)
        if not found:
            self._token(_tokens.reference, text, at + 1, at, final)
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
            self.skipped_entity(name, raw)
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
