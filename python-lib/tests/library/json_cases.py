# ruff: noqa: E501, S311, SIM905, RUF001, PERF401, PLW0108
"""Documents around everything that a JSON parser can get wrong; each is parsed alone and inside a long one."""

import json
import random

from runner import attempt

_FILL = ' ' * 200

_TEXTS = r"""
null true false NaN Infinity -Infinity 0 -0 1 -1 12345678901234567890 -98765432109876543210987654321 0.0 -0.0 1.5 1e5 1E5
1e-5 1.5e+10 1e400 -1e400 1e-400 2.2250738585072011e-308 1.7976931348623157e308 9007199254740993 0.1 123456789012345678
1234567890123456789 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809
"" "a" "\n\t\r\b\f\/\\\"" "\u0041" "\u00e9" "\ud83d\ude00" "\ud83d" "\ude00" "\ud83d\u0041" "\uD83D\uDE00x" "é" "😀" "\u0000"
[] [1] [1,2] [[]] [[[]]] [null,true,false] [1.5,"x",{}] {} {"a":1} {"a":1,"a":2} {"b":1,"a":2,"b":3} {"":0} {"a":{"b":[1,{"c":null}]}}
tru nul nulll True None nan inf infinity -infinity +1 01 -01 1. .5 1.e5 1e 1e+ -  0x10 1_000 １ ١
"abc "a\ "\x" "\u12" "\u12g4" "\u 123" [1,] [,1] [1 [ ] ] { } {"a"} {"a":} {"a":1,} {,} {a:1} {"a"1} {1:2} {'a':1} [1]] [1]x {}{} "a"b 1,2
""".split()


def case_texts():
    for text in [
        *_TEXTS,
        '',
        ' ',
        '"\t"',
        '"\x01"',
        '"\x7f"',
        '\ufeff1',
        '"\u2028"',
        '[1, 2\n]',
        ' \t\r\n1 ',
        '1\x0b',
        '[1,\n 2,,\n3]',
    ]:
        yield (
            text,
            attempt(json.loads, text),
            attempt(json.loads, text + _FILL),
            attempt(json.loads, f'{_FILL}[{text}, {text}]'),
        )


def case_bytes():
    for encoding in ('utf-8', 'utf-8-sig', 'utf-16', 'utf-32-le'):
        yield json.loads(('{"é": [1, 2.5, "😀"]}' + _FILL).encode(encoding))
    yield attempt(json.loads, b'"\xff"' + b' ' * 200).split(':')[0]
    yield attempt(json.loads, 5)


def case_hooks():
    text = '{"a": 1.5, "b": [NaN, 2, {"a": 3}]}' + _FILL
    yield json.loads(text, object_hook=lambda pairs: sorted(pairs))
    yield json.loads(text, object_pairs_hook=list)
    yield json.loads(text, parse_float=str, parse_int=str, parse_constant=str.lower)
    yield attempt(json.loads, '"\t"' + _FILL), json.loads('"\t"' + _FILL, strict=False)

    class Decoder(json.JSONDecoder):
        def decode(self, text):
            return 'mine', super().decode(text)

    yield json.loads(text, cls=Decoder)
    yield json.JSONDecoder().decode(text), json.JSONDecoder().raw_decode(text.strip() + ' rest')


def case_depth():
    for depth in (10, 149, 150, 151, 199, 201, 500):
        parsed, seen = json.loads('[' * depth + '1' + ']' * depth + _FILL), 0
        while isinstance(parsed, list):
            parsed, seen = parsed[0], seen + 1
        yield seen
    for depth in (149, 160):
        parsed, seen = json.loads('{"k":' * depth + '1' + '}' * depth + _FILL), 0
        while isinstance(parsed, dict):
            parsed, seen = parsed['k'], seen + 1
        yield seen


def case_long_numbers():
    yield json.loads('[' + '9' * 4300 + ']') == 10**4300 - 1
    yield attempt(json.loads, '[' + '9' * 4301 + ']').split(':')[0]
    yield json.loads('[0.' + '1' * 400 + ', ' + '7' * 300 + '.5e-10, 1' + '0' * 400 + 'e-400]')


def case_types():
    parsed = json.loads(
        '{"i": 1, "f": 1.0, "s": "x", "l": [], "d": {}, "t": true, "n": null, "b": 100000000000000000000}' + _FILL
    )
    yield {key: type(value).__name__ for key, value in parsed.items()}
    parsed['l'].append(1)
    parsed['d']['new'] = parsed['b'] + 1
    yield parsed, json.dumps(parsed), parsed['n'] is None, parsed['t'] is True


def _random_value(chance, depth):
    kind = chance.randrange(8 if depth else 6)
    if kind == 0:
        return chance.choice([None, True, False])
    if kind == 1:
        return chance.randrange(-(10 ** chance.randrange(1, 40)), 10 ** chance.randrange(1, 40))
    if kind in (2, 3):
        return chance.uniform(-1, 1) * 10.0 ** chance.randrange(-300, 300)
    if kind in (4, 5):
        return ''.join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0xD7FF), chance.randrange(0x10000, 0x10FFFF)]))
                       for _ in range(chance.randrange(12)))  # fmt: skip
    if kind == 6:
        return [_random_value(chance, depth - 1) for _ in range(chance.randrange(6))]
    return {str(_random_value(chance, 0)): _random_value(chance, depth - 1) for _ in range(chance.randrange(6))}


def case_random_documents():
    chance, wrong = random.Random(5), []
    for _ in range(300):
        value = [_random_value(chance, 4), _FILL]
        for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
            if repr(json.loads(text)) != repr(value):
                wrong.append(text)
    return wrong


def case_damaged_documents():
    chance = random.Random(6)
    whole = json.dumps({'name': ['x\n\u00e9', 1.5e-7, {'deep': [True, None, -12]}] * 3, 'more': 'text' * 30}, indent=1)
    for _ in range(300):
        at = chance.randrange(len(whole))
        yield attempt(json.loads, chance.choice([
            whole[:at], whole[:at] + whole[at + 1:], whole[:at] + chance.choice('{}[]",:0 -e.\\nN\t\x00') + whole[at:],
        ]))  # fmt: skip
