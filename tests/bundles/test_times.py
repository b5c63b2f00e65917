"""Spans by the Civil Code, working days and holidays by the published calendar."""

from datetime import date

import pytest

from bundles.times import add, is_working_day, knows, last_day, read_span
from bundles.values import Span, Unit


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-22", "1 day", "2026-11-23"),  # the first day doesn't count
        ("2026-11-22", "90 days", "2027-02-20"),
        ("2026-11-22", "0 days", "2026-11-22"),
        ("2026-01-31", "1 month", "2026-02-28"),  # no 31st: the month's last day
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2026-02-28", "1 month", "2026-03-28"),  # the same day number, not the last day
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-11-22", "12 months", "2027-11-22"),
        ("2026-09-30", "1 working day", "2026-10-08"),  # over the National Day holiday
        ("2026-11-20", "1 working day", "2026-11-23"),  # over a weekend
        ("2026-11-22", "30 working days", "2027-01-01"),  # 2027 isn't published: Monday to Friday
    ],
)
def test_a_span_ends_on(start: str, span: str, end: str) -> None:
    read = read_span(span)
    assert read is not None
    assert add(date.fromisoformat(start), read).isoformat() == end


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-12", "1 month", "2026-12-14"),  # 12 December 2026 is a Saturday
        ("2026-09-01", "1 month", "2026-10-08"),  # 1 October to 7 October is a holiday
        ("2026-01-15", "1 month", "2026-02-24"),  # Spring Festival, 15 to 23 February 2026
        ("2026-10-09", "1 day", "2026-10-10"),  # a Saturday that is worked
        ("2025-12-01", "1 month", "2026-01-04"),  # New Year's holiday; Sunday 4 January is worked
    ],
)
def test_a_deadline_on_a_holiday_moves_to_the_next_working_day(start: str, span: str, end: str) -> None:
    read = read_span(span)
    assert read is not None
    assert last_day(date.fromisoformat(start), read) == (date.fromisoformat(end), True)


@pytest.mark.parametrize("start", ["2198-12-01", "1950-01-07"])
def test_in_a_year_without_calendar_a_deadline_stays_and_says_so(start: str) -> None:
    assert last_day(date.fromisoformat(start), Span(1, "days")) == (
        add(date.fromisoformat(start), Span(1, "days")),
        False,
    )


def test_a_year_without_calendar_works_monday_to_friday() -> None:
    assert not knows(date(2199, 1, 1))
    assert is_working_day(date(2199, 1, 4))
    assert not is_working_day(date(2199, 1, 5))


@pytest.mark.parametrize(
    "text", ["", "1", "month", "1month", "-1 days", "1 week", "100000 days", "1 day ", "１ day", None, 3]
)
def test_it_is_no_span(text: object) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize("unit", ["days", "months", "years"])
def test_a_span_past_the_last_year_overflows(unit: Unit) -> None:
    with pytest.raises(OverflowError):
        add(date(9999, 12, 1), Span(99_999, unit))
