"""Retirement ages and pension years against the tables of the law."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.computing import FIGURES, FUNCTIONS, Age, Month, Months, Raw
from bundles.computing.pensions import (
    FLEXIBLE_MONTHS,
    MEN,
    WOMEN_50,
    WOMEN_55,
    Line,
    delay,
    earliest,
    latest,
    least_months,
    statutory,
)

TODAY = date(2026, 11, 22)
LINES = (MEN, WOMEN_55, WOMEN_50)

births = st.builds(Month, st.integers(1930, 2010), st.integers(1, 12))
lines = st.sampled_from(LINES)
days = st.dates(date(1930, 1, 1), date(2026, 11, 22))


def answers(sex: str = "male", birthday: str = "1966-08-15", **more: Raw) -> dict[str, Raw]:
    return {"sex": sex, "birthday": date.fromisoformat(birthday), "way": "normal", **more}


@pytest.mark.parametrize(
    ("line", "birth", "age", "month"),
    [
        # the first and last rows of the tables of article 1, and the rows where the age steps
        (MEN, (1964, 12), (60, 0), (2024, 12)),
        (MEN, (1965, 1), (60, 1), (2025, 2)),
        (MEN, (1965, 4), (60, 1), (2025, 5)),
        (MEN, (1965, 5), (60, 2), (2025, 7)),
        (MEN, (1966, 8), (60, 5), (2027, 1)),
        (MEN, (1969, 9), (61, 3), (2030, 12)),
        (MEN, (1976, 8), (62, 11), (2039, 7)),
        (MEN, (1976, 9), (63, 0), (2039, 9)),
        (MEN, (1990, 1), (63, 0), (2053, 1)),
        (WOMEN_55, (1969, 12), (55, 0), (2024, 12)),
        (WOMEN_55, (1970, 1), (55, 1), (2025, 2)),
        (WOMEN_55, (1971, 5), (55, 5), (2026, 10)),
        (WOMEN_55, (1971, 8), (55, 5), (2027, 1)),
        (WOMEN_55, (1981, 9), (58, 0), (2039, 9)),
        (WOMEN_50, (1974, 12), (50, 0), (2024, 12)),
        (WOMEN_50, (1975, 1), (50, 1), (2025, 2)),
        (WOMEN_50, (1975, 3), (50, 2), (2025, 5)),
        (WOMEN_50, (1976, 6), (50, 9), (2027, 3)),
        (WOMEN_50, (1984, 11), (55, 0), (2039, 11)),
    ],
)
def test_the_statutory_age(line: Line, birth: tuple[int, int], age: tuple[int, int], month: tuple[int, int]) -> None:
    assert divmod(line.age * 12 + delay(line, Month(*birth)), 12) == age
    assert statutory(line, Month(*birth)) == month


@pytest.mark.parametrize(
    ("year", "months"),
    [(2025, 180), (2029, 180), (2030, 186), (2031, 192), (2035, 216), (2038, 234), (2039, 240), (2050, 240)],
)
def test_the_least_contributions(year: int, months: int) -> None:
    assert least_months(year) == months


@given(lines, births)
def test_nobody_retires_before_an_older_colleague(line: Line, birth: Month) -> None:
    assert statutory(line, birth) < statutory(line, birth.plus(1))
    assert 0 <= delay(line, birth.plus(1)) - delay(line, birth) <= 1
    assert 0 <= delay(line, birth) <= line.most


@given(lines, births)
def test_the_flexible_range_is_three_years_and_not_under_the_age_of_old(line: Line, birth: Month) -> None:
    first, last = earliest(line, birth), latest(line, birth)
    assert birth.plus(line.age * 12) <= first <= statutory(line, birth) < last
    assert first.plus(FLEXIBLE_MONTHS) >= statutory(line, birth)
    assert statutory(line, birth).plus(FLEXIBLE_MONTHS) == last


@pytest.mark.parametrize(
    ("given_", "today", "result"),
    [
        (answers(), TODAY, "soon"),
        (answers(), date(2027, 1, 1), "due"),
        (answers(), date(2026, 1, 1), "soon"),
        (answers(), date(2025, 12, 31), "far"),
        (answers("female", "1976-06-20", post="worker"), TODAY, "soon"),
        (answers("female", "1976-06-20", post="cadre"), TODAY, "far"),
        (answers("female", "1976-06-20", post="unsure"), TODAY, "unclear"),
        (answers("female", "1966-06-20", post="unsure"), TODAY, "due"),
        (answers("male", "1971-09-01", way="special"), TODAY, "due"),
        (answers("female", "1981-12-01", way="special", post="worker"), TODAY, "soon"),
        (answers(way="early", chosen=date(2026, 8, 1)), date(2026, 4, 22), "soon"),
        (answers(way="late", chosen=date(2029, 1, 1)), TODAY, "soon"),
    ],
)
def test_how_far_off_it_is(given_: dict[str, Raw], today: date, result: str) -> None:
    assert FUNCTIONS["pensions.standing"](today, given_) == result


@pytest.mark.parametrize(
    ("way", "chosen", "notified", "today", "result"),
    [
        ("early", "2026-08-01", "no", "2026-05-31", "fits"),  # three months before, to the month
        ("early", "2026-08-01", "no", "2026-06-01", "short_notice"),
        ("early", "2026-08-01", "yes", "2026-11-22", "fits"),
        ("early", "2026-07-31", "yes", "2026-11-22", "too_early"),  # not before sixty
        ("early", "2027-01-01", "yes", "2026-11-22", "not_early"),
        ("late", "2027-01-31", "yes", "2026-11-22", "not_late"),
        ("late", "2027-02-01", "no", "2026-12-31", "fits"),
        ("late", "2027-02-01", "no", "2027-01-01", "short_notice"),
        ("late", "2030-01-31", "no", "2026-11-22", "fits"),
        ("late", "2030-02-01", "no", "2026-11-22", "too_late"),
    ],
)
def test_the_month_chosen(way: str, chosen: str, notified: str, today: str, result: str) -> None:
    given_ = answers(way=way, chosen=date.fromisoformat(chosen), notified=notified, insured_as="employed")
    assert FUNCTIONS["pensions.month_check"](date.fromisoformat(today), given_) == result


@pytest.mark.parametrize("insured_as", ["flexible", "stopped", "unsure"])
def test_who_has_no_employer_owes_nobody_notice(insured_as: str) -> None:
    given_ = answers(way="early", chosen=date(2026, 12, 1), insured_as=insured_as)
    assert FUNCTIONS["pensions.month_check"](TODAY, given_) == "fits"


@pytest.mark.parametrize(
    ("given_", "months", "result"),
    [
        (answers("male", "1969-09-10", contributed="between"), 183, "short"),
        (answers("male", "1969-09-10", contributed="between"), 186, "enough"),
        (answers("male", "1969-09-10", contributed="between", way="early", chosen=date(2029, 12, 1)), 183, "enough"),
        (answers("male", "1969-09-10", contributed="between", way="late", chosen=date(2033, 1, 1)), 186, "enough"),
        (answers(contributed="between"), None, "enough"),
        (answers(contributed="under_15"), None, "short"),
        (answers(contributed="over_20"), None, "enough"),
        (answers(contributed="unsure"), None, "unclear"),
        (answers("female", "1980-06-10", post="unsure", contributed="between"), 210, "unclear"),
        (answers("female", "1980-06-10", post="unsure", contributed="between"), 239, "enough"),
        (answers("male", "1990-01-10", way="special", contributed="between"), 180, "enough"),
    ],
)
def test_whether_the_years_suffice(given_: dict[str, Raw], months: int | None, result: str) -> None:
    given_["contributed_months"] = None if months is None else Decimal(months)
    assert FUNCTIONS["pensions.years"](TODAY, given_) == result


@given(st.sampled_from(["male", "female"]), days, st.sampled_from(["cadre", "worker", "unsure", None]))
def test_more_contributions_are_never_worse(sex: str, birthday: date, post: str | None) -> None:
    given_: dict[str, Raw] = {
        "sex": sex, "birthday": birthday, "post": post, "way": "normal", "contributed": "between",
    }  # fmt: skip
    order = ["short", "unclear", "enough"]
    found = [FUNCTIONS["pensions.years"](TODAY, given_ | {"contributed_months": Decimal(m)}) for m in range(180, 241)]
    assert sorted(found, key=order.index) == found
    assert found[-1] == "enough"


@pytest.mark.parametrize(
    ("given_", "result"),
    [
        (answers("male", "2010-11-22"), "working"),
        (answers("male", "2010-11-23"), "child"),
        (answers("male", "1969-03-01"), "working"),
        (answers("male", "1966-06-22"), "retired"),
        (answers("male", "1966-06-23"), "working"),
        (answers("female", "1974-01-01", post="unsure"), "unclear"),
        (answers("female", "1974-01-01", post="worker"), "retired"),
        ({}, "unclear"),
    ],
)
def test_the_working_age(given_: dict[str, Raw], result: str) -> None:
    assert FUNCTIONS["pensions.age"](TODAY, given_) == result


@pytest.mark.parametrize(
    ("sex", "birthday", "result"),
    [
        ("male", "1971-11-22", "reached"),
        ("male", "1971-11-23", "plateau"),
        ("male", "1976-11-22", "plateau"),
        ("male", "1976-11-23", "younger"),
        ("female", "1981-11-22", "reached"),
        ("female", "1981-11-23", "plateau"),
        ("female", "1986-11-22", "plateau"),
        ("female", "1986-11-23", "younger"),
    ],
)
def test_the_age_of_hardship_is_five_years_less_on_the_plateau(sex: str, birthday: str, result: str) -> None:
    assert FUNCTIONS["pensions.aid_age"](TODAY, answers(sex, birthday)) == result


def test_those_who_are_near_retirement() -> None:
    near = FUNCTIONS["pensions.nearness"]
    assert near(TODAY, answers("male", "1969-03-01")) == "near"
    assert near(TODAY, answers("male", "1980-03-01")) == "far"
    assert near(TODAY, answers("female", "1976-03-01", post="unsure")) == "unclear"


@pytest.mark.parametrize(
    ("insured_as", "line", "month"),
    [
        ("flexible", None, Month(2027, 3)),
        ("flexible", "50", Month(2027, 3)),
        ("flexible", Decimal(55), Month(2033, 2)),
        ("employed", "55", Month(2027, 3)),
    ],
)
def test_a_city_may_set_the_line_of_women_who_pay_for_themselves(insured_as: str, line: Raw, month: Month) -> None:
    woman = answers("female", "1976-06-20", post="worker", insured_as=insured_as, flexible_women_line=line)
    assert FIGURES["pensions.statutory_month"](TODAY, woman) == month


@pytest.mark.parametrize(
    ("own_years", "standing"), [("yes", "unclear"), ("unsure", "unclear"), ("no", "far"), (None, "far")]
)
def test_two_years_paid_by_herself_after_a_cadre_post_leave_both_lines_open(own_years: Raw, standing: str) -> None:
    """By 50 she may retire, by 55 not yet: the counter decides (川劳社发〔2006〕18号)."""
    woman = answers("female", "1975-01-10", post="cadre", insured_as="flexible", own_years=own_years)
    assert FUNCTIONS["pensions.standing"](TODAY, woman) == standing


def test_the_figures() -> None:
    early = answers(way="early", chosen=date(2026, 8, 1))
    expected = {
        "statutory_month": Month(2027, 1),
        "statutory_age": Age(60, 5),
        "earliest_month": Month(2026, 8),
        "soonest_month": Month(2027, 2),
        "latest_month": Month(2030, 1),
        "chosen_month": Month(2026, 8),
        "earlier_by": Months(5),
        "notice_month": Month(2026, 5),
        "needed": Months(180),
        "special_month": Month(2021, 8),
    }
    assert {name: FIGURES[f"pensions.{name}"](TODAY, early) for name in expected} == expected
    woman = answers("female", "1976-06-20", post="unsure")
    assert FIGURES["pensions.month_by_50"](TODAY, woman) == Month(2027, 3)
    assert FIGURES["pensions.month_by_55"](TODAY, woman) == Month(2033, 2)
    assert FIGURES["pensions.statutory_month"](TODAY, woman) is None
    short = answers("male", "1969-09-10", contributed="between", contributed_months=Decimal(183))
    assert FIGURES["pensions.missing"](TODAY, short) == Months(3)
    assert FIGURES["pensions.missing"](TODAY, answers()) is None
    late = answers(way="late", chosen=date(2028, 1, 1))
    assert FIGURES["pensions.notice_month"](TODAY, late) == Month(2026, 12)


@given(
    st.sampled_from(["male", "female", None]), st.none() | days, st.sampled_from(["cadre", "worker", "unsure", None]),
    st.sampled_from(["normal", "early", "late", "special", "illness", None]), st.none() | days,
)  # fmt: skip
def test_any_answers_have_a_result(
    sex: str | None, birthday: date | None, post: str | None, way: str | None, chosen: date | None
) -> None:
    given_: dict[str, Raw] = {"sex": sex, "birthday": birthday, "post": post, "way": way, "chosen": chosen}
    for name, function in [*FUNCTIONS.items(), *FIGURES.items()]:
        if name.startswith("pensions."):
            function(TODAY, given_)
