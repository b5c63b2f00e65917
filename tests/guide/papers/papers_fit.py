"""Looks whether a PDF fits its paper: nothing cut, nothing printed over something else, every text there.

`faults_of` takes any PDF. `python -m tests.guide.papers.papers_fit [bundle …]` makes the papers of all bundles
in all languages and sizes and looks at each.
"""

import io
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import page
from django.test.utils import setup_databases
from django.utils import translation
from pypdf import PdfReader

import config.wsgi  # noqa: F401  # sets Django up, before the site below is imported
from bundles.loading import catalogue
from bundles.proving.scenarios import play, read_scenarios
from bundles.walking.answers import AnswersRefused
from guide.form.boxes import blocks_of
from guide.form.paper import form_paper_of
from guide.notice.paper import notice_paper_of
from guide.notice.rows import Telling
from guide.papers import booklet_pdf, form_pdf, list_pdf, notice_pdf, poster_pdf, words_now
from guide.papers.glyphs import printable
from guide.papers.questionnaire import questionnaire_pdf
from guide.prints.blank_questionnaire import questionnaire_paper_of
from guide.prints.posters_and_booklet import booklet_of, head_of, poster_of

MILLIMETRE = 72 / 25.4
EDGE = 5 * MILLIMETRE  # printers leave that much white
LARGE = 18.0  # pt
MOST_PAGES = 6  # of a blank questionnaire in Chinese
UNPRINTED = frozenset({"link", "language", "size", "value", "made", "data"})
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
_LETTER = re.compile(r"\w")
_BLANK = re.compile(r"[\s\u200b]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def core(self) -> tuple[float, float]:
        """Top and bottom of what its letters surely cover: lines may touch above and below that."""
        height = self.bottom - self.top
        return self.top + 0.35 * height, self.bottom - 0.35 * height

    def lies_on(self, other: "Word") -> bool:
        """Whether the two are printed over each other."""
        if not (_LETTER.search(self.text) and _LETTER.search(other.text)):
            return False  # marks have blank sides, which may lie on their neighbours
        (top, bottom), (other_top, other_bottom) = self.core(), other.core()
        squeezed = 0.6 * min(self.bottom - self.top, other.bottom - other.top)  # as Chinese punctuation in a line is
        room = squeezed if abs(self.bottom - other.bottom) < squeezed else 2
        beside = min(self.right, other.right) - max(self.left, other.left) <= room
        return not beside and min(bottom, other_bottom) > max(top, other_top)


def sheets_of(pdf: bytes) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of each page. Needs poppler's pdftotext."""
    return [
        (float(width), float(height), [_word(*entry) for entry in _WORD.findall(body)])
        for width, height, body in _PAGE.findall(_read(pdf, "-bbox"))
    ]


def said_in(pdf: bytes) -> str:
    """All that the file says in the order in which it was written, without blanks."""
    return _BLANK.sub("", _read(pdf, "-raw"))


def _read(pdf: bytes, how: str) -> str:
    found = subprocess.run(["pdftotext", how, "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S603, S607
    return found.stdout.decode()


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    return Word(unescape(text), float(left), float(top), float(right), float(bottom))


def faults_of(pdf: bytes, texts: Iterable[str] = (), least: float = 0, pages: int = 0) -> list[str]:
    """What is wrong with the file, in words: faults by PDF/UA-1, what is cut, covered, smaller than `least` points,
    missing of `texts`. `pages` is how many pages there may be, 0 any number.
    """
    sheets = sheets_of(pdf)
    faults = [fault for number, sheet in enumerate(sheets, 1) for fault in _faults_of_sheet(number, *sheet)]
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    faults += [f"PDF/UA-1: {failure.message}" for failure in report.failures]
    if pages and len(sheets) > pages:
        faults.append(f"{len(sheets)} pages")
    said = said_in(pdf)
    faults += [f"missing: {text[:60]}" for text in dict.fromkeys(texts) if not _says(said, _BLANK.sub("", text))]
    if least:
        faults += [f"{size} pt: {text[:40]}" for size, text in sizes_of(pdf) if size < least]
    return faults


def _faults_of_sheet(number: int, width: float, height: float, words: list[Word]) -> Iterator[str]:
    for word in words:
        top, bottom = word.core()
        if word.left < EDGE or word.right > width - EDGE or top < EDGE or bottom > height - EDGE:
            yield f"page {number}: over the edge: {word.text[:40]}"
    standing = sorted(words, key=lambda word: word.top)
    for place, word in enumerate(standing):
        for other in standing[place + 1 :]:
            if other.top > word.bottom:
                break
            if word.lies_on(other):
                yield f"page {number}: over each other: {word.text[:30]} and {other.text[:30]}"


def _says(said: str, text: str) -> bool:
    """Whether the text stands there; one that goes over a page in two parts."""
    return text in said or any(text[:cut] in said and text[cut:] in said for cut in range(1, len(text)))


def sizes_of(pdf: bytes) -> list[tuple[float, str]]:
    """Every run of text with its size in points."""
    sizes: list[tuple[float, str]] = []

    def note(text: str, ground: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append((round(size * abs(matrix[3]) * abs(ground[3]), 1), text.strip()))

    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        sheet.extract_text(visitor_text=note)
    return sizes


def texts_in(content: Any) -> Iterator[str]:
    """The texts of a paper's content as `printable` gives it, of pairs both languages, without what isn't printed."""
    match content:
        case str() if content:
            yield content
        case dict():
            for key in content.keys() - UNPRINTED:
                yield from texts_in(content[key])
        case list() if not any(isinstance(entry, dict) and "missing" in entry for entry in content):
            for entry in content:
                yield from texts_in(entry)


Print = tuple[str, bytes, list[str], float, int]  # name, file, texts, least size, most pages; as `faults_of` takes them


def prints_of(id: str, language: str, today: date) -> Iterator[Print]:
    """Every paper of a bundle in a language: the richest of its scenarios, and what a hall prints for everybody."""
    with translation.override(language):
        yield from _walk_prints(id)
        yield from _hall_prints(id, today)
        yield from _questionnaire_prints(id, language, today)


def _walk_prints(id: str) -> Iterator[Print]:
    telling, words = richest_telling(id), words_now()
    link = f"https://guide.example/c/{telling.code}"
    for large in (False, True):
        kind, least = ("large", LARGE) if large else ("normal", 0)
        notice = notice_paper_of(telling, link, large)
        yield f"notice {kind}", notice_pdf(notice, words), list(texts_in(printable(notice))), least, 0
        form = form_paper_of(telling, blocks_of(telling, {}), {}, link, large)
        yield f"form {kind}", form_pdf(form, words), list(texts_in(printable(form))), least, 0
    names = [row.name for row in (*notice.materials, *notice.counter_materials)]
    yield "list", list_pdf(notice, words), list(texts_in(printable(names))), 0, 1


def _hall_prints(id: str, today: date) -> Iterator[Print]:
    region, words, link = catalogue().region(None), words_now(), f"https://guide.example/{id}/"
    bundle = catalogue().bundle(id).on(today)
    for size in ("a4", "a3"):
        poster = poster_of(bundle, region, head_of(region, today, link, bundle), size)
        yield f"poster {size}", poster_pdf(poster, words), list(texts_in(printable(poster))), 0, 1
    for large in (False, True):
        booklet = booklet_of([bundle], region, [link], head_of(region, today, link), large)
        kind, least = ("large", LARGE) if large else ("normal", 0)
        yield f"booklet {kind}", booklet_pdf(booklet, words), list(texts_in(printable(booklet))), least, 0


def _questionnaire_prints(id: str, language: str, today: date) -> Iterator[Print]:
    region = catalogue().region(None)
    for large in (False, True):
        paper = questionnaire_paper_of(catalogue().bundle(id), region, today, f"https://guide.example/{id}/", large)
        content = {key: value for key, value in printable(paper).items() if key != "fact_phrase"}
        kind, least = ("large", LARGE) if large else ("normal", 0)
        most = MOST_PAGES if language == "zh-hans" and not large else 0
        yield f"questionnaire {kind}", questionnaire_pdf(paper, words_now()), list(texts_in(content)), least, most


def richest_telling(id: str) -> Telling:
    """The telling of the bundle's scenario with the most materials."""
    tellings = []
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        try:
            walked = play(scenario, catalogue(), id)
        except AnswersRefused:
            continue
        if walked.status == "finished":
            tellings.append(Telling(walked, catalogue().region(scenario.region)))
    return max(tellings, key=lambda telling: sum(len(telling.needs(counter=counter)) for counter in (False, True)))


def _look(id: str, language: str) -> int:
    """How many papers of the bundle don't fit; says each paper and what is wrong with it."""
    unfit = 0
    for name, pdf, texts, least, pages in prints_of(id, language, date(2026, 11, 25)):
        faults = faults_of(pdf, texts, least, pages)
        unfit += bool(faults)
        _say(f"{id} {language} {name}: {'; '.join(faults[:4]) or 'fits'}")
    return unfit


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(ids: list[str]) -> int:
    """The number of papers that don't fit, all of them looked at."""
    return sum(_look(id, language) for id in ids or catalogue().ids for language in ("zh-hans", "bo"))


if __name__ == "__main__":
    setup_databases(verbosity=0, interactive=False)
    sys.exit(bool(main(sys.argv[1:])))
