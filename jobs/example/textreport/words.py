"""A job that is a package: its parts are imported relatively."""

from pulzarcore.core_jobs import CoreJobs

from .core.counting import most_frequent
from .core.layout import table


class Words(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    @CoreJobs._pulzar_run_job
    def report(self):
        limit = int(self.pulzar_parameters.get('limit', 10))
        for line in table(most_frequent(self.pulzar_parameters['text'], limit)):
            self.pulzar_set_output(line)

    def execute(self):
        """
        Description: The most frequent words of a text
        Arguments: {"text": "str", "limit": "int, 10 when missing"}
        Category: Examples
        Author: Pulzar
        """
        self.report()
        return self.is_the_job_ok()


if __name__ == '__main__':
    # A package starts from the folder above it:
    #   cd jobs && PYTHONPATH=../python-lib python3 -m example.textreport.words text='to be'
    Words.run_on_desk()
