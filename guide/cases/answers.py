"""A walk's answers on a page: to the letter, as pieces are kept by them, and in lines with the way to change each."""

from collections.abc import Iterable
from functools import partial

from django.utils.safestring import SafeString

from bundles.computing import Figure
from bundles.values import figures_in
from bundles.walking.compiling import Reason
from bundles.walking.walks import Walk
from guide.cases.case import Case, as_words
from guide.language.languages import say
from guide.language.pieces import Voice, hole, joined, piece
from guide.language.wording import answer_words


def given(walk: Walk, reasons: Iterable[Reason]) -> tuple[tuple[str | None, ...], ...]:
    """Reasons with their answers to the letter: all that their words depend on, but for the bundle."""
    return tuple((*reason, *_written(walk, reason[0])) for reason in reasons)


def figures(walk: Walk, *texts: str) -> tuple[Figure | None, ...]:
    """What the walk works out of the figures in some texts."""
    known = walk.bundle.figures
    return tuple(walk.figure(name) for name in figures_in(*texts) if name in known) if known else ()


def answer_lines(case: Case, walk: Walk, voice: Voice) -> SafeString:
    """A line an answer, as they were asked for."""
    address = case.address("ask")
    return joined(
        piece("parts/answer.html", (walk.bundle, name, *_written(walk, name)), voice, partial(_answer, walk, name))
        .fill(url=f"{address}&change={name}")
        for name in walk.asked
    )  # fmt: skip


def _written(walk: Walk, name: str) -> tuple[str, ...]:
    return tuple(as_words(walk.bundle.question(name), walk.used[name]))


def _answer(walk: Walk, name: str) -> dict[str, object]:
    question = walk.bundle.question(name)
    row = {"question": say(question.ask), "answer": answer_words(question, walk.used[name])}
    return {"row": row, "url": hole("url")}
