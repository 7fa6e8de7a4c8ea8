# ruff: noqa: E501
"""What the files of images say about themselves besides their pixels."""

import struct
import zlib

from PIL import _exif

_METERS_PER_INCH = 0.0254
_MOST_TEXT = 1 << 20


def of_file(kind, data):
    """``(info, the number of frames or None)``; a file that is broken here has what was found before."""
    info, frames = {}, None
    try:
        if kind == 'JPEG':
            _jpeg(data, info)
        elif kind == 'PNG':
            frames = _png(data, info)
        elif kind == 'GIF':
            frames = _gif(data, info)
        elif kind == 'BMP':
            _bmp(data, info)
        elif kind == 'TIFF':
            frames = _tiff(data, info)
        elif kind == 'WEBP':
            frames = _webp(data, info)
    except (struct.error, IndexError, zlib.error):
        return info, frames
    return info, frames


def _jpeg(data, info):
    profile = []
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], 'big')
        block = bytes(data[at + 4 : at + 2 + length])
        if marker == 0xE0 and block.startswith(b'JFIF'):
            version, unit, x, y = struct.unpack('>HBHH', block[5:12])
            info.update(jfif=version, jfif_version=divmod(version, 256))
            if unit == 1:
                info['dpi'] = (x, y)
            info.update(jfif_unit=unit, jfif_density=(x, y))
        elif marker == 0xE1 and block.startswith(b'Exif\0\0'):
            info.setdefault('exif', block)
        elif marker == 0xE2 and block.startswith(b'ICC_PROFILE\0'):
            profile.append(block)
        elif marker == 0xEE and block.startswith(b'Adobe'):
            info['adobe'] = int.from_bytes(block[5:7], 'big')
            if len(block) > 11:
                info['adobe_transform'] = block[11]
        elif marker == 0xFE:
            info['comment'] = block
        elif marker in (0xC2, 0xC6, 0xCA, 0xCE):
            info['progressive'] = info['progression'] = 1
        elif marker == 0xDA:
            break
        at += 2 + length
    if profile:
        info['icc_profile'] = b''.join(block[14:] for block in sorted(profile, key=lambda block: block[12]))
    if 'dpi' not in info and 'exif' in info:
        found = _exif.Exif()
        found.load(info['exif'])
        density = found.get(0x011A)
        info['dpi'] = (72, 72)
        if density:
            number = float(density) * (2.54 if found.get(0x0128) == 3 else 1)
            info['dpi'] = (number, number)


def _png(data, info):
    at, frames = 8, 1
    if data[28]:
        info['interlace'] = 1
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], 'big'), bytes(data[at + 4 : at + 8])
        chunk = bytes(data[at + 8 : at + 8 + length])
        if name == b'gAMA':
            info['gamma'] = int.from_bytes(chunk, 'big') / 100000.0
        elif name == b'sRGB':
            info['srgb'] = chunk[0]
        elif name == b'cHRM':
            info['chromaticity'] = tuple(number / 100000.0 for number in struct.unpack('>8I', chunk))
        elif name == b'pHYs':
            x, y, unit = struct.unpack('>IIB', chunk)
            info['dpi' if unit == 1 else 'aspect'] = (
                (x * _METERS_PER_INCH, y * _METERS_PER_INCH) if unit == 1 else (x, y)
            )
        elif name == b'iCCP':
            info['icc_profile'] = _inflated(chunk[chunk.index(0) + 2 :])
        elif name == b'eXIf':
            info['exif'] = b'Exif\0\0' + chunk
        elif name == b'acTL':
            frames = int.from_bytes(chunk[:4], 'big')
            info['loop'] = int.from_bytes(chunk[4:8], 'big')
        elif name in (b'tEXt', b'zTXt', b'iTXt'):
            key, text = _text(name, chunk)
            info[key] = text
        at += 12 + length
    return frames


def _text(name, chunk):
    key, _, rest = chunk.partition(b'\0')
    if name == b'tEXt':
        return key.decode('latin-1'), rest.decode('latin-1', 'replace')
    if name == b'zTXt':
        return key.decode('latin-1'), _inflated(rest[1:]).decode('latin-1', 'replace')
    packed, rest = rest[0], rest[2:]
    _, _, rest = rest.partition(b'\0')
    _, _, rest = rest.partition(b'\0')
    return key.decode('latin-1'), (_inflated(rest) if packed else rest).decode('utf-8', 'replace')


def _inflated(packed):
    return zlib.decompressobj().decompress(packed, _MOST_TEXT)


def _gif(data, info):
    info['version'] = bytes(data[:6])
    flags = data[10]
    at = 13
    if flags & 0x80:
        info['background'] = data[11]
        at += 3 << ((flags & 7) + 1)
    frames, waiting = 0, {}
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            if frames == 0:
                info.update(waiting)
            frames += 1
            at += 10 + (3 << ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0)
            at = _skip(data, at + 1)
            continue
        label, start = data[at + 1], at + 2
        block = bytes(data[start + 1 : start + 1 + data[start]])
        if label == 0xF9:
            if frames == 0:
                waiting = {'duration': int.from_bytes(block[1:3], 'little') * 10}
                if block[0] & 1:
                    waiting['transparency'] = block[3]
        elif label == 0xFE and frames == 0:
            info['comment'] = _joined(data, start)
        elif label == 0xFF and frames == 0:
            info['extension'] = block, start + 1 + len(block)
            if block.startswith(b'NETSCAPE2.0'):
                more = start + 1 + len(block)
                if data[more] >= 3 and data[more + 1] == 1:
                    info['loop'] = int.from_bytes(data[more + 2 : more + 4], 'little')
        at = _skip(data, start)
    return frames


def _skip(data, at):
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _joined(data, at):
    text = b''
    while data[at]:
        text += bytes(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return text


def _bmp(data, info):
    if int.from_bytes(data[14:18], 'little') < 40:
        return
    info['dpi'] = tuple(number / 39.3701 for number in struct.unpack('<ii', data[38:46]))
    info['compression'] = int.from_bytes(data[30:34], 'little')


_TIFF_COMPRESSIONS = {
    1: 'raw', 2: 'tiff_ccitt', 3: 'group3', 4: 'group4', 5: 'tiff_lzw', 6: 'tiff_jpeg', 7: 'jpeg', 8: 'tiff_adobe_deflate',
    32773: 'packbits', 32946: 'tiff_deflate', 34925: 'lzma', 50000: 'zstd', 50001: 'webp',
}  # fmt: skip


def _tiff(data, info):
    order = {b'II': 'little', b'MM': 'big'}[bytes(data[:2])]
    at, frames, seen = int.from_bytes(data[4:8], order), 0, set()
    first = _exif.Exif()
    first.load(data)
    while at and at not in seen and at + 2 <= len(data):
        seen.add(at)
        frames += 1
        end = at + 2 + 12 * int.from_bytes(data[at : at + 2], order)
        at = int.from_bytes(data[end : end + 4], order)
    info['compression'] = _TIFF_COMPRESSIONS.get(first.get(0x0103, 1), 'unknown')
    x, y, unit = first.get(0x011A), first.get(0x011B), first.get(0x0128, 2)
    if x and y:
        factor = {2: 1, 3: 2.54}.get(unit)
        if factor:
            info['dpi'] = (float(x) * factor, float(y) * factor)
        else:
            info['resolution'] = (float(x), float(y))
    if 0x8773 in first:
        info['icc_profile'] = first[0x8773]
    return frames


def _webp(data, info):
    at, frames = 12, 0
    while at + 8 <= len(data):
        name, length = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], 'little')
        chunk = bytes(data[at + 8 : at + 8 + length])
        if name == b'ICCP':
            info['icc_profile'] = chunk
        elif name == b'EXIF':
            info['exif'] = chunk if chunk.startswith(b'Exif\0\0') else b'Exif\0\0' + chunk
        elif name == b'ANMF':
            frames += 1
        at += 8 + length + (length & 1)
    return frames or 1
