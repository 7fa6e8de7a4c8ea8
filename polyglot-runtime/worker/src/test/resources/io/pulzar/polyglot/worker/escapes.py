"""Ways out of the sandbox, one function each. The docstring names the exception that must come, or what must be returned.

``SECRET`` is a file and ``OUTSIDE`` a directory of the host that no script may reach.
"""

import os
import sys

SECRET = ''
OUTSIDE = ''


def execute(arguments):
    global SECRET, OUTSIDE
    SECRET, OUTSIDE = arguments
    results = {}
    for name, attempt in list(globals().items()):
        if callable(attempt) and name != 'execute' and not name.startswith('_'):
            try:
                outcome = repr(attempt())
            except BaseException as error:
                outcome = f'{type(error).__name__}: {error}'
            results[name] = [attempt.__doc__, outcome]
            print(name, outcome)
    return results


# Reading


def open_outside():
    """PermissionError"""
    return open(SECRET).read()


def open_bytes_path():
    """PermissionError"""
    return open(SECRET.encode()).read()


def os_open():
    """PermissionError"""
    return os.open(SECRET, os.O_RDONLY)


def io_file():
    """PermissionError"""
    import io

    return io.FileIO(SECRET).read()


def io_open_code():
    """PermissionError"""
    import io

    return io.open_code(SECRET).read()


def codecs_open():
    """PermissionError"""
    import codecs

    return codecs.open(SECRET).read()


def pathlib_read():
    """PermissionError"""
    import pathlib

    return pathlib.Path(SECRET).read_text()


def parent_directories():
    """PermissionError"""
    return open('../' * 40 + SECRET[1:]).read()


def through_own_script():
    """PermissionError"""
    return open(os.path.dirname(__file__) + '/' + '../' * 40 + SECRET[1:]).read()


def through_a_missing_directory():
    """FileNotFoundError|PermissionError"""
    return open('missing/' + '../' * 40 + SECRET[1:]).read()


def percent_encoded():
    """FileNotFoundError"""
    return open('%2f..%2f..%2fetc%2fpasswd').read()


def as_url():
    """FileNotFoundError"""
    return open('file://' + SECRET).read()


def url_library():
    """URLError"""
    import urllib.request

    return urllib.request.urlopen('file://' + SECRET).read()


def null_byte():
    """ValueError"""
    return open(SECRET + '\0').read()


def list_the_root():
    """PermissionError"""
    return os.listdir('/')


def list_outside():
    """PermissionError"""
    return os.listdir(OUTSIDE)


def list_other_runs():
    """PermissionError"""
    return os.listdir(os.path.dirname(os.getcwd()))


def scan_outside():
    """PermissionError"""
    return list(os.scandir(OUTSIDE))


def walk_finds_nothing():
    """= []"""
    return list(os.walk('/'))


def glob_finds_nothing():
    """= []"""
    import glob

    return glob.glob(OUTSIDE + '/*') + glob.glob('/*')


def exists_tells_nothing():
    """= [False, False]"""
    return [os.path.exists(SECRET), os.path.exists(OUTSIDE + '/none')]


def access_tells_nothing():
    """= False"""
    return os.access(SECRET, os.R_OK)


def stat_outside():
    """PermissionError"""
    return os.stat(SECRET)


def stat_tells_missing_from_denied():
    """PermissionError"""
    return os.stat(OUTSIDE + '/none')


def file_store_outside():
    """PermissionError"""
    return os.statvfs('/')


def copy_in():
    """PermissionError"""
    import shutil

    return shutil.copy(SECRET, 'copy')


def copy_tree_in():
    """PermissionError"""
    import shutil

    return shutil.copytree(OUTSIDE, 'tree')


def change_directory_to_root():
    """PermissionError"""
    os.chdir('/')


def change_directory_up():
    """PermissionError"""
    os.chdir('..')


def map_a_file():
    """PermissionError"""
    import mmap

    return mmap.mmap(os.open(SECRET, os.O_RDONLY), 0)


def read_lines():
    """= ''"""
    import linecache

    return linecache.getline(SECRET, 1)


def processes_environment():
    """PermissionError"""
    return open('/proc/self/environ').read()


def processes_memory():
    """PermissionError"""
    return open('/proc/self/maps').read()


def processes_program():
    """PermissionError"""
    return os.readlink('/proc/self/exe')


def device_memory():
    """PermissionError"""
    return open('/dev/mem', 'rb').read(1)


def device_zero():
    """PermissionError"""
    return open('/dev/zero', 'rb').read(1)


def device_standard_input():
    """PermissionError"""
    return open('/dev/stdin').read(1)


def device_descriptor():
    """PermissionError"""
    return open('/dev/fd/0').read(1)


def home_of_another():
    """PermissionError"""
    return os.listdir(os.path.expanduser('~root'))


def standard_input_is_empty():
    """EOFError"""
    return input()


def descriptors_of_the_process():
    """= []"""
    found = []
    for descriptor in range(3, 64):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        found.append(descriptor)
    return found


# Writing


def write_outside():
    """PermissionError"""
    open(OUTSIDE + '/written', 'w').write('x')


def write_own_script():
    """PermissionError"""
    open(__file__, 'a').write('# changed')


def write_beside_own_script():
    """PermissionError"""
    open(os.path.join(os.path.dirname(__file__), 'more.py'), 'w').write('')


def make_a_cache_directory():
    """PermissionError"""
    os.mkdir(os.path.join(os.path.dirname(__file__), '__pycache__'))


def compile_a_cache_file():
    """PermissionError"""
    import py_compile

    py_compile.compile(__file__, doraise=True)


def caches_elsewhere():
    """= False"""
    sys.dont_write_bytecode = False
    sys.pycache_prefix = OUTSIDE + '/cache'
    import sched  # noqa: F401

    return os.path.exists(OUTSIDE + '/cache')


def remove_own_script():
    """PermissionError"""
    os.unlink(__file__)


def truncate_own_script():
    """PermissionError"""
    os.truncate(__file__, 0)


def change_mode_of_own_script():
    """PermissionError"""
    os.chmod(__file__, 0o777)


def change_time_of_own_script():
    """PermissionError"""
    os.utime(__file__, (1, 1))


def write_standard_library():
    """PermissionError"""
    import json

    open(json.__file__, 'a').write('#')


def write_bridge():
    """PermissionError"""
    import _pulzar.bridge

    open(_pulzar.bridge.__file__, 'a').write('#')


def move_in():
    """PermissionError"""
    os.rename(SECRET, 'moved')


def move_out():
    """PermissionError"""
    open('own', 'w').close()
    os.rename('own', OUTSIDE + '/moved')


def replace_own_script():
    """PermissionError"""
    open('own', 'w').close()
    os.replace('own', __file__)


def symbolic_link():
    """PermissionError"""
    os.symlink(SECRET, 'link')


def symbolic_link_by_pathlib():
    """PermissionError"""
    import pathlib

    pathlib.Path('link').symlink_to(SECRET)


def hard_link():
    """PermissionError"""
    os.link(SECRET, 'link')


def hard_link_to_own_script():
    """PermissionError"""
    os.link(__file__, 'link')


def temporary_directory_elsewhere():
    """PermissionError"""
    import tempfile

    tempfile.mkdtemp(dir=OUTSIDE)


def temporary_files_are_in_scratch():
    """= True"""
    import tempfile

    return tempfile.gettempdir() == os.getcwd()


def remove_the_scratch_directory():
    """PermissionError"""
    os.rmdir(os.getcwd())


def log_file_outside():
    """PermissionError"""
    import logging

    logging.FileHandler(OUTSIDE + '/log')


def shelf_outside():
    """PermissionError"""
    import shelve

    shelve.open(OUTSIDE + '/shelf')


def named_pipe():
    """PermissionError"""
    os.mkfifo(OUTSIDE + '/pipe')


def unix_socket():
    """AttributeError"""
    import socket

    return socket.AF_UNIX


def unlink_the_null_device():
    """PermissionError"""
    os.unlink(os.devnull)


def change_mode_of_the_null_device():
    """PermissionError"""
    os.chmod(os.devnull, 0o600)


def change_time_of_the_null_device():
    """PermissionError"""
    os.utime(os.devnull, (1, 1))


def rename_the_null_device():
    """PermissionError"""
    os.rename(os.devnull, 'null')


def replace_the_null_device():
    """PermissionError"""
    open('mine', 'w').close()
    os.replace('mine', os.devnull)


def link_the_null_device():
    """PermissionError"""
    os.link(os.devnull, 'null')


def copy_over_the_null_device():
    """= 0"""
    import shutil

    open('mine', 'w').write('text')
    shutil.copyfile('mine', os.devnull)
    return os.stat(os.devnull).st_size


def the_null_device_takes_and_gives_nothing():
    """= (4, b'', 0)"""
    with open(os.devnull, 'w+b') as null:
        count = null.write(b'text')
        null.seek(0)
        return count, null.read(), os.path.getsize(os.devnull)


def truncate_the_null_device():
    """= 0"""
    os.truncate(os.devnull, 0)
    return os.path.getsize(os.devnull)


def make_a_directory_of_the_null_device():
    """FileExistsError|PermissionError"""
    os.mkdir(os.devnull)


def remove_the_null_device_as_a_directory():
    """PermissionError"""
    os.rmdir(os.devnull)


def nowhere_is_writable():
    """= 1"""
    return open('/dev/null', 'w').write('x')


# Importing


def import_from_outside():
    """ModuleNotFoundError"""
    sys.path.insert(0, OUTSIDE)
    try:
        import outsider  # noqa: F401
    finally:
        del sys.path[0]


def load_from_outside():
    """PermissionError"""
    import importlib.util

    specification = importlib.util.spec_from_file_location('outsider', OUTSIDE + '/outsider.py')
    specification.loader.exec_module(importlib.util.module_from_spec(specification))


def run_from_outside():
    """PermissionError"""
    import runpy

    runpy.run_path(OUTSIDE + '/outsider.py')


# Processes and signals


def fork():
    """PermissionError"""
    os.fork()


def replace_the_process():
    """PermissionError"""
    os.execv('/bin/true', ['true'])


def spawn():
    """PermissionError"""
    os.spawnv(0, '/bin/true', ['true'])


def posix_spawn():
    """PermissionError"""
    os.posix_spawn('/bin/true', ['true'], {})


def shell():
    """PermissionError"""
    os.system('true')


def pipe_from_a_shell():
    """PermissionError"""
    os.popen('true').read()


def subprocess_run():
    """PermissionError"""
    import subprocess

    subprocess.run(['true'])


def subprocess_shell():
    """PermissionError"""
    import subprocess

    subprocess.check_output('true', shell=True)


def subprocess_of_asyncio():
    """PermissionError"""
    import asyncio

    async def start():
        await asyncio.create_subprocess_exec('true')

    asyncio.run(start())


def kill_the_parent():
    """PermissionError"""
    os.kill(os.getppid(), 9)


def kill_the_worker():
    """PermissionError"""
    os.kill(os.getpid(), 9)


def kill_the_group():
    """PermissionError"""
    os.killpg(0, 9)


def abort():
    """PermissionError"""
    os.abort()


def raise_terminate():
    """PermissionError"""
    import signal

    signal.raise_signal(signal.SIGTERM)


def raise_kill():
    """PermissionError"""
    import signal

    signal.raise_signal(signal.SIGKILL)


def alarm():
    """NotImplementedError"""
    import signal

    signal.alarm(1)


def change_user():
    """PermissionError"""
    os.setuid(1)


def change_root():
    """PermissionError"""
    os.chroot('/')


# Java, other languages, native code


def java_class():
    """KeyError"""
    import java

    java.type('java.lang.System')


def java_package():
    """ModuleNotFoundError"""
    import java.lang.System  # noqa: F401


def java_class_path():
    """ForeignException"""
    import java

    java.add_to_classpath(SECRET)


def evaluate_another_language():
    """RuntimeError"""
    import polyglot

    polyglot.eval(language='python', string='1')


def evaluate_a_file():
    """RuntimeError"""
    import polyglot

    polyglot.eval(language='python', path=SECRET)


def polyglot_bindings():
    """NotImplementedError"""
    import polyglot

    polyglot.import_value('anything')


def native_library():
    """ImportError"""
    import ctypes

    ctypes.CDLL('libc.so.6')


def runtime_reads_a_file():
    """PermissionError"""
    import __graalpython__

    __graalpython__.read_file(SECRET)


def crash_on_purpose():
    """AttributeError"""
    import faulthandler

    faulthandler._sigsegv()


def bridge_object_has_three_methods():
    """= ['call', 'log', 'output', 'service']"""
    from _pulzar import bridge

    return sorted(name for name in dir(bridge._host) if not name.startswith('__'))


def bridge_objects_class():
    """AttributeError"""
    from _pulzar import bridge

    bridge._host.getClass()


def bridge_objects_fields():
    """AttributeError"""
    from _pulzar import bridge

    return bridge._host.session


def bridge_objects_type():
    """TypeError"""
    from _pulzar import bridge

    type(bridge._host)()


def frames_above_hold_no_host_object():
    """= []"""
    found = []
    frame = sys._getframe()
    while frame is not None:
        found.extend(name for name, value in frame.f_locals.items() if 'oreign' in type(value).__name__)
        frame = frame.f_back
    return found


# The environment


def environment_is_that_of_a_plain_machine():
    """= ['HOME', 'LANG', 'LOGNAME', 'TMPDIR', 'TZ', 'USER']"""
    return sorted(os.environ)


def no_path():
    """= None"""
    return os.getenv('PATH')
