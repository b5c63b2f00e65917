"""Taxes, fees and loans of homes against the announcements' own figures."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.computing import FIGURES, FUNCTIONS, Money, Month, Percent, Raw
from bundles.computing.homes import LONGEST_LOAN_YEARS, VAT, vat_percent, without_vat

TODAY = date(2026, 11, 22)
LONG_AGO, LATELY = date(2019, 5, 20), date(2025, 9, 20)

prices = st.decimals(0, 100_000, places=2)
areas = st.decimals(1, 1000, places=2)
days = st.dates(date(1990, 1, 1), TODAY)


def yuan(name: str, answers: Mapping[str, Raw]) -> Decimal | None:
    figure = FIGURES[f"homes.{name}"](TODAY, answers)
    assert figure is None or isinstance(figure, Money)
    return figure.yuan if figure else None


def home(price: str, acquired: date = LONG_AGO, homes: str = "none_owned", area: str = "120") -> dict[str, Raw]:
    return {"home_price": Decimal(price), "acquired": acquired, "homes": homes, "floor_area": Decimal(area)}


@pytest.mark.parametrize(
    ("homes", "area", "percent"),
    [
        ("none_owned", "140", "1"),
        ("none_owned", "140.01", "1.5"),
        ("one", "140", "1"),
        ("one", "140.01", "2"),
        ("more", "90", "3"),
    ],
)
def test_the_rate_of_deed_tax(homes: str, area: str, percent: str) -> None:
    answers: dict[str, Raw] = {"homes": homes, "floor_area": Decimal(area)}
    assert FIGURES["homes.deed_rate"](TODAY, answers) == Percent(Decimal(percent))


@pytest.mark.parametrize("answers", [{"homes": "unsure", "floor_area": Decimal(90)}, {"homes": "one"}, {}])
def test_no_rate_of_deed_tax_where_nobody_knows_the_homes_or_the_area(answers: dict[str, Raw]) -> None:
    assert FIGURES["homes.deed_rate"](TODAY, answers) is None
    assert yuan("deed_tax", {**answers, "home_price": Decimal(100)}) is None


@pytest.mark.parametrize(
    ("answers", "deed", "vat"),
    [
        (home("150"), "15000", "0"),
        (home("100", LATELY, area="90"), "9708.74", "29126.21"),
        (home("150", homes="one", area="150"), "30000", "0"),
        ({"home_price": Decimal(150), "homes": "more"}, "45000", "0"),
    ],
)
def test_the_taxes_of_a_sale(answers: dict[str, Raw], deed: str, vat: str) -> None:
    assert yuan("deed_tax", answers) == Decimal(deed)
    assert yuan("value_added_tax", answers) == Decimal(vat)


@pytest.mark.parametrize(("bought", "vat"), [(LONG_AGO, "0"), (LATELY, "29126.21")])
def test_a_home_inherited_counts_from_when_it_was_bought_before(bought: date, vat: str) -> None:
    assert yuan("value_added_tax", {"home_price": Decimal(100), "acquired": TODAY, "bought_before": bought}) == Decimal(
        vat
    )


def test_whole_yuan_have_no_decimals() -> None:
    assert str(yuan("deed_tax", home("150"))) == "15000"


@pytest.mark.parametrize(
    ("today", "acquired", "percent"),
    [
        (date(2026, 11, 22), date(2024, 11, 22), 0),
        (date(2026, 11, 22), date(2024, 11, 23), 3),
        (date(2026, 1, 1), date(2025, 1, 1), 3),
        (date(2025, 12, 31), date(2025, 1, 1), 5),
        (date(2026, 2, 28), date(2024, 2, 29), 0),
    ],
)
def test_two_years_count_whole(today: date, acquired: date, percent: int) -> None:
    assert vat_percent(today, acquired) == percent


@given(prices)
def test_the_price_is_what_it_was_and_its_tax(price: Decimal) -> None:
    net = without_vat(price, VAT)
    assert abs(net * (1 + VAT / 100) - price) < Decimal("0.0001")


@given(prices, days, st.sampled_from(["none_owned", "one"]), areas)
def test_taxes_stay_within_the_price(price: Decimal, acquired: date, homes: str, area: Decimal) -> None:
    answers: dict[str, Raw] = {"home_price": price, "acquired": acquired, "homes": homes, "floor_area": area}
    deed, vat = yuan("deed_tax", answers), yuan("value_added_tax", answers)
    assert deed is not None
    assert vat is not None
    assert 0 <= deed <= price * 10_000 * Decimal("0.02") + 1
    assert 0 <= vat <= price * 10_000 * Decimal("0.03")


@given(prices, days, st.sampled_from(["none_owned", "one"]), areas, areas)
def test_a_larger_home_never_costs_less(price: Decimal, acquired: date, homes: str, one: Decimal, two: Decimal) -> None:
    answers: dict[str, Raw] = {"home_price": price, "acquired": acquired, "homes": homes}
    small = yuan("deed_tax", {**answers, "floor_area": min(one, two)})
    large = yuan("deed_tax", {**answers, "floor_area": max(one, two)})
    assert small is not None
    assert large is not None
    assert small <= large


@given(days)
def test_the_tax_ends_once_and_for_all(acquired: date) -> None:
    rates = [vat_percent(acquired + timedelta(days=number), acquired) for number in range(720, 740)]
    assert rates == sorted(rates, key=lambda rate: rate == 0)


@pytest.mark.parametrize(
    ("kind", "books", "fee"),
    [
        ("home", None, "80"),
        ("home", 1, "80"),
        ("home", 2, "90"),
        ("commercial", None, "550"),
        ("commercial", 3, "570"),
        ("parking", None, "80"),
    ],
)
def test_the_fee_of_registration(kind: str, books: int | None, fee: str) -> None:
    answers: dict[str, Raw] = {"home_kind": kind, "books": None if books is None else Decimal(books)}
    assert yuan("registration_fee", answers) == Decimal(fee)


@pytest.mark.parametrize(("books", "fee"), [(None, "10"), (Decimal(1), "10"), (Decimal(2), "20")])
def test_between_spouses_only_the_certificates_cost(books: Decimal | None, fee: str) -> None:
    assert yuan("registration_fee", {"cause": "spouses", "home_kind": "home", "books": books}) == Decimal(fee)


@pytest.mark.parametrize(
    ("today", "months", "month"),
    [
        (date(2026, 9, 15), 4, (2026, 11)),
        (date(2026, 9, 15), 5, (2026, 10)),
        (date(2026, 9, 15), 6, (2026, 9)),
        (date(2026, 9, 15), 60, (2026, 9)),
        (date(2026, 11, 22), 0, (2027, 5)),
    ],
)
def test_the_month_from_which_one_may_borrow(today: date, months: int, month: tuple[int, int]) -> None:
    assert FIGURES["homes.loan_from"](today, {"fund_months": Decimal(months)}) == Month(*month)


@pytest.mark.parametrize(
    ("sex", "post", "birthday", "years"),
    [
        ("male", None, "1996-03-01", 30),
        ("male", None, "1976-09-01", 17),  # 63 in September 2039, five years more: September 2044
        ("male", None, "1966-08-15", 5),  # January 2027: January 2032
        ("female", "worker", "1976-06-01", 5),
        ("female", "unsure", "1976-06-01", None),
        ("male", None, "1950-01-01", 0),
    ],
)
def test_the_longest_loan(sex: str, post: str | None, birthday: str, years: int | None) -> None:
    answers: dict[str, Raw] = {"sex": sex, "post": post, "birthday": date.fromisoformat(birthday)}
    assert FIGURES["homes.longest_loan"](TODAY, answers) == years


@given(st.dates(date(1940, 1, 1), date(2008, 11, 22)), st.sampled_from(["male", "female"]))
def test_a_loan_is_never_longer_than_thirty_years(birthday: date, sex: str) -> None:
    years = FIGURES["homes.longest_loan"](TODAY, {"sex": sex, "post": "cadre", "birthday": birthday})
    assert isinstance(years, int)
    assert 0 <= years <= LONGEST_LOAN_YEARS


@pytest.mark.parametrize(
    ("sex", "post", "birthday", "standing"),
    [
        ("male", None, "1961-05-01", "retired"),
        ("male", None, "1992-03-01", "working"),
        ("female", "unsure", "1975-03-01", "working"),  # 50 or 55: nobody knows
        ("female", "worker", "1975-03-01", "retired"),
    ],
)
def test_who_has_reached_the_statutory_age(sex: str, post: str | None, birthday: str, standing: str) -> None:
    answers: dict[str, Raw] = {"sex": sex, "post": post, "birthday": date.fromisoformat(birthday)}
    assert FUNCTIONS["homes.borrower"](TODAY, answers) == standing


@pytest.mark.parametrize(
    ("price", "down", "share", "percent"),
    [
        ("120", "18", "under_20", "15"),
        ("120", "17.99", "under_15", "15"),
        ("100", "14.96", "under_15", "15"),
        ("150", "30", "under_30", "20"),
        ("150", "45", "from_30", "30"),
        ("130", "40", "from_30", "30.8"),
    ],
)
def test_the_down_payment(price: str, down: str, share: str, percent: str) -> None:
    answers: dict[str, Raw] = {"home_price": Decimal(price), "down_payment": Decimal(down)}
    assert FUNCTIONS["homes.down_share"](TODAY, answers) == share
    assert FIGURES["homes.down_percent"](TODAY, answers) == Percent(Decimal(percent))


@pytest.mark.parametrize(
    ("down", "loan", "balance", "rest"),
    [("18", "102", "fits", "0"), ("18", "90", "short", "120000"), ("30", "100.5", "over", "105000")],
)
def test_down_payment_and_loan_make_up_the_price(down: str, loan: str, balance: str, rest: str) -> None:
    answers: dict[str, Raw] = {
        "home_price": Decimal(120), "down_payment": Decimal(down), "loan_wanted": Decimal(loan),
    }  # fmt: skip
    assert FUNCTIONS["homes.balance"](TODAY, answers) == balance
    assert yuan("rest", answers) == Decimal(rest)


LIMITS: dict[str, Raw] = {
    "limit_single": Decimal(60), "limit_double": Decimal(100),
    "limit_affordable_single": Decimal(90), "limit_affordable_double": Decimal(150),
}  # fmt: skip


@pytest.mark.parametrize(
    ("home_bought", "spouse", "most"),
    [
        ("presale", None, 60),
        ("second_hand", "no", 60),
        ("ready", "pays", 100),
        ("ready", "low", 100),
        ("ready_affordable", None, 90),
        ("presale_affordable", "pays", 150),
    ],
)
def test_the_limit_of_a_city(home_bought: str, spouse: str | None, most: int) -> None:
    answers: dict[str, Raw] = {**LIMITS, "loan_home": home_bought, "spouse_fund": spouse}
    assert yuan("loan_limit", answers) == most * 10_000
    assert FUNCTIONS["homes.limit"](TODAY, {**answers, "loan_wanted": Decimal(most)}) == "within"
    assert FUNCTIONS["homes.limit"](TODAY, {**answers, "loan_wanted": most + Decimal("0.01")}) == "over"


def test_no_limit_where_nobody_knows_it() -> None:
    answers: dict[str, Raw] = {**dict.fromkeys(LIMITS), "loan_home": "presale", "loan_wanted": Decimal(60)}
    assert yuan("loan_limit", answers) is None
    assert FUNCTIONS["homes.limit"](TODAY, answers) == "unknown"


@given(prices, prices, prices)
def test_what_is_missing_is_missing(price: Decimal, down: Decimal, loan: Decimal) -> None:
    answers: dict[str, Raw] = {"home_price": price, "down_payment": down, "loan_wanted": loan}
    missing = yuan("rest", answers)
    assert missing is not None
    sign = {"fits": 0, "short": -1, "over": 1}[FUNCTIONS["homes.balance"](TODAY, answers)]
    assert (down + loan) * 10_000 == price * 10_000 + sign * missing
