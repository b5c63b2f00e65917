"""Starting a bundle gives one that works; starting a version keeps the codes already given out."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bundles.casecodes import decode, encode, open_code
from bundles.loading import CATALOGUE, PROVINCE, Catalogue
from bundles.proofs import prove
from bundles.scenarios import check, read_scenarios
from bundles.starting import CannotStart, start_bundle, start_version
from bundles.walks import walk

from .support import EMPTY, TODAY, write

TEXT = """
id: small
title: 小小一件事
version: 1
questions:
  - weather
  - {id: guests, ask: 几位？, type: number, lowest: 1, bands: [{id: few, up_to: 3}, {id: many}]}
  - {id: birthday, ask: 哪天？, type: date, bands: [{id: new, up_to: 1 month}, {id: old}]}
items: [{id: tea, when: {weather: [wet, dry]}}, {id: cake, when: {guests: many, birthday: new}}]
"""
QUESTIONS = "weather: {ask: 天气？, choices: [{id: dry, label: 晴}, {id: wet, label: 雨}, {id: white, label: 雪}]}"
GIVEN: dict[str, object] = {"weather": "wet", "guests": 5, "birthday": date(2026, 11, 1)}


def catalogue_with_the_dictionaries(folder: Path) -> Catalogue:
    for path in CATALOGUE.glob("*.yaml"):
        shutil.copy(path, folder)
    return Catalogue(folder)


def test_a_started_bundle_proves_and_its_scenarios_hold(tmp_path: Path) -> None:
    books = catalogue_with_the_dictionaries(tmp_path)
    folder = start_bundle(books, "moving-house", "搬家一件事", TODAY)
    report = prove(books.bundle("moving-house"), PROVINCE, TODAY, [*books.ids, "moving-house"])
    assert not report.faults, "\n".join(map(str, report.faults))
    scenarios = read_scenarios(folder / "scenarios.yaml")
    assert [check(scenario, Catalogue(tmp_path), "moving-house") for scenario in scenarios] == [[], []]


@pytest.mark.parametrize("id", ["Moving", "../moving", "", "newborn"])
def test_a_bundle_is_not_started_under_an_odd_or_taken_id(tmp_path: Path, id: str) -> None:
    (tmp_path / "newborn").mkdir()
    books = catalogue_with_the_dictionaries(tmp_path)
    with pytest.raises(CannotStart):
        start_bundle(books, id, "搬家", TODAY)


def with_a_new_version(folder: Path) -> Catalogue:
    write(folder, TEXT, EMPTY | {"questions": QUESTIONS})
    assert start_version(Catalogue(folder), "small", "雪天：不再问", TODAY) == 2
    return Catalogue(folder)


def test_a_new_version_says_what_changed(tmp_path: Path) -> None:
    rules = with_a_new_version(tmp_path).bundle("small")
    assert rules.version == 2
    assert [(change.version, change.day, change.tell) for change in rules.changelog] == [(2, TODAY, "雪天：不再问")]
    start_version(Catalogue(tmp_path), "small", "再改", TODAY)
    assert [change.version for change in Catalogue(tmp_path).bundle("small").changelog] == [3, 2]


def test_codes_of_the_old_version_still_open_after_the_shared_question_changed(tmp_path: Path) -> None:
    write(tmp_path / "before", TEXT, EMPTY | {"questions": QUESTIONS})
    before = Catalogue(tmp_path / "before").bundle("small")
    code = encode(before, PROVINCE, walk(before, GIVEN, TODAY).used)
    with_a_new_version(tmp_path / "after")
    changed = QUESTIONS.replace("{id: wet, label: 雨}, ", "").replace("[{id: dry", "[{id: hail, label: 雹}, {id: dry")
    (tmp_path / "after" / "questions.yaml").write_text(changed, encoding="utf-8")
    older = Catalogue(tmp_path / "after").older("small", 1)
    assert older is not None
    assert decode(older, open_code(code)) == {**GIVEN, "guests": Decimal(5)}


def test_a_version_is_kept_once(tmp_path: Path) -> None:
    with_a_new_version(tmp_path)
    file = tmp_path / "small" / "bundle.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("version: 2", "version: 1"), encoding="utf-8")
    with pytest.raises(CannotStart):
        start_version(Catalogue(tmp_path), "small", "又一次", TODAY)
