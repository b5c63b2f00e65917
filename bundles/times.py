"""Spans and deadlines: Civil Code art. 200-204, working days of the published calendar."""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import chinese_calendar

from .values import EndOf, Span, Unit

WALKABLE_YEARS = range(1950, 2151)
SPAN = re.compile(r"([0-9]{1,5}) (working days?|days?|months?|years?)\Z")


def read_span(text: object) -> Span | None:
    """`90 days`, `1 month`, `30 working days`; None where it is none."""
    match = SPAN.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    unit: dict[str, Unit] = {"day": "days", "month": "months", "year": "years", "working day": "working days"}
    return Span(int(match[1]), unit[match[2].removesuffix("s")])


def promise(span: Span) -> str:
    """A promised time in words, as the catalogue's texts are; nothing at all is 当场办好."""
    units = {"days": "天", "months": "个月", "years": "年", "working days": "个工作日"}
    return f"{span.number} {units[span.unit]}" if span.number else "当场办好"


def read_today(text: object) -> date:
    """The day on which a walk takes place. Raises ValueError in words."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        day = date.min
    if day.year not in WALKABLE_YEARS:
        raise ValueError(f"“{str(text)[:40]}”不能当今天的日期。要写成 2026-11-22 这样。")
    return day


def add(start: date, span: Span) -> date:
    """The last day of a span that begins the day after `start` (art. 201).

    A month ends on the same day number, or on the month's last day (art. 202). Raises OverflowError past year 9999.
    """
    if span.unit == "days":
        return start + timedelta(days=span.number)
    if span.unit == "working days":
        return _add_working_days(start, span.number)
    months = start.year * 12 + start.month - 1 + span.number * (12 if span.unit == "years" else 1)
    year, month = divmod(months, 12)
    if year > date.max.year:
        raise OverflowError(f"{start} + {span}")
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _add_working_days(start: date, number: int) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def knows(day: date) -> bool:
    """Whether the State Council's holiday notice for that year is in the calendar."""
    first, last = _known_years()
    return first <= day.year <= last


@cache
def _known_years() -> tuple[int, int]:
    years = [known.year for known in chinese_calendar.holidays]
    return min(years), max(years)


def is_working_day(day: date) -> bool:
    """By the published calendar; Monday to Friday for years it doesn't know."""
    if not knows(day):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def last_day(start: date, span: Span) -> tuple[date, bool]:
    """The day on which a deadline ends, and whether the holiday calendar is known for it.

    A last day that is a holiday moves to the next working day (art. 203). For years without a published calendar the
    day stays where it is and the reader is told that holidays move it.
    """
    day = add(start, span)
    if not knows(day):
        return day, False
    while knows(day) and not is_working_day(day):
        day += timedelta(days=1)
    return day, knows(day)


def end_of(start: date, end: EndOf) -> date | None:
    """The last day of the month or year of `start`, or of a later one; None past year 9999.

    It doesn't move when it is a holiday: art. 203 speaks of periods, and the earlier day is the safe one.
    """
    months = start.year * 12 + start.month - 1 + end.plus if end.unit == "month" else (start.year + end.plus) * 12 + 11
    year, month = divmod(months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1]) if year <= date.max.year else None


def limit_of(value: object, kind: str | None) -> Span | Decimal | date | None:
    """A param's value as a band's limit; None where it can't be one."""
    if isinstance(value, Decimal):
        return value
    if kind == "before":
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None
    return read_span(value)
