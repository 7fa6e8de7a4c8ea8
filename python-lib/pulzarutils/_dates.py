"""Dates for ``Utils``."""

from __future__ import annotations

import datetime
import time

from pulzarutils.constants import Constants


class Dates:
    """Local times are naive datetimes, as ``datetime.now()``; UTC times carry their zone."""

    @staticmethod
    def get_current_datetime() -> datetime.datetime:
        """Returns the local time, naive."""
        return datetime.datetime.now()

    @staticmethod
    def get_current_datetime_utc(to_string: bool = False, db_format: bool = False) -> datetime.datetime | str:
        """Returns the time in UTC.

        With ``to_string`` as ``2026-11-21-09-30-00``, with ``db_format`` as text
        ``2026-11-21 09:30:00``.
        """
        now = datetime.datetime.now(datetime.timezone.utc)
        if db_format:
            return now.strftime(Constants.DATETIME_DB_FORMAT)
        return now.strftime(Constants.DATETIME_FORMAT) if to_string else now

    @staticmethod
    def get_current_datetime_str() -> str:
        """Returns the local time as ``2026-11-21-09-30-00``."""
        return Dates.get_current_datetime().strftime(Constants.DATETIME_FORMAT)

    @staticmethod
    def get_datetime_from_string(text: str) -> datetime.datetime:
        """Reads ``2026-11-21-09-30-00`` as a naive datetime; ValueError for anything else."""
        return datetime.datetime.strptime(text, Constants.DATETIME_FORMAT)

    @staticmethod
    def get_standard_datetime_from_string(text: str) -> datetime.datetime:
        """Reads ``2026-11-21 09:30:00``, with or without fraction and offset; else ValueError."""
        return datetime.datetime.fromisoformat(text)

    @staticmethod
    def datetime_to_utc(moment: datetime.datetime) -> datetime.datetime:
        """Returns the same moment in UTC; a naive one is taken as local time."""
        return moment.astimezone(datetime.timezone.utc)

    @staticmethod
    def datetime_to_utc_string(moment: datetime.datetime) -> str:
        """Returns the same moment in UTC as ``2026-11-21-09-30-00``."""
        return Dates.datetime_to_utc(moment).strftime(Constants.DATETIME_FORMAT)

    @staticmethod
    def get_date_days_diff(first: datetime.date, second: datetime.date) -> int:
        """Returns the days from the first date to the second, negative when that is earlier.

        Datetimes count by their dates: from 23:59 to 00:01 of the next day is one day.
        """
        return (_date_of(second) - _date_of(first)).days

    @staticmethod
    def get_date_today() -> datetime.date:
        """Returns the local date."""
        return datetime.date.today()

    @staticmethod
    def get_time_it() -> float:
        """Returns seconds on a clock that only goes forward; two of them measure a time."""
        return time.perf_counter()


def _date_of(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment
