"""Namespaces (Namespaces in XML 1.0): names with prefixes become names with URIs."""

from .errors import Malformed

XML = 'http://www.w3.org/XML/1998/namespace'
XMLNS = 'http://www.w3.org/2000/xmlns/'

DUPLICATE_ATTRIBUTE = 8
UNBOUND_PREFIX = 27
UNDECLARED_PREFIX = 28
RESERVED_XML = 38
RESERVED_XMLNS = 39
RESERVED_URI = 40


class Namespaces:
    """The prefixes that are bound where the parser is."""

    def __init__(self, handlers, separator):
        self._handlers = handlers
        self._separator = separator
        self._bound = {'xml': XML}
        self._levels = []

    def bound_for(self, handlers):
        """The same prefixes for the parser of an entity."""
        copy = Namespaces(handlers, self._separator)
        copy._bound = self._bound
        return copy

    def start(self, name, attributes, at):
        """Binds what a start tag declares, renames its attributes in place, and returns its element's name."""
        declared, before = [], self._bound
        if attributes:
            names = [name for name in attributes if name == 'xmlns' or name.startswith('xmlns:')]
            declared += [self._declare(name[6:] or None, attributes.pop(name), at) for name in names]
        self._levels.append((declared, before))
        if attributes:
            self._rename(attributes, at)
        prefix, colon, local = name.partition(':')
        if colon:
            return self._named(self._uri(prefix, at), local, prefix)
        uri = self._bound.get(None)
        return self._named(uri, name, None) if uri else name

    def end(self):
        """Unbinds what the element's start tag had declared."""
        declared, self._bound = self._levels.pop()
        for prefix in reversed(declared):
            self._handlers.namespace_ended(prefix)

    def _declare(self, prefix, uri, at):
        if prefix == 'xmlns':
            raise Malformed(RESERVED_XMLNS, at)
        if (prefix == 'xml') != (uri == XML):
            raise Malformed(RESERVED_XML if prefix == 'xml' else RESERVED_URI, at)
        if uri == XMLNS:
            raise Malformed(RESERVED_URI, at)
        if prefix and not uri:
            raise Malformed(UNDECLARED_PREFIX, at)
        self._bound = {**self._bound, prefix: uri}
        self._handlers.namespace_started(prefix, uri or None)
        return prefix

    def _rename(self, attributes, at):
        if not any(':' in name for name in attributes):
            return
        renamed = {}
        for name, value in attributes.items():
            prefix, colon, local = name.partition(':')
            full = self._named(self._uri(prefix, at), local, prefix) if colon else name
            if full in renamed:
                raise Malformed(DUPLICATE_ATTRIBUTE, at)
            renamed[full] = value
        attributes.clear()
        attributes.update(renamed)

    def _uri(self, prefix, at):
        uri = self._bound.get(prefix)
        if uri is None:
            raise Malformed(UNBOUND_PREFIX, at)
        return uri

    def _named(self, uri, local, prefix):
        name = uri + self._separator + local
        return name + self._separator + prefix if prefix and self._handlers.namespace_prefixes else name
