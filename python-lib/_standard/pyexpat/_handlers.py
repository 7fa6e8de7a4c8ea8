"""The handlers that a script sets, and what is told to them."""

EXTERNAL_ENTITY_FAILED = 21

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


class Handlers:
    """Everything of a parser's interface except for parsing: its settings, handlers and positions."""

    def __init__(self):
        for name in HANDLERS:
            setattr(self, name, None)
        self.buffer_size = 8192
        self.namespace_prefixes = False
        self.ordered_attributes = False
        self.specified_attributes = False
        self.ErrorCode = self.ErrorByteIndex = self.ErrorLineNumber = self.ErrorColumnNumber = 0
        self._buffers = False
        self._buffered = []
        self._base = None
        self._external_context = None

    @property
    def buffer_text(self):
        """Whether character data between other events comes in one piece."""
        return self._buffers

    @buffer_text.setter
    def buffer_text(self, value):
        self.flush()
        self._buffers = bool(value)

    @property
    def buffer_used(self):
        return sum(map(len, self._buffered))

    @property
    def CurrentLineNumber(self):  # noqa: N802 (this and the other names are those of the real module)
        return self._source.place(self._at)[0]

    @property
    def CurrentColumnNumber(self):  # noqa: N802
        return self._source.place(self._at)[1]

    @property
    def CurrentByteIndex(self):  # noqa: N802
        """Counted in characters, with each line end as one."""
        return self._source.index + self._at

    def SetBase(self, base):  # noqa: N802
        self._base = base

    def GetBase(self):  # noqa: N802
        return self._base

    def GetInputContext(self):  # noqa: N802
        return self._source.text[self._at :].encode() or None

    def SetParamEntityParsing(self, flag):  # noqa: N802
        """Accepted; parameter entities are never read."""
        return 1

    def GetReparseDeferralEnabled(self):  # noqa: N802
        return False

    def SetReparseDeferralEnabled(self, enabled):  # noqa: N802
        """Accepted; what is complete is parsed at once."""

    def UseForeignDTD(self, flag=True):  # noqa: N802
        if flag:
            raise NotImplementedError('UseForeignDTD(True) is not available: nothing outside of the document is read')

    def ExternalEntityParserCreate(self, context, encoding=None):  # noqa: N802
        raise NotImplementedError('external entities are not available: nothing outside of the document is read')

    def flush(self):
        """Hands out character data that was held back."""
        if self._buffered:
            text, self._buffered = ''.join(self._buffered), []
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
        if not self.CharacterDataHandler:
            self.default(text if raw is None else raw)
        elif self._buffers:
            self._buffered.append(text)
        else:
            self.CharacterDataHandler(text)

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
        if self.specified_attributes:
            pairs = pairs[:specified]
        handler(name, [part for pair in pairs for part in pair] if self.ordered_attributes else dict(pairs))

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
        from .errors import Malformed

        if not self.ExternalEntityRefHandler:
            self.default(raw)
            return
        self.flush()
        if not self.ExternalEntityRefHandler(name, self._base, entity.system, entity.public):
            raise Malformed(EXTERNAL_ENTITY_FAILED, at)

    def _tell(self, handler, arguments, raw=None):
        if handler:
            self.flush()
            handler(*arguments)
        elif raw:
            self.default(raw)
