"""The place of ``RDB``, which has no database here."""


class RDB(object):
    """Raises where it would open a database: Jython has no ``sqlite3``."""

    def __init__(self, db_path):
        raise NotImplementedError(
            'RDB needs sqlite3, which Python 2 does not have here: keep the data in dicts, or in a file that '
            '_pulzar_store_file stores, or port the script to Python 3'
        )
