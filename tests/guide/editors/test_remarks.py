"""What editors remark to each other stands on the page of the rules, and nobody else ever reads it."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from bundles.loading import Catalogue
from bundles.model import Bundle
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from guide.editors.rules_in_words import Sheet
from guide.translations.gathering import catalogue_messages
from tests.bundles.support import EMPTY, TODAY, bundle, given, write

RULES = """
id: small
title: 小
params: {cap: {value: 900, remark: 甲-参数}}
questions:
  - {id: place, ask: 在哪？, remark: 甲-问题, choices: [{id: home, label: 家}, {id: away, label: 外面}]}
  - {id: income, ask: 收入？, type: number, highest: 5000}
tables: {rate: {by: place, unit: yuan, cells: {home: 1, away: 2}, remark: 甲-表格}}
computed: {band: {of: income, bands: [{id: low, up_to: $cap}, {id: high}], remark: 甲-分段}}
figures: {sum: {of: rate, unit: yuan, remark: 甲-数字}}
stops: [{id: rich, when: {band: high}, tell: 不办, remark: 甲-停止}]
notes: [{id: hint, tell: "补{sum}", when: {place: home}, remark: [甲-提示, 还有一句]}]
one_of: {only: {of: [tea, milk], remark: 甲-只能一样}}
items:
  - id: tea
    when: {place: home}
    remark: 甲-事项
    fee: {value: 不收钱, remark: 甲-费用}
    deadline: {by: 2027-01-01, remark: 甲-期限}
    materials:
      - {id: card, copies: {count: 2, remark: 甲-份数}, waived_by: {by: data-check, remark: 甲-免交}, remark: 甲-材料}
    notes: [{id: own, tell: 带伞, remark: 甲-事项的提示}]
  - milk
"""
KINDS = (
    "参数", "问题", "表格", "分段", "数字", "停止", "提示", "只能一样",
    "事项", "费用", "期限", "份数", "免交", "材料", "事项的提示",
)  # fmt: skip


@pytest.fixture
def rules() -> Bundle:
    return bundle(RULES)


def test_every_kind_of_fact_may_carry_one(rules: Bundle) -> None:
    sheet = Sheet(rules)
    lines = [*sheet.params, *sheet.figures, *sheet.tables, *sheet.stops, *sheet.notes, *sheet.one_of]
    lines += [question.line for question in sheet.questions]
    for item in sheet.items:
        lines += [item.line, *item.words, *item.materials, *item.how_many, *item.notes]
    assert {line.remark for line in lines if line.remark} == {
        f"甲-{kind}" if kind != "提示" else "甲-提示；还有一句" for kind in KINDS
    }


def test_no_applicant_and_no_translator_reads_one(rules: Bundle, tmp_path: Path) -> None:
    assert "甲-" not in json.dumps(offline_rules(edition(rules, TODAY), "510000"), ensure_ascii=False)
    applicant = given(rules, place="home", income=1)
    assert "甲-" not in json.dumps(applicant.outcome, ensure_ascii=False)
    write(tmp_path, RULES, EMPTY)
    assert not [message for message in catalogue_messages(Catalogue(tmp_path)) if "甲-" in str(message)]


def test_the_page_of_the_rules_shows_it() -> None:
    assert '备注 <span lang="zh-Hans">甲-费用</span>' in render_to_string(
        "editors/rule-lines.html", {"lines": Sheet(bundle(RULES)).items[0].words}
    )
