"""What an editor reads from `prove` and `scenarios`: faults with their region, cases, and remarks that fail nothing."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.autoreload import StatReloader

from bundles.authoring import FAULTY
from bundles.loading import CATALOGUE, Catalogue
from guide.apps import watch_rules
from tests.bundles.support import EMPTY

CLEAN = """
id: small
title: 小
questions:
  - {id: place, ask: 在哪里？, choices: [{id: home, label: 家}, {id: away, label: 外}]}
items: [{id: tea, when: {place: home}}, {id: milk, when: {place: away}}]
"""
CASES = """
- {id: T1, title: 家, today: 2026-11-22, given: {place: home}, expect: {applies: [tea]}}
- {id: T2, like: T1, title: 外, given: {place: away}, expect: {applies: [milk]}}
"""
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over a catalogue of the given files; its exit code and what it prints."""

    def runner(command: str, *names: str, files: dict[str, str], **options: Any) -> tuple[int, str]:
        for name, text in ({"regions.yaml": EMPTY["regions"]} | files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for module in ("commands.prove", "commands.scenarios", "telling"):
            monkeypatch.setattr(f"guide.management.{module}.catalogue", lambda: Catalogue(tmp_path))
        out = io.StringIO()
        try:
            call_command(command, *names, stdout=out, **options)
        except SystemExit as exit_:
            return int(exit_.code or 0), out.getvalue()
        return 0, out.getvalue()

    return runner


def test_remarks_have_their_own_place_and_fail_nothing(run: Run) -> None:
    files = {"small/bundle.yaml": CLEAN, "small/scenarios.yaml": CASES.split("- {id: T2", maxsplit=1)[0]}
    code, text = run("prove", files=files)
    assert code == 0
    faults, remarks = text.split("提醒（不算毛病）：")
    assert "没有毛病" in faults
    assert "R01" not in faults
    assert "没有情形走到：事项 milk" in remarks
    code, text = run("prove", files=files, json=True)
    told = json.loads(text)
    assert (code, told["ok"]) == (0, True)
    assert {remark["id"] for remark in told["remarks"]} == {"away", "milk"}


@pytest.mark.parametrize("command", ["prove", "scenarios"])
def test_a_case_that_comes_out_otherwise_is_a_fault(run: Run, command: str) -> None:
    files = {"small/bundle.yaml": CLEAN, "small/scenarios.yaml": CASES.replace("[milk]", "[tea]")}
    code, text = run(command, "small", files=files)
    assert code == 1
    assert "scenarios.yaml:3: S01" in text
    assert "applies：少了 tea；applies：多了 milk" in text
    code, text = run(command, "small", files=files, json=True)
    (row,) = json.loads(text)["scenarios"]
    assert (row["scenarios"], row["passed"], row["ok"]) == (2, 1, False)


def test_scenarios_says_how_many_came_out_right(run: Run) -> None:
    code, text = run("scenarios", files={"small/bundle.yaml": CLEAN, "small/scenarios.yaml": CASES})
    assert (code, "2 个情形，2 个没有毛病" in text) == (0, True)


@pytest.mark.parametrize("command", ["prove", "scenarios"])
def test_an_unknown_bundle_draws_the_one_that_is_meant(run: Run, command: str) -> None:
    with pytest.raises(CommandError, match="是不是“small”？"):
        run(command, "smal", files={"small/bundle.yaml": CLEAN})


def test_the_region_that_a_fault_needs_stands_in_text_and_json(run: Run) -> None:
    files = {
        "regions.yaml": "'510000': {name: 四川省}\n'510100': {name: 成都市, parent: '510000'}",
        "small/bundle.yaml": CLEAN,
        "small/scenarios.yaml": CASES,
        "small/regions/510100.yaml": "notes: {add: [{id: here, tell: 这里, when: {place: hom}}]}",
    }
    code, text = run("prove", files=files)
    assert code == 1
    assert next(line for line in text.splitlines() if " L09 " in line).endswith("（地区 510100 成都市）")
    assert "打不开" not in text
    code, text = run("prove", files=files, json=True)
    assert {row["region"] for row in json.loads(text)["reports"] if not row["ok"]} == {"510100"}


def test_only_a_file_that_cannot_be_opened_is_called_so(run: Run, tmp_path: Path) -> None:
    code, text = run("prove", files={}, file=[tmp_path / "nowhere" / "bundle.yaml"])
    assert (code, "打不开" in text) == (1, True)
    code, text = run("prove", files={"small/bundle.yaml": "id: ["})
    assert (code, "打不开" in text, "L01" in text) == (1, False, True)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_broken_dictionary_is_told_without_a_bundle(run: Run, as_json: bool) -> None:
    code, text = run("prove", files={"small/bundle.yaml": CLEAN, "materials.yaml": "card: {nam: 卡}"}, json=as_json)
    assert code == 1
    assert "L02" in text
    assert not as_json or json.loads(text)["dictionaries"][0]["line"] == 1


def test_one_broken_file_of_cases_leaves_the_others_to_be_played(run: Run) -> None:
    other = CLEAN.replace("id: small", "id: other")
    files = {
        "small/bundle.yaml": CLEAN, "small/scenarios.yaml": "- [", "other/bundle.yaml": other,
        "other/scenarios.yaml": CASES,
    }  # fmt: skip
    code, text = run("scenarios", files=files, json=True)
    rows = {row["bundle"]: row for row in json.loads(text)["scenarios"]}
    assert code == 1
    assert (rows["other"]["passed"], rows["other"]["ok"], rows["small"]["ok"]) == (2, True, False)


def test_the_examples_on_the_page_of_faults_run(run: Run, tmp_path: Path) -> None:
    shutil.copytree(FAULTY / "S03", tmp_path / "small")
    assert run("scenarios", files={})[0] == 1


def test_the_development_server_watches_the_catalogue() -> None:
    reloader = StatReloader()
    watch_rules(reloader)
    watched = {path for path, _time in reloader.snapshot_files()}
    assert {CATALOGUE / "departments.yaml", CATALOGUE / "newborn" / "bundle.yaml"} <= watched
