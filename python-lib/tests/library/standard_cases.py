# ruff: noqa: E501, S314
"""Parts of the standard library that need data or native code elsewhere."""

import contextlib
import datetime
import decimal
import lzma
import unicodedata
import xml.etree.ElementTree
import zlib
import zoneinfo

from runner import attempt


def case_domain_names():
    for name in ('bücher.example', 'faß.de', '例え.jp', 'plain.org', 'a' * 63 + '.x'):
        yield name.encode('idna'), name.encode('idna').decode('idna')
    yield attempt(('a' * 64).encode, 'idna').split(' ')[0]
    yield 'bücher'.encode('punycode')


def case_time_zones():
    for name in ('Europe/Berlin', 'America/Santiago', 'Asia/Kolkata', 'UTC', 'Australia/Lord_Howe'):
        zone = zoneinfo.ZoneInfo(name)
        for month in (1, 4, 7, 10):
            moment = datetime.datetime(2024, month, 15, 12, tzinfo=zone)
            yield name, moment.isoformat(), moment.tzname(), str(moment.dst())
    yield datetime.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')).isoformat()
    yield 'Africa/Abidjan' in zoneinfo.available_timezones(), attempt(zoneinfo.ZoneInfo, 'No/Where')


def case_unicode():
    for character in 'aßÄ½中😀\u0301':
        yield (
            unicodedata.name(character, None), unicodedata.category(character), unicodedata.normalize('NFKD', character),
            unicodedata.numeric(character, None), unicodedata.bidirectional(character), unicodedata.combining(character),
            unicodedata.east_asian_width(character),
        )  # fmt: skip
    yield unicodedata.lookup('SNOWMAN'), unicodedata.is_normalized('NFC', 'e\u0301')


def case_xml():
    tree = xml.etree.ElementTree.fromstring('<a x="1">text<b/>tail<c>é</c></a>')
    yield tree.tag, tree.attrib, [(child.tag, child.text, child.tail) for child in tree]
    yield xml.etree.ElementTree.tostring(tree, encoding='unicode')
    yield attempt(xml.etree.ElementTree.fromstring, '<a><b></a>')


def case_compression():
    data = b'compress me ' * 1000
    yield zlib.decompress(zlib.compress(data)) == data, lzma.decompress(lzma.compress(data)) == data
    yield zlib.crc32(data), zlib.adler32(data)
    with contextlib.closing(lzma.LZMAFile(__import__('io').BytesIO(lzma.compress(data)))) as file:
        yield file.read(11)


def case_decimal():
    with decimal.localcontext() as context:
        context.prec = 30
        yield decimal.Decimal(1) / 7, decimal.Decimal('1e400') * 2
