"""A walk -> what the applicant is told: items in order, one set of materials, the form's fields, deadlines, savings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from ..computing import Days, Figure, Months, Years
from ..model import Bundle, FieldLine, Item, MaterialLine, Note, OneOf, Question, Rival
from ..times import end_of, last_day, read_span
from ..values import EndOf, FigureRef, ParamRef, Span
from ..walking.answers import Answer
from ..walking.compiling import Target, Way
from ..walking.walks import Standing, Walk
from ..walking.working_out import is_confirmed
from .papers import Choice, Counts, Paper, asked_for, counts, number_of
from .plans import PlannedItem, PlannedMaterial, Said, plan_of, said


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `day` is its last day, None while the date or the length is unknown.

    `calendar` is false where no holiday calendar is published for that day yet. `contested` is the longer period where
    somebody objects, `contested_day` its last day. Of what ends with a month or year, or on a fixed day, no length is
    known and no start on the latter.
    """

    start: str
    within: Span | None
    day: date | None
    calendar: bool
    confirmed: bool
    source: str | None
    contested: Span | None = None
    contested_day: date | None = None


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item as it stands for the applicant."""

    plan: PlannedItem
    walk: Walk
    standing: Standing
    decided_by: tuple[Way, ...]
    words: dict[str, Said[str]]
    due: Due | None = None

    @property
    def item(self) -> Item:
        return self.plan.item

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def because(self) -> tuple[str, ...]:
        """The questions whose answers decided where it stands."""
        return () if self.standing == "open" else self.walk.because_by(*self.decided_by)

    @property
    def confirmed(self) -> bool:
        return self.item.confirmed


@dataclass(frozen=True, slots=True)
class Contest:
    """Items of which only one can be had: those that are told, and those that are `out` because of an earlier one.

    All in the order in which they win; `held` is what the applicant has already.
    """

    one_of: OneOf
    told: tuple[str, ...]
    out: tuple[str, ...]
    held: tuple[Rival, ...]


Group = Literal["own", "print", "given", "spared"]  # where a paper comes from; one that is spared needn't be brought
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(slots=True)
class MaterialNeed:
    """One material of one person, with every item that asks for it.

    `originals` and `copies` are the largest number that any item asks; `apart` is what separate handling would ask,
    `counts` what is written of it, item by item.
    With `any_of` it is one of several of which one is enough: those that share the same key, which stand together.
    `waivers` says per line of which item it is and what replaces the paper there, "" where nothing does.
    """

    id: str
    of: str | None
    originals: int = 0
    copies: int = 0
    apart: tuple[int, int] = (0, 0)
    items: list[str] = field(default_factory=list)
    lines: list[MaterialLine] = field(default_factory=list)
    conditions: list[Way] = field(default_factory=list)
    waivers: list[tuple[str, Said[str]]] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)
    counter: bool = True
    any_of: Choice | None = None
    given: bool = False  # a hospital or an office hands it out

    @property
    def waived_by(self) -> str | None:
        """What replaces it, where every item that asks for it accepts that."""
        waivers = {waiver.value for _item, waiver in self.waivers}
        return (waivers.pop() or None) if len(waivers) == 1 else None

    @property
    def waived_for(self) -> dict[str, str]:
        """What replaces it for single items, where that depends on answers and not all accept it."""
        found: dict[str, set[str]] = {}
        for line, (item, waiver) in zip(self.lines, self.waivers, strict=True):
            if any(variant.when is not None for variant in line.waived_by):
                found.setdefault(item, set()).add(waiver.value)
        alike = {item: waivers.pop() for item, waivers in found.items() if len(waivers) == 1}
        return {} if self.waived_by else {item: waiver for item, waiver in alike.items() if waiver}

    @property
    def confirmed(self) -> bool:
        """Whether somebody confirmed that it is asked for, how many of it, and what replaces it."""
        waivers = all(waiver.confirmed for _item, waiver in self.waivers)
        numbers = all(count.confirmed for counts in self.counts for count in counts)
        return all(line.confirmed for line in self.lines) and waivers and numbers

    @property
    def group(self) -> Group:
        """Found at home, printed here, given by somebody on the way, or spared.

        What nobody confirmed spares nothing, nor does an electronic licence, which not everybody has at hand.
        """
        match self.waived_by:
            case "made-here":
                return "print"
            case "earlier-item":
                return "given"
            case None if self.given:
                return "given"
            case None | "e-certificate":
                return "own"
            case _:
                return "spared" if self.confirmed and self.any_of is None else "own"

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.note for line in self.lines if line.note))


@dataclass(slots=True)
class FieldNeed:
    """One box of the form, with every item that needs it; `value` is what an answer fills in."""

    id: str
    items: list[str] = field(default_factory=list)
    counter: bool = True
    value: Answer | None = None
    question: Question | None = None

    @property
    def person(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Savings:
    """What separate handling would ask, and what this asks."""

    visits: tuple[int, int]
    forms: tuple[int, int]
    materials: tuple[int, int]
    fields: tuple[int, int]


class Notice:
    """What a walk tells so far; the 一次性告知书 once it is finished. Empty under a stop."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.bundle: Bundle = walk.bundle

    @cached_property
    def items(self) -> tuple[ToldItem, ...]:
        """Every item, in the order in which they are done; none under a stop."""
        if self.walk.status == "stopped":
            return ()
        return tuple(self._told(plan) for plan in plan_of(self.walk.program))

    def with_standing(self, *standings: Standing) -> tuple[ToldItem, ...]:
        return tuple(told for told in self.items if told.standing in standings)

    @cached_property
    def applying(self) -> tuple[ToldItem, ...]:
        return self.with_standing("applies")

    def _told(self, plan: PlannedItem) -> ToldItem:
        standing = self.walk.standing_by(plan.applies, plan.counter)
        decided_by = (plan.applies, plan.counter) if standing in ("counter", "not") else (plan.applies,)
        words = {name: told for name, sayings in plan.words.items() if (told := said(self.walk, sayings))}
        due = self._due(plan) if standing in ("applies", "counter") else None
        return ToldItem(plan, self.walk, standing, decided_by, words, due)

    def _due(self, plan: PlannedItem) -> Due | None:
        told = said(self.walk, plan.deadline)
        if told is None:
            return None
        deadline = told.value
        start = self.walk.used.get(deadline.start)
        if isinstance(deadline.within, EndOf | date):
            ends = _end_of(start, deadline.within) if isinstance(deadline.within, EndOf) else deadline.within
            return Due(deadline.start, None, ends, True, told.confirmed, told.source)
        span, confirmed = self._span(deadline.within)
        day, calendar = _last_day(start, span)
        contested, known = _last_day(start, deadline.contested)
        return Due(
            deadline.start, span, day, calendar and known, confirmed and told.confirmed, told.source,
            deadline.contested, contested,
        )  # fmt: skip

    def _span(self, within: Span | ParamRef | FigureRef) -> tuple[Span | None, bool]:
        rules = self.walk.rules
        match within:
            case Span():
                return within, True
            case ParamRef(name):
                value = self.bundle.params[name].on(rules.today)
                return read_span(value.value), value.confirmed
            case FigureRef(name):
                return _as_span(self.walk.figure(name)), is_confirmed(rules, self.bundle.figures[name])

    # Materials and fields

    @cached_property
    def materials(self) -> tuple[MaterialNeed, ...]:
        """One set of materials: the same where id and person agree, listed by the first item that asks."""
        needs: dict[tuple[Choice | None, Paper], MaterialNeed] = {}
        entries = self.bundle.dictionaries.materials
        for told in self.with_standing("applies", "counter"):
            for lines in asked_for(self.walk, told.plan):
                choice = frozenset(planned.line.paper for planned in lines) if len(lines) > 1 else None
                for planned in lines:
                    paper = planned.line.paper
                    entry = entries.get(planned.line.id)
                    given = entry is not None and entry.given
                    need = needs.setdefault((choice, paper), MaterialNeed(*paper, any_of=choice, given=given))
                    self._add(need, told, planned)
        return tuple(sorted(needs.values(), key=_by_choice(needs)))

    def _add(self, need: MaterialNeed, told: ToldItem, planned: PlannedMaterial) -> None:
        written = counts(self.walk, planned)
        asked = [number_of(self.walk, count.value) for count in written]
        need.counts.append(written)
        need.originals, need.copies = max(need.originals, asked[0]), max(need.copies, asked[1])
        need.apart = (need.apart[0] + asked[0], need.apart[1] + asked[1])
        need.lines.append(planned.line)
        waiver = said(self.walk, planned.waived_by)
        need.waivers.append((told.id, waiver or Said("")))
        need.counter = need.counter and told.standing == "counter"
        if told.id not in need.items:
            need.items.append(told.id)
        if planned.line.written_when is not None:
            need.conditions.append(planned.way)

    @cached_property
    def fields(self) -> tuple[FieldNeed, ...]:
        """Each box once, grouped by person in the dictionary's order."""
        needs: dict[str, FieldNeed] = {}
        for told in self.with_standing("applies", "counter"):
            for way, line in told.plan.fields:
                if self.walk.decided_by(way):
                    self._add_field(needs, line, told)
        persons = list(dict.fromkeys([*self.bundle.dictionaries.persons, *(need.person for need in needs.values())]))
        return tuple(sorted(needs.values(), key=lambda need: persons.index(need.person)))

    def _field(self, line: FieldLine) -> FieldNeed:
        question = self.bundle.fills.get(line.id)
        if question is None:
            return FieldNeed(line.id)
        return FieldNeed(line.id, value=self.walk.answer(question), question=self.bundle.question(question))

    def _add_field(self, needs: dict[str, FieldNeed], line: FieldLine, told: ToldItem) -> None:
        need = needs.get(line.id) or needs.setdefault(line.id, self._field(line))
        need.counter = need.counter and told.standing == "counter"
        if told.id not in need.items:
            need.items.append(told.id)

    def repeats(self, person: str) -> int | str | None:
        """How many of that person: a number, "form" (as many as are entered), None while unknown or not repeated."""
        question = self.bundle.repeat.get(person)
        if question is None or question == "form":
            return question
        answer = self.walk.used.get(question)
        return None if answer is None else int(answer)  # type: ignore[arg-type]  # loading sees to it: a number question

    @cached_property
    def same(self) -> dict[str, str]:
        """Who is who: a person, and the other that the answers make them."""
        entries = enumerate(self.bundle.same)
        return {same.person: same.other for number, same in entries if self.walk.holds("same", number)}

    # The rest

    @cached_property
    def contests(self) -> tuple[Contest, ...]:
        """Where only one can be had of what the applicant could have, as far as the answers tell."""
        standings = {told.id: told.standing for told in self.items}
        found = (self._contest(one_of, standings) for one_of in self.bundle.one_of)
        return tuple(one for one in found if standings and len(one.told) + len(one.out) + len(one.held) > 1)

    def _contest(self, one_of: OneOf, standings: Mapping[str, Standing]) -> Contest:
        told: list[str] = []
        out: list[str] = []
        held: list[Rival] = []
        for number, rival in enumerate(one_of.rivals):
            if rival.held is not None:
                if self.walk.holds("held", one_of.id, number):
                    held.append(rival)
            elif standings.get(rival.item) in ("applies", "counter"):
                told.append(rival.item)
            elif (told or held) and standings.get(rival.item) == "not" and self._could_be(rival.item):
                out.append(rival.item)
        return Contest(one_of, tuple(told), tuple(out), tuple(held))

    @cached_property
    def beaten(self) -> dict[str, tuple[Rival, ...]]:
        """The items that are out because only one of several can be had, each with what wins over it."""
        found: dict[str, tuple[Rival, ...]] = {}
        for contest in self.contests:
            for item in contest.out:
                before = (rival for _turn, rival in contest.one_of.before(item))
                winner = next(rival for rival in before if rival.item in contest.told or rival in contest.held)
                found[item] = (*found.get(item, ()), winner)
        return found

    def _could_be(self, item: str) -> bool:
        """Whether an item would be told by itself, as far as the answers tell."""
        return self.walk.decided(Target("alone", (item,))) is not False

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The verdict, the bundle's notes that hold, then those of applying items; none under a stop."""
        return (*filter(None, [self.verdict]), *self.own_notes, *self._item_notes())

    @property
    def verdict(self) -> Note | None:
        """What the bundle says first of this applicant, where it says anything."""
        return next((note for note in self._holding if note.verdict), None)

    @property
    def own_notes(self) -> tuple[Note, ...]:
        """The bundle's notes that hold, without its verdicts; none under a stop."""
        return tuple(note for note in self._holding if not note.verdict)

    @cached_property
    def _holding(self) -> tuple[Note, ...]:
        notes = () if self.walk.status == "stopped" else self.bundle.notes
        return tuple(note for note in notes if self.walk.holds("note", note.id))

    def _item_notes(self) -> Iterator[Note]:
        for told in self.applying:
            yield from self.notes_of(told)

    def notes_of(self, told: ToldItem) -> tuple[Note, ...]:
        """The notes of an item that hold."""
        return tuple(note for way, note in told.plan.notes if self.walk.decided_by(way))

    @property
    def joint(self) -> bool | None:
        """Whether all can be handled as one; None while open and under a stop."""
        return None if self.walk.status == "stopped" else self.walk.decided(Target("joint", ()))

    @cached_property
    def savings(self) -> Savings:
        """Counted over the items that apply. Visits: the published figures where the bundle has them."""
        items = {told.id for told in self.applying}
        materials = [need for need in self.materials if not need.counter]
        fields = [need for need in self.fields if not need.counter]
        many = len(items)
        before = many if self.bundle.visits_before is None else self.bundle.visits_before
        after = min(many, 1) if self.bundle.visits_after is None else self.bundle.visits_after
        return Savings(
            (before, after) if items else (0, 0),
            (many, min(many, 1)),
            (
                sum(len(items.intersection(need.items)) for need in materials if _is_first(need, materials)),
                sum(_is_first(need, materials) for need in materials),
            ),
            (sum(len(items.intersection(need.items)) for need in fields), len(fields)),
        )


# Materials ------------------------------------------------------------------------------------------------------------


def _by_choice(needs: Mapping[tuple[Choice | None, Paper], MaterialNeed]) -> Callable[[MaterialNeed], int]:
    """Where a need stands: papers of which one is enough stand together, where the first of them does."""
    first: dict[object, int] = {}
    for turn, (choice, paper) in enumerate(needs):
        first.setdefault(choice or paper, turn)
    return lambda need: first[need.any_of or (need.id, need.of)]


def _is_first(need: MaterialNeed, needs: list[MaterialNeed]) -> bool:
    """Whether it counts as a paper of its own: of several of which one is enough only the first does."""
    return need.any_of is None or next(other for other in needs if other.any_of == need.any_of) is need


# Deadlines ------------------------------------------------------------------------------------------------------------


def _last_day(start: Answer | None, span: Span | None) -> tuple[date | None, bool]:
    """The last day of a period from an answer, and whether the calendar is known; None where either isn't known."""
    if span is None or not isinstance(start, date):
        return None, True
    try:
        return last_day(start, span)
    except OverflowError:
        return None, True


def _end_of(start: Answer | None, end: EndOf) -> date | None:
    return end_of(start, end) if isinstance(start, date) else None


def _as_span(figure: Figure | None) -> Span | None:
    match figure:
        case Days(number):
            return Span(number, "days")
        case Months(number):
            return Span(number, "months")
        case Years(number):
            return Span(number, "years")
        case _:
            return None
