"""Arrays of pixels, in the shape that cv2 scripts know from numpy.

The samples are in the worker's Java memory; what Python holds is a reference. To change an array is to let it refer to
other samples: a slice is a copy, and does not see it.
"""

from cv2._missing import missing

from _pulzar.services import Service, to_bytes

_SIZES = {'bool': 1, 'uint8': 1, 'int8': 1, 'uint16': 2, 'int16': 2, 'int32': 4, 'float32': 4, 'float64': 8}

imaging = Service('imaging')


class DType:
    """The type of the samples; equal to its name."""

    def __init__(self, name):
        self.name = name
        self.itemsize = _SIZES[name]
        self.kind = name[0]

    def __eq__(self, other):
        return self.name == (other.name if isinstance(other, DType) else getattr(other, '__name__', other))

    def __hash__(self):
        return hash(self.name)

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"dtype('{self.name}')"


class Pixel(tuple):
    """The samples of one pixel. It can be read and unpacked; numpy's arithmetic is refused, not misread."""

    __slots__ = ()

    def tolist(self):
        """The samples as a list."""
        return list(self)

    def _refuse(self, *_):
        raise missing('arithmetic with pixels')

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __floordiv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


class ndarray:  # noqa: N801, the name that scripts know
    """An image of height x width (x channels) samples, or a row of bytes."""

    def __init__(self, raster, shape, dtype):
        self._raster = raster
        self.shape = shape
        self.dtype = DType(dtype)

    @classmethod
    def of_raster(cls, raster):
        """Wraps what a service returned; one channel means no third dimension, as in cv2."""
        height, width, channels, dtype = imaging('shape', raster)
        return cls(raster, (height, width) if channels == 1 else (height, width, channels), dtype)

    @classmethod
    def of_bytes(cls, data):
        """A row of bytes, as imencode returns it."""
        row = cls(None, (len(data),), 'uint8')
        row._data = bytes(data)
        return row

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        """The number of samples."""
        count = 1
        for length in self.shape:
            count *= length
        return count

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize

    def tobytes(self):
        """The samples: rows from the top, pixels from the left, the channels of a pixel together."""
        if self.ndim == 1:
            return self._data
        return to_bytes(imaging('to_bytes', self._raster)) if self.size else b''

    def tolist(self):
        """Nested lists of numbers."""
        if self.ndim == 1:
            return list(self._data)
        height, width = self.shape[:2]
        channels = self.shape[2] if self.ndim == 3 else 1
        rows = []
        for y in range(height):
            row = list(imaging('samples', self._raster, 0, y, width * channels)) if width else []
            if self.ndim == 3:
                row = [row[at : at + channels] for at in range(0, len(row), channels)]
            rows.append(row)
        return rows

    def copy(self):
        """An array of its own."""
        if self.ndim == 1:
            return ndarray.of_bytes(self._data)
        return ndarray(self._raster, self.shape, self.dtype.name)

    def astype(self, dtype):
        """The same numbers as another type."""
        name = dtype.name if isinstance(dtype, DType) else getattr(dtype, '__name__', dtype)
        return self._combined('add', 0, {'int': 'int32', 'float': 'float64'}.get(name, name))

    def sum(self):
        """The sum of all samples."""
        if self.dtype.itemsize == 1 and self.dtype.kind != 'i':
            return sum(self.tobytes())
        return sum(number for row in self.tolist() for part in row for number in (part if self.ndim == 3 else [part]))

    def mean(self):
        """Their mean."""
        return self.sum() / self.size

    def all(self):
        """Whether none is zero."""
        return bool(self.min())

    def any(self):
        """Whether one is not zero."""
        return bool(self.max())

    def _combined(self, name, other, dtype):
        if self.ndim == 1:
            raise missing('arithmetic with a row of bytes')
        operand = other._raster if isinstance(other, ndarray) else [float(part) for part in _numbers(other)]
        stored = 'uint8' if dtype == 'bool' else dtype
        return ndarray(imaging('elementwise', name, self._raster, operand, stored), self.shape, dtype)

    def _arithmetic(self, name, other):
        if isinstance(other, ndarray):
            if other.dtype != self.dtype.name:
                raise missing('arithmetic of arrays of two types (use astype)')
            return self._combined(name, other, self.dtype.name)
        if isinstance(other, float):
            return self._combined(name, other, 'float32' if self.dtype == 'float32' else 'float64')
        if not isinstance(other, int):
            raise missing('arithmetic of an array with anything but a number or an array')
        return self._combined(name, other, _holding(self.dtype.name, other))

    def __add__(self, other):
        return self._arithmetic('add', other)

    __radd__ = __add__

    def __sub__(self, other):
        return self._arithmetic('subtract', other)

    def __rsub__(self, other):
        return self._arithmetic('subtract_from', other)

    def __mul__(self, other):
        return self._arithmetic('multiply', other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._combined('divide', other, 'float32' if self.dtype == 'float32' else 'float64')

    def __lt__(self, other):
        return self._combined('less', other, 'bool')

    def __le__(self, other):
        return self._combined('less_equal', other, 'bool')

    def __gt__(self, other):
        return self._combined('greater', other, 'bool')

    def __ge__(self, other):
        return self._combined('greater_equal', other, 'bool')

    def __eq__(self, other):
        return self._combined('equal', other, 'bool')

    def __ne__(self, other):
        return self._combined('not_equal', other, 'bool')

    def min(self):
        return self._extremes()[0]

    def max(self):
        return self._extremes()[1]

    def _extremes(self):
        if self.ndim == 1:
            return min(self._data), max(self._data)
        flat = self._raster
        if self.ndim == 3:
            height, width, channels = self.shape
            flat = imaging('of_bytes', width * channels, height, 1, self.dtype.name, self.tobytes())
        low, high = list(Service('vision')('extremes', flat))[:2]
        return (low, high) if self.dtype.kind == 'f' else (int(low), int(high))

    def __len__(self):
        return self.shape[0]

    def __bool__(self):
        if self.size > 1:
            raise ValueError('The truth value of an array with more than one element is ambiguous')
        return bool(self.size and self.max())

    def __getitem__(self, key):
        if self.ndim == 1:
            part = self._data[key]
            return part if isinstance(part, int) else ndarray.of_bytes(part)
        key = key if isinstance(key, tuple) else (key,)
        if Ellipsis in key or len(key) > self.ndim or not all(isinstance(part, (int, slice)) for part in key):
            raise missing('indexing with anything but numbers and slices')
        key += (slice(None),) * (self.ndim - len(key))
        if isinstance(key[0], int) and isinstance(key[1], int):
            return self._pixel(_position(key[0], self.shape[0], 0), _position(key[1], self.shape[1], 1), *key[2:])
        if isinstance(key[0], int) or isinstance(key[1], int):
            raise missing('taking a single row or column (take a slice one pixel wide)')
        return self._rectangle(*key)

    def _pixel(self, y, x, channel=None):
        channels = self.shape[2] if self.ndim == 3 else 1
        pixel = list(imaging('samples', self._raster, x, y, channels))
        if channel is None:
            return pixel[0]
        return pixel[channel] if isinstance(channel, int) else Pixel(pixel[channel])

    def _rectangle(self, rows, columns, channels=None):
        top, height, down = _span(rows, self.shape[0])
        left, width, across = _span(columns, self.shape[1])
        chosen = None if channels is None else range(self.shape[2])[channels]
        if isinstance(chosen, int):
            shape = (height, width)
            chosen = (chosen,)
        else:
            shape = (height, width) if chosen is None else (height, width, len(chosen))
        if 0 in shape:
            return ndarray(None, shape, self.dtype.name)
        raster = self._raster
        if (height, width) != self.shape[:2]:
            raster = imaging('region', raster, left, top, width, height)
        if down < 0:
            raster = imaging('transpose', raster, 1)
        if across < 0:
            raster = imaging('transpose', raster, 0)
        if chosen is not None and list(chosen) != list(range(self.shape[2])):
            raster = imaging('channels', raster, list(chosen))
        return ndarray(raster, shape, self.dtype.name)

    def __setitem__(self, key, value):
        if self.ndim == 1 or self.dtype != 'uint8':
            raise missing('changing an array of anything but uint8 pixels')
        height, width = self.shape[:2]
        if isinstance(key, ndarray):
            if key.dtype != 'bool' or key.shape != (height, width):
                raise missing('changing an array by anything but slices and a mask of its size')
            mask = imaging('elementwise', 'multiply', key._raster, [255.0], 'uint8')
            self._raster = imaging('paste', self._raster, self._filled(width, height, value), 0, 0, mask)
            return
        key = key if isinstance(key, tuple) else (key,)
        key += (slice(None),) * (2 - len(key))
        if len(key) != 2 or not all(isinstance(part, (int, slice)) for part in key):
            raise missing('changing an array by anything but slices and a mask of its size')
        rows, columns = (
            slice(_position(part, self.shape[axis], axis), _position(part, self.shape[axis], axis) + 1)
            if isinstance(part, int)
            else part
            for axis, part in enumerate(key)
        )
        (top, down, step_y), (left, across, step_x) = _span(rows, height), _span(columns, width)
        if step_y < 0 or step_x < 0:
            raise missing('changing an array backwards')
        if down and across:
            self._raster = imaging('paste', self._raster, self._filled(across, down, value), left, top, None)

    def _filled(self, width, height, value):
        if isinstance(value, ndarray):
            if value.shape[:2] != (height, width):
                raise ValueError(
                    f'could not broadcast input array from shape {value.shape} into shape {(height, width)}'
                )
            return value._raster
        channels = self.shape[2] if self.ndim == 3 else 1
        numbers = _numbers(value)
        numbers = numbers * channels if len(numbers) == 1 else numbers
        if len(numbers) != channels:
            raise ValueError(f'could not broadcast {len(numbers)} numbers into {channels} channels')
        return imaging('new', width, height, 'uint8', [int(number) for number in numbers])

    def __iter__(self):
        if self.ndim == 1:
            return iter(self._data)
        raise missing('iterating over rows (use tolist())')

    __hash__ = None

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        raise missing(f'ndarray.{name}')

    def __repr__(self):
        return f'<array {self.shape} {self.dtype}>'


def _numbers(value):
    if isinstance(value, (int, float)):
        return [value]
    numbers = list(value)
    if not all(isinstance(number, (int, float)) for number in numbers):
        raise missing('arithmetic with nested lists')
    return numbers


def _holding(dtype, number):
    """The type of a sum of samples and a number, as numpy 1.24 chooses it."""
    limits = {'uint8': (0, 255), 'int8': (-128, 127), 'uint16': (0, 65535), 'int16': (-32768, 32767)}
    low, high = limits.get(dtype, (number, number))
    if low <= number <= high:
        return dtype
    if dtype == 'uint8' and -32768 <= number <= 65535:
        return 'int16' if number < 0 else 'uint16'
    return 'int32'


def _position(index, length, axis):
    at = index + length if index < 0 else index
    if not 0 <= at < length:
        raise IndexError(f'index {index} is out of bounds for axis {axis} with size {length}')
    return at


def _span(part, length):
    """First position, count and direction of a slice."""
    positions = range(length)[part]
    if len(positions) < 2:
        return (positions[0] if positions else 0), len(positions), 1
    if abs(positions.step) != 1:
        raise missing('slices with steps (use cv2.resize)')
    return min(positions[0], positions[-1]), len(positions), positions.step
