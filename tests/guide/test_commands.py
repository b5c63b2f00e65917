"""The commands: what a reviewer or a script gets from `walk` and `prove`."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from bundles.loading import PROVINCE, catalogue
from guide.management.commands.facts import table, tally

STAND_ALONE = """
id: tiny
title: 小事
version: 1
questions:
  - {id: a, ask: 甲还是乙, choices: [{id: x, label: 甲}, {id: y, label: 乙}]}
  - {id: b, ask: 要不要, type: yesno, when: {a: x}}
items:
  - {id: one, when: {b: yes}, materials: [paper], fields: [me.name]}
  - {id: two, when: {a: y}}
dictionary:
  materials: {paper: 一张纸}
  fields: {me.name: 姓名}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "bundle.yaml"
    path.write_text(STAND_ALONE, encoding="utf-8")
    return path


def walk(*words: str, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("walk", *words, stdout=out, today="2026-11-22", **options)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_walk_prints_the_next_question() -> None:
    told = walk("newborn", "birth_place=hospital", region="513301")
    assert (told["state"], told["region"], told["question"]["id"]) == ("asking", "513301", "birth_date")


def test_walk_takes_a_file_that_stands_alone(tiny: Path) -> None:
    told = walk("a=x", "b=yes", file=tiny)
    assert [item["standing"] for item in told["items"]] == ["applies", "not"]
    assert told["code"]


@pytest.mark.parametrize("words", [["nothing"], ["newborn", "moon=1"], ["newborn", "birth_place"], [], ["a=b"]])
def test_walk_refuses_in_words(words: list[str]) -> None:
    with pytest.raises(CommandError, match=r"[\u4e00-\u9fff]"):
        walk(*words)


def test_a_batch_goes_on_after_a_bad_line(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ['{"answers": {"a": "y"}}', "nonsense", '{"answers": {"a": "z"}}', '{"answers": {}, "region": "1"}', "[]"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    out = io.StringIO()
    call_command("walk", file=tiny, batch=True, stdout=out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert told[0]["state"] == "finished"
    assert all("error" in line for line in told[1:])


def test_prove_passes_for_the_whole_catalogue_and_the_readme_has_its_table() -> None:
    out = io.StringIO()
    call_command("prove", stdout=out, json=True, today="2026-11-22")
    proved = json.loads(out.getvalue())
    assert proved["ok"]
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    for report in proved["reports"]:
        if report["region"] == "510000":
            row = f"`{report['bundle']}` | {report['questions']} | {report['walks']:,} | {report['states']} |"
            assert row in readme, "run: python manage.py prove --readme"


def test_prove_writes_only_the_whole_table() -> None:
    with pytest.raises(CommandError):
        call_command("prove", "newborn", readme=True)


def test_the_readme_tells_how_much_is_confirmed() -> None:
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    day = date.fromisoformat(re.search(r"<!-- facts -->\n\| 一件事，([0-9-]+)", readme)[1])  # type: ignore[index]  # it is there
    rows = table([tally(bundle, PROVINCE, day) for bundle in catalogue().ids], day)
    assert f"<!-- facts -->\n{rows}\n<!-- /facts -->" in readme, "run: python manage.py facts --readme"


def test_facts_knows_no_other_bundle() -> None:
    with pytest.raises(CommandError, match="没有一件事"):
        call_command("facts", "newborns")


def test_prove_exits_with_1_and_names_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "bundle.yaml"
    path.write_text(STAND_ALONE.replace("{b: yes}", "{b: maybe, c: x}").replace("paper]", "pen]"), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("prove", file=[path], stdout=out)
    assert exit_.value.code == 1
    assert f"{path}:9" in out.getvalue()
    assert out.getvalue().count("L0") == 2


def test_half_characters_do_not_end_a_batch(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"answers": {"a": "\\ud800"}}\n{"answers": {"a": "y"}}'))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    call_command("walk", file=tiny, batch=True, stdout=out)
    out.seek(0)
    assert [("error" in json.loads(line)) for line in out] == [True, False]


@pytest.mark.parametrize(
    "spoilt",
    [
        "questions: [{ask: 没有编号, when: {a: x}, choices: [{id: p, label: 甲}]}]\nitems: []",
        "questions: {id: a}\nitems: 5\nfacts: [1]\nstops: {a: b}",
        "questions: [{id: n, ask: ？, type: number, bands: [{id: p, under: 1e30}, {id: q}]}]\nitems: []",
        "questions: [{id: n, ask: ？, type: number, lowest: 1e99999999999999999999}]\nitems: []",
        "questions: [{id: n, ask: ？, type: number, lowest: 9, highest: 3}]\nitems: []",
        "- 1\n- 2",
        "a: [",
        "\x00",
        "",
    ],
)
def test_prove_names_the_faults_of_whatever_it_is_given(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "bundle.yaml"
    path.write_text(f"id: odd\ntitle: 怪\n{spoilt}" if spoilt.startswith("q") else spoilt, encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("prove", file=[path], stdout=out)
    assert str(path) in out.getvalue()


def test_prove_tells_faults_of_loading_and_of_logic_together(tmp_path: Path) -> None:
    path = tmp_path / "bundle.yaml"
    path.write_text(STAND_ALONE.replace("{a: y}", "{a: y, all: [{a: x}]}") + "moon: 1\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("prove", file=[path], stdout=out)
    assert {"L02", "P01"} <= set(out.getvalue().split())


def test_paperwaste_prints_a_line_a_bundle() -> None:
    out = io.StringIO()
    call_command("paperwaste", "land-preexam", "newborn", draws=20, seed=1, today="2026-11-22", stdout=out)
    title, *lines = out.getvalue().splitlines()
    assert title.split()[:3] == ["bundle", "readers", "asked"]
    assert [line.split()[:2] for line in lines] == [["land-preexam", "20"], ["newborn", "20"]]


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"region": "999999"}, {"today": "soon"}])
def test_paperwaste_refuses_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match=r"[\u4e00-\u9fff]"):
        call_command("paperwaste", "land-preexam", stdout=io.StringIO(), **wrong)
