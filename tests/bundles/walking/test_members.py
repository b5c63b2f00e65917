"""Rows of people and what they come to: exact, the same by both calculators, and every cell that can't be read said."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

from bundles.authoring import EXAMPLE
from bundles.loading import PROVINCE, Catalogue
from bundles.walking.editions import edition
from bundles.walking.members import WHOLE_TABLE, answers_of, columns_for, read_rows
from tests.bundles.support import EMPTY, TODAY, bundle, dice, fresh_seed, given
from tests.bundles.walking.drawn_members import run, typed_rows
from tests.bundles.walking.exactness import Draw, check, plain_of

RULES = bundle("""
    repeat: {child: age}
    params: {line: {value: 2300}}
    questions:
      - {id: age, ask: 几个孩子？, type: number}
      - id: household
        type: members
        ask: 一起过日子的有哪些人？
        most: 3
        columns:
          - {id: age, label: 几岁, type: number, highest: 120, bands: [{id: child, under: 18}, {id: adult}]}
          - {id: earns, label: 收入, type: number, highest: 100000, bands: [{id: low, up_to: $line}, {id: high}]}
          - {id: state, label: 身体, choices: [{id: well, label: 好}, {id: ill, label: 有重病}]}
        results:
          - {id: people, ask: 一共几个人？, count: all, bands: [{id: few, up_to: 2}, {id: more}]}
          - {id: adults, ask: 几个大人？, count: {age: adult}}
          - {id: income, ask: 收入？, sum: earns}
          - {id: poor, ask: 收入低的？, count: {earns: low}}
          - {id: has_ill, ask: 有没有人得了重病？, any: {state: ill}}
          - {id: youngest, ask: 最小的几岁？, least: age}
          - {id: oldest, ask: 最大的几岁？, greatest: age}
    items: [{id: tea, when: {people: few, has_ill: yes}}]
""")
(TABLE,) = RULES.members
TODAYS = edition(RULES, TODAY)
FAMILY = [
    {"age": "7.5", "earns": "0", "state": "well"},
    {"age": "", "earns": "", "state": ""},
    {"age": "４０", "earns": "2300.10", "state": "ill"},
    {"age": "38", "earns": "2300.00", "state": "well"},
]


def test_rows_answer_questions_exactly() -> None:
    rows = read_rows(TODAYS, TABLE, FAMILY, TABLE.columns)
    assert not rows.refused
    assert answers_of(TODAYS, TABLE, rows.read, TABLE.questions) == {
        "people": 3, "adults": 2, "income": Decimal("4600.10"), "poor": 2, "has_ill": "yes", "youngest": Decimal("7.5"),
        "oldest": 40,
    }  # fmt: skip


def test_what_rows_come_to_is_walked_like_any_answer() -> None:
    rows = read_rows(TODAYS, TABLE, FAMILY[:1], TABLE.columns)
    found: dict[str, Any] = dict(answers_of(TODAYS, TABLE, rows.read, ("people", "has_ill")))
    given(RULES, **found).finishes()


def test_only_the_columns_that_are_needed_have_to_be_filled_in() -> None:
    assert [column.id for column in columns_for(TABLE, ("people",))] == []
    assert [column.id for column in columns_for(TABLE, ("has_ill", "youngest"))] == ["age", "state"]
    wanted = columns_for(TABLE, ("income",))
    rows = read_rows(TODAYS, TABLE, [{"earns": "5"}, {"earns": "7", "state": "odd"}], wanted)
    assert not rows.refused
    assert answers_of(TODAYS, TABLE, rows.read, ("income",)) == {"income": 12}


def test_what_is_wrong_stands_at_its_cell() -> None:
    typed = [{}, {"age": "40", "earns": "", "state": "ill"}, {"age": "130", "earns": "viel", "state": "tired"}]
    refused = read_rows(TODAYS, TABLE, typed, TABLE.columns).refused
    assert {place: refusal.say() for place, refusal in refused.items()} == {
        (1, "earns"): "“收入”还没有填。",
        (2, "age"): "“几岁”不能大于 120，现在是 130。",
        (2, "earns"): "“收入”要写数字，现在是“viel”。",
        (2, "state"): "“身体”没有选项“tired”。可以选：well、ill。",
    }


def test_a_table_has_at_least_one_row_and_no_more_than_it_may() -> None:
    row = {"age": "1", "earns": "1", "state": "ill"}
    for typed, said in (
        ([], "“一起过日子的有哪些人？”一行也没有填。请至少填一行。"),
        ([{}, {"age": ""}], "“一起过日子的有哪些人？”一行也没有填。请至少填一行。"),
        ([row] * 4, "“一起过日子的有哪些人？”最多填 3 行，现在有 4 行。"),
    ):
        refused = read_rows(TODAYS, TABLE, typed, TABLE.columns).refused
        assert {place: refusal.say() for place, refusal in refused.items()} == {(WHOLE_TABLE, ""): said}


def test_walks_over_what_rows_come_to_are_exact_minimal_and_brought_back_by_codes(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "rent-help")
    (tmp_path / "regions.yaml").write_text(EMPTY["regions"], encoding="utf-8")
    books, chance = Catalogue(tmp_path), dice(fresh_seed("put {} here"))
    draw = Draw(books.bundle("rent-help"), plain_of(books, "rent-help", PROVINCE, TODAY), chance)
    (table,) = draw.rules.members
    for turn in range(200):
        rows = read_rows(draw.edition, table, typed_rows(table, chance), table.columns)
        if not rows.refused:
            found = answers_of(draw.edition, table, rows.read, table.questions)
            check(draw, draw.plain.resolved({**draw.answers(), **found}), thorough=turn % 10 == 0)


def test_both_calculators_count_drawn_tables_as_plain_counting_does() -> None:
    seed = fresh_seed("python -m tests.bundles.walking.drawn_members --draws 3000 --seed {}")
    assert run(3000, seed) == 3000
