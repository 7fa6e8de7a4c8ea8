"""The base class of a job, for Python 2: the same names and results as for Python 3."""

import functools
import json
import os
import sys
import time
import traceback

import _pulzar_bridge as bridge

STORED_FILE_DAYS = 90


class CoreJobs(object):
    """A job: subclass it, give it an ``execute`` with a docstring, and put it under ``jobs/``."""

    local_exec = False

    def __init__(self, parameters=None, notification=False):
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
        given = dict((name, value) for name, value in self.pulzar_parameters.items() if name not in own)
        self.pulzar_add_log(json.dumps(given, default=str))
        _of_this_run.append(self)

    def __getattr__(self, name):
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
            raise AttributeError('%r object has no attribute %r' % (type(self).__name__, name))
        setattr(self, name, value)
        return value

    def execute(self):
        """Does the work; a job must define it. Its docstring is the job's entry in the catalog."""
        raise NotImplementedError(
            '%s has no execute(): define it, it is where the job starts' % type(self).__name__
        )

    @staticmethod
    def _pulzar_run_job(method):
        """Decorates a method of a job: an exception fails the job and is logged, not raised."""

        @functools.wraps(method)
        def run(self, *args, **kwargs):
            try:
                method(self, *args, **kwargs)
            except Exception as error:
                self._mark_as_failed()
                if self._pulzar_error is None:
                    self._pulzar_error = error
                self.pulzar_add_log('PULZAR_ERROR::%s' % (error,))
                frames = traceback.extract_tb(sys.exc_info()[2])[1:]
                lines = ''.join(traceback.format_list(frames)).replace(bridge.host.root + '/', '').splitlines()
                self.pulzar_add_log(lines + ['%s: %s' % (type(error).__name__, error)], bulk=True)
                if isinstance(error, MemoryError):
                    raise
            return self.is_the_job_ok()

        return run

    def pulzar_set_output(self, output_str):
        """Appends a part to the job's output; parts are joined with a newline."""
        part = bridge.text(output_str)
        self._output.append(part)
        bridge.host.output(part)

    def pulzar_add_log(self, message, bulk=False):
        """Appends a line to the job's log; with ``bulk=True`` each element of a list of lines."""
        for line in message if bulk else (message,):
            text = bridge.text(line)
            self._log.append(text)
            bridge.host.log(text + u'\n')

    def pulzar_get_filepath(self):
        """Returns the path of a readable file with the value of ``pulzar_data``, or None."""
        path = bridge.host.input_file
        return path if path and os.path.isfile(path) else None

    def is_the_job_ok(self):
        """Returns True as long as nothing marked the job as failed."""
        return not self._failed_job

    def _mark_as_failed(self):
        """Makes the run end as failed, whatever ``execute`` returns."""
        self._failed_job = True

    def pulzar_store_file(self, file_name, days=STORED_FILE_DAYS):
        """Stores a file that the job wrote, for so many days, logs ``FILE: {key}`` and returns the key."""
        with open(file_name, 'rb'):
            pass
        key = bridge.call('files.store', name=file_name, days=days)['key']
        self.pulzar_add_log(u'FILE: ' + key)
        return key

    def _pulzar_store_file(self, file_name):
        """Does the same for 90 days; returns True, or False when it could not be stored: the log says why."""
        try:
            self.pulzar_store_file(file_name)
        except Exception as error:
            self.pulzar_add_log('%s was not stored: %s' % (file_name, error))
            return False
        return True


#: The jobs that were made in the run, for functions that judge by them.
_of_this_run = []
