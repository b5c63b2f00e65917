"""Holds amounts of both engines against Python's own parser and operators, on random expressions.

`python -m tests.bundles.results.offline_amounts --draws 100000 [--seed N]` prints the seed and how many agreed.
"""

import argparse
import json
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from bundles.amounts import Amount, Asked, Leaf, Ticked, read_amount
from bundles.arithmetic import Value, worked_out
from bundles.loading import catalogue
from bundles.results.amounts_as_data import amount_data
from bundles.results.offline_days import calendar_data
from bundles.walking.editions import edition
from tests.bundles.plain_amounts import amount as plainly
from tests.bundles.results.offline_engine import NODE
from tests.bundles.support import TODAY, dice

DRIVER = Path(__file__).with_suffix(".js")
NUMBERS, DAYS = ("income", "members", "rate", "nobody"), ("born", "due", "never")
BETWEEN = ("days", "months", "months_begun", "calendar_months", "years")
LATER = {"add_days": 4_000, "add_working_days": 90, "add_months": 400, "add_years": 60}
STEPS = ("0.01", "1", "10", "0.5", "7")


def expression(chance: random.Random, depth: int) -> str:
    """A number, written in one of many ways."""
    kind = chance.random()
    if depth == 0 or kind < 0.2:
        return chance.choice([*NUMBERS, "12", "0.7", "1250.05", "0", "999999999.99"])
    inner = partial(expression, chance, depth - 1)
    if kind < 0.6:
        return f"({inner()} {chance.choice('+-*/')} {inner()})"
    if kind < 0.7:
        return f"{chance.choice(['min', 'max'])}({inner()}, {inner()})"
    if kind < 0.85:
        step = f", {chance.choice(STEPS)}" if chance.random() < 0.6 else ""
        return f"{chance.choice(['round_down', 'round_up', 'round_half_up'])}({inner()}{step})"
    return f"{chance.choice(BETWEEN)}({day(chance, depth - 1)}, {day(chance, depth - 1)})"


def day(chance: random.Random, depth: int) -> str:
    if depth <= 0 or chance.random() < 0.6:
        return chance.choice([*DAYS, "today", "2024-02-29", "2026-12-31"])
    by = chance.choice(list(LATER))
    return f"{by}({day(chance, depth - 1)}, {chance.randint(0, LATER[by])})"


def values_of(chance: random.Random) -> dict[str, Value | None]:
    """Answers, some of them not known."""
    found: dict[str, Value | None] = {name: Fraction(chance.randint(-10_000, 10_000_000), 100) for name in NUMBERS}
    start = date(1950, 1, 1)
    found |= {name: start + timedelta(days=chance.randint(0, 40_000)) for name in DAYS}
    return found | dict.fromkeys(("nobody", "never"))


def draws(number: int, seed: int) -> Iterator[tuple[str, dict[str, Value | None]]]:
    chance = dice(seed)
    for _turn in range(number):
        text = expression(chance, 4) if chance.random() < 0.85 else day(chance, 3)
        yield text, values_of(chance)


def run(number: int, seed: int) -> int:
    """How many agreed. Fails with the seed, the expression and the values."""
    asked = list(draws(number, seed))
    told = by_page(asked)
    for (text, values), page in zip(asked, told, strict=True):
        expected = spelled(plainly(text, TODAY, values.__getitem__))
        here = spelled(worked_out(parsed(text), TODAY, partial(_known, values)))
        assert here == expected == page, f"seed {seed}, {text}, {values}: {here}, {page}, plainly {expected}"
    return number


def parsed(text: str) -> Amount:
    return read_amount(text, Asked, Ticked)


def _known(values: dict[str, Value | None], leaf: Leaf) -> Value | None:
    assert isinstance(leaf, Asked)
    return values[leaf.question]


def by_page(asked: list[tuple[str, dict[str, Value | None]]]) -> list[str | None]:
    """What the offline page's script says."""
    rules = edition(catalogue().bundle(catalogue().ids[0]), TODAY)
    lines = [
        json.dumps({
            "amount": amount_data(rules, parsed(text)),
            "today": TODAY.isoformat(),
            "calendar": calendar_data(),
            "values": {name: typed(value) for name, value in values.items()},
        })
        for text, values in asked
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603  # our own file
        [NODE, str(DRIVER)], input="\n".join(lines), capture_output=True, encoding="utf-8", check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def typed(value: Value | None) -> Any:
    return f"{float(value):.2f}" if isinstance(value, Fraction) else value.isoformat() if value else None


def spelled(value: Value | None) -> str | None:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return value.isoformat() if value else None


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--draws", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    given = options.parse_args()
    sys.stdout.write(f"seed {given.seed}: {run(given.draws, given.seed)} amounts agree\n")
