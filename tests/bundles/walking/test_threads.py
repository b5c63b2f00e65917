"""Several visitors at once are the first after a start: what is worked out for one is there for all, and the same."""

import time

import pytest

from bundles.loading import catalogue
from bundles.walking import navigation, walks
from bundles.walking.compiling import Program, compile_bundle
from bundles.walking.editions import Edition, edition
from bundles.walking.navigation import Navigation, Sides, State
from bundles.walking.walks import navigation_of, replay
from tests.bundles.support import TODAY
from tests.threads import at_once

RULES = edition(catalogue().bundle("newborn"), TODAY)


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_navigations", {})


def test_rules_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def compiling(rules: Edition) -> Program:
        compiled.append(rules)
        return compile_bundle(rules)

    monkeypatch.setattr(walks, "compile_bundle", compiling)
    assert len(set(map(id, at_once(lambda: navigation_of(RULES))))) == 1
    assert compiled == [RULES]


def test_the_ways_on_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    count = Navigation._explore

    def counting(navigation: Navigation) -> None:
        counted.append(navigation)
        count(navigation)

    monkeypatch.setattr(Navigation, "_explore", counting)
    first, *others = at_once(lambda: replay(RULES, {}).remaining)
    assert others == [first] * len(others)
    assert len(counted) == 1


def test_a_place_is_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two, one would never learn how many questions can follow."""
    found = navigation_of(RULES)
    asked = found.page(found.start)
    assert asked is not None
    values = found.values(asked, frozenset(found.offered(found.start, asked)[:1]))

    def slow(nodes: frozenset[int], sides: Sides, active: int) -> State:
        time.sleep(0.01)  # so that all come
        return State(nodes, sides, active)

    monkeypatch.setattr(navigation, "State", slow)
    assert len(set(map(id, at_once(lambda: found.move(found.start, values))))) == 1
