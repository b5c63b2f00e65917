"""The questionnaire for citizens: what an author marked as common, in conditions that a plain sentence says.

It is the exact questionnaire of a narrower bundle, in which every answer that isn't common ends at the counter. What
can't be said plainly there is left to the counter too: it is never told wrongly.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from ..conditions import ALWAYS, NEVER, Answered, Condition, Every, Not, Some, parts_of
from ..model import Bundle, Item, MaterialLine, Question, Stop, Word
from ..values import Computed
from ..walking.diagrams import FALSE
from ..walking.editions import edition
from .composing import Choice, Composer
from .questionnaire import PaperItem, PaperMaterial, PaperQuestionnaire, PaperStop, Step

T = TypeVar("T")
MOST_PARTS = 2
MOST_ANSWERS = 4  # that one sentence names
LEAVES = "leaves "  # what the ids of stops begin with that lead to the counter; no author's id has a blank


@dataclass(frozen=True, slots=True)
class Need:
    """When something is needed; where it isn't `sure`, the counter says whether it is."""

    when: Condition
    sure: bool


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """A material, or several of which one is enough."""

    of: tuple[PaperMaterial, ...]
    need: Need


@dataclass(frozen=True)
class CitizensPaper:
    """`sheet` has the questions; its items stand in `items` by their ids. `unsaid` names what can't be said plainly
    and can't be left to the counter: with it the paper mustn't be printed.
    """

    sheet: PaperQuestionnaire
    items: Mapping[str, Need]
    papers: tuple[NeededPaper, ...]
    unsaid: tuple[str, ...]


def is_plain(condition: Condition) -> bool:
    """Whether one short sentence says it: at most two questions, and few of their answers."""
    parts = condition.parts if isinstance(condition, Every | Some) else (condition,)
    answers = [_answers(part) for part in parts]
    return len(parts) <= MOST_PARTS and None not in answers and sum(filter(None, answers)) <= MOST_ANSWERS


def _answers(part: Condition) -> int | None:
    """How many answers a test names; None for what isn't a test of answers."""
    match part:
        case Answered(_, values) | Not(Answered(_, values)):
            return len(values)
        case _:
            return None


def leaves_at(stop: PaperStop, step: Step) -> bool:
    """Whether it is what an answer to that question leads to that isn't common: a box of its own says it."""
    return stop.stop.id == f"{LEAVES}{step.id}"


@lru_cache(maxsize=64)
def citizens_paper_of(bundle: Bundle, today: date) -> CitizensPaper | None:
    """The paper by the rules in force on a day; None where the author marked nothing."""
    rules = edition(bundle, today)
    if not rules.bundle.marks_common:
        return None
    return _Citizens(Composer(replace(rules, bundle=_narrowed(rules.bundle)), boxes=False)).paper()


def _narrowed(bundle: Bundle) -> Bundle:
    """The bundle in which whoever leaves what is common is stopped."""
    leaving = tuple(
        Stop(f"{LEAVES}{question.id}", "", Answered(question.id, question.uncommon))
        for question in bundle.questions
        if question.uncommon
    )
    return replace(bundle, stops=(*leaving, *bundle.stops))


class _Citizens:
    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.node = composer.compiler.condition

    def paper(self) -> CitizensPaper:
        sheet = self.composer.questionnaire()
        steps = [_common(step) for step in _asked(map(self.without_needless, sheet.steps))]
        items = tuple(map(self.item, sheet.items))
        needs = {entry.item.id: need for entry in items if (need := self.need(*_standings(entry.item)))}
        papers = tuple(self.papers(sheet.materials))
        told = [need.when for need in (*needs.values(), *(paper.need for paper in papers))]
        items = tuple(replace(entry, applies=ALWAYS, counter=NEVER) for entry in items)  # `needs` say it
        sheet = replace(sheet, items=items, materials=(), fields=(), notes=())
        sheet = replace(sheet, steps=_numbered(_useful(steps, sheet, told)))
        return CitizensPaper(sheet, needs, papers, tuple(self.unsaid(sheet)))

    def item(self, entry: PaperItem) -> PaperItem:
        """The item with its name, window and deadline as far as they can be told plainly, and with its place."""
        item = entry.item
        place = self.composer.word(item.words.get("at", ()), self.composer.possible(item))
        words = {name: _said(word) for name, word in {**entry.words, "at": place}.items()}
        return replace(entry, words=words, deadline=_said(entry.deadline))

    def without_needless(self, step: Step) -> Step:
        """The step without stops that hold only where it leads to the counter anyway."""
        both, negate = self.composer.diagrams.both, self.composer.diagrams.negate
        leaving = Some(tuple(stop.when for stop in step.stops if leaves_at(stop, step)))
        stays = both(self.composer.going_on(step.number - 1), negate(self.node(leaving)))
        stops = (stop for stop in step.stops if leaves_at(stop, step) or both(stays, self.node(stop.when)) != FALSE)
        return replace(step, stops=tuple(stops))

    def unsaid(self, sheet: PaperQuestionnaire) -> Iterator[str]:
        if self.composer.finished == FALSE:
            yield "nobody finishes"
        for step in sheet.steps:
            if not is_plain(step.guard):
                yield f"{step.id}: when"
            yield from (f"{step.id}: {mark.value}" for mark in step.marks if not is_plain(mark.offered))
            stops = (stop for stop in step.stops if not leaves_at(stop, step))  # else a box says it
            yield from (f"{step.id}: {stop.stop.id}" for stop in stops if not is_plain(stop.when))

    # What is needed

    def need(self, sure: Condition, possible: Condition) -> Need | None:
        """As plainly as it can be said; None for what nobody who ends this paper needs."""
        both, care = self.composer.diagrams.both, self.composer.finished
        if both(care, self.node(possible)) == FALSE:
            return None
        when = self.composer.short(possible, care)
        certain = both(care, self.node(possible)) == both(care, self.node(sure))
        return Need(when, certain) if is_plain(when) else Need(ALWAYS, sure=False)

    def papers(self, materials: Iterable[PaperMaterial]) -> Iterator[NeededPaper]:
        """Those of which one is enough stand together where they are all asked for in the same cases."""
        asked = {(entry.any_of, (entry.id, entry.of)): entry for entry in materials}
        groups: dict[Choice, list[PaperMaterial]] = {}
        for (choice, paper), entry in asked.items():
            groups.setdefault(choice or paper, []).append(entry)
        for entries in groups.values():
            alike = {self._nodes(entry) for entry in entries}
            if len(alike) == 1:
                yield from self._needed(tuple(entries), doubtful=False)
            else:
                for entry in entries:
                    yield from self._needed((entry,), doubtful=True)

    def _needed(self, entries: tuple[PaperMaterial, ...], doubtful: bool) -> Iterator[NeededPaper]:
        need = self.need(*self._conditions(entries[0]))
        if need:
            doubtful = doubtful or any(_is_counted(line) for entry in entries for line in entry.lines)
            yield NeededPaper(entries, replace(need, sure=need.sure and not doubtful))

    def _nodes(self, entry: PaperMaterial) -> tuple[int, int]:
        sure, possible = (self.composer.diagrams.both(self.composer.finished, self.node(condition))
                          for condition in self._conditions(entry))  # fmt: skip
        return sure, possible

    def _conditions(self, entry: PaperMaterial) -> tuple[Condition, Condition]:
        """When an item asks for a paper for certain, and when any asks for it."""
        sure: list[Condition] = []
        possible: list[Condition] = []
        for item in self.composer.bundle.items:
            for choice, when, line in self.composer.asked(item):
                if (choice, line.paper) == (entry.any_of, (entry.id, entry.of)):
                    sure.append(Every((item.certain, when)))
                    possible.append(Every((item.possible, when)))
        return Some(tuple(sure)), Some(tuple(possible))


def _standings(item: Item) -> tuple[Condition, Condition]:
    return item.certain, item.possible


def _asked(steps: Iterable[Step]) -> Iterator[Step]:
    """The questions that anybody answers here; what is read after what falls away is read after the next one."""
    stops: tuple[PaperStop, ...] = ()
    for step in steps:
        stops += step.stops
        if not isinstance(step.of, Computed) and step.guard != NEVER:
            yield replace(step, stops=stops)
            stops = ()


def _common(step: Step) -> Step:
    """The step with nothing to tick but what is common."""
    uncommon = step.of.uncommon if isinstance(step.of, Question) else frozenset()
    return replace(step, marks=tuple(mark for mark in step.marks if mark.value not in uncommon))


def _useful(steps: list[Step], sheet: PaperQuestionnaire, told: list[Condition]) -> list[Step]:
    """Without the questions that neither lead to the counter nor change anything that is told here."""
    known: set[str] = set()
    starts = {variant.value.start for entry in sheet.items for variant in entry.deadline}
    conditions = [*told, *replace(sheet, steps=()).conditions()]
    while True:
        kept = [step for step in steps if step.id in known | starts or step.stops]
        printed = [*conditions, *replace(sheet, items=(), joint=ALWAYS, steps=tuple(kept)).conditions()]
        found = {part.question for one in printed for part in parts_of(one, {}) if isinstance(part, Answered)}
        if found <= known:
            return kept
        known |= found


def _numbered(steps: list[Step]) -> tuple[Step, ...]:
    """The steps counted anew, so that none of those that a clerk works out is missed."""
    last = len(steps) + 1
    numbers = [step.number for step in steps]

    def now(number: int | None) -> int | None:
        return number and next((turn for turn, old in enumerate(numbers, 1) if old >= number), last)

    return tuple(
        replace(step, number=turn, marks=tuple(replace(mark, onward=now(mark.onward)) for mark in step.marks))
        for turn, step in enumerate(steps, 1)
    )


def _said(word: Word[T]) -> Word[T]:
    """The word where each of its variants can be told plainly; nothing where one can't: one asks the counter."""
    return word if all(variant.when is None or is_plain(variant.when) for variant in word) else ()


def _is_counted(line: MaterialLine) -> bool:
    """Whether as many are asked for each of some persons, of whom there may be none."""
    return any(variant.value.per for variant in (*line.originals, *line.copies))


__all__ = ["LEAVES", "CitizensPaper", "Need", "NeededPaper", "citizens_paper_of", "is_plain", "leaves_at"]
