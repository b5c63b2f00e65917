"""A hall's hours: from a clerk's words and back, and whether it is open at a moment."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

from django.utils.translation import gettext_noop as said

from bundles.times import is_working_day, knows
from guide.models import DayOff, Hall, Hours
from guide.models.halls import WEEKDAYS

Span = tuple[time, time]  # opens, closes
Week = dict[int, tuple[Span, ...]]  # by weekday, 0 is Monday; days without a span are missing
SATURDAY = 5
DAYS_AHEAD = 21
_DAY = "周[一二三四五六日天]"
_TO = r"[至到\-–—~]"
_CLOCK = "([0-9]{1,2}):([0-9]{2})(?::00)?"  # a spreadsheet writes seconds
_SPAN = re.compile(f"{_CLOCK} ?{_TO} ?{_CLOCK}")
_PART = re.compile(rf"({_DAY})(?:{_TO}({_DAY}))?((?:[ 、,]*{_SPAN.pattern})+)\Z")
# As people and spreadsheets write a day: 2027-02-11, 2027/2/11, 2027年2月11日, with a midnight, as days since 1899
_DATE = r"([0-9]{4}(?:-|/|\.|年)[0-9]{1,2}(?:-|/|\.|月)[0-9]{1,2}日?(?: 0{1,2}:00(?::00)?)?|[45][0-9]{4})"
_DAY_OFF = re.compile(rf"{_DATE}(?: ?[至到~] ?{_DATE})?(?: (上班))?(?: (.{{1,40}}))?\Z")
_UNCLEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}(?:[0-9]{2})?(?![0-9])")
_DAY_NONE = date(1899, 12, 30)  # a spreadsheet's day 0
# Said as they are shown; the CSV file keeps the Chinese.
WEEKDAYS_SAID = (said("周一"), said("周二"), said("周三"), said("周四"), said("周五"), said("周六"), said("周日"))


class HoursRefused(ValueError):
    """Hours that can't be read, in words."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Whether a hall is open, and the moment at which that changes; None where nobody wrote that down."""

    open: bool
    until: datetime | None


# Reading and writing -----------------------------------------------------------------------------------------------


def read_week(text: str) -> Week:
    """`周一至周五 9:00-12:00 13:30-17:00；周六 9:00-12:00` -> the spans of each day. Raises HoursRefused."""
    week: dict[int, list[Span]] = {}
    for part in filter(None, (part.strip() for part in re.split("[;\n]", unicodedata.normalize("NFKC", text)))):
        match = _PART.match(part)
        if match is None:
            raise HoursRefused(f"看不懂“{part[:40]}”。要写成：周一至周五 9:00-12:00 13:30-17:00；周六 9:00-12:00")
        first, last = _weekday(match[1]), _weekday(match[2] or match[1])
        if last < first:
            raise HoursRefused(f"“{part[:40]}”里，{match[2]}在{match[1]}前面。")
        spans = [_span(*map(int, found.groups())) for found in _SPAN.finditer(match[3])]
        for day in range(first, last + 1):
            week.setdefault(day, []).extend(spans)
    return {day: _in_order(day, spans) for day, spans in sorted(week.items())}


def _weekday(word: str) -> int:
    return WEEKDAYS.index(word.replace("天", "日"))


def _span(hour: int, minute: int, to_hour: int, to_minute: int) -> Span:
    try:
        opens, closes = time(hour, minute), time(to_hour, to_minute)
    except ValueError:
        raise HoursRefused(f"没有 {hour}:{minute:02}-{to_hour}:{to_minute:02} 这样的时间。") from None
    if closes <= opens:
        raise HoursRefused(f"{hour}:{minute:02}-{to_hour}:{to_minute:02} 关门要晚于开门。")
    return opens, closes


def _in_order(day: int, spans: list[Span]) -> tuple[Span, ...]:
    ordered = sorted(spans)
    for (_opens, closes), (opens, _closes) in pairwise(ordered):
        if opens < closes:
            raise HoursRefused(f"{WEEKDAYS[day]}有两段时间重叠：{_clock(opens)} 在 {_clock(closes)} 之前。")
    return tuple(ordered)


def write_week(
    week: Mapping[int, Sequence[Span]], names: Sequence[str] = WEEKDAYS, through: str = "{first}至{last}"
) -> list[str]:
    """The spans in words, days with the same hours together: `周一至周五 9:00-12:00 13:30-17:00`."""
    runs = groupby(range(len(names)), key=lambda day: tuple(week.get(day, ())))
    lines = []
    for spans, days in runs:
        if spans:
            run = list(days)
            first, last = names[run[0]], names[run[-1]]
            name = first if len(run) == 1 else through.format(first=first, last=last)
            lines.append(" ".join([name, *(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans)]))
    return lines


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def week_of(hours: Iterable[Hours], season: str) -> Week:
    """What a hall's rows say for one of models.halls.SEASONS."""
    rows = sorted((row for row in hours if row.season == season), key=lambda row: (row.weekday, row.opens))
    days = groupby(rows, key=lambda row: row.weekday)
    return {day: tuple((row.opens, row.closes) for row in group) for day, group in days}


def read_days_off(text: str) -> list[tuple[date, date, bool, str]]:
    """`2027-02-11 至 2027-02-17 藏历新年；2027-02-20 上班` -> first, last, open, why. Raises HoursRefused."""
    return [_day_off(part) for part in filter(None, (part.strip() for part in re.split("[;；\n]", text)))]


def _day_off(part: str) -> tuple[date, date, bool, str]:
    match = _DAY_OFF.match(part) or _DAY_OFF.match(unicodedata.normalize("NFKC", part))
    if match is None and (unclear := _UNCLEAR.match(part)):
        raise HoursRefused(f"“{unclear[0]}”分不清哪个是年、哪个是月。请写成 2027-02-11 这样。")
    if match is None:
        raise HoursRefused(f"看不懂“{part[:40]}”。要写成：2027-02-11 至 2027-02-17 藏历新年；2027-02-20 上班")
    try:
        first = _date(match[1])
        last = _date(match[2] or match[1])
    except ValueError:
        raise HoursRefused(f"“{part[:40]}”里有一天日历上没有。") from None
    if last < first:
        raise HoursRefused(f"“{part[:40]}”里，结束的那天早于开始的那天。")
    return first, last, bool(match[3]), match[4] or ""


def _date(text: str) -> date:
    """The day that was written. Raises ValueError for one that no calendar has."""
    numbers = list(map(int, re.findall("[0-9]+", text)))
    return date(*numbers[:3]) if len(numbers) > 1 else _DAY_NONE + timedelta(days=numbers[0])


def write_days_off(days: Iterable[DayOff]) -> str:
    """What `read_days_off` reads back."""
    parts = []
    for row in days:
        through = f" 至 {row.last}" if row.last != row.first else ""
        parts.append(" ".join(filter(None, [f"{row.first}{through}", "上班" if row.open else "", row.why])))
    return "；".join(parts)


# Open or not --------------------------------------------------------------------------------------------------------


def spans_on(hall: Hall, day: date) -> tuple[Span, ...]:
    """When a hall is open on a day. Its own days off count first, then the State Council's calendar of holidays.

    On a weekend that is a working day a hall without weekend hours keeps Monday's.
    """
    own = next((row for row in hall.days_off.all() if row.first <= day <= row.last), None)
    if own is not None and not own.open:
        return ()
    swapped = own is not None or (knows(day) and day.weekday() >= SATURDAY and is_working_day(day))
    if own is None and knows(day) and day.weekday() < SATURDAY and not is_working_day(day):
        return ()
    week = _week_on(hall, day)
    return week.get(day.weekday(), ()) or (week.get(0, ()) if swapped else ())


def _week_on(hall: Hall, day: date) -> Week:
    hours, season = list(hall.hours.all()), "summer" if is_summer(hall, day) else "winter"
    return {**week_of(hours, "all"), **week_of(hours, season)}


def is_summer(hall: Hall, day: date) -> bool:
    """Whether the region's summer hours hold; a summer may go over the turn of the year."""
    first, last = hall.region.summer_from_month, hall.region.summer_to_month
    return first <= day.month <= last if first <= last else day.month >= first or day.month <= last


def doors(hall: Hall, now: datetime) -> Doors | None:
    """Whether the hall is open at a moment of local time, and until when; None where it has no hours written down."""
    if not hall.hours.all():
        return None
    for ahead in range(DAYS_AHEAD):
        day = now.date() + timedelta(days=ahead)
        for opens, closes in spans_on(hall, day):
            start, end = (datetime.combine(day, moment, tzinfo=now.tzinfo) for moment in (opens, closes))
            if start <= now < end:
                return Doors(True, end)
            if now < start:
                return Doors(False, start)
    return Doors(False, None)
