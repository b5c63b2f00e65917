"""Figures that the catalogue's bundles work out by amounts, with the law's numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bundles.computing import Money
from bundles.loading import catalogue
from bundles.walking.editions import edition
from bundles.walking.working_out import PlainCounting, figure_of
from tests.bundles.support import TODAY, bundle, given

NOVEMBER = date(2026, 11, 1)


def figure(bundle: str, name: str, **answers: Any) -> Any:
    rules = edition(catalogue().bundle(bundle), TODAY)
    given = {question.id: answers.get(question.id) for question in rules.bundle.questions}
    known = {id: answer for id, answer in given.items() if answer is not None}
    return figure_of(rules, rules.bundle.figures[name], given, PlainCounting(rules, known))


@pytest.mark.parametrize(
    ("bundle", "name", "question", "start", "day"),
    [
        ("business-closure", "public_until", "announced_on", NOVEMBER, date(2026, 11, 21)),
        ("business-closure", "apply_until", "announced_on", NOVEMBER, date(2026, 12, 11)),
        ("business-closure", "creditors_until", "liquidators_on", NOVEMBER, date(2026, 12, 31)),
        ("business-closure", "claims_until", "notice_on", NOVEMBER, date(2026, 12, 16)),
        ("disability-support", "speech_day", "birthday", date(2024, 5, 22), date(2027, 5, 22)),
        ("disability-support", "speech_day", "birthday", date(2024, 2, 29), date(2027, 2, 28)),
        ("disability-support", "mental_day", "birthday", date(2025, 1, 31), date(2027, 1, 31)),
        ("disability-support", "reapply_day", "cancelled_on", date(2026, 3, 1), date(2027, 3, 1)),
        ("marriage-childbearing", "man_from", "man_birthday", date(2004, 12, 22), date(2026, 12, 22)),
        ("marriage-childbearing", "man_from", "man_birthday", date(2004, 2, 29), date(2026, 2, 28)),
        ("marriage-childbearing", "woman_from", "woman_birthday", date(2006, 11, 23), date(2026, 11, 23)),
    ],
)
def test_a_day_some_time_after_another(bundle: str, name: str, question: str, start: date, day: date) -> None:
    assert figure(bundle, name, **{question: start}) == day
    assert figure(bundle, name) is None


@pytest.mark.parametrize(
    ("chain", "fire_route", "sign", "together", "apart"),
    [
        ("single", "pledge", "mall", 10, 11),  # licence ten days, fire pledge one
        ("single", "inspect", "mall", 13, 23),  # the fire check takes ten days and three
        ("single", None, "plain", 10, 15),
        ("direct", None, "plain", 5, 5),  # the licence of a pledged branch comes on the spot
        ("direct", "inspect", "plain", 13, 18),
        ("direct", None, "advertising", 0, 0),
    ],
)
def test_how_long_a_restaurant_takes(chain: str, fire_route: str | None, sign: str, together: int, apart: int) -> None:
    answers = {"chain": chain, "fire_route": fire_route, "sign": sign}
    assert figure("restaurant-opening", "at_once", **answers) == together
    assert figure("restaurant-opening", "in_turn", **answers) == apart


def test_the_case_that_counts_is_known_wherever_the_figure_is_told() -> None:
    """Whether the first case holds is open while `q2` isn't asked; but where the text is told it does either way."""
    rules = bundle("""
    questions:
      - {id: place, ask: ？, choices: [{id: home, label: 家里}, {id: away, label: 外面}]}
      - {id: q2, ask: ？, choices: [{id: a, label: 甲}, {id: b, label: 乙}]}
      - {id: wants, ask: ？, type: many, choices: [{id: card, label: 卡}, {id: cash, label: 钱}]}
    figures: {sum: {unit: yuan, cases: [{when: {any: [{wants: [card, none]}, {q2: a}]}, of: 5}, {of: 7}]}}
    items: [{id: tea, when: {place: [home, away]}, fee: [{value: "{sum}", when: {not: {wants: cash}}}, 另收]}]
    """)
    applicant = given(rules, wants=[], place="home")
    applicant.skips("q2")
    assert applicant.walk.status == "finished"
    assert applicant.walk.figure("sum") == Money(Decimal(5))
