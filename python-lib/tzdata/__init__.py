"""The time zone database, for the standard ``zoneinfo``, which looks for a package of this name.

A sandboxed script does not see the system's own copy. All zones are in one file, ``zones.bin``, written by
``tools/make_zones.py``: a line of JSON, ``{"version": "2025b", "zones": {"Europe/Paris": [offset, length]}}``, and then
the zones as TZif (RFC 8536), at offsets from the end of that line.
"""

__version__ = '2025.2'
IANA_VERSION = '2025b'
