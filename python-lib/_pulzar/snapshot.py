"""What the libraries hold, object by object, and how it is put back.

Watched: the names of every module; the attributes of every class that a module names; the code and defaults of their
functions; and the dicts, lists, sets and plain objects that modules and classes hold, as deep as ``_DEEPEST``.

Compared by identity and put back in place, as others may hold the same objects. A change of an object that only an
object of the runtime itself holds is not seen.

What takes the snapshot runs thousands of times in a young context and then never again. The names of these functions,
``uncompiled_…``, keep them from the compiler (``ImageLayout``), which has better things to do then.
"""

import sys
import types
from abc import get_cache_token

_DEEPEST = 3
_LARGEST = 5_000
_HEAP_TYPE = 1 << 9
_ABSENT = object()

_Module = types.ModuleType
_Function = types.FunctionType

# Their contents are the interpreter's own bookkeeping, of threads, references and imports.
_LEFT_ALONE = frozenset(
    (
        '_frozen_importlib',
        '_frozen_importlib_external',
        '_io',
        '_thread',
        '_weakref',
        '_weakrefset',
        'importlib._bootstrap',
        'importlib._bootstrap_external',
        'io',
        'polyglot',
        'queue',
        'threading',
        'weakref',
        'zipimport',
    )
)

# Attributes that say nothing about what a class does, or that the runtime makes itself.
_UNCOUNTED = frozenset(('__dict__', '__weakref__', '__subclasses__', '__abstractmethods__', '_abc_impl'))


class Snapshot:
    """A copy of what the libraries hold that it has learnt. ``restore`` puts back what has changed."""

    def __init__(self, is_ours, watch):
        """Begins with nothing.

        ``is_ours``
            tells of a module's name whether it is the library's own bookkeeping, whose functions alone are watched
        ``watch``
            the host's ``LibraryWatch``, which looks up thousands of names while Python looks up some
        """
        self._is_ours = is_ours
        self._watch = watch
        # These are put back by those who know what else depends on them.
        self._seen = {id(held): held for held in (sys.modules, sys.path_importer_cache)}
        self._watched = []
        self._abstract = []
        self._registrations = get_cache_token()
        # To compare lists as a whole is what this runtime does fastest: so what is held stands in one list, and in
        # another, at the same places, what it should be. Equal objects are taken for the same.
        self._containers, self._contents = [], []

    def knows(self, module):
        return id(module) in self._seen

    def uncompiled_learn(self, name, module):
        """Takes in a module and what it holds."""
        if id(module) in self._seen or not isinstance(module, _Module):
            return
        self._seen[id(module)] = module
        ours = self._is_ours(name)
        watched = _OwnNames(module) if ours else _Names(module)
        self._watched.append(watched)
        left = ours or name in _LEFT_ALONE
        for key, value in watched.saved.items():
            if key not in ('__builtins__', '__spec__', '__loader__'):
                self._uncompiled_take(value, 1, left)

    def _uncompiled_take(self, value, depth, left):
        kind = type(value)
        if kind in _PLAIN or id(value) in self._seen:
            return
        if kind is _Function:
            self._seen[id(value)] = value
            self._watched.append(_Behaviour(value))
        elif isinstance(value, type):
            self._uncompiled_take_class(value, left)
        elif kind is staticmethod or kind is classmethod:
            self._uncompiled_take(value.__func__, depth, left)
        elif kind is property:
            for function in (value.fget, value.fset, value.fdel):
                self._uncompiled_take(function, depth, left)
        elif not left:
            self._uncompiled_take_content(value, kind, depth)

    def _uncompiled_take_class(self, found, left):
        if not found.__flags__ & _HEAP_TYPE:
            return
        self._seen[id(found)] = found
        left = left or found.__module__ in _LEFT_ALONE
        attributes = _Attributes(found)
        self._watched.append(attributes)
        registry = attributes.saved.get('_abc_registry')
        if registry is not None:
            self._abstract.append([found, set(registry.data)])
        for name, value in attributes.saved.items():
            if name not in _UNCOUNTED:
                self._uncompiled_take(value, 1, left)

    def _uncompiled_take_content(self, value, kind, depth):
        if issubclass(kind, dict):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._contain(value, dict(value))
                self._uncompiled_go_deeper(value.values(), depth)
        elif issubclass(kind, list):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._contain(value, list(value))
                self._uncompiled_go_deeper(value, depth)
        elif kind is set:
            self._seen[id(value)] = value
            self._contain(value, set(value))
        elif kind.__flags__ & _HEAP_TYPE and kind.__module__ not in _LEFT_ALONE and not isinstance(value, _Module):
            attributes = getattr(value, '__dict__', None)
            if type(attributes) is dict:
                self._seen[id(value)] = value
                self._contain(attributes, dict(attributes))
                self._uncompiled_go_deeper(attributes.values(), depth)

    def _contain(self, container, content):
        self._containers.append(container)
        self._contents.append(content)

    def _uncompiled_go_deeper(self, values, depth):
        if depth < _DEEPEST:
            for value in tuple(values):
                self._uncompiled_take(value, depth + 1, False)

    def uncompiled_absorb(self):
        """Takes what has changed since for what is to be."""
        self._registrations = get_cache_token()
        for entry in self._abstract:
            entry[1] = set(entry[0]._abc_registry.data)
        for watched in self._watched:
            watched.uncompiled_save()
        self._contents = [_KINDS[type(content)](held) for held, content in zip(self._containers, self._contents)]
        self._watch.take(*[watched.counted() for watched in self._watched])

    def restore(self):
        """Puts back what has changed.

        After most runs that is nothing. What is then to be done stands apart: compiled together, it cost a quarter of
        all that the compiler does for the first thousand runs.
        """
        if get_cache_token() != self._registrations:
            self._restore_registrations()
        changed = self._watch.changed()
        if changed:
            self._restore_watched(changed)
        if self._containers != self._contents:
            self._restore_contents()

    def _restore_watched(self, changed):
        for place in changed.split(','):
            self._watched[int(place)].put_back()
        self._watch.retake()

    def _restore_contents(self):
        for held, content in zip(self._containers, self._contents):
            if held != content:
                _put_back_content(held, content)

    def _restore_registrations(self):
        """Takes virtual subclasses back, before the token that tells of them is put back with its class.

        What was answered meanwhile is forgotten everywhere: a class passes it on to those above it.
        """
        for found, registered in self._abstract:
            data = found._abc_registry.data
            if data != registered:
                data.clear()
                data.update(registered)
            found._abc_cache.clear()
            found._abc_negative_cache.clear()


class _Names:
    """What a module holds under its names."""

    def __init__(self, module):
        self._module = module
        self.uncompiled_save()

    def uncompiled_save(self):
        self.saved = dict(self._module.__dict__)

    def counted(self):
        """What the host is to watch."""
        return self._module

    def put_back(self):
        names = self._module.__dict__
        self._put_back_changed(names)
        # To go through the names of a module is slow here.
        if len(names) != len(self.saved):
            for name in [name for name in names if name not in self.saved]:
                del names[name]

    def _put_back_changed(self, names):
        for name, value in self.saved.items():
            if names.get(name, _ABSENT) is not value:
                setattr(self._module, name, value)


class _OwnNames(_Names):
    """The functions, classes and modules that a module of the library's own bookkeeping holds."""

    def uncompiled_save(self):
        names = self._module.__dict__
        self.saved = {key: value for key, value in names.items() if isinstance(value, (_Function, type, _Module))}

    def counted(self):
        return [self._module, *self.saved]

    def put_back(self):
        self._put_back_changed(self._module.__dict__)


class _Attributes:
    """What a class holds under its names."""

    def __init__(self, found):
        self._class = found
        self.uncompiled_save()

    def uncompiled_save(self):
        self.saved = dict(self._class.__dict__)

    def counted(self):
        return self._class

    def put_back(self):
        found, attributes = self._class, self._class.__dict__
        for name in [name for name in attributes if name not in self.saved and name not in _UNCOUNTED]:
            type.__delattr__(found, name)
        for name, value in self.saved.items():
            if name not in _UNCOUNTED and attributes.get(name, _ABSENT) is not value:
                type.__setattr__(found, name, value)


class _Behaviour:
    """What a function does, and with which defaults."""

    def __init__(self, function):
        self._function = function
        self.uncompiled_save()

    def uncompiled_save(self):
        function = self._function
        self._code, self._defaults, self._keywords = function.__code__, function.__defaults__, function.__kwdefaults__

    def counted(self):
        return self._function

    def put_back(self):
        function = self._function
        function.__code__, function.__defaults__, function.__kwdefaults__ = self._code, self._defaults, self._keywords


def _put_back_content(held, content):
    if type(content) is list:
        held[:] = content
    else:
        held.clear()
        held.update(content)


_KINDS = {dict: dict, list: list, set: set}
_PLAIN = frozenset((type(None), bool, int, float, complex, str, bytes, tuple, frozenset, range, type(len), type(...)))
