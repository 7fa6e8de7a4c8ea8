"""The client's half of the comparison with RQ; runs with Debian's python3 and prints JSON."""

import json
import sys
import time

import redis
import rq


def add(parameters):
    return parameters['number'] + 1


def main():
    import rq_client

    connection = redis.Redis(port=int(sys.argv[1]))
    queue = rq.Queue(connection=connection)

    def one():
        started = time.perf_counter()
        job = queue.enqueue(rq_client.add, {'number': 41})
        while job.get_status() != 'finished':
            time.sleep(0.0005)
        return time.perf_counter() - started

    for _ in range(20):
        one()
    rounds = []
    for _ in range(5):
        taken = sorted(one() for _ in range(40))
        rounds.append({'p50_ms': round(taken[20] * 1e3, 2), 'p99_ms': round(taken[39] * 1e3, 2), 'count': 40})

    rates = []
    for _ in range(5):
        jobs = [queue.enqueue(rq_client.add, {'number': 41}) for _ in range(400)]
        started = time.perf_counter()
        while connection.llen(queue.key) or jobs[-1].get_status() != 'finished':
            time.sleep(0.005)
        rates.append(round(len(jobs) / (time.perf_counter() - started), 1))
    print(json.dumps({'workers': 2, 'one_client': rounds, 'jobs_per_second': rates}))


if __name__ == '__main__':
    main()
