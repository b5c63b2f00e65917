"""A walk as JSON: the shape that the command line and the API promise."""

import json

from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.results.outcomes import batch
from tests.bundles.support import TODAY, bundle, given

KEYS = [
    "bundle", "version", "region", "language", "state", "question", "asked", "remaining", "ignored", "items",
    "visits", "materials", "fields", "stops", "notes", "joint", "savings", "code",
]  # fmt: skip


def rules() -> Bundle:
    return bundle("""
        questions:
          - id: place
            ask: 在哪里？
            choices: [{id: home, label: 家里}, {id: road, label: 路上}, {id: away, label: 外面}]
          - {id: born, ask: 哪天？, type: date, bands: [{id: new, up_to: 1 month}, {id: old}]}
          - {id: babies, ask: 几个？, type: number}
        stops: [{id: far, tell: 太远, when: {place: away}}]
        notes: [{id: late, tell: 晚了, when: {born: old}}]
        items:
          - id: tea
            when: {place: home}
            may_when: {place: road}
            deadline: {within: 1 month, from: born}
            materials: [{id: card, of: child, when: {born: new}}]
            fields: [child.name, child.place]
          - {id: milk, when: {born: old}}
        fills: {child.place: place}
        repeat: {child: babies}
    """)


def test_a_walk_that_is_asking() -> None:
    told = given(rules(), place="home").outcome
    assert list(told) == KEYS
    assert (told["state"], told["asked"], told["remaining"], told["code"]) == ("asking", ["place"], [2, 2], None)
    assert told["question"] == {"id": "born", "type": "date", "ask": "哪天？"}
    assert told["items"] == [
        {"id": "tea", "standing": "applies", "because": ["place"]},
        {"id": "milk", "standing": "open", "because": []},
    ]
    assert told["joint"] is True


def test_a_question_with_choices_lists_those_offered() -> None:
    question = given(rules()).outcome["question"]
    assert question == {
        "id": "place", "type": "choice", "ask": "在哪里？",
        "choices": [{"id": "home", "label": "家里"}, {"id": "road", "label": "路上"}, {"id": "away", "label": "外面"}],
    }  # fmt: skip


def test_a_walk_that_is_finished() -> None:
    told = given(rules(), place="home", born="2026-11-12", babies=2).outcome
    assert (told["state"], told["question"], told["remaining"], told["stops"]) == ("finished", None, [0, 0], [])
    assert told["items"] == [
        {"id": "tea", "standing": "applies", "because": ["place"], "deadline": "2026-12-14"},
        {"id": "milk", "standing": "not", "because": ["born"]},
    ]
    assert told["visits"] == [{"place": "", "items": ["tea"]}]
    assert told["materials"] == [
        {"id": "card", "of": "child", "originals": 1, "copies": 0, "for": ["tea"], "group": "own", "at": [1]}
    ]
    assert told["fields"] == [
        {"id": "child.name", "for": ["tea"], "value": None, "repeat": 2},
        {"id": "child.place", "for": ["tea"], "value": "家里", "repeat": 2},
    ]
    assert told["savings"] == {"visits": [1, 1], "forms": [1, 1], "materials": [1, 1], "fields": [2, 2]}
    assert isinstance(told["code"], str)


def test_an_item_for_the_counter_says_so_on_its_materials_and_fields() -> None:
    told = given(rules(), place="road", born="2026-11-12", babies=1).outcome
    assert told["materials"] == [
        {
            "id": "card",
            "of": "child",
            "originals": 1,
            "copies": 0,
            "for": ["tea"],
            "group": "own",
            "at": [],
            "standing": "counter",
        }
    ]
    assert json.loads(json.dumps(told["fields"]))[0]["standing"] == "counter"


def test_a_walk_that_is_stopped_tells_the_stop_alone() -> None:
    told = given(rules(), place="away", born="2026-11-12").outcome
    assert (told["state"], told["stops"]) == ("stopped", [{"id": "far", "tell": "太远"}])
    assert (told["items"], told["materials"], told["fields"], told["notes"], told["joint"]) == ([], [], [], [], None)
    assert told["ignored"] == ["born"]
    assert told["code"]


def test_it_is_json() -> None:
    told = given(rules(), place="home", born="2026-11-12", babies=2).outcome
    assert json.loads(json.dumps(told)) == told


def test_a_batch_goes_on_after_bad_lines() -> None:
    lines = [
        '{"answers": {"birth_place": "hospital"}, "region": "510100", "today": "2026-11-22"}',
        "{",
        '{"answers": {"tea": "green"}}',
        '{"answers": {"birth_place": "moon"}}',
        '{"answers": {}, "region": "999999"}',
        '{"answers": {}, "today": "soon"}',
        '{"answers": []}',
        '{"colour": 1}',
        "[]",
        "3",
        "[" * 100_000,
        "",
        '{"answers": {"births": 1e400000000, "birth_date": ["2026-11-01"]}}',
        "{}",
    ]
    told = list(batch(lines, lambda region: catalogue().bundle("newborn", region), TODAY))
    assert ["error" in line for line in told] == [False, *[True] * 11, False]
    assert (told[0]["region"], told[-1]["region"]) == ("510100", "510000")
    assert "999999" in told[4]["error"]
    assert all(line["error"] for line in told[1:-1])
