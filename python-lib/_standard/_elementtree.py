"""Not the accelerator that ElementTree looks for here, but what makes it fast and its elements small all the same.

``fromstring`` and ``parse`` without a parser of their own have the worker's Java read the document. It gives up on what
is not plain, errors included, and that is read as ever.

GraalPy gives a list that is written ``[]`` the room that lists written at the same place grew into before. One element
with thousands of children so makes every later element reserve that room: 14 KiB each. ``list()`` has no such memory.
"""

import array
import marshal
import re
import sys

from _pulzar import bridge

# Shorter documents are parsed faster than they cross the bridge, longer ones are better read in parts.
_SHORTEST = 256
_LONGEST = 64 << 20

# Longer answers wait until somebody asks for what is in the document.
_WORTH_WAITING = 1 << 16

_ENCODING = re.compile(rb'<\?xml[^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["\']([A-Za-z0-9._-]+)["\']')
_MARK = b'\xef\xbb\xbf'

_tree = sys.modules['xml.etree.ElementTree']
_Element = _tree.Element
_slow_xml = _tree.XML
_slow_parse = _tree.ElementTree.parse
_tree_builder = _tree.TreeBuilder
_parser = _tree.XMLParser


def _init(self, tag, attrib={}, **extra):  # noqa: B006 (the signature is ElementTree's, and the dict is copied)
    if not isinstance(attrib, dict):
        raise TypeError(f'attrib must be dict, not {attrib.__class__.__name__}')
    self.tag = tag
    self.attrib = {**attrib, **extra}
    self._children = list()  # noqa: C408 (see above)


def _root(document):
    """The element of a whole document, or None for what the parser shall look at."""
    usual = _tree.Element is _Element and _tree.TreeBuilder is _tree_builder and _tree.XMLParser is _parser
    host = bridge.host()
    if not usual or host is None or not _SHORTEST <= len(document) <= _LONGEST:
        return None
    text = _decoded(document)
    if text is None:
        return None
    refused, found = host.service('xml', 'elements', text)
    return None if refused or found is None else _first(found)


def _decoded(document):
    if type(document) is str:
        return document
    if type(document) is not bytes:
        return None
    encoding = 'utf-8'
    if document.startswith(_MARK):
        document = document[len(_MARK) :]
    elif document.startswith(b'<?xml'):
        declared = _ENCODING.match(document[:256])
        encoding = declared.group(1).decode().lower() if declared else encoding
    if encoding not in ('utf-8', 'iso-8859-1'):
        return None
    try:
        return document.decode(encoding)
    except UnicodeDecodeError:
        return None


def _first(found):
    """The element of the document; the rest is built when somebody asks for what is in it."""
    end = 8 + int(found[:8], 16)
    name, attrib, text = marshal.loads(found[8:end].encode('latin-1'))  # noqa: S302 by our own Java
    root = _Element.__new__(_Element)
    root.tag, root.attrib, root.text, root.tail = name, {} if attrib is None else attrib, text, None
    if len(found) < _WORTH_WAITING:
        root._children = _read(root, found, end)
    else:
        root._unread = found, end
    return root


def _read(root, found, begin):
    """What is in the element of a document, which may have been changed meanwhile and stays as it is."""
    return _built(root, *marshal.loads(found[begin:].encode('latin-1')))  # noqa: S302 by our own Java


def _built(root, numbers, names, attributes, texts, tailed, tails):
    numbers = array.array('i', numbers)
    elements = [root] + [None] * (len(attributes) - 1)
    children = [list()] + [None] * (len(attributes) - 1)  # noqa: C408 (see above)
    new = _Element.__new__
    at = 1
    while at < len(elements):
        element = elements[at] = new(_Element)
        attrib = attributes[at]
        element.tag = names[numbers[2 * at + 1]]
        element.attrib = {} if attrib is None else attrib
        children[at] = element._children = list()  # noqa: C408 (see above)
        element.text = texts[at]
        element.tail = None
        children[numbers[2 * at]].append(element)
        at += 1
    at = 0
    numbers = array.array('i', tailed)
    while at < len(tails):
        elements[numbers[at]].tail = tails[at]
        at += 1
    return children[0]


def _missing(self, name):
    """Finds what is in the element of a document that nobody looked into before."""
    if name == '_children':
        unread = self.__dict__.get('_unread')
        if unread is not None:
            # Of two threads that come by here, both get what the first one has read.
            self.__dict__.setdefault('_children', _read(self, *unread))
            self.__dict__.pop('_unread', None)
        if '_children' in self.__dict__:
            return self.__dict__['_children']
    raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}', name=name, obj=self)


def _state(self):
    self._children  # noqa: B018 (it is read)
    return dict(self.__dict__)


def _iter(self, tag=None):
    if tag == '*':
        tag = None
    if tag is None or self.tag == tag:
        yield self
    waiting = [iter(self._children)]
    while waiting:
        for element in waiting[-1]:
            if type(element) is not _Element:
                yield from element.iter(tag)
                continue
            if tag is None or element.tag == tag:
                yield element
            if element._children:
                waiting.append(iter(element._children))
                break
        else:
            waiting.pop()


def XML(text, parser=None):  # noqa: N802 (the name in the real module)
    root = _root(text) if parser is None else None
    return _slow_xml(text, parser) if root is None else root


def _parse(self, source, parser=None):
    if parser is not None:
        return _slow_parse(self, source, parser)
    if not hasattr(source, 'read'):
        with open(source, 'rb') as file:
            return _parse(self, file)
    document = source.read(_LONGEST)
    root = _root(document)
    if root is None:
        parser = _tree.XMLParser()
        while document:
            parser.feed(document)
            document = source.read(65536)
        root = parser.close()
    self._root = root
    return root


for _ours, _theirs in ((XML, _slow_xml), (_parse, _slow_parse), (_iter, _Element.iter)):
    _ours.__name__, _ours.__qualname__, _ours.__doc__ = _theirs.__name__, _theirs.__qualname__, _theirs.__doc__

_Element.__init__, _Element.iter = _init, _iter
_Element.__getattr__, _Element.__getstate__ = _missing, _state
_tree.XML = _tree.fromstring = XML
_tree.ElementTree.parse = _parse

raise ImportError('ElementTree is in Python here, as it is without its accelerator')
