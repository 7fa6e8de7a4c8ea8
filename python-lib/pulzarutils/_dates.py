"""Dates for ``Utils``."""

from __future__ import annotations

import datetime
import time

SHORT = '%Y-%m-%d-%H-%M-%S'
STANDARD = '%Y-%m-%d %H:%M:%S'
DATABASE = STANDARD + '%z'


class Dates:
    """Local times are naive datetimes, as ``datetime.now()``; UTC times carry their zone.

    There are two text forms: the short one, ``2026-11-21-09-30-00``, and with ``db_format`` the database's,
    ``2026-11-21 09:30:00+0000``; a naive datetime has no offset to show.
    """

    @staticmethod
    def get_current_datetime() -> datetime.datetime:
        """Returns the local time, naive."""
        return datetime.datetime.now()

    @staticmethod
    def get_current_datetime_str(db_format: bool = False) -> str:
        """Returns the local time as text."""
        return Dates.datetime_to_string(Dates.get_current_datetime(), db_format)

    @staticmethod
    def get_current_datetime_utc(to_string: bool = False, db_format: bool = True) -> datetime.datetime | str:
        """Returns the time in UTC: a datetime, or its text with ``to_string``."""
        now = datetime.datetime.now(datetime.timezone.utc)
        return Dates.datetime_to_string(now, db_format) if to_string else now

    @staticmethod
    def datetime_to_string(datetime_object: datetime.datetime, db_format: bool = False) -> str:
        """Returns a datetime as text, in its own zone."""
        return datetime_object.strftime(DATABASE if db_format else SHORT)

    @staticmethod
    def datetime_to_utc(datetime_object: datetime.datetime, db_format: bool = False) -> datetime.datetime:
        """Returns the same moment in UTC; a naive one is taken as local time.

        ``db_format`` is taken for older scripts: a datetime has no text form.
        """
        return datetime_object.astimezone(datetime.timezone.utc)

    @staticmethod
    def datetime_to_utc_string(datetime_object: datetime.datetime, db_format: bool = False) -> str:
        """Returns the same moment in UTC as text; a naive one is taken as local time."""
        return Dates.datetime_to_string(Dates.datetime_to_utc(datetime_object), db_format)

    @staticmethod
    def get_datetime_from_string(datetime_str: str, full: bool = False) -> datetime.datetime:
        """Reads ``2026-11-21-09-30-00`` or ``2026-11-21 09:30:00`` as a naive datetime.

        With ``full`` the text carries fractions: ``2026-11-21 09:30:00.5``. ValueError for anything else.
        """
        fraction = '.%f' if full else ''
        return _read(datetime_str, SHORT + fraction, STANDARD + fraction)

    @staticmethod
    def get_standard_datetime_from_string(
        datetime_str: str, full: bool = False, data_base: bool = False
    ) -> datetime.datetime:
        """Reads ``2026-11-21 09:30:00``; ValueError for anything else.

        ``full``
            the text carries fractions; with ``data_base`` it may
        ``data_base``
            the text carries an offset, ``2026-11-21 09:30:00+0000``, and the datetime its zone
        """
        if data_base:
            return _read(datetime_str, DATABASE, STANDARD + '.%f%z')
        return _read(datetime_str, STANDARD + '.%f' if full else STANDARD)

    @staticmethod
    def get_date_today(to_string: bool = False) -> datetime.date | str:
        """Returns the local date, as ``2026-11-21`` with ``to_string``."""
        return Dates.get_date_days_diff(0, to_string)

    @staticmethod
    def get_date_days_diff(days: int, to_string: bool = False) -> datetime.date | str:
        """Returns the date so many days from today, earlier when negative; as text with ``to_string``."""
        day = datetime.date.today() + datetime.timedelta(days=days)
        return day.isoformat() if to_string else day

    @staticmethod
    def get_time_it() -> float:
        """Returns seconds on a clock that only goes forward; two of them measure a time."""
        return time.perf_counter()


def _read(text: str, form: str, other: str | None = None) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, form)
    except ValueError:
        if other is None:
            raise
        return datetime.datetime.strptime(text, other)
