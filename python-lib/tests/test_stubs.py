"""What editors are told of the library is what it is: names, parameters and their defaults, in both directions."""

import ast
import contextlib
import importlib
import inspect
import io
import unittest
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent.parent
PACKAGES = ('pulzarcore', 'pulzarutils')
GIVEN_LATER = {('pulzarcore.core_jobs', 'CoreJobs'): {'utils', 'const'}}


def modules():
    for package in PACKAGES:
        for file in sorted((LIBRARY / package).glob('*.py')):
            if file.stem == '__init__':
                yield package, file
            elif not file.stem.startswith('_'):
                yield f'{package}.{file.stem}', file


class Stub:
    """The names of a stub: functions with their parameters, classes with theirs, and plain names."""

    def __init__(self, body):
        self.functions = {}
        self.classes = {}
        self.plain = set()
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(node.name, []).append(node)
            elif isinstance(node, ast.ClassDef):
                self.classes[node.name] = Stub(node.body)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                self.plain.add(target.id)

    def names(self):
        return {*self.functions, *self.classes, *self.plain}


def public(names):
    return {name for name in names if not name.startswith('_')}


def own_names(module, tree):
    """What a module defines and does not only import."""
    imported = {
        alias.asname or alias.name.partition('.')[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    own = {name for name, value in vars(module).items() if not inspect.ismodule(value)}
    return public(own) - imported - {'TYPE_CHECKING', 'annotations'}


def attributes(tree, class_name):
    """What the methods of a class put on ``self``."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for target in ast.walk(node):
                if (
                    isinstance(target, ast.Attribute)
                    and isinstance(target.ctx, ast.Store)
                    and isinstance(target.value, ast.Name)
                    and target.value.id == 'self'
                ):
                    found.add(target.attr)
    return found


def parameters(function):
    """Names, kinds and whether there is a default, as written in a stub."""
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    first_default = len(plain) - len(arguments.defaults)
    found = [(argument.arg, number >= first_default) for number, argument in enumerate(plain)]
    if arguments.vararg:
        found.append(('*' + arguments.vararg.arg, False))
    found += [
        (argument.arg, default is not None) for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults)
    ]
    if arguments.kwarg:
        found.append(('**' + arguments.kwarg.arg, False))
    return found


def real_parameters(function):
    stars = {inspect.Parameter.VAR_POSITIONAL: '*', inspect.Parameter.VAR_KEYWORD: '**'}
    return [
        (stars.get(one.kind, '') + one.name, one.default is not inspect.Parameter.empty)
        for one in inspect.signature(function).parameters.values()
    ]


class StubsTest(unittest.TestCase):
    def compare(self, where, stubs, function):
        """Overloads together: each has the names in order, and what has a default has it in one of them."""
        real = real_parameters(function)
        for stub in stubs:
            names = [name for name, _ in parameters(stub)]
            self.assertEqual(names, [name for name, _ in real][: len(names)], where)
        if len(stubs) == 1:
            self.assertEqual(parameters(stubs[0]), real, where)

    def test_every_module_has_a_stub_with_its_names(self):
        for name, file in modules():
            with self.subTest(name):
                module, tree, stub = self.loaded(name, file)
                self.assertEqual(public(stub.names()), own_names(module, tree))
                self.assertTrue((file.parent / 'py.typed').is_file())
                for function, stubs in stub.functions.items():
                    self.compare(f'{name}.{function}', stubs, getattr(module, function))

    def test_every_class_has_its_methods_and_attributes(self):
        for name, file in modules():
            module, tree, stub = self.loaded(name, file)
            for class_name, known in stub.classes.items():
                if class_name.startswith('_'):
                    continue
                with self.subTest(f'{name}.{class_name}'):
                    real = getattr(module, class_name)
                    on_class = set(dir(real)) - {'__getattr__'}
                    on_self = attributes(tree, class_name) | GIVEN_LATER.get((name, class_name), set())
                    inherited = set(dir(real.__mro__[1])) if real.__mro__[1].__module__ == 'enum' else set()
                    self.assertEqual(public(known.names()), public(on_class | on_self) - inherited)
                    for function, stubs in known.functions.items():
                        self.assertTrue(hasattr(real, function), function)
                        kind = inspect.getattr_static(real, function)
                        where = f'{name}.{class_name}.{function}'
                        declared = {ast.unparse(mark) for stub in stubs for mark in stub.decorator_list} - {'overload'}
                        self.assertEqual(declared, marks(kind), where)
                        self.compare(where, stubs, kind.__func__ if declared else kind)

    def test_what_a_stub_says_beyond_public_names_is_there(self):
        """The underscored names of jobs that scripts of the original use."""
        module, _, stub = self.loaded('pulzarcore.core_jobs', LIBRARY / 'pulzarcore' / 'core_jobs.py')
        known = stub.classes['CoreJobs']
        with contextlib.redirect_stderr(io.StringIO()):
            job = module.CoreJobs({})
        for name in known.plain:
            self.assertTrue(hasattr(job, name), name)

    def loaded(self, name, file):
        stub = file.with_suffix('.pyi')
        self.assertTrue(stub.is_file(), f'{stub} is missing')
        return (
            importlib.import_module(name),
            ast.parse(file.read_text(encoding='utf-8')),
            Stub(ast.parse(stub.read_text(encoding='utf-8')).body),
        )


def marks(kind):
    if isinstance(kind, staticmethod):
        return {'staticmethod'}
    return {'classmethod'} if isinstance(kind, classmethod) else set()
