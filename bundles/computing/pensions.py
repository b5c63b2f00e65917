"""Retirement ages and pension years.

国务院关于渐进式延迟法定退休年龄的办法 (approved by the Standing Committee of the National People's Congress on 13
September 2024, in force from 1 January 2025): article 1 with its three tables gives the statutory age, article 2 with
its table the least years of contributions, article 3 the flexible range. 实施弹性退休制度暂行办法 (人社部发〔2024〕
94号) gives the periods of notice. Months here are whole: an age is reached in the month of the birthday.

Answers read: `sex` (male, female), `birthday`, `post` (cadre, worker, unsure; asked of women only), `own_years` (yes,
no, unsure: two years that she paid herself after a cadre's post), `way` (normal, early, late, special, …), `chosen` (a
day in the month wished for), `notified`, `contributed`, `contributed_months`.
`insured_as` tells who has an employer; where it isn't asked, nobody has. Who can't say owes no notice that is known of.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from .registry import Age, Month, Months, Raw, computes, figures

_T = TypeVar("_T")


class Line(NamedTuple):
    """A column of article 1: the age before 2025, and for whom and how fast it rises."""

    age: int
    first: Month  # the first month of birth that is delayed
    step: int  # one month later for each so many months of birth
    most: int  # the largest delay in months


MEN = Line(60, Month(1965, 1), 4, 36)
WOMEN_55 = Line(55, Month(1970, 1), 4, 36)
WOMEN_50 = Line(50, Month(1975, 1), 2, 60)

FLEXIBLE_MONTHS = 36  # article 3: earlier or later by three years at most
EARLY_NOTICE_MONTHS = 3  # 人社部发〔2024〕94号: the employer is told in writing at least three months before
LATE_NOTICE_MONTHS = 1  # and a later month is agreed in writing one month before
SPECIAL_AGE_MEN, SPECIAL_AGE_WOMEN = 55, 45  # 国发〔1978〕104号: underground, high, hot, very heavy or harmful work

LEAST_MONTHS, MOST_LEAST_MONTHS = 180, 240  # article 2: 15 years, in the end 20
LAST_YEAR_OF_LEAST = 2029  # then six months more each year
LEAST_RISE_MONTHS = 6

SOON_MONTHS = 12  # how long before the month this guide already gives the list: a choice of ours, no rule
WORKING_AGE = 16  # 劳动法 art. 15
AID_AGE_MEN, AID_AGE_WOMEN = 55, 45  # 四川省就业困难人员认定管理办法, from 2025, as reprinted
PLATEAU_AID_AGE_MEN, PLATEAU_AID_AGE_WOMEN = 50, 40  # the same, in places of high altitude
NEAR_MONTHS = 60  # social insurance allowance: less than five years before retirement


def delay(line: Line, birth: Month) -> int:
    """By how many months article 1 delays the retirement of somebody born in that month."""
    months = _index(birth) - _index(line.first)
    return 0 if months < 0 else min(line.most, months // line.step + 1)


def statutory(line: Line, birth: Month) -> Month:
    """The month in which the statutory age is reached."""
    return birth.plus(line.age * 12 + delay(line, birth))


def earliest(line: Line, birth: Month) -> Month:
    """The first month of flexible retirement: three years earlier, but not before the age of old (article 3)."""
    return max(birth.plus(line.age * 12), statutory(line, birth).plus(-FLEXIBLE_MONTHS))


def latest(line: Line, birth: Month) -> Month:
    """The last month of flexible retirement."""
    return statutory(line, birth).plus(FLEXIBLE_MONTHS)


def least_months(year: int) -> int:
    """The least months of contributions of somebody who retires in that year (article 2)."""
    return min(MOST_LEAST_MONTHS, LEAST_MONTHS + LEAST_RISE_MONTHS * max(0, year - LAST_YEAR_OF_LEAST))


# Answers


def _index(month: Month) -> int:
    return month.year * 12 + month.month - 1


def _month(day: Raw) -> Month | None:
    return Month(day.year, day.month) if isinstance(day, date) else None


def _lines(answers: Mapping[str, Raw]) -> tuple[Line, ...]:
    """The lines that may be hers or his: both for a woman who can't say which post she has.

    Both also for one who may have paid for herself for two years after a cadre's post: by 川劳社发〔2006〕18号 she may
    go by 50, and the counter decides.

    Where the province or a city has said by which age of old it goes for women who pay for themselves (the param
    `flexible_women_line`, 50 or 55), that counts for them whatever their post was.
    """
    by_city = tuple(line for line in (WOMEN_50, WOMEN_55) if str(line.age) == str(answers.get("flexible_women_line")))
    if by_city and answers.get("sex") == "female" and answers.get("insured_as") != "employed":
        return by_city
    match answers.get("sex"), answers.get("post"):
        case "male", _:
            return (MEN,)
        case "female", "cadre" if answers.get("own_years") not in ("yes", "unsure"):
            return (WOMEN_55,)
        case "female", "worker":
            return (WOMEN_50,)
        case "female", _:
            return (WOMEN_50, WOMEN_55)
        case _:
            return ()


def _agreed(answers: Mapping[str, Raw], ask: Callable[[Line, Month], _T | None]) -> _T | None:
    """What holds for every line that may be theirs; None where the lines differ or an answer is missing."""
    birth = _month(answers.get("birthday"))
    results = {ask(line, birth) for line in _lines(answers)} if birth else set()
    return results.pop() if len(results) == 1 else None


def _target(answers: Mapping[str, Raw], line: Line, birth: Month) -> Month | None:
    """The month for which the list is made. Who goes on working makes the agreement before the statutory month."""
    match answers.get("way"):
        case "early":
            return _month(answers.get("chosen"))
        case "special":
            return birth.plus(12 * (SPECIAL_AGE_MEN if answers.get("sex") == "male" else SPECIAL_AGE_WOMEN))
        case _:
            return statutory(line, birth)


def _needed(answers: Mapping[str, Raw], line: Line, birth: Month) -> int | None:
    """The least months of contributions.

    Flexible early retirement goes by the year chosen, later retirement by the year of the statutory age.
    """
    if answers.get("way") == "special":
        return LEAST_MONTHS
    month = _target(answers, line, birth)
    return least_months(month.year) if month else None


def _agreed_need(answers: Mapping[str, Raw]) -> int | None:
    return _agreed(answers, lambda line, birth: _needed(answers, line, birth))


# Computed values


@computes("pensions.standing")
def standing(today: date, answers: Mapping[str, Raw]) -> str:
    """due, soon (within a year), far, or unclear. Of sex, birthday, post, way, chosen."""
    now = Month(today.year, today.month)

    def ask(line: Line, birth: Month) -> str | None:
        month = _target(answers, line, birth)
        if month is None:
            return None
        return "due" if month <= now else "soon" if month <= now.plus(SOON_MONTHS) else "far"

    return _agreed(answers, ask) or "unclear"


@computes("pensions.month_check")
def month_check(today: date, answers: Mapping[str, Raw]) -> str:
    """Whether the month chosen is one of those allowed (article 3), and told in time.

    fits, too_early, not_early, too_late, not_late, short_notice, unclear.
    Of sex, birthday, post, way, chosen, notified.
    """
    now, chosen = Month(today.year, today.month), _month(answers.get("chosen"))
    # the periods of notice bind who has an employer to tell
    told = answers.get("notified") == "yes" or answers.get("insured_as") in ("flexible", "stopped", "unsure")
    if chosen is None:
        return "unclear"

    def early(line: Line, birth: Month) -> str:
        if chosen < earliest(line, birth):
            return "too_early"
        if chosen >= statutory(line, birth):
            return "not_early"
        return "fits" if told or chosen.plus(-EARLY_NOTICE_MONTHS) >= now else "short_notice"

    def late(line: Line, birth: Month) -> str:
        if chosen > latest(line, birth):
            return "too_late"
        if chosen <= statutory(line, birth):
            return "not_late"
        return "fits" if told or statutory(line, birth).plus(-LATE_NOTICE_MONTHS) >= now else "short_notice"

    return _agreed(answers, late if answers.get("way") == "late" else early) or "unclear"


@computes("pensions.rising")
def rising(today: date, answers: Mapping[str, Raw]) -> str:
    """yes where more than 15 years may be needed (article 2). Of sex, birthday, post, way, chosen."""
    return "no" if _agreed_need(answers) == LEAST_MONTHS else "yes"


@computes("pensions.years")
def years(today: date, answers: Mapping[str, Raw]) -> str:
    """enough, short or unclear (article 2).

    Of sex, birthday, post, way, chosen, contributed (under_15, between, over_20, unsure) and contributed_months.
    """
    match answers.get("contributed"):
        case "over_20":
            return "enough"
        case "under_15":
            return "short"
        case "between":
            months = answers.get("contributed_months")
            has = int(months) if isinstance(months, Decimal) else LEAST_MONTHS

            def ask(line: Line, birth: Month) -> str | None:
                needed = _needed(answers, line, birth)
                if needed is None or (needed > LEAST_MONTHS and not isinstance(months, Decimal)):
                    return None
                return "enough" if has >= needed else "short"

            return _agreed(answers, ask) or "unclear"
        case _:
            return "unclear"


@computes("pensions.age")
def age(today: date, answers: Mapping[str, Raw]) -> str:
    """child (under 16), working, retired (the statutory age is reached) or unclear. Of sex, birthday, post."""
    born = answers.get("birthday")
    if isinstance(born, date) and today < _day(born, WORKING_AGE * 12):
        return "child"

    def ask(line: Line, birth: Month) -> str | None:
        if not isinstance(born, date):
            return None
        return "retired" if today >= _day(born, line.age * 12 + delay(line, birth)) else "working"

    return _agreed(answers, ask) or "unclear"


@computes("pensions.aid_age")
def aid_age(today: date, answers: Mapping[str, Raw]) -> str:
    """reached by men of 55 and women of 45, plateau where it is reached at high altitude alone, or younger.

    Of sex, birthday.
    """
    born, man = answers.get("birthday"), answers.get("sex") == "male"
    if not isinstance(born, date) or today < _day(born, 12 * (PLATEAU_AID_AGE_MEN if man else PLATEAU_AID_AGE_WOMEN)):
        return "younger"
    return "plateau" if today < _day(born, 12 * (AID_AGE_MEN if man else AID_AGE_WOMEN)) else "reached"


@computes("pensions.nearness")
def nearness(today: date, answers: Mapping[str, Raw]) -> str:
    """near where less than five years are left to the statutory age, far or unclear. Of sex, birthday, post."""
    now = Month(today.year, today.month)
    near = _agreed(answers, lambda line, birth: statutory(line, birth) < now.plus(NEAR_MONTHS))
    return "unclear" if near is None else "near" if near else "far"


def _day(born: date, months: int) -> date:
    """The day on which somebody is so many months old; the month's last day where there is no such day."""
    month = Month(born.year, born.month).plus(months)
    return date(month.year, month.month, min(born.day, monthrange(*month)[1]))


# Figures


@figures("pensions.statutory_month")
def statutory_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month in which the statutory age is reached (article 1). Of sex, birthday, post."""
    return _agreed(answers, statutory)


@figures("pensions.statutory_age")
def statutory_age(today: date, answers: Mapping[str, Raw]) -> Age | None:
    """The statutory age (article 1). Of sex, birthday, post."""
    return _agreed(answers, lambda line, birth: Age(*divmod(line.age * 12 + delay(line, birth), 12)))


@figures("pensions.month_by_50")
def month_by_50(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month of a woman whose age was 50 before 2025. Of birthday."""
    birth = _month(answers.get("birthday"))
    return statutory(WOMEN_50, birth) if birth else None


@figures("pensions.month_by_55")
def month_by_55(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month of a woman whose age was 55 before 2025. Of birthday."""
    birth = _month(answers.get("birthday"))
    return statutory(WOMEN_55, birth) if birth else None


@figures("pensions.special_month")
def special_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month from which work of a special kind allows retirement. Of sex, birthday."""
    birth, men = _month(answers.get("birthday")), answers.get("sex") == "male"
    return birth.plus(12 * (SPECIAL_AGE_MEN if men else SPECIAL_AGE_WOMEN)) if birth else None


@figures("pensions.earliest_month")
def earliest_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The first month of flexible retirement (article 3). Of sex, birthday, post."""
    return _agreed(answers, earliest)


@figures("pensions.soonest_month")
def soonest_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The first month of flexible retirement for which notice given today is in time. Of sex, birthday, post."""
    soonest = Month(today.year, today.month).plus(EARLY_NOTICE_MONTHS)
    return _agreed(answers, lambda line, birth: max(soonest, earliest(line, birth)))


@figures("pensions.latest_month")
def latest_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The last month of flexible retirement (article 3). Of sex, birthday, post."""
    return _agreed(answers, latest)


@figures("pensions.chosen_month")
def chosen_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month wished for. Of chosen."""
    return _month(answers.get("chosen"))


@figures("pensions.earlier_by")
def earlier_by(today: date, answers: Mapping[str, Raw]) -> Months | None:
    """By how much the month chosen differs from the statutory one. Of sex, birthday, post, chosen."""
    chosen = _month(answers.get("chosen"))
    month = _agreed(answers, statutory)
    return Months(abs(_index(month) - _index(chosen))) if month and chosen else None


@figures("pensions.notice_month")
def notice_month(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The last month for telling the employer, or for the agreement. Of sex, birthday, post, way, chosen."""
    if answers.get("way") == "late":
        month = _agreed(answers, statutory)
        return month.plus(-LATE_NOTICE_MONTHS) if month else None
    chosen = _month(answers.get("chosen"))
    return chosen.plus(-EARLY_NOTICE_MONTHS) if chosen else None


@figures("pensions.needed")
def needed(today: date, answers: Mapping[str, Raw]) -> Months | None:
    """The least contributions (article 2). Of sex, birthday, post, way, chosen."""
    months = _agreed_need(answers)
    return Months(months) if months is not None else None


@figures("pensions.missing")
def missing(today: date, answers: Mapping[str, Raw]) -> Months | None:
    """The contributions still missing. Of sex, birthday, post, way, chosen, contributed_months."""
    months, least = answers.get("contributed_months"), _agreed_need(answers)
    if least is None or not isinstance(months, Decimal):
        return None
    return Months(max(0, least - int(months)))
