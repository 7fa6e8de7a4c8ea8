"""How a camera was held, as its images say."""

_PREFIX = b'Exif\0\0'
_ORIENTATION = 0x0112
_START_OF_SCAN, _APPLICATION = 0xDA, 0xE1


def of_jpeg(data):
    """The EXIF block of a JPEG with its prefix, as ``info['exif']`` has it; None when there is none."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], 'big')
        if marker == 0xFF:
            at += 1
            continue
        if marker == _START_OF_SCAN:
            return None
        block = bytes(data[at + 4 : at + 2 + length])
        if marker == _APPLICATION and block.startswith(_PREFIX):
            return block
        at += 2 + length
    return None


def orientation(exif):
    """1 to 8 as in EXIF; 1, upright, when the block does not say or is broken."""
    block = exif.removeprefix(_PREFIX)
    order = {b'II': 'little', b'MM': 'big'}.get(block[:2])
    if order is None:
        return 1
    directory = int.from_bytes(block[4:8], order)
    count = int.from_bytes(block[directory : directory + 2], order)
    for at in range(directory + 2, min(directory + 2 + 12 * count, len(block) - 11), 12):
        if int.from_bytes(block[at : at + 2], order) == _ORIENTATION:
            value = int.from_bytes(block[at + 8 : at + 10], order)
            return value if 1 <= value <= 8 else 1
    return 1
