"""What it costs that requests are asked who sends them: a call with a token beside one without, and signing in.

    python3 bench/access/run.py [--rounds 9] [--seconds 3]

Two servers run at the same time, one with pulzar.auth=off and one with on; one client with one kept connection asks them in
turns, so that whatever else the machine does hits both. The figure is the difference of the medians.
"""

import argparse
import contextlib
import http.client
import json
import pathlib
import re
import statistics
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

ROUTE = '/admin/status'
PASSWORD = 'correct horse battery staple'
SIGN_INS = 50
WARM_UP_SECONDS = 60


class Asking(harness.Product):
    """A server that asks who sends a request; it prints its administrator's token."""

    def request(self, method, path, body=None, timeout=60):
        """As the harness looks for an answer: any, since it has no token yet."""
        with contextlib.suppress(OSError):
            text = pathlib.Path(self.log).read_text()
            token = re.search(r'pzr_[A-Za-z0-9_-]+', text)
            if token:
                return call(self.connection(), method, path, token.group(0), body)
        raise OSError('not ready')

    @property
    def token(self):
        return re.search(r'pzr_[A-Za-z0-9_-]+', pathlib.Path(self.log).read_text()).group(0)


def call(connection, method, path, token=None, body=None):
    """One request on a kept connection: (status, JSON)."""
    headers = {'Content-Type': 'application/json'}
    if token:
        headers['Authorization'] = 'Bearer ' + token
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b'null')


def once(connection, token):
    started = time.perf_counter()
    status, _ = call(connection, 'GET', ROUTE, token)
    taken = time.perf_counter() - started
    if status != 200:
        raise SystemExit('{} answers {}'.format(ROUTE, status))
    return taken


def calls(opened, asking, rounds, seconds):
    """Seconds that each call took, without a token and with one, in turns of a call each."""
    one, other = opened.connection(), asking.connection()
    token = asking.token
    medians = []
    for number in range(rounds + 1):
        without, with_token = [], []
        end = time.perf_counter() + (seconds if number else WARM_UP_SECONDS)
        while time.perf_counter() < end:
            without.append(once(one, None))
            with_token.append(once(other, token))
        if number:
            medians.append((statistics.median(without), statistics.median(with_token), len(without)))
    return medians


def sign_ins(asking):
    """Seconds that each sign-in by name and password took."""
    user = json.dumps({'password': PASSWORD, 'grants': ['viewer']})
    status, answer = call(asking.connection(), 'PUT', '/access/users/jane', asking.token, user)
    if status != 200:
        raise SystemExit('the user was not made: {}'.format(answer))
    body = json.dumps({'user': 'jane', 'password': PASSWORD})
    taken = []
    for _ in range(SIGN_INS + 5):
        connection = http.client.HTTPConnection('127.0.0.1', asking.port, timeout=30)
        started = time.perf_counter()
        status, _ = call(connection, 'POST', '/access/sign_in', None, body)
        taken.append(time.perf_counter() - started)
        connection.close()
        if status != 200:
            raise SystemExit('sign-in answers {}'.format(status))
    return taken[5:]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--rounds', type=int, default=9)
    arguments.add_argument('--seconds', type=float, default=3)
    chosen = arguments.parse_args()
    with (
        harness.Product(settings=['pulzar.auth=off']) as opened,
        Asking(settings=['pulzar.auth=on']) as asking,
    ):
        medians = calls(opened, asking, chosen.rounds, chosen.seconds)
        figures = {
            'call_without_us': round(statistics.median(row[0] for row in medians) * 1e6, 1),
            'call_with_token_us': round(statistics.median(row[1] for row in medians) * 1e6, 1),
            'token_costs_us': round(statistics.median(row[1] - row[0] for row in medians) * 1e6, 1),
            'ratio': round(statistics.median(row[1] / row[0] for row in medians), 3),
            'rounds': [
                {'without_us': round(a * 1e6, 1), 'with_token_us': round(b * 1e6, 1), 'calls': n} for a, b, n in medians
            ],
            'sign_in': harness.summary(sign_ins(asking)),
        }
    path = harness.save('access', figures, command='python3 bench/access/run.py', route=ROUTE)
    print(path.read_text())


if __name__ == '__main__':
    main()
