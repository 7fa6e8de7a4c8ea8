"""Passes records through the process of a module: a class with a method ``process(record)``."""

import copy


def process_all(module, file, records, describe):
    """What the process makes of each record: a list of ``{"record": ...}`` and ``{"error": {...}}``.

    ``describe``
        tells type, message and traceback of an exception
    """
    found = _class_of(module, file)
    if len(records) > 1 and hasattr(found, 'process_many'):
        together = copy.deepcopy(records)
        try:
            result = _bound(found, 'process_many')(together)
            together = together if result is None else list(result)
            if len(together) == len(records):
                return [{'record': record} for record in together]
        except Exception:  # noqa: S110 which record it was shows when each goes alone
            pass
    return [_process(found, record, describe) for record in records]


def _process(found, record, describe):
    try:
        result = _bound(found, 'process')(record)
        result = record if result is None else result
        if not isinstance(result, dict):
            raise TypeError(f'{found.__name__}.process returned {type(result).__name__} instead of a record')
        return {'record': result}
    except Exception as error:
        kind, message, traceback = describe(error)
        return {'error': {'type': kind, 'message': message, 'traceback': traceback}}


def _bound(found, name):
    """The method, called on the class where it belongs to it, else on a new instance."""
    own = next(vars(kind)[name] for kind in found.__mro__ if name in vars(kind))
    return getattr(found if isinstance(own, (classmethod, staticmethod)) else found(), name)


def _class_of(module, file):
    """The one class of the module itself that has a ``process``."""
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, 'process')
    ]
    if len(found) != 1:
        names = ', '.join(sorted(kind.__name__ for kind in found)) or 'none'
        raise AttributeError(f'{file} needs one class with a method process(record), it has {names}')
    return found[0]
