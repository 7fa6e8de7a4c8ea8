import base64
import datetime
import os
import re
import tempfile
import unittest

from tests.local_server import serving
from tests.platform_double import Platform, connected

from pulzarutils.utils import Utils


class TextsTest(unittest.TestCase):
    def setUp(self):
        self.utils = Utils()

    def test_json_both_ways(self):
        self.assertEqual(self.utils.py_to_json({'a': [1, None]}), '{"a": [1, null]}')
        self.assertEqual(self.utils.py_to_json('ñ', to_bin=True), b'"\\u00f1"')
        self.assertEqual(self.utils.json_to_py(b'{"a": 1}'), {'a': 1})
        with self.assertRaises(TypeError):
            self.utils.py_to_json({1, 2})
        with self.assertRaises(ValueError):
            self.utils.json_to_py('{')

    def test_base_64_both_ways(self):
        self.assertEqual(self.utils.encode_base_64('ñ'), b'w7E=')
        self.assertEqual(self.utils.encode_base_64('ñ', to_str=True), 'w7E=')
        self.assertEqual(self.utils.encode_byte_base_64(b'\x00\xff'), b'AP8=')
        self.assertEqual(self.utils.decode_base_64('AP8='), b'\x00\xff')
        self.assertEqual(self.utils.decode_base_64(b'w7E=', to_str=True), 'ñ')
        self.assertEqual(self.utils.encode_byte_base_64(bstring=b'ab', to_str=True), 'YWI=')
        self.assertEqual(self.utils.decode_string_base_64(string='w7E='), b'\xc3\xb1')
        for text in ('', 'a', 'ab', 'abc', '/path/to/my_key.key'):
            self.assertEqual(self.utils.decode_string_base_64(self.utils.encode_base_64(text), to_str=True), text)

    def test_what_is_not_base_64_is_refused(self):
        with self.assertRaises(ValueError):
            self.utils.decode_base_64('abc')

    def test_text_and_bytes(self):
        self.assertEqual(self.utils.encode_str_to_byte('ñ'), b'\xc3\xb1')
        self.assertEqual(self.utils.decode_byte_to_str(b'\xc3\xb1'), 'ñ')

    def test_random_text_has_the_size_and_differs(self):
        self.assertRegex(self.utils.get_random_string(40), r'\A[A-Z0-9]{40}\Z')
        self.assertNotEqual(self.utils.get_random_string(40), self.utils.get_random_string(40))
        self.assertEqual(self.utils.get_random_string(0), '')

    def test_a_random_element_is_one_of_them(self):
        self.assertIn(self.utils.get_random_element_from_list(['a', 'b']), ('a', 'b'))
        with self.assertRaises(IndexError):
            self.utils.get_random_element_from_list([])

    def test_patterns_match_at_the_start_and_search_anywhere(self):
        pattern = self.utils.make_regex(r'\d+')
        self.assertIsInstance(pattern, re.Pattern)
        self.assertIs(self.utils.match_regex('a1', pattern), False)
        self.assertIs(self.utils.match_regex(string='12a', regex_str=r'\d+'), True)
        self.assertEqual(self.utils.get_search_regex('a1', pattern).group(), '1')
        self.assertIsNone(self.utils.get_search_regex('a', r'\d'))


class DatesTest(unittest.TestCase):
    def setUp(self):
        self.utils = Utils()

    def test_now_is_local_and_naive_or_utc_with_its_zone(self):
        self.assertIsNone(self.utils.get_current_datetime().tzinfo)
        utc = self.utils.get_current_datetime_utc()
        self.assertEqual(utc.utcoffset(), datetime.timedelta(0))
        near = abs(utc - self.utils.datetime_to_utc(self.utils.get_current_datetime()))
        self.assertLess(near, datetime.timedelta(minutes=1))

    def test_now_as_text(self):
        short = r'\A\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\Z'
        self.assertRegex(self.utils.get_current_datetime_utc(to_string=True, db_format=False), short)
        self.assertRegex(self.utils.get_current_datetime_str(), short)
        self.assertRegex(
            self.utils.get_current_datetime_utc(to_string=True), r'\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000\Z'
        )
        self.assertRegex(self.utils.get_current_datetime_str(db_format=True), r'\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\Z')

    def test_dates_are_read_from_both_forms(self):
        expected = datetime.datetime(2026, 11, 21, 9, 30, 5)
        for text in ('2026-11-21-09-30-05', '2026-11-21 09:30:05'):
            self.assertEqual(self.utils.get_datetime_from_string(text), expected)
            self.assertEqual(
                self.utils.get_datetime_from_string(text + '.25', full=True), expected.replace(microsecond=250000)
            )
        read = self.utils.get_standard_datetime_from_string
        self.assertEqual(read('2026-11-21 09:30:05'), expected)
        self.assertEqual(read('2026-11-21 09:30:05.250000', full=True).microsecond, 250000)
        for text in ('2026-11-21 09:30:05+0000', '2026-11-21 09:30:05.0+0000'):
            for full in (True, False):
                self.assertEqual(read(text, full, data_base=True), expected.replace(tzinfo=datetime.timezone.utc))
        for bad in ('yesterday', '2026-13-01-00-00-00'):
            with self.assertRaises(ValueError):
                self.utils.get_datetime_from_string(bad)

    def test_a_moment_becomes_utc(self):
        zone = datetime.timezone(datetime.timedelta(hours=-3))
        moment = datetime.datetime(2026, 11, 21, 22, 0, tzinfo=zone)
        self.assertEqual(self.utils.datetime_to_utc(datetime_object=moment), moment)
        self.assertEqual(self.utils.datetime_to_utc(moment).utcoffset(), datetime.timedelta(0))
        self.assertEqual(self.utils.datetime_to_utc_string(moment), '2026-11-22-01-00-00')
        self.assertEqual(self.utils.datetime_to_utc_string(moment, True), '2026-11-22 01:00:00+0000')
        self.assertEqual(self.utils.datetime_to_string(moment, db_format=True), '2026-11-21 22:00:00-0300')

    def test_days_count_from_today(self):
        today = self.utils.get_date_today()
        self.assertEqual(self.utils.get_date_days_diff(-7), today - datetime.timedelta(days=7))
        self.assertEqual(self.utils.get_date_days_diff(0, to_string=True), self.utils.get_date_today(to_string=True))
        self.assertEqual(self.utils.get_date_today(True), today.isoformat())

    def test_measured_time_goes_forward(self):
        first = self.utils.get_time_it()
        self.assertGreaterEqual(self.utils.get_time_it(), first)


class UrlsTest(unittest.TestCase):
    def setUp(self):
        self.utils = Utils()

    def test_a_url_is_valid_with_scheme_host_and_path(self):
        for good in ('http://a/', 'https://a.b:8080/c?d#e', 'ftp://host/x', 'HTTP://A/'):
            self.assertIs(self.utils.validate_url(good), True, good)
        for bad in ('', 'a', 'http://', 'http://a', None, 5, '//a/b'):
            self.assertIs(self.utils.validate_url(bad), False, bad)

    def test_parameters_are_lists_without_blank_ones(self):
        self.assertEqual(
            self.utils.extract_query_params(complete_url='http://a/b?x=1&x=2&y=&z=%C3%A9'),
            {'x': ['1', '2'], 'z': ['é']},
        )

    def test_a_url_is_taken_apart(self):
        self.assertEqual(self.utils.extract_url_data('https://host:8443/a/b?x=1'), {'host': 'host', 'port': 8443})
        self.assertIsNone(self.utils.extract_url_data('http://host/')['port'])

    def test_a_download_is_a_closed_file(self):
        body = os.urandom(300_000)
        with serving(lambda _: (200, [], body)) as server:
            file = Utils.download_file(server.url + '/x')
        self.addCleanup(os.remove, file.name)
        self.assertTrue(file.closed)
        with open(file.name, 'rb') as downloaded:
            self.assertEqual(downloaded.read(), body)

    def test_what_cannot_be_downloaded_whole_is_none_and_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            before = tempfile.tempdir
            tempfile.tempdir = folder
            self.addCleanup(setattr, tempfile, 'tempdir', before)
            with serving(lambda _: (404, [], b'')) as server:
                self.assertIsNone(Utils.download_file(server.url))
                gone = server.url

            def cut(_):
                return 200, [('Content-Length', '10'), ('Connection', 'close')], b'short'

            with serving(cut) as server:
                self.assertIsNone(Utils.download_file(server.url))
            for bad in (gone, 'file:///etc/hostname', 'nothing'):
                self.assertIsNone(Utils.download_file(bad), bad)
            self.assertEqual(os.listdir(folder), [])


class FilesTest(unittest.TestCase):
    def setUp(self):
        self.utils = Utils()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def put(self, *parts):
        path = self.utils.join_paths(self.folder, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write('x')
        return path

    def test_a_temporary_file_stays_when_it_is_closed(self):
        with self.utils.get_tmp_file(suffix='.txt') as file:
            file.write(b'x')
        self.assertTrue(file.name.endswith('.txt'))
        self.assertIs(self.utils.file_exists(file.name), True)
        self.assertIsNone(self.utils.remove_file(file.name))
        self.assertIs(self.utils.file_exists(file.name), False)

    def test_what_is_missing_is_none(self):
        missing = self.utils.join_path(self.folder, 'missing')
        self.assertIsNone(self.utils.remove_file(file_path=missing))
        self.assertIsNone(self.utils.remove_dir(dir_path=missing))
        self.assertIsNone(self.utils.move_file(source=missing, dest=missing + '2'))

    def test_files_and_folders_are_told_apart(self):
        path = self.put('a.txt')
        self.assertEqual((self.utils.file_exists(path), self.utils.dir_exists(path)), (True, False))
        self.assertIs(self.utils.dir_exists(self.folder), True)

    def test_files_are_moved_and_folders_removed(self):
        target = self.utils.join_path(self.folder, 'b.txt')
        self.assertEqual(self.utils.move_file(self.put('sub', 'a.txt'), target), target)
        self.utils.remove_dir(os.path.join(self.folder, 'sub'))
        self.assertEqual(os.listdir(self.folder), ['b.txt'])

    def test_files_are_listed_at_one_level_or_all(self):
        deep, flat = self.put('sub', 'b.txt'), self.put('a.txt')
        found = self.utils.get_all_files(self.folder + '/**')
        self.assertIs(iter(found), found)
        self.assertEqual(sorted(found), [self.folder + '/', flat, self.folder + '/sub', deep])
        self.assertEqual(sorted(self.utils.get_all_files(self.folder + '/**', rec=False)), [flat, self.folder + '/sub'])
        self.put('b.csv')
        self.assertEqual(self.utils.read_file_name_from_dir(self.folder), ['a.txt', 'b.csv'])
        self.assertEqual(self.utils.read_file_name_from_dir(self.folder, 'txt'), ['a.txt'])
        self.assertEqual([entry.name for entry in self.utils.get_sub_directories(self.folder)], ['sub'])

    def test_names_of_a_path(self):
        self.assertEqual(self.utils.get_base_name_from_file('/a/b/c.txt'), 'c.txt')
        self.assertEqual(self.utils.get_parent_name_from_file('/a/b/c.txt'), '/a/b')
        self.assertEqual(self.utils.get_absolute_path_of_dir(self.put('a.txt')), self.folder)
        self.assertEqual(self.utils.get_absolute_path_of_dir(), os.getcwd())


FACTS = {
    'processors': 2,
    'cores': 2,
    'load': [1.0, 0.5, 0.25],
    'ticks': [],
    'memory': {'total': 1, 'available': 1, 'free': None},
    'disk': {'total': 400, 'free': 100, 'available': 100},
}


class MachineTest(unittest.TestCase):
    def test_bytes_are_converted(self):
        self.assertEqual(Utils.bytesto(1536, 'k'), 1.5)
        self.assertEqual(Utils.bytesto(5_000_000, 'm', bsize=1000), 5)
        with self.assertRaisesRegex(ValueError, 'one of k, m, g'):
            Utils.bytesto(1, 'x')

    def test_facts_of_the_machine(self):
        with connected(Platform(system_facts=lambda given: FACTS)):
            self.assertEqual(Utils.cpu_info(), [50.0, 25.0, 12.5])
            self.assertEqual(Utils.giga_free_space(), '75.0')
        self.assertNotEqual(Utils.is_unix(), Utils.is_windows())

    def test_a_script_has_no_cluster_key(self):
        for call in (lambda: Utils.extract_host_env({}), Utils.get_passport, lambda: Utils.check_passport({})):
            with self.assertRaisesRegex(PermissionError, 'no cluster key'):
                call()

    def test_every_name_works_on_the_class_too(self):
        contract = """py_to_json json_to_py encode_base_64 decode_base_64 decode_string_base_64
            encode_byte_base_64 encode_str_to_byte decode_byte_to_str get_current_datetime
            get_current_datetime_utc get_current_datetime_str get_datetime_from_string
            get_standard_datetime_from_string datetime_to_utc datetime_to_utc_string
            get_date_days_diff get_date_today get_time_it get_random_string
            get_random_element_from_list make_regex match_regex get_search_regex validate_url
            extract_query_params extract_url_data get_tmp_file move_file file_exists dir_exists
            remove_file remove_dir join_path join_paths get_base_name_from_file
            get_parent_name_from_file get_all_files read_file_name_from_dir
            get_absolute_path_of_dir bytesto cpu_info giga_free_space is_unix is_windows
            datetime_to_string get_sub_directories download_file"""
        self.assertEqual(Utils().TAG, 'Utils')
        for name in contract.split():
            self.assertTrue(callable(getattr(Utils, name)), name)

    def test_base64_of_a_key_is_what_the_standard_library_makes(self):
        self.assertEqual(Utils.encode_base_64('/a'), base64.b64encode(b'/a'))
