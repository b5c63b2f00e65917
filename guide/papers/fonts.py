"""The fonts of the papers: those that are shipped, and those that the operator adds."""

import struct
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from fontTools.ttLib import TTCollection, TTFont, TTLibError

SHIPPED = Path(__file__).resolve().parent.parent / "fonts"
MISSING = ".notdef"  # the glyph of characters that a font doesn't have
FONT_KINDS = {".ttf", ".otf", ".ttc", ".otc"}


@cache
def fonts() -> typst.Fonts:
    """One for all papers: reading costs 60 ms. Typst's own monospaced font prints the case code."""
    folders = [SHIPPED, *([Path(settings.GUIDE_FONT_DIR)] if settings.GUIDE_FONT_DIR else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def covered() -> frozenset[int]:
    """The code points that can be printed; read once, in about 0.1 s. Only what Typst itself could read counts."""
    return frozenset(chain.from_iterable(map(characters, _accepted())))


def characters(file: Path) -> frozenset[int]:
    """The code points of a TrueType or OpenType font, of all faces if it is a collection.

    Raises ValueError, naming the file, if it isn't a font.
    """
    try:
        with TTCollection(file, lazy=True) if _is_collection(file) else TTFont(file, lazy=True) as font:
            faces = font.fonts if isinstance(font, TTCollection) else [font]
            return frozenset(code for face in faces for code, glyph in _mapped(face) if glyph != MISSING)
    except (TTLibError, struct.error, KeyError) as error:
        message = f"{file} isn't a TrueType or OpenType font"
        raise ValueError(message) from error


def _is_collection(file: Path) -> bool:
    with file.open("rb") as font:
        return font.read(4) == b"ttcf"


def _mapped(face: TTFont) -> Iterable[tuple[int, str]]:
    """Code points with the names of their glyphs."""
    return (face.getBestCmap() or {}).items()


def unreadable(folder: Path) -> list[Path]:
    """The files in a folder that look like fonts and can't be used."""
    looks_like_fonts = {file.resolve() for file in folder.rglob("*") if file.suffix.lower() in FONT_KINDS}
    return sorted(looks_like_fonts - _accepted())


def _accepted() -> set[Path]:
    return {Path(font.path).resolve() for font in fonts().fonts() if font.path}


@register
def the_added_fonts_can_be_read(**_: Any) -> list[CheckMessage]:
    """A folder that isn't there or a broken font would otherwise show only when somebody prints a paper."""
    if not settings.GUIDE_FONT_DIR:
        return []
    folder = Path(settings.GUIDE_FONT_DIR)
    if not folder.is_dir():
        return [Error(f"GUIDE_FONT_DIR names {folder}, which isn't a folder.", id="guide.E001")]
    return [Error(f"{file} can't be used as a font.", id="guide.E002") for file in unreadable(folder)]
