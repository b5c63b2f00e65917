"""Makes the PDF files with Typst."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from guide.language.pairs import chinese, own, shows_chinese
from guide.papers.contents import FormPaper, Head, NoticePaper
from guide.papers.fonts import fonts
from guide.papers.glyphs import missing_glyphs, printable
from guide.papers.labels import WORDS
from guide.papers.qr import printed_qr

SOURCES = Path(__file__).resolve().parent
RUNS_OVER_NOTHING = 4
PICTURE_DOTS = 130.0  # per inch: a page is 1,075 pixels wide
_one_at_a_time = Lock()  # a compiler is for one thread


def notice_pdf(paper: NoticePaper, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The notice as PDF/UA-1. `words` are the fixed labels; `words_now()` gives them in the active language.

    In another language the Chinese stands beneath what nobody has reviewed; with `both` it stands everywhere.
    """
    return printed("notice.typ", paper.head, printable(paper, both), labels(words, both), ["ua-1"])


def notice_picture(paper: NoticePaper, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The first page of the notice as PNG, which alone is enough to go with; for a telephone's album."""
    inputs = _inputs(paper.head, printable(paper, both), labels(words, both))
    pages = typst.compile(
        SOURCES / "notice.typ", root=SOURCES, font_paths=fonts(), sys_inputs=inputs, format="png", ppi=PICTURE_DOTS
    )
    _forget_old_papers()
    return pages[0] if isinstance(pages, list) else pages


def list_pdf(paper: NoticePaper, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The notice's materials alone, one page for the refrigerator door, as PDF/UA-1; languages as for the notice."""
    return printed("list.typ", paper.head, printable(paper, both), labels(words, both), ["ua-1"])


def form_pdf(paper: FormPaper, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The form as PDF/UA-1 and PDF/A-3a, with `paper.data` attached as form.json. `words` and `both` as for the notice.

    Raises TypeError when the data has something that JSON can't say.
    """
    # A lone half of a surrogate pair can't be UTF-8; its escape, \ud842, is right JSON too.
    data = json.dumps(paper.data, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
    content = printable(paper, both)
    for group_content, group in zip(content["groups"], paper.groups, strict=True):
        group_content["rows"] = printable(group.rows, both)
    return printed("form.typ", paper.head, content, labels(words, both), ["a-3a", "ua-1"], data=data)


def labels(words: Mapping[str, str], both: bool) -> dict[str, str | dict[str, str]]:
    """The fixed labels as the templates take them; their blanks are part of them, so they aren't tidied."""
    return {name: _label(word, both) for name, word in words.items()}


def _label(word: str, both: bool) -> str | dict[str, str]:
    """A label in the paper's language; in Chinese alone where no font has its letters."""
    if missing_glyphs(own(word)):
        return chinese(word)
    return {"own": own(word), "beneath": chinese(word)} if shows_chinese(word, both) else own(word)


def printed(
    source: str,
    head: Head,
    content: dict[str, Any],
    words: dict[str, Any],
    standards: "list[typst.PDFStandard]",  # named in the stubs only
    **more: str,
) -> bytes:
    """Everything goes in as data, so no value is ever read as Typst markup."""
    pdf = typst.compile(
        SOURCES / source,
        root=SOURCES,
        font_paths=fonts(),
        sys_inputs={**_inputs(head, content, words), **more},
        format="pdf",
        pdf_standards=standards,
        timestamp=int(head.made.timestamp()),
    )
    _forget_old_papers()
    return pdf


def _inputs(head: Head, content: dict[str, Any], words: dict[str, Any]) -> dict[str, str]:
    return {
        "paper": json.dumps(content, ensure_ascii=False),
        "words": json.dumps(words, ensure_ascii=False),
        "qr": printed_qr(head.link),
    }


def _forget_old_papers() -> None:
    """Typst keeps what it worked out for its last ten runs, 40 MB of papers that nobody asks for again.

    Runs over nothing push them out; two papers stay, for what all papers have in common.
    """
    with _one_at_a_time:
        for _ in range(RUNS_OVER_NOTHING):
            _nothing().compile(format="svg")


@cache
def _nothing() -> typst.Compiler:
    """Ready for all its runs: making one costs 1 ms, a run with it a tenth of that."""
    return typst.Compiler(SOURCES / "nothing.typ", root=SOURCES, font_paths=fonts())
