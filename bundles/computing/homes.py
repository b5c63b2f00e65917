"""Homes: taxes and registration fees of a second-hand home, loans from the housing fund.

财政部、税务总局、住房城乡建设部公告2024年第16号: deed tax from 1 December 2024. 财政部、税务总局公告2025年第17号: value
added tax on homes from 1 January 2026. 发改价格规〔2016〕2559号: fees of registration. The conditions of loans were
seen in guides of other provinces only. Prices are answered in 万元 and include value added tax; figures are yuan.

Answers read: `home_price`, `acquired` (when the seller got the home), `bought_before` (when it was bought before the
seller inherited it, got it from family or at divorce: 国税发〔2005〕172号 四), `homes` (none_owned, one, more: what the
buyer's family has already), `floor_area`, `home_kind` (home, commercial, parking), `books`, `cause`; `down_payment`,
`loan_wanted`, `fund_months`, `sex`, `birthday`, `post`, `loan_home`, `spouse_fund` (pays, low, no). Params read:
`limit_single`, `limit_double`, `limit_affordable_single`, `limit_affordable_double`, the most that a city's fund
lends, in 万元.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..times import add
from ..values import Span
from .pensions import age, statutory_month
from .registry import Money, Month, Percent, Raw, computes, figures

_TEN_THOUSAND = Decimal(10_000)
_CENT = Decimal("0.01")
_NOTHING = Decimal(0)

# 公告2024年第16号: up to 140 square metres 1 %; above, 1.5 % for the family's only home and 2 % for its second
DEED_AREA = Decimal(140)
DEED_SMALL = Decimal(1)
DEED_LARGE = {"none_owned": Decimal("1.5"), "one": Decimal(2)}
DEED_SICHUAN = {"more": Decimal(3)}  # the provincial congress's rate, where nothing lowers it

# 公告2025年第17号: held for less than two years, on the whole price
VAT_HELD = Span(2, "years")
VAT_FROM = date(2026, 1, 1)
VAT, VAT_BEFORE = Decimal(3), Decimal(5)

# 发改价格规〔2016〕2559号: per item of registration, the first certificate free of charge; between spouses,
# certificates alone. A parking space with a certificate of its own costs what a home does (财税〔2019〕45号)
FEES = {"home": Decimal(80), "commercial": Decimal(550), "parking": Decimal(80)}
FEE_PER_BOOK = Decimal(10)
BETWEEN_SPOUSES = frozenset({"spouses"})

# Loans from the housing fund
LEAST_FUND_MONTHS = 6  # paid in without a break
LONGEST_LOAN_YEARS = 30
YEARS_AFTER_RETIREMENT = 5
AFFORDABLE = frozenset({"presale_affordable", "ready_affordable"})
BOTH_PAY = frozenset({"pays", "low"})
DOWN_SHARES = (("under_15", Decimal(15)), ("under_20", Decimal(20)), ("under_30", Decimal(30)))


def deed_percent(homes: Raw, area: Raw) -> Decimal | None:
    """The rate of deed tax; None where nobody knows how many homes, or how large."""
    if isinstance(homes, str) and homes in DEED_SICHUAN:
        return DEED_SICHUAN[homes]
    if not isinstance(homes, str) or homes not in DEED_LARGE or not isinstance(area, Decimal):
        return None
    return DEED_SMALL if area <= DEED_AREA else DEED_LARGE[homes]


def vat_percent(today: date, acquired: Raw) -> Decimal:
    """The rate of value added tax that the seller owes; nothing after two years."""
    if not isinstance(acquired, date) or add(acquired, VAT_HELD) <= today:
        return _NOTHING
    return VAT if today >= VAT_FROM else VAT_BEFORE


def _held_since(answers: Mapping[str, Raw]) -> Raw:
    """The day from which the seller's two years count."""
    return answers.get("bought_before") or answers.get("acquired")


def without_vat(price: Decimal, percent: Decimal) -> Decimal:
    """A price without the tax of that rate which it includes."""
    return price / (1 + percent / 100)


def _money(yuan: Decimal) -> Money:
    """To the cent; whole yuan without decimals."""
    whole = yuan == yuan.to_integral_value()
    return Money(yuan.quantize(Decimal(1) if whole else _CENT, ROUND_HALF_UP))


def _yuan(answer: Raw) -> Decimal | None:
    return answer * _TEN_THOUSAND if isinstance(answer, Decimal) else None


# Taxes and fees


@figures("homes.deed_rate")
def deed_rate(today: date, answers: Mapping[str, Raw]) -> Percent | None:
    """公告2024年第16号. Of homes, floor_area."""
    percent = deed_percent(answers.get("homes"), answers.get("floor_area"))
    return None if percent is None else Percent(percent)


@figures("homes.deed_tax")
def deed_tax(today: date, answers: Mapping[str, Raw]) -> Money | None:
    """The rate times the price without value added tax. Of home_price, acquired, bought_before, homes, floor_area."""
    price = _yuan(answers.get("home_price"))
    percent = deed_percent(answers.get("homes"), answers.get("floor_area"))
    if price is None or percent is None:
        return None
    return _money(without_vat(price, vat_percent(today, _held_since(answers))) * percent / 100)


@figures("homes.value_added_tax")
def value_added_tax(today: date, answers: Mapping[str, Raw]) -> Money | None:
    """公告2025年第17号. Of home_price, acquired, bought_before."""
    price, percent = _yuan(answers.get("home_price")), vat_percent(today, _held_since(answers))
    return None if price is None else _money(without_vat(price, percent) * percent / 100)


@figures("homes.registration_fee")
def registration_fee(today: date, answers: Mapping[str, Raw]) -> Money | None:
    """One fee per home, the first certificate in it; between spouses no fee. Of home_kind, books, cause."""
    kind, asked = answers.get("home_kind"), answers.get("books")
    if not isinstance(kind, str) or kind not in FEES:
        return None
    books = max(Decimal(1), asked) if isinstance(asked, Decimal) else Decimal(1)
    if answers.get("cause") in BETWEEN_SPOUSES:
        return _money(FEE_PER_BOOK * books)
    return _money(FEES[kind] + FEE_PER_BOOK * (books - 1))


# Loans


@figures("homes.loan_from")
def loan_from(today: date, answers: Mapping[str, Raw]) -> Month | None:
    """The month in which six months without a break are reached, this month being paid already. Of fund_months."""
    months = answers.get("fund_months")
    if not isinstance(months, Decimal):
        return None
    return Month(today.year, today.month).plus(max(0, LEAST_FUND_MONTHS - int(months)))


@figures("homes.longest_loan")
def longest_loan(today: date, answers: Mapping[str, Raw]) -> int | None:
    """Years: thirty, and not more than five years past the statutory age (as in Hunan). Of sex, birthday, post."""
    retirement = statutory_month(today, answers)
    if not isinstance(retirement, Month):
        return None
    last = retirement.plus(YEARS_AFTER_RETIREMENT * 12)
    months = (last.year - today.year) * 12 + last.month - today.month
    return min(LONGEST_LOAN_YEARS, max(0, months // 12))


def _limit(answers: Mapping[str, Raw]) -> Decimal | None:
    """万元; None where the city's limit isn't known. A spouse who pays in counts, however little."""
    home = "affordable_" if answers.get("loan_home") in AFFORDABLE else ""
    limit = answers.get(f"limit_{home}{'double' if answers.get('spouse_fund') in BOTH_PAY else 'single'}")
    return limit if isinstance(limit, Decimal) else None


@figures("homes.loan_limit")
def loan_limit(today: date, answers: Mapping[str, Raw]) -> Money | None:
    """The most that the city's fund lends for this home. Of loan_home, spouse_fund and the four limits."""
    limit = _yuan(_limit(answers))
    return None if limit is None else _money(limit)


@computes("homes.limit")
def limit(today: date, answers: Mapping[str, Raw]) -> str:
    """Of the loan wanted: within, over or unknown. Of loan_home, spouse_fund, loan_wanted and the four limits."""
    wanted, most = answers.get("loan_wanted"), _limit(answers)
    if most is None or not isinstance(wanted, Decimal):
        return "unknown"
    return "within" if wanted <= most else "over"


@computes("homes.borrower")
def borrower(today: date, answers: Mapping[str, Raw]) -> str:
    """Whether the statutory age of retirement is reached: retired or working. Of sex, birthday, post."""
    return "retired" if age(today, answers) == "retired" else "working"


@computes("homes.down_share")
def down_share(today: date, answers: Mapping[str, Raw]) -> str:
    """under_15, under_20, under_30 or from_30 percent of the price. Of home_price, down_payment."""
    share = _down_percent(answers)
    return next((name for name, percent in DOWN_SHARES if share is not None and share < percent), "from_30")


@figures("homes.down_percent")
def down_percent(today: date, answers: Mapping[str, Raw]) -> Percent | None:
    """The share that is paid at once. Of home_price, down_payment."""
    share = _down_percent(answers)
    return None if share is None else Percent(share.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize())


def _down_percent(answers: Mapping[str, Raw]) -> Decimal | None:
    price, down = answers.get("home_price"), answers.get("down_payment")
    if not isinstance(price, Decimal) or not isinstance(down, Decimal) or not price:
        return None
    return down / price * 100


@computes("homes.balance")
def balance(today: date, answers: Mapping[str, Raw]) -> str:
    """Down payment and loan against the price: fits, short or over. Of home_price, down_payment, loan_wanted."""
    yuan = _rest(answers)
    return "fits" if not yuan else "short" if yuan > 0 else "over"


@figures("homes.rest")
def rest(today: date, answers: Mapping[str, Raw]) -> Money | None:
    """By how much they differ from the price. Of home_price, down_payment, loan_wanted."""
    yuan = _rest(answers)
    return None if yuan is None else _money(abs(yuan))


def _rest(answers: Mapping[str, Raw]) -> Decimal | None:
    price, down, loan = (_yuan(answers.get(name)) for name in ("home_price", "down_payment", "loan_wanted"))
    return None if price is None or down is None or loan is None else price - down - loan
