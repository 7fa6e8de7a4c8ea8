"""Runs the pip that comes with Python, for ``pulzar packages add``."""

import contextlib
import html.parser
import io
import os
import re
import runpy
import sys
import urllib.parse
import urllib.request

from _pulzar import bridge

FOLDER = os.path.join(os.path.dirname(__file__), 'wheels')
PURE = '-none-any.whl'
NOTHING_FITS = re.compile(r'No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)')


def execute(arguments):
    """Has pip install packages into ``site``, from where the platform takes them; why that failed, or None."""
    _find_pip()
    index = None if arguments['folder'] else (arguments['index'] or _usual_index())
    code, said = _pip(arguments['names'], index)
    if code:
        return _explained(said, index)
    bridge.call('packages.take')
    return None


def _find_pip():
    import ensurepip

    bundled = os.path.join(os.path.dirname(ensurepip.__file__), '_bundled')
    sys.path.insert(0, os.path.join(bundled, sorted(os.listdir(bundled))[-1]))


def _usual_index():
    """The one that this pip uses when it is told none."""
    from pip._internal.models.index import PyPI

    return PyPI.simple_url


def _pip(names, index):
    os.environ['PIP_GRAALPY_PATCHES_URL'] = 'disabled'
    os.environ['PIP_CONFIG_FILE'] = os.devnull
    sys.argv = ['pip', 'install', '--target', 'site', '--no-compile', '--only-binary', ':all:', '--no-cache-dir']
    sys.argv += ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--root-user-action', 'ignore']
    sys.argv += ['--index-url', index] if index else ['--no-index', '--find-links', FOLDER]
    sys.argv += ['--', *names]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            runpy.run_module('pip', run_name='__main__', alter_sys=True)
        except SystemExit as end:
            return end.code, said.getvalue()
    return 0, said.getvalue()


def _explained(said, index):
    missing = NOTHING_FITS.search(said)
    if missing is None:
        errors = [line[6:].strip() for line in said.splitlines() if line.startswith('ERROR:')]
        return '; '.join(dict.fromkeys(errors)) or said.strip()[-2000:]
    name = missing.group(1)
    where = f'the index {index}' if index else 'the folder'
    try:
        files = _files(name, index)
    except OSError as error:
        return f'{where} does not answer: {error}'
    if not files:
        return f'{where} has no package {name}'
    if any(file.endswith(PURE) for file in files):
        return f'no version of {name} in {where} fits what was asked; there are {", ".join(files[-5:])}'
    wheels = [file for file in files if file.endswith('.whl')]
    if wheels:
        return (
            f'{name} needs native code ({wheels[-1]}), which scripts cannot load: take an older version or another '
            f'package that is pure Python (a file that ends in {PURE})'
        )
    return (
        f'{name} comes as source only ({files[-1]}), and nothing is built here: make a wheel of it with '
        f'"pip wheel {name}" where there is a Python 3.12, and if its name ends in {PURE}, add it with --from FOLDER'
    )


def _files(name, index):
    """The files of a package, in the order of the index or of their names."""
    normal = _normalized(name)
    if index is None:
        names = sorted(os.listdir(FOLDER))
    else:
        try:
            with urllib.request.urlopen(f'{index.rstrip("/")}/{normal}/', timeout=30) as page:
                links = _Links()
                links.feed(page.read().decode(errors='replace'))
        except urllib.error.HTTPError:
            return []
        names = links.files
    return [file for file in names if _normalized(re.split(r'-\d', file)[0]) == normal]


def _normalized(name):
    return re.sub(r'[-_.]+', '-', name).lower()


class _Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.files = []

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get('href')
        if tag == 'a' and address:
            self.files.append(urllib.parse.unquote(urllib.parse.urlsplit(address).path.rpartition('/')[2]))
