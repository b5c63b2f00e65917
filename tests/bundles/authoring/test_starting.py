"""Starting a bundle gives one that works; starting a version keeps the codes already given out."""

import io
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given as given_any
from hypothesis import strategies as some

from bundles.authoring.starting import LONGEST_ID, CannotStart, start_bundle, start_version
from bundles.faults import Fault
from bundles.loading import CATALOGUE, PROVINCE, Catalogue
from bundles.proving.proofs import prove
from bundles.proving.scenarios import check, read_scenarios
from bundles.reading.trees import read_tree, read_tree_file
from bundles.results.case_codes import decode, encode, open_code
from bundles.walking.walks import walk
from tests.bundles.support import EMPTY, TODAY, write

TEXT = """
id: small
title: 小小一件事
version: 1
questions:
  - weather
  - {id: guests, ask: 几位？, type: number, lowest: 1, bands: [{id: few, up_to: 3}, {id: many}]}
  - {id: birthday, ask: 哪天？, type: date, bands: [{id: new, up_to: 1 month}, {id: old}]}
items: [{id: tea, when: {weather: [wet, dry]}}, {id: cake, when: {guests: many, birthday: new}}]
"""
QUESTIONS = "weather: {ask: 天气？, choices: [{id: dry, label: 晴}, {id: wet, label: 雨}, {id: white, label: 雪}]}"
GIVEN: dict[str, object] = {"weather": "wet", "guests": 5, "birthday": date(2026, 11, 1)}


def catalogue_with_the_dictionaries(folder: Path) -> Catalogue:
    for path in CATALOGUE.glob("*.yaml"):
        shutil.copy(path, folder)
    return Catalogue(folder)


def test_a_started_bundle_proves_and_its_scenarios_hold(tmp_path: Path) -> None:
    books = catalogue_with_the_dictionaries(tmp_path)
    folder = start_bundle(books, "moving-house", "搬家一件事", TODAY)
    report = prove(books.bundle("moving-house"), PROVINCE, TODAY, {**books.common, "moving-house": 0})
    assert not report.faults, "\n".join(map(str, report.faults))
    scenarios = read_scenarios(folder / "scenarios.yaml")
    assert [check(scenario, Catalogue(tmp_path), "moving-house") for scenario in scenarios] == [[], []]


def started(folder: Path, title: str) -> dict[str, object]:
    """What `startbundle` writes under a title."""
    faults: list[Fault] = []
    tree = read_tree_file(start_bundle(Catalogue(folder), "moving", title, TODAY) / "bundle.yaml", faults)
    assert not faults
    return dict(tree)


@pytest.mark.parametrize(
    "title",
    ["搬家: 一件事", "[x", "搬家 # 事", '"', "TODAY 的 BUNDLE", "TITLE", "yes", "- {", "9" * 300, "一 二" * 300],
)
def test_the_title_stands_as_it_was_typed(tmp_path: Path, title: str) -> None:
    tree = started(tmp_path, title)
    assert (tree["id"], tree["title"], tree["reviewed"]) == ("moving", title, "2026-11-22")


@given_any(title=some.text())
def test_any_title_is_kept_on_one_line_or_refused(title: str) -> None:
    with TemporaryDirectory() as folder:
        try:
            assert started(Path(folder), title)["title"] == " ".join(title.split())
        except CannotStart:
            assert not " ".join(title.split()).isprintable() or not title.strip()
            assert not list(Path(folder).iterdir())


@pytest.mark.parametrize(
    "id", ["Moving", "../moving", "", "newborn", "a" * (LONGEST_ID + 1), "c", "bo", "api", "static", "wipe", "null"]
)
def test_a_bundle_is_not_started_under_an_odd_or_taken_id(tmp_path: Path, id: str) -> None:
    (tmp_path / "newborn").mkdir()
    books = catalogue_with_the_dictionaries(tmp_path)
    with pytest.raises(CannotStart):
        start_bundle(books, id, "搬家", TODAY)
    assert not list(tmp_path.glob("*/bundle.yaml"))


def with_a_new_version(folder: Path) -> Catalogue:
    write(folder, TEXT, EMPTY | {"questions": QUESTIONS})
    assert start_version(Catalogue(folder), "small", "雪天：不再问", TODAY) == 2
    return Catalogue(folder)


def test_a_new_version_says_what_changed(tmp_path: Path) -> None:
    rules = with_a_new_version(tmp_path).bundle("small")
    assert rules.version == 2
    assert [(change.version, change.day, change.tell) for change in rules.changelog] == [(2, TODAY, "雪天：不再问")]
    start_version(Catalogue(tmp_path), "small", "再改", TODAY)
    assert [change.version for change in Catalogue(tmp_path).bundle("small").changelog] == [3, 2]


def test_codes_of_the_old_version_still_open_after_the_shared_question_changed(tmp_path: Path) -> None:
    write(tmp_path / "before", TEXT, EMPTY | {"questions": QUESTIONS})
    before = Catalogue(tmp_path / "before").bundle("small")
    code = encode(before, PROVINCE, walk(before, GIVEN, TODAY).used)
    with_a_new_version(tmp_path / "after")
    changed = QUESTIONS.replace("{id: wet, label: 雨}, ", "").replace("[{id: dry", "[{id: hail, label: 雹}, {id: dry")
    (tmp_path / "after" / "questions.yaml").write_text(changed, encoding="utf-8")
    older = Catalogue(tmp_path / "after").older("small", 1)
    assert older is not None
    assert decode(older, open_code(code)) == {**GIVEN, "guests": Decimal(5)}


def test_a_version_is_kept_once(tmp_path: Path) -> None:
    with_a_new_version(tmp_path)
    file = tmp_path / "small" / "bundle.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("version: 2", "version: 1"), encoding="utf-8")
    with pytest.raises(CannotStart):
        start_version(Catalogue(tmp_path), "small", "又一次", TODAY)


ENTRY = "{version: 1, tell: 开始}"
LOGS = {
    "none": "",
    "flow": f"changelog: [{ENTRY}]\n",
    "flow with a comment": f"changelog: [{ENTRY}] # 记\n",
    "flow on lines": f"changelog: [\n  {ENTRY},\n  {ENTRY},\n]\n",
    "empty flow": "changelog: []\n",
    "nothing": "changelog:\n",
    "nothing but a comment": "changelog:   # 还没有\n",
    "not indented": f"changelog:\n- {ENTRY}\n",
    "indented by two": f"changelog:\n  - {ENTRY}\n  - {ENTRY}\n",
    "indented by four": f"changelog: # 记\n    # 新的在上\n    - {ENTRY}\n",
    "block entries": "changelog:\n  - version: 1\n    tell: 开始\n",
}
VERSIONS = ("version: 1", "version: 1 # 现在", "version:\t1", "version:    1\t# c", "'version': 1")


def written_with(log: str, version: str, order: str, end: str) -> str:
    body = TEXT.strip().replace("version: 1\n", "")
    top = f"{version}\n{log}" if order == "below" else f"{log}{version}\n"
    return f"{top}{body}\n".replace("\n", end)


def rewritten(folder: Path, text: str) -> None:
    """Puts the text in place of the bundle's, byte for byte."""
    (folder / "small" / "bundle.yaml").write_bytes(text.encode())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("order", ["below", "above"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)
def test_only_version_and_changelog_change(tmp_path: Path, log: str, version: str, end: str, order: str) -> None:
    write(tmp_path, "", EMPTY | {"questions": QUESTIONS})
    text = written_with(log, version, order, end)
    rewritten(tmp_path, text)
    before = read_tree(text, "before", [])
    for number in (2, 3):
        assert start_version(Catalogue(tmp_path), "small", f"第 {number} 版: [改]", TODAY) == number
    raised = (tmp_path / "small" / "bundle.yaml").read_bytes().decode()
    after = read_tree(raised, "after", [])
    new = [{"version": number, "date": "2026-11-22", "tell": f"第 {number} 版: [改]"} for number in (3, 2)]
    assert after == {**before, "version": 3, "changelog": [*new, *(before.get("changelog") or [])]}
    assert {line[-2:] == "\r\n" for line in raised.splitlines(keepends=True)} == {end == "\r\n"}
    assert raised.count("#") == text.count("#")
    assert Catalogue(tmp_path).bundle("small").version == 3


@pytest.mark.parametrize(
    "head",
    [
        "", "version:\n  1\n", "version: !!int 1\n", "version: 1\nchangelog: null\n", "? version\n: 1\n",
        f"version: 1\nchangelog: {ENTRY}\n", f"version: 1\nchangelog:\n  [{ENTRY}]\n", "version: &one 1\n",
    ],
)  # fmt: skip
def test_what_it_cannot_edit_stays_as_it_was(tmp_path: Path, head: str) -> None:
    write(tmp_path, TEXT.replace("version: 1\n", head), EMPTY | {"questions": QUESTIONS})
    before = contents(tmp_path)
    with pytest.raises(CannotStart, match="请手工写成"):
        start_version(Catalogue(tmp_path), "small", "改", TODAY)
    assert contents(tmp_path) == before
    assert not (tmp_path / "small" / "versions").exists()


@pytest.mark.parametrize("tell", ["", "  ", "\x07"])
def test_a_version_says_in_words_what_changes(tmp_path: Path, tell: str) -> None:
    write(tmp_path, TEXT, EMPTY | {"questions": QUESTIONS})
    with pytest.raises(CannotStart, match="改了什么"):
        start_version(Catalogue(tmp_path), "small", tell, TODAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('version: "1"', "整数"),
        ("version: one", "整数"),
        ("version: 1\ncolour: green", "colour"),
        ("version: [", "L01"),
    ],
)
def test_the_command_names_the_faults_of_a_broken_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    write(tmp_path, TEXT.replace("version: 1", text), EMPTY | {"questions": QUESTIONS})
    before = contents(tmp_path)
    monkeypatch.setattr("guide.management.commands.startversion.catalogue", lambda: Catalogue(tmp_path))
    with pytest.raises(CommandError, match=reason):
        call_command("startversion", "small", "改", stdout=io.StringIO())
    assert contents(tmp_path) == before
    assert not (tmp_path / "small" / "versions").exists()


def test_the_command_names_the_faults_of_a_broken_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "materials.yaml").write_text("card: {nam: 卡}", encoding="utf-8")
    monkeypatch.setattr("guide.management.commands.startbundle.catalogue", lambda: Catalogue(tmp_path))
    with pytest.raises(CommandError, match=r"materials\.yaml:1"):
        call_command("startbundle", "moving", "搬家", stdout=io.StringIO())
