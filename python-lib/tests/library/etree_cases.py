# ruff: noqa: S314, PERF203
"""Documents that ``ElementTree`` reads in one go: what is in them is built when somebody looks."""

import copy
import io
import pickle
import xml.etree.ElementTree as ET

ITEMS = ''.join(
    f'<item id="{number}" name="n&amp;{number}"><a>text {number}</a><b x=\'1\'/>tail &lt; more</item>\r\n'
    f'<p:item xmlns:p="urn:p" p:at="é{number}">é😀<!-- c --><![CDATA[<&]]></p:item><?do it?>'
    for number in range(200)
)
DOCUMENT = f'<?xml version="1.0"?>\n<root kind="all" xmlns="urn:r">first{ITEMS}last</root>\n'


def _told(element):
    return element.tag, sorted(element.attrib.items()), element.text, element.tail, len(element)


def case_what_is_read():
    root = ET.fromstring(DOCUMENT)
    yield _told(root)
    yield [_told(root[at]) for at in (0, 1, 2, 399)]
    yield [_told(child) for child in root[10]]
    yield hash_of(root)
    yield ET.parse(io.BytesIO(DOCUMENT.encode())).getroot().find('{urn:p}item').text
    yield [element.tag for element in ET.fromstring(DOCUMENT).iter('{urn:r}b')][:2]
    yield len(root.findall('.//{urn:r}a')), root.findtext('{urn:r}item/{urn:r}a'), ''.join(root.itertext())[-20:]


def hash_of(root):
    import hashlib

    return hashlib.sha256(ET.tostring(root, encoding='unicode').encode()).hexdigest()


def case_what_is_not_looked_at():
    yield hash_of(copy.deepcopy(ET.fromstring(DOCUMENT)))
    yield hash_of(copy.copy(ET.fromstring(DOCUMENT)))
    yield hash_of(pickle.loads(pickle.dumps(ET.fromstring(DOCUMENT))))  # noqa: S301
    root = ET.fromstring(DOCUMENT)
    root.tag, root.text, root.tail = 'other', None, 'end'
    root.set('kind', 'changed')
    root.insert(0, ET.Element('new'))
    yield _told(root), [child.tag for child in root[:2]]
    root = ET.fromstring(DOCUMENT)
    root.clear()
    yield _told(root), list(root)
    root = ET.fromstring(DOCUMENT)
    root.extend([ET.Element('x')])
    yield len(root), root[-1].tag, hasattr(root, 'children'), hasattr(root, '_nothing')


def case_changes_while_one_goes_through():
    root = ET.fromstring(DOCUMENT)
    seen = 0
    for element in root.iter():
        seen += 1
        if element.tag == '{urn:r}item' and len(element) == 2 and seen < 50:
            element.append(ET.Element('late'))
    yield seen
    walk = root.iter('late')
    yield next(walk).tag, len(list(walk)), next(walk, None)


def case_what_is_wrong():
    for part in (
        '<a>',
        '<a></b>',
        '<a b="1" b="2"/>',
        '<a b=1/>',
        '&x;',
        ']]>',
        '<p:q/>',
        '\x00',
        '<a/><',
        '<!-- -- -->',
    ):
        try:
            yield ET.fromstring(DOCUMENT.replace('last', part)).tag
        except ET.ParseError as error:
            yield type(error).__name__, error.code, error.position
