"""Describes an exception for a person: its script's frames, no path of the host."""

import sys

_FRAMES = 30
_NAME_CHARACTERS = 200
_CHAIN = 5
_CHARACTERS = 10_000


def describe(error, root):
    """Returns ``(type, message, traceback)``; the last one shows files relative to ``root``, other files by module."""
    return _name(error), _message(error, root), _chain(error, root)


def _name(error):
    return _class_text(type(error), '__name__', 'Exception')


def _class_text(kind, attribute, otherwise):
    """What a class is called, past whatever its metaclass says, and not longer than a name is."""
    try:
        text = type.__dict__[attribute].__get__(kind)
    except Exception:
        return otherwise
    return str.__getitem__(text, slice(_NAME_CHARACTERS)) if isinstance(text, str) else otherwise


def _message(error, root):
    if isinstance(error, SyntaxError) and error.filename:
        return f'{error.msg} ({_shown(error.filename, root)}, line {error.lineno})'
    try:
        # The runtime appends the Java side of its internal errors; that is of no use to a script's author.
        return _cut(str.partition(str(error), '\n\nJava stack trace:')[0])
    except Exception as failure:
        return f'<its __str__ raised {_name(failure)}>'


def _cut(text):
    if len(text) <= _CHARACTERS:
        return text
    return f'{text[:_CHARACTERS]}… ({len(text)} characters)'


def _chain(error, root):
    parts = []
    seen = set()
    joint = ''
    while error is not None and id(error) not in seen and len(parts) < _CHAIN:
        seen.add(id(error))
        parts.append(_one(error, root) + joint)
        if error.__cause__ is not None:
            joint = '\nThe above exception was the direct cause of the following exception:\n\n'
            error = error.__cause__
        elif error.__context__ is not None and not error.__suppress_context__:
            joint = '\nDuring handling of the above exception, another exception occurred:\n\n'
            error = error.__context__
        else:
            error = None
    parts.reverse()
    return ''.join(parts)


def _one(error, root):
    lines = []
    frames = _frames(error.__traceback__, root)
    if frames:
        lines.append('Traceback (most recent call last):')
        lines.extend(frames)
    if isinstance(error, SyntaxError) and error.filename:
        lines.append(f'  File "{_shown(error.filename, root)}", line {error.lineno}')
        if error.text:
            lines.append('    ' + error.text.strip())
    message = _message(error, root)
    lines.append(f'{_qualified(error)}: {message}' if message else _qualified(error))
    return '\n'.join(lines) + '\n'


def _qualified(error):
    kind = type(error)
    name = _class_text(kind, '__qualname__', 'Exception')
    module = type.__getattribute__(kind, '__module__')
    if not isinstance(module, str) or module in ('builtins', '__main__'):
        return name
    return f'{str.__getitem__(module, slice(_NAME_CHARACTERS))}.{name}'


def _frames(traceback, root):
    # What lies before the first frame of the script is the worker's own way into it.
    while traceback is not None and not traceback.tb_frame.f_code.co_filename.startswith(root):
        traceback = traceback.tb_next
    nodes = []
    while traceback is not None:
        nodes.append(traceback)
        traceback = traceback.tb_next
    if len(nodes) <= _FRAMES:
        return [_frame(node, root) for node in nodes]
    # A recursion that went too deep has many thousand frames, all alike.
    half = _FRAMES // 2
    frames = [_frame(node, root) for node in nodes[:half]]
    frames.append(f'  … {len(nodes) - 2 * half} more …')
    frames.extend(_frame(node, root) for node in nodes[-half:])
    return frames


def _frame(node, root):
    code = node.tb_frame.f_code
    file = code.co_filename
    shown = f'  File "{_shown(file, root)}", line {node.tb_lineno}, in {code.co_name}'
    text = _line(file, node.tb_lineno) if file.startswith(root) else None
    return f'{shown}\n    {text}' if text else shown


def _line(file, number):
    try:
        import linecache

        return linecache.getline(file, number).strip()[:200]
    except Exception:
        return None


def _shown(file, root):
    if file.startswith(root):
        return file[len(root) :].lstrip('/')
    longest = ''
    for entry in sys.path:
        if file.startswith(entry) and len(entry) > len(longest):
            longest = entry
    if longest:
        return file[len(longest) :].lstrip('/')
    return file.rpartition('/')[2]
