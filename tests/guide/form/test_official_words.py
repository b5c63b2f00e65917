"""What answers put into boxes are the words of the office, of the place of the case; ages follow ID numbers."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.results.offline_rules import offline_rules
from bundles.results.outcomes import outcome, written
from bundles.walking.editions import edition
from bundles.walking.walks import walk
from guide.form import validation
from tests.bundles.support import TODAY, bundle
from tests.guide.cast import ID_NUMBER, at
from tests.guide.form.cases import held_in
from tests.guide.offline.scripts import in_node
from tests.guide.test_every_bundle import as_sent, finished

RULES = """
    questions:
      - id: state
        ask: 结婚了吗？
        choices: [{id: single, label: 没结过, official: 未婚}, {id: unsure, label: 说不准, official: ""}]
      - id: home
        ask: 户口在哪？
        choices: [{id: here, label: 就在这个市, official: "{city}"}, {id: away, label: 别处}]
      - id: kinds
        ask: 有哪几样？
        type: many
        choices: [{id: a, label: 甲, official: 甲类}, {id: b, label: 乙, official: ""}]
    items: [{id: tea, fields: [me.state, me.home, me.kinds]}, {id: milk, when: {state: single, home: here, kinds: a}}]
    fills: {me.state: state, me.home: home, me.kinds: kinds}
    dictionary: {fields: {me.state: 婚姻, me.home: 户口, me.kinds: 种类}}
"""
ANSWERS: dict[str, Any] = {"state": "single", "home": "here", "kinds": ["a", "b"]}
BOXES = ("me.state", "me.home", "me.kinds")


def boxes(city: str, **changes: Any) -> dict[str, Any]:
    told = outcome(walk(bundle(RULES), ANSWERS | changes, TODAY), city=city)
    return {field["id"]: field["value"] for field in told["fields"]}


def test_a_box_holds_the_official_word_of_the_place() -> None:
    assert boxes("绵阳市") == {"me.state": "未婚", "me.home": "绵阳市", "me.kinds": "甲类"}


def test_what_the_answer_does_not_tell_stays_blank() -> None:
    assert boxes("绵阳市", state="unsure")["me.state"] == ""
    assert boxes("绵阳市", home="away")["me.home"] == "别处"
    assert boxes("")["me.home"] == ""


@pytest.mark.parametrize("city", ["绵阳市", ""])
def test_the_offline_page_puts_the_same_into_boxes(city: str) -> None:
    rules = bundle(RULES)
    data = offline_rules(edition(rules, TODAY), "510000", city=city)
    choices = [choice for question in data["questions"] for choice in question["choices"]]
    expected = [written(choice.id, question, city) for question in rules.questions for choice in question.choices]
    assert in_node("offline_checks.js", wishes=[{"choice": choice} for choice in choices]) == expected


@pytest.mark.parametrize(("region", "city"), [
    ("510000", ""), ("510700", "绵阳市"), ("510100", "成都市"), ("513301", "甘孜藏族自治州"),
])  # fmt: skip
def test_the_city_of_a_county_is_its_prefecture(region: str, city: str) -> None:
    assert catalogue().city(region) == city


DAYS = ["2026-11-22", "1990-03-07", "1990-03-06", "2008-03-06", "2008-03-07", "2008-02-29", "昨天", ""]


def age(day: str) -> str:
    try:
        return validation.age_of(ID_NUMBER, date.fromisoformat(validation.day(day)))
    except Exception:  # no day: no age, as the form has it
        return ""


def test_an_age_is_in_whole_years_on_the_day_in_both_engines() -> None:
    wishes = [{"take": "age", "number": ID_NUMBER, "today": TODAY.isoformat(), "on": day} for day in DAYS]
    assert in_node("offline_checks.js", wishes=wishes) == [age(day) for day in DAYS]
    assert [age(day) for day in DAYS[:5]] == ["36", "0", "", "17", "18"]


BORN_BETWEEN = "990000199011150021"  # her birthday lies between the child's birth and the day of the form


@pytest.mark.django_db
def test_the_mothers_age_is_that_at_the_birth(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    number = next(text for end in "0123456789X" if is_right(text := BORN_BETWEEN[:-1] + end))
    walked = next(walked for _case, walked in finished("newborn") if walked.used["birth_date"] == date(2026, 11, 12))
    address = at("newborn", "form", {"region": "510000", **as_sent(dict(walked.used))})
    client.post(address, {"action": "agree", "sensitive": "1"})
    boxes = {"child.birth_date": "2026-11-12", "mother.id_type": "居民身份证", "mother.id_number": number}
    client.post(address, {"action": "save", **boxes})
    assert held_in(client, address)["mother.age"] == "35"


def is_right(number: str) -> bool:
    try:
        return bool(validation.id_number(number))
    except ValidationError:
        return False
