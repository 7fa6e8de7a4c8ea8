from pulzarcore.core_jobs import CoreJobs


class Warm(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: The smallest useful job, isolation warm
        Arguments: {"number": "int"}
        Category: Benchmark
        Author: Pulzar
        Isolation: warm
        '''
        self.pulzar_set_output(str(self.pulzar_parameters.get('number', 1) + 1))
        return True
