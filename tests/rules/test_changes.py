"""Rules and params that change on a day: the ones in force count, and what comes is known before."""

from datetime import date
from pathlib import Path

import pytest

from bundles.faults import BundleError
from bundles.loading import Catalogue
from bundles.walks import walk

from .support import EMPTY, given, write

TEXT = """
id: small
title: 小
params: {window: [{value: 30 days}, {from: 2027-07-01, value: 60 days}]}
questions: [{id: rain, ask: ？, type: yesno}, {id: snow, ask: ？, type: yesno}]
items: [{id: tea, when: {rain: "yes"}}, {id: coat, when: {snow: "yes"}}]
"""
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


def catalogue(folder: Path, **changes: str) -> Catalogue:
    write(folder, TEXT, EMPTY | {"region_510000": "{}"})
    (folder / "small" / "changes").mkdir()
    for day, text in changes.items():
        name = day.removeprefix("on_").replace("_", "-")
        (folder / "small" / "changes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Catalogue(folder)


def test_a_change_counts_from_its_day_on(tmp_path: Path) -> None:
    change = 'items: {drop: [coat], change: {tea: {when: {rain: "no"}}}}'
    rules = catalogue(tmp_path, on_2027_01_01=change).bundle("small")
    answers: dict[str, object] = {"rain": "yes", "snow": "yes"}
    assert walk(rules, answers, BEFORE).standing("tea") == "applies"
    assert walk(rules, answers, AFTER).standing("tea") == "not"
    assert [item.id for item in walk(rules, answers, AFTER).bundle.items] == ["tea"]
    given(rules, rain="no").asks("snow")


def test_changes_lie_on_top_of_each_other(tmp_path: Path) -> None:
    rules = catalogue(
        tmp_path, on_2027_01_01="items: {drop: [coat]}", on_2028_01_01="items: {add: [{id: milk}]}"
    ).bundle("small")
    assert [item.id for item in rules.on(date(2028, 5, 1)).items] == ["tea", "milk"]
    assert rules.on(date(2028, 5, 1)).since == date(2028, 1, 1)


def test_the_days_of_coming_changes_are_known(tmp_path: Path) -> None:
    rules = catalogue(tmp_path, on_2027_01_01="items: {drop: [coat]}").bundle("small")
    assert rules.changes_after(BEFORE) == (date(2027, 1, 1), date(2027, 7, 1))
    assert rules.on(AFTER).changes_after(AFTER) == (date(2027, 7, 1),)


@pytest.mark.parametrize(
    ("day", "text", "code"),
    [("on_2027_01_01", "questions: {drop: [rain]}", "L02"), ("on_soon", "items: {drop: [coat]}", "L04")],
)
def test_a_change_of_questions_or_without_a_day_is_a_fault(tmp_path: Path, day: str, text: str, code: str) -> None:
    with pytest.raises(BundleError) as error:
        catalogue(tmp_path, **{day: text}).bundle("small")
    assert code in {fault.code for fault in error.value.faults}
