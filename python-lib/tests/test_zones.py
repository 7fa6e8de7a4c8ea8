import datetime
import re
import sys
import unittest
import zoneinfo

import tzdata

UTC = datetime.timezone.utc


class ZonesTest(unittest.TestCase):
    def setUp(self):
        before = zoneinfo.TZPATH
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()
        self.addCleanup(zoneinfo.ZoneInfo.clear_cache)
        self.addCleanup(zoneinfo.reset_tzpath, to=before)

    def at(self, zone, *moment):
        return datetime.datetime(*moment, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(zone)).isoformat(' ')

    def test_clocks_change_when_they_should(self):
        for zone, moment, expected in (
            ('America/New_York', (2026, 3, 8, 6, 59), '2026-03-08 01:59:00-05:00'),
            ('America/New_York', (2026, 3, 8, 7, 0), '2026-03-08 03:00:00-04:00'),
            ('America/Santiago', (2026, 4, 5, 2, 59), '2026-04-04 23:59:00-03:00'),
            ('America/Santiago', (2026, 4, 5, 3, 0), '2026-04-04 23:00:00-04:00'),
            ('Australia/Lord_Howe', (2026, 4, 4, 15, 0), '2026-04-05 01:30:00+10:30'),
            ('Asia/Kathmandu', (1985, 12, 31, 18, 29), '1985-12-31 23:59:00+05:30'),
            ('Asia/Kathmandu', (1985, 12, 31, 18, 30), '1986-01-01 00:15:00+05:45'),
            ('Europe/Paris', (2090, 7, 1, 12, 0), '2090-07-01 14:00:00+02:00'),
            ('America/Argentina/Buenos_Aires', (2026, 1, 1, 0, 0), '2025-12-31 21:00:00-03:00'),
            ('UTC', (2026, 1, 1, 0, 0), '2026-01-01 00:00:00+00:00'),
        ):
            self.assertEqual(self.at(zone, *moment), expected)

    def test_every_listed_zone_can_be_loaded(self):
        zones = zoneinfo.available_timezones()
        self.assertGreater(len(zones), 590)
        for zone in zones:
            self.assertIsNotNone(datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset(), zone)

    def test_a_zone_that_does_not_exist_is_a_key_error(self):
        for name in ('Mars/Base', 'Europe/Atlantis', 'Nowhere', 'America'):
            with self.assertRaises(zoneinfo.ZoneInfoNotFoundError):
                zoneinfo.ZoneInfo(name)
        with self.assertRaises(ValueError):
            zoneinfo.ZoneInfo('../tzdata/zones')

    def test_the_version_is_that_of_the_data(self):
        with open(tzdata.__file__.replace('__init__.py', 'zones.bin'), 'rb') as file:
            version = re.search(rb'"version":"(\w+)"', file.readline()).group(1).decode()
        self.assertEqual(tzdata.IANA_VERSION, version)
        self.assertIn('tzdata.zoneinfo.America.Argentina', sys.modules)
