"""What was brought: the check code brings it back, belongs to one case, and tells of every slip of the pen."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from bundles.loading import catalogue
from bundles.results.case_codes import ALPHABET, CodeError, plain
from bundles.results.check_codes import STATES, Checked, decode_check, encode_check
from bundles.walking.editions import edition
from bundles.walking.walks import replay
from guide.cases.bundles import open_bundle
from guide.cases.case import Case
from guide.counter.brought import Check, check_of, ticked
from guide.models import LaterRule
from guide.notice.rows import Telling
from tests.bundles.support import dice
from tests.factories import LaterRuleFactory, RegionFactory
from tests.guide.cast import MOTHER
from tests.guide.counter.cases import TODAY, telling_of
from tests.walking import random_answer

CASE = "0TEJ-78XB-091D-K7KS-RSPD-SDBF"
checks = st.builds(
    Checked,
    st.lists(st.sampled_from(STATES), max_size=40).map(tuple),
    st.lists(st.booleans(), max_size=8).map(tuple),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
)


@given(checks)
def test_a_check_code_brings_back_what_was_checked(told: Checked) -> None:
    code = encode_check(CASE, told)
    assert decode_check(CASE, len(told.states), len(told.taken), code.lower().replace("-", " ")) == told


@given(checks, st.data())
def test_every_wrong_character_is_found(told: Checked, data: st.DataObject) -> None:
    code = plain(encode_check(CASE, told))
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[place]]))
    with pytest.raises(CodeError):
        decode_check(CASE, len(told.states), len(told.taken), code[:place] + wrong + code[place + 1 :])


@given(checks)
def test_another_list_or_case_is_refused(told: Checked) -> None:
    for case, more, items in ((CASE, 1, 0), (CASE, 0, 1), (f"{CASE} and more", 0, 0)):
        with pytest.raises(CodeError, match="case"):
            decode_check(case, len(told.states) + more, len(told.taken) + items, encode_check(CASE, told))


def test_another_cases_check_code_is_refused(db: None) -> None:
    mine, other = telling_of("newborn", MOTHER), telling_of("newborn", MOTHER | {"births": "2"})
    with pytest.raises(CodeError, match="case"):
        check_of(other, Check(mine).code)


@pytest.fixture
def check(db: None) -> Any:
    telling = telling_of("newborn", MOTHER)

    def made(**ticks: str) -> Check:
        return ticked(telling, QueryDict(urlencode(ticks)), Check(telling))

    return made


def test_what_was_not_brought_is_missing_at_once_and_whole(check: Any) -> None:
    nothing = check()
    assert len(nothing.missing) == len([need for need in nothing.needs if not need.counter])
    everything = check(**{line.name: line.choices[0][0] for line in nothing.lines})
    assert everything.missing == []


def test_half_of_a_material_leaves_the_other_half_missing(check: Any) -> None:
    line = next(line for line in check().lines if ("original", "只带了原件") in line.choices)
    told = check(**{line.name: "original"}).lines[int(line.name[1:]) - 1]
    assert "复印件" in told.missing
    assert "原件" not in told.missing


def test_only_what_makes_sense_counts(check: Any) -> None:
    """A material that nobody may hand in later is missing, whatever the address says."""
    line = check().lines[0]
    assert check(**{line.name: "later"}).lines[0].missing
    assert check(**{line.name: "nonsense"}).lines[0].missing


def test_what_the_region_lets_in_later_is_not_missing(check: Any) -> None:
    LaterRuleFactory.create(region=RegionFactory.create(code="513300"), material="household-register", days=20)
    LaterRuleFactory.create(region=RegionFactory.create(code="513301"), material="household-register", days=5)
    line = next(line for line in check().lines if line.id == "household-register")
    told = next(told for told in check(**{line.name: "later"}).lines if told.name == line.name)
    assert told.missing == ""
    assert told.later == LaterRule.objects.get(days=5)  # its own list before the prefecture's


def test_a_deadline_that_is_at_stake_is_named_as_long_as_it_runs(check: Any) -> None:
    nothing = check()
    day = nothing.by
    assert day is not None
    assert day >= TODAY
    assert not nothing.overdue
    everything = check(**{line.name: line.choices[0][0] for line in nothing.lines})
    assert (everything.by, everything.overdue) == (None, False)


def test_a_deadline_that_has_passed_is_said_and_never_set(db: None) -> None:
    late = Check(telling_of("newborn", MOTHER | {"birth_date": "2026-09-01", "certificate": "not_yet"}))
    assert late.overdue
    assert late.by is None or late.by >= TODAY


def test_what_the_clerk_takes_in_is_missing_like_all_else(db: None) -> None:
    telling = next(
        telling for telling in (Telling(case.walk, case.region) for case in cases_with_the_counters_items())
        if any(need.counter for need in telling.notice.materials)
    )  # fmt: skip
    undecided = Check(telling)
    brought = {line.name: line.choices[0][0] for line in undecided.lines if line.asked}
    before = ticked(telling, QueryDict(urlencode(brought)), undecided)
    assert before.missing == []
    assert before.undecided
    taken = ticked(telling, QueryDict(urlencode({**brought, "also": undecided.counter}, doseq=True)), undecided)
    assert [line.name for line in taken.missing] == [line.name for line in before.undecided]
    assert taken.undecided == []
    assert check_of(telling, taken.code).taken == frozenset(undecided.counter)


def test_only_what_nobody_has_to_decide_is_plain(db: None) -> None:
    """What "all was brought" ticks: nothing of an item that the counter decides, nothing that may be waived here."""
    for case in cases_with_the_counters_items():
        told = Check(Telling(case.walk, case.region))
        for line, need in zip(told.lines, told.needs, strict=True):
            assert not (line.plain and need.counter)
            assert not (line.plain and "replaced" in dict(line.choices) and not need.confirmed)


def cases_with_the_counters_items() -> Iterator[Case]:
    """Finished cases of every bundle in which something is up to the counter."""
    for id in catalogue().ids:
        bundle, region = open_bundle(id, "513301")
        rules = edition(bundle, TODAY)
        for seed in range(40):
            chance, walk = dice((id, seed)), replay(rules, {})
            while walk.question is not None:
                walk = replay(rules, {**walk.used, walk.question.id: random_answer(walk, chance)})
            if walk.status == "finished" and Telling(walk, region).counter:
                yield Case(rules.bundle, region, rules, dict(walk.used), [], {}, "counter-")


def test_days_for_handing_in_later_run_from_the_first_check(check: Any) -> None:
    LaterRuleFactory.create(region=RegionFactory.create(code="513301"), days=5)
    telling = telling_of("newborn", MOTHER)
    first = Checked(Check(telling).checked.states, Check(telling).checked.taken, TODAY - timedelta(days=3))
    name = next(line.name for line in Check(telling).lines if line.id == "household-register")
    again = ticked(telling, QueryDict(urlencode({name: "later"})), Check(telling, first))
    line = next(line for line in again.lines if line.name == name)
    assert again.later_by(line) == TODAY + timedelta(days=2)


def test_what_is_made_here_is_never_found_electronically(check: Any) -> None:
    made_here = [line for line, need in zip(check().lines, check().needs, strict=True) if need.waived_by == "made-here"]
    assert made_here
    assert not [line for line in made_here if "replaced" in dict(line.choices)]
