"""Traces that a run leaves, and a look whether the next run meets them. One pair of functions for each kind of state."""

import json
import os
import sys

COUNT = 0


def execute(arguments):
    """``["leave"]`` leaves every trace; ``["look"]`` tells for each whether all is clean."""
    if arguments == ['leave']:
        # Imports fail behind that one, so that it comes last.
        for function in sorted(_functions('leave_'), key=lambda function: function is leave_path_hook):
            function()
        return None
    return {function.__name__[len('look_') :]: bool(function()) for function in _functions('look_')}


def _functions(prefix):
    return [value for name, value in list(globals().items()) if name.startswith(prefix)]


def leave_module_global():
    global COUNT
    COUNT += 1


def look_module_global():
    return COUNT == 0


def leave_builtin_replaced():
    import builtins

    builtins.sorted = None


def look_builtin_replaced():
    return sorted([2, 1]) == [1, 2]


def leave_builtin_added():
    import builtins

    builtins.surprise = 1


def look_builtin_added():
    import builtins

    return not hasattr(builtins, 'surprise')


def leave_library_function_replaced():
    import time

    time.time = None


def look_library_function_replaced():
    import time

    return time.time() > 0


def leave_library_name_added():
    os.surprise = 1


def look_library_name_added():
    return not hasattr(os, 'surprise')


def leave_library_module_replaced():
    sys.modules['datetime'] = None


def look_library_module_replaced():
    import datetime

    return datetime is not None


def leave_module_injected():
    sys.modules['injected'] = sys


def look_module_injected():
    return 'injected' not in sys.modules


def leave_library_module_planted():
    sys.modules['csv'] = sys.modules['xml.dom.minidom'] = sys


def look_library_module_planted():
    import csv
    import xml.dom.minidom

    return csv.reader and xml.dom.minidom.parseString


def leave_method_replaced():
    from pulzarcore.core_jobs import CoreJobs

    CoreJobs.is_the_job_ok = lambda self: 'surprise'
    CoreJobs.surprise = 1
    del CoreJobs.pulzar_add_log


def look_method_replaced():
    from pulzarcore.core_jobs import CoreJobs

    return CoreJobs({}).is_the_job_ok() is True and not hasattr(CoreJobs, 'surprise')


def leave_class_attribute():
    json.JSONDecoder.surprise = 1
    json.JSONEncoder.item_separator = ';'


def look_class_attribute():
    return not hasattr(json.JSONDecoder, 'surprise') and json.JSONEncoder.item_separator == ', '


def leave_instance_attribute():
    json._default_encoder.item_separator = ';'


def look_instance_attribute():
    return json._default_encoder.item_separator == ', '


def leave_function_code():
    import textwrap

    textwrap.dedent.__code__ = (lambda text: 'surprise').__code__
    textwrap.shorten.__defaults__ = ('surprise',)


def look_function_code():
    import textwrap

    return textwrap.dedent('  a') == 'a' and textwrap.shorten.__defaults__ is None


def leave_static_method():
    from pulzarutils.utils import Utils

    Utils.get_random_string = staticmethod(lambda n: 'surprise')


def look_static_method():
    from pulzarutils.utils import Utils

    return len(Utils.get_random_string(3)) == 3


def leave_container():
    import html.entities
    import string

    html.entities.html5['surprise;'] = '!'
    string.Template.idpattern = 'x'
    import mimetypes

    mimetypes.add_type('surprise/x', '.surprise')


def look_container():
    import html.entities
    import mimetypes
    import string

    return (
        'surprise;' not in html.entities.html5
        and string.Template.idpattern != 'x'
        and mimetypes.guess_type('a.surprise') == (None, None)
    )


def leave_copyreg():
    import copyreg

    copyreg.pickle(complex, lambda number: (str, ('surprise',)))


def look_copyreg():
    import copyreg
    import pickle

    return pickle.loads(pickle.dumps(1j)) == 1j and copyreg.dispatch_table[complex] is copyreg.pickle_complex


def leave_pattern_cache():
    import re

    for pattern in list(getattr(re, '_cache', {})):
        re._cache[pattern] = re.compile('surprise')
    if hasattr(re, '_cache'):
        re._cache[str, 'abc', 0] = re.compile('surprise')


def look_pattern_cache():
    import re

    return re.match('abc', 'abc') is not None


def leave_interpreter_limits():
    sys.setrecursionlimit(5000)
    sys.set_int_max_str_digits(0)
    sys.setswitchinterval(0.5)


def look_interpreter_limits():
    return sys.getrecursionlimit() != 5000 and sys.get_int_max_str_digits() == 4300 and sys.getswitchinterval() != 0.5


def leave_collector_callback():
    import gc

    gc.callbacks.append(print)


def look_collector_callback():
    import gc

    return print not in gc.callbacks


def leave_virtual_subclass():
    import collections.abc
    import numbers

    numbers.Integral.register(str)
    collections.abc.Sized.register(int)


def look_virtual_subclass():
    import collections.abc
    import numbers

    return not isinstance('', numbers.Integral) and not isinstance(1, collections.abc.Sized)


def leave_parameters():
    import pulzarcore

    pulzarcore.parameters['surprise'] = 1


def look_parameters():
    import pulzarcore

    return pulzarcore.parameters == {}


def leave_trace_function():
    sys.settrace(lambda *_: None)
    sys.setprofile(None)


def look_trace_function():
    return sys.gettrace() is None


def leave_search_path():
    sys.path.insert(0, '/nowhere')


def look_search_path():
    return '/nowhere' not in sys.path


def leave_search_path_replaced():
    sys.path = ['/nowhere']


def look_search_path_replaced():
    return len(sys.path) > 1


def leave_finder():
    sys.meta_path.insert(0, object())


def look_finder():
    return type(sys.meta_path[0]) is not object


def leave_path_hook():
    sys.path_hooks.append(object())


def look_path_hook():
    return type(sys.path_hooks[-1]) is not object


def leave_arguments():
    sys.argv.append('more')


def look_arguments():
    return sys.argv == [__file__]


def leave_environment():
    os.environ['SURPRISE'] = '1'
    os.environ['HOME'] = '/nowhere'


def look_environment():
    return 'SURPRISE' not in os.environ and os.environ['HOME'] == os.getcwd()


def leave_directory():
    os.mkdir('inner')
    os.chdir('inner')


def look_directory():
    return os.path.basename(os.getcwd()) != 'inner' and os.listdir('.') == []


def leave_random():
    import random

    random.seed(1)


def look_random():
    import random

    first = random.random()
    random.seed(1)
    return first != random.random()


def leave_warnings():
    import warnings

    warnings.simplefilter('error')


def look_warnings():
    import warnings

    return warnings.filters[:1] != [('error', None, Warning, None, 0)]


def leave_logging():
    import logging

    logging.basicConfig(level=logging.DEBUG)
    logging.getLogger('own').addHandler(logging.StreamHandler())
    logging.disable(logging.CRITICAL)


def look_logging():
    import logging

    own = logging.getLogger('own')
    return logging.root.level == logging.WARNING and not logging.root.handlers and not own.handlers and own.isEnabledFor(40)


def leave_decimal():
    import decimal

    decimal.getcontext().prec = 3


def look_decimal():
    import decimal

    return decimal.getcontext().prec == 28


def leave_context_variable():
    import contextvars

    os.context_variable = contextvars.ContextVar('surprise')
    os.context_variable.set('surprise')


def look_context_variable():
    import contextvars

    return all(value != 'surprise' for value in contextvars.copy_context().values())


def leave_signal_handler():
    import signal

    signal.signal(signal.SIGTERM, lambda *_: None)


def look_signal_handler():
    import signal

    return signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def leave_socket_timeout():
    import socket

    socket.setdefaulttimeout(1)


def look_socket_timeout():
    import socket

    return socket.getdefaulttimeout() is None


def leave_standard_output():
    import io

    sys.stdout = io.StringIO()


def look_standard_output():
    return type(sys.stdout).__name__ == 'LogStream'


def leave_exception_hook():
    sys.excepthook = None


def look_exception_hook():
    return sys.excepthook is not None


def leave_collector():
    import gc

    gc.disable()


def look_collector():
    import gc

    return gc.isenabled()


def leave_main_module():
    import __main__

    __main__.surprise = 1


def look_main_module():
    import __main__

    return not hasattr(__main__, 'surprise')


def leave_temporary_directory():
    import tempfile

    tempfile.gettempdir()


def look_temporary_directory():
    import tempfile

    return tempfile.gettempdir() == os.getcwd()


def leave_submodule():
    import logging.handlers  # noqa: F401


def look_submodule():
    import logging.handlers

    return logging.handlers.SysLogHandler is not None


def leave_locale():
    import locale

    locale.setlocale(locale.LC_ALL, 'de_DE')


def look_locale():
    import locale

    return not locale.setlocale(locale.LC_ALL).startswith('de_DE')


def leave_library_number():
    import errno

    errno.EPERM = 99


def look_library_number():
    import errno

    return errno.EPERM == 1


def leave_library_name_deleted():
    import string

    del string.digits


def look_library_name_deleted():
    import string

    return getattr(string, 'digits', None) == '0123456789'


def leave_namespace_with_a_number():
    import colorsys

    vars(colorsys)[1] = 'surprise'
    colorsys.ONE_THIRD = 3.0


def look_namespace_with_a_number():
    import colorsys

    return 1 not in vars(colorsys) and colorsys.ONE_THIRD < 1


def leave_class_attributes():
    import textwrap

    textwrap.TextWrapper.surprise = 1
    textwrap.TextWrapper.unicode_whitespace_trans = None
    del textwrap.TextWrapper.fill


def look_class_attributes():
    import textwrap

    return (
        not hasattr(textwrap.TextWrapper, 'surprise')
        and isinstance(textwrap.TextWrapper.unicode_whitespace_trans, dict)
        and textwrap.fill('a b', 1) == 'a\nb'
    )


def leave_code_by_a_name_put_together():
    import heapq

    setattr(heapq.merge, ''.join(['__co', 'de__']), (lambda *iterables, key=None, reverse=False: None).__code__)


def look_code_by_a_name_put_together():
    import heapq

    return list(heapq.merge([1], [2])) == [1, 2]


def leave_default_of_a_function():
    import textwrap

    textwrap.fill.__defaults__ = (1,)


def look_default_of_a_function():
    import textwrap

    return textwrap.fill('a b') == 'a b'
