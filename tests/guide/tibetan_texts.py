"""What a Tibetan text must not look like, whoever put it together: of a page, a file or a paper."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

BLANK = re.compile(r"\s")
GLUED = re.compile("[^།\n]{0,20}།[\u0f40-\u0fbc\u0f0b0-9A-Za-z].{0,12}")
# What is taken out of a PDF has some vowels twice
CONDITION = re.compile("གལ.{0,3}་ཏེ.{0,5}་(?=[0-9…（“])(?:“[^”]*”|[^།“])*(?:།|$)")


def ill_joined(texts: Iterable[str]) -> Iterator[str]:
    """Where a shad stands right before a letter, digit or tsheg, and where an "if" ends without its verb."""
    for text in texts:
        yield from (f"a shad inside a sentence: {found}" for found in GLUED.findall(text))
        yield from (f"a condition without a verb: {found}" for found in verbless(text))


def verbless(text: str) -> Iterator[str]:
    """Conditions over marks that don't end in a verb, ན and a shad. Blanks mean nothing, as in what a PDF gives."""
    conditions = CONDITION.findall(BLANK.sub("", text))
    yield from (found for found in conditions if not found.endswith("་ན།"))


def texts_of(part: Any) -> list[str]:
    """All texts that a part of a paper holds."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, (list, tuple)):
        return [text for one in part for text in texts_of(one)]
    return [text for one in fields(part) for text in texts_of(getattr(part, one.name))] if is_dataclass(part) else []
