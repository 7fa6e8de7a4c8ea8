"""How a job logs, how it can end, and what stops it."""

import time

from pulzarcore.core_jobs import CoreJobs
from pulzarutils.logger import PulzarLogger


class Lifecycle(CoreJobs):
    def __init__(self, params):
        super().__init__(params)
        self.logger = PulzarLogger()

    def succeed(self):
        """Everything that is written while the job runs can be read while it runs."""
        self.pulzar_add_log('a line of the log')
        self.pulzar_add_log(['two lines', 'at once'], bulk=True)
        self.logger.warning('%d lines so far', 3)
        print('print goes to the log too')
        self.pulzar_set_output('the result, part 1')
        self.pulzar_set_output('the result, part 2')

    @CoreJobs._pulzar_run_job
    def fail_in_a_decorated_method(self):
        """The decorator logs the error as PULZAR_ERROR:: and the job goes on, marked as failed."""
        raise ValueError('on purpose, in a decorated method')

    def fail_by_raising(self):
        """An error that nothing catches ends the job; its traceback names the script's lines."""
        raise ValueError('on purpose, not caught')

    def fail_by_mark(self):
        """A job that noticed by itself that its result is no good."""
        self._mark_as_failed()

    def run_out_of_time(self):
        """The docstring of execute() allows 3 s; what was logged until then is kept."""
        for second in range(60):
            self.pulzar_add_log(f'second {second}')
            time.sleep(1)

    def run_out_of_memory(self):
        """The docstring of execute() allows 192 MB."""
        hoard = []
        while True:
            hoard.append(bytearray(1 << 20))

    ENDINGS = (
        'succeed',
        'fail_in_a_decorated_method',
        'fail_by_raising',
        'fail_by_mark',
        'run_out_of_time',
        'run_out_of_memory',
    )

    def execute(self):
        """
        Description: Shows how a job logs, fails and meets its limits
        Arguments: {"ending": "succeed | fail_in_a_decorated_method | fail_by_raising | fail_by_mark | run_out_of_time | run_out_of_memory"}
        Category: Examples
        Author: Pulzar
        Timeout: 3s
        Memory: 192MB
        """  # noqa: E501 (the catalog reads an entry from one line)
        ending = self.pulzar_parameters.get('ending', 'succeed')
        if ending not in self.ENDINGS:
            raise ValueError(f'"ending" must be one of {", ".join(self.ENDINGS)}, not {ending!r}')
        getattr(self, ending)()
        return self.is_the_job_ok()


if __name__ == '__main__':
    Lifecycle.run_on_desk()
