"""Which characters can be printed, and what stands in for the others."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as site
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pytest_django import Settings

from guide.papers import fonts, glyphs, missing_glyphs
from guide.papers.fonts import characters, the_added_fonts_can_be_read

FOLDERS = [fonts.SHIPPED, site.BASE_DIR / "static" / "fonts"]


@pytest.fixture
def added(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """An operator's font folder; what was read of the shipped fonts alone is forgotten before and after."""
    settings.GUIDE_FONT_DIR = str(tmp_path)
    forget_fonts()
    yield tmp_path
    forget_fonts()


def forget_fonts() -> None:
    fonts.fonts.cache_clear()
    fonts.covered.cache_clear()
    glyphs._plain.cache_clear()


def write_font(file: Path, letter: str) -> None:
    """The smallest font with one letter: a triangle."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((250, 700))
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({ord(letter): "letter"})
    builder.setupGlyf({".notdef": pen.glyph(), "letter": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "letter": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": "Added", "styleName": "Regular", "psName": "Added-Regular", "fullName": "Added"}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)


@pytest.mark.parametrize("folder", FOLDERS, ids=["papers", "web"])
def test_the_shipped_fonts_are_those_of_the_checksums(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text("ascii").splitlines()
    sums = {name: checksum for checksum, name in map(str.split, lines)}
    shipped = [file for pattern in ("*.ttf", "*.woff2") for file in folder.glob(pattern)]
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in shipped} == sums


@pytest.mark.parametrize("folder", FOLDERS, ids=["papers", "web"])
def test_the_licence_lies_beside_the_fonts(folder: Path) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("file", sorted(fonts.SHIPPED.glob("*.ttf")), ids=lambda file: file.stem)
def test_the_characters_of_a_font_are_read_right(file: Path) -> None:
    known = set(TTFont(file).getBestCmap())
    assert known - characters(file) <= {0}


def test_names_in_common_and_rare_characters_have_glyphs() -> None:
    assert missing_glyphs("扎西·卓玛 Li Ó 㐀䶮𬭚﨎 བསོད་ནམས་སྒྲོལ་མ། 12345 〓✓→①Ⅷ℃㎡") == []


def test_characters_without_a_glyph_are_named_once_each() -> None:
    assert missing_glyphs("王𠮷😀𠮷 عر ꀀ\ud842\x00\u200d") == ["𠮷", "😀", "ع", "ر", "ꀀ", "\ud842"]


def test_a_missing_character_leaves_its_place() -> None:
    assert glyphs.printable_text("王𠮷山") == ["王", {"missing": "U+20BB7"}, "山"]


def test_what_has_no_shape_is_left_out() -> None:
    assert glyphs.printable_text("a\x00b\u202ec\ufe0fd\te\U000e0100") == "abcd e"


def test_line_ends_become_one_kind_and_are_not_piled_up() -> None:
    assert glyphs.printable_text("a\r\nb\u2028c" + "\n" * 9 + "d") == "a\nb\nc\n\nd"


def test_a_long_word_may_break() -> None:
    assert glyphs.printable_text("a" * 23) == "a" * 23
    assert glyphs.printable_text("a" * 24) == "\u200b".join(["a" * 8] * 3)
    assert glyphs.printable_text("7W36-" * 8) == "7W36-" * 8


def test_an_operators_font_is_used(added: Path) -> None:
    assert missing_glyphs("𠮷") == ["𠮷"]
    write_font(added / "added.ttf", "𠮷")
    forget_fonts()
    assert missing_glyphs("𠮷") == []
    assert "Added" in fonts.fonts().families()
    assert the_added_fonts_can_be_read() == []


def test_a_broken_font_is_found_by_the_check(added: Path) -> None:
    (added / "broken.ttf").write_bytes(b"not a font")
    (found,) = the_added_fonts_can_be_read()
    assert "broken.ttf" in found.msg


def test_a_missing_font_folder_is_found_by_the_check(settings: Settings) -> None:
    settings.GUIDE_FONT_DIR = "/nowhere"
    (found,) = the_added_fonts_can_be_read()
    assert "/nowhere" in found.msg
