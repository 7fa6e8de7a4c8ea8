#!/usr/bin/env python3
"""Has CommandDaemon run what was typed; COMMAND_DAEMON is its port, COMMAND_DIRECTORY where it works."""

import os
import socket
import struct
import sys


def texts(all_of_them):
    encoded = [text.encode() for text in all_of_them]
    return struct.pack('>i', len(encoded)) + b''.join(struct.pack('>i', len(text)) + text for text in encoded)


def main():
    if os.getcwd() != os.environ['COMMAND_DIRECTORY']:
        sys.exit(f'commands are run in {os.environ["COMMAND_DIRECTORY"]} only')
    variables = [text for pair in os.environ.items() for text in pair]
    with socket.create_connection(('127.0.0.1', int(os.environ['COMMAND_DAEMON']))) as daemon:
        daemon.sendall(texts(sys.argv[1:]) + texts(variables))
        daemon.sendall(sys.stdin.buffer.read())
        daemon.shutdown(socket.SHUT_WR)
        answer = b''.join(iter(lambda: daemon.recv(1 << 16), b''))
    status, size = struct.unpack('>bi', answer[:5])
    sys.stdout.buffer.write(answer[5 : 5 + size])
    sys.stdout.flush()
    sys.stderr.buffer.write(answer[5 + size :])
    sys.exit(status)


main()
