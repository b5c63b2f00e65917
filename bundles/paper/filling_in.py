"""Paper with marks on it: a reader who obeys what is printed, what the checklist then says, and marks typed back."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..conditions import ALWAYS, NEVER, Condition, Told, holds
from ..model import NONE, Question
from ..results.papers import Choice, Paper
from ..values import Computed
from ..walking.answers import Answer
from ..walking.walks import Standing
from ..walking.working_out import work_out
from .questionnaire import PaperMaterial, PaperQuestionnaire, Step, TickedBox, Use

Asked = Callable[[Question, tuple[str, ...]], Answer]


@dataclass(slots=True)
class Filled:
    """A questionnaire with a pen's marks: ticked values and answers by question, in the order asked, and the stops.

    `boxes` says of the boxes read so far, by their ids, whether they are ticked.
    """

    ticks: dict[str, frozenset[str]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    boxes: dict[str, Condition] = field(default_factory=dict)
    stops: tuple[str, ...] = ()

    def says(self, condition: Condition) -> bool:
        """Whether a condition over the marks and boxes holds. Raises KeyError for a box that hasn't been read."""
        return holds(condition, Told(self.ticks, frozenset(), frozenset(), self.boxes))

    def read_boxes(self, boxes: Iterable[TickedBox]) -> None:
        """Ticks the boxes that the marks so far tell to tick."""
        for box in boxes:
            self.boxes[box.id] = ALWAYS if self.says(box.when) else NEVER


def fill_in(paper: PaperQuestionnaire, answer: Asked) -> Filled:
    """What a reader ticks who goes from step to step, answers where the guard says so, jumps where the mark says so.

    `answer` is asked for the true answer to a question, of the values that may be ticked. The clerk works out results.
    """
    filled, number = Filled(), 1
    while number <= len(paper.steps):
        step = paper.steps[number - 1]
        number += 1
        if filled.says(step.guard):
            filled.ticks[step.id] = _ticked(paper, step, filled, answer)
            number = _onward(step, filled) or number
        filled.read_boxes(step.boxes)
        filled.stops = tuple(stop.stop.id for stop in step.stops if filled.says(stop.when))
        if filled.stops:
            return filled
    filled.read_boxes(paper.boxes)
    return filled


def _ticked(paper: PaperQuestionnaire, step: Step, filled: Filled, answer: Asked) -> frozenset[str]:
    if isinstance(step.of, Computed):
        return frozenset({work_out(paper.rules, step.id, filled.answers)})
    offered = tuple(mark.value for mark in step.marks if mark.value != NONE and filled.says(mark.offered))
    given = filled.answers[step.id] = answer(step.of, offered)
    return _values(paper, step.of, given)


def _values(paper: PaperQuestionnaire, question: Question, given: Answer) -> frozenset[str]:
    """The values to tick for an answer."""
    match given:
        case frozenset():
            return given or frozenset({NONE})
        case date() | Decimal():
            return frozenset({paper.rules.band(question, given)})
        case _:
            return frozenset({given})


def _onward(step: Step, filled: Filled) -> int | None:
    return next((mark.onward for mark in step.marks if mark.onward and mark.value in filled.ticks[step.id]), None)


# The checklist --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadList:
    """What the checklist says: the standing of items, and per material, box and note the items that it is for.

    A material or box that only the counter's items ask for has the standing "counter". Of a material it is said too of
    which papers it is one, where one of them is enough.
    """

    items: Mapping[str, Standing]
    materials: Mapping[tuple[Choice | None, Paper], tuple[Standing, tuple[str, ...]]]
    fields: Mapping[str, tuple[Standing, tuple[str, ...]]]
    notes: tuple[str, ...]
    joint: bool


def read_list(paper: PaperQuestionnaire, filled: Filled) -> ReadList:
    """What the checklist says of the marks. Items first: all else rests on theirs."""
    standings: dict[int, Standing] = {}
    for item in paper.items:
        counter = not filled.says(item.applies) and filled.says(item.counter)
        standings[item.number] = "counter" if counter else "applies" if filled.says(item.applies) else "not"
    names = {item.number: item.item.id for item in paper.items}

    def used(uses: tuple[Use, ...]) -> tuple[Standing, tuple[str, ...]]:
        asking = sorted({number for use in uses if filled.says(use.when) for number in use.items
                         if standings[number] != "not"})  # fmt: skip
        sure = any(standings[number] == "applies" for number in asking)
        return "applies" if sure else "counter", tuple(names[number] for number in asking)

    materials = _papers(paper, filled, standings, names)
    fields = {entry.id: used(entry.uses) for entry in paper.fields}
    notes = [entry.note.id for entry in paper.notes if filled.says(entry.when)
             and (entry.item is None or standings[entry.item] == "applies")]  # fmt: skip
    return ReadList(
        {names[number]: standing for number, standing in standings.items()},
        materials,
        {key: told for key, told in fields.items() if told[1]},
        tuple(notes),
        filled.says(paper.joint),
    )


def _papers(
    paper: PaperQuestionnaire, filled: Filled, standings: Mapping[int, Standing], names: Mapping[int, str]
) -> dict[tuple[Choice | None, Paper], tuple[Standing, tuple[str, ...]]]:
    """The materials to bring: each alone, or of those that share a key those whose marks are there."""
    asked: dict[tuple[int, Hashable], list[Paper]] = {}
    for entry in paper.materials:
        here = {number for use in entry.uses if filled.says(use.when) for number in use.items}
        for number in here if not _is_for_nobody(entry, filled) else ():
            if standings[number] != "not":
                asked.setdefault((number, entry.any_of or (entry.id, entry.of)), []).append((entry.id, entry.of))
    found: dict[tuple[Choice | None, Paper], set[int]] = {}
    for (number, _), papers in asked.items():
        for one in papers:
            found.setdefault((frozenset(papers) if len(papers) > 1 else None, one), set()).add(number)
    return {
        key: (
            "applies" if any(standings[number] == "applies" for number in numbers) else "counter",
            tuple(names[number] for number in sorted(numbers)),
        )
        for key, numbers in found.items()
    }


def _is_for_nobody(entry: PaperMaterial, filled: Filled) -> bool:
    """Whether it is for each of some persons, and none are written down."""
    counts = [variant.value for line in entry.lines for variant in (*line.originals, *line.copies)]
    numbers = [count.number * filled.answers.get(count.per, Decimal(1)) for count in counts]  # type: ignore[operator]
    return any(count.per for count in counts) and not any(numbers)


# Typed back -----------------------------------------------------------------------------------------------------------
