"""Named functions of answers that bundles use as computed values.

A function takes the walk's day and the raw answers by question id (None where the question doesn't arise) and returns
one of the results that the bundle lists under `gives`. Each names the law it follows.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

Raw = str | date | Decimal | frozenset[str] | None
Function = Callable[[date, Mapping[str, Raw]], str]

FUNCTIONS: dict[str, Function] = {}


def computes(name: str) -> Callable[[Function], Function]:
    """Registers a function under the name that bundles write in `by`."""

    def register(function: Function) -> Function:
        FUNCTIONS[name] = function
        return function

    return register
