"""What the jobs beside it share: reading their number, and running several algorithms on it.

It holds no class `Comparison`, so it is no job of its own.
"""


def whole_number(parameters, name, most):
    """Returns a parameter that is a whole number, as a number or as text, from 0 to ``most``.

    Raises ValueError, which names the parameter and what it may be.
    """
    if name not in parameters:
        raise ValueError(f'the parameter "{name}" is missing: a whole number from 0 to {most}')
    value = parameters[name]
    digits = value.strip() if isinstance(value, str) else value
    if isinstance(digits, str) and digits.isascii() and digits.isdigit() and len(digits) < 20:
        digits = int(digits)
    if type(digits) is not int or not 0 <= digits <= most:
        raise ValueError(f'"{name}" must be a whole number from 0 to {most}, not {value!r}')
    return digits


def compare(job, algorithms, number):
    """Writes one line per algorithm to the job's output.

    ``algorithms`` holds ``(name, function, most)``; a number over ``most`` is left out with a line
    in the log. Raises ArithmeticError when the results differ.
    """
    results = set()
    for name, algorithm, most in algorithms:
        if number > most:
            job.pulzar_add_log(f'{name}: left out, it is for numbers up to {most}')
            continue
        result = algorithm(number)
        results.add(result)
        job.pulzar_set_output(f'{name}: {result}')
    if len(results) > 1:
        raise ArithmeticError('the algorithms do not agree')
