"""Parameters for a function ``main``: by name, with the types that its annotations say.

A request was checked by the same rules before its launch (the platform reads the signature), so that what is refused
here comes from elsewhere: a schedule, or a signature that could not be read.
"""

_KEYWORDS = 0x08


class _Refused(Exception):
    """Why a value does not fit, without the name of its parameter."""


def bind(function, parameters):
    """Returns the keyword arguments of a call.

    Raises TypeError that names each parameter that is missing, unknown, or of another type.
    """
    while hasattr(function, '__wrapped__'):
        function = function.__wrapped__
    code = getattr(function, '__code__', None)
    if code is None:
        return parameters
    positional = code.co_varnames[: code.co_argcount]
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if code.co_posonlyargcount:
        raise TypeError(f'main takes {", ".join(positional[: code.co_posonlyargcount])} only by position')
    defaults = function.__defaults__ or ()
    optional = {*positional[len(positional) - len(defaults) :], *(function.__kwdefaults__ or ())}
    annotations = getattr(function, '__annotations__', {})
    problems = [f'{name} is missing' for name in names if name not in parameters and name not in optional]
    bound = {}
    for name, value in parameters.items():
        if name in names:
            try:
                bound[name] = convert(value, annotations.get(name))
            except _Refused as refusal:
                problems.append(f'{name} {refusal}')
        elif code.co_flags & _KEYWORDS:
            bound[name] = value
        elif name != 'pulzar_data':
            problems.append(f'{name} is not one of its parameters')
    if problems:
        raise TypeError(f'main() was not called: {"; ".join(problems)}')
    return bound


def convert(value, annotation):
    """The value as an annotation wants it; what the annotation does not say plainly is left as it is."""
    text = annotation if isinstance(annotation, str) else _text(annotation)
    kinds = [kind.strip() for kind in _unwrapped(text).split('|')]
    if value is None and ('None' in kinds or text.startswith('Optional')):
        return None
    kinds = [kind for kind in kinds if kind != 'None']
    if len(kinds) != 1:
        return value
    kind = kinds[0].partition('[')[0].rpartition('.')[2].lower()
    converter = _CONVERTERS.get(kind)
    return value if converter is None else converter(value)


def _text(annotation):
    if annotation is None:
        return ''
    if isinstance(annotation, type) and not hasattr(annotation, '__origin__'):
        return annotation.__name__
    return str(annotation).replace('typing.', '')


def _unwrapped(text):
    text = text.strip().replace('typing.', '')
    if text.startswith('Optional[') and text.endswith(']'):
        return text[len('Optional[') : -1] + ' | None'
    return text


def _whole(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            pass
    raise _Refused(f'must be a whole number (int), not {_shown(value)}')


def _number(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    raise _Refused(f'must be a number (float), not {_shown(value)}')


def _flag(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ('true', 'false'):
        return value.lower() == 'true'
    raise _Refused(f'must be true or false (bool), not {_shown(value)}')


def _as_text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise _Refused(f'must be a text (str), not {_shown(value)}')


def _list(value):
    if isinstance(value, list):
        return value
    raise _Refused(f'must be a list, not {_shown(value)}')


def _dict(value):
    if isinstance(value, dict):
        return value
    raise _Refused(f'must be an object (dict), not {_shown(value)}')


def _shown(value):
    import json

    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:40] + '…'


_CONVERTERS = {'int': _whole, 'float': _number, 'bool': _flag, 'str': _as_text, 'list': _list, 'dict': _dict}
