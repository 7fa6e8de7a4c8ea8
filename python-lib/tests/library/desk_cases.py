"""What scripts find on a desk: dates as text, a plain environment, servers that know their ports."""

import datetime
import http.server
import os
import socketserver
import time

MOMENTS = ((2024, 3, 5, 7, 8, 9, 1, 65, 0), (2021, 1, 3, 0, 0, 0, 6, 3, 0), (2020, 12, 31, 23, 59, 59, 3, 366, 0))
DIRECTIVES = [
    'Y',
    'm',
    'd',
    'H',
    'M',
    'S',
    'j',
    'U',
    'W',
    'w',
    'y',
    'a',
    'A',
    'b',
    'B',
    'p',
    'I',
    'F',
    'T',
    'D',
    'R',
    'V',
    'G',
    'g',
    'u',
    'h',
    'e',
    'n',
    't',
    'C',
    'k',
    'l',
    'P',
    'r',
    'q',
    'E',
    'O',
    '-d',
    '-m',
    '-I',
    '_d',
    '0e',
    '^a',
    '-j',
    '-y',
    '#p',
]


def case_moments_as_text():
    for moment in MOMENTS:
        for directive in DIRECTIVES:
            form = f'<%{directive}|>'
            yield directive, time.strftime(form, moment), datetime.datetime(*moment[:6]).strftime(form)
    yield time.strftime('%F %T%%', time.gmtime(0)), datetime.date(2024, 2, 29).strftime('%G-W%V-%u')
    yield f'{datetime.datetime(2024, 3, 5, 7, 8, 9, 1000):%F %T.%f}', datetime.time(1, 2, 3).strftime('%T %k')
    zone = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))
    yield datetime.datetime(2024, 3, 5, tzinfo=zone).strftime('%FT%T%z %Z'), time.strftime('', MOMENTS[0])
    for wrong in ((2024, 13, 1, 0, 0, 0, 0, 1, 0), (1, 2), 'text'):
        try:
            time.strftime('%F', wrong)
        except (ValueError, TypeError) as error:  # noqa: PERF203
            yield type(error).__name__
    yield (
        len(time.strftime('%z')),
        time.strftime('%s', time.localtime(86400)),
        datetime.datetime(1999, 12, 31).strftime('%C'),
    )


def case_every_week():
    day, weeks = datetime.date(2003, 12, 25), []
    while day < datetime.date(2012, 1, 9):
        weeks.append(day.strftime('%G-%V-%u') == '{:04d}-{:02d}-{}'.format(*day.isocalendar()))
        day += datetime.timedelta(days=1)
    yield len(weeks), all(weeks)


def case_environment():
    yield (
        [bool(os.environ.get(name)) for name in ('LANG', 'HOME')],
        os.environ['LANG'].upper().endswith('UTF-8'),
    )


def case_ports_of_servers():
    with http.server.HTTPServer(('127.0.0.1', 0), http.server.BaseHTTPRequestHandler) as server:
        yield server.server_port > 0, server.server_port == server.server_address[1] == server.socket.getsockname()[1]
    with socketserver.TCPServer(('127.0.0.1', 0), socketserver.BaseRequestHandler) as server:
        yield server.server_address[1] > 0
