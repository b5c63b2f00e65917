"""What the survivors of an insured employee get: 企业职工基本养老保险遗属待遇暂行办法 (人社部发〔2021〕18号)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from .registry import Raw, figures

# Article 5 (1): months by years of contribution, the years being exclusive limits but the last.
UNDER_FIVE, UNDER_TEN, UP_TO_FIFTEEN = Decimal(3), Decimal(6), Decimal(9)
FIRST_STEP, SECOND_STEP, THIRD_STEP = Decimal(5), Decimal(10), Decimal(15)
MOST = Decimal(24)
# Article 5 (2): a retired person's survivors get at least that many.
LEAST_WHEN_RETIRED = Decimal(9)


def months_by_contribution(years: Decimal) -> Decimal:
    """Months of the lump sum by years of contribution, which count to the month, with two decimals.

    人社部发〔2021〕18号 art. 5 (1): 3 below 5 years, 6 below 10, 9 up to 15 inclusive; from there on one more month
    for each more year (half a month for half a year), never more than 24 (30 years).
    """
    if years < FIRST_STEP:
        return UNDER_FIVE
    if years < SECOND_STEP:
        return UNDER_TEN
    return min(UP_TO_FIFTEEN + max(years - THIRD_STEP, Decimal(0)), MOST)


def months_when_retired(years: Decimal, drawn: Decimal) -> Decimal:
    """The same less one month for each year of pension drawn, at least 9: art. 5 (2)."""
    return max(months_by_contribution(years) - drawn, LEAST_WHEN_RETIRED)


@figures("survivors.pension_months")
def pension_months(_today: date, answers: Mapping[str, Raw]) -> int | Decimal | None:
    """How many months of income the 抚恤金 is, to two decimals; None without a number of years."""
    years, drawn = answers["contribution_years"], answers["drawn_years"]
    if not isinstance(years, Decimal):
        return None
    if answers["pension"] != "retired":
        return _plain(months_by_contribution(years))
    return _plain(months_when_retired(years, drawn)) if isinstance(drawn, Decimal) else None


def _plain(months: Decimal) -> int | Decimal:
    """Without zeros at its end: 14.5, 9."""
    return int(months) if months == months.to_integral_value() else months.normalize()
