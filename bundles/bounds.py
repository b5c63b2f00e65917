"""What a bundle's amounts can come to, so that what can't be worked out is found before anybody walks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor, gcd, lcm, prod

from .amounts import Amount, Applied, Asked, Day, Leaf, Looked, Named, Number, Ticked, Valued
from .arithmetic import BETWEEN, LATER, MOST_SPAN
from .conditions import Answered, Condition, Every
from .model import Bundle, Question
from .times import WALKABLE_YEARS
from .values import Table, WorkedOut

MOST = 10**12  # of any unit; above it something is wrong


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`; a multiple of `step`, or anything where it is 0 because of a division.

    Of days: how many lie between the day of the walk and it.
    """

    low: Fraction
    high: Fraction
    step: Fraction

    def with_other(self, other: "Bounds") -> "Bounds":
        """What either can come to."""
        return Bounds(min(self.low, other.low), max(self.high, other.high), _common(self.step, other.step))


class Unbounded(ValueError):
    """An amount that can't be worked out for some answers: what goes wrong, in words."""


ANY = Fraction(0)  # as a step


def exactly(value: Fraction) -> Bounds:
    return Bounds(value, value, abs(value) or Fraction(MOST))


def bounds_of(amount: Amount, of: Callable[[Leaf], Bounds]) -> Bounds:
    """What an amount can come to. `of` says it of a leaf. Raises Unbounded: a division by zero, more than MOST."""
    match amount:
        case Number(value):
            found = exactly(value)
        case Day(day):
            found = from_any_walk(day) if day else Bounds(Fraction(0), Fraction(0), Fraction(1))
        case Applied(by, parts):
            found = _bounds_applied(by, [bounds_of(part, of) for part in parts])
        case _:
            found = of(amount)
    if max(abs(found.low), abs(found.high)) > MOST:
        raise Unbounded("结果可能超过一万亿")
    return found


def from_any_walk(day: date) -> Bounds:
    """How far a day may lie from the day of a walk, whenever that is."""
    first, last = date(WALKABLE_YEARS[0], 1, 1), date(WALKABLE_YEARS[-1], 12, 31)
    return Bounds(Fraction((day - last).days), Fraction((day - first).days), Fraction(1))


def _bounds_applied(by: str, parts: list[Bounds]) -> Bounds:
    one, other = parts[0], parts[-1]
    match by:
        case "+":
            return Bounds(one.low + other.low, one.high + other.high, _common(one.step, other.step))
        case "-":
            return Bounds(one.low - other.high, one.high - other.low, _common(one.step, other.step))
        case "*":
            corners = [first * second for first in (one.low, one.high) for second in (other.low, other.high)]
            return Bounds(min(corners), max(corners), one.step * other.step)
        case "/":
            return _quotient(one, other)
        case "min":
            return Bounds(min(part.low for part in parts), min(part.high for part in parts), _common_of(parts))
        case "max":
            return Bounds(max(part.low for part in parts), max(part.high for part in parts), _common_of(parts))
        case _:
            if by in LATER:
                return _bounds_later(by, one, other)
            return _bounds_between(by, one, other) if by in BETWEEN else _bounds_rounded(parts)


def _quotient(one: Bounds, other: Bounds) -> Bounds:
    if other.low <= 0 <= other.high:
        raise Unbounded("除数可能是零")
    corners = [first / second for first in (one.low, one.high) for second in (other.low, other.high)]
    step = one.step / abs(other.low) if other.low == other.high else ANY
    return Bounds(min(corners), max(corners), step)


def _bounds_rounded(parts: list[Bounds]) -> Bounds:
    number, step = parts[0], parts[1] if len(parts) > 1 else exactly(Fraction(1))
    if step.low != step.high or step.low <= 0:
        raise Unbounded("取整的单位要是一个大于零的数")
    size = step.low
    return Bounds(floor(number.low / size) * size, -floor(-number.high / size) * size, size)


def _bounds_later(by: str, day: Bounds, number: Bounds) -> Bounds:
    """Never too narrow, counting long months, years and weeks with a holiday."""
    if number.low < 0 or number.high > MOST_SPAN or number.step.denominator != 1 or number.step == ANY:
        raise Unbounded(f"往后推的数可能不是 0 到 {MOST_SPAN} 的整数")
    size = {"days": 1, "working days": 3, "months": 31, "years": 366}[LATER[by]]
    return Bounds(day.low, day.high + number.high * size + (15 if size == 3 else 0), Fraction(1))


DAYS_OF = {"days": 1, "months": 28, "months_begun": 28, "calendar_months": 28, "years": 365}


def _bounds_between(by: str, start: Bounds, end: Bounds) -> Bounds:
    """Never too narrow: no month is shorter than 28 days, and one that has begun counts for one more."""
    low, high = end.low - start.high, end.high - start.low
    more = by in ("months_begun", "calendar_months")
    size = DAYS_OF[by]
    lowest = Fraction(floor(low / size)) - more if low < 0 else Fraction(0)
    highest = Fraction(floor(high / size)) + more if high > 0 else Fraction(0)
    return Bounds(lowest, highest, Fraction(1))


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The largest step of which both are multiples; ANY where one is."""
    if not one or not other:
        return ANY
    return Fraction(gcd(one.numerator, other.numerator), lcm(one.denominator, other.denominator))


def _common_of(parts: list[Bounds]) -> Fraction:
    step = parts[0].step
    for part in parts[1:]:
        step = _common(step, part.step)
    return step


# Of a bundle ----------------------------------------------------------------------------------------------------------

A_LIFE = Fraction(126 * 366)  # days, as far back as a date answer may name
FAR = Fraction(400 * 366)  # days, further than any two that may be named


def bounds_in(bundle: Bundle, entry: WorkedOut) -> Bounds:
    """What a figure or computed value of a bundle can come to. Raises Unbounded. Figures mustn't go in circles."""
    found = None
    for case in entry.cases:
        told = bounds_of(case.amount, _Leaves(bundle, case.when))
        found = told if found is None else found.with_other(told)
    return found or exactly(Fraction(0))


class _Leaves:
    """What leaves can come to where a condition holds."""

    def __init__(self, bundle: Bundle, when: Condition | None) -> None:
        self.bundle = bundle
        parts = when.parts if isinstance(when, Every) else (when,)
        self.held = {part.question: part.choices for part in parts if isinstance(part, Answered)}

    def __call__(self, leaf: Leaf) -> Bounds:
        bundle = self.bundle
        match leaf:
            case Asked(name):
                return self.asked(bundle.question(name))
            case Ticked(name):
                return Bounds(Fraction(0), Fraction(len(bundle.question(name).choices)), Fraction(1))
            case Valued(name):
                return _hull(value.value for value in bundle.params[name].values)
            case Looked(name):
                return _hull(value for state in bundle.tables[name].states for value in state.values.values())
            case Named(name):
                return bounds_in(bundle, bundle.figures[name])
            case _:
                raise TypeError(leaf)

    def asked(self, question: Question) -> Bounds:
        if question.type == "date":
            return Bounds(-A_LIFE, FAR if question.future else Fraction(0), Fraction(1))
        step = Fraction(1) if question.id in self.bundle.counting else Fraction(1, 100)
        low, high = Fraction(question.lowest), Fraction(question.highest)
        held = self.held.get(question.id)
        if held is not None:
            low, high = _within(question, held, low, high)
        return Bounds(low, high, step)


def _within(question: Question, held: frozenset[str], low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """The least and largest number in some bands; limits that are params leave it as it was."""
    lows, highs, below = [], [], low
    for band in question.bands:
        limit = Fraction(band.limit) if isinstance(band.limit, Decimal) else None
        if band.id in held:
            lows.append(below)
            highs.append(high if limit is None else min(limit, high))
        below = below if limit is None else max(below, limit)
    return (min(lows), max(highs)) if lows else (low, high)


def _hull(values: Iterable[object]) -> Bounds:
    """Of a param's or table's values. One that nobody has can do no harm: what rests on it isn't worked out."""
    numbers = [Fraction(value) for value in values if isinstance(value, Decimal | int)]
    if not numbers:
        return (
            Bounds(-FAR, FAR, Fraction(1)) if any(isinstance(value, str) for value in values) else exactly(Fraction(1))
        )
    found = exactly(numbers[0])
    for number in numbers[1:]:
        found = found.with_other(exactly(number))
    return found


# Unknown --------------------------------------------------------------------------------------------------------------


def may_be_unknown(bundle: Bundle, entry: WorkedOut) -> bool:
    """Whether some answers leave an amount open: a question that doesn't arise, a value or cell that nobody has."""
    return entry.cases[-1].when is not None or any(_is_open(bundle, case.amount) for case in entry.cases)


def _is_open(bundle: Bundle, amount: Amount) -> bool:
    match amount:
        case Applied(by, parts):
            return by in LATER or any(_is_open(bundle, part) for part in parts)
        case Asked(name) | Ticked(name):
            return bundle.question(name).when is not None
        case Valued(name):
            values = bundle.params[name].values
            return not values or values[0].start is not None or any(value.value is None for value in values)
        case Looked(name):
            return not _is_full(bundle, bundle.tables[name])
        case Named(name):
            return may_be_unknown(bundle, bundle.figures[name])
        case _:
            return False


def _is_full(bundle: Bundle, table: Table) -> bool:
    """Whether a table has a value for every answer, at any time."""
    questions = [bundle.question(name) for name in table.by]
    if not table.states or table.states[0].start is not None:
        return False
    if any(question.when is not None or not question.values for question in questions):
        return False
    cells = prod(len(question.values) for question in questions)
    return all(len(state.values) == cells for state in table.states)
