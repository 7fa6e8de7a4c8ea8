"""Numbers of colours, and the bits of black and white."""

from PIL import _modes


def samples_of(color, mode):
    """The numbers of a colour in a mode."""
    if isinstance(color, str):
        from PIL import ImageColor

        color = ImageColor.getcolor(color, mode)
    bands = len(_modes.BANDS[mode])
    if isinstance(color, (int, float)):
        if bands == 1:
            samples = [color]
        else:
            # Pillow takes a plain number as the bytes of the pixel, the first band lowest.
            samples = [int(color) >> (8 * band) & 255 for band in range(4)][:bands]
            if mode == 'LA':
                samples = [int(color) & 255, int(color) >> 24 & 255]
    else:
        samples = list(color)
        if mode == 'RGBA' and len(samples) == 3:
            samples.append(255)
        if mode == 'LA' and len(samples) == 1:
            samples.append(255)
        if mode == 'RGB' and len(samples) == 4:
            samples.pop()
        if len(samples) != bands:
            raise TypeError('color must be int or tuple')
    if mode == 'I':
        return samples
    if mode == '1':
        return [255 if samples[0] else 0]
    return [min(255, max(0, int(sample))) for sample in samples]


def pixel_bytes(samples, mode):
    """One pixel as the bytes of a raster."""
    return int(samples[0]).to_bytes(4, 'little', signed=True) if mode == 'I' else bytes(samples)


def packed(samples, width, height):
    rows = bytearray()
    for y in range(height):
        bits = ''.join('1' if sample else '0' for sample in samples[y * width : (y + 1) * width])
        bits += '0' * (-width % 8)
        rows += int(bits, 2).to_bytes(len(bits) // 8, 'big')
    return bytes(rows)


def unpacked(data, width, height):
    row_bytes = (width + 7) // 8
    samples = bytearray()
    for y in range(height):
        row = data[y * row_bytes : (y + 1) * row_bytes]
        bits = ''.join(f'{byte:08b}' for byte in row)[:width]
        samples += bytes(255 if bit == '1' else 0 for bit in bits)
    return bytes(samples)
