"""Which characters a font file has: reads its `cmap` table, and nothing else of it."""

import struct
from collections.abc import Iterator
from pathlib import Path

TABLE = struct.Struct(">4sIII")  # tag, checksum, offset, length
SUBTABLE = struct.Struct(">HHI")  # platform, encoding, offset
GROUP = struct.Struct(">III")  # first character, last character, first glyph


def characters(file: Path) -> frozenset[int]:
    """The code points of a TrueType or OpenType font, of all faces if it is a collection.

    Raises ValueError, naming the file, if it isn't a font.
    """
    font = file.read_bytes()
    try:
        return frozenset(code for face in _faces(font) for code in _mapped(font, face))
    except (struct.error, StopIteration) as error:
        message = f"{file} isn't a TrueType or OpenType font"
        raise ValueError(message) from error


def _faces(font: bytes) -> tuple[int, ...]:
    """Where the table directories of the faces begin."""
    if font[:4] != b"ttcf":
        return (0,)
    (count,) = struct.unpack_from(">I", font, 8)
    return struct.unpack_from(f">{count}I", font, 12)


def _mapped(font: bytes, face: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", font, face + 4)
    tables = (TABLE.unpack_from(font, face + 12 + TABLE.size * i) for i in range(count))
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for i in range(count):
        _, _, offset = SUBTABLE.unpack_from(font, cmap + 4 + SUBTABLE.size * i)
        yield from _subtable(font, cmap + offset)


def _subtable(font: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == 4:
        return _plane_0(font, at)
    if kind == 12:
        return _all_planes(font, at)
    return iter(())


def _plane_0(font: bytes, at: int) -> Iterator[int]:
    """Format 4: segments of characters, each with a shift or with a list of glyphs, where glyph 0 means missing."""
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts, shifts, lists = (struct.unpack_from(f">{count}H", font, at + 16 + doubled * column) for column in (1, 2, 3))
    for i, (start, end, shift, where) in enumerate(zip(starts, ends, shifts, lists, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if where:
                (glyph,) = struct.unpack_from(">H", font, at + 16 + doubled * 3 + 2 * i + where + 2 * (code - start))
            if glyph and (glyph + shift) % 0x10000:
                yield code


def _all_planes(font: bytes, at: int) -> Iterator[int]:
    """Format 12: groups of characters with glyphs in the same order."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    for i in range(count):
        first, last, glyph = GROUP.unpack_from(font, at + 16 + GROUP.size * i)
        yield from range(first if glyph else first + 1, last + 1)
