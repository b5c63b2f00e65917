"""What a file of cases may say, what is wrong with it, and what no case reaches."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bundles.authoring import FAULTY
from bundles.faults import CASE_CODES, REGIONS_CODES, REMARKS, Fault
from bundles.loading import PROVINCE, Catalogue
from bundles.proving.cases import Cases, prove_cases
from bundles.proving.everywhere import prove_in
from bundles.proving.scenarios import Scenario, read_scenarios
from tests.bundles.support import EMPTY, TODAY, write

EXPECTED = re.compile(r"# line: ([0-9]+), id: (\S+)\n")
RULES = """
id: small
title: 小
params: {window: {value: 30 days}}
questions:
  - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
  - {id: sex, ask: 性别？, choices: [{id: male, label: 男}, {id: female, label: 女}]}
  - {id: birthday, ask: 生日？, type: date}
  - {id: wants, ask: 要什么？, type: many, choices: [{id: card, label: 卡}, {id: bag, label: 包}], when: {place: away}}
figures: {month: {by: pensions.statutory_month, of: [sex, birthday], label: 退休年月}}
notes: [{id: soon, tell: "{month}退休。", when: {sex: male}}]
items:
  - {id: tea, when: {place: home}, deadline: {within: $window, from: birthday}, materials: [cup]}
  - {id: milk, when: {wants: card}, materials: [bowl, {id: spoon, when: {sex: female}}]}
  - {id: salt, when: {wants: bag}}
"""
FIRST = """
- id: T1
  title: 男的
  today: 2026-11-22
  given: {place: home, sex: male, birthday: 1970-01-10}
  expect:
    applies: [tea]
    deadlines: {tea: 1970-02-09}
    notes: [soon]
"""


def played(folder: Path, cases: str, rules: str = RULES) -> Cases:
    file = write(folder, rules, EMPTY | {"region_510000": "{}"})
    (file.parent / "scenarios.yaml").write_text(cases, encoding="utf-8")
    return prove_cases(Catalogue(folder), file)


def codes(faults: tuple[Fault, ...]) -> list[tuple[str, int, str]]:
    return [(fault.code, fault.place.line, fault.id) for fault in faults]


@pytest.mark.parametrize("code", [*REGIONS_CODES, *CASE_CODES, *REMARKS])
def test_every_code_of_cases_and_remarks_has_an_example(code: str, tmp_path: Path) -> None:
    shutil.copytree(FAULTY / code, tmp_path / "small")
    (tmp_path / "regions.yaml").write_text(EMPTY["regions"], encoding="utf-8")
    books = Catalogue(tmp_path)
    cases = prove_cases(books, books.file("small"))
    assert not [fault for result in prove_in(books, books.file("small"), PROVINCE, TODAY) for fault in result.faults]
    marked = [mark for path in (FAULTY / code).glob("*.yaml") if (mark := EXPECTED.match(path.read_text("utf-8")))]
    found = tuple(fault for fault in (*cases.remarks, *cases.faults) if fault.code == code)
    assert codes(found) == [(code, int(marked[0][1]), marked[0][2])]


def scenario(folder: Path, text: str, id: str) -> Scenario:
    path = folder / "scenarios.yaml"
    path.write_text(text, encoding="utf-8")
    return next(one for one in read_scenarios(path) if one.id == id)


def test_a_case_says_only_what_differs_from_the_one_it_is_like(tmp_path: Path) -> None:
    later = """
- {id: T3, like: T2, title: 第二天, today: 2026-11-23, expect: {notes: null, deadlines: {tea: null, milk: 2026-12-01}}}
- {id: T2, like: T1, title: 女的, given: {sex: female, birthday: null}, expect: {without_notes: [soon]}}
"""
    case = scenario(tmp_path, FIRST + later, "T3")
    assert (case.title, case.today, case.like) == ("第二天", date(2026, 11, 23), "T2")
    assert case.given == {"place": "home", "sex": "female"}
    assert (case.expect.applies, case.expect.notes) == (("tea",), ())
    assert (case.expect.without_notes, case.expect.deadlines) == (("soon",), {"milk": date(2026, 12, 1)})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("- {id: T2, like: T9, title: 二}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T2, title: 二}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T3, title: 二}\n- {id: T3, like: T2, title: 三}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T1}", [("L03", 10, "T2")]),
        ("- {id: T1, like: T1, title: 二}", [("L07", 10, "T1")]),
        ("- {id: T2, like: T1, title: 二, today: null}", [("L03", 10, "T2")]),
        ("- {id: T2, lik: T1, title: 二, today: 2026-11-22, given: {}, expect: {}}", [("L02", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, today: 2026-13-22}", [("L04", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, region: 51}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, given: {place: {a: b}}}", [("L04", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, given: {plase: away}}", [("S02", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, given: {wants: [card]}}", [("S03", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, expect: {without: [cap]}}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, expect: {deadlines: {te: 2026-11-23}}}", [("L13", 10, "T2")]),
        ("- {id: T2, like: T1, title: 二, expect: {figures: {month: 2031-01}}}", [("S01", 10, "T2")]),
        ("- 5", [("L04", 10, "scenario:10")]),
    ],
)
def test_one_thing_wrong_is_one_fault(tmp_path: Path, more: str, expected: list[tuple[str, int, str]]) -> None:
    assert codes(played(tmp_path, FIRST + more).faults) == expected


def test_what_is_taken_over_may_be_left_over(tmp_path: Path) -> None:
    more = "- {id: T2, like: T1, title: 外, given: {place: away, wants: []}, expect: {applies: [], deadlines: null}}"
    assert not played(tmp_path, FIRST + more).faults


@pytest.mark.parametrize("said", ["2025-02", "2025-2", "2025 年 2 月", "2025年2月"])
def test_a_figure_is_compared_as_it_is_told_or_plainly(tmp_path: Path, said: str) -> None:
    """Men born in January 1965 are the first whose retirement is put off, by a month."""
    text = FIRST.replace("1970-01-10", "1965-01-10").replace("tea: 1970-02-09", "tea: 1965-02-09")
    assert not played(tmp_path, text + f'    figures: {{month: "{said}"}}\n').faults


def test_a_figure_that_nobody_is_told_is_said(tmp_path: Path) -> None:
    more = "- {id: T2, like: T1, title: 女, given: {sex: female}, expect: {notes: null, figures: {month: 2030-12}}}"
    assert [fault.message for fault in played(tmp_path, FIRST + more).faults] == [
        "figures month：应为 2030-12，实为 没有告诉。"
    ]


def test_what_no_case_reaches_is_remarked(tmp_path: Path) -> None:
    cases = played(tmp_path, FIRST)
    assert not cases.faults
    assert {(remark.code, remark.id) for remark in cases.remarks} == {
        ("R01", "away"), ("R01", "female"), ("R01", "card"), ("R01", "bag"), ("R01", "milk"), ("R01", "salt"),
        ("R01", "bowl"), ("R01", "spoon"),
    }  # fmt: skip


def test_what_nothing_uses_is_remarked(tmp_path: Path) -> None:
    more = "facts: {warm: {place: home}, cold: {warm: false}}\nsources: {law: {title: 法}}\n"
    rules = RULES.replace("params: {", "params: {spare: {value: 3}, ") + more
    remarks = [remark for remark in played(tmp_path, FIRST, rules).remarks if remark.code == "R02"]
    assert {remark.id for remark in remarks} == {"cold", "law", "spare"}


def test_a_region_and_a_day_count_where_a_case_reaches(tmp_path: Path) -> None:
    """What only a region says is reached by a case there, and asked for where there is none."""
    file = write(
        tmp_path, RULES, EMPTY | {"region_510000": "notes: {add: [{id: here, tell: 这里, when: {place: home}}]}"}
    )
    (file.parent / "scenarios.yaml").write_text(FIRST, encoding="utf-8")
    assert "here" not in {remark.id for remark in prove_cases(Catalogue(tmp_path), file).remarks}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "tea",
        "- [",
        "- {}",
        "\x00",
        "- null",
        "[[]]",
        "{id: T1, like: T1, title: x}",
        "- {id: T1, title: [], like: T2}",
    ],
)
def test_an_odd_file_is_said_in_words(tmp_path: Path, text: str) -> None:
    faults = played(tmp_path, text).faults
    assert all(fault.message for fault in faults)
    assert len(faults) == 1 + ("like: T2" in text)


def test_without_cases_there_is_one_remark(tmp_path: Path) -> None:
    file = write(tmp_path, RULES, EMPTY)
    assert [(remark.code, remark.id) for remark in prove_cases(Catalogue(tmp_path), file).remarks] == [
        ("R01", "scenarios")
    ]
