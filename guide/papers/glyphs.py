"""Text as it can be printed: a stand-in for every character that no font has, nothing that has no shape.

In a PDF/UA file a character without a glyph is an error, so values are looked through before they reach Typst.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, TypedDict

from guide.language.pairs import chinese, own, shows_chinese
from guide.papers.fonts import covered

LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
EMPTY_LINES = re.compile("\n{3,}")
# 24 letters without a place to break may be wider than a box of the form; Chinese and Tibetan break by themselves.
UNBROKEN = re.compile(r"[^-\s\u0f00-\u0fff\u2e80-\U0010ffff]{24,}|-{24,}")
BREAK_HERE = "\u200b"


class Missing(TypedDict):
    """A character to be written in by hand."""

    missing: str  # U+20BB7


Printable = str | list[str | Missing]


def missing_glyphs(text: str) -> list[str]:
    """The characters of a text that are printed as 〓, each once, in order."""
    if _plain().issuperset(text):
        return []
    return list(dict.fromkeys(filter(_is_missing, _shown(text))))


def printable(content: Any, both: bool = False) -> Any:
    """A paper's content as JSON for Typst. What is neither text nor figure isn't printed and becomes null.

    A text in two languages becomes `{"own": …, "beneath": …}` where the Chinese has to stand beneath it: under drafts,
    and with `both` everywhere.
    """
    if isinstance(content, str):
        return _in_two(content) if shows_chinese(content, both) else printable_text(own(content))
    if isinstance(content, tuple | list):
        return [printable(entry, both) for entry in content]
    if isinstance(content, Mapping):
        return {name: printable(value, both) for name, value in content.items()}
    if dataclasses.is_dataclass(content):
        return {part.name: printable(getattr(content, part.name), both) for part in dataclasses.fields(content)}
    return content if isinstance(content, int) else None


def _in_two(text: str) -> Printable | dict[str, Printable]:
    said, beneath = printable_text(own(text)), printable_text(chinese(text))
    return said if said == beneath else {"own": said, "beneath": beneath}


def printable_text(text: str) -> Printable:
    """The text as it is shown; in pieces where characters are missing."""
    if _plain().issuperset(text):
        return UNBROKEN.sub(_with_breaks, text.strip())
    shown = UNBROKEN.sub(_with_breaks, _shown(text))
    pieces: list[str | Missing] = []
    for missing, group in groupby(shown, _is_missing):
        letters = "".join(group)
        pieces += [Missing(missing=f"U+{ord(letter):04X}") for letter in letters] if missing else [letters]
    return shown if pieces == [shown] else pieces or ""


@cache
def _plain() -> frozenset[str]:
    """The letters that are printed as they are; nearly all texts have no others and needn't be looked through."""
    return frozenset(
        letter
        for letter in map(chr, covered())
        if letter != "\t" and not LINE_ENDS.match(letter) and _has_shape(letter)
    )


def _is_missing(letter: str) -> bool:
    return letter != "\n" and ord(letter) not in covered()


def _shown(text: str) -> str:
    """Without controls, direction marks and variation selectors; line ends are one kind, and two in a row at most."""
    lines = EMPTY_LINES.sub("\n\n", LINE_ENDS.sub("\n", text))
    return "".join(filter(_has_shape, lines.replace("\t", " "))).strip()


def _has_shape(letter: str) -> bool:
    if letter == "\n" or letter.isalnum():
        return True
    selects_variant = "\ufe00" <= letter <= "\ufe0f" or "\U000e0000" <= letter <= "\U000e0fff"
    return not selects_variant and unicodedata.category(letter) not in {"Cc", "Cf"}


def _with_breaks(word: re.Match[str]) -> str:
    return BREAK_HERE.join(word[0][start : start + 8] for start in range(0, len(word[0]), 8))
