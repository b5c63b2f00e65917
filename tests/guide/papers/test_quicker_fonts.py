"""Rules of a font that are written anew set what they set before."""

import json
import random
import re
from pathlib import Path

import pytest
import typst
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from guide.fonts.quicker import quicken
from guide.papers import fonts

LETTERS = "abcdefghijklmnopqrst"
MADE = ["ag", "ah", "bg", "bh", "ch", "ab", "ac", "bd", "cd", "de", "narrow_s", "narrow_t"]
OTHERS = [f"other{number}" for number in range(600)]  # so that nearly any glyph is one that a rule begins with
STACKS = "\n".join(f"lookup {made} {{ sub {made[0]} {made[1]} by {made}; }} {made};" for made in MADE[:10])
RULES = f"""
@any = [{" ".join([*LETTERS[:16], *MADE, *OTHERS])}];
{STACKS}
lookup narrow {{ sub s by narrow_s; sub t by narrow_t; }} narrow;
feature ccmp {{
  lookup stacks {{
    ignore sub a' g' [h i];
    sub a' lookup ag g'; sub a' lookup ah h'; sub b' lookup bg g'; sub b' lookup bh h'; sub c' lookup ch h';
  }} stacks;
  lookup ends_that_begin {{
    ignore sub p a' b';
    sub a' lookup ab b'; sub a' lookup ac c'; sub b' lookup bd d'; sub c' lookup cd d'; sub d' lookup de e';
  }} ends_that_begin;
  lookup beside {{
    sub [s t]' lookup narrow @any @any @any @any [s q];
    sub [s t]' lookup narrow @any @any @any [s q];
    sub [s t]' lookup narrow @any @any [s q];
    sub [s t]' lookup narrow @any [s q];
    sub [s t]' lookup narrow q q;
    sub @any @any @any @any t' lookup narrow;
  }} beside;
  lookup behind {{
    sub r @any @any @any @any s' lookup narrow;
    sub r @any @any @any s' lookup narrow;
    sub r @any @any s' lookup narrow;
    sub r @any s' lookup narrow;
    sub r s' lookup narrow;
  }} behind;
  lookup across {{
    sub @any' s' lookup narrow r' @any' [t p]' lookup narrow;
    sub @any' t' lookup narrow q' [t p]';
  }} across;
}} ccmp;
"""
SOURCE = (
    b'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "Small")\n'
    b"#for text in json(bytes(sys.inputs.texts)) { box(text); linebreak() }"
)


def small_font(file: Path) -> TTFont:
    """A font whose glyphs all have other widths and shapes, with rules of every kind that is written anew."""
    names = [".notdef", *LETTERS, *MADE, *OTHERS]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in LETTERS})
    builder.setupGlyf({name: triangle(200 + number) for number, name in enumerate(names)})
    builder.setupHorizontalMetrics({name: (300 + number, 0) for number, name in enumerate(names)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular", "psName": "Small", "fullName": "Small"})
    builder.setupOS2()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, RULES)
    builder.save(file)
    return TTFont(file)


def triangle(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, 0))
    pen.lineTo((width // 2, 700))
    pen.closePath()
    return pen.glyph()


def drawn(file: Path, texts: list[str]) -> list[str]:
    """What Typst draws: each glyph's outline and place."""
    picture = typst.compile(
        SOURCE,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[file.parent]),
        sys_inputs={"texts": json.dumps(texts)},
        format="svg",
    ).decode()
    outlines = dict(re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', picture, re.DOTALL))
    uses = re.findall(r'<use xlink:href="#([^"]+)" ([^>]*)>', picture)
    return [outlines[name] + place for name, place in uses]


def rules_in(font: TTFont) -> int:
    return sum(len(lookup.SubTable) for lookup in font["GSUB"].table.LookupList.Lookup)


@pytest.mark.parametrize("letters", ["abcgh", "abcde", "qrst", "ast", "pqt", "pqrst", LETTERS])
def test_any_text_is_set_as_before(tmp_path: Path, letters: str) -> None:
    slow, quick = tmp_path / "slow" / "small.ttf", tmp_path / "quick" / "small.ttf"
    for file in (slow, quick):
        file.parent.mkdir()
    font = small_font(slow)
    quicken(font)
    font.save(quick)
    assert slow.read_bytes() != quick.read_bytes()
    chance = random.Random(1130)  # noqa: S311
    texts = ["".join(chance.choices(letters, k=chance.randint(1, 12))) for _ in range(2_000)]
    before = drawn(slow, texts)
    assert len(before) > 2_000
    assert drawn(quick, texts) == before


@pytest.mark.parametrize("file", sorted(fonts.SHIPPED.glob("NotoSerifTibetan-*.ttf")), ids=lambda file: file.stem)
def test_a_tibetan_paper_waits_for_few_rules(file: Path) -> None:
    """With one for each of a thousand stacks a notice took twice as long."""
    assert rules_in(TTFont(file)) < 300
