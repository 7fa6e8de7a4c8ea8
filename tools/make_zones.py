#!/usr/bin/env python3
"""Makes python-lib/tzdata's data of the time zone database.

    python3 tools/make_zones.py [/usr/share/zoneinfo/tzdata.zi]

Needs `zic`, which comes with the C library of most Linux distributions; tzdata.zi comes with their tzdata package.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

TARGET = pathlib.Path(__file__).resolve().parent.parent / 'python-lib' / 'tzdata'


def main(source='/usr/share/zoneinfo/tzdata.zi'):
    version = pathlib.Path(source).read_text().split('\n', 1)[0].rpartition(' ')[2]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['zic', '-b', 'slim', '-d', folder, source], check=True)
        paths = sorted(path for path in pathlib.Path(folder).rglob('*') if path.is_file())
        zones = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    index, data, places = {}, bytearray(), {}
    for name, content in zones.items():
        if content not in places:
            places[content] = len(data)
            data += content
        index[name] = (places[content], len(content))
    head = json.dumps({'version': version, 'zones': index}, separators=(',', ':')).encode() + b'\n'
    (TARGET / 'zones').write_text(''.join(name + '\n' for name in zones))
    (TARGET / 'zones.bin').write_bytes(head + bytes(data))
    print(f'{len(zones)} zones of {version}, {len(head) + len(data)} bytes')


if __name__ == '__main__':
    main(*sys.argv[1:])
