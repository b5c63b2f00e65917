"""Slips in amounts, tables, bands, deadlines and labelled facts: each is one fault, in words that name the cause."""

from pathlib import Path

import pytest

from bundles.faults import Fault
from bundles.loading import PROVINCE, Catalogue
from bundles.proving.everywhere import prove_in
from tests.bundles.support import EMPTY, TODAY, write

RULES = """
id: small
title: 小
sources: {law: {title: 法}}
params: {cap: {value: 900, source: law}, first_day: {value: 2026-01-01}, window: {value: 30 days}}
questions:
  - {id: born, ask: 哪天？, type: date}
  - {id: income, ask: 收入？, type: number, highest: 5000}
  - {id: members, ask: 几口人？, type: number, lowest: 1, highest: 12}
  - {id: place, ask: 在哪？, choices: [{id: town, label: 城}, {id: village, label: 村}]}
  - {id: level, ask: 几级？, choices: [{id: one, label: 一}, {id: two, label: 二}]}
  - {id: wants, ask: 要什么？, type: many, choices: [{id: card, label: 卡}, {id: cash, label: 钱}]}
tables:
  rate: {by: [place, level], unit: yuan, cells: {town: {one: 100, two: 80}, village: {one: 60, two: 50}}}
facts:
  near: {label: 近, when: {place: town}}
computed:
  each: {of: income / members, label: 人均, bands: [{id: low, up_to: $cap}, {id: high}]}
figures:
  share: {of: "round_down(income / members, 0.01)", unit: yuan}
  monthly: {of: "min(share, rate) * 12", unit: yuan}
  since: {of: "months(born, today)", unit: months}
  notice: {of: "max(1, min(30, round_up(members) * 2))", unit: days}
notes:
  - {id: sum, when: {each: low}, tell: "补{monthly}，{since}了，人均{share}"}
  - {id: wish, when: {wants: card, near: true}, tell: 卡}
  - {id: known, when: {param: cap, confirmed: cap}, tell: 知道}
items:
  - {id: tea, when: {level: one}, deadline: {by: end of year, from: born}}
  - {id: milk, when: {wants: cash}, deadline: {within: 30 days, from: born, contested: 45 days}}
  - {id: juice, when: {near: true}, deadline: {within: "{notice}", from: born}}
"""


def faults_of(folder: Path, text: str) -> list[Fault]:
    file = write(folder, text, EMPTY)
    return sorted({fault for result in prove_in(Catalogue(folder), file, PROVINCE, TODAY) for fault in result.faults})


def test_these_rules_have_no_fault(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, RULES)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "said"),
    [
        # What an amount is written with
        ("round_down(income", "rounddown(income", "L20", "是不是“round_down”"),
        ("months(born, today)", "months(born)", "L20", "例如 months(birth_date, today)"),
        ('"min(share, rate) * 12"', "min(share, rate) * 12", "L20", '加引号：of: "min(share, rate) * 12"'),
        ('of: "max(1, min(30, round_up(members) * 2))"', "of: max(1, min(30, round_up(members) * 2))", "L20", "加引号"),
        ("min(share, rate)", "min（share, rate）", "L20", "写成“(”"),
        ("min(share, rate)", "min(share，rate)", "L20", "写成“,”"),
        ("rate) * 12", "rate) × 12", "L20", "写成“*”"),
        ("income / members,", "income ÷ members,", "L20", "写成“/”"),
        ("rate) * 12", "rate) * 60%", "L20", "写成“/ 100”"),
        ("of: income / members", "of: income-members", "L20", "减号两边要留空格"),
        ("round_up(members) * 2", "-2 * members", "L20", "负数写成 0 - 5"),
        # What it is about
        ("months(born, today)", "today - born", "L20", "日期不能直接用 - 算"),
        ("rate) * 12", "rate) * cap", "L20", "写成 $cap"),
        ("rate) * 12", "rate) * $capp", "L20", "是不是“cap”"),
        ("rate) * 12", "rate) * $window", "L20", "不是数"),
        ("rate) * 12", "rate) * each", "L20", "条件用的分段结果"),
        ("rate) * 12", "rate) * level", "L20", "不能直接算"),
        ("  since: {of", "  rate: {of: 3}\n  since: {of", "L07", "已经是问题"),
        ("of: income / members", 'of: "days(today, $first_day)"', "L20", "没有用到任何问题"),
        ('"round_down(income / members, 0.01)"', "monthly / 2", "L11", "绕了一圈"),
        # What it comes to: not told again of the amounts that use it
        ('"round_down(income / members, 0.01)"', "income / members", "L20", "两位小数"),
        ('of: "round_down(income / members, 0.01)"', 'of: "round_down(income / (members - 1))"', "L21", "除数可能是零"),
        ("members, 0.01)", "members, 0)", "L21", "大于零"),
        ("min(share, rate) * 12", "rate - share", "L21", "小于零"),
        ('"months(born, today)", unit: months', '"add_months(born, 6)", unit: months', "L20", "没有 unit"),
        # Tables
        ("by: [place, level]", "by: [level, place]", "L22", "by 换成 [place, level]"),
        ("by: [place, level]", "by: [place, wants]", "L22", "多选题"),
        ("by: [place, level]", "by: [place, each]", "L22", "by 里只能写问题"),
        ("by: [place, level]", "by: [near, level]", "L22", "by 里只能写问题"),
        # Bands of an amount
        ("up_to: $cap", "up_to: $capp", "L08", "是不是“cap”"),
        ("up_to: $cap", "up_to: $window", "L12", "不是数"),
        ("up_to: $cap", "up_to: 30 days", "L12", "界限也要是数"),
        ("{id: low, up_to: $cap}", "{id: low, up_to: 900}, {id: mid, up_to: 500}", "L12", "从小到大"),
        ("[{id: low, up_to: $cap}, {id: high}]", "[{id: low}, {id: high, up_to: $cap}]", "L12", "放到最后"),
        ("{id: high}", "{id: unknown}", "L06", "保留的词"),
        (", bands: [{id: low, up_to: $cap}, {id: high}]", "", "L03", "补上 bands"),
        # Texts and conditions
        ("补{monthly}", "补{rate}", "L18", "{of: rate, unit: …}"),
        ("补{monthly}", "补{cap}", "L18", "{of: $cap, unit: …}"),
        ("补{monthly}", "补{each}", "L18", "把它的算式写进 figures"),
        ("补{monthly}", "补{monthly * 12}", "L18", "只写 {名字}"),
        ("补{monthly}", "补{ monthly }", "L18", "没有空格"),
        ("补{monthly}", "补｛monthly｝", "L18", "英文花括号"),
        ("ask: 收入？", 'ask: "收入超过{share}吗？"', "L18", "写进 notes"),
        ("when: {each: low}", "when: {share: low}", "L08", "在 computed 里给它分段"),
        ("confirmed: cap", "confirmed: false", "L04", "写参数的名字"),
        ("{label: 近, when: {place: town}}", "{label: 近}", "L03", "没有写 when"),
        ("{label: 近, when: {place: town}}", "{label: 近, place: town}", "L03", "写在 when 里"),
        # Deadlines
        ("contested: 45 days", "contested: 15 days", "L14", "没有比平常的长"),
        ('within: "{notice}"', "within: {notice}", "L14", "带引号"),
        ("end of year, from", "2026-12-31, from", "L14", "去掉 from"),
        ("by: end of year", "by: end of", "L14", "不是哪一天"),
    ],
)
def test_a_slip_is_one_fault(tmp_path: Path, right: str, wrong: str, code: str, said: str) -> None:
    assert right in RULES
    faults = faults_of(tmp_path, RULES.replace(right, wrong, 1))
    assert [fault.code for fault in faults] == [code]
    assert said in faults[0].message + faults[0].remedy


def test_it_says_what_is_never_unknown(tmp_path: Path) -> None:
    text = RULES + "  - {id: salt, may_when: {each: unknown}}\n"
    (fault,) = faults_of(tmp_path, text)
    assert (fault.code, fault.id) == ("P01", "salt")
    assert "each 总能算出来" in fault.remedy


def test_what_nothing_uses_is_one_fault(tmp_path: Path) -> None:
    text = RULES.replace(
        "tables:", "  - {id: rain, ask: 雨？, choices: [{id: a, label: 一}, {id: b, label: 二}]}\ntables:"
    )
    assert [(fault.code, fault.id) for fault in faults_of(tmp_path, text)] == [("P03", "rain")]


def test_it_says_that_what_is_unknown_needs_a_condition_too(tmp_path: Path) -> None:
    text = RULES.replace("cap: {value: 900,", "cap: {value: ~,").replace("of: income / members", "of: income / $cap")
    (fault,) = faults_of(tmp_path, text.replace("up_to: $cap", "up_to: 900"))
    assert (fault.code, fault.id) == ("P13", "each")
    assert "unknown" in fault.remedy


def test_a_band_behind_one_that_a_param_limits_may_begin_at_zero(tmp_path: Path) -> None:
    """Nobody knows the param's value, so a division under that band's condition may be one by zero."""
    text = """
        id: small
        title: 小
        params: {few: {value: ~}}
        questions:
          - {id: income, ask: ？, type: number, highest: 9000}
          - {id: members, ask: ？, type: number, highest: 9, bands: [{id: one, up_to: $few}, {id: many}]}
        figures:
          each: {unit: yuan, cases: [{when: {members: many}, of: "round_down(income / members)"}, {of: 0}]}
        items: [{id: tea}]
        notes: [{id: told, tell: "{each}"}]
    """
    assert [(fault.code, fault.id) for fault in faults_of(tmp_path, text)] == [("L21", "each")]
