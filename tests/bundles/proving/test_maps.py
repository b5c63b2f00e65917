"""The map of a bundle: its counts are those of the walks themselves."""

from collections import Counter
from itertools import product

import pytest

from bundles.loading import catalogue
from bundles.model import NONE
from bundles.proving.maps import FINISHED, STOPPED, BundleMap
from bundles.walking.walks import Walk, walk
from tests.bundles.support import TODAY, bundle, given

RULES = """
questions:
  - {id: place, ask: ？, choices: [{id: home, label: 家}, {id: road, label: 路}, {id: away, label: 外}]}
  - {id: wants, ask: ？, type: many, choices: [{id: card, label: 卡}, {id: book, label: 本, when: {place: road}}]}
  - {id: rain, ask: ？, type: yesno, when: {not: {wants: card}}}
stops: [{id: far, tell: 远, when: {place: away}}]
items: [{id: tea, when: {wants: card}}, {id: milk, when: {wants: book}}, {id: coat, when: {rain: "yes"}}]
"""


def every_walk() -> list[Walk]:
    """Every different walk, found by trying all answers."""
    rules = bundle(RULES)
    wants = (["card"], ["book"], ["card", "book"], NONE)
    found: dict[str, Walk] = {}
    for place, picked, rain in product(("home", "road", "away"), wants, ("yes", "no")):
        walked = walk(rules, {"place": place, "wants": picked, "rain": rain}, TODAY)
        if walked.status != "asking":
            found[str(walked.used)] = walked
    return list(found.values())


def test_the_counts_are_those_of_all_walks() -> None:
    walks = every_walk()
    drawn = BundleMap(given(bundle(RULES)).walk)
    assert drawn.walks == len(walks)
    for station in drawn.stations:
        id = station.question.id
        assert station.walks == sum(id in walked.asked for walked in walks)
        for passage in station.passages:
            through = [walked for walked in walks if id in walked.asked and took(walked, id, passage.value)]
            assert passage.walks == len(through), (id, passage.value)
            assert passage.leads_to == Counter(follows(walked, id) for walked in through)


def took(walked: Walk, question: str, value: str) -> bool:
    answer = walked.used[question]
    return (value in answer if answer else value == NONE) if isinstance(answer, frozenset) else answer == value


def follows(walked: Walk, question: str) -> str:
    later = walked.asked[walked.asked.index(question) + 1 :]
    return later[0] if later else STOPPED if walked.status == "stopped" else FINISHED


def test_a_map_may_begin_in_the_middle() -> None:
    drawn = BundleMap(given(bundle(RULES), place="home").walk)
    assert [station.question.id for station in drawn.stations] == ["wants", "rain"]
    assert drawn.walks == 3


def test_at_the_end_there_is_nothing_left_to_draw() -> None:
    assert BundleMap(given(bundle(RULES), place="away").walk).stations == ()


@pytest.mark.parametrize("id", catalogue().ids)
def test_every_answer_of_a_catalogue_bundle_can_be_opened(id: str) -> None:
    rules = catalogue().bundle(id)
    drawn = BundleMap(walk(rules, {}, TODAY))
    assert drawn.stations
    for station in drawn.stations:
        for passage in station.passages:
            assert passage.walks
            assert sum(passage.leads_to.values()) == passage.walks
            assert passage.answers is not None, (station.question.id, passage.value)
            assert station.question.id in passage.answers
