"""Random bundles hold what the design promises: exact, minimal, honest about what is still to come."""

import pytest

from bundles.walking.editions import edition
from bundles.walking.walks import navigation_of
from tests.bundles.random_bundles import check
from tests.bundles.support import TODAY, bundle, fresh_seed, given


@pytest.mark.parametrize("part", range(4))
def test_random_bundles_are_exact_and_minimal(part: int) -> None:
    first = fresh_seed("python -m tests.bundles.random_bundles {} 12")
    assert any(check(seed) for seed in range(first, first + 12))


def test_bundles_too_large_to_merge_are_just_as_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bundles.walking.diagrams.MOST_MERGES", 0)
    first = fresh_seed("put {} here")
    assert any(check(seed) for seed in range(first, first + 6))


def test_bundles_too_large_to_count_have_safe_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = bundle("""
        questions:
          - {id: rain, ask: ？, type: yesno}
          - {id: wind, ask: ？, type: yesno}
        items: [{id: tea, when: {rain: yes, wind: yes}}]
    """)
    monkeypatch.setattr("bundles.walking.navigation.MOST_STATES", 0)
    assert given(rules).walk.remaining == (1, 2)
    assert given(rules, rain="yes").walk.remaining == (1, 1)
    assert given(rules, rain="no").walk.remaining == (0, 0)
    assert navigation_of(edition(rules, TODAY)).too_large
