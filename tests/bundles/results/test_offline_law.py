"""What the law sets stands once, in bundles/computing: the offline page takes it from there, changes and all."""

import json
import random
import re
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bundles import computing
from bundles.computing import FIGURES, FUNCTIONS, Month, Raw, law_for
from bundles.computing.pensions import Line
from bundles.loading import catalogue
from bundles.results.offline_rules import law_data, offline_rules
from bundles.values import Span
from bundles.walking.editions import edition
from tests.bundles.results.offline_engine import NODE, figure_data, plain
from tests.bundles.support import TODAY

DRIVER = Path(__file__).with_name("offline_law.js")
SCRIPT = Path(__file__).parents[3] / "static/offline/figures.js"
NOT_CODE = re.compile(r"/\*.*?\*/|//[^\n]*|/\^.*?\$/|\"[^\"]*\"", re.DOTALL)
UNITS = {"0", "1", "2", "10", "12", "100", "1000", "10000"}  # of counting, of months, of hundredths and of 万元
CASES = 2_000
GAP = 0.1  # how many answers are missing
WORDS = {
    "sex": ("male", "female"), "post": ("cadre", "worker", "unsure"), "own_years": ("yes", "no"),
    "way": ("normal", "early", "late", "special"),
    "notified": ("yes", "no"), "contributed": ("between", "between", "under_15", "over_20"),
    "insured_as": ("employed", "unsure"), "flexible_women_line": ("50", "55"), "homes": ("none_owned", "one", "more"),
    "cause": ("sale", "spouses"),
    "home_kind": ("home", "commercial", "parking"), "loan_home": ("presale_affordable", "ready_affordable", "ready"),
    "spouse_fund": ("pays", "low", "no"), "pension": ("retired", "working"), "chain": ("single", "direct"),
    "fire_route": ("pledge", "inspect"), "sign": ("plain", "mall"),
}  # fmt: skip
NUMBERS = {
    "contributed_months": (170, 250), "home_price": (50, 60), "floor_area": (138, 143), "books": (0, 3),
    "down_payment": (6, 20), "loan_wanted": (30, 55), "fund_months": (0, 9), "limit_single": (40, 50),
    "limit_double": (40, 50), "limit_affordable_single": (40, 50), "limit_affordable_double": (40, 50),
    "contribution_years": (0, 35), "drawn_years": (0, 20),
}  # fmt: skip
DAYS = {
    "birthday": (date(1955, 1, 1), date(2015, 1, 1)), "chosen": (date(2026, 1, 1), date(2040, 1, 1)),
    "acquired": (date(2023, 1, 1), date(2028, 1, 1)), "announced_on": (TODAY, date(2028, 1, 1)),
    "liquidators_on": (TODAY, date(2028, 1, 1)), "notice_on": (TODAY, date(2028, 1, 1)),
    "cancelled_on": (TODAY, date(2028, 1, 1)), "man_birthday": (date(2000, 1, 1), date(2010, 1, 1)),
    "woman_birthday": (date(2000, 1, 1), date(2010, 1, 1)), "bought_before": (date(2023, 1, 1), date(2028, 1, 1)),
}  # fmt: skip
MODULES = sorted({name.partition(".")[0] for name in (*FUNCTIONS, *FIGURES)})
Case = tuple[date, dict[str, Raw]]


def cases() -> list[Case]:
    """Answers as they come near to what the law sets, always the same."""
    chance = random.Random("the law")  # noqa: S311  # no secret
    return [(_day(chance, date(2025, 1, 1), date(2028, 1, 1)), _answers(chance)) for _case in range(CASES)]


def _answers(chance: random.Random) -> dict[str, Raw]:
    answers: dict[str, Raw] = {name: chance.choice(words) for name, words in WORDS.items()}
    answers |= {name: Decimal(chance.randint(low * 4, high * 4)) / 4 for name, (low, high) in NUMBERS.items()}
    answers |= {name: _day(chance, *span) for name, span in DAYS.items()}
    return {name: None if chance.random() < GAP else answer for name, answer in answers.items()}


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days))


def others(value: Any) -> Iterator[Any]:
    """What the law might set instead: each number in the value a little larger, each name gone."""
    match value:
        case Line():
            yield from (Line(**parts) for parts in others(value._asdict()))
        case dict():
            yield from ({**value, name: other} for name in value for other in others(value[name]))
        case frozenset():
            yield from (value - {name} for name in value)
        case tuple() if not isinstance(value, Month):
            yield from ((*value[:n], other, *value[n + 1 :]) for n in range(len(value)) for other in others(value[n]))
        case _:
            yield from _larger(value)


def _larger(value: Any) -> Iterator[Any]:
    match value:
        case Month():
            yield value.plus(7)
        case Span():
            yield Span(value.number + 1, value.unit)
        case date():
            yield value + timedelta(days=200)
        case int() | Decimal():
            yield value + 1


def on_the_site(functions: list[str], answer_sets: list[Case]) -> list[list[Any]]:
    known = FUNCTIONS | FIGURES
    return [[figure_data(known[name](today, answers)) for today, answers in answer_sets] for name in functions]  # type: ignore[arg-type]


def functions_of(module: str) -> list[str]:
    return [name for name in sorted({*FUNCTIONS, *FIGURES}) if name.startswith(f"{module}.")]


def offline(answer_sets: list[Case], wishes: list[tuple[Any, list[str]]]) -> list[Any]:
    """What static/offline/figures.js works out under each law."""
    typed = [
        [day.isoformat(), {name: plain(answer) for name, answer in answers.items()}] for day, answers in answer_sets
    ]
    lines = [typed, *({"law": law, "functions": functions} for law, functions in wishes)]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([NODE, str(DRIVER)], input=text, capture_output=True, text=True, check=True)  # noqa: S603
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", MODULES)
def test_a_law_that_changes_changes_the_offline_page(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number alone: site and page agree, and what they say isn't what they said before."""
    answer_sets, functions = cases(), functions_of(name)
    before = on_the_site(functions, answer_sets)
    expected, wishes, changes = [before], [(law_data(functions), functions)], ["none"]
    for constant, other in changes_of(name):
        with monkeypatch.context() as patch:
            patch.setattr(getattr(computing, name), constant, other)
            expected.append(on_the_site(functions, answer_sets))
            wishes.append((law_data(functions), functions))
            changes.append(f"{constant} = {other}")
    found = offline(answer_sets, wishes)
    assert [change for change, one, two in zip(changes, found, expected, strict=True) if one != two] == []
    assert [change for change, one in zip(changes[1:], expected[1:], strict=True) if one == before] == []


def changes_of(module: str) -> Iterator[tuple[str, Any]]:
    for constant, value in law_for([f"{module}."])[module].items():
        for other in others(value):
            yield constant, other


def test_no_number_of_the_law_stands_in_the_script() -> None:
    code = NOT_CODE.sub("", SCRIPT.read_text(encoding="utf-8"))
    assert set(re.findall(r"(?<![\w.])[0-9][0-9.]*", code)) - UNITS == set()


def test_a_page_brings_only_the_law_that_its_functions_work_with() -> None:
    def law(bundle: str) -> list[str]:
        return list(offline_rules(edition(catalogue().bundle(bundle), TODAY), "510000")["law"])

    assert law("newborn") == []
    assert law("retirement") == ["pensions"]
    assert law("second-hand-home") == ["homes", "pensions"]
