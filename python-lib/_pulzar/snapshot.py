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
        # To compare lists as a whole is what this runtime does fastest, by far: so what is held stands in one list, and
        # in another, at the same places, what it should be. Equal objects are taken for the same.
        self._modules, self._namespaces, self._names = [], [], []
        self._own_modules = []
        self._classes, self._attributes, self._class_names = [], [], []
        self._abstract = []
        self._registrations = get_cache_token()
        self._functions, self._codes, self._defaults, self._keywords = [], [], [], []
        self._containers, self._contents = [], []

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
        if ours:
            self._own_modules.append((module, namespace, saved))
        else:
            self._modules.append(module)
            self._namespaces.append(namespace)
            self._names.append(saved)
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
            self._functions.append(value)
            self._codes.append(value.__code__)
            self._defaults.append(value.__defaults__)
            self._keywords.append(value.__kwdefaults__)
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
        attributes = found.__dict__
        saved = dict(attributes)
        self._classes.append(found)
        self._attributes.append(attributes)
        self._class_names.append(saved)
        registry = saved.get('_abc_registry')
        if registry is not None:
            self._abstract.append([found, set(registry.data)])
        for name, value in saved.items():
            if name not in _UNCOUNTED:
                self._take(value, 1, left)

    def _take_content(self, value, kind, depth):
        if issubclass(kind, dict):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._watch(value, dict(value))
                self._go_deeper(value.values(), depth)
        elif issubclass(kind, list):
            self._seen[id(value)] = value
            if len(value) <= _LARGEST:
                self._watch(value, list(value))
                self._go_deeper(value, depth)
        elif kind is set:
            self._seen[id(value)] = value
            self._watch(value, set(value))
        elif kind.__flags__ & _HEAP_TYPE and kind.__module__ not in _LEFT_ALONE and not isinstance(value, _Module):
            attributes = getattr(value, '__dict__', None)
            if type(attributes) is dict:
                self._seen[id(value)] = value
                self._watch(attributes, dict(attributes))
                self._go_deeper(attributes.values(), depth)

    def _watch(self, container, content):
        self._containers.append(container)
        self._contents.append(content)

    def _go_deeper(self, values, depth):
        if depth < _DEEPEST:
            for value in tuple(values):
                self._take(value, depth + 1, False)

    def absorb(self):
        """Takes what has changed since for what is to be."""
        self._registrations = get_cache_token()
        for entry in self._abstract:
            entry[1] = set(entry[0]._abc_registry.data)
        self._names = [dict(names) for names in self._namespaces]
        self._class_names = [dict(attributes) for attributes in self._attributes]
        self._contents = [_KINDS[type(content)](held) for held, content in zip(self._containers, self._contents)]

    def restore(self):
        """Puts back what has changed, but for functions that were changed in place."""
        if get_cache_token() != self._registrations:
            self._restore_registrations()
        if self._namespaces != self._names:
            for module, names, saved in zip(self._modules, self._namespaces, self._names):
                if names != saved:
                    _put_back_names(module, names, saved)
        for module, names, saved in self._own_modules:
            if not saved.items() <= names.items():
                _put_back_changed(module, names, saved)
        if self._attributes != self._class_names:
            for found, attributes, saved in zip(self._classes, self._attributes, self._class_names):
                if attributes != saved:
                    _put_back_attributes(found, attributes, saved)
        if self._containers != self._contents:
            for held, content in zip(self._containers, self._contents):
                if held != content:
                    _put_back_content(held, content)

    def restore_functions(self):
        """Puts back the code and the defaults of functions."""
        functions = self._functions
        for read, saved, name in (
            (_code_of, self._codes, '__code__'),
            (_defaults_of, self._defaults, '__defaults__'),
            (_keywords_of, self._keywords, '__kwdefaults__'),
        ):
            found = list(map(read, functions))
            if found != saved:
                for function, value, before in zip(functions, found, saved):
                    if value is not before:
                        setattr(function, name, before)

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


def _put_back_names(module, names, saved):
    for name in [name for name in names if name not in saved]:
        delattr(module, name)
    _put_back_changed(module, names, saved)


def _put_back_changed(module, names, saved):
    for name, value in saved.items():
        if names.get(name, _ABSENT) is not value:
            setattr(module, name, value)


def _put_back_attributes(found, attributes, saved):
    for name in [name for name in attributes if name not in saved and name not in _UNCOUNTED]:
        type.__delattr__(found, name)
    for name, value in saved.items():
        if name not in _UNCOUNTED and attributes.get(name, _ABSENT) is not value:
            type.__setattr__(found, name, value)


def _put_back_content(held, content):
    if type(content) is list:
        held[:] = content
    else:
        held.clear()
        held.update(content)


_KINDS = {dict: dict, list: list, set: set}
_code_of = _Function.__code__.__get__
_defaults_of = _Function.__defaults__.__get__
_keywords_of = _Function.__kwdefaults__.__get__
_PLAIN = frozenset((type(None), bool, int, float, complex, str, bytes, tuple, frozenset, range, type(len), type(...)))
