"""A fact is said until a day: after it nobody relies on it, and everybody hears up to which day it was said."""

from datetime import date, timedelta
from typing import Any

import pytest

from bundles.facts import changes_after, facts_of, in_force
from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.proving.gaps import ending
from bundles.walking.walks import walk
from tests.bundles.support import bundle

LAST = date(2026, 12, 31)
RULES = """
    params: {cap: {value: 900, until: 2026-12-31}}
    questions:
      - {id: place, ask: 在哪？, choices: [{id: home, label: 家}, {id: away, label: 外面}]}
      - id: income
        ask: 收入？
        type: number
        highest: 5000
        when: {confirmed: cap}
        bands: [{id: low, up_to: $cap}, {id: high}]
    tables: {rate: {by: place, unit: yuan, cells: {home: 1, away: 2}, until: 2026-12-31}}
    figures: {sum: {of: rate, unit: yuan, until: 2026-12-31}}
    stops: [{id: far, when: {income: high}, tell: 不办, until: 2026-12-31}]
    notes: [{id: hint, tell: "补{sum}", when: {place: home}, until: 2026-12-31}]
    one_of: {only: {of: [tea, milk], until: 2026-12-31}}
    items:
      - id: tea
        when: {place: home}
        until: 2026-12-31
        fee: {value: 不收钱, until: 2026-12-31}
        deadline: {by: 2027-01-01, until: 2026-12-31}
        materials:
          - id: card
            copies: {count: 2, until: 2026-12-31}
            waived_by: {by: data-check, until: 2026-12-31}
            until: 2026-12-31
        notes: [{id: own, tell: 带伞, until: 2026-12-31}]
      - {id: milk, may_when: {place: away}}
"""
KINDS = {
    "ParamValue": 1, "Cells": 1, "FigureEntry": 1, "Stop": 1, "Note": 2, "OneOf": 1, "Item": 1, "Variant": 4,
    "MaterialLine": 1,
}  # fmt: skip


def ended(rules: Bundle) -> list[Any]:
    """The facts that end, in a list of their kinds."""
    return [fact for fact in facts_of(rules) if fact.until]


def test_every_kind_of_fact_may_end() -> None:
    kinds = [type(fact).__name__ for fact in ended(bundle(RULES))]
    assert {kind: kinds.count(kind) for kind in kinds} == KINDS


@pytest.mark.parametrize("day", [LAST, LAST + timedelta(days=1)])
def test_it_is_confirmed_up_to_its_day_and_no_longer(day: date) -> None:
    facts = ended(in_force(bundle(RULES), day))
    assert {fact.confirmed for fact in facts} == {day <= LAST}


def test_conditions_that_ask_for_a_confirmed_value_follow() -> None:
    rules = bundle(RULES)
    assert walk(rules, {"place": "home"}, LAST).question is not None
    assert walk(rules, {"place": "home"}, LAST + timedelta(days=1)).question is None


def test_what_nobody_limited_stays_as_it_is() -> None:
    rules = bundle(RULES.replace(", until: 2026-12-31", "").replace("until: 2026-12-31", ""))
    assert in_force(rules, date(2099, 1, 1)) is rules
    assert changes_after(rules, LAST) == ()


def test_its_end_is_a_day_on_which_an_offline_page_must_look_again() -> None:
    assert changes_after(bundle(RULES), date(2026, 11, 30)) == (date(2027, 1, 1),)


@pytest.mark.parametrize(("today", "said"), [
    (date(2026, 9, 30), None), (date(2026, 10, 1), "快到了"), (LAST, "快到了"), (date(2027, 1, 1), "已经过了"),
])  # fmt: skip
def test_editors_hear_of_it_three_months_ahead(today: date, said: str | None) -> None:
    remarks = list(ending({"510000": bundle(RULES)}, today))
    assert bool(remarks) == (said is not None)
    assert all(remark.code == "R05" and said in remark.message for remark in remarks if said)


def test_the_catalogue_says_until_when_its_yearly_words_hold() -> None:
    books = catalogue()
    assert any(fact.until for id in books.ids for fact in facts_of(books.bundle(id)))
