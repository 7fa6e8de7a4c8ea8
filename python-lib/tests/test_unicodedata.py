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

    def test_what_only_the_host_knows_is_said(self):
        for function in (ours.numeric, ours.mirrored, ours.lookup):
            with self.assertRaises(NotImplementedError):
                function('\u4e94')

    def test_more_than_one_character_is_refused(self):
        for function in (ours.combining, ours.decimal, ours.digit, ours.east_asian_width, ours.mirrored, ours.numeric):
            for wrong in ('ab', '', b'a', 5):
                with self.assertRaises(TypeError):
                    function(wrong)

    def test_other_names_are_those_of_characters(self):
        names = dict(ours._read_names())
        self.assertEqual((names['ZWJ'], names['KEYCAP DIGIT ONE'], len(names)), ('\u200d', '1\ufe0f\u20e3', 931))

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
