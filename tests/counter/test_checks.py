"""What was brought: the check code brings it back, belongs to one case, and tells of every slip of the pen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.casecodes import ALPHABET, CodeError, plain
from bundles.checkcodes import STATES, State, decode_check, encode_check
from bundles.loading import catalogue
from guide.cases import OF_THE_COUNTER
from guide.counter.checks import Check, check_of, ticked
from guide.models import LaterRule
from tests.counter.cases import telling_of
from tests.factories import LaterRuleFactory, RegionFactory
from tests.site.cast import MOTHER

CASE = "0TEJ-78XB-091D-K7KS-RSPD-SDBF"
states = st.lists(st.sampled_from(STATES), max_size=40).map(tuple)


@given(states)
def test_a_check_code_brings_back_what_was_checked(told: tuple[State, ...]) -> None:
    code = encode_check(CASE, told)
    assert decode_check(CASE.lower().replace("-", " "), len(told), code.lower()) == told


@given(states, st.data())
def test_every_wrong_character_is_found(told: tuple[State, ...], data: st.DataObject) -> None:
    code = plain(encode_check(CASE, told))
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[place]]))
    with pytest.raises(CodeError):
        decode_check(CASE, len(told), code[:place] + wrong + code[place + 1 :])


@given(states)
def test_another_number_of_materials_is_refused(told: tuple[State, ...]) -> None:
    with pytest.raises(CodeError, match="case"):
        decode_check(CASE, len(told) + 1, encode_check(CASE, told))


def test_another_cases_check_code_is_refused(db: None) -> None:
    mine, other = telling_of("newborn", MOTHER), telling_of("newborn", MOTHER | {"births": "2"})
    with pytest.raises(CodeError, match="case"):
        check_of(other, Check(mine).code)


@pytest.mark.parametrize("id", catalogue().ids)
def test_no_question_is_called_as_what_the_counter_carries(id: str) -> None:
    assert not [question.id for question in catalogue().bundle(id).questions if OF_THE_COUNTER.match(question.id)]


@pytest.fixture
def check(db: None) -> Any:
    telling = telling_of("newborn", MOTHER)

    def made(**ticks: str) -> Check:
        return ticked(telling, ticks)

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


def test_the_notice_names_the_earliest_deadline_that_is_at_stake(check: Any) -> None:
    nothing = check()
    days = [row.deadline_day for row in nothing.telling.applying if row.deadline_day]
    assert nothing.by == min(days)
    everything = check(**{line.name: line.choices[0][0] for line in nothing.lines})
    assert everything.by is None
