"""Runs one script of Python 2 to its end; the forms of a job are those of ``_pulzar.forms``."""

import imp
import json
import os
import sys
import traceback

_VARIADIC = 0x04
_KEYWORDS = 0x08

_USUAL = 'collections copy datetime json os random re socket string threading time traceback urllib urllib2'

_OWN = ('job_id', '_pulzar_config', '_pulzar_declared')


class Left(Exception):
    """The script called ``sys.exit``: there is no process of its own that could end well by that."""


class Misfit(Exception):
    """The script can't be called in the way that it was."""


def warm_up():
    """Loads the classes behind what most scripts import, so that the first run need not."""
    for name in _USUAL.split():
        __import__(name)


def run():
    """Returns ``('completed', json, reusable)`` or ``('raised', type, message, traceback, reusable)``."""
    import _pulzar_host as host

    _give(host)
    os.environ['HOME'] = os.environ['TMPDIR'] = host.scratch
    try:
        try:
            value = _ENTRIES[host.kind](_Script(host), json.loads(host.arguments))
        except SystemExit as leaving:
            if leaving.code is not None and leaving.code != 0:
                raise Left('the script called sys.exit(%r) instead of returning' % (leaving.code,))
            value = {'ok': True}
        finally:
            _join_threads()
            _run_exit_functions()
            _take_back()
        return 'completed', _text(json.dumps(value)), not _daemons()
    except:  # Java's exceptions are no BaseException
        return ('raised',) + _described(host, *sys.exc_info()) + (not _daemons(),)


_replaced = {}


def _give(host):
    """Puts secrets and variables into ``pulzarcore`` and the environment, which all runs of the process share."""
    import pulzarcore

    for mapping, given in ((pulzarcore.variables, host.variables), (pulzarcore.secrets, host.secrets)):
        for name, value in json.loads(given or '{}').items():
            name, value = str(name), _bytes(value)
            mapping[name] = value
            _replaced.setdefault(name, os.environ.get(name))
            os.environ[name] = value


def _take_back():
    for name, value in _replaced.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    _replaced.clear()


class _Script(object):
    """A script's file, and the packages that its directories are."""

    def __init__(self, host):
        self._root = host.root
        self._parts = [str(part) for part in host.script.split('/')]
        self.shown = host.script + '.py'
        self._file = os.path.join(host.root, *self._parts) + '.py'
        self.class_name = self._parts[-1].capitalize()
        sys.path[1:1] = [os.path.dirname(self._file), host.root]

    def load(self, name=None):
        if not os.path.isfile(self._file):
            raise IOError('there is no script ' + self.shown)
        package = self._package()
        module = imp.new_module(name or '.'.join(self._parts))
        module.__file__ = self._file
        module.__package__ = package
        sys.modules[module.__name__] = module
        with open(self._file, 'rU') as file:
            source = file.read()
        exec(compile(source, self._file, 'exec'), module.__dict__)
        return module

    def _package(self):
        """Makes modules of the directories above the script, so that its relative imports work."""
        names = self._parts[:-1]
        for count in range(1, len(names) + 1):
            name = '.'.join(names[:count])
            directory = os.path.join(self._root, *names[:count])
            module = imp.new_module(name)
            module.__path__ = [directory]
            module.__file__ = os.path.join(directory, '__init__.py')
            sys.modules[name] = module
            if count > 1:
                setattr(sys.modules['.'.join(names[: count - 1])], names[count - 1], module)
            if os.path.isfile(module.__file__):
                with open(module.__file__, 'rU') as file:
                    source = file.read()
                exec(compile(source, module.__file__, 'exec'), module.__dict__)
        return '.'.join(names) or None

    def defines(self):
        """The names of what it defines, without running it."""
        import ast

        with open(self._file, 'rU') as file:
            tree = ast.parse(file.read(), self._file)
        return [getattr(node, 'name', '') for node in tree.body]


def _job(script, given):
    given.pop('_pulzar_declared', None)
    parameters = dict((name, value) for name, value in given.items() if name not in _OWN)
    import pulzarcore

    pulzarcore.parameters = parameters
    judged, instance, result = _called(script, given, parameters)
    if getattr(instance, '_failed_job', False) or judged(result):
        error = getattr(instance, '_pulzar_error', None)
        return {'ok': False} if error is None else {'ok': False, 'error': _summary(error)}
    if result is None or result is True:
        return {'ok': True}
    try:
        json.dumps(result, allow_nan=False)
        return {'ok': True, 'result': result}
    except (TypeError, ValueError):
        return {'ok': True}


def _called(script, given, parameters):
    defined = script.defines()
    if not any(name in defined for name in (script.class_name, 'execute', 'main')) and 'CoreJobs' not in _source(script):
        from StringIO import StringIO

        sys.stdin = StringIO(json.dumps(parameters) + '\n')
        script.load('__main__')
        return _is_false, None, None
    module = script.load()
    found = getattr(module, script.class_name, None)
    if not _is_job(found):
        execute = getattr(module, 'execute', None)
        if callable(execute):
            result = execute(given) if _takes(execute) else execute()
            return _is_nothing, _failed_one(), result
        found = _only_job(module)
    if found is not None:
        instance = found(given)
        return _is_nothing, instance, _finished(instance.execute())
    main = getattr(module, 'main', None)
    if callable(main):
        return _is_false, None, main(**_by_name(main, parameters))
    raise AttributeError('%s has no class %s' % (script.shown, script.class_name))


def _source(script):
    with open(script._file) as file:
        return file.read()


def _is_nothing(result):
    return result is not None and not result


def _is_false(result):
    return result is False


def _is_job(found):
    execute = getattr(found, 'execute', None)
    return callable(found) and callable(execute) and getattr(execute, 'im_func', None) is not _abstract()


def _abstract():
    module = sys.modules.get('pulzarcore.core_jobs')
    return None if module is None else module.CoreJobs.execute.im_func


def _only_job(module):
    core = sys.modules.get('pulzarcore.core_jobs')
    if core is None:
        return None
    jobs = [
        found
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, core.CoreJobs) and found.__module__ == module.__name__
    ]
    jobs = [found for found in jobs if _is_job(found)]
    if len(jobs) > 1:
        raise AttributeError('several classes are jobs: ' + ', '.join(sorted(job.__name__ for job in jobs)))
    return jobs[0] if jobs else None


def _failed_one():
    core = sys.modules.get('pulzarcore.core_jobs')
    failed = [] if core is None else [job for job in core._of_this_run if job._failed_job]
    return failed[0] if failed else None


def _finished(value):
    if type(value).__name__ == 'generator':
        for _ in value:
            pass
        return None
    return value


def _takes(function):
    code = getattr(function, '__code__', None)
    if code is None:
        return 1
    count = code.co_argcount
    return max(count, 1) if code.co_flags & _VARIADIC else count


def _by_name(function, parameters):
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    optional = names[len(names) - len(function.__defaults__ or ()) :]
    problems = [name + ' is missing' for name in names if name not in parameters and name not in optional]
    bound = {}
    for name, value in parameters.items():
        if name in names or code.co_flags & _KEYWORDS:
            bound[str(name)] = value
        elif name != 'pulzar_data':
            problems.append(name + ' is not one of its parameters')
    if problems:
        raise TypeError('main() was not called: ' + '; '.join(problems))
    return bound


def _extension(script, call):
    import _pulzar_host as host

    module = script.load()
    found = getattr(module, script.class_name, None)
    if found is None:
        raise AttributeError('%s has no class %s' % (script.shown, script.class_name))
    return {'data': found(call['arguments'], call['params'], host.input_file).execute()}


def _function(script, call):
    execute = getattr(script.load(), 'execute', None)
    if execute is None:
        raise AttributeError('%s has no function execute(arguments)' % script.shown)
    if isinstance(call, list):
        call = {'arguments': call, 'params': {}}
    return execute(*(call['arguments'], call['params'])[: _takes(execute)])


_ENTRIES = {'jobs': _job, 'extensions': _extension, 'third_party': _function}


def _join_threads():
    """Waits for the threads of the run that are not daemons, as the end of a process does."""
    threading = sys.modules.get('threading')
    if threading is None:
        return
    me = threading.currentThread()
    for thread in threading.enumerate():
        if thread is not me and not thread.isDaemon() and thread.isAlive():
            thread.join()


def _daemons():
    threading = sys.modules.get('threading')
    if threading is None:
        return False
    me = threading.currentThread()
    return any(thread is not me and thread.isAlive() for thread in threading.enumerate())


def _run_exit_functions():
    functions = getattr(sys, 'exitfunc', None)
    if functions is not None:
        functions()


def _described(host, kind, error, trace):
    name = getattr(kind, '__name__', str(kind)).rpartition('.')[2]
    if isinstance(error, Left):
        name = 'SystemExit'
    frames = [frame for frame in traceback.extract_tb(trace) if not frame[0].startswith(host.library)]
    lines = ['Traceback (most recent call last):\n'] + traceback.format_list(frames[-30:]) if frames else []
    message = _message(kind, error)
    lines.append('%s: %s\n' % (name, message) if message else name + '\n')
    hidden = ''.join(_bytes(line) for line in lines).replace(_bytes(host.root) + '/', '')
    return name, _text(message).replace(host.root + '/', ''), _text(hidden)


def _message(kind, error):
    if isinstance(error, SyntaxError) and error.filename:
        return '%s (%s, line %s)' % (error.msg, error.filename, error.lineno)
    try:
        return _bytes(str(error))
    except UnicodeError:
        return _bytes(unicode(error))


def _summary(error):
    message = _message(type(error), error)
    name = type(error).__name__
    return '%s: %s' % (name, message) if message else name


def _bytes(text):
    return text.encode('utf-8') if isinstance(text, unicode) else text


def _text(text):
    return text if isinstance(text, unicode) else text.decode('utf-8', 'replace')
