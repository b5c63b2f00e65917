"""How long several items take together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.computing import FIGURES, Raw
from bundles.computing.times_taken import at_once, in_turn

TODAY = date(2026, 11, 22)
days = st.lists(st.integers(0, 60))


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
def test_a_restaurant(chain: str, fire_route: str | None, sign: str, together: int, apart: int) -> None:
    answers: dict[str, Raw] = {"chain": chain, "fire_route": fire_route, "sign": sign}
    assert FIGURES["times_taken.restaurant_at_once"](TODAY, answers) == together
    assert FIGURES["times_taken.restaurant_in_turn"](TODAY, answers) == apart


def test_nothing_takes_no_time() -> None:
    assert at_once([]) == in_turn([]) == 0


@given(days)
def test_at_once_is_never_slower(items: list[int]) -> None:
    assert at_once(items) <= in_turn(items)
    assert in_turn(items) <= at_once(items) * len(items)


@given(days, st.integers(0, 60))
def test_a_further_item_never_makes_it_faster(items: list[int], more: int) -> None:
    assert at_once([*items, more]) >= at_once(items)
    assert in_turn([*items, more]) == in_turn(items) + more
