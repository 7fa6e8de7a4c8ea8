import unicodedata
import unittest

from tests.test_expat import STANDARD, load

load('_character_tables', STANDARD / '_character_tables.py')
ours = load('standard_unicodedata', STANDARD / '_cpython_unicodedata.py')


class UnicodeDataTest(unittest.TestCase):
    """On CPython the real module is the reference; on GraalPy it asks ours, which must then agree with itself."""

    def test_properties_agree_for_every_character(self):
        for code in [*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x12000), *range(0x1F000, 0x20010)]:
            character = chr(code)
            if unicodedata.category(character) != 'Cn':
                self.assertEqual(ours.combining(character), unicodedata.combining(character), hex(code))
                if code < 0x2E80:
                    width = unicodedata.east_asian_width(character)
                    self.assertEqual(ours.east_asian_width(character), width, hex(code))

    def test_examples_of_each_property(self):
        self.assertEqual([ours.combining(character) for character in 'a\u0301\u0323\u094d'], [0, 230, 220, 9])
        self.assertEqual(
            [ours.east_asian_width(character) for character in 'a\xa1\uff21\u4e2d\uff71\xf6'],
            ['Na', 'A', 'F', 'W', 'H', 'N'],
        )

    def test_numbers(self):
        self.assertEqual([ours.decimal('7'), ours.decimal('\u0667'), ours.decimal('x', None)], [7, 7, None])
        self.assertEqual([ours.digit('\xb2'), ours.digit('\u2460'), ours.digit('x', -1)], [2, 1, -1])
        self.assertEqual([ours.numeric('\xbd'), ours.numeric('\u246a'), ours.numeric('5')], [0.5, 11, 5])
        for function in (ours.decimal, ours.digit, ours.numeric):
            with self.assertRaises(ValueError):
                function('x')

    def test_what_is_not_known_is_said(self):
        with self.assertRaises(NotImplementedError):
            ours.numeric('\u4e94')
        with self.assertRaises(NotImplementedError):
            ours.mirrored('(')

    def test_a_character_is_found_by_its_name(self):
        self.assertEqual(ours.lookup('latin small letter n with tilde'), 'ñ')
        with self.assertRaises(KeyError):
            ours.lookup('no such thing')

    def test_host_names_become_ascii_and_back(self):
        for name, ascii_name in (
            ('bücher.example', b'xn--bcher-kva.example'),
            ('例え.jp', b'xn--r8jz45g.jp'),
            ('a', b'a'),
        ):
            self.assertEqual(name.encode('idna'), ascii_name)
            self.assertEqual(ascii_name.decode('idna'), name)
        with self.assertRaises(UnicodeError):
            'a..b'.encode('idna')
