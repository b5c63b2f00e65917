"""The day from which two people may marry."""

from datetime import date

from bundles.computing import FIGURES

TODAY = date(2026, 11, 22)


def test_he_may_at_22_and_she_at_20() -> None:
    answers = {"man_birthday": date(2004, 12, 22), "woman_birthday": date(2006, 11, 23)}
    assert FIGURES["marriages.man_from"](TODAY, answers) == date(2026, 12, 22)
    assert FIGURES["marriages.woman_from"](TODAY, answers) == date(2026, 11, 23)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert FIGURES["marriages.man_from"](TODAY, {"man_birthday": date(2004, 2, 29)}) == date(2026, 2, 28)


def test_nothing_is_said_without_a_birthday() -> None:
    assert FIGURES["marriages.man_from"](TODAY, {"man_birthday": None}) is None
    assert FIGURES["marriages.woman_from"](TODAY, {}) is None
