"""The handlers that a script sets, and what is told to them."""

import re

from .errors import Malformed, at_place

EXTERNAL_ENTITY_FAILED = 21
NOT_STANDALONE = 22
TOO_LATE = 26

# Expat tells of line ends apart. What it has to convert to UTF-8 comes in parts of that many bytes.
PIECES = re.compile('\n|[^\n]+')
CONVERTED_PIECES = re.compile('\n|[^\n]{1,1024}')

LARGEST_BUFFER = (1 << 31) - 1

HANDLERS = (
    'AttlistDeclHandler',
    'CharacterDataHandler',
    'CommentHandler',
    'DefaultHandler',
    'DefaultHandlerExpand',
    'ElementDeclHandler',
    'EndCdataSectionHandler',
    'EndDoctypeDeclHandler',
    'EndElementHandler',
    'EndNamespaceDeclHandler',
    'EntityDeclHandler',
    'ExternalEntityRefHandler',
    'NotStandaloneHandler',
    'NotationDeclHandler',
    'ProcessingInstructionHandler',
    'SkippedEntityHandler',
    'StartCdataSectionHandler',
    'StartDoctypeDeclHandler',
    'StartElementHandler',
    'StartNamespaceDeclHandler',
    'UnparsedEntityDeclHandler',
    'XmlDeclHandler',
)


def _flag(attribute, text):
    """A property that is True or False, whatever it is set to."""

    def write(self, value):
        setattr(self, attribute, bool(value))

    return property(lambda self: getattr(self, attribute), write, doc=text)


class Handlers:
    """Everything of a parser's interface except for parsing: its settings, handlers and positions."""

    __slots__ = (
        *HANDLERS,
        'ErrorCode',
        '_at',
        '_base',
        '_buffer_size',
        '_buffered',
        '_buffers',
        '_foreign',
        '_lists',
        '_parameters',
        '_prefixes',
        '_source',
        '_specified',
        '_used',
    )

    def __init__(self):
        for name in HANDLERS:
            setattr(self, name, None)
        self.ErrorCode = 0
        self._buffer_size = 8192
        self._prefixes = self._lists = self._specified = self._buffers = self._foreign = False
        self._buffered = []
        self._used = 0
        self._base = None
        self._parameters = 0

    namespace_prefixes = _flag('_prefixes', 'Whether names have their prefix at the end.')
    ordered_attributes = _flag('_lists', 'Whether attributes come as a list.')
    specified_attributes = _flag('_specified', 'Whether attributes that only have a default are left out.')

    def take_settings(self, other):
        """Makes handlers and settings those of another parser."""
        for name in HANDLERS:
            setattr(self, name, getattr(other, name))
        for name in ('_base', '_buffer_size', '_buffers', '_lists', '_prefixes', '_specified'):
            setattr(self, name, getattr(other, name))

    @property
    def buffer_text(self):
        """Whether character data between other events comes in one piece."""
        return self._buffers

    @buffer_text.setter
    def buffer_text(self, value):
        self.flush()
        self._buffers = bool(value)

    @property
    def buffer_size(self):
        """How many bytes of character data are held back at most."""
        return self._buffer_size

    @buffer_size.setter
    def buffer_size(self, size):
        if not isinstance(size, int):
            raise TypeError('buffer_size must be an integer')
        if size <= 0:
            raise ValueError('buffer_size must be greater than zero')
        if size > LARGEST_BUFFER:
            raise ValueError(f'buffer_size must not be greater than {LARGEST_BUFFER}')
        if size != self._buffer_size:
            self.flush()
            self._buffer_size = size

    @property
    def buffer_used(self):
        return self._used

    @property
    def CurrentLineNumber(self):  # noqa: N802 (this and the other names are those of the real module)
        return self._source.place(self._at)[0]

    @property
    def CurrentColumnNumber(self):  # noqa: N802
        return self._source.place(self._at)[1]

    @property
    def CurrentByteIndex(self):  # noqa: N802
        return self._source.byte_index(self._at)

    # In Expat, too, these are the same functions.
    ErrorLineNumber = CurrentLineNumber
    ErrorColumnNumber = CurrentColumnNumber
    ErrorByteIndex = CurrentByteIndex

    def SetBase(self, base):  # noqa: N802
        self._base = base

    def GetBase(self):  # noqa: N802
        return self._base

    def GetInputContext(self):  # noqa: N802
        return self._source.text[self._at :].encode() or None

    def SetParamEntityParsing(self, flag):  # noqa: N802
        """Whether the handler of external entities is asked for the part of a document type that is elsewhere.

        Parameter entities inside of the document are never replaced.
        """
        if self._source.index:
            return 0
        self._parameters = flag
        return 1

    def GetReparseDeferralEnabled(self):  # noqa: N802
        return False

    def SetReparseDeferralEnabled(self, enabled):  # noqa: N802
        """Accepted; what is complete is parsed at once."""

    def UseForeignDTD(self, flag=True):  # noqa: N802
        """Has the handler of external entities asked for a document type where the document names none."""
        if self._source.size:
            raise at_place(TOO_LATE, *self._source.place(self._at))
        self._foreign = bool(flag)

    def flush(self):
        """Hands out character data that was held back."""
        if self._buffered:
            text, self._buffered, self._used = ''.join(self._buffered), [], 0
            if self.CharacterDataHandler:
                self.CharacterDataHandler(text)

    def default(self, raw):
        """What no other handler wants."""
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler:
            self.flush()
            handler(raw)

    def expands_entities(self):
        return self.DefaultHandler is None

    def characters(self, text, raw=None):
        if self._buffers and self.CharacterDataHandler:
            size = len(text) if text.isascii() else len(text.encode())
            if self._used + size <= self._buffer_size:
                self._buffered.append(text)
                self._used += size
                return
        if raw is not None:
            self._piece(text, raw)
        elif self._source.is_converted:
            for piece in CONVERTED_PIECES.findall(text):
                self._piece(piece, piece)
        elif '\n' in text:
            for piece in PIECES.findall(text):
                self._piece(piece, piece)
        else:
            self._piece(text, text)

    def _piece(self, text, raw):
        if not self.CharacterDataHandler:
            self.default(raw)
        elif not self._buffers:
            self.CharacterDataHandler(text)
        else:
            size = len(text.encode())
            if self._used + size > self._buffer_size:
                self.flush()
            if size > self._buffer_size:
                self.CharacterDataHandler(text)
            else:
                self._buffered.append(text)
                self._used += size

    def cdata_section(self, text):
        self._tell(self.StartCdataSectionHandler, (), '<![CDATA[')
        if text:
            self.characters(text)
        self._tell(self.EndCdataSectionHandler, (), ']]>')

    def element_started(self, name, attributes, specified, raw):
        handler = self.StartElementHandler
        if not handler:
            self.default(raw)
            return
        self.flush()
        pairs = list(attributes.items())
        if self._specified:
            pairs = pairs[:specified]
        handler(name, [part for pair in pairs for part in pair] if self._lists else dict(pairs))

    def element_ended(self, name, raw):
        if self.EndElementHandler:
            self.flush()
            self.EndElementHandler(name)
        elif raw:
            self.default(raw)

    def namespace_started(self, prefix, uri):
        self._tell(self.StartNamespaceDeclHandler, (prefix, uri))

    def namespace_ended(self, prefix):
        self._tell(self.EndNamespaceDeclHandler, (prefix,))

    def comment_found(self, text, raw):
        self._tell(self.CommentHandler, (text,), raw)

    def instruction_found(self, target, data, raw):
        self._tell(self.ProcessingInstructionHandler, (target, data), raw)

    def declaration_found(self, version, encoding, standalone, raw):
        self._tell(self.XmlDeclHandler, (version, encoding, standalone), raw)

    def doctype_started(self, name, system, public, has_subset, raw):
        if self.StartDoctypeDeclHandler:
            self.flush()
            self.StartDoctypeDeclHandler(name, system, public, int(has_subset))
            return
        # The default handler gets the declaration token by token.
        self.default('<!DOCTYPE')
        rest = raw[9:].rstrip('[>').strip()
        for token in (name, 'PUBLIC' if public is not None else 'SYSTEM' if system is not None else ''):
            if token:
                self.default(' ')
                self.default(token)
                rest = rest[len(token) :].strip()
        while rest:
            end = rest.index(rest[0], 1) + 1
            self.default(' ')
            self.default(rest[:end])
            rest = rest[end:].strip()
        if has_subset:
            self.default(raw[len(raw[:-1].rstrip()) : -1])
            self.default('[')

    def doctype_ended(self, has_subset):
        if self.EndDoctypeDeclHandler:
            self.flush()
            self.EndDoctypeDeclHandler()
        elif not self.StartDoctypeDeclHandler:
            if has_subset:
                self.default(']')
            self.default('>')

    def entity_declared(self, name, is_parameter, value, system, public, notation, raw):
        if notation and self.UnparsedEntityDeclHandler:
            self._tell(self.UnparsedEntityDeclHandler, (name, self._base, system, public, notation))
        else:
            arguments = (name, int(is_parameter), value, self._base, system, public, notation)
            self._tell(self.EntityDeclHandler, arguments, raw)

    def attribute_declared(self, element, name, kind, default, required):
        self._tell(self.AttlistDeclHandler, (element, name, kind, default, int(required)))

    def attributes_declared(self, raw):
        if not self.AttlistDeclHandler:
            self.default(raw)

    def element_declared(self, name, content, raw):
        self._tell(self.ElementDeclHandler, (name, content), raw)

    def notation_declared(self, name, system, public, raw):
        self._tell(self.NotationDeclHandler, (name, self._base, system, public), raw)

    def skipped_entity(self, name, raw):
        self._tell(self.SkippedEntityHandler, (name, 0), raw)

    def external_entity(self, name, entity, raw, at):
        """Tells of an external entity; a handler that returns 0 stops the parser."""
        if not self.ExternalEntityRefHandler:
            self.default(raw)
            return
        entity.open = True
        try:
            self._ask_for(name, entity.system, entity.public, at)
        finally:
            entity.open = False

    def external_subset(self, system, public, at):
        """Has the handler read the part of the document type that is elsewhere, if it is to."""
        wanted = self._parameters == 2 or (self._parameters == 1 and not self._declarations.are_standalone)
        if wanted and self.ExternalEntityRefHandler and (system is not None or self._foreign):
            self._foreign = False
            self._ask_for(None, system, public, at)

    def _ask_for(self, name, system, public, at):
        self.flush()
        if not self.ExternalEntityRefHandler(name, self._base, system, public):
            raise Malformed(EXTERNAL_ENTITY_FAILED, at)

    def not_alone(self, at):
        """Tells that a document which does not call itself standalone is not."""
        if self.NotStandaloneHandler and not self._declarations.are_standalone:
            self.flush()
            if not self.NotStandaloneHandler():
                raise Malformed(NOT_STANDALONE, at)

    def _tell(self, handler, arguments, raw=None):
        if handler:
            self.flush()
            handler(*arguments)
        elif raw:
            self.default(raw)
