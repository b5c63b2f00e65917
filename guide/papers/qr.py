"""QR codes of addresses as SVG: those of segno, to the letter, in a quarter of the time.

segno compares the eight masks module by module. Here a code is one long number, a bit a module, so that a mask is tried
with a few shifts; what a mask changes is asked of segno once for each size.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import segno

MASKS = range(8)
BORDER, SCALE = 2, 4  # modules; pixels a module
GAP = 4  # light modules between two lines: a finder pattern is followed by as many
TOLD_BESIDE = 41  # from this many modules a side on, a code tells its size beside the finder patterns
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_DARK = re.compile("1+")


class _Modules(NamedTuple):
    """A code's modules, dark ones 1: line by line, and column by column."""

    across: int
    down: int

    def changed(self, other: "_Modules") -> "_Modules":
        return _Modules(self.across ^ other.across, self.down ^ other.down)


class _Size(NamedTuple):
    """What codes of a size and level have in common.

    `masks` are the modules that differ with each mask from what they are with the first. `compared` are those by which
    masks are compared: not those that tell mask and size. `whole` has all.
    """

    side: int
    masks: tuple[_Modules, ...]
    compared: int
    whole: int


def qr_svg(text: str) -> str:
    """A QR code for a page: an inline SVG picture with a border, without colours or a size of its own."""
    side, path = _drawn(text, BORDER)
    whole = SCALE * (side + 2 * BORDER)
    strokes = f'<path transform="scale({SCALE})" stroke="#000" d="{path}"/>'
    return f'<svg viewBox="0 0 {whole} {whole}" class="qr">{strokes}</svg>'


def printed_qr(text: str) -> str:
    """A QR code for a paper, to its very edge."""
    side, path = _drawn(text, 0)
    return f'<svg width="{side}" height="{side}"><path stroke="#000" d="{path}"/></svg>'


def _drawn(text: str, border: int) -> tuple[int, str]:
    """The modules a side, and the path that draws them."""
    code = segno.make(text, error="m", micro=False, mask=0)
    size = _size_of(int(code.version), code.error)
    first = _modules(code.matrix)
    best = min((first.changed(mask) for mask in size.masks), key=lambda modules: _penalty(modules, size))
    return size.side, _path(best.across, size.side, border)


@cache
def _size_of(version: int, error: str) -> _Size:
    codes = [segno.make("1", error, version, mask=mask, boost_error=False).matrix for mask in MASKS]
    side = len(codes[0])
    first = _modules(codes[0])
    compared = [bytes(not _tells(line, column, side) for column in range(side)) for line in range(side)]
    whole = _number([b"\1" * side] * side)
    return _Size(side, tuple(first.changed(_modules(code)) for code in codes), _number(compared), whole)


def _tells(line: int, column: int, side: int) -> bool:
    """Whether a module tells mask, level or size; the one that is always dark lies among them."""
    low, high = sorted((line, column))
    beside = (low == 8 or high == 8) and 6 not in (low, high) and (high <= 8 or high >= side - 8)
    return beside or (side > TOLD_BESIDE and low < 6 and side - 11 <= high < side - 8)


def _modules(matrix: Iterable[bytes | bytearray]) -> _Modules:
    lines = list(map(bytes, matrix))
    return _Modules(_number(lines), _number(map(bytes, zip(*lines, strict=True))))


def _number(lines: Iterable[bytes]) -> int:
    return int(bytes(GAP).join(lines).translate(_DIGITS), 2)


def _penalty(modules: _Modules, size: _Size) -> int:
    """How hard a code is to read by the four features of ISO/IEC 18004, 7.8.3: the less the better."""
    across, down = modules.across & size.compared, modules.down & size.compared
    uneven = abs(across.bit_count() / size.side**2 * 100 - 50)
    lines = (across, size.whole ^ across, down, size.whole ^ down)
    return (
        sum(map(_long_runs, lines))
        + sum(_squares(colour, size.side) for colour in lines[:2])
        + sum(_like_finders(*colours) for colours in (lines[:2], lines[2:]))
        + 10 * int(uneven / 5)
    )


def _long_runs(colour: int) -> int:
    """Five and more modules in a line: 3, and 1 for each beyond five."""
    pairs = colour & colour >> 1
    fives = pairs & pairs >> 2 & colour >> 4
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()


def _squares(colour: int, side: int) -> int:
    """Two by two modules: 3."""
    pairs = colour & colour >> 1
    return 3 * (pairs & pairs >> side + GAP).bit_count()


def _like_finders(dark: int, light: int) -> int:
    """What looks like a finder pattern, with four light modules before or behind: 40. Beyond the edge all is light."""
    alike = dark & light >> 1 & dark >> 2 & dark >> 3 & dark >> 4 & light >> 5 & dark >> 6
    before = dark << 1 | dark << 2
    before |= before << 2
    found, left = 0, alike & ~(before & before >> 11)
    while left:
        first = left & -left
        left &= ~(first * 0b1111111)  # of two that overlap one counts
        found += 40
    return found


def _path(across: int, side: int, border: int) -> str:
    """Each run of dark modules as a stroke, all as one."""
    path: list[str] = []
    x = y = 0
    stride = side + GAP
    modules = f"{across:0{side * stride - GAP}b}"
    for line in range(side):
        for run in _DARK.finditer(modules, line * stride, line * stride + side):
            start, length = run.start() - line * stride + border, run.end() - run.start()
            path.append(f"m{start - x} {line - y}h{length}" if path else f"M{start} {line + border}.5h{length}")
            x, y = start + length, line
    return "".join(path)
