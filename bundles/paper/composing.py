"""A bundle in a region as a questionnaire on paper: numbered questions, marks to tick, and a checklist over the marks.

A reader of paper has no memory, so nothing here rests on which way the reader came: a question says under which marks
it is answered, what is told says under which marks it holds. A question's guard is its gate, so a mark is ticked
exactly where a test on that answer holds, and no question that a walk asks is ever skipped. A jump past some questions
is printed only where none of them can have to be answered once that mark is ticked, whatever else is.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from string import ascii_uppercase
from typing import TypeVar

from ..conditions import ALWAYS, NEVER, Answered, Condition
from ..model import NONE, Bundle, Item, MaterialLine, Question, Stop, Word, is_told
from ..results.plans import in_order
from ..values import Band, Computed, Span
from ..walking.compiling import Compiler, Edition, Program
from ..walking.diagrams import FALSE, TRUE
from ..walking.editions import earliest, edition, latest, param_limit, window_days
from .questionnaire import (
    Limit,
    Mark,
    NumberRange,
    PaperField,
    PaperItem,
    PaperMaterial,
    PaperNote,
    PaperQuestionnaire,
    PaperStop,
    Range,
    Step,
    Use,
)
from .shortening import Shortener
from .ticked_boxes import boxed

Paper = tuple[str, str | None]  # which material, and whose
Choice = tuple[Hashable, ...]  # the papers of which one is enough, and which of an item's choices among them it is
T = TypeVar("T")


@lru_cache(maxsize=64)
def paper_of(bundle: Bundle, today: date) -> PaperQuestionnaire:
    """The questionnaire of the rules in force on a day. Bands of dates are told as the days they are on that day."""
    return Composer(edition(bundle, today)).questionnaire()


class Composer:
    """Puts a paper together. Where no `boxes` are wanted, conditions name no facts, however long they become."""

    def __init__(self, rules: Edition, boxes: bool = True) -> None:
        self.boxes = boxes
        self.rules = rules
        self.bundle = rules.bundle
        self.compiler = Compiler(rules)
        self.program: Program = self.compiler.program()
        self.diagrams = self.program.diagrams
        self.shortener = Shortener(self.compiler, boxes)
        self.short = self.shortener.short
        self.order = list(dict.fromkeys(variable.name for variable in self.program.variables))
        self.known: dict[str, Question | Computed] = {entry.id: entry for entry in self.bundle.questions}
        self.known |= {entry.id: entry for entry in self.bundle.computed}

    def questionnaire(self) -> PaperQuestionnaire:
        steps = tuple(self._steps())
        items = tuple(self._items())
        numbers = {entry.item.id: entry.number for entry in items}
        paper = PaperQuestionnaire(
            self.rules,
            steps,
            items,
            tuple(self._materials(numbers)),
            tuple(self._fields(numbers)),
            tuple(self._notes(items)),
            self.short(self.bundle.joint, self.finished),
        )
        guards = [self.compiler.condition(step.guard) for step in steps]
        if self.boxes:
            paper = boxed(paper, self.shortener.long_facts, self.compiler.condition)
        return replace(paper, steps=tuple(self._with_jumps(paper.steps, guards)))

    # Stops

    def end_of(self, turn: int) -> int:
        """The first variable after the step in that place."""
        first = self.program.first
        return first[self.order[turn + 1]] if turn + 1 < len(self.order) else len(self.program.variables)

    def surely(self, stop: Stop, turn: int) -> int:
        """Where the marks up to and with that step make a stop hold."""
        if turn < 0:
            return FALSE
        negate = self.diagrams.negate
        return negate(self.diagrams.possible(negate(self.compiler.condition(stop.when)), self.end_of(turn)))

    def going_on(self, turn: int) -> int:
        """Where no stop has been read before the step in that place."""
        stopped = [self.surely(stop, min(turn, len(self.order)) - 1) for stop in self.bundle.stops]
        return self.diagrams.negate(self.compiler.some(stopped))

    def _stops_after(self, turn: int) -> Iterator[PaperStop]:
        care = self.going_on(turn)
        for stop in self.bundle.stops:
            holds = self.surely(stop, turn)
            if self.diagrams.both(care, holds) != FALSE:
                yield PaperStop(stop, self._stop_words(stop, holds, care, self.end_of(turn)))

    def _stop_words(self, stop: Stop, holds: int, care: int, end: int) -> Condition:
        """As the author wrote it where that means the same here, else what the diagram says."""
        both = self.diagrams.both
        same = both(care, self.compiler.condition(stop.when)) == both(care, holds)
        if same and self.shortener.rests_before(stop.when, end):
            return self.short(stop.when, care, end)
        return self.shortener.of_node(holds, care)

    # Steps

    def _steps(self) -> Iterator[Step]:
        for turn, name in enumerate(self.order):
            entry = self.known[name]
            stops = tuple(self._stops_after(turn))
            if isinstance(entry, Computed):
                yield Step(turn + 1, entry, ALWAYS, self._marks(turn + 1, entry.gives), stops=stops)
            else:
                yield self._question(turn, entry, stops)

    def _question(self, turn: int, question: Question, stops: tuple[PaperStop, ...]) -> Step:
        care = self.going_on(turn)
        start = self.program.first[question.id]
        guard = self.short(question.when, care, start)
        arises = self.diagrams.both(care, self.program.gates[question.id])
        values = self._values(question)
        reaches = self._reaches(question)
        choices = {choice.id: choice for choice in question.choices}
        bands = {band.id: band for band in question.bands}
        marks = tuple(
            replace(
                mark,
                choice=choices.get(mark.value),
                band=bands.get(mark.value),
                reach=reaches.get(mark.value),
                offered=self.short(choices[mark.value].when, arises, start) if mark.value in choices else ALWAYS,
            )
            for mark in self._marks(turn + 1, values)
        )
        marks = tuple(mark for mark in marks if mark.offered != NEVER)
        return Step(turn + 1, question, guard, marks, question.id in self.needed_values, stops=stops)

    def _values(self, question: Question) -> tuple[str, ...]:
        if question.type == "many":
            return question.values[: -1 if question.least else None]
        return tuple(id for id in self.program.variables[self.program.first[question.id]].values if id)

    def _marks(self, number: int, values: Sequence[str]) -> tuple[Mark, ...]:
        if len(values) > len(ascii_uppercase):
            raise ValueError(f"第 {number} 题有 {len(values)} 个选项，纸上最多 {len(ascii_uppercase)} 个。")
        return tuple(Mark(f"{number}{letter}", value) for letter, value in zip(ascii_uppercase, values, strict=False))

    @cached_property
    def needed_values(self) -> frozenset[str]:
        """The date and number questions whose answer itself is needed: deadlines, persons, boxes, sums."""
        deadlines = [variant.value for item in self.bundle.items for variant in item.deadline]
        starts = (deadline.start for deadline in deadlines if deadline.start)
        names = {*starts, *self.bundle.counting, *self.bundle.fills.values(), *self.bundle.worked_with}
        return frozenset(
            question.id
            for question in self.bundle.questions
            if question.type in ("date", "number") and (question.id in names or not question.bands)
        )

    def _reaches(self, question: Question) -> Mapping[str, Range | NumberRange]:
        """Per band of a date or number question what it reaches from and to today."""
        if not question.bands:
            return {}
        return self._days(question) if question.type == "date" else self._numbers(question)

    def _numbers(self, question: Question) -> dict[str, NumberRange]:
        """Each band begins where the highest of those before it ends."""
        ranges: dict[str, NumberRange] = {}
        lowest: Limit | None = None
        for band in question.bands:
            number = param_limit(self.bundle, self.rules.today, band)
            highest = Limit(number, band.kind == "up_to") if isinstance(number, Decimal) else None
            ranges[band.id] = NumberRange(lowest, highest)
            if highest is not None:
                lowest = Limit(highest.number, not highest.included)
        return ranges

    def _days(self, question: Question) -> dict[str, Range]:
        """Per band of a date question its first and last day today."""
        first, last = earliest(self.rules.today).toordinal(), latest(question, self.rules.today).toordinal()
        edges = sorted({first, *self._edges(question, first, last)})
        if len({self.rules.band(question, date.fromordinal(edge)) for edge in edges}) < len(edges):
            return {}  # some months of each year: a band is no range
        ranges: dict[str, Range] = {}
        for start, end in zip(edges, [*(edge - 1 for edge in edges[1:]), last], strict=True):
            band = self.rules.band(question, date.fromordinal(start))
            ranges[band] = Range(
                None if start == first else date.fromordinal(start), None if end == last else date.fromordinal(end)
            )
        return ranges

    def _edges(self, question: Question, first: int, last: int) -> Iterator[int]:
        """The days on which another band begins, found by halving between days that fall in different bands."""
        limits = [param_limit(self.bundle, self.rules.today, band) for band in question.bands]
        windows = [day.toordinal() for limit in limits for day in window_days(limit, self.rules.today)]
        tries = [*windows, *(self._limit_day(band) for band in question.bands)]
        known = sorted({first, last, *(day for day in tries if day is not None and first <= day <= last)})
        for low, high in pairwise(known):
            yield from self._changes(question, low, high)

    def _changes(self, question: Question, low: int, high: int) -> Iterator[int]:
        one, other = (self.rules.band(question, date.fromordinal(day)) for day in (low, high))
        if one == other:
            return
        if high - low == 1:
            yield high
            return
        middle = (low + high) // 2
        yield from self._changes(question, low, middle)
        yield from self._changes(question, middle, high)

    def _limit_day(self, band: Band) -> int | None:
        """A day near the limit of a band."""
        limit = param_limit(self.bundle, self.rules.today, band)
        if isinstance(limit, date):
            return limit.toordinal()
        if not isinstance(limit, Span):
            return None
        days = limit.number * {"days": 1, "working days": 1.4, "months": 30.44, "years": 365.24}[limit.unit]
        return (self.rules.today - timedelta(days=round(days))).toordinal()

    # Jumps

    def _with_jumps(self, steps: tuple[Step, ...], guards: list[int]) -> Iterator[Step]:
        for turn, step in enumerate(steps):
            marks = tuple(replace(mark, onward=self._onward(steps, guards, turn, mark)) for mark in step.marks)
            yield replace(step, marks=marks)

    def _onward(self, steps: tuple[Step, ...], guards: list[int], turn: int, mark: Mark) -> int | None:
        """The step to jump to from a mark; None where the next one may have to be answered, or it alone is left out."""
        step = steps[turn]
        if isinstance(step.of, Computed) or (step.of.type == "many" and mark.value != NONE):
            return None
        both = self.diagrams.both
        here = both(self.going_on(turn + 1), self.compiler.condition(Answered(step.id, frozenset({mark.value}))))
        if here == FALSE:  # a stop ends it here
            return None
        target = turn + 1
        while target < len(steps) and both(here, guards[target]) == FALSE and not self._read_anyway(steps[target]):
            target += 1
        return target + 1 if target > turn + 2 else None

    def _read_anyway(self, step: Step) -> bool:
        """Whether something after the question is read even where it isn't answered.

        On the exact paper whatever ends it counts: most questions of the citizens' end at the counter, few of that do.
        """
        if self.boxes:
            return bool(step.stops or step.boxes)
        unasked = self.diagrams.negate(self.program.gates[step.id]) if step.id in self.program.gates else TRUE
        stops = (self.compiler.condition(stop.when) for stop in step.stops)
        return any(self.diagrams.both(unasked, stop) != FALSE for stop in stops)

    # The checklist

    @cached_property
    def finished(self) -> int:
        """Where no stop holds."""
        return self.going_on(len(self.order))

    def _items(self) -> Iterator[PaperItem]:
        number = 0
        for item in in_order(self.bundle.items):
            possible = self.possible(item)
            if possible == FALSE:
                continue
            number += 1
            left = self.diagrams.both(self.finished, self.diagrams.negate(self.compiler.condition(item.certain)))
            applies = self.short(item.certain, self.finished)
            counter = self.short(item.for_counter, left) if left != FALSE else NEVER
            words = {name: self.word(word, possible) for name, word in item.words.items() if _is_printed(name, item)}
            yield PaperItem(number, item, applies, counter, words, self.word(item.deadline, possible))

    def possible(self, item: Item) -> int:
        return self.diagrams.both(self.finished, self.compiler.condition(item.possible))

    def word(self, word: Word[T], care: int) -> Word[T]:
        """The variants that may be told, each with when it is, read in their order."""
        kept = []
        for variant in word:
            when = self.short(variant.when, care)
            if when != NEVER:
                kept.append(replace(variant, when=None if when == ALWAYS else when))
                care = self.diagrams.both(care, self.diagrams.negate(self.compiler.condition(variant.when)))
            if care == FALSE:
                break
        return tuple(kept)

    def _materials(self, numbers: dict[str, int]) -> Iterator[PaperMaterial]:
        needs: dict[tuple[Choice, Paper], list[tuple[int, Condition, MaterialLine]]] = {}
        for item in in_order(self.bundle.items):
            if item.id in numbers:
                for choice, when, line in self.asked(item):
                    asked = (numbers[item.id], when, self._counted(item, line))
                    needs.setdefault((choice, (line.id, line.of)), []).append(asked)
        first: dict[object, int] = {}
        for turn, (choice, paper) in enumerate(needs):
            first.setdefault(choice or paper, turn)
        for choice, paper in sorted(needs, key=lambda key: first[key[0] or key[1]]):
            lines = needs[choice, paper]
            uses = _uses((number, when) for number, when, _ in lines)
            yield PaperMaterial(*paper, uses, tuple(line for _, _, line in lines), choice)

    def asked(self, item: Item) -> Iterator[tuple[Choice, Condition, MaterialLine]]:
        """The lines of an item that may be asked for; of papers of which one is enough with a key that they share."""
        asked = [(self.short(line.when, self.possible(item)), line) for line in item.materials]
        asked = [(when, line) for when, line in asked if when != NEVER]
        groups: dict[str, dict[Paper, None]] = {}
        for _when, line in asked:
            if line.any_of:
                groups.setdefault(line.any_of.id, {})[line.id, line.of] = None
        keys: dict[str, Choice] = {}
        for id, papers in groups.items():
            alike = sum(other[:-1] == tuple(papers) for other in keys.values())
            keys[id] = (*papers, alike) if len(papers) > 1 else ()
        for when, line in asked:
            yield keys[line.any_of.id] if line.any_of else (), when, line

    def _counted(self, item: Item, line: MaterialLine) -> MaterialLine:
        """The line with when each of its numbers counts."""
        care = self.diagrams.both(self.possible(item), self.compiler.condition(line.when))
        return replace(
            line,
            originals=self.word(line.originals, care),
            copies=self.word(line.copies, care),
            waived_by=self.word(line.waived_by, care),
        )

    def _fields(self, numbers: dict[str, int]) -> Iterator[PaperField]:
        """In the dictionary's order of persons, each person's in the order in which items ask for them."""
        needs: dict[str, list[tuple[int, Condition]]] = {}
        for item in in_order(self.bundle.items):
            for line in item.fields:
                when = self.short(line.when, self.possible(item))
                if item.id in numbers and when != NEVER:
                    needs.setdefault(line.id, []).append((numbers[item.id], when))
        persons = list(dict.fromkeys([*self.bundle.dictionaries.persons, *(id.partition(".")[0] for id in needs)]))
        for id in sorted(needs, key=lambda id: persons.index(id.partition(".")[0])):
            yield PaperField(id, _uses(needs[id]))

    def _notes(self, items: tuple[PaperItem, ...]) -> Iterator[PaperNote]:
        for note in self.bundle.notes:
            if note.verdict:  # what a notice begins with; paper gives no notice
                continue
            yield PaperNote(note, self.short(note.when, self.finished))
        for entry in items:
            care = self.diagrams.both(self.finished, self.compiler.condition(entry.item.certain))
            for note in entry.item.notes:
                yield PaperNote(note, self.short(note.when, care) if care != FALSE else NEVER, entry.number)


def _uses(needs: Iterable[tuple[int, Condition]]) -> tuple[Use, ...]:
    """Items that ask under the same marks, together."""
    found: dict[Condition, list[int]] = {}
    for number, when in needs:
        found.setdefault(when, []).append(number)
    return tuple(Use(tuple(dict.fromkeys(numbers)), when) for when, numbers in found.items())


def _is_printed(name: str, item: Item) -> bool:
    """Whether the paper has room for an item's word: how stands there only where nothing says in which place."""
    return name != "at" and is_told(name, item.words[name]) and not (name == "how" and "where" in item.words)
