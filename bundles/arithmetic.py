"""What an amount comes to, exactly."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import floor

from .amounts import Amount, Applied, Day, Leaf, Number
from .times import add
from .values import Span, Unit

Value = Fraction | date
Known = Callable[[Leaf], Value | None]

ZERO = Number(Fraction(0))
MOST_SPAN = 99_999  # of any unit, as a span that is written


def worked_out(amount: Amount, today: date, known: Known) -> Value | None:
    """The amount on `today`; None where something that it rests on isn't known. `known` says what a leaf comes to."""
    match amount:
        case Number(value):
            return value
        case Day(day):
            return day or today
        case Applied(by, parts):
            values = [worked_out(part, today, known) for part in parts]
            return None if None in values else _applied(by, values)  # type: ignore[arg-type]  # mypy can't see it
        case _:
            return known(amount)


def _applied(by: str, values: list[Value]) -> Value | None:
    one, other = values[0], values[-1]
    if isinstance(one, date):
        return Fraction(BETWEEN[by](one, other)) if isinstance(other, date) else _later(by, one, other)
    numbers = [value for value in values if isinstance(value, Fraction)]
    if by in ARITHMETIC:
        return ARITHMETIC[by](numbers)
    return _rounded(by, one, numbers[1] if len(numbers) > 1 else Fraction(1))


ARITHMETIC: dict[str, Callable[[list[Fraction]], Fraction | None]] = {
    "+": lambda numbers: numbers[0] + numbers[1],
    "-": lambda numbers: numbers[0] - numbers[1],
    "*": lambda numbers: numbers[0] * numbers[1],
    "/": lambda numbers: numbers[0] / numbers[1] if numbers[1] else None,
    "min": min,
    "max": max,
}


def _rounded(by: str, number: Fraction, step: Fraction) -> Fraction | None:
    """To a multiple of `step`: the next lower, the next higher, or the nearer one, the higher of two as near."""
    if step <= 0:
        return None
    steps = number / step
    match by:
        case "round_down":
            return floor(steps) * step
        case "round_up":
            return -floor(-steps) * step
        case _:
            return floor(steps + Fraction(1, 2)) * step


LATER: dict[str, Unit] = {
    "add_days": "days", "add_working_days": "working days", "add_months": "months", "add_years": "years",
}  # fmt: skip


def _later(by: str, day: date, number: Fraction) -> date | None:
    """The last day of a period that begins the day after; None for part of a day, or a day that no calendar has."""
    if number.denominator != 1 or not 0 <= number <= MOST_SPAN:
        return None
    try:
        return add(day, Span(int(number), LATER[by]))
    except OverflowError:
        return None


# Between two days; negative where the second is the earlier one -------------------------------------------------------


def days_between(start: date, end: date) -> int:
    return (end - start).days


def months_between(start: date, end: date) -> int:
    """The whole months that have passed, each ending as a period of months does (Civil Code art. 202)."""
    if end < start:
        return -months_between(end, start)
    months = calendar_months_between(start, end)
    return months if add(start, Span(months, "months")) <= end else months - 1


def months_begun_between(start: date, end: date) -> int:
    """The same, a month that has begun counting as a whole one."""
    if end < start:
        return -months_begun_between(end, start)
    months = months_between(start, end)
    return months if add(start, Span(months, "months")) == end else months + 1


def calendar_months_between(start: date, end: date) -> int:
    """By year and month alone: from any day of March to any day of May two."""
    return (end.year - start.year) * 12 + end.month - start.month


def years_between(start: date, end: date) -> int:
    """The whole years that have passed: an age."""
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


BETWEEN: dict[str, Callable[[date, date], int]] = {
    "days": days_between,
    "months": months_between,
    "months_begun": months_begun_between,
    "calendar_months": calendar_months_between,
    "years": years_between,
}
