"""Holds the printed questionnaire against walks, on random answers: a reader who obeys it ends with the same list.

`python -m tests.bundles.paper.readers --draws 10000 [bundle …] [--seed N]` prints the seed, the counts and the time.
"""

import time
from dataclasses import dataclass, replace
from datetime import date

from bundles.conditions import ALWAYS, NEVER, Condition
from bundles.loading import catalogue
from bundles.model import Bundle, Question
from bundles.paper.composing import paper_of
from bundles.paper.filling_in import Filled, fill_in, read_list
from bundles.paper.mark_words import MarkPhrases, mark_words
from bundles.paper.questionnaire import PaperQuestionnaire, TickedBox
from bundles.paper.typed_marks import read_marks, typed
from bundles.results.notices import Notice
from bundles.walking.answers import Answer
from bundles.walking.walks import Walk, walk
from tests.bundles.paper.reading_mark_words import Reader
from tests.bundles.plain import Plain
from tests.bundles.random_bundles import all_wishes, written
from tests.bundles.support import TODAY, by_command, dice
from tests.bundles.walking.exactness import Draw, plain_of

MOST_READERS = 300  # of a random bundle
PER_PAPER = 50  # readers at least, so that a few readers don't wait for the papers of all regions


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
    """Checks random readers of one bundle over its regions and some days. Fails with the seed and the answers.

    Each paper is read as it is printed: its conditions are those that their words say.
    """
    books, chance = catalogue(), dice(f"{seed} {id}")
    places = [(region, today) for region in books.overlays(books.file(id)) for today in (TODAY, date(2028, 2, 29))]
    settings = []
    for region, today in chance.sample(places, min(len(places), -(-draws // PER_PAPER))):
        rules = books.bundle(id, region)
        settings.append((Draw(rules, plain_of(books, id, region, today), chance), as_printed(paper_of(rules, today))))
    counts = Agreements()
    for number in range(draws):
        draw, paper = settings[number % len(settings)]
        answers = draw.answers()
        try:
            add(counts, *check(draw.rules, paper, answers))
        except AssertionError as error:
            raise AssertionError(f"{id}, seed {seed}, {draw.plain.today}, {answers}: {error}") from error
    return counts


class NothingToTick(Exception):
    """A question offers nothing to this reader; random bundles may be so careless, the catalogue's are not."""


def check_random(seed: int) -> int:
    """Lets readers with different answers fill in the paper of a random bundle; how many. Fails with its text."""
    tree, rules, text = written(seed)
    if walk(rules, {}, TODAY).status == "stopped":  # for everybody: there is nothing to ask
        return 0
    plain, paper = Plain(tree, TODAY), as_printed(paper_of(rules, TODAY))
    wishes = all_wishes(plain)
    wishes = dice(seed).sample(wishes, min(len(wishes), MOST_READERS))
    readers = 0
    for wish in wishes:
        answers = plain.resolved(dict(zip(plain.questions, wish, strict=True)))
        try:
            check(rules, paper, answers)
            readers += 1
        except NothingToTick:
            continue
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, {answers}: {error}\n{text}") from error
    return readers


def as_printed(paper: PaperQuestionnaire) -> PaperQuestionnaire:
    """The paper with every condition read from its words."""
    reader = Reader(paper)

    def read(condition: Condition) -> Condition:
        if condition in (ALWAYS, NEVER):
            return condition
        return reader.read(mark_words(condition, paper.names, MarkPhrases()))

    def boxes(boxes: tuple[TickedBox, ...]) -> tuple[TickedBox, ...]:
        return tuple(replace(box, when=read(box.when)) for box in boxes)

    steps = tuple(replace(step, boxes=boxes(step.boxes)) for step in paper.steps)
    return replace(paper, steps=steps, boxes=boxes(paper.boxes)).changed(read)


def add(counts: Agreements, filled: Filled, walked: Walk) -> None:
    counts.readers += 1
    counts.stopped += bool(filled.stops)
    counts.on_paper += len(filled.answers)
    counts.in_walks += len(walked.asked)


def check(rules: Bundle, paper: PaperQuestionnaire, answers: dict[str, Answer]) -> tuple[Filled, Walk]:
    """The reader skips no question of the walk and is told the same; the marks, typed back, lead to the same."""

    def true_answer(question: Question, offered: tuple[str, ...]) -> Answer:
        given = answers[question.id]
        if question.choices and not offered and question.type != "many":
            raise NothingToTick(question.id)
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
        (need.any_of, (need.id, need.of)): ("counter" if need.counter else "applies", tuple(need.items))
        for need in notice.materials
    }
    assert told.fields == {
        need.id: ("counter" if need.counter else "applies", tuple(need.items)) for need in notice.fields
    }
    assert sorted(told.notes) == sorted(note.id for note in notice.notes if not note.verdict)
    assert told.joint == notice.joint


def _timed(id: str, draws: int, seed: int) -> str:
    started = time.perf_counter()
    counts = run(id, draws, seed)
    return f"{id}: {counts}, all with the walk's list; {time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    by_command(__doc__, "readers per bundle", 2_000, _timed)
