"""What a script asks for and cannot have, said clearly."""


def absent(owner, name, alternative):
    """Makes the error for a name that a sandboxed script has no use of."""
    return NotImplementedError(f'{owner}.{name} is not available to a script: {alternative}')


def is_special(name):
    """Tells whether Python itself asks for the name (``__deepcopy__``): then it is just missing."""
    return name.startswith('__') and name.endswith('__')
