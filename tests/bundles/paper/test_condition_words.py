"""Conditions in words, for reviewers and paper: what belongs together stands in brackets."""

from collections.abc import Mapping

import pytest

from bundles.conditions import Condition, Wording, say
from tests.bundles.support import bundle

FACTS = "{wet: {rain: yes, place: [home, road]}, far: {place: away}, near: {far: false}}"


def words(condition: str) -> str:
    choices = "[{id: home, label: 家}, {id: road, label: 路}, {id: away, label: 外}]"
    rules = bundle(f"""
        questions:
          - {{id: place, ask: 在哪里, choices: {choices}}}
          - {{id: rain, ask: 下雨, type: yesno}}
        facts: {FACTS}
        items: [{{id: tea, when: {condition}}}, {{id: coat, when: {{rain: yes}}}}]
    """)
    when = rules.items[0].when
    assert when is not None
    return said(when, rules.facts)


def said(condition: Condition, facts: Mapping[str, Condition]) -> str:
    wording = Wording(name=str, value=lambda _name, value: value, facts=facts)
    return say(condition, wording)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{place: home}", "“place”选了“home”"),
        ("{place: [road, home]}", "“place”选了“home”或“road”"),
        ("{not: {place: home}}", "不是（“place”选了“home”）"),
        ("{any: [{place: home}, {rain: yes}]}", "“place”选了“home”；或者“rain”选了“yes”"),
        ("{near: true}", "不是（“place”选了“away”）"),
        (
            "{any: [{wet: true}, {place: away}]}",
            "（“rain”选了“yes”，并且“place”选了“home”或“road”）；或者“place”选了“away”",
        ),
        (
            "{rain: yes, any: [{place: home}, {far: true}]}",
            "“rain”选了“yes”，并且（“place”选了“home”；或者“place”选了“away”）",
        ),
    ],
)
def test_a_condition_reads_without_doubt(condition: str, expected: str) -> None:
    assert words(condition) == expected
