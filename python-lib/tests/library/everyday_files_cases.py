# ruff: noqa: SIM115, S301
"""Files, folders and archives, below a directory of the run's own."""

import contextlib
import dbm.dumb
import errno
import filecmp
import fileinput
import glob
import gzip
import io
import linecache
import mimetypes
import os
import pathlib
import shelve
import shutil
import stat
import tarfile
import tempfile
import zipfile
from os.path import commonpath

from runner import kind as attempt


@contextlib.contextmanager
def _folder():
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield pathlib.Path(folder)
        finally:
            os.chdir(before)


def _short(value):
    """Without the folder, which has another name each time."""
    return str(value).replace(os.getcwd(), '.') if isinstance(value, (str, pathlib.Path)) else value


def case_reading_and_writing():
    with _folder():
        with open('a.txt', 'w', encoding='utf-8') as file:
            yield (
                file.write('é\n2\n'),
                file.tell(),
                file.name,
                file.mode,
                file.encoding,
                file.writelines(['x\n', 'y']),
                file.closed,
                attempt(file.read),
            )
        with open('a.txt', encoding='utf-8') as file:
            yield (
                file.readline(),
                file.read(2),
                file.readlines(),
                file.read(),
                file.seek(0),
                next(file),
                file.newlines,
                attempt(file.write, 'x'),
                file.seekable(),
            )
        with open('a.txt', 'rb+') as file:
            yield (
                file.read(2),
                file.seek(-1, 2),
                file.read(),
                file.seek(0),
                file.write(b'ZZ'),
                file.truncate(4),
                file.seek(0),
                file.read(),
                attempt(file.write, 'x'),
                file.readable(),
            )
        for mode in ('x', 'q', 'rw', 'r+b+', 'U', ''):
            yield attempt(open, 'a.txt', mode)
        yield (
            attempt(open, 'no.txt'),
            attempt(open, '.'),
            attempt(open, 'a.txt/x'),
            attempt(open, 'a.txt', 'rb', encoding='utf-8'),
            attempt(open, 'a.txt', encoding='nope'),
            attempt(open, b'\x00'),
            attempt(open, 5.5),
            attempt(open, 'a.txt', 'w', 0),
            attempt(open, 'a\0b'),
        )
        file = open('a.txt')
        file.close()
        yield attempt(file.read), attempt(file.__enter__), repr(file)[:40], attempt(lambda: open(99, 'rb'))
        with open('b.txt', 'w', newline='\r\n') as file:
            file.write('a\nb\n')
        yield (
            pathlib.Path('b.txt').read_bytes(),
            open('b.txt').read(),
            open('b.txt', newline='').read(),
            list(open('b.txt', newline='\n')),
            os.path.getsize('b.txt'),
        )
        with open('u16.txt', 'w', encoding='utf-16') as file:
            file.write('a')
            file.write('é')
            file.flush()
            file.write('b')
        yield (
            len(pathlib.Path('u16.txt').read_bytes()),
            pathlib.Path('u16.txt').read_text('utf-16'),
            attempt(pathlib.Path('u16.txt').read_text, 'utf-8'),
        )
        with open('u16.txt', 'a', encoding='utf-16') as file:
            file.write('c')
        yield (
            pathlib.Path('u16.txt').read_text('utf-16'),
            open('u16.txt', encoding='ascii', errors='replace').read()[:2] != '',
            print('x', 'y', sep='-', end='!', file=open('p.txt', 'w')),
            pathlib.Path('p.txt').read_text(),
        )


def case_streams():
    text = io.StringIO('a\nb\r\nc')
    yield (
        text.readline(),
        text.tell(),
        text.read(),
        text.seek(0, 2),
        text.write('d'),
        text.getvalue(),
        attempt(text.seek, -1),
        attempt(text.write, b'x'),
        io.StringIO('a\r\nb', newline=None).read(),
        io.StringIO(newline='\r\n').write('a\n'),
    )
    data = io.BytesIO(b'abc')
    yield (
        data.read(1),
        data.getbuffer()[1],
        data.seek(5),
        data.write(b'z'),
        data.getvalue(),
        data.truncate(2),
        data.getvalue(),
        attempt(data.write, 'x'),
        data.readinto(bytearray(2)),
        data.closed,
    )
    buffered = io.BufferedReader(io.BytesIO(b'line1\nline2'))
    yield (
        buffered.peek(3)[:3],
        buffered.readline(),
        buffered.read1(),
        buffered.tell(),
        list(io.TextIOWrapper(io.BytesIO(b'a\xe9\n'), encoding='latin-1')),
        attempt(io.TextIOWrapper(io.BytesIO(b'\xff'), encoding='utf-8').read),
        io.BufferedRWPair(io.BytesIO(b'r'), io.BytesIO()).read(),
    )
    for encoding in ('utf-16', 'utf-32', 'shift_jis', 'gb18030', 'iso2022_jp', 'euc_kr'):
        long = '漢字と' if encoding != 'euc_kr' else '한국어'
        data = (long * 5000).encode(encoding)
        yield (
            ''.join(io.TextIOWrapper(io.BytesIO(data), encoding=encoding)) == long * 5000,
            sum(map(len, io.TextIOWrapper(io.BytesIO(b'x' + data), encoding='latin-1'))),
        )
    raw = io.BytesIO()
    wrapper = io.TextIOWrapper(raw, encoding='utf-16', write_through=True)
    wrapper.write('a')
    wrapper.write('b')
    yield (
        raw.getvalue(),
        wrapper.detach() is raw,
        attempt(wrapper.write, 'x'),
        io.DEFAULT_BUFFER_SIZE,
        io.IncrementalNewlineDecoder(None, True).decode('a\r\nb'),
        io.text_encoding(None),
        attempt(io.StringIO().fileno),
        attempt(io.BytesIO().fileno),
    )


def case_folders():
    with _folder() as here:
        os.makedirs('x/y/z')
        yield (
            attempt(os.mkdir, 'x'),
            attempt(os.makedirs, 'x/y'),
            os.makedirs('x/y', exist_ok=True),
            attempt(os.rmdir, 'x'),
            attempt(os.mkdir, 'no/x'),
            attempt(os.listdir, 'no'),
            attempt(os.remove, 'x'),
            attempt(os.remove, 'no'),
            attempt(os.rename, 'no', 'b'),
            attempt(os.removedirs, 'no'),
        )
        for name in ('b.py', 'a.txt', 'x/c.py', 'x/y/.hidden', 'x/[q].txt'):
            pathlib.Path(name).write_text(name)
        yield (
            sorted(os.listdir()),
            sorted(entry.name for entry in os.scandir('x') if entry.is_dir()),
            sorted((_short(r), sorted(d), sorted(f)) for r, d, f in os.walk('.')),
            [r for r, _, _ in os.walk('x', topdown=False)],
        )
        yield (
            sorted(glob.glob('**/*.py', recursive=True)),
            sorted(glob.glob('x/*')),
            glob.glob(glob.escape('x/[q].txt')),
            sorted(map(str, pathlib.Path('x').rglob('*.*'))),
            sorted(glob.glob('*', root_dir='x')),
            sorted(glob.glob('x/**', recursive=True, include_hidden=True)),
            sorted(map(str, pathlib.Path().glob('*/'))),
        )
        yield (
            shutil.copy('a.txt', 'x/copy.txt'),
            shutil.copyfile('a.txt', 'd.txt'),
            sorted(os.listdir(shutil.copytree('x', 'w'))),
            shutil.move('b.py', 'w'),
            attempt(shutil.copy, 'no', 'x'),
            attempt(shutil.copyfile, 'a.txt', 'a.txt'),
            shutil.rmtree('w'),
            attempt(shutil.rmtree, 'w'),
            shutil.rmtree('w', ignore_errors=True),
            attempt(shutil.copytree, 'x', 'x/y'),
            shutil.ignore_patterns('*.py')('', ['a.py', 'b']),
            shutil.disk_usage('.').total > 0,
        )
        os.chmod('a.txt', 0o640)
        os.utime('a.txt', (1000.25, 2000.5))
        found = os.stat('a.txt')
        yield (
            stat.filemode(found.st_mode),
            found.st_mtime,
            found.st_mtime_ns,
            found.st_atime,
            found.st_size,
            stat.S_ISREG(found.st_mode),
            os.access('a.txt', os.W_OK),
            oct(stat.S_IMODE(os.stat('x').st_mode)),
            os.path.getmtime('a.txt'),
            len(found),
            found[stat.ST_SIZE],
        )
        os.mkdir('m', 0o700)
        os.truncate('d.txt', 10)
        yield (
            oct(os.stat('m').st_mode),
            oct(os.stat(tempfile.mkdtemp(dir='.')).st_mode),
            pathlib.Path('d.txt').read_bytes(),
            os.path.realpath('x/../a.txt') == os.path.realpath('a.txt'),
            os.path.samefile('a.txt', './a.txt'),
            os.path.lexists('nolink'),
            os.path.islink('a.txt'),
        )
        shutil.copy('a.txt', 'hard')
        yield (
            os.replace('hard', 'd.txt'),
            pathlib.Path('d.txt').read_text(),
            filecmp.cmp('a.txt', 'd.txt'),
            filecmp.dircmp('x', 'x/y').left_only,
            attempt(os.chdir, 'no'),
            attempt(os.chdir, 'a.txt'),
            attempt(os.truncate, 'a.txt', -1),
        )
        with os.fdopen(os.open('fd.txt', os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), 'w+') as file:
            yield (
                os.write(file.fileno(), b'hello'),
                os.lseek(file.fileno(), 1, 0),
                os.read(file.fileno(), 2),
                os.fstat(file.fileno()).st_size,
                os.ftruncate(file.fileno(), 3),
                file.read(),
                attempt(os.open, 'fd.txt', os.O_CREAT | os.O_EXCL),
                oct(os.stat('fd.txt').st_mode),
            )
        yield (
            attempt(os.close, 999),
            attempt(os.read, 999, 1),
            attempt(os.fstat, 999),
            errno.errorcode[2],
            os.strerror(13),
            [issubclass(kind, OSError) for kind in (FileNotFoundError, shutil.Error, IsADirectoryError)],
            OSError(2, 'm', 'f'),
            str(OSError(17, 'm', 'f', None, 'g')),
            type(OSError(errno.EEXIST, 'x')),
            here.name != '',
        )


def case_paths():
    path = pathlib.PurePosixPath('/a/b/c.tar.gz')
    yield (
        path.name,
        path.stem,
        path.suffix,
        path.suffixes,
        path.parent,
        list(path.parents),
        path.parts,
        path.with_suffix('.zip'),
        path.with_name('d'),
        path.with_stem('q'),
        path.relative_to('/a'),
        attempt(path.relative_to, '/x'),
        path.match('*.gz'),
        path / '..' / 'x',
        path.joinpath('/abs'),
        path.is_relative_to('/a'),
        path.as_uri(),
        path.root,
        path.anchor,
        path < pathlib.PurePosixPath('/b'),
        path.relative_to('/a/x', walk_up=True),
    )
    yield (
        pathlib.PurePath('a//b/./c/'),
        pathlib.PurePath(''),
        pathlib.PureWindowsPath('c:\\x\\y.txt').parts,
        pathlib.PurePath('x').with_segments('y'),
        attempt(path.with_suffix, 'zip'),
        attempt(path.with_name, ''),
        repr(path),
        attempt(lambda: path / 5),
        pathlib.PurePath('.bashrc').suffix,
        hash(path) == hash(pathlib.PurePosixPath('/a/b/c.tar.gz')),
        pathlib.PurePosixPath('/a').is_absolute(),
    )
    yield (
        os.path.join('a', '/b', 'c'),
        os.path.split('/a/b'),
        os.path.splitext('a.tar.gz'),
        os.path.splitext('.x'),
        os.path.normpath('a/../b//c/.'),
        os.path.relpath('/a/b', '/a/c'),
        os.path.commonpath(['/a/b', '/a/c']),
        commonpath(['abc', 'abd']),
        os.path.basename('a/'),
        os.path.dirname('a'),
        os.path.expandvars('$NO_SUCH/x'),
        attempt(os.path.commonpath, ['/a', 'b']),
        os.fspath(path),
        os.path.isabs('/x'),
        os.path.splitroot('/a/b'),
        attempt(os.path.join, 'a', 5),
    )
    with _folder() as here:
        file = here / 'f.txt'
        yield (
            file.write_text('one\ntwo'),
            file.read_text(),
            file.write_bytes(b'\x01'),
            file.exists(),
            file.is_file(),
            here.is_dir(),
            file.stat().st_size,
            file.touch(),
            attempt(file.touch, exist_ok=False),
            file.rename(here / 'g.txt').name,
            attempt(file.unlink),
            file.unlink(missing_ok=True),
            (here / 'd').mkdir(),
            attempt((here / 'd').mkdir),
            (here / 'd').mkdir(exist_ok=True),
            sorted(p.name for p in here.iterdir()),
            (here / 'd').rmdir(),
            file.open('w').write('x'),
            _short(here.resolve()) == '.',
            (here / 'x/y').mkdir(parents=True),
            file.samefile(here / 'f.txt'),
            [(_short(r), d, sorted(f)) for r, d, f in here.walk()],
        )
        yield (
            pathlib.Path('~').expanduser() != pathlib.Path('~'),
            pathlib.Path('f.txt').absolute() == here.absolute() / 'f.txt',
            (here / 'f.txt').chmod(0o600),
            oct((here / 'f.txt').stat().st_mode),
        )


def case_temporary():
    with tempfile.NamedTemporaryFile('w+', suffix='.txt', prefix='pre', delete=False) as file:
        file.write('x')
        name = file.name
    yield (
        os.path.exists(name),
        os.path.basename(name)[:3],
        name[-4:],
        os.path.getsize(name),
        oct(os.stat(name).st_mode),
        os.remove(name),
    )
    with tempfile.TemporaryFile() as file, tempfile.SpooledTemporaryFile(max_size=5) as spool:
        yield (
            file.write(b'abc'),
            file.seek(0),
            file.read(),
            spool.write(b'123456789'),
            spool.seek(0),
            spool.read(3),
            file.name != '',
        )
    number, name = tempfile.mkstemp(text=True)
    yield (
        os.close(number),
        os.path.isfile(name),
        os.unlink(name),
        tempfile.gettempprefix(),
        os.path.isdir(tempfile.gettempdir()),
    )
    with tempfile.TemporaryDirectory(prefix='q') as folder:
        inside = pathlib.Path(folder, 'a/b')
        inside.mkdir(parents=True)
        (inside / 'c').write_text('x')
    yield os.path.exists(folder)


def case_archives():
    with _folder():
        pathlib.Path('a.txt').write_text('hello ' * 100)
        with zipfile.ZipFile('z.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.write('a.txt')
            archive.writestr('d/é.txt', 'inside')
            archive.writestr(zipfile.ZipInfo('old.txt', (1990, 1, 2, 3, 4, 6)), b'x', zipfile.ZIP_BZIP2)
            archive.mkdir('empty')
        with zipfile.ZipFile('z.zip') as archive:
            info = archive.getinfo('a.txt')
            yield (
                archive.namelist(),
                info.file_size,
                info.compress_size < 100,
                archive.read('d/é.txt'),
                archive.testzip(),
                archive.getinfo('old.txt').date_time,
                archive.getinfo('empty/').is_dir(),
                info.CRC,
                attempt(archive.read, 'no'),
                _short(archive.extract('d/é.txt')),
                sorted(os.listdir('d')),
                archive.open('a.txt').read(5),
                zipfile.Path(archive, 'd/').joinpath('é.txt').read_text(),
                attempt(archive.writestr, 'x', 'y'),
                archive.comment,
            )
        yield (
            zipfile.is_zipfile('z.zip'),
            attempt(zipfile.ZipFile, 'a.txt'),
            attempt(zipfile.ZipFile, 'no.zip'),
            attempt(zipfile.ZipFile, 'z.zip', 'q'),
            repr(info)[:30],
        )
        for mode in ('w', 'w:gz', 'w:bz2', 'w:xz'):
            with tarfile.open('t.tar', mode) as archive:
                archive.add('a.txt', arcname='in/b.txt')
                added = tarfile.TarInfo('mem')
                added.size, added.mtime, added.mode = 3, 5, 0o640
                archive.addfile(added, io.BytesIO(b'abc'))
            with tarfile.open('t.tar') as archive:
                yield (
                    archive.getnames(),
                    archive.extractfile('mem').read(),
                    oct(archive.getmember('mem').mode),
                    archive.extractall('out', filter='data'),
                    pathlib.Path('out/in/b.txt').read_text()[:5],
                    attempt(archive.getmember, 'zz'),
                    os.stat('out/mem').st_mtime,
                )
        with gzip.open('g.gz', 'wt', encoding='utf-8') as file:
            file.write('é\nb\n')
        yield (
            list(gzip.open('g.gz', 'rt', encoding='utf-8')),
            gzip.decompress(gzip.compress(b'x', mtime=0)),
            attempt(gzip.decompress, b'abc'),
            attempt(gzip.open, 'no.gz'),
            attempt(gzip.decompress, gzip.compress(b'hello')[:-4]),
            tarfile.is_tarfile('t.tar'),
            attempt(tarfile.open, 'a.txt'),
            attempt(tarfile.open, 'a.txt', 'r:gz'),
        )
        yield (
            os.path.basename(shutil.make_archive('made', 'zip', 'd')),
            shutil.unpack_archive('made.zip', 'made'),
            sorted(os.listdir('made')),
            [name for name, _ in shutil.get_archive_formats()],
            os.path.basename(shutil.make_archive('made', 'gztar', 'd')),
            attempt(shutil.unpack_archive, 'a.txt'),
        )


def case_stores():
    with _folder():
        with shelve.open('shelf') as shelf:
            shelf['a'] = {'x': [1, 2]}
            shelf['b'] = 5
        with shelve.open('shelf', writeback=True) as shelf:
            shelf['a']['x'].append(3)
            yield sorted(shelf), 'b' in shelf, attempt(lambda: shelf['zz'])
        with shelve.open('shelf', 'r') as shelf:
            yield shelf['a'], len(shelf)
        with dbm.dumb.open('dumb', 'c') as store:
            store[b'k'] = b'v'
            yield store[b'k'], store.get(b'no'), store.keys()
        pathlib.Path('lines.txt').write_text('one\ntwo\n')
        with fileinput.input(['lines.txt']) as lines:
            yield [(lines.lineno(), line) for line in lines]
        with fileinput.input('lines.txt', inplace=True) as lines:
            for line in lines:
                print(line.upper(), end='')
        yield pathlib.Path('lines.txt').read_text(), linecache.getline('lines.txt', 2), linecache.getline('no', 1)
    yield (
        mimetypes.guess_type('a.tar.gz'),
        mimetypes.guess_type('x.html'),
        mimetypes.guess_extension('image/png'),
        mimetypes.guess_type('x.unknown'),
        mimetypes.guess_type('a.json'),
        mimetypes.guess_type('a.py'),
    )
