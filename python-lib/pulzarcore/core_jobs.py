"""The base class of a job."""

import functools
import json
import os
import sys

from _pulzar import bridge

STORED_FILE_DAYS = 90
SHOWN_FRAMES = 20


class CoreJobs:
    """A job: subclass it, give it an ``execute`` with a docstring, and put it under ``jobs/``.

    The class is named after its file, capitalised: ``jobs/reports/daily.py`` holds ``Daily``.

    ``pulzar_parameters``
        the request's JSON object, plus ``job_id`` and ``_pulzar_config``
        (``{"scheduled": bool}``); an empty dict when there was none.

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
        self.notification = notification
        self._job_id = self.pulzar_parameters.get('job_id')
        self._pulzar_config = self.pulzar_parameters.get('_pulzar_config', {'scheduled': False})
        self._failed_job = False
        self._log = []
        self._output = []
        own = ('job_id', '_pulzar_config')
        given = {name: value for name, value in self.pulzar_parameters.items() if name not in own}
        self.pulzar_add_log(json.dumps(given, default=str))

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

        The log gets ``PULZAR_ERROR::{text}``, then the error's type and where it came from. A
        ``MemoryError`` is raised again: the platform has to know that the run hit a limit.
        """

        @functools.wraps(method)
        def run(self, *args, **kwargs):
            try:
                return method(self, *args, **kwargs)
            except Exception as error:
                self._mark_as_failed()
                self.pulzar_add_log(f'PULZAR_ERROR::{error}')
                self.pulzar_add_log(_origin_of(error), bulk=True)
                if isinstance(error, MemoryError):
                    raise
                return None

        return run

    def pulzar_set_output(self, text):
        """Appends a part to the job's output; parts are joined with a newline."""
        part = str(text)
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

    def _pulzar_store_file(self, file_name):
        """Stores a file that the job wrote, for 90 days, and logs ``FILE: {key}``.

        The key is ``/jobs/regular/{job_id}/{name}``, of a scheduled run
        ``/jobs/sheduled/{job_id}/{name}``. On a desk the file stays where it is and its path is
        logged. Returns True, or False when it could not be stored; the log says why.
        """
        try:
            # Opening it proves that it can be read, and makes unclosed writers flush on GraalPy.
            with open(file_name, 'rb'):
                pass
            if bridge.connected():
                name = os.fspath(file_name)
                key = bridge.call('files.store', name=name, days=STORED_FILE_DAYS)['key']
            else:
                key = os.path.abspath(file_name)
        except Exception as error:
            self.pulzar_add_log(f'{file_name} was not stored: {error}')
            return False
        self.pulzar_add_log(f'FILE: {key}')
        return True


def _origin_of(error):
    """Returns the error's type and the script's frames, innermost last, as lines without paths."""
    frames = []
    trace = error.__traceback__.tb_next
    while trace is not None:
        frame = trace.tb_frame
        module = frame.f_globals.get('__name__', '?')
        frames.append(f'  {module}, line {trace.tb_lineno}, in {frame.f_code.co_name}')
        trace = trace.tb_next
    if len(frames) > SHOWN_FRAMES:
        half = SHOWN_FRAMES // 2
        frames[half:-half] = [f'  … {len(frames) - SHOWN_FRAMES} more …']
    return [type(error).__name__, *frames]
