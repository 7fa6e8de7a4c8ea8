"""A job on a stored value: it runs where the value is, and stores a report of it."""

import json

from pulzarcore.core_jobs import CoreJobs

REPORT = 'lines.json'


class Linecount(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    @CoreJobs._pulzar_run_job
    def count(self):
        path = self.pulzar_get_filepath()
        if path is None:
            raise ValueError('the parameter "pulzar_data" is missing: the key of a stored value')
        lines = longest = size = 0
        with open(path, 'rb') as data:
            for line in data:
                lines += 1
                size += len(line)
                longest = max(longest, len(line.rstrip(b'\r\n')))
        report = {'lines': lines, 'bytes': size, 'longest line': longest}
        for name, number in report.items():
            self.pulzar_set_output(f'{name}: {number}')
        # The current directory belongs to this run alone and is deleted after it.
        with open(REPORT, 'w') as file:
            json.dump(report, file)
        if not self._pulzar_store_file(REPORT):
            self._mark_as_failed()

    def execute(self):
        """
        Description: Count the lines of a stored value and store a report
        Arguments: {"pulzar_data": "key of the value"}
        Category: Examples
        Author: Pulzar
        Retries: 1
        """
        self.count()
        return self.is_the_job_ok()


if __name__ == '__main__':
    Linecount.run_on_desk()
