"""The days that an offline page knows: until when its rules hold, and the calendar of holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from ..facts import changes_after
from ..times import is_working_day
from ..values import CalendarMonths, CalendarYear
from ..walking.editions import Edition, edition, param_limit


def next_change(rules: Edition) -> str | None:
    """The first day after `today` on which other diagrams or params hold, as 2026-11-22; None where none is known."""
    bands = [band for question in rules.bundle.questions for band in question.bands]
    limits = [param_limit(rules.bundle, rules.today, band) for band in bands]
    turns = {limit + timedelta(days=number) for limit in limits if isinstance(limit, date) for number in (0, 1)}
    turns |= (
        set(_turning(rules.today))
        if any(isinstance(limit, CalendarYear | CalendarMonths) for limit in limits)
        else set()
    )
    days = {*changes_after(rules.bundle, rules.today), *(day for day in turns if day > rules.today)}
    return next((day.isoformat() for day in sorted(days) if not _alike(rules, edition(rules.bundle, day))), None)


def _turning(today: date) -> Iterator[date]:
    """The first days of the twelve months to come, on which other windows of the calendar may be in reach."""
    for number in range(1, 13):
        year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
        yield date(year, month + 1, 1)


def _alike(rules: Edition, other: Edition) -> bool:
    values = [[param.on(day.today) for param in day.bundle.params.values()] for day in (rules, other)]
    return (rules.bundle, rules.bands) == (other.bundle, other.bands) and values[0] == values[1]


@cache
def calendar_data() -> dict[str, list[str]]:
    """Per published year the weekdays on which nobody works and the weekends on which people do: `0101,0102`."""
    years = sorted({day.year for day in chinese_calendar.holidays})
    return {str(year): [_days(year, works=False), _days(year, works=True)] for year in years}


def _days(year: int, works: bool) -> str:
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    unusual = [day for day in days if day.year == year and (day.weekday() < 5) != is_working_day(day)]
    return ",".join(f"{day:%m%d}" for day in unusual if is_working_day(day) == works)
