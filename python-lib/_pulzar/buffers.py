"""What native code gets when a script gives it bytes, or something that has some."""


def contents(data):
    """The bytes; TypeError for a number and for a list of numbers, of which ``bytes`` would make some."""
    if type(data) is bytes:
        return data
    try:
        view = memoryview(data)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None
    if not view.c_contiguous:
        raise BufferError('memoryview: underlying buffer is not C-contiguous')
    return view.tobytes()
