# ruff: noqa: E501, S310
"""HTTPS with the standard library and with ``requests``, against a server at ``SERVER`` whose certificate is for localhost."""

import os
import ssl
import urllib.error
import urllib.request

import requests

SERVER = None
CERTIFICATE = os.path.join(os.path.dirname(__file__), 'localhost.pem')


def case_urllib():
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with urllib.request.urlopen(SERVER + '/a/path', context=trusting, timeout=30) as answer:
        yield answer.status, answer.read()
    try:
        urllib.request.urlopen(SERVER, timeout=30)
    except urllib.error.URLError as error:
        yield isinstance(error.reason, ssl.SSLError)
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(SERVER, context=unchecked, timeout=30) as answer:
        yield answer.status


def case_requests():
    yield requests.get(SERVER + '/b', verify=CERTIFICATE, timeout=30).text
    try:
        requests.get(SERVER, timeout=30)
    except requests.exceptions.SSLError:
        yield 'refused'
