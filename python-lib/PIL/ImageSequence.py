"""The frames of an image, one after the other."""

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


class Iterator:
    """Iterates over frames; each is the image itself, moved to the next frame."""

    def __init__(self, im):
        if not hasattr(im, 'seek'):
            raise AttributeError('im must have seek method')
        self.im = im
        self.position = 0

    def __getitem__(self, ix):
        try:
            self.im.seek(ix)
        except EOFError as error:
            raise IndexError from error
        return self.im

    def __iter__(self):
        return self

    def __next__(self):
        try:
            self.im.seek(self.position)
        except EOFError as error:
            raise StopIteration from error
        self.position += 1
        return self.im


def all_frames(im, func=None):
    """Copies of all frames, changed by a function."""
    frames = []
    for image in im if isinstance(im, list) else [im]:
        here = image.tell()
        frames += [frame.copy() for frame in Iterator(image)]
        image.seek(here)
    return [func(frame) for frame in frames] if func else frames


def __getattr__(name):
    return module_attribute('PIL.ImageSequence', name)
