"""What the libraries hold, object by object, and how it is put back.

Watched: the names of every module; the attributes of every class that a module names; the code and defaults of their
functions; and the dicts, lists, sets and plain objects that modules and classes hold, as deep as ``_DEEPEST``.

Compared by identity and put back in place, as others may hold the same objects. A change of an object that only an
object of the runtime itself holds is not seen.
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
    """A copy of what the libraries hold. ``learn`` takes modules in, ``restore`` puts back what has changed."""

    def __init__(self, is_ours):
        """Begins with nothing.

        ``is_ours``
            tells of a module's name whether it is the library's own bookkeeping, whose functions alone are watched
        """
        self._is_ours = is_ours
        # These are put back by those who know what else depends on them.
        self._seen = {id(held): held for held in (sys.modules, sys.path_importer_cache)}
        self._namespaces = []
        self._classes = []
        self._abstract = []
        self._registrations = get_cache_token()
        self._functions = []
        self._dicts = []
        self._lists = []
        self._sets = []

    def knows(self, module):
        return id(module) in self._seen

    def learn(self, name, module):
        """Takes in a module and what it holds."""
        if id(module) in self._seen or not isinstance(module, _Module):
            return
        self._seen[id(module)] = module
        namespace = module.__dict__
        ours = self._is_ours(name)
        if ours:
            saved = {key: value for key, value in namespace.items() if isinstance(value, (_Function, type, _Module))}
        else:
            saved = dict(namespace)
        self._namespaces.append([module, namespace, saved, ours])
        left = ours or name in _LEFT_ALONE
        for key, value in saved.items():
            if key not in ('__builtins__', '__spec__', '__loader__'):
                self._take(value, 1, left)

    def _take(self, value, depth, left):
        kind = type(value)
        if kind in _PLAIN or id(value) in self._seen:
            return
        if kind is _Function:
            self._seen[id(value)] = value
            self._functions.append([value, value.__code__, value.__defaults__, value.__kwdefaults__])
        elif isinstance(value, type):
            self._take_class(value, left)
        elif kind is staticmethod or kind is classmethod:
            self._take(value.__func__, depth, left)
        elif kind is property:
            for function in (value.fget, value.fset, value.fdel):
                self._take(function, depth, left)
        elif not left:
            self._take_content(value, kind, depth)

    def _take_class(self, found, left):
        if not found.__flags__ & _HEAP_TYPE:
            return
        self._seen[id(found)] = found
        left = left or found.__module__ in _LEFT_ALONE
        saved = {name: value for name, value in found.__dict__.items() if name not in _UNCOUNTED}
        self._classes.append([found, saved, len(found.__dict__)])
        registry = saved.get('_abc_registry')
        if registry is not None:
            self._abstract.append([found, set(registry.data)])
        for value in saved.values():
            self._take(value, 1, left)

    def _take_content(self, value, kind, depth):
        if issubclass(kind, dict):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._dicts.append([value, dict(value)])
                self._go_deeper(value.values(), depth)
        elif issubclass(kind, list):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._lists.append([value, list(value)])
                self._go_deeper(value, depth)
        elif kind is set:
            self._seen[id(value)] = value
            self._sets.append([value, set(value)])
        elif kind.__flags__ & _HEAP_TYPE and kind.__module__ not in _LEFT_ALONE and not isinstance(value, _Module):
            attributes = getattr(value, '__dict__', None)
            if type(attributes) is dict:
                self._seen[id(value)] = value
                self._dicts.append([attributes, dict(attributes)])
                self._go_deeper(attributes.values(), depth)

    def _go_deeper(self, values, depth):
        if depth < _DEEPEST:
            for value in tuple(values):
                self._take(value, depth + 1, False)

    def absorb(self):
        """Takes what has changed since for what is to be."""
        self._registrations = get_cache_token()
        for entry in self._abstract:
            entry[1] = set(entry[0]._abc_registry.data)
        for entry in self._namespaces:
            if not entry[3]:
                entry[2] = dict(entry[1])
        for entry in self._classes:
            attributes = entry[0].__dict__
            entry[1] = {name: value for name, value in attributes.items() if name not in _UNCOUNTED}
            entry[2] = len(attributes)
        for entry in self._dicts:
            entry[1] = dict(entry[0])
        for entry in self._lists:
            entry[1] = list(entry[0])
        for entry in self._sets:
            entry[1] = set(entry[0])

    def restore(self):
        """Puts back what has changed."""
        if get_cache_token() != self._registrations:
            self._restore_registrations()
        # To compare two dictionaries or lists as a whole is what this runtime does fastest; equal objects of one kind
        # are taken for the same.
        for module, namespace, saved, ours in self._namespaces:
            if namespace != saved and not _is_same(namespace, saved, ours):
                _put_back_names(module, namespace, saved, ours)
        for found, saved, count in self._classes:
            attributes = found.__dict__
            for name, value in saved.items():
                if attributes.get(name, _ABSENT) is not value:
                    type.__setattr__(found, name, value)
            if len(attributes) != count:
                for name in [name for name in attributes if name not in saved and name not in _UNCOUNTED]:
                    type.__delattr__(found, name)
        for function, code, defaults, keywords in self._functions:
            if function.__code__ is not code or function.__defaults__ is not defaults:
                function.__code__, function.__defaults__ = code, defaults
            if keywords is not None and function.__kwdefaults__ is not keywords:
                function.__kwdefaults__ = keywords
        for held, saved in self._dicts:
            if held != saved:
                held.clear()
                held.update(saved)
        for held, saved in self._lists:
            if held != saved:
                held[:] = saved
        for held, saved in self._sets:
            if held != saved:
                held.clear()
                held.update(saved)

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


def _is_same(held, saved, part):
    if len(held) != len(saved) and not part:
        return False
    for name, value in saved.items():
        if held.get(name, _ABSENT) is not value:
            return False
    return True


def _put_back_names(module, namespace, saved, ours):
    if not ours:
        for name in [name for name in namespace if name not in saved]:
            delattr(module, name)
    for name, value in saved.items():
        if namespace.get(name, _ABSENT) is not value:
            setattr(module, name, value)


_PLAIN = frozenset((type(None), bool, int, float, complex, str, bytes, tuple, frozenset, range, type(len), type(...)))
