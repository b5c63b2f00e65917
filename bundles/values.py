"""Values that rules are made of: time, params, bands, what is worked out, tables. Frozen data, as in `model`."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from .amounts import Amount
from .conditions import Condition


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
    until: date | None = None
    remark: str = ""


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


@dataclass(frozen=True, slots=True)
class FigureRef:
    """Stands for a figure that counts days, months or years: `{notice_months}`."""

    name: str


@dataclass(frozen=True, slots=True)
class EndOf:
    """The last day of a month or year, `plus` so many later."""

    unit: Literal["month", "year"]
    plus: int = 0


# Bands ----------------------------------------------------------------------------------------------------------------


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
    """A range of dates or numbers; fits when the answer is `kind` `limit`, or always when there is no limit.

    `common` as of a choice.
    """

    id: str
    kind: BandKind | None = None
    limit: Limit | ParamRef | None = None
    label: str = ""
    place: Place | None = None
    common: bool = False


# What is worked out ---------------------------------------------------------------------------------------------------


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
    remark: str = ""
    place: Place | None = None


AmountUnit = Literal["number", "yuan", "percent", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class FigureEntry(WorkedOut):
    """One whose result texts show, written `{id}` in them; `label` says what it is, `unit` what an amount counts."""

    label: str = ""
    unit: AmountUnit = "number"
    source: str | None = None
    confirmed: bool = True
    until: date | None = None
    remark: str = ""
    place: Place | None = None


FIGURE = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


IN_BRACES = re.compile(r"\{[^{}]*\}?|｛[^{}｛｝]*｝")


def misspelt_in(texts: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    """What stands in braces in the texts and is no figure's name; wide braces are letters, but around a known name."""
    found = (part for text in texts for part in IN_BRACES.findall(text))
    return tuple(part for part in found if not FIGURE.fullmatch(part) and (part[0] == "{" or part[1:-1] in known))


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
    until: date | None = None
    remark: str = ""


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
