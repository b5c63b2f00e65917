"""The rules in force on a day: which params have values, where each band ends, which bands answers can fall in."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from ..facts import in_force
from ..model import Bundle, Question
from ..times import add, limit_of
from ..values import Band, CalendarMonths, CalendarYear, Limit, ParamRef, Span

OLDEST_YEARS = 125
LAST_DAY = date(2199, 12, 31)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Edition:
    """A bundle on a day. `valued` names the params that have a value, `confirmed` those whose value is confirmed.

    `bands` lists, per date or number question, the bands that some allowed answer falls in.
    """

    bundle: Bundle
    today: date
    valued: frozenset[str]
    confirmed: frozenset[str]
    bands: tuple[tuple[str, tuple[str, ...]], ...]

    def band(self, question: Question, answer: date | Decimal) -> str:
        """The id of the first band that fits; "" for a question without bands."""
        return _band(self.bundle, self.today, question, answer)


@lru_cache(maxsize=256)
def edition(bundle: Bundle, today: date) -> Edition:
    """The rules of `bundle` that are in force on `today`."""
    bundle = in_force(bundle, today)
    values = {name: param.on(today) for name, param in bundle.params.items()}
    valued = frozenset(name for name, value in values.items() if value.value is not None)
    confirmed = frozenset(name for name in valued if values[name].confirmed)
    bands = tuple(
        (question.id, _bands_in_reach(bundle, today, question)) for question in bundle.questions if question.bands
    )
    return Edition(bundle, today, valued, confirmed, bands)


def earliest(today: date) -> date:
    """The first day that a date answer may name: nobody alive is older."""
    return add_years(today, -OLDEST_YEARS)


def latest(question: Question, today: date) -> date:
    """The last day that an answer may name."""
    return LAST_DAY if question.future else today


def add_years(day: date, years: int) -> date:
    """The same day of another year; 28 February for 29 February."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def param_limit(bundle: Bundle, today: date, band: Band) -> Limit | None:
    """The band's limit with a param's value put in; None where there is none."""
    if isinstance(band.limit, ParamRef):
        value = bundle.params[band.limit.name].on(today).value
        return None if value is None else limit_of(value, band.kind)
    return band.limit


def _band(bundle: Bundle, today: date, question: Question, answer: date | Decimal) -> str:
    for band in question.bands:
        if band.kind is None or _within(param_limit(bundle, today, band), band, today, answer):
            return band.id
    return ""


def _within(limit: Limit | None, band: Band, today: date, answer: date | Decimal) -> bool:
    match limit, answer:
        case CalendarYear(plus), date():
            return answer.year == today.year + plus
        case CalendarMonths(months), date():
            return answer.month in months
        case Span(), date() if band.kind == "within_next":
            return answer <= _end(today, limit)
        case Span(), date():
            end = _end(answer, limit)
            return end >= today if band.kind == "up_to" else end > today
        case Decimal(), Decimal():
            return answer <= limit if band.kind == "up_to" else answer < limit
        case date(), date():
            return answer < limit
        case _:
            return False


def _end(start: date, span: Span) -> date:
    try:
        return add(start, span)
    except OverflowError:
        return date.max


def example(rules: Edition, question: Question, band: str) -> date | Decimal:
    """An answer that falls in a band of a date or number question. Raises LookupError where none is allowed."""
    fitting = [answer for answer in _tries(rules.bundle, rules.today, question) if rules.band(question, answer) == band]
    if not fitting:
        raise LookupError(band)
    return fitting[len(fitting) // 2]


def _bands_in_reach(bundle: Bundle, today: date, question: Question) -> tuple[str, ...]:
    """The bands that some allowed answer falls in, in their order."""
    found = {_band(bundle, today, question, answer) for answer in _tries(bundle, today, question)}
    return tuple(band.id for band in question.bands if band.id in found)


def _tries(bundle: Bundle, today: date, question: Question) -> list[date] | list[Decimal]:
    """Bands change at their limits only, so trying the answers around each limit finds every band."""
    limits = [param_limit(bundle, today, band) for band in question.bands]
    if question.type == "date":
        first, last = earliest(today), latest(question, today)
        days = {day for limit in limits for day in (*_days_around(limit, today), *window_days(limit, today))}
        days |= {first, last}
        return sorted(day for day in days if first <= day <= last)
    step = Decimal(1) if question.id in bundle.counting else CENT
    around = (limit.quantize(step) + step * offset for limit in limits if isinstance(limit, Decimal)
              for offset in (-1, 0, 1))  # fmt: skip
    numbers = {question.lowest, question.highest, *around}
    return sorted(number for number in numbers if question.lowest <= number <= question.highest)


def window_days(limit: Limit | None, today: date) -> set[date]:
    """Days on which a window of the calendar begins, ends, or lies ahead."""
    match limit:
        case CalendarYear(plus):
            year = today.year + plus
            return {date(year - 1, 12, 31), date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 1)}
        case CalendarMonths():
            years = (today.year - 1, today.year, today.year + 1)
            return {date(year, month, day) for year in years for month in range(1, 13) for day in (1, 28)}
        case Span():
            end = _end(today, limit)
            return {end, end + timedelta(days=1)} if end < date.max else set()
        case _:
            return set()


def _days_around(limit: Limit | None, today: date) -> set[date]:
    match limit:
        case date():
            return {limit - timedelta(days=1), limit}
        case Span():
            guess = _back(today, limit)
            return {guess + timedelta(days=offset) for offset in range(-4, 5)}
        case _:
            return set()


def _back(today: date, span: Span) -> date:
    """About the day from which `span` ends today; month ends make it inexact by at most three days."""
    if span.unit == "days":
        return max(date.min + timedelta(days=9), today - timedelta(days=min(span.number, today.toordinal() - 10)))
    months = today.year * 12 + today.month - 1 - span.number * (12 if span.unit == "years" else 1)
    year, month = divmod(max(months, 12 * 2), 12)
    return date(year, month + 1, min(today.day, 28))
