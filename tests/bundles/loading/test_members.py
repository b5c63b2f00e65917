"""A table of people: its results are the bundle's questions; what is wrong with it is told once, in words."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bundles.authoring.starting import start_version
from bundles.conditions import Answered, Every
from bundles.faults import Fault
from bundles.loading import PROVINCE, Catalogue
from bundles.proving.cases import prove_cases
from bundles.proving.everywhere import prove_in
from bundles.results.case_codes import decode, encode, open_code
from tests.bundles.loading.test_mutations import MOST_FAULTS, spoilt
from tests.bundles.support import EMPTY, TODAY, bundle, dice, given, write

RULES = """id: small
title: 小
version: 1
params: {grown: {value: 18}}
repeat: {family: form}
questions:
  - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: hospital, label: 医院}]}
  - id: household
    type: members
    section: 家里的人
    ask: 一起过日子的有哪些人？
    hint: 自己也算
    when: {place: home}
    row: 家人
    columns:
      - {id: age, label: 几岁, type: number, highest: 120, bands: [{id: child, under: $grown}, {id: adult}]}
      - {id: earns, label: 一个月收入, type: number, highest: 100000, unit: 元, fills: family.income}
      - {id: state, label: 身体, choices: [{id: well, label: 好}, {id: ill, label: 有重病}]}
    results:
      - {id: people, ask: 一共几个人？, count: all, bands: [{id: few, up_to: 2}, {id: more}]}
      - {id: adults, ask: 满 18 岁的几个？, count: {age: adult}, bands: [{id: nobody, under: 1}, {id: some}]}
      - {id: income, ask: 一共收入多少？, sum: earns, where: {age: adult}, unit: 元}
      - {id: has_ill, ask: 有没有人得了重病？, any: {all: [{state: ill}, {not: {age: child}}]}}
      - {id: youngest, ask: 最小的几岁？, least: age, bands: [{id: baby, under: 3}, {id: old}], when: {has_ill: "yes"}}
computed:
  share: {of: income / people, bands: [{id: low, under: 800}, {id: high}]}
dictionary:
  fields: {family.income: {label: 收入, type: money}}
  persons: {family: 家人}
items:
  - {id: tea, when: {share: low}, may_when: {share: unknown}, fields: [family.income]}
  - {id: milk, when: {people: few, adults: some}}
  - {id: beer, when: {has_ill: "yes", youngest: baby}}
"""


def faults_of(folder: Path, text: str, **files: str) -> list[Fault]:
    file = write(folder, text, EMPTY | files)
    region = "510100" if "region_510100" in files else PROVINCE
    return sorted({fault for result in prove_in(Catalogue(folder), file, region, TODAY) for fault in result.faults})


def test_these_rules_have_no_fault(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, RULES)


def test_results_are_questions_in_the_place_of_the_table() -> None:
    rules = bundle(RULES)
    assert [(question.id, question.type) for question in rules.questions] == [
        ("place", "choice"), ("people", "number"), ("adults", "number"), ("income", "number"), ("has_ill", "yesno"),
        ("youngest", "number"),
    ]  # fmt: skip
    assert {question.section for question in rules.questions[1:]} == {"家里的人"}
    given(rules, place="home", people=2).asks("adults")
    assert given(rules, place="hospital").walk.status == "finished"


def test_a_result_is_asked_where_both_its_table_and_itself_are() -> None:
    rules, at_home = bundle(RULES), Answered("place", frozenset({"home"}))
    assert rules.question("people").when == at_home
    assert rules.question("youngest").when == Every((at_home, Answered("has_ill", frozenset({"yes"}))))


@pytest.mark.parametrize(
    ("question", "lowest", "highest"),
    [("people", 1, 12), ("adults", 0, 12), ("income", 0, 1_200_000), ("youngest", 0, 120)],
)  # fmt: skip
def test_a_result_takes_whatever_rows_can_come_to(question: str, lowest: int, highest: int) -> None:
    found = bundle(RULES).question(question)
    assert (found.lowest, found.highest) == (Decimal(lowest), Decimal(highest))


def test_a_sum_of_what_may_be_owed_may_be_owed() -> None:
    rules = bundle(RULES.replace("highest: 100000", "lowest: -50.5, highest: 100"))
    assert (rules.question("income").lowest, rules.question("income").highest) == (Decimal(-606), Decimal(1200))


def test_a_table_knows_its_person_and_boxes() -> None:
    (table,) = bundle(RULES).members
    assert (table.row, table.most, table.person, dict(table.fills)) == (
        "家人",
        12,
        "family",
        {"earns": "family.income"},
    )
    assert table.questions == ("people", "adults", "income", "has_ill", "youngest")


SLIPS = [
    ("row: 家人", "rwo: 家人", "L02", 14, "是不是“row”？"),
    ("columns:\n", "colums:\n", "L02", 15, "是不是“columns”？"),
    ("results:\n", "reslts:\n", "L02", 19, "是不是“results”？"),
    ("type: members", "tpye: members", "L02", 9, "是不是“type”？"),
    ("type: members", "type: membres", "L04", 9, "是不是“members”？"),
    ("    type: members\n", "", "L03", 8, "补上 type。"),
    ("label: 身体", "lable: 身体", "L02", 18, "是不是“label”？"),
    ("type: number, highest: 120", "tpye: number, highest: 120", "L02", 16, "是不是“type”？"),
    ("type: number, highest: 120", "type: nubmer, highest: 120", "L04", 16, "是不是“number”？"),
    ("label: 几岁", "label: 几岁, when: {place: home}", "L02", 16, None),
    ("label: 好}", "label: 好, when: {place: home}}", "L02", 18, None),
    ("sum: earns", "summ: earns", "L02", 22, "是不是“sum”？"),
    ("least: age", "laest: age", "L02", 24, "是不是“least”？"),
    ("any: {all", "anny: {all", "L02", 23, "是不是“any”？"),
    ("sum: earns, where: {age: adult}", "where: {age: adult}", "L03", 22, None),
    ("count: all", "count: all, any: {state: ill}", "L04", 20, None),
    ("count: {age: adult}", "count: {state: sick}", "L09", 21, None),
    ("count: {age: adult}", "count: {aeg: adult}", "L08", 21, "是不是“age”？"),
    ("count: {age: adult}", "count: {place: home}", "L08", 21, None),
    ("count: {age: adult}", "count: {earns: adult}", "L09", 21, None),
    ("count: {age: adult}", "count: {age: adult}, where: {state: ill}", "L02", 21, "条件直接写在 count 后面。"),
    ("least: age", "least: state", "L13", 24, None),
    ("least: age", "least: aeg", "L13", 24, "是不是“age”？"),
    ("sum: earns", "sum: income", "L13", 22, None),
    ("least: age", "least: age, where: {state: ill}", "L02", 24, "去掉它。"),
    ("row: 家人", "row: 家人\n    most: 13", "L04", 15, None),
    ("row: 家人", "row: 家人\n    most: 0", "L04", 15, None),
    ("highest: 100000, unit", "unit", "L12", 22, "给 earns 这一列写 lowest、highest。"),
    ("sum: earns, where", "highest: 5000, sum: earns, where", "L12", 22, None),
    ("count: all", "lowest: 2, count: all", "L12", 20, None),
    ("fills: family.income", "fills: family.incom", "L13", 17, "是不是“family.income”？"),
    ("repeat: {family: form}\n", "", "L13", 16, "补上 repeat: {family: form}。"),
    ("repeat: {family: form}", "repeat: {family: people}", "L13", 17, "补上 repeat: {family: form}。"),
    ("id: state", "id: age", "L07", 18, None),
    ("id: state", "id: not", "L06", 18, None),
    ("id: household", "id: place", "L07", 8, None),
    ("id: household", "id: region", "L19", 8, None),
    ("id: household", "id: param", "L06", 8, None),
    ("when: {place: home}\n    row", "when: {place: hom}\n    row", "L09", 13, "是不是“home”？"),
    ("when: {place: home}\n    row", "when: {place: home, people: few}\n    row", "L10", 8, "把 people 移到前面。"),
    ('when: {has_ill: "yes"}', "when: {youngest: baby}", "L10", 24, None),
    ("under: $grown", "under: $growm", "L08", 16, "是不是“grown”？"),
    ("under: $grown", "up_to: 3 days", "L12", 16, None),
    ("bands: [{id: child, under: $grown}, {id: adult}]", "choices: [{id: child, label: 小}, {id: adult, label: 大}]",
     "L02", 16, None),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code", "line", "remedy"), SLIPS)
def test_a_slip_in_a_table_is_told_once_and_where_it_is(
    tmp_path: Path, right: str, wrong: str, code: str, line: int, remedy: str | None
) -> None:
    assert right in RULES
    faults = faults_of(tmp_path, RULES.replace(right, wrong, 1))
    assert [(fault.code, fault.place.line) for fault in faults] == [(code, line)], list(map(str, faults))
    assert faults[0].message
    assert remedy is None or faults[0].remedy == remedy


def test_whatever_is_written_otherwise_in_a_table_draws_few_faults_and_no_exception(tmp_path: Path) -> None:
    tree, chance = yaml.safe_load(RULES), dice("spoilt table")
    file, (place, table) = write(tmp_path, RULES, EMPTY), tree["questions"]
    for _draw in range(150):
        how, spoiled = spoilt(table, chance)
        other = {**tree, "questions": [place, spoiled]}
        file.write_text(yaml.safe_dump(other, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
        found = {fault for result in prove_in(Catalogue(tmp_path), file, PROVINCE, TODAY) for fault in result.faults}
        assert len(found) <= MOST_FAULTS, (how, *map(str, found))


def test_what_bundles_share_is_asked_in_its_own_words_and_not_by_a_table(tmp_path: Path) -> None:
    """Its answer goes along to the next bundle, so it has to mean the same there."""
    (fault,) = faults_of(tmp_path, RULES, questions="income: {ask: 一年收入多少？, type: number}")
    assert (fault.code, fault.id, fault.place.line) == ("L17", "income", 22)


# Regions and versions


REGION = """
questions:
  change:
    household:
      hint: 户口在一起的也算
      columns: {change: {age: {label: 周岁}, state: {choices: {change: {ill: {label: 有大病}}}}}}
      results: {change: {income: {why: 看够不够, when: {people: more}}}}
"""


def test_a_region_says_a_table_in_its_own_words() -> None:
    rules = bundle(RULES, "510100", regions=REGIONS, region_510100=REGION)
    (table,) = rules.members
    assert (table.hint, table.columns[0].ask, table.columns[2].choices[1].label) == (
        "户口在一起的也算",
        "周岁",
        "有大病",
    )
    assert (rules.question("income").why, rules.question("people").why) == ("看够不够", "")
    assert rules.question("income").when == Every((
        Answered("place", frozenset({"home"})), Answered("people", frozenset({"more"})),
    ))  # fmt: skip


REGIONS = "{'510000': {name: 四川省}, '510100': {name: 成都市, parent: '510000'}}"


@pytest.mark.parametrize(
    "change",
    [
        "household: {most: 5}", "household: {type: choice}", "household: {columns: {change: {age: {lowest: 3}}}}",
        "household: {columns: {change: {age: {type: choice}}}}", "household: {columns: {drop: [state]}}",
        "household: {columns: {add: [{id: sex, label: 性别}]}}", "household: {results: {drop: [income]}}",
        "household: {results: {change: {people: {count: {state: ill}}}}}",
        "household: {results: {change: {income: {where: {age: child}}}}}",
        "household: {results: {change: {income: {lowest: -1}}}}",
    ],
)  # fmt: skip
def test_what_a_code_counts_on_is_the_same_in_every_region(tmp_path: Path, change: str) -> None:
    region = f"questions: {{change: {{{change}}}}}"
    faults = faults_of(tmp_path, RULES, regions=REGIONS, region_510100=region)
    assert [fault.code for fault in faults] == ["L02"], list(map(str, faults))
    assert "办事码" in faults[0].message


def test_a_result_is_changed_in_its_table(tmp_path: Path) -> None:
    region = "questions: {change: {income: {hint: 也算奖金}}}"
    (fault,) = faults_of(tmp_path, RULES, regions=REGIONS, region_510100=region)
    assert (fault.code, fault.remedy) == ("L13", "它是表 household 的结果：写在 household 的 results: change: 里。")


def test_a_code_from_before_a_new_version_still_opens(tmp_path: Path) -> None:
    write(tmp_path, RULES, EMPTY)
    books = Catalogue(tmp_path)
    rules = books.bundle("small")
    used = given(rules, place="home", people=3, adults=2, income="4100.50", has_ill="no").walk.used
    code = open_code(encode(rules, PROVINCE, used))
    start_version(books, "small", "人可以更多", TODAY)
    older = Catalogue(tmp_path).older("small", 1)
    assert older is not None
    assert not older.members
    assert decode(older, code) == used == decode(Catalogue(tmp_path).bundle("small"), code)


# Cases


def cases_of(folder: Path, household: str) -> tuple[Fault, ...]:
    file = write(folder, RULES, EMPTY)
    case = f"""
      - id: T1
        title: 一家两口
        today: 2026-11-22
        given: {{place: home, household: {household}}}
        expect: {{applies: [tea, milk]}}
    """
    (file.parent / "scenarios.yaml").write_text(case, encoding="utf-8")
    return prove_cases(Catalogue(folder), file).faults


def test_a_case_may_give_rows(tmp_path: Path) -> None:
    rows = "[{age: 40, earns: 700, state: well}, {age: 7, earns: 900.5, state: well}]"
    assert not cases_of(tmp_path, rows)


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        ("[{age: 140, earns: 1, state: well}]", "S02", "“几岁”不能大于 120，现在是 140。"),
        ("[{age: 14, earns: 1, state: wel}]", "S02", "household.state 没有选项 wel。"),
        ("[{aeg: 14, earns: 1, state: well}]", "S02", "没有问题 household.aeg。"),
        ("[{age: 14, earns: 1, state: well}, {age: 3}]", "S02", "“一个月收入”还没有填。"),
        ("[{age: [14]}]", "L04", "household 的回答要写成一个词，或一列词。"),
        ("[{age: 3}, 4]", "L04", "household 的回答要写成一个词，或一列词。"),
        ("few", "S02", "没有问题 household。"),
    ],
)
def test_rows_that_cannot_be_counted_are_told_where_they_stand(tmp_path: Path, rows: str, code: str, said: str) -> None:
    faults = cases_of(tmp_path, rows)
    assert {(fault.code, fault.message) for fault in faults} >= {(code, said)}
    assert {fault.place.line for fault in faults} == {5}


def test_a_column_that_no_result_needs_is_remarked_upon(tmp_path: Path) -> None:
    """A result that nothing needs is a question in vain like any other (P03)."""
    text = RULES.replace(
        "      - {id: state,", "      - {id: height, label: 几厘米, type: number}\n      - {id: state,"
    )
    file = write(tmp_path, text, EMPTY)
    remarks = prove_cases(Catalogue(tmp_path), file).remarks
    assert [(remark.id, remark.place.line) for remark in remarks if remark.code == "R02"] == [("height", 18)]


def test_a_result_that_nothing_needs_is_a_question_in_vain(tmp_path: Path) -> None:
    text = RULES.replace("sum: earns, where", "count: all}\n      - {id: income, ask: 收入？, sum: earns, where", 1)
    text = text.replace("id: income, ask: 一共收入多少？", "id: again, ask: 再问一次几个人？", 1)
    (fault,) = faults_of(tmp_path, text)
    assert (fault.code, fault.id) == ("P03", "again")
