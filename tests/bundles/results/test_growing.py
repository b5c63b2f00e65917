"""What is clear so far is what the notice says so far."""

from itertools import groupby

import pytest

from bundles.loading import Catalogue, catalogue
from bundles.results.growing import known_so_far, materials_so_far
from bundles.results.notices import Notice
from bundles.walking.editions import edition
from bundles.walking.walks import Walk, replay
from tests.bundles.random_bundles import written
from tests.bundles.support import ALLOWANCES, TODAY, dice, fresh_seed
from tests.walking import random_answer

WALKS = 40


def assert_said_alike(walk: Walk) -> None:
    notice = Notice(walk)
    known = known_so_far(walk)
    assert [(entry.item.id, entry.standing) for entry in known] == [(told.id, told.standing) for told in notice.items]
    for entry, told in zip(known, notice.items, strict=True):
        assert entry.name == (told.words["name"].value if "name" in told.words else told.item.usual("name") or told.id)
        if told.standing == "not":
            assert entry.reasons == walk.reasons_by(*told.decided_by)
    asked = [need for need in notice.materials if not need.counter]
    together = groupby(asked, key=lambda need: need.any_of or (need.id, need.of))
    expected = [tuple((need.id, need.of) for need in needs) for _paper, needs in together]
    assert list(materials_so_far(known)) == expected


@pytest.mark.parametrize("id", catalogue().ids)
def test_at_every_step_of_random_walks_it_is_what_the_notice_says(id: str) -> None:
    chance = dice(fresh_seed("put {} here"))
    regions = [None, *(code for code in Catalogue().overlays(catalogue().file(id)))]
    for _walk in range(WALKS):
        rules = edition(catalogue().bundle(id, chance.choice(regions)), TODAY)
        walk = replay(rules, {})
        assert_said_alike(walk)
        while walk.question is not None:
            walk = replay(rules, {**walk.given, walk.question.id: random_answer(walk, chance)})
            assert_said_alike(walk)


def test_where_one_of_several_is_enough_too() -> None:
    chance = dice(fresh_seed("put {} here"))
    rules = edition(catalogue().open(ALLOWANCES), TODAY)
    for _walk in range(WALKS):
        walk = replay(rules, {})
        while walk.question is not None:
            walk = replay(rules, {**walk.given, walk.question.id: random_answer(walk, chance)})
            assert_said_alike(walk)


def test_in_random_bundles_too() -> None:
    first = fresh_seed("put {} here")
    for seed in range(first, first + 6):
        chance = dice(seed)
        rules = edition(written(seed)[1], TODAY)
        for _walk in range(20):
            walk = replay(rules, {})
            while walk.question is not None:
                walk = replay(rules, {**walk.given, walk.question.id: random_answer(walk, chance)})
                assert_said_alike(walk)
