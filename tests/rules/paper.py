"""Holds the printed questionnaire against walks, on random answers: a reader who obeys it ends with the same list.

`python -m tests.rules.paper --draws 10000 [bundle …] [--seed N]` prints the seed, the counts and the time.
"""

import time
from dataclasses import dataclass
from datetime import date

from bundles.answers import Answer
from bundles.loading import catalogue
from bundles.marks import Filled, fill_in, read_list, read_marks, typed
from bundles.model import Bundle, Question
from bundles.notices import Notice
from bundles.paper import PaperQuestionnaire, paper_of
from bundles.walks import Walk, walk

from .exactness import Draw, plain_of
from .support import TODAY, by_command, dice


@dataclass(slots=True)
class Agreements:
    """How many readers agreed with the walk, how many were stopped, and the questions asked by either."""

    readers: int = 0
    stopped: int = 0
    on_paper: int = 0
    in_walks: int = 0

    def __str__(self) -> str:
        return (
            f"{self.readers} readers, {self.stopped} stopped; {self.on_paper / self.readers:.2f} questions on paper, "
            f"{self.in_walks / self.readers:.2f} in walks"
        )


def run(id: str, draws: int, seed: int) -> Agreements:
    """Checks random readers of one bundle over its regions and some days. Fails with the seed and the answers."""
    books, chance = catalogue(), dice(f"{seed} {id}")
    settings = []
    for region in books.overlays(books.file(id)):
        for today in (TODAY, date(2028, 2, 29)):
            rules = books.bundle(id, region)
            settings.append((Draw(rules, plain_of(books, id, region, today), chance), paper_of(rules, today)))
    counts = Agreements()
    for number in range(draws):
        draw, paper = settings[number % len(settings)]
        answers = draw.answers()
        try:
            add(counts, *check(draw.rules, paper, answers))
        except AssertionError as error:
            raise AssertionError(f"{id}, seed {seed}, {draw.plain.today}, {answers}: {error}") from error
    return counts


def add(counts: Agreements, filled: Filled, walked: Walk) -> None:
    counts.readers += 1
    counts.stopped += bool(filled.stops)
    counts.on_paper += len(filled.answers)
    counts.in_walks += len(walked.asked)


def check(rules: Bundle, paper: PaperQuestionnaire, answers: dict[str, Answer]) -> tuple[Filled, Walk]:
    """The reader skips no question of the walk and is told the same; the marks, typed back, lead to the same."""

    def true_answer(question: Question, offered: tuple[str, ...]) -> Answer:
        given = answers[question.id]
        if question.choices:
            picked = given if isinstance(given, frozenset) else {given}
            assert picked <= set(offered), f"{question.id}: {given} can't be ticked"
        return given

    filled = fill_in(paper, true_answer)
    walked = walk(rules, answers, paper.rules.today)
    assert set(filled.answers) >= set(walked.asked), f"skipped {set(walked.asked) - set(filled.answers)}"
    assert filled.stops == tuple(stop.id for stop in walked.stops)
    if not filled.stops:
        same_list(paper, filled, walked)
    again = walk(rules, read_marks(paper, typed(paper, filled)), paper.rules.today)
    assert again.used == walked.used
    return filled, walked


def same_list(paper: PaperQuestionnaire, filled: Filled, walked: Walk) -> None:
    told, notice = read_list(paper, filled), Notice(walked)
    standings = {entry.id: entry.standing for entry in notice.items}
    assert {id: told.items.get(id, "not") for id in standings} == standings
    assert told.materials == {
        (need.id, need.of): ("counter" if need.counter else "applies", tuple(need.items)) for need in notice.materials
    }
    assert told.fields == {
        need.id: ("counter" if need.counter else "applies", tuple(need.items)) for need in notice.fields
    }
    assert sorted(told.notes) == sorted(note.id for note in notice.notes)
    assert told.joint == notice.joint


def _timed(id: str, draws: int, seed: int) -> str:
    started = time.perf_counter()
    counts = run(id, draws, seed)
    return f"{id}: {counts}, all with the walk's list; {time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    by_command(__doc__, "readers per bundle", 2_000, _timed)
