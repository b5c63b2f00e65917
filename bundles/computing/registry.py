"""Named functions of answers that bundles use: computed values, which conditions test, and figures, which texts show.

A function takes the walk's day and the raw answers by question id (None where the question doesn't arise). Each names
the law it follows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Raw = str | date | Decimal | frozenset[str] | None


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    def plus(self, months: int) -> "Month":
        """The month that many months later (earlier where negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)


class Age(NamedTuple):
    """A time of life, or a number of years and months."""

    years: int
    months: int


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan."""

    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Percent:
    """1.5 for 1.5 %."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Months:
    """A number of months."""

    number: int


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days."""

    number: int


@dataclass(frozen=True, slots=True)
class Years:
    """A number of years."""

    number: int


Figure = date | Month | Age | Money | Percent | Months | Days | Years | int | Decimal
Function = Callable[[date, Mapping[str, Raw]], str]
FigureFunction = Callable[[date, Mapping[str, Raw]], Figure | None]

FUNCTIONS: dict[str, Function] = {}
FIGURES: dict[str, FigureFunction] = {}


def computes(name: str) -> Callable[[Function], Function]:
    """Registers a function under the name that a bundle's `computed` writes in `by`; it returns one of `gives`."""

    def register(function: Function) -> Function:
        FUNCTIONS[name] = function
        return function

    return register


def figures(name: str) -> Callable[[FigureFunction], FigureFunction]:
    """Registers a function under the name that a bundle's `figures` write in `by`; None where nothing can be said."""

    def register(function: FigureFunction) -> FigureFunction:
        FIGURES[name] = function
        return function

    return register
