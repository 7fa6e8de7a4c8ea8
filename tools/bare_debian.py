"""A minimal Debian to try the product in, without a container engine: by debootstrap and chroot. Needs root."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 120
PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'


@contextlib.contextmanager
def debian(root: Path, made: str | None = None) -> Iterator[None]:
    """A root at that path, gone afterwards; ``made`` is one to copy, which spares debootstrap."""
    if made:
        subprocess.run(['cp', '-a', made, root], check=True)
    else:
        subprocess.run(['debootstrap', '--variant=minbase', 'bookworm', root], check=True, stdout=subprocess.DEVNULL)
    # A mount of its own, as a container's root is: the server asks how full its disk is.
    subprocess.run(['mount', '--bind', root, root], check=True)
    subprocess.run(['mount', '-t', 'proc', 'proc', root / 'proc'], check=True)
    subprocess.run(['mount', '--bind', '/dev', root / 'dev'], check=True)
    shutil.copy('/etc/resolv.conf', root / 'etc/resolv.conf')
    try:
        yield
    finally:
        for mounted in (root / 'proc', root / 'dev', root):
            subprocess.run(['umount', mounted], check=True)
        shutil.rmtree(root)


def line(
    root: Path, command: list[str], environment: dict[str, str], user: str = 'root', directory: str = '/'
) -> list[str]:
    """What runs a command in there, with this environment and no other."""
    variables = [f'{name}={value}' for name, value in ({'PATH': PATH} | environment).items()]
    inside = ['env', '-i', *variables, 'sh', '-c', 'cd "$0" && exec "$@"', directory, *command]
    return ['chroot', f'--userspec={user}', str(root), *inside]


def wait_until(well: Callable[[], bool], server: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while not well():
        if server.poll() is not None or time.monotonic() > end:
            sys.exit('the server is not healthy')
        time.sleep(1)


@contextlib.contextmanager
def stopping(servers: list[subprocess.Popen]) -> Iterator[None]:
    """Stops them, the last one first, and fails where one does not end well."""
    try:
        yield
        for server in reversed(servers):
            server.terminate()
            status = server.wait(PATIENCE)
            if status != 0:
                sys.exit(f'a server ended with status {status}')
    finally:
        for server in servers:
            server.kill()
            server.wait()


def token(log: Path) -> str:
    found = re.search(r'pzr_[\w-]+', log.read_text())
    if found is None:
        sys.exit('the master printed no token')
    return found[0]


def is_open(master: str) -> bool:
    try:
        ask('GET', f'{master}/admin/all_jobs', '')
        return True
    except urllib.error.HTTPError as refusal:
        if refusal.code != 401:
            raise
        return False


def use(master: str, token: str) -> None:
    """Runs a job and stores a value."""
    job = ask('POST', f'{master}/launch_job/example/factorial?wait=60s', token, b'{"number": 5}')
    if '120' not in json.loads(job)['data']['output']:
        sys.exit(f'the job did not give 120: {job!r}')
    location = json.loads(ask('GET', f'{master}/get_node/trial', token))['data']['node']
    ask('PUT', location, '', b'of the value')
    if ask('GET', f'{master}/get_key/trial', token) != b'of the value':
        sys.exit('the value is not what was stored')


def ask(method: str, url: str, token: str, body: bytes | None = None) -> bytes:
    headers = {'Authorization': f'Bearer {token}'} if token else {}
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - a server of this trial
    with urllib.request.urlopen(request, timeout=90) as answer:  # noqa: S310
        return answer.read()
