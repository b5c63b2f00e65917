"""A bundle in all its regions and days: what is a fault in one of them alone, and what is none."""

from pathlib import Path

from bundles.faults import Fault
from bundles.loading import PROVINCE, Catalogue
from bundles.proving.everywhere import agreed, prove_in, where_found, words_where
from tests.bundles.support import TODAY, write

REGIONS = {"regions": "'510000': {name: 四川省}\n'510100': {name: 成都市, parent: '510000'}"}
RULES = """
id: small
title: 小
questions:
  - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
  - {id: rain, ask: 下雨吗？, type: yesno}
notes: [{id: wet, when: {rain: "yes"}, tell: 带伞}]
items: [{id: tea, when: {place: home}}, {id: milk, when: {place: away}}]
"""


def told(folder: Path, text: str, **files: str) -> dict[Fault, str]:
    """The faults of a bundle, with the words about where they are."""
    file = write(folder, text, REGIONS | files)
    books = Catalogue(folder)
    results = agreed(result for code in books.overlays(file) for result in prove_in(books, file, code, TODAY))
    names = {code: region.name for code, region in books.regions.items()}
    return {fault: words_where(at, PROVINCE, names) for fault, at in where_found(results, TODAY).items()}


def test_what_nobody_reaches_in_one_region_is_no_fault(tmp_path: Path) -> None:
    """In the city nobody is offered what the note is about; elsewhere people are."""
    region = 'questions: {change: {place: {choices: {change: {away: {when: {rain: "yes"}}}}}}}'
    text = RULES.replace("  - {id: place", "  - {id: first, ask: 几？, type: yesno}\n  - {id: place")
    text = text.replace("milk, when: {place: away}", 'milk, when: {place: away, first: "no"}')
    region = region.replace('{rain: "yes"}', '{first: "yes"}')
    assert not told(tmp_path, text, region_510100=region)


def test_what_contradicts_itself_everywhere_is_a_fault(tmp_path: Path) -> None:
    text = RULES.replace('when: {rain: "yes"}', 'when: {rain: "yes", all: [{rain: "no"}]}') + 'joint: {rain: "no"}\n'
    found = told(tmp_path, text, region_510100="notes: {add: [{id: here, tell: 这里, when: {place: home}}]}")
    assert [(fault.code, fault.id, where) for fault, where in found.items()] == [("P01", "wet", "")]


def test_a_fault_that_a_region_needs_names_it(tmp_path: Path) -> None:
    region = "items: {change: {tea: {materials: [cup]}}}\nnotes: {add: [{id: here, tell: 这里, when: {place: hom}}]}"
    found = told(tmp_path, RULES, region_510100=region)
    assert {(fault.code, where) for fault, where in found.items()} == {
        ("L09", "（地区 510100 成都市）"), ("P09", "（地区 510100 成都市）"),
    }  # fmt: skip


def test_a_condition_that_a_region_itself_writes_is_judged_there(tmp_path: Path) -> None:
    region = 'notes: {drop: [wet], add: [{id: wet, tell: 带伞, when: {rain: "yes", all: [{rain: "no"}]}}]}'
    text = RULES + 'joint: {rain: "no"}\n'
    assert {(fault.code, fault.id) for fault in told(tmp_path, text, region_510100=region)} == {("P01", "wet")}
