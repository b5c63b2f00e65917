"""What holds of the catalogue as a whole: one entry for one thing, overlays that differ, links that lead somewhere."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bundles.computing import FIGURES, FUNCTIONS, Raw
from bundles.loading import CATALOGUE, PROVINCE, catalogue
from bundles.model import Bundle, Item, MaterialLine, Note, Question, Stop
from bundles.reading.trees import read_tree_file
from bundles.values import WorkedOut
from bundles.walking.editions import Edition, edition, example
from tests.bundles.support import TODAY, dice

IDS = catalogue().ids
OVERLAYS = [
    pytest.param(path.parent.parent.name, path.stem, id=f"{path.parent.parent.name}-{path.stem}")
    for path in sorted(CATALOGUE.glob("*/regions/*.yaml"))
]
EVERYWHERE = [PROVINCE, "510100", "510100-1", "513301", "513400"]


def test_the_prefectures_and_counties_of_sichuan_are_there() -> None:
    """GB/T 2260 as of 2023-06-30: 21 prefectures, 183 counties; functional areas have numbers of our own."""
    parents = Counter(region.parent for region in catalogue().regions.values() if "-" not in region.code)
    assert parents[PROVINCE] == 21
    assert sum(parents.values()) - parents[None] - parents[PROVINCE] == 183
    areas = [region for region in catalogue().regions.values() if "-" in region.code]
    assert areas
    assert all(region.parent == region.code.partition("-")[0] for region in areas)


def essence(part: Any) -> Any:
    """A model without the places in files."""
    if is_dataclass(part) and not isinstance(part, type):
        return {field.name: essence(getattr(part, field.name)) for field in fields(part) if field.name != "place"}
    if isinstance(part, dict):
        return {key: essence(value) for key, value in part.items()}
    return [essence(entry) for entry in part] if isinstance(part, tuple | list) else part


def told(bundle: Bundle) -> dict[str, Any]:
    whole = {name: getattr(bundle, name) for name in ("questions", "items", "notes", "stops", "params", "joint")}
    return {name: essence(part) for name, part in whole.items()}


@pytest.mark.parametrize(("id", "region"), OVERLAYS)
def test_every_overlay_changes_something(id: str, region: str) -> None:
    around = catalogue().region(region).parent
    assert told(catalogue().bundle(id, region)) != told(catalogue().bundle(id, around))


@pytest.mark.parametrize("id", IDS)
def test_a_county_without_an_overlay_has_what_its_prefecture_has(id: str) -> None:
    for region in catalogue().regions.values():
        if region.parent and not (CATALOGUE / id / "regions" / f"{region.code}.yaml").exists():
            assert catalogue().bundle(id, region.code) is catalogue().bundle(id, region.parent)


# One entry for one thing


def test_a_question_that_several_bundles_ask_has_one_wording_and_one_place() -> None:
    """The same words over quite other choices (要不要一起办？) are another question."""
    own = [(id, question) for id in IDS for question in catalogue().bundle(id).questions if not question.shared]
    twice = [
        (one, other, question.ask)
        for place, (one, question) in enumerate(own)
        for other, again in own[place + 1 :]
        if one != other and question.ask == again.ask and (not question.choices or _labels(question) & _labels(again))
    ]
    assert not twice, "put these into questions.yaml"


def _labels(question: Question) -> set[str]:
    return {choice.label for choice in question.choices}


def test_every_shared_question_is_asked_by_somebody_and_its_choices_keep_their_words() -> None:
    entries = catalogue().entries.questions
    used = Counter(question.id for id in IDS for question in catalogue().bundle(id).questions if question.shared)
    assert set(entries) == set(used)
    for id in IDS:
        for question in catalogue().bundle(id).questions:
            if question.shared:
                entry = entries[question.id]
                labels = {choice["id"]: choice["label"] for choice in entry.get("choices") or ()}
                assert question.ask == entry["ask"]
                assert all(labels.get(choice.id, choice.label) == choice.label for choice in question.choices)


@pytest.mark.parametrize("name", ["items", "materials", "fields", "departments", "persons", "sources"])
def test_every_entry_of_a_dictionary_is_used(name: str) -> None:
    bundles = [catalogue().bundle(id, region) for id in IDS for region in catalogue().overlays(catalogue().file(id))]
    used = {entry for bundle in bundles for entry in _used(bundle, name)}
    if name == "sources":
        used |= {str(entry.get("source")) for entry in catalogue().entries.items.values()}
        used |= _sources_in(catalogue().entries.items)
    known = read_tree_file(CATALOGUE / f"{name}.yaml", [])
    assert not sorted(set(known) - used), f"{name}.yaml has entries that no bundle uses"


@pytest.mark.parametrize("id", IDS)
def test_an_answer_fills_only_boxes_that_the_form_has(id: str) -> None:
    regions = catalogue().overlays(catalogue().file(id))
    bundles = [catalogue().bundle(id, region) for region in regions]
    boxes = {line.id for bundle in bundles for item in bundle.items for line in item.fields}
    assert {field for bundle in bundles for field in bundle.fills} <= boxes


def _used(bundle: Bundle, name: str) -> set[str]:
    match name:
        case "items":
            return {item.id for item in bundle.items}
        case "materials":
            return {line.id for item in bundle.items for line in item.materials}
        case "fields":
            lines = {line.id for item in bundle.items for line in item.fields} | set(bundle.fills)
            entries = bundle.dictionaries.fields
            derived = (entries[id].derived for id in lines if id in entries)
            return lines | {derivation.field for derivation in derived if derivation is not None}
        case "departments":
            return {variant.value for item in bundle.items for variant in item.words.get("department", ())}
        case "persons":
            of = {line.of for item in bundle.items for line in item.materials if line.of}
            return of | {line.person for item in bundle.items for line in item.fields}
        case _:
            return _sources_in(essence(bundle))


def _sources_in(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["source"]} if isinstance(part.get("source"), str) else set()
        return own.union(*(_sources_in(value) for value in part.values())) if part else own
    return set().union(*map(_sources_in, part)) if isinstance(part, list | tuple) else set()


@pytest.mark.parametrize("id", IDS)
def test_no_bundle_repeats_what_a_dictionary_says(id: str) -> None:
    usual = {name: essence(entry) for name, entry in catalogue().entries.items.items()}
    tree = read_tree_file(catalogue().file(id), [])
    for line in tree["items"]:
        if isinstance(line, dict):
            entry = usual.get(line["id"], {})
            assert not [key for key in line if key in entry and key != "confirmed" and line[key] == entry[key]], line[
                "id"
            ]
    shared = catalogue().entries.sources
    again = [name for name in tree.get("sources") or () if name in shared]
    assert not again, "these stand in sources.yaml"


def test_two_entries_never_have_the_same_words() -> None:
    for name, key in (("materials", "name"), ("items", "name"), ("departments", "name")):
        tree = read_tree_file(CATALOGUE / f"{name}.yaml", [])
        words = Counter(str(entry[key] if isinstance(entry, dict) else entry) for entry in tree.values())
        assert not [word for word, times in words.items() if times > 1], name


# Ways on


@pytest.mark.parametrize("id", IDS)
def test_every_stop_says_what_to_do_instead(id: str) -> None:
    assert all(stop.instead for stop in catalogue().bundle(id).stops)


class Watched(dict[str, Raw]):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers: Mapping[str, Raw]) -> None:
        super().__init__(answers)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Raw:
        self.seen.add(name)
        return super().get(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)


@pytest.mark.parametrize("id", IDS)
def test_functions_look_at_nothing_but_what_the_bundle_gives_them(id: str) -> None:
    """An input left out of `of` would count as unanswered, and the result be wrong without a word."""
    bundle, chance = catalogue().bundle(id), dice(id)
    rules = edition(bundle, TODAY)
    functions: list[tuple[WorkedOut, Callable[[date, Mapping[str, Raw]], object]]] = []
    functions += [(entry, FUNCTIONS[entry.by]) for entry in bundle.computed if entry.by]
    functions += [(entry, FIGURES[entry.by]) for entry in bundle.figures.values() if entry.by]
    for entry, function in functions:
        for _draw in range(60):
            drawn = {name: any_answer(rules, bundle.question(name), chance) for name in entry.questions}
            answers = Watched(drawn)
            function(TODAY, answers)
            there = {*bundle.params, *(question.id for question in bundle.questions)}
            assert answers.seen & there <= {name.removeprefix("$") for name in entry.of}, (entry.id, answers.seen)


def any_answer(rules: Edition, question: Question, chance: random.Random) -> Raw:
    if question.choices:
        return chance.choice([*(choice.id for choice in question.choices), None])
    if question.type == "date":
        return chance.choice([None, *(TODAY - timedelta(days=days) for days in (1, 700, 9000, 20_000, 21_000, 22_500))])
    bands = [band for name, band_ids in rules.bands if name == question.id for band in band_ids]
    return chance.choice([None, question.lowest, *(Decimal(str(example(rules, question, band))) for band in bands)])


@pytest.mark.parametrize("id", IDS)
def test_every_worked_out_value_has_words_for_reviewers(id: str) -> None:
    assert all(figure.label for figure in catalogue().bundle(id).figures.values())
    for computed in catalogue().bundle(id).computed:
        assert computed.label
        assert all(computed.labels[result] for result in computed.gives)


@pytest.mark.parametrize("id", IDS)
def test_every_bundle_says_what_happened_and_where_it_belongs(id: str) -> None:
    bundle = catalogue().bundle(id)
    assert bundle.happened
    assert bundle.summary
    assert bundle.theme in catalogue().entries.dictionaries.themes
    assert len(bundle.keywords) >= 5


def test_every_unconfirmed_or_unseen_fact_says_so() -> None:
    """What rests on a source that nobody has seen is never presented as confirmed."""
    for id in IDS:
        bundle = catalogue().bundle(id)
        unseen = {name for name, source in bundle.sources.items() if not source.seen}
        lines = [line for item in bundle.items for line in item.materials]
        told: list[Stop | Note | Item | MaterialLine] = [*bundle.stops, *bundle.notes, *bundle.items, *lines]
        wrong = [entry.id for entry in told if entry.source in unseen and entry.confirmed]
        assert not wrong, (id, wrong)


# 生态环境法典 第一千二百四十二条, in force since 2026-08-15, repealed these among others.
REPEALED = ("环境影响评价法", "水污染防治法", "大气污染防治法")


def test_nothing_rests_on_a_repealed_law_as_if_it_were_in_force() -> None:
    for id in catalogue().ids:
        rules = catalogue().bundle(id)
        titles = [source.title for source in rules.sources.values()]
        bases = [variant.value for item in rules.items for variant in item.words.get("basis", ())]
        articles = [text for text in bases if "住房公积金管理条例》第" in text]
        assert articles == [], f"{id}: amended from 2026-09-20, the new numbers weren't seen"
        named = [text for text in (*titles, *bases) if any(law in text for law in REPEALED)]
        assert [text for text in named if "代替" not in text] == [], id


def test_the_authority_of_an_outfall_is_asked_by_what_an_applicant_holds() -> None:
    assert "环评" in catalogue().bundle("river-outfall").question("authority").ask


@pytest.mark.parametrize(("id", "note", "material"), [
    ("after-death", "abroad-proof", "foreign-death-authentication"),
    ("newborn", "birth-apostille", "foreign-birth-authentication"),
])  # fmt: skip
def test_papers_from_abroad_are_not_all_sent_to_the_embassy(id: str, note: str, material: str) -> None:
    """Since 2023-11-07 those of member states need the 附加证明书; the convention itself nobody has read."""
    bundle = catalogue().bundle(id)
    told = next(one for one in bundle.notes if one.id == note)
    lines = [line for item in bundle.items for line in item.materials if line.id == material]
    assert "附加证明书" in told.tell
    assert "附加证明书" in catalogue().entries.dictionaries.materials[material].name
    assert not told.confirmed
    assert not any(line.confirmed for line in lines)
