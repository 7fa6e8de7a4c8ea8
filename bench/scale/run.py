#!/usr/bin/env python3
"""What one leader on PostgreSQL would carry: a model of a day, second by second, with costs that were measured.

    python3 bench/scale/run.py

Not a measurement: nobody here has a thousand machines. What each thing costs is read from bench/results; the rest is arithmetic. A day's runs
come with a peak in the afternoon, and a part of them at the first second of each minute, as schedules do. Three things serve them, one after
the other, each with a queue: the leader's processors, the one connection that writes jobs, and the workers of the nodes.
"""

import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import harness  # noqa: E402

DAY = 86_400
# Accepted, handed out, ended: each is one change that must be on the disk.
CHANGES_OF_A_RUN = 3
# Of an idle server without nodes, ms of a core each second (bench/scripts, 10 scripts).
IDLE_MS = 12
RUN_SECONDS = 2.0
PEAK = 3.0
ON_THE_MINUTE = 0.2
NODE_SLOTS = 8


def measured():
    """The costs, from raw results beside this."""
    cluster = json.loads((harness.RESULTS / 'cluster-jobs.json').read_text())['figures']
    accept = json.loads((harness.RESULTS / 'masters-accept.json').read_text())['figures']
    idle = cluster['idle_master_cpu_ms_per_second_with_4_nodes']
    return {
        'leader_ms_of_a_run': cluster['nodes_1']['median_master_cpu_ms_each'],
        'leader_ms_of_a_node_each_second': (idle - IDLE_MS) / 4,
        'changes_a_second': accept['postgresql']['clients_8']['median_per_second'],
    }


def arrivals(runs):
    """Runs in each second of the day: a wave whose highest point is PEAK times the mean, and minutes that begin with a heap."""
    waves = [max(0.0, math.sin(2 * math.pi * (second / DAY - 0.25))) ** 2 for second in range(DAY)]
    mean = sum(waves) / DAY
    height = (PEAK - 1) / (1 / mean - 1)
    for second in range(DAY):
        rate = runs / DAY * (1 - height + height * waves[second] / mean)
        yield rate * (1 - ON_THE_MINUTE) + (rate * ON_THE_MINUTE * 60 if second % 60 == 0 else 0)


def day(runs, nodes, cores, costs):
    """Seconds waited at most, and how busy each is at its busiest minute."""
    for_runs = cores * 1000 - IDLE_MS - nodes * costs['leader_ms_of_a_node_each_second']
    if for_runs <= 0:
        return {'breaks': 'the leader: its nodes alone take more than its processors'}
    capacity = {
        'leader': for_runs / costs['leader_ms_of_a_run'],
        'writer': costs['changes_a_second'] / CHANGES_OF_A_RUN,
        'workers': nodes * NODE_SLOTS / RUN_SECONDS,
    }
    queue = dict.fromkeys(capacity, 0.0)
    longest = dict.fromkeys(capacity, 0.0)
    minute = dict.fromkeys(capacity, 0.0)
    busiest = dict.fromkeys(capacity, 0.0)
    for second, coming in enumerate(arrivals(runs)):
        for name, most in capacity.items():
            served = min(queue[name] + coming, most)
            queue[name] += coming - served
            longest[name] = max(longest[name], queue[name] / most)
            minute[name] += served / most / 60
            coming = served
            if second % 60 == 59:
                busiest[name] = max(busiest[name], minute[name])
                minute[name] = 0.0
    left = sum(queue.values())
    return {
        'capacity_per_second': {name: round(most) for name, most in capacity.items()},
        'busiest_minute': {name: round(share, 3) for name, share in busiest.items()},
        'longest_wait_s': {name: round(wait, 1) for name, wait in longest.items()},
        'left_at_midnight': round(left),
        'breaks': max(longest, key=longest.get) if max(longest.values()) > 60 else '',
    }


def main():
    costs = measured()
    figures = {}
    for runs, nodes in ((1, 10), (10, 100), (30, 300), (100, 1000), (300, 1000)):
        for cores in (2, 8, 16):
            name = '{} M runs a day, {} nodes, {} cores'.format(runs, nodes, cores)
            figures[name] = day(runs * 1_000_000, nodes, cores, costs)
            print(name, json.dumps(figures[name]), flush=True)
    about = {
        'costs': {name: round(cost, 3) for name, cost in costs.items()},
        'assumed': {
            'changes_of_a_run': CHANGES_OF_A_RUN,
            'seconds_of_a_run': RUN_SECONDS,
            'slots_of_a_node': NODE_SLOTS,
            'peak_to_mean': PEAK,
            'on_the_first_second_of_a_minute': ON_THE_MINUTE,
        },
    }
    print(about)
    print(harness.save('scale', figures, **about))


if __name__ == '__main__':
    main()
