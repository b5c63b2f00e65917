"""The schema of scenarios.yaml takes every file of cases, and refuses what the reader refuses."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bundles.authoring.schemas import scenarios_schema
from bundles.loading import CATALOGUE
from bundles.reading.trees import read_tree
from tests.bundles.loading.test_mutations import plain

SCHEMA = Draft202012Validator(scenarios_schema())


def read(text: str) -> Any:
    return plain(read_tree(text, "scenarios.yaml", []))


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*/scenarios.yaml")), ids=lambda path: path.parent.name)
def test_every_file_of_cases_is_taken(path: Any) -> None:
    assert not list(SCHEMA.iter_errors(read(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("case", "taken"),
    [
        ("{id: T2, like: T1, title: 二, given: {wants: null}, expect: {figures: {x: 1}}}", True),
        ("{id: T2, like: T1, title: 二, given: {household: [{age: 7, sick: true}, {age: 40}]}}", True),
        ("{id: T2, like: T1, title: 二, given: {household: [{age: [7]}]}}", False),
        ("{id: T2, title: 二}", False),
        ("{id: T2, like: T1}", False),
        ("{id: T2, like: T1, title: 二, expects: {}}", False),
        ("{id: T2, like: T1, title: 二, expect: {aplies: []}}", False),
    ],
)
def test_it_says_what_a_case_may_say(case: str, taken: bool) -> None:
    assert SCHEMA.is_valid(read(f"- {case}")) is taken
