"""From place to place: each errand after what it waits for, in as few visits as can be, the most urgent first."""

from collections.abc import Mapping
from datetime import date
from itertools import permutations

import pytest

from bundles.loading import catalogue
from bundles.proving.scenarios import play, read_scenarios
from bundles.results.notices import Notice
from bundles.results.visits import Errand, Visit, in_rounds, visits_of
from tests.bundles.support import bundle, dice, given

LATE = date.max
RULES = """
    dictionary:
      places:
        hall: {name: 大厅}
        home: {name: 家里, trip: false}
        after: {name: 自动, trip: false, follows: true}
      departments: {water: {name: 水利}}
    questions:
      - {id: born, ask: 哪天？, type: date}
    items:
      - {id: tea, name: 泡茶, at: hall, after: [milk]}
      - {id: milk, name: 热奶, at: home}
      - {id: salt, name: 加盐, at: hall}
      - {id: cup, name: 洗杯, at: after, after: [tea]}
      - {id: well, name: 打水, department: water, deadline: {within: 30 days, from: born}}
"""


def drawn(seed: object) -> dict[str, Errand]:
    chance = dice(seed)
    names = [f"e{number}" for number in range(chance.randint(1, 6))]
    return {
        name: Errand(
            chance.choice("abc"),
            frozenset(before for before in names[:number] if chance.random() < 0.3),
            (chance.choice([LATE, date(2026, 12, chance.randint(1, 28))]), number),
        )
        for number, name in enumerate(names)
    }


def fewest(errands: Mapping[str, Errand]) -> int:
    """The fewest visits of any order that does each errand after what it waits for."""
    counts = []
    for order in permutations(errands):
        if all(errands[name].after <= set(order[:turn]) for turn, name in enumerate(order)):
            places = [errands[name].place for name in order]
            counts.append(sum(place != before for place, before in zip(places, ["", *places], strict=False)))
    return min(counts)


@pytest.mark.parametrize("seed", range(120))
def test_no_other_order_has_fewer_visits(seed: int) -> None:
    errands = drawn(f"visits {seed}")
    rounds = in_rounds(errands)
    done: set[str] = set()
    for names in rounds:
        assert len({errands[name].place for name in names}) == 1
        for name in names:
            assert errands[name].after <= done
            done.add(name)
    assert done == errands.keys()
    assert sum(map(len, rounds)) == len(errands)
    assert len(rounds) == fewest(errands)


def test_of_equally_few_visits_the_most_urgent_place_comes_first() -> None:
    soon, late = date(2026, 12, 1), date(2026, 12, 9)
    errands = {"a": Errand("x", frozenset(), (late, 0)), "b": Errand("y", frozenset(), (soon, 1))}
    assert in_rounds(errands) == (("b",), ("a",))


def told(visits: tuple[Visit, ...]) -> list[tuple[str, bool, list[str]]]:
    return [(visit.place or visit.department, visit.trip, [one.id for one in visit.items]) for visit in visits]


def test_items_stand_at_their_places_and_what_follows_with_what_it_waits_for() -> None:
    found = visits_of(given(bundle(RULES), born="2026-11-20").notice)
    assert told(found) == [
        ("water", True, ["well"]), ("home", False, ["milk"]), ("hall", True, ["tea", "salt", "cup"]),
    ]  # fmt: skip


@pytest.mark.parametrize("id", catalogue().ids)
def test_every_item_of_a_scenario_stands_at_one_place_after_what_it_waits_for(id: str) -> None:
    places = catalogue().bundle(id).dictionaries.places
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        notice = Notice(play(scenario, catalogue(), id))
        visits = visits_of(notice)
        turns = {one.id: turn for turn, visit in enumerate(visits) for one in visit.items}
        assert turns.keys() == {one.id for one in notice.applying}
        assert len(turns) == sum(len(visit.items) for visit in visits)
        for visit in visits:
            assert visit.place in places or visit.department
            for one in visit.items:
                assert all(turns[before] <= turns[one.id] for before in one.item.after if before in turns)
