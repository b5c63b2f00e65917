"""What a bundle is: frozen data, checked by `loading`, read by everything else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from .amounts import Amount
from .conditions import ALWAYS, NEVER, Condition, Every, Not, Some

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a thing is written: a file and a line counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


# Time and figures -----------------------------------------------------------------------------------------------------

Unit = Literal["days", "months", "years", "working days"]


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `number` of `unit`."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class ParamRef:
    """Stands for the region's value of a param: `$insurance_window`."""

    name: str


@dataclass(frozen=True, slots=True)
class ParamValue:
    """One value of a param, from a day on (or since ever); `value` is None while nobody has one."""

    value: str | Decimal | None
    start: date | None = None
    source: str | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Param:
    """What a region may override. `values` are in the order of their first days."""

    id: str
    values: tuple[ParamValue, ...]
    label: str = ""

    def on(self, day: date) -> ParamValue:
        """The value in force on `day`; an empty one before the first."""
        started = [value for value in self.values if value.start is None or value.start <= day]
        return started[-1] if started else ParamValue(None, confirmed=False)


# Questions ------------------------------------------------------------------------------------------------------------

QuestionType = Literal["choice", "yesno", "many", "date", "number"]
NONE = "none"
LATE_VERSIONS = 1_000_000  # a version is smaller, so that a case code can hold it


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str
    hint: str = ""
    when: Condition | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The year of the walk, `plus` so many (negative: earlier ones)."""

    plus: int


@dataclass(frozen=True, slots=True)
class CalendarMonths:
    """Some months of any year, 1 to 12."""

    months: frozenset[int]


BandKind = Literal["up_to", "under", "before", "year", "months", "within_next"]
Limit = Span | Decimal | date | CalendarYear | CalendarMonths


@dataclass(frozen=True, slots=True)
class Band:
    """A range of dates or numbers; fits when the answer is `kind` `limit`, or always when there is no limit."""

    id: str
    kind: BandKind | None = None
    limit: Limit | ParamRef | None = None
    label: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    ask: str
    type: QuestionType = "choice"
    choices: tuple[Choice, ...] = ()
    bands: tuple[Band, ...] = ()
    when: Condition | None = None
    section: str = ""
    hint: str = ""
    why: str = ""
    unit: str = ""
    least: int = 0
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(999_999_999)
    future: bool = False
    shared: bool = False  # several bundles ask it, with the same choices: its answer carries over
    place: Place | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The ids that conditions may test: choices or bands, and for `many` also "none"."""
        if self.type == "many":
            return (*(choice.id for choice in self.choices), NONE)
        return tuple(entry.id for entry in (self.bands or self.choices))


@dataclass(frozen=True, slots=True)
class Case:
    """One way to work something out; of a list the first whose condition holds counts."""

    amount: Amount
    when: Condition | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What is worked out of answers: by the named function `by`, or as an amount, by cases.

    `of` names all that it rests on: questions, and params as `$name`.
    """

    id: str
    by: str
    of: tuple[str, ...]
    cases: tuple[Case, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: a figure may be called as a computed value is."""
        return type(self).__name__, self.id

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of its cases, each once."""
        return tuple(dict.fromkeys(case.amount for case in self.cases))

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions among its inputs."""
        return tuple(name for name in self.of if not name.startswith("$"))


UNKNOWN = "unknown"  # the result of an amount that can't be worked out


@dataclass(frozen=True, slots=True)
class Computed(WorkedOut):
    """One with a closed set of results, which conditions test; `label` and `labels` say both in words.

    Those of an amount are its `bands`, and UNKNOWN.
    """

    gives: tuple[str, ...] = ()
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    place: Place | None = None


AmountUnit = Literal["number", "yuan", "percent", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class FigureEntry(WorkedOut):
    """One whose result texts show, written `{id}` in them; `label` says what it is, `unit` what an amount counts."""

    label: str = ""
    unit: AmountUnit = "number"
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None


FIGURE = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


IN_BRACES = re.compile(r"\{[^{}]*}?")


def misspelt_in(*texts: str) -> tuple[str, ...]:
    """What stands in braces in the texts and is no figure's name."""
    return tuple(found for text in texts for found in IN_BRACES.findall(text) if not FIGURE.fullmatch(found))


def figures_in(*texts: str) -> tuple[str, ...]:
    """The figures that texts show, each once, in their order."""
    return tuple(dict.fromkeys(name for text in texts for name in FIGURE.findall(text)))


@dataclass(frozen=True, slots=True)
class Cells:
    """A table's values from a day on (or since ever), by what the answers to its questions are called."""

    values: Mapping[tuple[str, ...], Decimal]
    start: date | None = None
    source: str | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by the answers to some questions: choices, bands, or whole numbers. `states` are in the order of days."""

    id: str
    by: tuple[str, ...]
    states: tuple[Cells, ...]
    label: str = ""
    unit: AmountUnit = "number"
    place: Place | None = None

    def on(self, day: date) -> Cells:
        """The values in force on `day`; none before the first."""
        started = [state for state in self.states if state.start is None or state.start <= day]
        return started[-1] if started else Cells({}, confirmed=False)


# What an applicant is told --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureRef:
    """Stands for a figure that counts days, months or years: `{notice_months}`."""

    name: str


@dataclass(frozen=True, slots=True)
class EndOf:
    """The last day of a month or year, `plus` so many later."""

    unit: Literal["month", "year"]
    plus: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A period that runs from the day answered to a date question, or up to a day that such an answer leads to.

    A fixed day has no `start`. `contested` is the longer period that a law sets where somebody objects.
    """

    within: Span | ParamRef | FigureRef | EndOf | date
    start: str = ""
    contested: Span | None = None


@dataclass(frozen=True, slots=True)
class Variant(Generic[T_co]):
    """One of several words; of a list the first whose condition holds counts."""

    value: T_co
    when: Condition | None = None
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None


Word = tuple[Variant[T_co], ...]


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A document that one item asks for; the same material when `id` and `of` agree."""

    id: str
    of: str | None = None
    when: Condition | None = None
    originals: Word[int] = (Variant(1),)
    copies: Word[int] = (Variant(0),)
    waived_by: str | None = None
    note: str = ""
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A datum that one item asks for; `id` is `person.attribute`."""

    id: str
    when: Condition | None = None
    place: Place | None = None

    @property
    def person(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Note:
    """A warning or hint; `next` may name the bundle that comes after this one, `answers` what is answered there."""

    id: str
    tell: str
    when: Condition | None = None
    next: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """The bundle isn't for this applicant: why, and what to do instead; `next` and `answers` as in a note."""

    id: str
    tell: str
    when: Condition
    instead: str = ""
    next: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Under a condition `person` is who `other` is: the mother applies herself. Her boxes fill the applicant's."""

    person: str
    other: str
    when: Condition
    place: Place | None = None


WORDS = ("name", "department", "result", "fee", "where", "how", "days", "legal_days", "basis")


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    when: Condition | None = None
    may_when: Condition | None = None
    wish: bool = False
    after: tuple[str, ...] = ()
    deadline: Word[Deadline] = ()
    materials: tuple[MaterialLine, ...] = ()
    fields: tuple[FieldLine, ...] = ()
    notes: tuple[Note, ...] = ()
    words: Mapping[str, Word[str]] = field(default_factory=dict)
    source: str | None = None
    confirmed: bool = True
    place: Place | None = None

    def usual(self, word: str) -> str:
        """What a word usually is: what counts where none of its conditions holds; "" where there is none."""
        variants = self.words.get(word, ())
        return variants[-1].value if variants else ""

    @property
    def certain(self) -> Condition:
        """When it applies for certain: `may_when` without `when` means that nobody has it for certain."""
        if self.when is not None:
            return self.when
        return ALWAYS if self.may_when is None else NEVER

    @property
    def possible(self) -> Condition:
        """When it applies or the counter decides."""
        return self.certain if self.may_when is None else Some((self.certain, self.may_when))

    @property
    def for_counter(self) -> Condition:
        """When the counter decides; where both hold, the item applies."""
        return NEVER if self.may_when is None else Every((self.may_when, Not(self.certain)))


@dataclass(frozen=True, slots=True)
class Source:
    """A law, notice or standard; `seen` says whether somebody read the original."""

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    dated: str = ""
    url: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260, six digits."""

    code: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialEntry:
    """The dictionary's word on a material; `blank` says that a blank form exists to fill in."""

    name: str
    hint: str = ""
    blank: bool = False


FieldType = Literal[
    "text", "name", "id-number", "credit-code", "phone", "date", "number", "money", "choice", "address", "long",
    "bank-account", "email", "postcode", "signature",
]  # fmt: skip
Take = Literal["same", "birth_date", "sex"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a box takes its value from: another field, whole or in part."""

    field: str
    take: Take


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """The dictionary's word on a box of the form. `max` counts characters."""

    label: str
    type: FieldType = "text"
    hint: str = ""
    options: tuple[str, ...] = ()
    derived: Derivation | None = None
    max: int | None = None
    sensitive: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """What several bundles share; each maps an id to its entry."""

    departments: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, MaterialEntry] = field(default_factory=dict)
    fields: Mapping[str, FieldEntry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of a bundle changed."""

    version: int
    day: date | None
    tell: str


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """One bundle as it holds in a region. Compared by identity: `loading` gives equal regions the same object.

    `happened` is what happened to whom it may concern, in life's words; `theme` groups bundles on the home page.

    `later` are the same bundle's rules that begin on a day of their own, in the order of `since`.
    """

    id: str
    title: str
    version: int
    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    serves: Literal["citizen", "business"] = "citizen"
    summary: str = ""
    happened: str = ""
    theme: str = ""
    lead: str = ""
    reviewed: str = ""
    listed_in: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    changelog: tuple[Change, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    params: Mapping[str, Param] = field(default_factory=dict)
    facts: Mapping[str, Condition] = field(default_factory=dict)
    fact_labels: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    computed: tuple[Computed, ...] = ()
    figures: Mapping[str, FigureEntry] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()
    notes: tuple[Note, ...] = ()
    joint: Condition | None = None
    joint_else: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    repeat: Mapping[str, str] = field(default_factory=dict)
    same: tuple[SamePerson, ...] = ()
    visits_before: int | None = None
    visits_after: int | None = None
    visits_confirmed: bool = True
    dictionaries: Dictionaries = field(default_factory=Dictionaries)
    file: str = ""
    since: date | None = None
    later: tuple["Bundle", ...] = ()

    def on(self, day: date) -> "Bundle":
        """The rules in force on a day: this bundle, or the last of its later ones that has begun."""
        return next((later for later in reversed(self.later) if later.since is not None and later.since <= day), self)

    def changes_after(self, day: date) -> tuple[date, ...]:
        """The days after `day` on which rules or params change, as far as that is known, the next one first."""
        rules = (later.since for later in self.later)
        params = (value.start for param in self.params.values() for value in param.values)
        tables = (state.start for table in self.tables.values() for state in table.states)
        return tuple(sorted({start for start in (*rules, *params, *tables) if start is not None and start > day}))

    @property
    def worked_with(self) -> frozenset[str]:
        """The questions whose exact answers functions work with."""
        functions: tuple[WorkedOut, ...] = (*self.computed, *self.figures.values())
        return frozenset(name for function in functions for name in function.questions)

    def question(self, id: str) -> Question:
        """The question of that id. Raises StopIteration where there is none; loading has seen to it."""
        return next(question for question in self.questions if question.id == id)
