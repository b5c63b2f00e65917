"""What a notice says, in words and in order: one set of rows from which page, paper and calendar are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from bundles.dictionary import Region, Source
from bundles.loading import catalogue
from bundles.model import ASKED, Count, Note, Rival
from bundles.results.case_codes import encode
from bundles.results.notices import Contest, Due, MaterialNeed, Notice, Savings, ToldItem
from bundles.results.papers import number_of
from bundles.results.plans import Said
from bundles.results.visits import Visit, visits_of
from bundles.values import figures_in
from bundles.walking.compiling import Reason
from bundles.walking.walks import Walk
from bundles.walking.working_out import is_confirmed, past_of, sources_of
from guide.cases.onward import Onward, onward
from guide.language.languages import say
from guide.language.wording import (
    SAYING,
    answer_words,
    count_words,
    day_words,
    department_words,
    each_words,
    material_entry,
    material_words,
    person_words,
    reason_words,
    span_words,
    speech,
    together,
    waiver_words,
)
from guide.notice.phrases import NOTICE

FACTS = ("result", "where", "how", "due", "fee", "days", "legal_days", "basis")  # in this order


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled word of an item, by its key in the bundle file; unconfirmed ones are marked on the page."""

    word: str
    label: str
    text: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A note, or what a contest comes to; `next` leads to the bundle that comes after this one."""

    text: str
    confirmed: bool
    next: Onward | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item; `reasons` are the answers because of which it stands as it does, or what it can't be had besides."""

    number: int
    id: str
    name: str
    department: str
    reasons: list[str]
    contests: list[Remark]
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
    """A paper; or, as `choices`, papers of which one is enough, with `name` saying so.

    `originals` and `copies` are words where they are of several persons.
    """

    name: str
    count: str
    originals: int | str
    copies: int | str
    apart: str
    hint: str
    items: list[str]
    numbers: list[int]
    waiver: str
    notes: list[str]
    reasons: list[str]
    each: int
    confirmed: bool
    choices: list["MaterialRow"]


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
    def city(self) -> str:
        """What official words call the place where the case is handled."""
        return catalogue().city(self.region.code)

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

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """From which place to which the applicant goes for the items that apply."""
        return visits_of(self.notice)

    @cached_property
    def visit_numbers(self) -> dict[str, int]:
        """At which visit, counted from 1, each item that applies is done."""
        return {told.id: number for number, visit in enumerate(self.visits, 1) for told in visit.items}

    @property
    def open(self) -> int:
        """How many items depend on answers to come."""
        return len(self.notice.with_standing("open"))

    @cached_property
    def applying(self) -> list[ItemRow]:
        return [self.item(told) for told in self.notice.applying]

    @property
    def to_come(self) -> list[tuple[ToldItem, date]]:
        """The items that apply whose last day is known and isn't over, each with that day."""
        days = ((told, told.due.day) for told in self.notice.applying if told.due)
        return [(told, day) for told, day in days if day and day >= self.today]

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
            self.beaten(told) or self.words_of(self.why[told.id]),
            self.contests(told),
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

    def contests(self, told: ToldItem) -> list[Remark]:
        """What an item that is told leaves out, or can't be had besides."""
        return [self._contest(contest) for contest in self.notice.contests if told.id in contest.told]

    def _contest(self, contest: Contest) -> Remark:
        one_of, several = contest.one_of, len(contest.told) > 1
        own = self.tell(one_of.tell, one_of.until)
        confirmed = self.confirmed(one_of.tell, one_of.confirmed)
        if own:
            return Remark(f"{own}{NOTICE['counter_decides']}" if several else own, confirmed)
        here = [rival for rival in one_of.rivals if rival.item in contest.told + contest.out]
        rivals = [rival for rival in one_of.rivals if rival in here or rival in contest.held]
        names = together(map(self.rival, rivals))
        phrase = NOTICE["one_of_counter" if several else "one_of"]
        return Remark(phrase.format(names=names, name=self.rival(rivals[0])), confirmed)

    def rival(self, rival: Rival) -> str:
        """An item of which only one can be had, or what the applicant has already, by its name."""
        return self.names[rival.item] if rival.item else say(rival.label)

    def beaten(self, told: ToldItem) -> list[str]:
        """What an item can't be had besides, where that is why it isn't told."""
        winners = self.notice.beaten.get(told.id, ())
        return [NOTICE["beaten"].format(name=self.rival(rival)) for rival in winners]

    def _word(self, told: ToldItem, name: str) -> str:
        return self.tell(told.words[name].value, told.words[name].until) if name in told.words else ""

    def tell(self, text: str, until: date | None = None) -> str:
        """A text of the catalogue with the walk's figures; where it is past, up to which day it was said."""
        told = speech().tell(text, self.walk)
        figures = (self.bundle.figures[name] for name in figures_in(text) if name in self.bundle.figures)
        ends = [until if until and until < self.today else None, *(past_of(self.walk.rules, one) for one in figures)]
        past = min(filter(None, ends), default=None)
        return NOTICE["past"].format(text=told, day=day_words(past)) if past else told

    def _facts(self, told: ToldItem) -> list[Fact]:
        return [
            Fact(
                name,
                str(NOTICE[f"fact_{name}"]),
                text,
                self.confirmed(told.words[name].value, told.words[name].confirmed),
            )
            for name in FACTS
            if (text := self._word(told, name) or self._asked(told, name))
        ]

    @staticmethod
    def _asked(told: ToldItem, name: str) -> str:
        """Whom to ask about a word that nobody knows."""
        return str(NOTICE["ask"]) if name in told.words and name in ASKED else ""

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
        return list(map(self._row, self.needs(counter=False)))

    @cached_property
    def counter_materials(self) -> list[MaterialRow]:
        return list(map(self._row, self.needs(counter=True)))

    def _row(self, needs: list[MaterialNeed]) -> MaterialRow:
        return self.material(needs[0]) if len(needs) == 1 else self.choice(needs)

    @cached_property
    def _needs(self) -> list[list[list[MaterialNeed]]]:
        asked = ([need for need in self.notice.materials if need.counter == counter] for counter in (False, True))
        alike = (groupby(needs, key=lambda need: need.any_of or (need.id, need.of)) for needs in asked)
        return [[list(needs) for _paper, needs in groups] for groups in alike]

    def needs(self, counter: bool) -> list[list[MaterialNeed]]:
        """What is asked for certain, or what the counter may ask for: a paper, or several of which one is enough."""
        return self._needs[counter]

    @cached_property
    def names(self) -> dict[str, str]:
        return {told.id: self.name(told) for told in self.notice.items}

    def material(self, need: MaterialNeed) -> MaterialRow:
        """A material in words."""
        known = not any(self._is_open(count.value) for counts in need.counts for count in counts)
        originals, copies = self.numbers_of(need)
        return MaterialRow(
            material_words(self.bundle, need),
            count_words(originals, copies),
            need.originals if originals in ("", str(need.originals)) else originals,
            need.copies if copies in ("", str(need.copies)) else copies,
            count_words(*need.apart) if known and sum(need.apart) > need.originals + need.copies else "",
            say(material_entry(self.bundle, need.id).hint),
            [self.names[item] for item in need.items],
            [self.numbers[item] for item in need.items],
            self.waiver(need),
            [say(note) for note in need.notes],
            self.words_of(self.why_asked(need)),
            self.each(need),
            need.confirmed,
            [],
        )

    def waiver(self, need: MaterialNeed) -> str:
        """What replaces a material: for all items, or for which."""
        single = (NOTICE["waived_for"].format(item=self.names[item], waiver=waiver_words(by))
                  for item, by in need.waived_for.items())  # fmt: skip
        return waiver_words(need.waived_by) or "；".join(single)

    def choice(self, needs: list[MaterialNeed]) -> MaterialRow:
        """Several materials of which one is enough; who asks for one of them asks for all."""
        rows = [self.material(need) for need in needs]
        written = [line.any_of for need in needs for line in need.lines if line.any_of]
        label = next((any_of.label for any_of in written if any_of.label), "")
        return MaterialRow(
            NOTICE["any_of_for"].format(label=say(label)) if label else str(NOTICE["any_of"]),
            "", 0, 0, "", "",
            rows[0].items,
            rows[0].numbers,
            "",
            [say(note) for note in dict.fromkeys(any_of.note for any_of in written if any_of.note)],
            [],
            1,
            True,
            rows,
        )  # fmt: skip

    def numbers_of(self, need: MaterialNeed) -> tuple[str, str]:
        """How many originals and copies, and how many of them for each person; nothing for none."""
        originals, copies = zip(*need.counts, strict=True)
        return self._number(need.originals, originals), self._number(need.copies, copies)

    def _number(self, number: int, counts: Iterable[Said[Count]]) -> str:
        """The number that some counts come to at the most; where it isn't known, as it is written."""
        asked = [count.value for count in counts if count.value.number]
        chosen = next((count for count in asked if self._is_open(count)), None)
        chosen = chosen or next((count for count in asked if number_of(self.walk, count) == number), None)
        if chosen is None or (number in (0, chosen.number) and not self._is_open(chosen)):
            return str(number or "")
        each = each_words(self.bundle.question(chosen.per), chosen.number)
        return each if self._is_open(chosen) else SAYING["with_each"].format(number=number, each=each)

    def _is_open(self, count: Count) -> bool:
        """Whether nobody knows for how many persons."""
        return bool(count.per) and count.per not in self.walk.used

    def each(self, need: MaterialNeed) -> int:
        """How many persons each bring the material; one where the numbers are those of all of them already."""
        repeats = self.notice.repeats(need.of) if need.of else None
        by = self.bundle.repeat.get(need.of or "")
        counted = {count.value.per for counts in need.counts for count in counts if count.value.number}
        return repeats if isinstance(repeats, int) and counted != {by} else 1

    @cached_property
    def notes(self) -> list[Remark]:
        return [self.remark(note) for note in self.notice.notes if not note.verdict]

    def remark(self, note: Note) -> Remark:
        """A note in words."""
        confirmed = self.confirmed(note.tell, note.confirmed)
        return Remark(self.tell(note.tell, note.until), confirmed, onward(self.walk, self.region, note))

    @property
    def joint(self) -> str:
        """What to know about handling all as one."""
        if self.notice.joint is False:
            return say(self.bundle.joint_else) or str(NOTICE["apart"])
        return str(NOTICE["joined"]) if self.notice.joint else ""

    @property
    def savings(self) -> Savings:
        return self.notice.savings

    @property
    def visits_confirmed(self) -> bool:
        """Whether the number of visits is counted here, or somebody confirmed the one that was published."""
        return self.bundle.visits_before is None or self.bundle.visits_confirmed

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
        """The sources of what is told, each once; without those for editors alone."""
        told = [entry for entry in self.notice.items if entry.standing in ("applies", "counter")]
        ids = [entry.item.source for entry in told]
        ids += [entry.due.source for entry in told if entry.due]
        ids += [said.source for entry in told for said in entry.words.values()]
        ids += [line.source for need in self.notice.materials for line in need.lines]
        ids += [contest.one_of.source for contest in self.notice.contests]
        ids += [note.source for note in self.notice.notes]
        shown = (self.bundle.figures[name] for name in self._figures())
        ids += [source for figure in shown for source in sources_of(self.walk.rules, figure)]
        found = (self.bundle.sources.get(id) for id in dict.fromkeys(ids) if id is not None)
        return [source for source in found if source and source.told]

    def _figures(self) -> tuple[str, ...]:
        """The figures in what is told."""
        if not self.bundle.figures:
            return ()
        told = [entry for entry in self.notice.items if entry.standing in ("applies", "counter")]
        texts = [said.value for entry in told for said in entry.words.values()]
        texts += [contest.one_of.tell for contest in self.notice.contests if contest.told]
        return figures_in(*texts, *(note.tell for note in self.notice.notes))

    def person(self, person: str | None) -> str:
        return person_words(self.bundle, person)
