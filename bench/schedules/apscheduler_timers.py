"""APScheduler (Debian: python3-apscheduler): drift COUNT SECONDS [DATABASE], or memory COUNT. One late time in ms a line."""

import datetime
import os
import random
import sys
import threading
import time

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

LATE = []
DONE = threading.Event()
COUNT = int(sys.argv[2])


def note(due):
    LATE.append(time.time() - due)
    if len(LATE) == COUNT:
        DONE.set()


def resident():
    with open('/proc/self/statm') as statm:
        return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE')


def scheduler(database=None):
    stores = {}
    if database:
        from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore

        stores['default'] = SQLAlchemyJobStore(url='sqlite:///' + database)
    return BackgroundScheduler(
        jobstores=stores,
        executors={'default': ThreadPoolExecutor(16)},
        job_defaults={'misfire_grace_time': None},
        timezone=datetime.timezone.utc,
    )


def add(timers, start, seconds):
    chance = random.Random(1)
    for _ in range(COUNT):
        due = start + chance.random() * seconds
        when = datetime.datetime.fromtimestamp(due, datetime.timezone.utc)
        timers.add_job(note, 'date', run_date=when, args=[due])


def drift(seconds, database=None):
    timers = scheduler(database)
    # Added before it starts: each one that is added to a running scheduler wakes it.
    ahead = 60 if database else 15
    add(timers, time.time() + ahead, seconds)
    timers.start()
    DONE.wait(600)
    timers.shutdown(wait=False)
    for late in LATE:
        print(round(late * 1e3, 1))


def memory():
    timers = scheduler()
    timers.start(paused=True)
    before = resident()
    add(timers, time.time() + 30 * 86400, 1)
    print('{{"rss_before": {}, "rss_after": {}}}'.format(before, resident()))
    os._exit(0)


if __name__ == '__main__':
    if sys.argv[1] == 'drift':
        drift(int(sys.argv[3]), *sys.argv[4:])
    else:
        memory()
