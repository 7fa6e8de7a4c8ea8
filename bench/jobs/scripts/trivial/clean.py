from pulzarcore.core_jobs import CoreJobs


class Clean(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: The smallest useful job, isolation clean
        Arguments: {"number": "int"}
        Category: Benchmark
        Author: Pulzar
        Isolation: clean
        '''
        self.pulzar_set_output(str(self.pulzar_parameters.get('number', 1) + 1))
        return True
