"""One cause, one fault: what follows from a slip isn't told again, what has nothing to do with it is."""

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
params: {window: {value: 30 days}}
questions:
  - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: hospital, label: 医院}, {id: abroad, label: 外国}]}
  - {id: birthday, ask: 生日？, type: date}
  - {id: rain, ask: 下雨吗？, type: yesno}
facts:
  near: {place: [home, hospital]}
stops:
  - {id: far, when: {place: abroad}, tell: 不在这里办}
notes:
  - {id: wet, when: {rain: "yes"}, tell: 带伞, source: law}
items:
  - {id: tea, when: {near: true}, deadline: {within: $window, from: birthday}}
  - {id: milk, when: {place: home}, after: [tea]}
"""


def faults_of(folder: Path, text: str, **files: str) -> list[Fault]:
    file = write(folder, text, EMPTY | files)
    return sorted({fault for result in prove_in(Catalogue(folder), file, PROVINCE, TODAY) for fault in result.faults})


def test_these_rules_have_no_fault(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, RULES)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "remedy"),
    [
        ("from: birthday", "form: birthday", "L02", "是不是“from”？"),
        ("from: birthday", "start: birthday", "L02", "是不是“from”？"),
        ("within: $window", "withn: $window", "L02", "是不是“within”？"),
        ("within: $window, from: birthday", "withn: $window, form: birthday", "L02", None),
        ("from: birthday", "from: birthdya", "L14", "是不是“birthday”？"),
        ("within: $window", "within: $windwo", "L08", "是不是“window”？"),
        ("within: $window", "within: soon", "L14", None),
        ("when: {place: abroad}, tell", "whn: {place: abroad}, tell", "L02", "是不是“when”？"),
        ("when: {place: abroad}, tell", "tell", "L03", None),
        ("when: {place: abroad}, tell", "when: [abroad], tell", "L04", None),
        ("when: {place: abroad}, tell", "when: {plaec: abroad}, tell", "L08", "是不是“place”？"),
        ("when: {place: abroad}, tell", "when: {place: abraod}, tell", "L09", "是不是“abroad”？"),
        ("when: {place: home}", "when: {anny: [{place: home}]}", "L08", "是不是“any”？"),
        ('rain: "yes"', "rain: true", "L09", "是不是“yes”？"),
        ("near: true", "near: yes", "L04", None),
        ("near: true", "naer: true", "L08", "是不是“near”？"),
        ("facts:\n  near", "fatcs:\n  near", "L02", "是不是“facts”？"),
        ("facts:\n  near: {place: [home, hospital]}", "facts: [near]", "L04", None),
        ("type: yesno", "type: yes_no", "L04", "是不是“yesno”？"),
        ("type: yesno", "tpye: yesno", "L02", "是不是“type”？"),
        ("type: yesno", 'type: yesno, when: {rain: "yes"}', "L10", "把 rain 移到前面。"),
        ("label: 外国}", 'label: 外国, when: {rain: "yes"}}', "L10", "把 rain 移到前面。"),
        ("type: date", 'type: date, when: {rain: "yes"}', "L10", "把 rain 移到前面。"),
        ("type: date", "type: dat", "L04", "是不是“date”？"),
        ("type: date", "type: 日期", "L04", None),
        ("{id: place, ask", "{idd: place, ask", "L02", "是不是“id”？"),
        ("{id: place, ask", "{ask", "L03", None),
        ("{id: home, label: 家}", "{id: hoem, label: 家}", "L09", "是不是“hoem”？"),
        ("{id: home, label: 家}, ", "", "L09", None),
        ("source: law", "source: lwa", "L13", "是不是“law”？"),
        ("sources: {law: {title: 法}}", "sources: [law]", "L04", None),
        ("after: [tea]", "after: [tae]", "L13", "是不是“tea”？"),
        ("{id: tea, when", "{id: [tea], when", "L04", None),
        ("- {id: milk", "- 7\n  - {id: milk", "L04", None),
        ("confirmed", "confirmed", "", None),
    ],
)  # fmt: skip
def test_a_slip_is_told_once(tmp_path: Path, right: str, wrong: str, code: str, remedy: str | None) -> None:
    faults = faults_of(tmp_path, RULES.replace(right, wrong, 1))
    codes = [fault.code for fault in faults]
    assert codes == (
        [code, code] if wrong.count(":") == 2 and "withn" in wrong and "form" in wrong else [code] if code else []
    )
    assert remedy is None or faults[0].remedy == remedy


def test_what_is_named_in_several_places_and_nowhere_said_is_one_fault(tmp_path: Path) -> None:
    text = RULES.replace("{id: rain, ask", "{id: snow, ask")
    text += '  - {id: coat, when: {rain: "no"}}\n'
    (fault,) = [fault for fault in faults_of(tmp_path, text) if fault.code == "L08"]
    assert fault.place.line == 15
    assert "第 19 行也是" in fault.message


def test_other_faults_are_told_beside_a_wrong_choice(tmp_path: Path) -> None:
    text = RULES.replace("{place: abroad}", "{place: abraod}").replace("after: [tea]", "after: [tae], materials: [cup]")
    text += (
        "  - {id: odd, when: {all: [{place: home}, {place: hospital}]}}\n"
        "  - {id: any, when: {place: [home, hospital, abroad]}}\n"
    )
    found = {(fault.code, fault.id) for fault in faults_of(tmp_path, text)}
    assert found == {("L09", "far"), ("L13", "milk"), ("P09", "cup"), ("P01", "odd"), ("P02", "any")}


@pytest.mark.parametrize(
    "broken", ["questions: 5", "questions: []", "facts: {a: {b: true}, b: {a: true}}", "computed: {x: {by: y}}"]
)
def test_other_faults_are_told_beside_broken_parts(tmp_path: Path, broken: str) -> None:
    text = f"id: small\ntitle: 小\n{broken}\nitems: [{{id: tea, materials: [cup]}}]\n"
    text += "" if "questions" in broken else "questions: [{id: rain, ask: 雨？, type: yesno}]\n"
    assert "P09" in {fault.code for fault in faults_of(tmp_path, text)}


# Where nothing contradicts itself


def test_a_condition_that_a_stop_makes_hold_is_no_fault(tmp_path: Path) -> None:
    """Those who live abroad are stopped before; that the item says so too is not wrong."""
    text = RULES.replace('when: {rain: "yes"}', 'when: {near: true, rain: "yes"}')
    text += "  - {id: salt, when: {place: [home, hospital]}}\n"
    assert not faults_of(tmp_path, text)


def test_params_that_may_be_confirmed_apart_are_no_contradiction(tmp_path: Path) -> None:
    text = RULES.replace("params: {", "params: {one: {value: null}, two: {value: null}, ")
    text += "  - {id: salt, when: {param: one, not: {param: two}}}\n"
    assert not faults_of(tmp_path, text)


def test_a_band_that_waits_for_its_day_is_no_contradiction(tmp_path: Path) -> None:
    text = (
        RULES.replace("type: date}", "type: date, bands: [{id: old, before: 2027-01-01}, {id: new}]}")
        + "  - {id: salt, when: {birthday: new}}\n"
    )
    assert not faults_of(tmp_path, text)


def test_a_choice_that_nobody_is_offered_is_the_only_fault(tmp_path: Path) -> None:
    text = RULES.replace("{id: home, label: 家}", '{id: home, label: 家, when: {rain: "yes", all: [{rain: "no"}]}}')
    text = text.replace("  - {id: rain, ask: 下雨吗？, type: yesno}\n", "")
    text = text.replace("questions:\n", "questions:\n  - {id: rain, ask: 下雨吗？, type: yesno}\n")
    assert [(fault.code, fault.id) for fault in faults_of(tmp_path, text)] == [("P06", "home")]


def test_a_stop_for_everybody_is_the_only_fault(tmp_path: Path) -> None:
    text = RULES.replace("when: {place: abroad}", "when: {place: [home, hospital, abroad]}")
    assert [(fault.code, fault.id) for fault in faults_of(tmp_path, text)] == [("P02", "far")]
