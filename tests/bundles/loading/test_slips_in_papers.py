"""Slips in one-of, any-of, papers per person and named groups: each is one fault, in words that name the cause."""

from pathlib import Path

import pytest

from bundles.loading import PROVINCE, Catalogue
from bundles.proving.everywhere import prove_in
from tests.bundles.loading.test_amount_slips import faults_of
from tests.bundles.support import EMPTY, TODAY, write

RULES = """
id: small
title: 小
sources: {law: {title: 法}}
dictionary:
  materials: {lease: 租房合同, deed: 房产证, card: 证, letter: 委托书, bill: 账单}
  fields: {agent.name: 名字}
  persons: {agent: 代办人}
questions:
  - {id: home, ask: 住哪？, choices: [{id: rented, label: 租的}, {id: owned, label: 自己的}]}
  - {id: poor, ask: 困难？, type: yesno}
  - {id: held, ask: 领着吗？, type: yesno, when: {poor: yes}}
  - {id: filing, ask: 谁办？, choices: [{id: self, label: 本人}, {id: agent, label: 别人}]}
  - {id: adults, ask: 几个大人？, type: number, lowest: 0, highest: 9}
  - {id: born, ask: 哪天？, type: date, bands: [{id: young, under: 60 years}, {id: old}]}
groups:
  agent:
    when: {filing: agent}
    materials: [letter, {id: card, of: agent}]
    fields: [agent.name]
one_of:
  aid:
    of: [{held: {held: yes}, label: 特困供养}, relief, margin]
    tell: 只能享受一样
    source: law
stops:
  - {id: nothing, when: {not: {item: [relief, margin, rent]}}, tell: 没有要办的}
notes:
  - {id: sure, when: {applies: margin}, tell: 边缘}
items:
  - {id: relief, when: {poor: yes}, materials: [card, {group: agent}], fields: [{group: agent}]}
  - id: margin
    when: {born: old}
    materials: [{id: card, copies: {count: 1, per: adults}}, {group: agent}]
    fields: [{group: agent}]
  - id: rent
    when: {home: rented}
    excludes: [loan]
    materials:
      - any_of: [lease, {id: bill, when: {born: old}}]
        label: 住处的证明
      - {id: card, waived_by: [{by: data-check, when: {born: young}}]}
  - {id: loan, may_when: {born: old}}
"""


def test_these_rules_have_no_fault(tmp_path: Path) -> None:
    assert [str(fault) for fault in faults_of(tmp_path, RULES)] == []


@pytest.mark.parametrize(
    ("right", "wrong", "code", "said"),
    [
        # One of
        ("relief, margin]\n", "relief, margn]\n", "L13", "是不是“margin”"),
        ("relief, margin]\n", "margin, relief, margin]\n", "L07", "写了两次"),
        ("of: [{held: {held: yes}, label: 特困供养}, relief, margin]", "of: [margin]", "L04", "至少要写两样"),
        ("{held: {held: yes}, label: 特困供养}", "{held: {held: yes}}", "L03", "叫什么"),
        ("{held: {held: yes}, label: 特困供养}", "{label: 特困供养}", "L04", "item 和 held"),
        ("{held: {held: yes}, label", "{held: {held: yess}, label", "L09", "是不是“yes”"),
        ("    tell: 只能享受一样", "    tel: 只能享受一样", "L02", "是不是“tell”"),
        ("source: law\nstops", "source: lw\nstops", "L13", "是不是“law”"),
        ("excludes: [loan]", "excludes: [lone]", "L13", "是不是“loan”"),
        ("excludes: [loan]", "excludes: [rent]", "L15", "优先于自己"),
        ("id: margin\n    when", "id: margin\n    excludes: [relief]\n    when", "L15", "优先于自己"),
        ("loan, may_when: {born: old}", "loan, may_when: {born: old, item: loan}", "L11", "绕了一圈"),
        ("item: [relief, margin, rent]", "item: [relief, margn, rent]", "L08", "是不是“margin”"),
        ("applies: margin", "applies: true", "L08", "没有事项 true"),
        ("applies: margin", "aplies: margin", "L08", "没有叫 aplies"),
        # Papers
        ("any_of: [lease, {id: bill, when: {born: old}}]", "any_of: [lease]", "L04", "至少写两样"),
        ("any_of: [lease,", "any_off: [lease,", "L02", "是不是“any_of”"),
        ("{id: bill, when: {born: old}}", "{any_of: [bill, deed]}", "L04", "不能再写"),
        ("{id: bill, when: {born: old}}", "{id: bill, copies: {count: 1, per: adults}}", "L04", "按人数"),
        ("{id: bill, when: {born: old}}", "{id: bil, when: {born: old}}", "P09", "是不是“bill”"),
        ("per: adults", "per: adult", "L13", "是不是“adults”"),
        ("per: adults", "per: born", "L13", "没有这个数值题"),
        ("count: 1, per", "cout: 1, per", "L02", "是不是“count”"),
        ("{by: data-check, when: {born: young}}", "{when: {born: young}}", "L03", "没有写 value"),
        # Groups
        ("[card, {group: agent}], fields", "[card, {group: agnt}], fields", "L13", "是不是“agent”"),
        ("    when: {filing: agent}", "    when: {filing: agnt}", "L09", "是不是“agent”"),
        ("    when: {filing: agent}", "    wen: {filing: agent}", "L02", "是不是“when”"),
        ("materials: [letter, {id: card, of: agent}]\n    fields: [agent.name]", "materials: []", "L03", "什么也没有"),
    ],
)  # fmt: skip
def test_a_slip_is_one_fault(tmp_path: Path, right: str, wrong: str, code: str, said: str) -> None:
    assert right in RULES
    faults = faults_of(tmp_path, RULES.replace(right, wrong, 1))
    assert [fault.code for fault in faults] == [code], [str(fault) for fault in faults]
    assert said in faults[0].message + faults[0].remedy


def test_what_one_item_never_asks_of_a_group_is_no_fault_while_another_does(tmp_path: Path) -> None:
    text = RULES.replace("{id: relief, when: {poor: yes}", "{id: relief, when: {poor: yes, filing: self}")
    assert not faults_of(tmp_path, text)
    text = text.replace("id: margin\n    when: {born: old}", "id: margin\n    when: {born: old, filing: self}")
    faults = faults_of(tmp_path / "all", text)
    assert {(fault.code, fault.id, fault.place.line) for fault in faults} == {
        ("P01", "letter", 19), ("P01", "card", 19), ("P01", "agent.name", 20),
    }  # fmt: skip


def test_a_paper_that_is_always_needed_anyway_leaves_no_choice(tmp_path: Path) -> None:
    text = RULES.replace("any_of: [lease, {id: bill,", "any_of: [card, {id: bill,")
    (fault,) = faults_of(tmp_path, text)
    assert (fault.code, fault.id) == ("P01", "bill")


def test_a_region_may_drop_an_item_that_others_name(tmp_path: Path) -> None:
    files = EMPTY | {"regions": "{'510000': {name: 四川省}, '510100': {name: 成都市, parent: '510000'}}"}
    file = write(tmp_path, RULES, files | {"region_510100": "items: {drop: [relief]}\nnotes: {drop: [sure]}\n"})
    results = prove_in(Catalogue(tmp_path), file, PROVINCE, TODAY)
    assert not [str(fault) for result in results for fault in result.faults]
    rules = Catalogue(tmp_path).bundle("small", "510100")
    assert [rival.item for one_of in rules.one_of for rival in one_of.rivals] == ["", "margin", "rent", "loan"]


def test_a_question_or_fact_may_be_called_item(tmp_path: Path) -> None:
    text = (
        RULES.replace("{id: home,", "{id: item,")
        .replace("home: rented", "item: rented")
        .replace("  - {id: nothing, when: {not: {item: [relief, margin, rent]}}, tell: 没有要办的}\n", "")
        .replace("stops:\n", "")
    )
    assert not faults_of(tmp_path, text)
