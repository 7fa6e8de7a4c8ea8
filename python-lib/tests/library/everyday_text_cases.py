# ruff: noqa: UP031
"""Texts as scripts handle them every day: formats, patterns, templates, wrapped and compared lines."""

import difflib
import fnmatch
import html
import re
import shlex
import string
import textwrap
import unicodedata

from runner import kind as attempt


def case_formats():
    yield f'{1234567.891:,.2f}', f'{0.1 + 0.2!r}', f'{255:#x} {255:08b} {255:o}', f'{-5:+d} {5:+d} {5: d}'
    yield f'{"left":<10}|{"mid":^10}|{"right":>10}|{"x":*^7}', f'{3.14159:.3}', f'{1e100:.2e}', f'{1e-7:g}'
    yield f'{True:d}', f'{65:c}', f'{0.256:.1%}', f'{10**20:_}', f'{1234:_x}', f'{float("nan"):f} {float("-inf"):F}'
    width, precision = 12, 4
    yield f'{3.14159265:{width}.{precision}f}', f'{width=}', f'{width!r:>5}', f'{"é":é>4}'
    yield '%5.1f|%-8s|%05d|%x|%%|%c|%r' % (3.14159, 'ab', 42, 255, 'z', 'q'), '%(a)s %(b)05.1f' % {'a': 1, 'b': 2.25}
    yield (
        '{0} {1} {0}'.format('a', 'b'),
        '{a[0]} {b.real} {c[k]}'.format(a=[7], b=3, c={'k': 'v'}),
        '{:>{w}}'.format('x', w=4),
    )
    for text, value in (('{:d}', 'x'), ('{:.2f}', 'x'), ('{:q}', 1), ('{} {}', 1), ('{a}', 1), ('{:,d}', 1.5)):
        yield attempt(text.format, value)
    for text, value in (('%d', 'x'), ('%s %s', 'x'), ('%z', 1), ('%', 1), ('%c', 'ab')):
        yield attempt(lambda text, value: text % value, text, value)
    yield (
        format(1.5, '10'),
        format(2**70, ','),
        format(1 + 2j, '.2f'),
        attempt(format, [], 'x'),
        round(2.5),
        round(-1.275, 2),
    )


def case_methods():
    text = 'The quick brown fox'
    yield text.partition(' '), text.rpartition(' '), text.split(None, 1), text.rsplit(' ', 1), ['a', '', 'b'], [], ['']
    yield (
        text.title(),
        text.swapcase(),
        'ǆ'.title(),
        'ß'.upper(),
        'İ'.lower(),
        'ΑΣ'.lower(),
        'straße'.casefold(),
        "they're bill's".title(),
    )
    yield (
        'a\tb\tcd'.expandtabs(4),
        '  x '.strip(),
        'xxabcxx'.strip('x'),
        'prefix-x'.removeprefix('prefix-'),
        'x.py'.removesuffix('.py'),
    )
    yield 'line1\nline2\r\nline3\x0bline4\u2028end'.splitlines(), 'a\n\nb\n'.splitlines(keepends=True)
    yield (
        '42'.zfill(5),
        '-42'.zfill(5),
        'abc'.center(8, '*'),
        'abcabc'.replace('a', 'x', 1),
        'hello'.translate({104: 'J', 101: None}),
    )
    yield (
        str.maketrans('abc', 'xyz', 'd'),
        'abcd'.translate(str.maketrans('abc', 'xyz', 'd')),
        'x' in text,
        text.find('q'),
        text.count('o'),
    )
    yield (
        'abc'.isidentifier(),
        'Ⅷ'.isnumeric(),
        '²'.isdigit(),
        '²'.isdecimal(),
        ' \t'.isspace(),
        'Ab'.istitle(),
        ''.isalpha(),
        'a1'.isalnum(),
    )
    yield (
        attempt('abc'.index, 'z'),
        attempt('a'.join, [1]),
        attempt('abc'.split, ''),
        attempt('a'.center, 5, 'ab'),
        attempt(lambda: 'a' + 1),
    )
    yield (
        repr('it\'s "q"'),
        repr('\x00\x7f\xa0\u200b\U0001f600\ud800'),
        ascii('é\U0001f600'),
        repr(b'\x00a\xff\'"'),
        'é' < 'f',
        max('abc', 'abd'),
    )
    yield (
        'é'.encode('latin-1'),
        'é'.encode('ascii', 'xmlcharrefreplace'),
        'é€'.encode('ascii', 'backslashreplace'),
        'x\udc80'.encode('utf-8', 'surrogateescape'),
    )
    yield (
        attempt('é'.encode, 'ascii'),
        attempt(b'\xff'.decode),
        attempt(b'abc\x80'.decode, 'ascii'),
        b'\xff'.decode('utf-8', 'replace'),
    )
    yield (
        '%s' % b'x',
        b'%d %s' % (1, b'x'),
        bytes.fromhex('00 ff'),
        b'\x00\xff'.hex(':'),
        bytearray(b'abc')[1:],
        attempt(bytes, [256]),
        b'a,b'.split(b','),
    )


def case_patterns():
    yield (
        re.findall(r'(\w+)@(\w+)\.com', 'joe@example.com, ann@test.com'),
        re.split(r'[;,]\s*', 'a; b,c'),
        re.split(r'(-)', 'a-b-c'),
    )
    yield (
        re.sub(r'(?P<y>\d{4})-(?P<m>\d\d)', r'\g<m>/\g<y>', 'on 2024-05'),
        re.subn('a', 'b', 'banana', count=2),
        re.sub('x*', '-', 'abxd'),
    )
    found = re.search(r'(?P<key>\w+)\s*=\s*(?P<value>.*)?', 'name = Jane')
    yield (
        found.groupdict(),
        found.span('key'),
        found.lastgroup,
        found.lastindex,
        found[0],
        found.expand(r'\1'),
        found.string,
    )
    yield (
        re.match(r'\d+', 'x1'),
        re.fullmatch(r'[a-z]+', 'abc').span(),
        re.compile(r'a.b', re.S | re.I),
        re.escape('a.b*c d-e'),
        re.compile('(a)(?P<n>b)').groupindex,
    )
    yield (
        re.findall(r'^\w', 'a\nb', re.M),
        re.findall(r'(?i)É', 'éÉ'),
        re.findall(r'\b\w+\b', "it's über"),
        re.findall(r'[^\W\d_]+', 'a1_b2é'),
    )
    yield (
        re.sub(r'(a)|b', lambda match: f'[{match.group(1)}]', 'abc'),
        re.findall(r'(?<=\$)\d+', '$5 €6 $70'),
        re.findall(r'(\w)\1', 'aabbc'),
    )
    yield (
        re.split(r'\s+', ' a b '),
        re.findall('', 'ab'),
        [m.start() for m in re.finditer('a', 'banana')],
        re.match('(?:(a)|b)*', 'ab').groups(),
    )
    yield (
        re.sub(r'\d+', lambda match: str(int(match[0]) * 2), 'a1b22'),
        re.findall(r'(?x) a \s b # comment', 'a b'),
        re.match('(?>a+)b', 'aab').span(),
        re.match('a++b', 'aab').span(),
    )
    for pattern in (
        '(',
        'a**',
        '[z-a]',
        '(?P<n>a)(?P<n>b)',
        '\\',
        '(?<=a*)b',
        '*a',
        '(?P=x)',
        '[',
        'a{2,1}',
        '(?z)',
        r'\8',
    ):
        yield attempt(re.compile, pattern)
    yield (
        attempt(re.sub, 'a', r'\2', 'a'),
        attempt(re.match, 'a', b'a'),
        attempt(re.compile, 'a', 'x'),
        attempt(found.group, 5),
        attempt(found.group, 'no'),
    )
    yield (
        re.findall(rb'\xff.', b'\xff1'),
        re.search('(?a:\\w+)', 'éa')[0],
        re.sub('(?P<a>x)', '\\g<a>\\g<0>', 'x'),
        re.compile('x').flags,
        re.A | re.I,
    )


def case_templates():
    template = string.Template('$who owes ${what}s, $$5 for $missing')
    yield (
        template.safe_substitute(who='Tim', what='kumquat'),
        attempt(template.substitute, who='Tim', what='x'),
        template.get_identifiers(),
    )
    yield (
        attempt(string.Template('$ 5').substitute),
        string.Template('$5').is_valid(),
        string.capwords('the  quick fox'),
        string.ascii_letters,
        string.punctuation,
    )

    class Formatter(string.Formatter):
        def get_value(self, key, args, kwargs):
            return kwargs.get(key, f'<{key}>') if isinstance(key, str) else super().get_value(key, args, kwargs)

    yield Formatter().format('{a} {b} {0}', 'zero', a=1), list(string.Formatter().parse('a{b!r:c}d{{'))


def case_wrapping():
    text = 'The quick brown fox jumped over the lazy dog, averyveryverylongwordindeed and-so-on.  New sentence.'
    yield textwrap.wrap(text, 20), textwrap.fill(text, 30, initial_indent='* ', subsequent_indent='  ')
    yield (
        textwrap.shorten(text, 30),
        textwrap.shorten(text, 30, placeholder='…'),
        textwrap.dedent('  a\n    b\n\n  c'),
        textwrap.indent('a\n\nb', '> '),
    )
    yield (
        textwrap.wrap(text, 12, break_long_words=False, break_on_hyphens=False),
        textwrap.indent('a\n\nb', '> ', lambda line: True),
    )
    yield attempt(textwrap.wrap, text, 0), textwrap.wrap('', 5), textwrap.wrap('a b c d e f', 9, max_lines=1)


def case_comparing():
    one, two = ['a\n', 'b\n', 'c\n', 'd\n'], ['a\n', 'x\n', 'c\n', 'd\n', 'e\n']
    yield (
        list(difflib.unified_diff(one, two, 'old', 'new')),
        list(difflib.ndiff(one, two)),
        list(difflib.context_diff(one, two, 'o', 'n', n=1)),
    )
    yield (
        difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']),
        round(difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio(), 4),
    )
    yield (
        difflib.SequenceMatcher(None, 'qabxcd', 'abycdf').get_opcodes(),
        difflib.SequenceMatcher(None, 'private', 'privet').get_matching_blocks(),
    )
    yield ''.join(difflib.restore(difflib.ndiff(one, two), 1)), len(difflib.HtmlDiff().make_table(one, two)) > 500


def case_shells_and_markup():
    yield (
        shlex.split('a "b c" d\\ e \'f g\' # no', comments=True),
        shlex.quote("it's"),
        shlex.join(['a b', 'c']),
        attempt(shlex.split, '"open'),
    )
    yield (
        html.escape('<a href="x">\'&'),
        html.unescape('&lt;&eacute;&#233;&#x1F600;&nbsp;&notit;&#0;&bogus;'),
        list(shlex.shlex('a=b c', punctuation_chars=True)),
    )
    yield (
        fnmatch.fnmatch('a.TXT', '*.txt'),
        fnmatch.filter(['a.py', 'b.pyc', '[x]'], '*.py'),
        fnmatch.translate('a?[!b]*'),
        fnmatch.fnmatchcase('x', '[xyz]'),
    )
    yield (
        unicodedata.normalize('NFC', 'e\u0301') == 'é',
        sorted(['é', 'e', 'z', 'a', 'É'], key=lambda c: unicodedata.normalize('NFD', c).casefold()),
    )
