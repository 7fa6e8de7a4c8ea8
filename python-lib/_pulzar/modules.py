"""Finds and loads the modules of one script, below the directory that holds the scripts of its kind.

A script ``acc/pkg/nested`` becomes the module ``acc.pkg.nested``, so that its relative imports work. Its own directory
and the root are searched for absolute imports too, after the standard library and before everything installed: a
script's file ``email.py`` can then be imported by nobody else by mistake, while a sibling module wins over a package of
the same name.

Code objects are kept between the runs of a context, because the compiled machine code belongs to them.
"""

import sys
from importlib._bootstrap import ModuleSpec
from importlib._bootstrap_external import PathFinder, SourceFileLoader, _path_isdir, _path_isfile

# The package that shelters a script whose first directory has the name of a module that exists already.
_SHELTER = '_script'

# What every script imports and the platform itself needs: no file of a script takes its place.
_OURS = frozenset(['_pulzar', 'pulzarcore', 'pulzarutils'])

_Module = type(sys)


class ScriptModules:
    """The finder of one script. Everything that it finds is the script's own, and forgotten by ``forget()``."""

    def __init__(self, root, name):
        self.root = root
        self.file = f'{root}/{name}.py'
        self._directories = list(dict.fromkeys((self.file.rpartition('/')[0], root)))
        self._found = {}
        self._codes = {}
        parts = name.split('/')
        if _is_taken(parts[0]):
            self._remember(_SHELTER, root)
            self.module_name = f'{_SHELTER}.{".".join(parts)}'
        else:
            self.module_name = '.'.join(parts)
        dotted = self.module_name.split('.')
        depth = len(dotted) - len(parts)
        for count in range(1, len(parts)):
            self._remember('.'.join(dotted[: depth + count]), '/'.join((root, *parts[:count])))
        self._found[self.module_name] = (self.file, None)
        self._way = ['.'.join(dotted[:count]) for count in range(1, len(dotted) + 1)]
        self._attributes = {}
        #: Whether it is a script without a job's class or function; None until that was looked at.
        self.plain = None

    def is_own(self, name):
        """Whether a module's name leads to a file or directory of the scripts."""
        first = name.partition('.')[0]
        return (
            first not in sys.stdlib_module_names
            and first not in _OURS
            and any(
                _path_isfile(f'{directory}/{first}.py') or _path_isdir(f'{directory}/{first}')
                for directory in self._directories
            )
        )

    def clashes(self, names):
        """What of the script's own has the name of a module that is there without it, of these top-level names.

        Returns ``(file, won)`` for each, ``won`` being whether the script's own is what an import gets.
        """
        found = []
        for name in dict.fromkeys(names):
            own = self._own_file(name)
            if own is None:
                continue
            if name in sys.stdlib_module_names or name in _OURS:
                found.append((own, False))
            elif PathFinder.find_spec(name, sys.path) is not None:
                found.append((own, name not in sys.modules))
        return found

    def _own_file(self, name):
        """The module of the script's directories of that name, as people know it; None: there is none."""
        for directory in self._directories:
            for file in (f'{directory}/{name}/__init__.py', f'{directory}/{name}.py'):
                if _path_isfile(file):
                    return file[len(self.root) + 1 :]
        return None

    def source(self):
        """The text of the script; empty when it can't be read."""
        try:
            with open(self.file, encoding='utf-8', errors='replace') as file:
                return file.read()
        except OSError:
            return ''

    def install(self):
        sys.meta_path.insert(0, self)
        sys.meta_path.append(NamespaceFinder(self))
        sys.path.extend(self._directories)

    def load(self):
        """Executes the script's module, and the packages above it, unless they are loaded already.

        Does what ``import`` would do, in a tenth of its time: where everything lies is known, and each clean run
        comes by here.
        """
        module = sys.modules.get(self.module_name)
        return self._load(self._way) if module is None else module

    def _load(self, way):
        modules = sys.modules
        above = module = None
        for name in way:
            module = modules.get(name)
            if module is None:
                module = self._execute(name)
                if above is not None:
                    setattr(above, name.rpartition('.')[2], module)
            above = module
        return module

    @property
    def shown(self):
        """The file as people know it, below the root."""
        return self.file[len(self.root) + 1 :]

    def code(self):
        """The code object of the script, which ``load`` and ``run_as_main`` execute."""
        return self._loader().get_code(self.module_name)

    def tree(self):
        """The syntax tree of the script."""
        import ast

        return ast.parse(self._loader().get_data(self.file), self.file)

    def documentation(self):
        """The docstring of the script's file, without running it."""
        import ast

        return ast.get_docstring(self.tree(), clean=False)

    def run_as_main(self):
        """Runs the script as ``__main__``, the packages above it being loaded before."""
        self._loader()
        attributes = self._attributes[self.module_name]
        self._load(self._way[:-1])
        main = _Module('__main__')
        main.__dict__.update(attributes, __spec__=None)
        sys.modules['__main__'] = main
        exec(self.code(), main.__dict__)  # noqa: S102 as python script.py does

    def _loader(self):
        attributes = self._attributes.get(self.module_name)
        if attributes is None:
            attributes = self._attributes[self.module_name] = self._attributes_of(self.module_name)
        return attributes['__loader__']

    def _execute(self, name):
        attributes = self._attributes.get(name)
        if attributes is None:
            attributes = self._attributes[name] = self._attributes_of(name)
        module = _Module(name)
        namespace = module.__dict__
        namespace.update(attributes)
        if '__path__' in namespace:
            namespace['__path__'] = list(namespace['__path__'])
        sys.modules[name] = module
        loader = attributes['__loader__']
        if loader is not None:
            try:
                exec(loader.get_code(name), namespace)  # noqa: S102 as every import does
            except BaseException:
                sys.modules.pop(name, None)
                raise
        return module

    def _attributes_of(self, name):
        file, directory = self._found[name]
        if file is not None and not _path_isfile(file):
            raise FileNotFoundError(f'there is no script {file[len(self.root) + 1 :]}')
        spec = self._spec(name, file, directory)
        attributes = {'__spec__': spec, '__loader__': spec.loader, '__package__': spec.parent}
        if file is not None:
            attributes['__file__'] = file
        if directory is not None:
            attributes['__path__'] = [directory]
        return attributes

    def forget(self):
        """Drops every module of the script, so that the next import executes it again."""
        modules = sys.modules
        for name in self._found:
            modules.pop(name, None)

    def names(self):
        return self._found.keys()

    # The import system's side.

    def find_spec(self, name, path=None, target=None):
        found = self._found.get(name)
        if found is None:
            found = self._search(name, path)
            if found is None:
                return None
            self._found[name] = found
        return self._spec(name, *found)

    def _search(self, name, path):
        tail = name.rpartition('.')[2]
        if path is None:
            if tail in sys.stdlib_module_names or tail in _OURS:
                return None
            directories = self._directories
        else:
            directories = [entry for entry in path if entry == self.root or entry.startswith(self.root + '/')]
        for directory in directories:
            base = f'{directory}/{tail}'
            if _path_isfile(f'{base}/__init__.py'):
                return f'{base}/__init__.py', base
            if _path_isfile(f'{base}.py'):
                return f'{base}.py', None
        return None

    def search_namespace(self, name, path):
        tail = name.rpartition('.')[2]
        for directory in self._directories if path is None else path:
            base = f'{directory}/{tail}'
            if base.startswith(self.root + '/') and _path_isdir(base):
                self._found[name] = (None, base)
                return self._spec(name, None, base)
        return None

    def _remember(self, name, directory):
        initializer = f'{directory}/__init__.py'
        self._found[name] = (initializer if name != _SHELTER and _path_isfile(initializer) else None, directory)

    def _spec(self, name, file, directory):
        loader = None if file is None else ScriptLoader(name, file, self._codes)
        spec = ModuleSpec(name, loader, origin=file, is_package=directory is not None)
        if file is not None:
            spec.has_location = True
        if directory is not None:
            spec.submodule_search_locations.append(directory)
        return spec


def own_packages(folder, name):
    """The folders of packages that are for scripts in one directory, or below it; the nearest first."""
    found = []
    directories = name.split('/')[:-1]
    for count in range(len(directories), -1, -1):
        path = '/'.join([folder, *directories[:count]])
        if _path_isdir(path):
            found.append(path)
    return found


class NamespaceFinder:
    """Finds directories without ``__init__.py``; last in line, as in the standard import system."""

    def __init__(self, modules):
        self._modules = modules

    def find_spec(self, name, path=None, target=None):
        return self._modules.search_namespace(name, path)


class ScriptLoader(SourceFileLoader):
    """Loads from source, never from or into byte-code files, and keeps the code object among those by path."""

    def __init__(self, name, path, codes):
        super().__init__(name, path)
        self._codes = codes

    def get_code(self, fullname):
        code = self._codes.get(self.path)
        if code is None:
            source = self.get_data(self.path)
            code = self._codes[self.path] = compile(source, self.path, 'exec', dont_inherit=True)
        return code


def _is_taken(name):
    return (
        name in sys.stdlib_module_names
        or name in sys.modules
        or not name.isidentifier()
        or PathFinder.find_spec(name, sys.path) is not None
    )
