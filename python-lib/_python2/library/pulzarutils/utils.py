"""Small tools for scripts in Python 2, in one class: the names and results are those of Python 3."""

import base64
import datetime
import glob
import json
import os
import random
import re
import shutil
import string as strings
import tempfile
import time
import urllib2
import urlparse

SHORT = '%Y-%m-%d-%H-%M-%S'
STANDARD = '%Y-%m-%d %H:%M:%S'

POWERS = {'k': 1, 'm': 2, 'g': 3, 't': 4, 'p': 5, 'e': 6}


class _Utc(datetime.tzinfo):
    def utcoffset(self, moment):
        return datetime.timedelta(0)

    def dst(self, moment):
        return datetime.timedelta(0)

    def tzname(self, moment):
        return 'UTC'


UTC = _Utc()


class Utils(object):
    """JSON, base64, dates, random, regular expressions, URLs and files."""

    TAG = 'Utils'

    # Text in other forms.

    @staticmethod
    def py_to_json(py_object, to_bin=False):
        return json.dumps(py_object)

    @staticmethod
    def json_to_py(json_srt):
        return json.loads(json_srt)

    @staticmethod
    def encode_base_64(string, to_str=False):
        return base64.b64encode(string.encode('utf-8') if isinstance(string, unicode) else string)

    encode_byte_base_64 = encode_base_64

    @staticmethod
    def decode_base_64(string64, to_str=False):
        decoded = base64.b64decode(string64)
        return decoded.decode('utf-8') if to_str else decoded

    decode_string_base_64 = decode_base_64

    @staticmethod
    def encode_str_to_byte(string):
        return string.encode('utf-8') if isinstance(string, unicode) else string

    @staticmethod
    def decode_byte_to_str(b_string):
        return b_string.decode('utf-8')

    @staticmethod
    def get_random_string(n):
        return ''.join(random.SystemRandom().choice(strings.ascii_uppercase + strings.digits) for _ in range(n))

    @staticmethod
    def get_random_element_from_list(element_list):
        return random.choice(element_list)

    @staticmethod
    def make_regex(string):
        return re.compile(string)

    @staticmethod
    def match_regex(string, regex_str):
        return re.match(regex_str, string) is not None

    @staticmethod
    def get_search_regex(string, regex_str):
        return re.search(regex_str, string)

    # Dates.

    @staticmethod
    def get_current_datetime():
        return datetime.datetime.now()

    @staticmethod
    def get_current_datetime_str(db_format=False):
        return Utils.datetime_to_string(datetime.datetime.now(), db_format)

    @staticmethod
    def get_current_datetime_utc(to_string=False, db_format=True):
        now = datetime.datetime.now(UTC)
        return Utils.datetime_to_string(now, db_format) if to_string else now

    @staticmethod
    def datetime_to_string(datetime_object, db_format=False):
        if not db_format:
            return datetime_object.strftime(SHORT)
        return datetime_object.strftime(STANDARD + ('' if datetime_object.tzinfo is None else '%z'))

    @staticmethod
    def datetime_to_utc(datetime_object, db_format=False):
        if datetime_object.tzinfo is not None:
            return datetime_object.astimezone(UTC)
        moment = datetime.datetime.utcfromtimestamp(time.mktime(datetime_object.timetuple()))
        return moment.replace(microsecond=datetime_object.microsecond, tzinfo=UTC)

    @staticmethod
    def datetime_to_utc_string(datetime_object, db_format=False):
        return Utils.datetime_to_string(Utils.datetime_to_utc(datetime_object), db_format)

    @staticmethod
    def get_datetime_from_string(datetime_str, full=False):
        fraction = '.%f' if full else ''
        return _read(datetime_str, SHORT + fraction, STANDARD + fraction)

    @staticmethod
    def get_standard_datetime_from_string(datetime_str, full=False, data_base=False):
        if data_base:
            if not datetime_str.endswith(('+0000', '-0000')):
                raise ValueError('only the offset +0000 can be read here, got %r' % datetime_str)
            return _read(datetime_str[:-5], STANDARD, STANDARD + '.%f').replace(tzinfo=UTC)
        return datetime.datetime.strptime(datetime_str, STANDARD + '.%f' if full else STANDARD)

    @staticmethod
    def get_date_today(to_string=False):
        return Utils.get_date_days_diff(0, to_string)

    @staticmethod
    def get_date_days_diff(days, to_string=False):
        day = datetime.date.today() + datetime.timedelta(days=days)
        return day.isoformat() if to_string else day

    @staticmethod
    def get_time_it():
        return time.time()

    # URLs.

    @staticmethod
    def validate_url(url_string):
        try:
            parts = urlparse.urlparse(url_string)
        except (AttributeError, TypeError, ValueError):
            return False
        return bool(parts.scheme and parts.netloc and parts.path)

    @staticmethod
    def extract_query_params(complete_url):
        return urlparse.parse_qs(urlparse.urlparse(complete_url).query)

    @staticmethod
    def extract_url_data(complete_url):
        parts = urlparse.urlparse(complete_url)
        return {'host': parts.hostname, 'port': parts.port}

    @staticmethod
    def download_file(url):
        """Returns a closed temporary file object whose ``.name`` is the file's path, or None."""
        if urlparse.urlparse(url).scheme not in ('http', 'https'):
            return None
        file = Utils.get_tmp_file()
        try:
            shutil.copyfileobj(urllib2.urlopen(url, timeout=30), file)
        except (EnvironmentError, ValueError):
            file.close()
            os.remove(file.name)
            return None
        file.close()
        return file

    # Files and the machine.

    @staticmethod
    def get_tmp_file(suffix=''):
        return tempfile.NamedTemporaryFile(suffix=suffix, delete=False)

    @staticmethod
    def move_file(source, dest):
        if not os.path.lexists(source):
            return None
        shutil.move(source, dest)
        return dest

    file_exists = staticmethod(os.path.isfile)
    dir_exists = staticmethod(os.path.isdir)
    join_path = staticmethod(os.path.join)
    join_paths = staticmethod(os.path.join)
    get_base_name_from_file = staticmethod(os.path.basename)
    get_parent_name_from_file = staticmethod(os.path.dirname)

    @staticmethod
    def remove_file(file_path):
        if os.path.lexists(file_path):
            os.remove(file_path)

    @staticmethod
    def remove_dir(dir_path):
        if os.path.lexists(dir_path):
            shutil.rmtree(dir_path)

    @staticmethod
    def get_all_files(directory, rec=True):
        """Iterates over the files and folders that a pattern matches; a last ``**`` means all below."""
        if not rec or not directory.endswith('/**'):
            return glob.iglob(directory)
        return _below(directory[:-2])

    @staticmethod
    def read_file_name_from_dir(dir_path, file_type=None):
        ending = '' if file_type is None else '.' + file_type.lstrip('.')
        names = [name for name in os.listdir(dir_path) if name.endswith(ending)]
        return sorted(name for name in names if os.path.isfile(os.path.join(dir_path, name)))

    @staticmethod
    def get_absolute_path_of_dir(path='.'):
        absolute = os.path.abspath(path)
        return os.path.dirname(absolute) if os.path.isfile(absolute) else absolute

    @staticmethod
    def bytesto(bytes, to, bsize=1024):
        if to not in POWERS:
            raise ValueError('%r is not one of %s' % (to, ', '.join(POWERS)))
        return float(bytes) / bsize ** POWERS[to]

    @staticmethod
    def is_unix():
        return True

    @staticmethod
    def is_windows():
        return False


def _below(directory):
    yield directory
    for parent, folders, files in os.walk(directory):
        for name in folders + files:
            yield os.path.join(parent, name)


def _read(text, form, other):
    try:
        return datetime.datetime.strptime(text, form)
    except ValueError:
        return datetime.datetime.strptime(text, other)
