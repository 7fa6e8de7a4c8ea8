"""Switches for reading files."""

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins

MAXBLOCK = 65536
SAFEBLOCK = 1024 * 1024

# True is refused where a file is truncated: what is missing is not made up here.
LOAD_TRUNCATED_IMAGES = False


def __getattr__(name):
    return module_attribute('PIL.ImageFile', name)
