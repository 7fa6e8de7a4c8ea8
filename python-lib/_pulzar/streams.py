"""``sys.stdout`` and ``sys.stderr`` of a script: what is written goes straight to the log of the run."""

import _io


class LogStream(_io._TextIOBase):
    """A text stream without a buffer of its own; the worker collects what arrives and counts it."""

    encoding = 'utf-8'
    errors = 'backslashreplace'
    newlines = None
    line_buffering = True
    write_through = True
    mode = 'w'

    def __init__(self, name, write, descriptor):
        self.name = name
        self._write = write
        self._descriptor = descriptor
        self.buffer = LogBytes(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        self._write(text)
        return len(text)

    def writelines(self, lines):
        self.write(''.join(lines))

    def flush(self):
        pass

    def close(self):
        pass

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return self._descriptor

    def reconfigure(self, **_):
        pass


class LogBytes(_io._BufferedIOBase):
    """The same stream for those who write bytes."""

    def __init__(self, text):
        self._text = text
        self.raw = self

    @property
    def name(self):
        return self._text.name

    def write(self, data):
        data = bytes(data)
        self._text.write(data.decode('utf-8', 'backslashreplace'))
        return len(data)

    def flush(self):
        pass

    def close(self):
        pass

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return self._text.fileno()
