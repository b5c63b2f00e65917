"""How many questions the questionnaire on paper asks in vain: those it has answered that a walk wouldn't have asked."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from ..model import Bundle, Question
from ..walking.answers import Answer
from ..walking.editions import earliest, example, latest
from ..walking.walks import walk
from .composing import paper_of
from .filling_in import fill_in
from .questionnaire import Mark, PaperQuestionnaire, Range

FAR = 1000  # numbers without bands are drawn up to so far above the lowest


@dataclass(slots=True)
class Waste:
    """Counts over readers; `vain` says of each question how often it was asked in vain."""

    readers: int = 0
    asked: int = 0
    worst: int = 0
    vain: Counter[str] = field(default_factory=Counter)

    @property
    def mean(self) -> float:
        """Questions in vain a reader."""
        return self.vain.total() / self.readers

    def add(self, answered: list[str], needed: frozenset[str]) -> None:
        vain = [name for name in answered if name not in needed]
        self.readers += 1
        self.asked += len(answered)
        self.worst = max(self.worst, len(vain))
        self.vain.update(vain)


def paper_waste(bundle: Bundle, today: date, draws: int, chance: random.Random) -> Waste:
    """Sends readers through the paper who tick each offered answer as likely as any other, and counts."""
    paper, waste = paper_of(bundle, today), Waste()
    for _reader in range(draws):
        filled = fill_in(paper, lambda question, offered: _drawn(paper, question, offered, chance))
        walked = walk(bundle, filled.answers, today)
        waste.add(list(filled.answers), frozenset(walked.asked))
    return waste


def _drawn(paper: PaperQuestionnaire, question: Question, offered: tuple[str, ...], chance: random.Random) -> Answer:
    if question.type == "many":
        ticked = frozenset(id for id in offered if chance.random() < 1 / 2)
        return ticked or frozenset(chance.sample(offered, 1 if question.least and offered else 0))
    if question.choices:
        return chance.choice(offered)
    step = next(step for step in paper.steps if step.id == question.id)
    mark = chance.choice(step.marks) if step.marks else None
    if question.type == "date":
        return _day(paper, question, mark, chance)
    if mark is not None:
        return example(paper.rules, question, mark.value)
    return Decimal(chance.randint(int(question.lowest), int(min(question.highest, question.lowest + FAR))))


def _day(paper: PaperQuestionnaire, question: Question, mark: Mark | None, chance: random.Random) -> date:
    """Any day of the mark's band; any day at all where there are no bands."""
    today = paper.rules.today
    days = mark.reach if mark and isinstance(mark.reach, Range) else Range()
    first, last = days.lowest or earliest(today), days.highest or latest(question, today)
    return first + timedelta(days=chance.randint(0, (last - first).days))
