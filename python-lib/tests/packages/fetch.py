"""Fetches the packages of ``tried.json`` as wheels into a folder, from which ``pulzar packages add --from`` installs.

    python3 fetch.py graalpy DIR    those of pure Python
    python3 fetch.py cpython DIR    those with native code, for the Python that runs this

What PyPI has no wheel of pure Python for comes from Debian (``apt-get download``), without its native half. Ends with
an error that names the package that could not be had.
"""

import email
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
# Newer than what runs this may be, and no wheel for one kind of machine.
PURE = ['--platform=any', '--python-version=3.12', '--implementation=py', '--abi=none']
BUILT = re.compile(r'\.(so|pyc|egg-info|dist-info)$')


def main(runtime, folder):
    tried = json.loads((HERE / 'tried.json').read_text(encoding='utf-8'))
    wanted = {name: entry for name, entry in tried.items() if entry.get('runtime', 'graalpy') == runtime}
    folder = pathlib.Path(folder).absolute()
    from_debian({entry['debian']: entry.get('with', ()) for entry in wanted.values() if 'debian' in entry}, folder)
    names = [
        entry.get('wheel') or (f'{name}=={entry["version"]}' if 'version' in entry else name)
        for name, entry in wanted.items()
        if 'debian' not in entry
    ]
    pip = [sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--retries=1']
    where = [f'--find-links={folder}', f'--dest={folder}']
    run([*pip, '--only-binary=:all:', *(PURE if runtime == 'graalpy' else ()), *where, *names], 'pip')


def from_debian(needed, folder):
    """Makes a wheel of what is Python in each package, and in those that it needs."""
    if not needed:
        return
    names = sorted({*needed, *(each for more in needed.values() for each in more)})
    with tempfile.TemporaryDirectory() as place:
        run(['apt-get', 'download', '-o', 'APT::Sandbox::User=', *names], 'apt-get download', place)
        found = {}
        for archive in pathlib.Path(place).glob('*.deb'):
            files = pathlib.Path(place, archive.stem)
            run(['dpkg-deb', '-x', archive.name, files.name], f'dpkg-deb -x {archive.name}', place)
            root = files / 'usr/lib/python3/dist-packages'
            found[archive.name.partition('_')[0]] = root, *name_and_version(root, archive)
        for package, (root, name, version) in found.items():
            needs = [found[each][1] for each in needed.get(package, ())]
            write_wheel(root, name, version, needs, folder)


def name_and_version(root, archive):
    """As the package tells it, or its archive: parts of a source package have nothing of their own."""
    for about in root.iterdir():
        if about.suffix in ('.egg-info', '.dist-info'):
            metadata = next(path for path in (about / 'METADATA', about / 'PKG-INFO', about) if path.is_file())
            fields = email.message_from_string(metadata.read_text(encoding='utf-8'))
            return fields['Name'].replace('-', '_'), fields['Version']
    name, version, _ = archive.stem.split('_')
    return name.removeprefix('python3-'), version.rpartition('-')[0]


def write_wheel(root, name, version, needs, folder):
    about = f'{name}-{version}.dist-info'
    with zipfile.ZipFile(folder / f'{name}-{version}-py3-none-any.whl', 'w', zipfile.ZIP_DEFLATED) as wheel:
        names = []
        for path in sorted(root.rglob('*')):
            inside = path.relative_to(root).as_posix()
            if path.is_file() and not any(BUILT.search(part) for part in inside.split('/')):
                wheel.write(path, inside)
                names.append(inside)
        fields = [('Metadata-Version', '2.1'), ('Name', name.replace('_', '-')), ('Version', version)]
        fields += [('Requires-Dist', each.replace('_', '-')) for each in needs]
        wheel.writestr(f'{about}/METADATA', ''.join(f'{field}: {value}\n' for field, value in fields))
        wheel.writestr(
            f'{about}/WHEEL', 'Wheel-Version: 1.0\nGenerator: fetch\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
        )
        record = ''.join(
            f'{each},,\n' for each in [*names, *(f'{about}/{end}' for end in ('METADATA', 'WHEEL', 'RECORD'))]
        )
        wheel.writestr(f'{about}/RECORD', record)


def run(command, what, place=None):
    try:
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        sys.exit(f'{what}: {missing.filename} is not there, and a package comes by it')
    if done.returncode:
        sys.exit(f'{what} did not get what the test needs: {done.stderr.strip()[-2000:]}')


if __name__ == '__main__':
    main(*sys.argv[1:])
