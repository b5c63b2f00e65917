"""From which day a disability certificate may be applied for."""

from datetime import date

import pytest

from bundles.computing.registry import FIGURES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("figure", "question", "start", "day"),
    [
        ("disability.speech_day", "birthday", date(2024, 5, 22), date(2027, 5, 22)),
        ("disability.speech_day", "birthday", date(2024, 2, 29), date(2027, 2, 28)),
        ("disability.mental_day", "birthday", date(2025, 1, 31), date(2027, 1, 31)),
        ("disability.reapply_day", "cancelled_on", date(2026, 3, 1), date(2027, 3, 1)),
    ],
)
def test_it_counts_whole_years(figure: str, question: str, start: date, day: date) -> None:
    assert FIGURES[figure](TODAY, {question: start}) == day


@pytest.mark.parametrize(
    ("figure", "question"),
    [
        ("disability.speech_day", "birthday"),
        ("disability.mental_day", "birthday"),
        ("disability.reapply_day", "cancelled_on"),
    ],
)
def test_it_says_nothing_without_a_day(figure: str, question: str) -> None:
    assert FIGURES[figure](TODAY, {question: None}) is None
