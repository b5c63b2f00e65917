"""What applicants read is about their place and their next step; what editors say stands apart; so do two clocks."""

import pytest

from bundles.proving.voices import misclocked, misvoiced, unofficial
from tests.bundles.support import bundle

SAID = """
    questions:
      - {{id: place, ask: 在哪？, hint: "{hint}", choices: [{{id: home, label: 家}}, {{id: away, label: "{label}"}}]}}
    sources: {{guide: {{title: "{title}", told: {told}}}}}
    notes: [{{id: hint, tell: "{tell}", when: {{place: home}}}}]
    items: [{{id: tea, when: {{place: home}}, source: guide, fee: "{fee}"}}]
"""
PLAIN = {"hint": "看一看", "label": "外面", "title": "规定", "told": "true", "tell": "带伞", "fee": "不收钱"}
OF_ELSEWHERE = [
    "湖南要亲子鉴定。", "成都这样办，重庆合川也这样。", "杭州承诺 3 天", "江西收 10 元",
    "西安当天办好", "大连、青岛不要照片",
]  # fmt: skip
OF_EDITORS = [
    "四川没有查到。", "期限没查到，先问窗口", "原文未见到", "据外省方案转引", "见到的是镜像", "外省有的地方要照片",
    "有的省只发到卡上", "外地多半随母亲", "据中介网页 3 到 5 天", "细则待核",
]  # fmt: skip
OF_APPLICANTS = [
    "户口在外省的，回户口所在地办。", "养老金由社保定。", "网上办，别的省也能办", "住在北京路 3 号",
    "系统里能查到的不用交", "查不到父母的宝宝", "没有找到工作的", "和在外省的家人一起", "医保由社保大厅管",
    "扩大连接范围", "到窗口去，省得再跑",
]  # fmt: skip
PLACES = ("hint", "label", "title", "tell", "fee")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("code", "text"), [("P15", text) for text in OF_ELSEWHERE] + [("P16", text) for text in OF_EDITORS]
)
def test_no_text_names_another_province_or_speaks_of_a_search(code: str, text: str, where: str) -> None:
    faults = list(misvoiced(bundle(SAID.format(**PLAIN | {where: text}))))
    assert code in {fault.code for fault in faults}
    assert all(text[:10] in fault.message and fault.remedy for fault in faults)


@pytest.mark.parametrize("text", OF_APPLICANTS)
def test_applicants_own_words_are_none(text: str) -> None:
    assert not list(misvoiced(bundle(SAID.format(**PLAIN | {"tell": text}))))


def test_a_source_for_editors_alone_may_be_of_anywhere() -> None:
    assert not list(misvoiced(bundle(SAID.format(**PLAIN | {"title": "湖南办事指南（转载）", "told": "false"}))))


CLOCKS = """
    questions: [{{id: rain, ask: ？, type: yesno}}, {{id: born, ask: 哪天？, type: date}}]
    items:
      - {{id: tea, when: {{rain: "yes"}}, {word}: "{text}", deadline: {{within: {within}, from: born}}}}
"""


@pytest.mark.parametrize(("word", "text"), [
    ("legal_days", "用工之日起 30 日内"), ("legal_days", "去世后一个月内申报"), ("days", "成立起 15 天内备案"),
    ("due", "受理后 20 个工作日内办结"), ("legal_days", "30 个工作日内"),
])  # fmt: skip
def test_how_long_an_office_takes_and_how_long_one_has_are_two_clocks(word: str, text: str) -> None:
    [fault] = misclocked(bundle(CLOCKS.format(word=word, text=text, within="30 working days")))
    assert fault.code == "P17"


@pytest.mark.parametrize(("word", "text"), [
    ("legal_days", "受理之日起 3 日内决定"), ("legal_days", "审核后 1 个月内发"), ("legal_days", "20 个工作日"),
    ("days", "当场办好"), ("due", "领营业执照之日起 30 日内"), ("legal_days", "材料齐全当场办；不能的 3 个工作日"),
])  # fmt: skip
def test_each_clock_in_its_place_is_no_fault(word: str, text: str) -> None:
    assert not list(misclocked(bundle(CLOCKS.format(word=word, text=text, within="30 days"))))


FILLED = """
    questions:
      - id: state
        ask: 结婚了吗？
        choices: [{{id: single, label: 没结过{one}}}, {{id: married, label: 结了{other}}}]
      - {{id: home, ask: 有房吗？, type: yesno}}
    items:
      - {{id: tea, when: {{state: single}}, fields: [me.state, me.home]}}
      - {{id: milk, when: {{state: married, home: "yes"}}}}
    fills: {{me.state: state, me.home: home}}
    dictionary: {{fields: {{me.state: {{label: 婚姻, type: choice, options: [未婚, 已婚]}}, me.home: 房子}}}}
"""


@pytest.mark.parametrize(("one", "other", "wrong"), [
    (", official: 未婚", ", official: 已婚", []),
    (", official: 未婚", ', official: ""', []),
    (", official: 未婚", "", ["married"]),
    (", official: 单身", ", official: 已婚", ["single"]),
])  # fmt: skip
def test_what_a_form_prints_is_written_and_fits_its_box(one: str, other: str, wrong: list[str]) -> None:
    assert [fault.id for fault in unofficial(bundle(FILLED.format(one=one, other=other)))] == wrong
