"""What a notice says, in words and in order: one set of rows from which page, paper and calendar are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bundles.dictionary import Region, Source
from bundles.model import Note
from bundles.results.case_codes import encode
from bundles.results.notices import Due, MaterialNeed, Notice, Savings, ToldItem
from bundles.values import figures_in
from bundles.walking.compiling import Reason
from bundles.walking.walks import Walk
from bundles.walking.working_out import is_confirmed, sources_of
from guide.cases.onward import Onward, onward
from guide.language.languages import say
from guide.language.wording import (
    answer_words,
    count_words,
    day_words,
    department_words,
    material_entry,
    material_words,
    person_words,
    reason_words,
    span_words,
    speech,
    waiver_words,
)
from guide.notice.phrases import NOTICE

FACTS = ("result", "where", "how", "fee", "days", "legal_days", "basis")  # in this order


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled word of an item, by its key in the bundle file; unconfirmed ones are marked on the page."""

    word: str
    label: str
    text: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    number: int
    id: str
    name: str
    department: str
    reasons: list[str]
    deadline: str
    deadline_day: date | None
    deadline_confirmed: bool
    facts: list[Fact]
    wish: bool
    confirmed: bool

    def fact(self, word: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.word == word), None)

    @property
    def fee(self) -> Fact | None:
        return self.fact("fee")


@dataclass(frozen=True, slots=True)
class MaterialRow:
    name: str
    count: str
    originals: int
    copies: int
    apart: str
    hint: str
    items: list[str]
    numbers: list[int]
    waiver: str
    notes: list[str]
    reasons: list[str]
    each: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A note, or the line on joint handling; `next` leads to the bundle that comes after this one."""

    text: str
    confirmed: bool
    next: Onward | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    id: str
    section: str
    question: str
    answer: str


class Telling:
    """The rows of a walk's notice, in the active language."""

    def __init__(self, walk: Walk, region: Region) -> None:
        self.walk = walk
        self.region = region
        self.bundle = walk.bundle
        self.notice = Notice(walk)

    @property
    def today(self) -> date:
        """The day whose rules are told."""
        return self.walk.rules.today

    def confirmed(self, text: str, own: bool) -> bool:
        """Whether somebody confirmed a text, and every figure in it."""
        figures = self.bundle.figures
        shown = (figures[name] for name in figures_in(text) if name in figures)
        return own and all(is_confirmed(self.walk.rules, figure) for figure in shown)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Items that apply are numbered first, in the order in which they are done, then those for the counter."""
        told = [*self.notice.applying, *self.notice.with_standing("counter")]
        return {entry.id: number for number, entry in enumerate(told, 1)}

    @property
    def open(self) -> int:
        """How many items depend on answers to come."""
        return len(self.notice.with_standing("open"))

    @cached_property
    def applying(self) -> list[ItemRow]:
        return [self.item(told) for told in self.notice.applying]

    @cached_property
    def counter(self) -> list[ItemRow]:
        return [self.item(told) for told in self.notice.with_standing("counter")]

    @cached_property
    def not_applying(self) -> list[ItemRow]:
        return [self.item(told) for told in self.notice.with_standing("not")]

    def item(self, told: ToldItem) -> ItemRow:
        """An item in words."""
        due = told.due
        return ItemRow(
            self.numbers.get(told.id, 0),
            told.id,
            self.name(told),
            department_words(self.bundle, told.words["department"].value) if "department" in told.words else "",
            self.words_of(self.why[told.id]),
            self.deadline(due) if due else "",
            due.day if due else None,
            due.confirmed if due else True,
            self._facts(told),
            told.item.wish,
            told.confirmed,
        )

    def name(self, told: ToldItem) -> str:
        """What an item is called here; its usual name where it doesn't apply, so that no variant of it holds."""
        return self._word(told, "name") or say(told.item.usual("name")) or told.id

    def _word(self, told: ToldItem, name: str) -> str:
        return self.tell(told.words[name].value) if name in told.words else ""

    def tell(self, text: str) -> str:
        """A text of the catalogue with the walk's figures in it."""
        return speech().tell(text, self.walk)

    def _facts(self, told: ToldItem) -> list[Fact]:
        return [
            Fact(
                name,
                str(NOTICE[f"fact_{name}"]),
                text,
                self.confirmed(told.words[name].value, told.words[name].confirmed),
            )
            for name in FACTS
            if (text := self._word(told, name))
        ]

    def deadline(self, due: Due) -> str:
        """The last day, else how long there is, as far as it is known."""
        if due.day is None:
            return span_words(due.within) if due.within else str(NOTICE["ask_deadline"])
        day = day_words(due.day)
        if due.contested_day:
            day = NOTICE["contested"].format(day=day, later=day_words(due.contested_day))
        return day if due.calendar else NOTICE["unless_holiday"].format(day=day)

    @cached_property
    def why(self) -> dict[str, tuple[Reason, ...]]:
        """As few answers as explain why each item stands as it does; none where that is open."""
        return {
            told.id: self.walk.reasons_by(*told.decided_by) if told.standing != "open" else ()
            for told in self.notice.items
        }

    def why_asked(self, need: MaterialNeed) -> tuple[Reason, ...]:
        """Why a material is asked for, beyond why its items apply."""
        if not need.conditions:
            return ()
        known = {reason for item in need.items for reason in self.why[item]}
        return tuple(reason for reason in self.walk.reasons_by(*need.conditions) if reason not in known)

    def words_of(self, reasons: Iterable[Reason]) -> list[str]:
        """The answers that are reasons, in words."""
        return reason_words(self.bundle, reasons, self.walk.used)

    @cached_property
    def materials(self) -> list[MaterialRow]:
        return [self.material(need) for need in self.notice.materials if not need.counter]

    @cached_property
    def counter_materials(self) -> list[MaterialRow]:
        return [self.material(need) for need in self.notice.materials if need.counter]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {told.id: self.name(told) for told in self.notice.items}

    def material(self, need: MaterialNeed) -> MaterialRow:
        """A material in words."""
        return MaterialRow(
            material_words(self.bundle, need),
            count_words(need.originals, need.copies),
            need.originals,
            need.copies,
            count_words(*need.apart) if sum(need.apart) > need.originals + need.copies else "",
            say(material_entry(self.bundle, need.id).hint),
            [self._names[item] for item in need.items],
            [self.numbers[item] for item in need.items],
            waiver_words(need.waived_by),
            [say(note) for note in need.notes],
            self.words_of(self.why_asked(need)),
            self.each(need),
            need.confirmed,
        )

    def each(self, need: MaterialNeed) -> int:
        """How many persons each bring the material."""
        repeats = self.notice.repeats(need.of) if need.of else None
        return repeats if isinstance(repeats, int) else 1

    @cached_property
    def notes(self) -> list[Remark]:
        return [self.remark(note) for note in self.notice.notes]

    def remark(self, note: Note) -> Remark:
        """A note in words."""
        confirmed = self.confirmed(note.tell, note.confirmed)
        return Remark(self.tell(note.tell), confirmed, onward(self.walk, self.region, note))

    @property
    def joint(self) -> str:
        """What to know about handling all as one."""
        if self.notice.joint is False:
            return say(self.bundle.joint_else) or str(NOTICE["apart"])
        return str(NOTICE["joined"]) if self.notice.joint else ""

    @property
    def savings(self) -> Savings:
        return self.notice.savings

    @cached_property
    def answers(self) -> list[AnswerRow]:
        rows = []
        for name in self.walk.asked:
            question = self.bundle.question(name)
            words = answer_words(question, self.walk.used[name])
            rows.append(AnswerRow(name, say(question.section), say(question.ask), words))
        return rows

    @property
    def skipped(self) -> list[tuple[str, list[str]]]:
        """Questions not asked, each with the answers because of which it doesn't arise."""
        return [(say(question.ask), self.words_of(reasons)) for question, reasons in self.walk.skipped()]

    @cached_property
    def code(self) -> str:
        return encode(self.bundle, self.region.code, self.walk.used)

    @property
    def sources(self) -> list[Source]:
        """The sources of what is told, each once."""
        told = [entry for entry in self.notice.items if entry.standing in ("applies", "counter")]
        ids = [entry.item.source for entry in told]
        ids += [entry.due.source for entry in told if entry.due]
        ids += [said.source for entry in told for said in entry.words.values()]
        ids += [line.source for need in self.notice.materials for line in need.lines]
        ids += [note.source for note in self.notice.notes]
        shown = (self.bundle.figures[name] for name in self._figures())
        ids += [source for figure in shown for source in sources_of(self.walk.rules, figure)]
        return [self.bundle.sources[id] for id in dict.fromkeys(ids) if id is not None and id in self.bundle.sources]

    def _figures(self) -> tuple[str, ...]:
        """The figures in what is told."""
        if not self.bundle.figures:
            return ()
        told = [entry for entry in self.notice.items if entry.standing in ("applies", "counter")]
        texts = [said.value for entry in told for said in entry.words.values()]
        return figures_in(*texts, *(note.tell for note in self.notice.notes))

    def person(self, person: str | None) -> str:
        return person_words(self.bundle, person)
