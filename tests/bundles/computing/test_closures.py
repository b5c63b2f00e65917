"""The days of closing a company."""

from datetime import date

import pytest

from bundles.computing import FIGURES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "question", "day"),
    [
        ("public_until", "announced_on", date(2026, 11, 21)),
        ("apply_until", "announced_on", date(2026, 12, 11)),
        ("creditors_until", "liquidators_on", date(2026, 12, 31)),
        ("claims_until", "notice_on", date(2026, 12, 16)),
    ],
)
def test_the_days_run_from_the_day_after(name: str, question: str, day: date) -> None:
    assert FIGURES[f"closures.{name}"](TODAY, {question: date(2026, 11, 1)}) == day
    assert FIGURES[f"closures.{name}"](TODAY, {}) is None
