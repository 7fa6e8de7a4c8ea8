from pulzarcore.core_jobs import CoreJobs


class Fresh(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def execute(self):
        '''
        Description: The smallest useful job, isolation fresh
        Arguments: {"number": "int"}
        Category: Benchmark
        Author: Pulzar
        Isolation: fresh
        '''
        self.pulzar_set_output(str(self.pulzar_parameters.get('number', 1) + 1))
        return True
