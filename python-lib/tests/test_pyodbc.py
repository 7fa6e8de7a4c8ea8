"""Which database a connection string means; what the databases answer is compared with the real pyodbc elsewhere."""

import unittest

import pyodbc
from pyodbc._connection import parse
from pyodbc._cursor import _marks

from _pulzar import bridge


class _Host:
    """Takes down what is asked of the service."""

    def __init__(self):
        self.asked = []

    def service(self, name, operation, *arguments):
        self.asked.append((name, operation, arguments))
        return None, 'a connection'


class ConnectionStrings(unittest.TestCase):
    def setUp(self):
        self._host = _Host()
        bridge.connect(self._host)
        self.addCleanup(bridge.connect, None)

    def _opened(self, text, **keywords):
        pyodbc.connect(text, **keywords)
        name, operation, (kind, host, port, database, pairs) = self._host.asked[0]
        self.assertEqual(('odbc', 'open'), (name, operation))
        return kind, host, port, database, dict(zip(pairs[::2], pairs[1::2]))

    def test_sql_server_as_people_write_it(self):
        kind, host, port, database, properties = self._opened(
            'DRIVER={ODBC Driver 17 for SQL Server};SERVER=tcp:db.example,1444;DATABASE=sales;UID=me;PWD={a;b}}c}'
        )
        self.assertEqual(('sqlserver', 'db.example', 1444, 'sales'), (kind, host, port, database))
        self.assertEqual(('me', 'a;b}c', 'false'), tuple(properties[name] for name in ('user', 'password', 'encrypt')))

    def test_driver_18_encrypts(self):
        properties = self._opened(
            'Driver={ODBC Driver 18 for SQL Server};Server=db;UID=me;PWD=x;TrustServerCertificate=yes'
        )[4]
        self.assertEqual(('true', 'true'), (properties['encrypt'], properties['trustServerCertificate']))

    def test_an_instance_has_no_port(self):
        kind, host, port, _, properties = self._opened(r'DRIVER={SQL Server};SERVER=box\SQLEXPRESS;UID=a;PWD=b')
        self.assertEqual(('sqlserver', 'box', 0, 'SQLEXPRESS'), (kind, host, port, properties['instanceName']))

    def test_freetds_names_its_port(self):
        self.assertEqual(
            ('sqlserver', 'box', 1433), self._opened('DRIVER=FreeTDS;SERVER=box;PORT=1433;UID=a;PWD=b')[:3]
        )

    def test_an_account_of_windows_is_refused(self):
        with self.assertRaisesRegex(pyodbc.InterfaceError, 'give UID and PWD'):
            pyodbc.connect('DRIVER={SQL Server};SERVER=box;Trusted_Connection=yes')

    def test_postgres_by_keywords(self):
        kind, host, port, database, properties = self._opened(
            'DRIVER={PostgreSQL Unicode};PWD=secret', server='db', port=5433, database='sales', uid='me'
        )
        self.assertEqual(('postgresql', 'db', 5433, 'sales'), (kind, host, port, database))
        self.assertEqual(('me', 'secret'), (properties['user'], properties['password']))

    def test_without_a_driver_there_is_no_data_source(self):
        with self.assertRaises(pyodbc.InterfaceError) as raised:
            pyodbc.connect('DSN=sales')
        self.assertEqual('IM002', raised.exception.args[0])


class Texts(unittest.TestCase):
    def test_braces_hold_semicolons(self):
        self.assertEqual({'pwd': 'a;}b', 'x': '1'}, parse('PWD={a;}}b}; X = 1;'))

    def test_question_marks_in_texts_and_comments_are_no_parameters(self):
        self.assertEqual(2, _marks('SELECT ?, \'?\', "?", [?] -- ?\n, ? /* ? */'))


if __name__ == '__main__':
    unittest.main()
