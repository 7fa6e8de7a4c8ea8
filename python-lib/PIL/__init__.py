# ruff: noqa: E501
"""Pillow for scripts: images, their files, drawing and text, with Pillow's names, arguments and pixels.

The work is done in the worker's Java; see ``_pulzar.services``. What is not here raises NotImplementedError with its
name. A real Pillow that is installed for Pulzar's Python wins over this package.
"""

import importlib

from PIL._missing import module_attribute

__version__ = '9.4.0'
_SUBMODULES = (
    'ExifTags', 'Image', 'ImageChops', 'ImageColor', 'ImageDraw', 'ImageEnhance', 'ImageFile', 'ImageFilter', 'ImageFont',
    'ImageOps', 'ImageSequence', 'ImageStat', 'PngImagePlugin',
)  # fmt: skip


class UnidentifiedImageError(OSError):
    """The file is no image of a format that is read."""


def __getattr__(name):
    if name in _SUBMODULES:
        return importlib.import_module(f'PIL.{name}')
    return module_attribute('PIL', name)
