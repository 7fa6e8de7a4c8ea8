"""Not the accelerator that ElementTree looks for here, but what keeps its elements in Python small.

GraalPy gives a list that is written ``[]`` the room that lists written at the same place grew into before. One element
with thousands of children so makes every later element reserve that room: 14 KiB each. ``list()`` has no such memory.
"""

import sys

_tree = sys.modules['xml.etree.ElementTree']


def _init(self, tag, attrib={}, **extra):  # noqa: B006 (the signature is ElementTree's, and the dict is copied)
    if not isinstance(attrib, dict):
        raise TypeError(f'attrib must be dict, not {attrib.__class__.__name__}')
    self.tag = tag
    self.attrib = {**attrib, **extra}
    self._children = list()  # noqa: C408 (see above)


_tree.Element.__init__ = _init

raise ImportError('ElementTree is in Python here, as it is without its accelerator')
