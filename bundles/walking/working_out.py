"""What is worked out of answers: results that conditions test, and figures that texts show."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..amounts import Amount, Asked, Leaf, Looked, Named, Ticked, Valued, leaves
from ..arithmetic import Value, worked_out
from ..computing import FIGURES, FUNCTIONS, Days, Figure, Money, Months, Percent, Raw, Years
from ..conditions import Answered, Condition, Resulted, Told, holds, parts_of
from ..facts import is_past
from ..model import NONE, Question
from ..values import UNKNOWN, AmountUnit, Band, Cells, Computed, FigureEntry, ParamRef, ParamValue, WorkedOut
from .answers import Answer
from .editions import Edition

Answers = Mapping[str, Answer | None]  # None where it isn't known
Counting = Callable[[WorkedOut], Amount | None]


@dataclass(frozen=True, slots=True)
class Workings:
    """Amounts under some answers. `counting` says which of an entry's amounts counts, None while that is open."""

    rules: Edition
    answers: Answers
    counting: Counting

    def value(self, entry: WorkedOut) -> Value | None:
        """What the amount that counts comes to; None where that isn't known."""
        amount = self.counting(entry)
        return None if amount is None else worked_out(amount, self.rules.today, self._known)

    def _known(self, leaf: Leaf) -> Value | None:
        match leaf:
            case Asked(name):
                return _exact(self.answers.get(name))
            case Ticked(name):
                ticked = self.answers.get(name)
                return Fraction(len(ticked)) if isinstance(ticked, frozenset) else None
            case Valued(name):
                return _read_param(self.rules.bundle.params[name].on(self.rules.today).value)
            case Looked(name):
                return self._cell(name)
            case Named(name):
                return self.value(self.rules.bundle.figures[name])
            case _:
                raise TypeError(leaf)

    def _cell(self, name: str) -> Fraction | None:
        table = self.rules.bundle.tables[name]
        path = tuple(_key(self.rules, question, self.answers.get(question)) for question in table.by)
        cell = table.on(self.rules.today).values.get(path)
        return None if cell is None else Fraction(cell)


def _exact(answer: Answer | None) -> Value | None:
    return Fraction(answer) if isinstance(answer, Decimal) else answer if isinstance(answer, date) else None


def _read_param(value: str | Decimal | None) -> Value | None:
    return date.fromisoformat(value) if isinstance(value, str) else None if value is None else Fraction(value)


def _key(rules: Edition, name: str, answer: Answer | None) -> str:
    """What an answer is called in a table: a choice or band, or a whole number; "" where there is none."""
    question = rules.bundle.question(name)
    if isinstance(answer, Decimal | date) and question.bands:
        return rules.band(question, answer)
    if isinstance(answer, Decimal) and answer == int(answer):
        return str(int(answer))
    return answer if isinstance(answer, str) else ""


# Results --------------------------------------------------------------------------------------------------------------


def work_out(rules: Edition, name: str, used: Mapping[str, Answer]) -> str:
    """The result of a computed value. Raises ValueError where the function gives one that the bundle doesn't list."""
    computed = next(entry for entry in rules.bundle.computed if entry.id == name)
    if computed.cases:
        return _band_of(rules, computed, Workings(rules, used, PlainCounting(rules, used)).value(computed))
    result = FUNCTIONS[computed.by](rules.today, inputs(rules, computed.of, used))
    if result not in computed.gives:
        raise ValueError(f"{computed.by} gave {result!r}, but {name} lists {', '.join(computed.gives)}")
    return result


def _band_of(rules: Edition, computed: Computed, value: Value | None) -> str:
    if not isinstance(value, Fraction):
        return UNKNOWN
    return next((band.id for band in computed.bands if _fits(rules, band, value)), UNKNOWN)


def _fits(rules: Edition, band: Band, value: Fraction) -> bool:
    limit = band.limit
    if isinstance(limit, ParamRef):
        limit = rules.bundle.params[limit.name].on(rules.today).value  # type: ignore[assignment]  # a number by loading
    if band.kind is None:
        return True
    return isinstance(limit, Decimal) and (value <= limit if band.kind == "up_to" else value < limit)


@dataclass(frozen=True, slots=True)
class PlainCounting:
    """Conditions evaluated over all answers: what a computed value's cases rest on has been asked before it."""

    rules: Edition
    used: Mapping[str, Answer]

    def __call__(self, entry: WorkedOut) -> Amount | None:
        held = (case.amount for case in entry.cases if case.when is None or self._holds(case.when))
        return next(held, None)

    def _holds(self, when: Condition) -> bool:
        rules = self.rules
        tests = list(parts_of(when, rules.bundle.facts))
        values = {
            part.question: self._values(rules.bundle.question(part.question))
            for part in tests
            if isinstance(part, Answered)
        }
        results = {part.computed: part for part in tests if isinstance(part, Resulted)}
        values |= {name: frozenset({work_out(rules, name, self.used)}) for name in results}
        return holds(when, Told(values, rules.valued, rules.confirmed, rules.bundle.facts))

    def _values(self, question: Question) -> frozenset[str]:
        answer = self.used.get(question.id)
        match answer:
            case None:
                return frozenset()
            case frozenset():
                return answer or frozenset({NONE})
            case str():
                return frozenset({answer})
            case _:
                return frozenset({self.rules.band(question, answer)})


# Figures --------------------------------------------------------------------------------------------------------------


def figure_of(rules: Edition, entry: FigureEntry, answers: Answers, counting: Counting) -> Figure | None:
    """The value of a figure; None where it can't be said."""
    if not entry.cases:
        return FIGURES[entry.by](rules.today, inputs(rules, entry.of, answers))
    value = Workings(rules, answers, counting).value(entry)
    return value if value is None or isinstance(value, date) else in_unit(value, entry.unit)


def in_unit(value: Fraction, unit: AmountUnit) -> Figure:
    """A number as a figure; loading has seen to it that it is written in full with two decimals."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    match unit:
        case "yuan":
            return Money(number)
        case "percent":
            return Percent(number)
        case "days":
            return Days(int(value))
        case "months":
            return Months(int(value))
        case "years":
            return Years(int(value))
        case _:
            return int(value) if value.denominator == 1 else number


def is_confirmed(rules: Edition, entry: FigureEntry) -> bool:
    """Whether somebody has confirmed a figure, and all that its amounts take: other figures, params, tables."""
    return all(figure.confirmed for figure in _with_named(rules, entry)) and all(
        value.confirmed for value in _values_of(rules, entry)
    )


def past_of(rules: Edition, entry: FigureEntry) -> date | None:
    """The day up to which a figure was said, or something that it takes; None where nothing of it is past."""
    worked_with = (*_with_named(rules, entry), *_values_of(rules, entry))
    return min((one.until for one in worked_with if one.until and is_past(one, rules.today)), default=None)


def sources_of(rules: Edition, entry: FigureEntry) -> tuple[str, ...]:
    """The sources of a figure and of all that its amounts take, each once."""
    sourced = (*_with_named(rules, entry), *_values_of(rules, entry))
    return tuple(dict.fromkeys(one.source for one in sourced if one.source is not None))


def _with_named(rules: Edition, entry: FigureEntry) -> list[FigureEntry]:
    """A figure, and those that its amounts name."""
    named = [leaf.figure for amount in entry.amounts for leaf in leaves(amount) if isinstance(leaf, Named)]
    return [entry, *(figure for name in named for figure in _with_named(rules, rules.bundle.figures[name]))]


def _values_of(rules: Edition, entry: FigureEntry) -> Iterator[ParamValue | Cells]:
    """The params and tables that a figure's amounts take, as they are on that day."""
    for figure in _with_named(rules, entry):
        for leaf in (leaf for amount in figure.amounts for leaf in leaves(amount)):
            if isinstance(leaf, Looked):
                yield rules.bundle.tables[leaf.table].on(rules.today)
            elif isinstance(leaf, Valued):
                yield rules.bundle.params[leaf.param].on(rules.today)


def inputs(rules: Edition, of: Iterable[str], used: Answers) -> dict[str, Raw]:
    """What a function is given: answers by question, and the values of params without their `$`."""
    params = rules.bundle.params
    return {
        name.removeprefix("$"): params[name[1:]].on(rules.today).value if name.startswith("$") else used.get(name)
        for name in of
    }
