# ruff: noqa: S301
"""Days and times: datetime, calendar, zones, formats."""

import calendar
import datetime as dt
import email.utils
import pickle
import time
import zoneinfo

from runner import kind as attempt

_MOMENT = dt.datetime(2024, 2, 29, 23, 5, 7, 42)
_BERLIN = zoneinfo.ZoneInfo('Europe/Berlin')


def case_arithmetic():
    yield (
        _MOMENT + dt.timedelta(days=366, hours=5),
        _MOMENT - dt.datetime(2023, 1, 1),
        dt.timedelta(days=-1, seconds=5),
        dt.timedelta(hours=-25),
    )
    yield (
        str(dt.timedelta(days=2, microseconds=5)),
        dt.timedelta(weeks=1) / 3,
        dt.timedelta(hours=7) // dt.timedelta(hours=2),
        divmod(dt.timedelta(hours=7), dt.timedelta(hours=2)),
    )
    yield (
        dt.timedelta(1.5, 0.1234567).total_seconds(),
        abs(dt.timedelta(-1)),
        -dt.timedelta(1, 2, 3),
        dt.timedelta.max,
        dt.timedelta(0.000001),
        bool(dt.timedelta()),
    )
    yield (
        attempt(_MOMENT.replace, year=2023),
        _MOMENT.replace(microsecond=0),
        attempt(dt.datetime, 2023, 2, 29),
        attempt(dt.date, 0, 1, 1),
        attempt(dt.time, 25),
    )
    yield (
        attempt(lambda: dt.datetime.max + dt.timedelta(1)),
        attempt(lambda: dt.date(2024, 1, 1) > _MOMENT),
        attempt(lambda: _MOMENT - _MOMENT.astimezone(dt.timezone.utc)),
        _MOMENT == 5,
    )
    yield (
        tuple(dt.date(2024, 1, 1).isocalendar()),
        dt.date(2021, 1, 3).isocalendar().week,
        dt.date.fromisocalendar(2020, 53, 7),
        dt.date(2024, 3, 1).toordinal(),
        dt.date.fromordinal(738000),
    )
    yield (
        _MOMENT.timetuple(),
        _MOMENT.date(),
        _MOMENT.time(),
        dt.datetime.combine(dt.date(2020, 1, 1), dt.time(1, 2)),
        _MOMENT.weekday(),
        _MOMENT.isoweekday(),
    )
    yield (
        pickle.loads(pickle.dumps(_MOMENT)) == _MOMENT,
        pickle.loads(pickle.dumps(dt.timezone(dt.timedelta(hours=2), 'X'))),
        hash(dt.date(2024, 1, 1)) == hash(dt.date(2024, 1, 1)),
    )


def case_texts():
    yield (
        _MOMENT.isoformat(),
        _MOMENT.isoformat(' ', 'milliseconds'),
        str(_MOMENT.replace(microsecond=0)),
        repr(_MOMENT),
        _MOMENT.ctime(),
        f'{_MOMENT:%Y/%m/%d}',
    )
    yield (
        _MOMENT.strftime('%a %A %b %B %d %H %I %j %m %M %p %S %U %w %W %y %Y %Z %z %% %f %G-W%V-%u'),
        _MOMENT.strftime('%c | %x | %X'),
        _MOMENT.strftime('é %Y 年'),
    )
    yield (
        _MOMENT.strftime('%F %T %D %R %h %e %k %l %n%t %C %g %s')[:60].split(' ')[:6],
        dt.date(999, 1, 1).strftime('%Y-%m'),
        dt.time(1, 2).strftime('%H %Y'),
    )
    yield (
        _MOMENT.strftime('%-d %-m %_H %^a'),
        dt.date(2024, 1, 5).strftime(''),
        attempt(dt.date(2024, 1, 5).strftime, '%'),
        f'{dt.date(2024, 1, 5)}',
    )
    for text in (
        '2024-02-29',
        '20240229',
        '2024-W09-4',
        '2024-02-29T23:05:07.000042',
        '2024-02-29 23:05',
        '2024-02-29T23:05:07Z',
        '2024-02-29T23:05:07+05:30',
        '20240229T230507',
        '2024-02-29T23:05:07,5',
        '2024-02-30',
        'x',
        '2024-02-29T24:00',
        '2024-2-9',
    ):
        yield text, attempt(dt.datetime.fromisoformat, text)
    yield (
        attempt(dt.date.fromisoformat, '2024-W01'),
        attempt(dt.time.fromisoformat, '12:30:45.123+01:00'),
        attempt(dt.time.fromisoformat, 'T1230'),
        attempt(dt.date.fromisoformat, 5),
    )
    for text, form in (
        ('29 Feb 2024', '%d %b %Y'),
        ('2/3/24 4:05 PM', '%m/%d/%y %I:%M %p'),
        ('2024-060', '%Y-%j'),
        ('2024 W10 1', '%G W%V %u'),
        ('12:00:00.5', '%H:%M:%S.%f'),
        ('+0530', '%z'),
        ('Z', '%z'),
        ('UTC', '%Z'),
        ('2024 10 1', '%Y %W %w'),
        ('thursday', '%A'),
        ('x', '%d'),
        ('1 extra', '%d'),
        ('2024-02-30', '%Y-%m-%d'),
        ('a', '%Q'),
        ('%', '%%'),
        ('', '%Y'),
        ('Jan', '%B'),
    ):
        yield text, attempt(dt.datetime.strptime, text, form)


def case_zones():
    utc = dt.datetime(2024, 3, 31, 0, 59, 59, tzinfo=dt.timezone.utc)
    for seconds in (0, 1, 3600):
        here = (utc + dt.timedelta(seconds=seconds)).astimezone(_BERLIN)
        yield str(here), here.tzname(), here.utcoffset(), here.dst(), here.timestamp(), here.fold
    again = dt.datetime(2024, 10, 27, 2, 30, tzinfo=_BERLIN)
    yield (
        again.utcoffset(),
        again.replace(fold=1).utcoffset(),
        again.replace(fold=1) == again,
        again.replace(fold=1).timestamp() - again.timestamp(),
    )
    yield (
        dt.timezone(dt.timedelta(hours=5, minutes=30)),
        dt.timezone.utc,
        str(dt.timezone(dt.timedelta(0))),
        attempt(dt.timezone, dt.timedelta(hours=24)),
        dt.timezone(dt.timedelta(seconds=-1)),
    )
    yield (
        repr(_BERLIN),
        _BERLIN.key,
        zoneinfo.ZoneInfo('Europe/Berlin') is _BERLIN,
        attempt(zoneinfo.ZoneInfo, '../x'),
        attempt(zoneinfo.ZoneInfo, 'europe/nowhere'),
        pickle.loads(pickle.dumps(_BERLIN)) is _BERLIN,
    )
    yield (
        dt.datetime.fromtimestamp(0, dt.timezone.utc),
        dt.datetime.fromtimestamp(-1.5, _BERLIN),
        dt.datetime.fromtimestamp(1e9, zoneinfo.ZoneInfo('Asia/Kolkata')),
        attempt(dt.datetime.fromtimestamp, 1e20),
    )
    yield (
        dt.datetime(1900, 1, 1, tzinfo=_BERLIN).utcoffset(),
        dt.datetime(2100, 7, 1, tzinfo=_BERLIN).utcoffset(),
        dt.time(1, tzinfo=dt.timezone.utc).isoformat(),
        dt.UTC,
    )


def case_calendars():
    yield (
        calendar.month(2024, 2),
        calendar.TextCalendar(6).formatmonth(2023, 10),
        calendar.monthrange(2024, 2),
        calendar.isleap(1900),
        calendar.leapdays(2000, 2025),
    )
    yield (
        calendar.monthcalendar(2024, 2),
        list(calendar.Calendar().itermonthdates(2024, 2))[:3],
        calendar.day_name[0],
        list(calendar.month_abbr),
        calendar.weekday(2024, 2, 29),
    )
    yield (
        calendar.HTMLCalendar().formatmonth(2024, 2)[:200],
        calendar.timegm((2024, 2, 29, 0, 0, 0)),
        attempt(calendar.monthrange, 2024, 13),
        calendar.calendar(2024)[:120],
        calendar.MONDAY,
    )


def case_clocks():
    moment = time.gmtime(1709247907)
    yield (
        moment,
        time.strftime('%Y-%m-%dT%H:%M:%SZ', moment),
        time.asctime(moment),
        time.strptime('30 Nov 00', '%d %b %y'),
        calendar.timegm(moment),
        moment.tm_zone,
    )
    yield (
        attempt(time.strptime, 'x', '%Y'),
        attempt(time.gmtime, 1e30),
        attempt(time.strftime, '%Y', (1,)),
        attempt(time.sleep, -1),
        time.gmtime(0)[:6],
        tuple(moment) == moment,
    )
    yield (
        time.monotonic() <= time.monotonic(),
        time.perf_counter_ns() > 0,
        type(time.time_ns()),
        time.get_clock_info('monotonic').monotonic,
        time.process_time() >= 0,
    )
    yield (
        email.utils.format_datetime(_MOMENT.replace(tzinfo=_BERLIN)),
        email.utils.parsedate_to_datetime('Thu, 29 Feb 2024 23:05:07 -0500'),
        email.utils.formatdate(0),
        email.utils.parsedate('Thu, 29 Feb 2024 23:05:07'),
    )
