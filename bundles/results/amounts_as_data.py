"""Values, limits and amounts as plain data, as the offline page has them (static/offline/engine.js, amounts.js)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..amounts import Amount, Applied, Asked, Day, Looked, Named, Number, Ticked, Valued
from ..computing.pensions import Line
from ..values import CalendarMonths, CalendarYear, Limit, Span
from ..walking.editions import CENT, Edition


def hundredths(number: Decimal) -> int:
    """Raises ValueError for a number finer than that; no answer is."""
    if number != number.quantize(CENT):
        raise ValueError(f"{number} is finer than {CENT}")
    return int(number / CENT)


def as_data(value: object) -> Any:
    """A limit, a param's value or what the law sets. Raises ValueError for a number that is finer than a cent."""
    match value:
        case Line():
            return {name: as_data(part) for name, part in value._asdict().items()}
        case Mapping():
            return {name: as_data(part) for name, part in value.items()}
        case tuple():
            return [as_data(part) for part in value]
        case frozenset():
            return sorted(value)
        case Span():
            return [value.number, value.unit]
        case Decimal():
            return hundredths(value)
        case date():
            return value.isoformat()
        case _:
            return value


def limit_data(limit: Limit | None) -> Any:
    """A band's limit; of a window of the calendar how many years on it lies, or its months."""
    match limit:
        case CalendarYear(plus):
            return plus
        case CalendarMonths(months):
            return sorted(months)
        case _:
            return as_data(limit)


def amount_data(rules: Edition, amount: Amount) -> list[Any]:
    """An amount; params are put in, as they are on that day."""
    match amount:
        case Applied(by, parts):
            return [by, *(amount_data(rules, part) for part in parts)]
        case Number(value):
            return ["number", _in_full(value)]
        case Day(day):
            return ["day", day.isoformat()] if day else ["today"]
        case Valued(name):
            return _param(rules.bundle.params[name].on(rules.today).value)
        case _:
            return _leaf(amount)


def _leaf(amount: Asked | Ticked | Looked | Named) -> list[str]:
    match amount:
        case Asked(name):
            return ["asked", name]
        case Ticked(name):
            return ["ticked", name]
        case Looked(name):
            return ["looked", name]
        case Named(name):
            return ["named", name]


def _param(value: str | Decimal | None) -> list[Any]:
    """A param in an amount; one without a value is a question that nobody answers."""
    if value is None:
        return ["asked", ""]
    return ["day", value] if isinstance(value, str) else ["number", f"{value:f}"]


def _in_full(value: Fraction) -> str:
    """A number that was written with decimals, in full."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
