"""The months of 抚恤金, by the table of 人社部发〔2021〕18号 article 5."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.computing.registry import FIGURES, Raw
from bundles.computing.survivors import months_by_contribution, months_when_retired

TODAY = date(2026, 11, 22)
YEARS = st.decimals(0, 60, places=2)


@pytest.mark.parametrize(
    ("years", "months"),
    [
        ("0", "3"), ("4.99", "3"), ("5", "6"), ("7", "6"), ("9.99", "6"), ("10", "9"), ("15", "9"), ("15.5", "9.5"),
        ("16", "10"), ("28", "22"), ("28.75", "22.75"), ("29", "23"), ("30", "24"), ("45", "24"),
    ],
)  # fmt: skip
def test_it_follows_the_table(years: str, months: str) -> None:
    assert months_by_contribution(Decimal(years)) == Decimal(months)


@pytest.mark.parametrize(
    ("years", "drawn", "months"),
    [("28", "8", "14"), ("28.75", "3.5", "19.25"), ("28.75", "15.5", "9"), ("3", "0", "9"), ("40", "0", "24")],
)
def test_each_year_drawn_takes_a_month(years: str, drawn: str, months: str) -> None:
    assert months_when_retired(Decimal(years), Decimal(drawn)) == Decimal(months)


@given(YEARS, YEARS)
def test_longer_contributions_never_give_less(one: Decimal, other: Decimal) -> None:
    shorter, longer = sorted((one, other))
    assert 3 <= months_by_contribution(shorter) <= months_by_contribution(longer) <= 24


@given(YEARS, YEARS, YEARS)
def test_a_longer_pension_never_gives_more(years: Decimal, one: Decimal, other: Decimal) -> None:
    shorter, longer = sorted((one, other))
    assert 24 >= months_when_retired(years, shorter) >= months_when_retired(years, longer) >= 9


@pytest.mark.parametrize(
    ("years", "drawn", "months"),
    [
        ("20.5", None, "14.5"), ("28.75", None, "22.75"), ("20.58", None, "14.58"), ("15.50", None, "9.5"),
        ("4.99", None, "3"), ("28.5", "8.25", "14.25"), ("28", "8", "14"), ("28", "7.67", "14.33"), ("20", "9.5", "9"),
    ],
)  # fmt: skip
def test_the_odd_months_of_a_year_count_too(years: str, drawn: str | None, months: str) -> None:
    """A notice that cuts them off tells a family less than it gets."""
    answers: dict[str, Raw] = {
        "pension": "retired" if drawn else "working",
        "contribution_years": Decimal(years),
        "drawn_years": Decimal(drawn) if drawn else None,
    }
    assert str(FIGURES["survivors.pension_months"](TODAY, answers)) == months


@pytest.mark.parametrize("pension", ["working", "retired"])
def test_it_says_nothing_without_years(pension: str) -> None:
    answers = {"pension": pension, "contribution_years": None, "drawn_years": None}
    assert FIGURES["survivors.pension_months"](TODAY, answers) is None
    assert FIGURES["survivors.pension_months"](TODAY, {**answers, "pension": "retired"}) is None
