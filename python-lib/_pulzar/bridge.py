"""The only way from Python to the platform.

The worker connects a host object with four methods: ``log(text)``, ``output(text)``, ``call(name, json) -> json``, and
``service(name, operation, *arguments)`` for the Java services inside the worker (``_pulzar.services``).
Without one, on a desk, ``connected()`` is False and the callers decide what to do instead.

All but the services cross as text. The host never raises into Python: it answers ``{"ok": value}`` or
``{"error": {"type": ..., "message": ...}}``, and the error is raised here as the built-in exception that it names.
"""

import builtins
import json

_host = None
_before_call = None
_library_watch = None
_script_root = None
_script_directory = None
_run_directory = None
_input_file = None


def connect(host, before_call=None, library_watch=None):
    """Connects the context to its worker.

    ``before_call``
        runs before each question to the platform
    ``library_watch``
        the host's ``LibraryWatch``, for ``_pulzar.snapshot``
    """
    global _host, _before_call, _library_watch
    _host = host
    _before_call = before_call
    _library_watch = library_watch


def enter_script(root, directory):
    """Names the directory of all scripts of its kind, and the one that the script lies in."""
    global _script_root, _script_directory
    _script_root = root
    _script_directory = directory


def enter_run(directory, input_file):
    """Names the files of the run that begins."""
    global _run_directory, _input_file
    _run_directory = directory
    # Java's null is None only to `is`: json and type() would tell scripts that it is not.
    _input_file = input_file or None


def connected():
    """Whether there is a platform to talk to."""
    return _host is not None


def host():
    """The worker's side, for ``_pulzar.services``; None on a desk."""
    return _host


def library_watch():
    """The host's ``LibraryWatch``, or None on a desk."""
    return _library_watch


def script_root():
    """The directory of all scripts of its kind, or None on a desk."""
    return _script_root


def script_directory():
    """The directory that the script lies in, or None on a desk."""
    return _script_directory


def run_directory():
    """The directory that the run may write to, or None on a desk."""
    return _run_directory


def input_file():
    """The path of the uploaded file or stored value of this run, or None."""
    return _input_file


def log(text):
    """Adds text to the log of the run; lines end with a newline."""
    _host.log(text)


def output(text):
    """Adds one part to the output of the run."""
    _host.output(text)


def call(name, /, **arguments):
    """Asks the platform and returns its answer as a Python value.

    Raises the built-in exception that the platform names, RuntimeError where it names none.
    """
    if _host is None:
        raise NotImplementedError(f'{name} needs a Pulzar server; this script runs without one')
    if _before_call is not None:
        _before_call()
    answer = json.loads(_host.call(name, json.dumps(arguments)))
    if 'error' not in answer:
        return answer['ok']
    error = answer['error']
    kind = getattr(builtins, error['type'], None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RuntimeError
    raise kind(error['message'])
