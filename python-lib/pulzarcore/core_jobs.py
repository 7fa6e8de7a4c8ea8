"""The base class of a job."""

import functools
import json
import os
import sys
import time

from _pulzar import bridge

STORED_FILE_DAYS = 90

_COROUTINE = 0x80


class CoreJobs:
    """A job: subclass it, give it an ``execute`` with a docstring, and put it under ``jobs/``.

    The class is named after its file, capitalised: ``jobs/reports/daily.py`` holds ``Daily``.

    ``pulzar_parameters``, ``parameters``
        the request's JSON object, plus ``job_id`` and ``_pulzar_config``
        (``{"scheduled": bool}``); an empty dict when there was none.
    ``utils``, ``const``
        ``pulzarutils.utils.Utils()`` and ``pulzarutils.constants.Constants()``.

    The log starts with the parameters as JSON. Log and output reach the platform line by line while
    the job runs. On a desk, where no platform is connected, the output is printed to stdout and the
    log to stderr; ``run_on_desk`` starts a job there.
    """

    #: Scripts set it to run on a desk. A desk is recognised without it; it stays for those scripts.
    local_exec = False

    def __init__(self, parameters, notification=False):
        """Takes the parameters and logs them.

        ``notification`` is accepted for older scripts and changes nothing: the platform records how
        every run ended.
        """
        self.pulzar_parameters = {} if parameters is None else parameters
        self.parameters = self.pulzar_parameters
        self.notification = self._notification_enabled = notification
        self._start_time = time.time()
        self._job_id = self.pulzar_parameters.get('job_id')
        self._pulzar_config = self.pulzar_parameters.get('_pulzar_config', {'scheduled': False})
        self._failed_job = False
        self._pulzar_error = None
        self._log = []
        self._output = []
        own = ('job_id', '_pulzar_config')
        given = {name: value for name, value in self.pulzar_parameters.items() if name not in own}
        self.pulzar_add_log(json.dumps(given, default=str))
        _of_this_run.append(self)

    def __getattr__(self, name):
        # Made when they are asked for: most jobs never do, and each import would cost every run.
        if name in ('utils', '_pulzar_utils'):
            from pulzarutils.utils import Utils

            value = Utils()
        elif name == 'const':
            from pulzarutils.constants import Constants

            value = Constants()
        elif name == '_pulzar_job_output':
            return '\n'.join(self._output)
        elif name == '_pulzar_data_file_path':
            return self.pulzar_get_filepath()
        else:
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')
        setattr(self, name, value)
        return value

    def execute(self):
        """Does the work; a job must define it. Its docstring is the job's entry in the catalog.

        Returns a false value when the job failed; ``None`` means that it succeeded, unless
        something marked it as failed.
        """
        raise NotImplementedError(f'{type(self).__name__} has no execute(): define it, it is where the job starts')

    @classmethod
    def run_on_desk(cls, arguments=None):
        """Runs the job with plain CPython and ends the process: 0 when the job succeeded, else 1.

        ``arguments`` are ``name=value`` texts, by default the command line's. A value that is JSON
        is taken as JSON, anything else as text. ::

            if __name__ == "__main__":
                Factorial.run_on_desk()    # PYTHONPATH=python-lib python3 factorial.py number=5
        """
        from pulzarcore.desk import run

        sys.exit(run(cls, sys.argv[1:] if arguments is None else arguments))

    @staticmethod
    def _pulzar_run_job(method):
        """Decorates a method of a job: an exception fails the job and is logged, not raised.

        The decorated method returns what ``is_the_job_ok()`` says then, never its own value. The log gets
        ``PULZAR_ERROR::{text}``, then the error with its traceback, and the error becomes the run's. A
        ``MemoryError`` is raised again: the platform has to know that the run hit a limit.
        """
        if getattr(method, '__code__', None) is not None and method.__code__.co_flags & _COROUTINE:

            @functools.wraps(method)
            async def run_later(self, *args, **kwargs):
                try:
                    await method(self, *args, **kwargs)
                except Exception as error:
                    self._pulzar_failed_by(error)
                return self.is_the_job_ok()

            return run_later

        @functools.wraps(method)
        def run(self, *args, **kwargs):
            try:
                method(self, *args, **kwargs)
            except Exception as error:
                self._pulzar_failed_by(error)
            return self.is_the_job_ok()

        return run

    def _pulzar_failed_by(self, error):
        self._mark_as_failed()
        if self._pulzar_error is None:
            self._pulzar_error = error
        self.pulzar_add_log(f'PULZAR_ERROR::{error}')
        self.pulzar_add_log(_account_of(error), bulk=True)
        if isinstance(error, MemoryError):
            raise error

    def pulzar_set_output(self, output_str):
        """Appends a part to the job's output; parts are joined with a newline."""
        part = str(output_str)
        self._output.append(part)
        if bridge.connected():
            bridge.output(part)
        else:
            print(part)

    def pulzar_add_log(self, message, bulk=False):
        """Appends a line to the job's log; with ``bulk=True`` each element of a list of lines."""
        for line in message if bulk else (message,):
            text = str(line)
            self._log.append(text)
            if bridge.connected():
                bridge.log(text + '\n')
            else:
                print(text, file=sys.stderr)

    def pulzar_get_filepath(self):
        """Returns the path of a readable file with the value of ``pulzar_data``, or None.

        On a desk ``pulzar_data`` may name a local file.
        """
        path = bridge.input_file()
        if path is None and not bridge.connected():
            path = self.pulzar_parameters.get('pulzar_data')
        return path if path and os.path.isfile(path) else None

    def is_the_job_ok(self):
        """Returns True as long as nothing marked the job as failed."""
        return not self._failed_job

    def _mark_as_failed(self):
        """Makes the run end as failed, whatever ``execute`` returns."""
        self._failed_job = True

    def pulzar_store_file(self, file_name, days=STORED_FILE_DAYS):
        """Stores a file that the job wrote, for so many days, logs ``FILE: {key}`` and returns the key.

        The key is ``/jobs/regular/{job_id}/{name}``, of a scheduled run
        ``/jobs/sheduled/{job_id}/{name}``. On a desk the file stays where it is and its path is
        logged and returned. Raises OSError or ValueError when it can't be stored.
        """
        # Opening it proves that it can be read, and makes unclosed writers flush on GraalPy.
        with open(file_name, 'rb'):
            pass
        if bridge.connected():
            key = bridge.call('files.store', name=os.fspath(file_name), days=days)['key']
        else:
            key = os.path.abspath(file_name)
        self.pulzar_add_log(f'FILE: {key}')
        return key

    def _pulzar_store_file(self, file_name):
        """Does the same for 90 days; returns True, or False when it could not be stored: the log says why."""
        try:
            self.pulzar_store_file(file_name)
        except Exception as error:
            self.pulzar_add_log(f'{file_name} was not stored: {error}')
            return False
        return True


#: The jobs that were made in the run, for functions that judge by them.
_of_this_run = []


def _account_of(error):
    """The error with its traceback, as lines without paths of the host."""
    root = bridge.script_root()
    if root is None:
        import traceback

        return ''.join(traceback.format_exception(type(error), error, error.__traceback__.tb_next)).splitlines()
    from _pulzar import trace

    return trace.describe(error, root)[2].splitlines()
