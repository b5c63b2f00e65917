"""Holds the questionnaire for citizens against walks: a reader of it ends with the walk's list, or at the counter.

`python -m tests.bundles.paper.citizens --draws 10000 [bundle …] [--seed N]` prints how many got a list of their own.
"""

import random
import time
from dataclasses import dataclass
from datetime import date

from bundles.loading import catalogue
from bundles.model import Bundle, Question
from bundles.paper.citizens import LEAVES, CitizensPaper, Need, citizens_paper_of
from bundles.paper.filling_in import Filled, fill_in
from bundles.results.notices import Notice
from bundles.walking.answers import Answer
from bundles.walking.walks import walk
from tests.bundles.support import TODAY, by_command, dice
from tests.bundles.walking.exactness import Draw, plain_of

OFTEN_COMMON = 0.93  # of the draws of one question, so that many readers come to the end
MARKED = [id for id in catalogue().ids if catalogue().bundle(id).marks_common]


@dataclass(slots=True)
class Ends:
    """How many readers there were, how many ended with a list, and how much of the lists was left to the counter."""

    readers: int = 0
    lists: int = 0
    told: int = 0
    asked: int = 0

    def __str__(self) -> str:
        return f"{self.readers} readers, {self.lists} with a list; of {self.told} entries {self.asked} for the counter"


def run(id: str, draws: int, seed: int) -> Ends:
    """Lets readers fill in the paper in each region in turn. Fails with the seed and the answers."""
    books, chance, ends = catalogue(), dice(f"{seed} {id}"), Ends()
    places = [(region, today) for region in books.overlays(books.file(id)) for today in (TODAY, date(2028, 2, 29))]
    settings = []
    for region, today in chance.sample(places, min(len(places), -(-draws // 50))):
        rules = books.bundle(id, region)
        paper = citizens_paper_of(rules, today)
        assert paper, f"{id} in {region} has no paper"
        settings.append((Draw(rules, plain_of(books, id, region, today), chance), paper))
    for number in range(draws):
        draw, paper = settings[number % len(settings)]
        answers = usual(draw.rules, draw.answers(), draw, chance)
        try:
            check(ends, draw.rules, paper, answers)
        except AssertionError as error:
            raise AssertionError(f"{id}, seed {seed}, {draw.plain.today}, {answers}: {error}") from error
    return ends


def usual(rules: Bundle, answers: dict[str, Answer], draw: Draw, chance: random.Random) -> dict[str, Answer]:
    """The answers, most of them changed to common ones."""
    found = dict(answers)
    for question in rules.on(draw.plain.today).questions:
        given = answers[question.id]
        if not question.uncommon or chance.random() > OFTEN_COMMON:
            continue
        if isinstance(given, frozenset):
            found[question.id] = given - question.uncommon
        elif question.bands:
            bands = [band for band in draw.per_band[question.id] if band not in question.uncommon]
            found[question.id] = chance.choice(draw.per_band[question.id][chance.choice(bands)])
        elif given in question.uncommon:
            found[question.id] = chance.choice([id for id in question.values if id not in question.uncommon])
    return draw.plain.resolved(found)


def check(ends: Ends, rules: Bundle, paper: CitizensPaper, answers: dict[str, Answer]) -> None:
    """What the reader is told is what the walk tells, or left to the counter."""
    uncommon = {question.id: question.uncommon for question in paper.sheet.bundle.questions}

    def true_answer(question: Question, offered: tuple[str, ...]) -> Answer:
        given = answers[question.id]
        if question.choices:
            picked = given if isinstance(given, frozenset) else {given}
            assert picked <= {*offered, *uncommon[question.id]}, f"{question.id}: {given} can't be ticked"
        return given

    ends.readers += 1
    filled = fill_in(paper.sheet, true_answer)
    if any(stop.startswith(LEAVES) for stop in filled.stops):
        return
    walked = walk(rules, answers, paper.sheet.rules.today)
    if filled.stops:
        assert set(filled.stops) <= {stop.id for stop in walked.stops}
        return
    assert walked.status == "finished", walked.status
    ends.lists += 1
    same_list(ends, paper, filled, Notice(walked))


def same_list(ends: Ends, paper: CitizensPaper, filled: Filled, notice: Notice) -> None:
    standings = {entry.id: entry.standing for entry in notice.items}
    for id, standing in standings.items():
        agrees(ends, id, said(filled, [paper.items[id]] if id in paper.items else []), standing)
    needed = {(need.id, need.of): "counter" if need.counter else "applies" for need in notice.materials}
    printed = {(one.id, one.of) for entry in paper.papers for one in entry.of}
    for key in {*printed, *needed}:
        needs = [entry.need for entry in paper.papers if key in {(one.id, one.of) for one in entry.of}]
        agrees(ends, str(key), said(filled, needs), needed.get(key, "not"))


def said(filled: Filled, needs: list[Need]) -> str:
    """What the reader is told of one thing, by all the lines that name it."""
    found = {need.sure for need in needs if filled.says(need.when)}
    return "counter" if found == {False} else "applies" if found else "not"


def agrees(ends: Ends, id: str, told: str, true: str) -> None:
    """The counter may be asked of anything; whatever else is told is true."""
    ends.told += told != "not"
    ends.asked += told == "counter"
    assert told in ("counter", true), f"{id}: told {told}, the walk says {true}"


def _timed(id: str, draws: int, seed: int) -> str:
    started = time.perf_counter()
    return f"{id}: {run(id, draws, seed) if id in MARKED else 'nothing marked'}; {time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    by_command(__doc__, "readers per bundle", 2_000, _timed)
