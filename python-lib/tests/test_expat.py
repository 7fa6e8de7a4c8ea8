import importlib
import importlib.util
import io
import pathlib
import sys
import unittest
import unittest.mock

STANDARD = pathlib.Path(__file__).resolve().parent.parent / '_standard'


def load(name, path):
    """Imports a package or module of _standard under another name, beside the native one."""
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


ours = load('standard_pyexpat', STANDARD / 'pyexpat' / '__init__.py')

import pyexpat as native  # noqa: E402 (on GraalPy it is ours: there the cases show that nothing fails)

TOLD = (
    'AttlistDeclHandler',
    'CharacterDataHandler',
    'CommentHandler',
    'ElementDeclHandler',
    'EndCdataSectionHandler',
    'EndDoctypeDeclHandler',
    'EndElementHandler',
    'EndNamespaceDeclHandler',
    'EntityDeclHandler',
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
ELEMENTS_ONLY = ('StartElementHandler', 'EndElementHandler', 'CharacterDataHandler')


def events(module, document, separator=None, chunk=None, default=False, handlers=TOLD):
    """What a parser tells its handlers, with the line and number of the error at its end."""
    parser = module.ParserCreate(None, separator)
    parser.buffer_text = parser.ordered_attributes = True
    told = []
    for name in handlers:
        setattr(parser, name, lambda *arguments, name=name: told.append((name, arguments)))
    if default:
        parser.DefaultHandlerExpand = lambda text: told.append(('default', (text,)))
    try:
        for start in range(0, len(document), chunk or len(document) or 1):
            parser.Parse(document[start : start + (chunk or len(document))])
        parser.Parse(document[:0], True)
    except module.ExpatError as error:
        told.append(('error', error.code, error.lineno))
    joined = []
    for event in told:
        if joined and event[0] == joined[-1][0] and event[0] in ('CharacterDataHandler', 'default'):
            joined[-1] = (event[0], (joined[-1][1][0] + event[1][0],))
        else:
            joined.append(event)
    return joined


DOCUMENTS = (
    # well-formed
    b'<a/>',
    b'<a b="1" c=\'2\'>x<b/>y</a>',
    b'<a\nb="1"\n/>',
    b'<a >x</a >',
    b'<a.b-c_d:e/>',
    b'<a>&lt;&amp;&#65;&#x42;</a>',
    b'<a b="&lt;&quot;&apos;&#60;"/>',
    b'<a b="x\ny\tz&#10;"/>',
    b'<a>]]</a>',
    b'<a><![CDATA[x<y]]>z</a>',
    b'<a><![CDATA[]]></a>',
    b'<a>\r\nx\ry</a>',
    b'<a><!-- c --><?pi?><?pi  x y ?></a>',
    b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<a/>\n<!--c-->\n<?pi data?>\n\n',
    b'<a>' + b'<b>x</b>' * 50 + b'</a>',
    # encodings
    '<a>é€𝄞</a>'.encode(),
    b'\xef\xbb\xbf<a/>',
    '<a>ñ</a>'.encode('utf-16'),
    '<?xml version="1.0" encoding="iso-8859-1"?><a>ñ</a>'.encode('latin-1'),
    '<?xml version="1.0" encoding="windows-1252"?><a>€</a>'.encode('cp1252'),
    # namespaces
    b'<A xmlns="u" xmlns:p="v" p:q="1" r="2"><p:b xmlns:p="w"/></A>',
    b'<a xmlns="u"><b xmlns=""/></a>',
    b'<a xml:lang="en"/>',
    b'<p:a/>',
    b'<a p:b="1"/>',
    b'<a xmlns:p=""/>',
    b'<a xmlns:xml="x"/>',
    b'<a xmlns:xmlns="x"/>',
    # document types
    b'<!DOCTYPE a><a/>',
    b'<!DOCTYPE a SYSTEM "x.dtd"><a b="&foo;">&foo;</a>',
    b'<?xml version="1.0" standalone="yes"?><!DOCTYPE a SYSTEM "x.dtd"><a>&foo;</a>',
    b'<!DOCTYPE a PUBLIC "-//X//Y" "x.dtd"><a/>',
    b'<!DOCTYPE a [<!ENTITY e "v"><!ENTITY f "<b>&e;</b>">]><a x="&e;">&e;&f;</a>',
    b'<!DOCTYPE a [<!ENTITY lt2 "&#38;#60;">]><a>&lt2;</a>',
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a>&e;</a>',
    b'<!DOCTYPE a [<!ATTLIST a b CDATA "def" c (x|y) #IMPLIED d NMTOKENS #REQUIRED e ID #FIXED "q">]><a d=" p  q "/>',
    b'<!DOCTYPE a [<!ELEMENT a (b,c?,(d|e)*)+><!ELEMENT b EMPTY><!ELEMENT c ANY><!ELEMENT d (#PCDATA)>'
    b'<!ELEMENT e (#PCDATA|f)*>]><a/>',
    b'<!DOCTYPE a [<!NOTATION n SYSTEM "s"><!NOTATION m PUBLIC "p"><!ENTITY u SYSTEM "f" NDATA n>]><a/>',
    b'<!DOCTYPE a [<!ENTITY % p "x"><!-- c ]> --><?pi ]?>]><a/>',
    b'<!DOCTYPE a [%p;]><a>&q;</a>',
    # not well-formed
    b'',
    b'hello',
    b'<a>',
    b'</a>',
    b'< a/>',
    b'<1a/>',
    b'<a></b>',
    b'<a><b></a></b>',
    b'<a/><b/>',
    b'<a/>x',
    b'<a b="1" b="2"/>',
    b'<a b=1/>',
    b'<a b/>',
    b'<a b="<"/>',
    b'<a b="1"c="2"/>',
    b'<a',
    b'<a ',
    b'<a b',
    b'<a b="x',
    b'<a><b',
    b'<!-- x',
    b'<a/><!-- x',
    b'<a>]]></a>',
    b'<a>&foo;</a>',
    b'<a>&am',
    b'<a>& b</a>',
    b'<a>&b</a>',
    b'<a>&#0;</a>',
    b'<a>&#xD800;</a>',
    b'<a>\x01</a>',
    b'<a>\xff</a>',
    b'<a><!-- c -- d --></a>',
    b'<a><!foo></a>',
    b'<!foo><a/>',
    b' <?xml version="1.0"?><a/>',
    b'<a><?xml version="1.0"?></a>',
    b'<?xml version="1.0" foo="x"?><a/>',
    b'<?xml?><a/>',
    b'<!DOCTYPE a><!DOCTYPE a><a/>',
    b'<!DOCTYPE a [ x ]><a/>',
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a b="&e;"/>',
    b'<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>',
    b'<!DOCTYPE a [<!ENTITY e "<b>">]><a>&e;</a>',
)


class LikeExpatTest(unittest.TestCase):
    maxDiff = None

    def test_it_tells_what_expat_tells_however_the_document_arrives(self):
        for document in DOCUMENTS:
            for separator, default, handlers in (
                (None, False, TOLD),
                (' ', False, TOLD),
                ('', False, ELEMENTS_ONLY),
                (None, True, TOLD),
                (None, True, ELEMENTS_ONLY),
            ):
                expected = events(native, document, separator, None, default, handlers)
                for chunk in (None, 1, 3, 7):
                    with self.subTest(document=document[:60], separator=separator, chunk=chunk, default=default):
                        self.assertEqual(events(ours, document, separator, chunk, default, handlers), expected)

    def test_an_encoding_that_python_does_not_know_is_a_lookup_error(self):
        for module in {ours, native}:
            with self.assertRaisesRegex(LookupError, 'klingon'):
                module.ParserCreate().Parse(b'<?xml version="1.0" encoding="klingon"?><a/>', True)

    def test_the_first_declaration_of_an_entity_counts(self):
        document = b'<!DOCTYPE a [<!ENTITY e "one"><!ENTITY e "two">]><a>&e;</a>'
        for default in (False, True):
            expected = events(native, document, None, None, default, ELEMENTS_ONLY)
            self.assertEqual(events(ours, document, None, None, default, ELEMENTS_ONLY), expected)
        self.assertEqual(events(ours, document), events(native, document))

    def test_text_is_parsed_whatever_encoding_it_claims(self):
        document = '<?xml version="1.0" encoding="latin-1"?><a>ñ</a>'
        self.assertEqual(events(ours, document), events(native, document))


class ParserTest(unittest.TestCase):
    def test_an_error_says_where_it_is(self):
        parser = ours.ParserCreate()
        with self.assertRaises(ours.ExpatError) as caught:
            parser.Parse(b'<a>\n<b></c></a>', True)
        self.assertEqual(str(caught.exception), 'mismatched tag: line 2, column 5')
        self.assertEqual((caught.exception.lineno, caught.exception.offset), (2, 5))
        self.assertEqual((parser.ErrorLineNumber, parser.ErrorColumnNumber), (2, 5))
        self.assertEqual(ours.ErrorString(caught.exception.code), ours.errors.XML_ERROR_TAG_MISMATCH)

    def test_a_handler_learns_where_it_is(self):
        parser, places = ours.ParserCreate(), []
        parser.StartElementHandler = lambda *_: places.append((parser.CurrentLineNumber, parser.CurrentColumnNumber))
        for piece in (b'<a>\n <', b'b/><c/', b'>\n</a>'):
            parser.Parse(piece)
        parser.Parse(b'', True)
        self.assertEqual(places, [(1, 0), (2, 1), (2, 5)])

    def test_what_a_handler_raises_comes_out(self):
        parser = ours.ParserCreate()

        def fail(*_):
            raise KeyError('on purpose')

        parser.StartElementHandler = fail
        with self.assertRaises(KeyError):
            parser.Parse(b'<a/>', True)

    def test_a_finished_parser_takes_no_more(self):
        parser = ours.ParserCreate()
        parser.Parse(b'<a/>', True)
        with self.assertRaisesRegex(ours.ExpatError, 'parsing finished'):
            parser.Parse(b'<a/>', True)

    def test_a_file_is_read_to_its_end(self):
        parser, names = ours.ParserCreate(), []
        parser.StartElementHandler = lambda name, attributes: names.append((name, attributes))
        parser.ParseFile(io.BytesIO(b'<a b="1">' + b'<c/>' * 20_000 + b'</a>'))
        self.assertEqual((names[0], len(names)), (('a', {'b': '1'}), 20_001))
        with self.assertRaises(TypeError):
            ours.ParserCreate().ParseFile(io.StringIO('<a/>'))

    def test_entities_that_explode_are_refused(self):
        levels = ''.join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE a [<!ENTITY e0 "{"lol" * 30}">{levels}]><a>&e9;</a>'
        for document in (bomb, bomb.replace('<a>&e9;</a>', '<a b="&e9;"/>')):
            with self.assertRaisesRegex(ours.ExpatError, 'amplification'):
                ours.ParserCreate().Parse(document, True)

    def test_external_entities_are_read_by_nobody_but_the_script(self):
        asked = []
        parser = ours.ParserCreate()
        parser.ExternalEntityRefHandler = lambda *arguments: asked.append(arguments[1:]) or 1
        parser.Parse(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', True)
        self.assertEqual(asked, [(None, 'file:///etc/passwd', None)])
        found = []
        reading = ours.ParserCreate()
        reading.StartElementHandler = lambda name, attributes: found.append(name)
        reading.CharacterDataHandler = found.append

        def read(context, base, system, public):
            content = reading.ExternalEntityParserCreate(context)
            return content.Parse(b"<?xml encoding='iso-8859-1'?>caf\xe9 <b/>", True)

        reading.ExternalEntityRefHandler = read
        reading.Parse(b'<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a>&e;</a>', True)
        self.assertEqual(found, ['a', 'café ', 'b'])
        refusing = ours.ParserCreate()
        refusing.ExternalEntityRefHandler = lambda *arguments: 0
        with self.assertRaisesRegex(ours.ExpatError, 'external entity'):
            refusing.Parse(b'<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a>&e;</a>', True)

    def test_a_separator_is_one_character(self):
        with self.assertRaises(ValueError):
            ours.ParserCreate(None, 'ab')


DOCUMENT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE shop [<!ENTITY who "Jane &amp; Co">]>
<shop xmlns="urn:shop" xmlns:x="urn:x" x:open="yes"><!-- note -->
  <item id="1">ñandú</item><item id="2"><![CDATA[<raw>]]></item><owner>&who;</owner><?run it?>
</shop>"""


class StandardLibraryTest(unittest.TestCase):
    """The standard library's XML, on ours instead of the native parser."""

    def setUp(self):
        fresh = {name: module for name, module in sys.modules.items() if not name.startswith(('xml', 'plistlib'))}
        fresh.update(
            {'pyexpat': ours, 'pyexpat.errors': ours.errors, 'pyexpat.model': ours.model, '_elementtree': None}
        )
        patch = unittest.mock.patch.dict(sys.modules, fresh, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def test_element_tree_reads_and_writes(self):
        tree = importlib.import_module('xml.etree.ElementTree')
        root = tree.fromstring(DOCUMENT.encode())
        self.assertEqual((root.tag, root.attrib), ('{urn:shop}shop', {'{urn:x}open': 'yes'}))
        items = [item.text for item in root.findall('{urn:shop}item')]
        self.assertEqual(items, ['ñandú', '<raw>'])
        self.assertEqual(root.find('{urn:shop}owner').text, 'Jane & Co')
        self.assertEqual(tree.fromstring(tree.tostring(root)).tag, root.tag)

    def test_element_tree_parses_in_pieces(self):
        tree = importlib.import_module('xml.etree.ElementTree')
        parser = tree.XMLPullParser(['start', 'end'])
        told = []
        for character in '<a><b>x</b></a>':
            parser.feed(character)
            told += [(event, element.tag) for event, element in parser.read_events()]
        self.assertEqual(told, [('start', 'a'), ('start', 'b'), ('end', 'b'), ('end', 'a')])
        self.assertEqual(len(list(tree.iterparse(io.BytesIO(b'<a>' + b'<b/>' * 2_000 + b'</a>')))), 2_001)

    def test_element_tree_names_what_is_wrong(self):
        tree = importlib.import_module('xml.etree.ElementTree')
        with self.assertRaisesRegex(tree.ParseError, 'mismatched tag: line 1, column 5'):
            tree.fromstring('<a></b>')
        with self.assertRaisesRegex(tree.ParseError, 'undefined entity'):
            tree.fromstring('<a>&nbsp;</a>')

    def test_minidom_builds_a_document(self):
        minidom = importlib.import_module('xml.dom.minidom')
        document = minidom.parseString(DOCUMENT.encode())
        self.assertEqual(document.doctype.name, 'shop')
        items = document.getElementsByTagName('item')
        self.assertEqual([item.getAttribute('id') for item in items], ['1', '2'])
        self.assertIn('<![CDATA[<raw>]]>', document.toxml())

    def test_sax_tells_its_handler(self):
        sax = importlib.import_module('xml.sax')
        names = []

        class Names(sax.ContentHandler):
            def startElement(self, name, attrs):  # noqa: N802
                names.append((name, dict(attrs)))

        sax.parseString('<a x="1"><b/></a>', Names())
        self.assertEqual(names, [('a', {'x': '1'}), ('b', {})])
        with self.assertRaises(sax.SAXParseException):
            sax.parseString('<a>', Names())

    def test_property_lists_survive(self):
        plistlib = importlib.import_module('plistlib')
        value = {'name': 'ñ & co', 'list': [1, 2.5, True], 'bytes': b'\x00\xff'}
        self.assertEqual(plistlib.loads(plistlib.dumps(value)), value)

    def test_elements_stay_what_they_are_with_the_small_lists(self):
        # What ElementTree does at its import, where this module is found.
        tree = importlib.import_module('xml.etree.ElementTree')
        with self.assertRaises(ImportError):
            load('standard_elementtree', STANDARD / '_elementtree.py')
        element = tree.Element('a', {'b': '1'}, c='2')
        tree.SubElement(element, 'd').text = 'x'
        self.assertEqual(tree.tostring(element), b'<a b="1" c="2"><d>x</d></a>')
        with self.assertRaises(TypeError):
            tree.Element('a', 'b')
