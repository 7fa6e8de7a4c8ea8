"""The smallest extension: it answers with what it was asked.

curl http://127.0.0.1:31414/extension/example/a/b?x=1
"""

from pulzarutils.extension import Extension


class Example(Extension):
    def __init__(self, arguments, params, file_path=None):
        """``arguments`` are the segments after the name, ``params`` the list of values of each parameter."""
        self.args = arguments
        self.params = params

    def hello(self):
        # What is printed goes to the node's log of this call.
        if self.args:
            print('Hello example with arg', self.args)

    def execute(self):
        """What this returns becomes ``data`` in the answer."""
        self.hello()
        return {'my_arg': self.args, 'my_params': self.params}
