"""Rules and params that change on a day: the ones in force count, and what comes is known before."""

from datetime import date
from pathlib import Path

import pytest

from bundles.faults import BundleError, Fault
from bundles.loading import Catalogue
from bundles.walking.walks import walk
from tests.bundles.support import EMPTY, given, write

TEXT = """
id: small
title: 小
params: {window: [{value: 30 days}, {from: 2027-07-01, value: 60 days}]}
questions: [{id: rain, ask: ？, type: yesno}, {id: snow, ask: ？, type: yesno}]
items: [{id: tea, when: {rain: "yes"}}, {id: coat, when: {snow: "yes"}}]
"""
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


def named(day: str) -> str:
    """The name of a change's file, from a word that Python takes for a key."""
    return day.removeprefix("on_").replace("_", "-")


def faults_of(books: Catalogue) -> tuple[Fault, ...]:
    with pytest.raises(BundleError) as error:
        books.bundle("small")
    return error.value.faults


def catalogue(folder: Path, text: str = TEXT, **changes: str) -> Catalogue:
    write(folder, text, EMPTY | {"region_510000": "{}"})
    (folder / "small" / "changes").mkdir()
    for day, change in changes.items():
        (folder / "small" / "changes" / f"{named(day)}.yaml").write_text(change, encoding="utf-8")
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
    [
        ("on_2027_01_01", "questions: {drop: [rain]}", "L02"),
        ("on_2027_01_01", "questions: {change: {rain: {ask: 雨？}}}", "L02"),
        ("on_2027_01_01", "[]", "L04"),
        ("on_2027_01_01", "tea", "L04"),
        ("on_2027_01_01", "title: 大", "L02"),
        ("on_2027_01_01", "items: ]", "L01"),
        ("on_soon", "items: {drop: [coat]}", "L04"),
        ("on_20270101", "items: {drop: [coat]}", "L04"),
        ("on_2027_W01_1", "items: {drop: [coat]}", "L04"),
    ],
)
def test_a_faulty_change_is_named_with_its_file(tmp_path: Path, day: str, text: str, code: str) -> None:
    faults = faults_of(catalogue(tmp_path, **{day: text}))
    assert [(fault.code, fault.place.file, fault.place.line) for fault in faults] == [
        (code, str(tmp_path / "small" / "changes" / f"{named(day)}.yaml"), 1)
    ]
    assert "地区文件" not in str(faults[0])


@pytest.mark.parametrize("name", ["2027-01-01.yml", "2027-01-01.YAML", "2027-1-1.yaml", "2027-01-01 .yaml", "x.yml"])
def test_a_change_has_one_spelling_of_its_day(tmp_path: Path, name: str) -> None:
    books = catalogue(tmp_path)
    (tmp_path / "small" / "changes" / name).write_text("items: {drop: [coat]}", encoding="utf-8")
    assert [(fault.code, Path(fault.place.file).name) for fault in faults_of(books)] == [("L04", name)]


def test_other_files_beside_the_changes_are_nobodys_business(tmp_path: Path) -> None:
    books = catalogue(tmp_path)
    (tmp_path / "small" / "changes" / "README.md").write_text("[", encoding="utf-8")
    assert not books.bundle("small").later


@pytest.mark.parametrize(
    "edit",
    [
        "items: {drop: [gone]}",
        "items: {change: {gone: {when: {rain: 'no'}}}}",
        "items: {change: {tea: {materials: {change: {gone: {copies: 2}}}}}}",
        "notes: {drop: [gone]}",
        "stops: {change: {gone: {tell: 走}}}",
    ],
)
def test_a_change_of_what_is_gone_is_named_with_its_file_and_line(tmp_path: Path, edit: str) -> None:
    faults = faults_of(catalogue(tmp_path, on_2027_01_01=f"joint: {{rain: 'yes'}}\n{edit}"))
    assert [(fault.code, Path(fault.place.file).name, fault.place.line) for fault in faults] == [
        ("L13", "2027-01-01.yaml", 2)
    ]


def test_what_an_earlier_change_dropped_is_gone(tmp_path: Path) -> None:
    drop = "items: {drop: [coat]}"
    faults = faults_of(catalogue(tmp_path, on_2027_01_01=drop, on_2028_01_01=drop))
    assert [Path(fault.place.file).name for fault in faults] == ["2028-01-01.yaml"]


def test_a_regions_edit_that_a_change_takes_the_ground_from_names_the_change(tmp_path: Path) -> None:
    books = catalogue(tmp_path, on_2027_01_01="items: {drop: [coat]}", on_2028_01_01="{}")
    (tmp_path / "small" / "regions" / "510000.yaml").write_text("items: {change: {coat: {wish: true}}}")
    (fault,) = faults_of(books)
    assert (fault.code, Path(fault.place.file).name) == ("L13", "510000.yaml")
    assert "changes/2027-01-01.yaml" in fault.message


def test_facts_computed_figures_and_the_review_change_key_by_key(tmp_path: Path) -> None:
    change = """
reviewed: 2027-01-01
facts: {wet: {rain: "no"}, cold: {snow: "yes"}}
joint_else: 分开办
sources: {law: {title: 新法}}
items: {change: {tea: {when: {wet: true}}, coat: {when: {cold: true, dry: true}}}}
"""
    text = TEXT + 'facts: {wet: {rain: "yes"}, dry: {rain: "no"}}\nreviewed: 2026-01-01\n'
    rules = catalogue(tmp_path, text, on_2027_01_01=change).bundle("small")
    later = rules.on(AFTER)
    assert (rules.reviewed, later.reviewed, later.joint_else) == ("2026-01-01", "2027-01-01", "分开办")
    assert (list(rules.facts), list(later.facts)) == (["wet", "dry"], ["wet", "dry", "cold"])
    assert later.sources["law"].title == "新法"
    answers: dict[str, object] = {"rain": "no", "snow": "yes"}
    assert walk(rules, answers, AFTER).standing("tea") == "applies"
    assert walk(rules, answers, BEFORE).standing("tea") == "not"


def test_a_computed_result_and_a_figure_change_on_a_day(tmp_path: Path) -> None:
    change = "computed: {sum: {by: gone, of: [rain], gives: [a, b]}}\nfigures: {day: {by: gone, of: [rain]}}"
    assert {fault.code for fault in faults_of(catalogue(tmp_path, on_2027_01_01=change))} == {"L16"}
