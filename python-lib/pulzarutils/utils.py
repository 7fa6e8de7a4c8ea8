"""Small tools for scripts, in one class: ``Utils``."""

from pulzarutils._dates import Dates
from pulzarutils._files import Files
from pulzarutils._machine import Machine
from pulzarutils._texts import Texts
from pulzarutils._urls import Urls


class Utils(Texts, Dates, Urls, Files, Machine):
    """JSON, base64, dates, random, regular expressions, URLs, files and the machine.

    Nothing in it has state: ``Utils().join_path(a, b)`` and ``Utils.join_path(a, b)`` are the same.
    """

    TAG = 'Utils'
