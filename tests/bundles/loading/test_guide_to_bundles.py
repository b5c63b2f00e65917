"""What the guide to bundles shows loads as it is written."""

import re
from pathlib import Path

import pytest

from bundles.loading import CATALOGUE, Catalogue
from bundles.proving.scenarios import read_scenarios
from tests.bundles.support import EMPTY, bundle, write

BLOCKS = re.findall(r"```yaml\n(.*?)```", (CATALOGUE / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
PEOPLE, AMOUNTS, TABLES, PAPERS, REGION, CASES = BLOCKS
AROUND = """
id: small
title: 小小一件事
sources: {example: {title: 例子}}
params: {income_cap: {value: 2700}, villages_too: {value: 1, confirmed: false}}
questions:
  - {id: members, ask: 几口人？, type: number, lowest: 1, highest: 12, bands: [{id: one, up_to: 1}, {id: few}]}
  - {id: income, ask: 收入？, type: number, highest: 200000}
  - {id: rent, ask: 房租？, type: number, highest: 50000}
  - {id: born, ask: 哪天生？, type: date}
  - {id: home_age, ask: 房龄？, type: number, bands: [{id: fits, up_to: 20}, {id: old}]}
  - id: place
    ask: 在哪里？
    choices: [{id: centre, label: 市区}, {id: county, label: 县城}, {id: village, label: 村里}]
  - {id: level, ask: 几级？, choices: [{id: one, label: 一级}, {id: two, label: 二级}]}
  - {id: hardships, ask: 哪些？, type: many, choices: [{id: disabled, label: 残疾}, {id: elder, label: 老人}]}
items:
  - {id: tea, when: {band: low}, may_when: {band: unknown}}
notes:
  - {id: sum, tell: "{each}，{share}，{monthly}，{until}"}
"""


@pytest.fixture
def books(tmp_path: Path) -> Catalogue:
    write(tmp_path, AROUND + AMOUNTS + TABLES, EMPTY | {"region_510000": REGION})
    return Catalogue(tmp_path)


def test_amounts_and_tables_load(books: Catalogue) -> None:
    rules = books.open(books.file("small"))
    assert list(rules.figures) == ["each", "share", "monthly", "until"]
    assert {name: len(table.states) for name, table in rules.tables.items()} == {"rent_standard": 1, "allowance": 2}


def test_a_table_of_people_loads() -> None:
    rules = bundle(f"""
id: small
title: 小小一件事
{PEOPLE}
dictionary: {{fields: {{family.income: {{label: 收入, type: money}}}}}}
items: [{{id: tea, when: {{people: few, has_ill: "yes"}}, fields: [family.income]}}]
""")
    (table,) = rules.members
    assert table.questions == ("people", "adults", "earned", "has_ill", "youngest")
    assert (table.row, table.most, table.person) == ("家人", 12, "family")


def test_one_of_any_of_and_groups_load() -> None:
    rules = bundle(f"""
id: small
title: 小小一件事
sources: {{example: {{title: 例子}}}}
questions:
  - {{id: alone, ask: 一个人？, type: yesno}}
  - {{id: poor, ask: 困难？, choices: [{{id: "yes", label: 是}}, {{id: unsure, label: 不知}}, {{id: "no", label: 不}}]}}
  - {{id: receiving, ask: 领着？, choices: [{{id: care, label: 护理费}}, {{id: nothing, label: 没有}}]}}
  - {{id: home, ask: 住处？, choices: [{{id: rented, label: 租的}}, {{id: owned, label: 自己的}}]}}
  - {{id: from_elsewhere, ask: 外地的？, type: yesno}}
  - {{id: adults, ask: 几个大人？, type: number, highest: 9}}
  - {{id: filing, ask: 谁办？, choices: [{{id: self, label: 本人}}, {{id: agent, label: 代办}}]}}
{PAPERS}
""")
    assert [rival.item for rival in rules.one_of[0].rivals][1:] == [
        "destitute-support", "low-income-support", "margin-support",
    ]  # fmt: skip
    materials = {item.id: [line.id for line in item.materials] for item in rules.items}
    assert materials["low-income-support"] == ["id-card", "authorisation", "id-card"]
    assert [line.any_of is not None for line in rules.items[2].materials] == [True, True, True, False]


def test_what_a_region_changes_is_laid_over_them(books: Catalogue) -> None:
    rules = books.bundle("small", "510000")
    assert rules.question("home_age").hint
    village = next(choice for choice in rules.question("place").choices if choice.id == "village")
    assert village.when is not None


def test_cases_are_read(tmp_path: Path) -> None:
    path = tmp_path / "scenarios.yaml"
    path.write_text(CASES, encoding="utf-8")
    assert [scenario.id for scenario in read_scenarios(path)] == ["T1", "T2"]
