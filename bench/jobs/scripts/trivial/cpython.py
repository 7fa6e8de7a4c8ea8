from pulzarcore.core_jobs import CoreJobs


class Cpython(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: The smallest useful job, in the host's CPython
        Arguments: {"number": "int"}
        Category: Benchmark
        Author: Pulzar
        Runtime: cpython
        '''
        self.pulzar_set_output(str(self.pulzar_parameters.get('number', 1) + 1))
        return True
