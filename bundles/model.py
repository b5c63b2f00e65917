"""What a bundle is: frozen data, checked by `loading`, read by everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from .conditions import ALWAYS, NEVER, Condition, Every, Not, Some
from .dictionary import Dictionaries, Source
from .values import Band, Computed, EndOf, FigureEntry, FigureRef, Param, ParamRef, Place, Span, Table, WorkedOut

T_co = TypeVar("T_co", covariant=True)


# Questions ------------------------------------------------------------------------------------------------------------

QuestionType = Literal["choice", "yesno", "many", "date", "number"]
NONE = "none"
LATE_VERSIONS = 1_000_000  # a version is smaller, so that a case code can hold it


@dataclass(frozen=True, slots=True)
class Choice:
    """`official` is what a form prints where the answer fills a box, `{city}` in it the city or prefecture; ""
    leaves it blank.

    None where the author said nothing: the label then. `common` answers stand on the questionnaire for citizens.
    """

    id: str
    label: str
    hint: str = ""
    when: Condition | None = None
    place: Place | None = None
    official: str | None = None
    common: bool = False


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
    none: str = ""  # what choosing none of many is called; "" = the program's word
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(999_999_999)
    future: bool = False
    shared: bool = False  # several bundles ask it, with the same choices: its answer carries over
    common: bool = False  # of `many`: that nothing is ticked is common, and nothing else that isn't marked
    remark: str = ""
    place: Place | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The ids that conditions may test: choices or bands, and for `many` also "none"."""
        if self.type == "many":
            return (*(choice.id for choice in self.choices), NONE)
        return tuple(entry.id for entry in (self.bands or self.choices))

    @property
    def uncommon(self) -> frozenset[str]:
        """The values that end at the counter on the questionnaire for citizens; none where the author marked none."""
        left = frozenset(entry.id for entry in (self.bands or self.choices) if not entry.common)
        return left if self.common or len(left) < len(self.bands or self.choices) else frozenset()


ResultKind = Literal["count", "sum", "any", "least", "greatest"]


@dataclass(frozen=True, slots=True)
class Result:
    """How a table answers a question: by the rows for which `where` holds, by the numbers in a `column`."""

    question: str
    kind: ResultKind
    column: str = ""
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Members:
    """A table of people: a row each, whose cells answer its columns. What all rows come to answers ordinary questions.

    `row` is what one of them is called; `fills` the box of the form that a column fills, always of the same person.
    """

    id: str
    ask: str
    columns: tuple[Question, ...] = ()
    results: tuple[Result, ...] = ()
    section: str = ""
    hint: str = ""
    why: str = ""
    when: Condition | None = None
    row: str = "成员"
    most: int = 12
    fills: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    @property
    def person(self) -> str:
        """Whose boxes the table fills; "" where it fills none."""
        return next((field.partition(".")[0] for field in self.fills.values()), "")

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it answers, in the order in which they are asked."""
        return tuple(result.question for result in self.results)


# What an applicant is told --------------------------------------------------------------------------------------------


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
    """One of several words; of a list the first whose condition holds counts.

    A text that is empty is one that nobody knows. What is said holds `until` that day.
    """

    value: T_co
    when: Condition | None = None
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
    place: Place | None = None


Word = tuple[Variant[T_co], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a paper; with `per`, as many for each of those whose number that question says."""

    number: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Papers of an item of which one is enough; `id` tells them from the item's other such papers."""

    id: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A document that one item asks for; the same material when `id` and `of` agree.

    `waived_by` has no variant that holds where nothing replaces it. `group` is the named group that it stands in. One
    of several papers of which one is enough has its condition as it is written in `written`; its `when` says besides
    that none of them is needed anyway, or it itself.
    """

    id: str
    of: str | None = None
    when: Condition | None = None
    originals: Word[Count] = (Variant(Count(1)),)
    copies: Word[Count] = (Variant(Count(0)),)
    waived_by: Word[str] = ()
    note: str = ""
    any_of: AnyOf | None = None
    written: Condition | None = None
    group: str = ""
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
    place: Place | None = None

    @property
    def paper(self) -> tuple[str, str | None]:
        """Which material, and whose."""
        return self.id, self.of

    @property
    def written_when(self) -> Condition | None:
        """The condition that the author wrote."""
        return self.written if self.any_of else self.when


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A datum that one item asks for; `id` is `person.attribute`. `group` is the named group that it stands in."""

    id: str
    when: Condition | None = None
    group: str = ""
    place: Place | None = None

    @property
    def person(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Note:
    """A warning or hint; `next` may name the bundle that comes after this one, `answers` what is answered there.

    A `verdict` is what the notice says first: the first one that holds.
    """

    id: str
    tell: str
    when: Condition | None = None
    next: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    verdict: bool = False
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
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
    until: date | None = None
    remark: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Under a condition `person` is who `other` is: the mother applies herself. Her boxes fill the applicant's."""

    person: str
    other: str
    when: Condition
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """One of those of which only one can be had: an item, or under `held` what the applicant has already."""

    item: str = ""
    held: Condition | None = None
    label: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """Of its rivals only one can be had: the first of those that hold (就高). `tell` says so in words of its own."""

    id: str
    rivals: tuple[Rival, ...] = ()
    tell: str = ""
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
    place: Place | None = None

    def before(self, item: str) -> tuple[tuple[int, Rival], ...]:
        """The rivals that win over an item, each with its turn; none where the item isn't among them."""
        names = [rival.item for rival in self.rivals]
        return tuple(enumerate(self.rivals))[: names.index(item)] if item in names else ()


WORDS = ("name", "department", "at", "result", "fee", "where", "how", "due", "days", "legal_days", "basis")
ASKED = ("where", "fee")  # where nobody knows these, an applicant hears whom to ask; of the others nothing


def is_told(name: str, word: Word[str]) -> bool:
    """Whether anything is said of an item's word: where nobody knows it, only whom to ask about some."""
    return name in ASKED or any(variant.value for variant in word)


@dataclass(frozen=True, slots=True)
class Item:
    """One of the matters of a bundle. `alone` is the same as it is written, where rivals win over it."""

    id: str
    when: Condition | None = None
    may_when: Condition | None = None
    wish: bool = False
    after: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    alone: "Item | None" = None
    deadline: Word[Deadline] = ()
    materials: tuple[MaterialLine, ...] = ()
    fields: tuple[FieldLine, ...] = ()
    notes: tuple[Note, ...] = ()
    words: Mapping[str, Word[str]] = field(default_factory=dict)
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
    place: Place | None = None

    def usual(self, word: str) -> str:
        """What a word usually is: what counts where none of its conditions holds; "" where there is none."""
        variants = self.words.get(word, ())
        return variants[-1].value if variants else ""

    @property
    def as_written(self) -> "Item":
        """With the conditions that the author wrote."""
        return self.alone or self

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
class Change:
    """What a version of a bundle changed."""

    version: int
    day: date | None
    tell: str


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """One bundle as it holds in a region. Compared by identity: `loading` gives equal regions the same object.

    `happened` is what happened to whom it may concern, in life's words; `theme` groups bundles on the home page,
    `common` is its place among what is done most (1 is the first); 0 where it has none.

    `later` are the same bundle's rules that begin on a day of their own, in the order of `since`.
    """

    id: str
    title: str
    version: int
    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    serves: Literal["citizen", "business"] = "citizen"
    members: tuple[Members, ...] = ()
    summary: str = ""
    happened: str = ""
    theme: str = ""
    common: int = 0
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
    one_of: tuple[OneOf, ...] = ()
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
    def named_facts(self) -> tuple[str, ...]:
        """The facts that the author named: not those of items, which have a blank in their names."""
        return tuple(name for name in self.facts if " " not in name)

    @property
    def marks_common(self) -> bool:
        """Whether there is a questionnaire for citizens."""
        return any(question.uncommon for question in self.questions)

    @property
    def worked_with(self) -> frozenset[str]:
        """The questions whose exact answers functions work with."""
        functions: tuple[WorkedOut, ...] = (*self.computed, *self.figures.values())
        return frozenset(name for function in functions for name in function.questions)

    @property
    def counting(self) -> frozenset[str]:
        """The questions whose answers are numbers of persons or papers: whole ones."""
        lines = (line for item in self.items for line in item.materials)
        counts = (variant.value.per for line in lines for variant in (*line.originals, *line.copies))
        return frozenset(per for per in (*self.repeat.values(), *counts) if per not in ("", "form"))

    def question(self, id: str) -> Question:
        """The question of that id. Raises StopIteration where there is none; loading has seen to it."""
        return next(question for question in self.questions if question.id == id)
