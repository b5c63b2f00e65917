"""What a hall prints for everybody: the poster of a bundle, and the booklet of many. All text is in the reader's
language; what is empty isn't printed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from guide.papers.contents import Head, PrintedHall
from guide.papers.glyphs import printable
from guide.papers.labels import WORDS
from guide.papers.printing import labels, printed
from guide.papers.qr import printed_qr


@dataclass(frozen=True, slots=True)
class BookletMaterial:
    """A thing that may be told: when, and small lines beneath."""

    name: str
    when: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookletItem:
    name: str
    when: str
    says: tuple[str, ...]
    materials: tuple[BookletMaterial, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A bundle in the booklet; `link` is what its QR code opens."""

    title: str
    summary: str
    saving: str
    rules: str
    questions: tuple[str, ...]
    items: tuple[BookletItem, ...]
    halls: tuple[PrintedHall, ...]
    laws: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Booklet:
    head: Head
    chapters: tuple[Chapter, ...]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """How to begin, and what nearly everybody needs; `head.link` is what the QR code opens."""

    head: Head
    size: str  # a3 or a4
    happened: str  # in life's words; the head has the formal title
    materials: tuple[str, ...]
    days: tuple[tuple[str, str], ...]  # what, and by when or how long it takes
    halls: tuple[PrintedHall, ...]


def booklet_pdf(paper: Booklet, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The booklet as PDF/UA-1; `words` and `both` as for `notice_pdf`. The last few are kept: one may take 20 s."""
    return _booklet(paper, tuple(words.items()), both)


@lru_cache(maxsize=4)
def _booklet(paper: Booklet, words: tuple[tuple[str, str], ...], both: bool) -> bytes:
    codes = [printed_qr(chapter.link) for chapter in paper.chapters]
    content, said = printable(paper, both), labels(dict(words), both)
    return printed("booklet.typ", paper.head, content, said, ["ua-1"], codes=json.dumps(codes))


def poster_pdf(paper: Poster, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The poster, one page, as PDF/UA-1; `words` and `both` as for `notice_pdf`."""
    return printed("poster.typ", paper.head, printable(paper, both), labels(words, both), ["ua-1"])
