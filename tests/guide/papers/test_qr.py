"""QR codes: those of segno, which compares the masks as the standard has it."""

import random

import pytest
import segno

from guide.papers.qr import printed_qr, qr_svg

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"


@pytest.mark.parametrize("length", [*range(1, 90, 4), 160, 320])
def test_a_code_is_the_standards_to_the_letter(length: int) -> None:
    """Of every size that an address may take, and of those that tell their size beside the finder patterns."""
    dice = random.Random(length)  # noqa: S311  # a sample, no secret
    for _turn in range(4):
        address = "https://guide.example/c/" + "".join(dice.choices(LETTERS, k=length))
        code = segno.make(address, error="m", micro=False)
        assert qr_svg(address) == code.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
        assert printed_qr(address) == code.svg_inline(border=0, svgclass=None, lineclass=None)
