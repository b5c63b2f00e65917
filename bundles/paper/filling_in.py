"""Paper with marks on it: a reader who obeys what is printed, what the checklist then says, and marks typed back."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .answers import Answer, Answers, read_answers
from .conditions import Told, holds
from .editions import example
from .model import ALWAYS, NEVER, NONE, Computed, Condition, Question
from .sheets import Box, Mark, PaperQuestionnaire, Step, Use
from .walks import Standing, work_out

MARK = re.compile(r"([0-9]{1,3})([A-Z])\Z")
WRITTEN = re.compile(r"([0-9]{1,3})=(\S+)\Z")
BETWEEN = re.compile(r"[\s,;、]+")
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
        return holds(condition, Told(self.ticks, frozenset(), self.boxes))

    def read_boxes(self, boxes: Iterable[Box]) -> None:
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

    A material or box that only the counter's items ask for has the standing "counter".
    """

    items: Mapping[str, Standing]
    materials: Mapping[tuple[str, str | None], tuple[Standing, tuple[str, ...]]]
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

    materials = {(entry.id, entry.of): used(entry.uses) for entry in paper.materials}
    fields = {entry.id: used(entry.uses) for entry in paper.fields}
    notes = [entry.note.id for entry in paper.notes if filled.says(entry.when)
             and (entry.item is None or standings[entry.item] == "applies")]  # fmt: skip
    return ReadList(
        {names[number]: standing for number, standing in standings.items()},
        {key: told for key, told in materials.items() if told[1]},
        {key: told for key, told in fields.items() if told[1]},
        tuple(notes),
        filled.says(paper.joint),
    )


# Typed back -----------------------------------------------------------------------------------------------------------


class MarksRefused(ValueError):
    """Marks that aren't on the paper, in words."""


def typed(paper: PaperQuestionnaire, filled: Filled) -> str:
    """The marks as a clerk types them: `1A 2C 5=2026-11-10`."""
    words: list[str] = []
    for step in paper.steps:
        given = filled.answers.get(step.id)
        if isinstance(given, date | Decimal):
            words.append(f"{step.number}={given}")
        elif given is not None:
            words += [mark.name for mark in step.marks if mark.value in filled.ticks[step.id]]
    return " ".join(words)


def read_marks(paper: PaperQuestionnaire, text: str, guess: bool = True) -> dict[str, Answer]:
    """The answers that typed marks stand for, for a walk.

    A band's mark alone stands for some day or number in it; without `guess` its question stays open, to be asked.
    Marks of the clerk's results are passed over: they are worked out anew; so are boxes. Raises MarksRefused and
    AnswersRefused.
    """
    boxes = {box.name for box in paper.all_boxes}
    ticks: dict[str, list[Mark]] = {}
    written: dict[str, str] = {}
    for word in filter(None, BETWEEN.split(unicodedata.normalize("NFKC", text).upper())):
        if word in boxes:
            continue
        if match := WRITTEN.match(word):
            step = _step(paper, match[1])
            if not step.written and not _has_bands(step):
                raise MarksRefused(f"第 {step.number} 题不用写数，请勾：{_names(step)}。")
            written[step.id] = match[2]
        else:
            step = _step(paper, word.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            ticks.setdefault(step.id, []).append(_mark(step, word))
    answers: dict[str, object] = dict(written)
    for name, marks in ticks.items():
        step = next(step for step in paper.steps if step.id == name)
        if isinstance(step.of, Question) and name not in written and (guess or not step.of.bands):
            answers[name] = _answer(paper, step.of, step, marks)
    read = read_answers(paper.rules, answers)
    _agree(paper, ticks, read)
    return read


def _step(paper: PaperQuestionnaire, number: str) -> Step:
    found = next((step for step in paper.steps if str(step.number) == number), None)
    if found is None:
        raise MarksRefused(f"没有第“{number[:20]}”题。题号是 1 到 {len(paper.steps)}，例如 1A。")
    return found


def _mark(step: Step, word: str) -> Mark:
    found = next((mark for mark in step.marks if mark.name == word), None)
    if found is None:
        raise MarksRefused(f"没有“{word[:20]}”。第 {step.number} 题可以写：{_names(step)}。")
    return found


def _names(step: Step) -> str:
    """What may be typed for a step."""
    names = [mark.name for mark in step.marks]
    if step.written or _has_bands(step):
        day = isinstance(step.of, Question) and step.of.type == "date"
        names.append(f"{step.number}={'2026-11-22' if day else '120'}")
    return "、".join(names)


def _has_bands(step: Step) -> bool:
    return any(mark.band for mark in step.marks)


def _answer(paper: PaperQuestionnaire, question: Question, step: Step, marks: list[Mark]) -> Answer:
    values = frozenset(mark.value for mark in marks)
    if question.type == "many":
        if NONE in values and len(values) > 1:
            raise MarksRefused(f"第 {step.number} 题勾了“都没有”，又勾了别的。请只留一种。")
        return values - {NONE}
    if len(values) > 1:
        chosen = "、".join(sorted(mark.name for mark in marks))
        raise MarksRefused(f"第 {step.number} 题只能勾一项，现在有 {chosen}。可以写：{_names(step)}。")
    value = marks[0].value
    return example(paper.rules, question, value) if question.bands else value


def _agree(paper: PaperQuestionnaire, ticks: Mapping[str, list[Mark]], answers: Answers) -> None:
    """Raises MarksRefused where a date or number written beside a mark falls in another band."""
    for step in paper.steps:
        given = answers.get(step.id)
        if isinstance(step.of, Question) and step.of.bands and isinstance(given, date | Decimal):
            wrong = [mark.name for mark in ticks.get(step.id, ()) if mark.value != paper.rules.band(step.of, given)]
            if wrong:
                raise MarksRefused(f"第 {step.number} 题勾了 {'、'.join(wrong)}，写的却是 {given}。请核对。")
