"""Guides of a provincial platform become drafts that load, and nothing in them is lost without a word."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from bundles.importing import Draft, NotAGuide, draft_of, platform, platforms
from bundles.loading import Catalogue, catalogue
from bundles.model import Bundle, Dictionaries
from bundles.proofs import prove
from bundles.walks import walk

from .support import EMPTY, TODAY, write

SHAPE = platform("hunan")
GUIDE: dict[str, Any] = {
    "sxmc": "新生儿出生一件事", "yjsSsqdbm": "43PCN0009225J0100", "chargelist": [], "intermediarylist": "",
    "basicInfo": {
        "areaName": "长沙市", "qtbmmc": "长沙市卫生健康委员会", "cooperateName": "公安部门,医保部门",
        "completedLimit": "5", "isCharge": "0", "jdtsdh": "0731-12345",
    },
    "approveList": [
        {"lbsxfwmc": "出生医学证明首次签发", "cnsxsx": 5.0, "resultSampleName": "出生医学证明"},
        {"lbsxfwmc": "出生登记", "cnsxsx": "10.0", "resultSampleName": "无"},
    ],
    "guideCondition": [{"bltj": "第二条", "pxh": 4.0}, {"bltj": "第一条", "pxh": "1"}],
    "materialList": [
        {"clmc": "居民户口簿", "zzclfs": 1.0, "clbyx": "1", "clxs": "3", "mtjfs": "3", "pxh": 3.0, "attachList": []},
        {
            "clmc": "民族成份申请", "zzclfs": "2", "clbyx": "2", "clxs": "2", "mtjfs": "4", "pxh": 5.0,
            "tbxz": "父母不是同一个民族时提供。", "yqtgyj": "某办法",
            "attachList": [{"fjmc": "空白.docx", "fjbm": "100002"}, {"cjsj": 1}],
        },
        {"clmc": "承诺书", "zzclfs": "若干", "clbyx": "2", "mtjfs": "9", "attachList": ""},
    ],
    "guidePoint": [{"bldmc": "一号窗口", "xxdz": "某路", "blsj": "9:00—17:00"}],
    "onethingCatalogStandServiceGuide": {"gqpdcs": 4.0, "xzpdcs": 0.0, "gqsbcl": 22.0},
    "questionInfo": [{"wt": "多久？", "da": "一天。"}],
    "surprise": "新的一项",
}  # fmt: skip


def draft(guide: object = GUIDE, known: Dictionaries | None = None) -> Draft:
    return draft_of({"code": 0, "success": True, "data": guide}, known or catalogue().entries.dictionaries, SHAPE)


def loaded(drafted: Draft, folder: Path) -> Bundle:
    write(folder, drafted.text, EMPTY)
    return Catalogue(folder).bundle("small")


def test_every_platform_of_the_folder_has_a_table_that_can_be_read() -> None:
    assert "hunan" in platforms()
    assert all(platform(name).lists for name in platforms())


def test_the_draft_loads_and_proves(tmp_path: Path) -> None:
    drafted = draft(known=Dictionaries())
    rules = loaded(drafted, tmp_path)
    assert not [fault for fault in prove(rules, "510000", TODAY).faults if fault.code != "P09"]
    assert [item.usual("name") for item in rules.items] == ["出生医学证明首次签发", "出生登记"]
    assert [item.usual("days") for item in rules.items] == ["5 个工作日", "10 个工作日"]


def test_a_material_of_some_situation_is_asked_for_only_there(tmp_path: Path) -> None:
    rules = loaded(draft(known=Dictionaries()), tmp_path)
    assert rules.question("situations").choices[0].label == "父母不是同一个民族时提供。"
    walked = walk(rules, {"situations": ["situation-1"]}, TODAY)
    elsewhere = walk(rules, {"situations": "none"}, TODAY)
    assert walked.holds("material", "item-1", 1)
    assert not elsewhere.holds("material", "item-1", 1)


def test_what_the_dictionaries_know_keeps_its_id() -> None:
    assert draft().bundle["items"][0]["materials"][0]["id"] == "household-register"


def test_copies_waivers_and_legal_basis_come_along() -> None:
    register, application, pledge = draft().bundle["items"][0]["materials"]
    assert (register["originals"], register["waived_by"]) == (1, "data-check")
    assert (application["originals"], application["note"]) == (0, "依据：某办法")  # only electronic
    assert "originals" not in pledge


def test_conditions_come_in_their_own_order() -> None:
    tells = [note["tell"] for note in draft().bundle["notes"]]
    assert tells[:2] == ["联办条件：第一条", "联办条件：第二条"]


def test_nothing_is_confirmed() -> None:
    def confirmations(part: Any) -> list[bool]:
        if isinstance(part, dict):
            own = [part["confirmed"]] if "confirmed" in part else []
            return own + [flag for value in part.values() for flag in confirmations(value)]
        return [flag for value in part for flag in confirmations(value)] if isinstance(part, list) else []

    drafted = draft().bundle
    flags = confirmations(drafted)
    assert flags
    assert not any(flags)
    assert all("confirmed" in entry for entry in [*drafted["notes"], *drafted["items"]])


@pytest.mark.parametrize(
    "words",
    ["空白.docx", "若干", "mtjfs=9", "surprise", "公安部门,医保部门", "承诺书", "哪份材料属于", "completedLimit"],
)  # fmt: skip
def test_every_loss_is_reported(words: str) -> None:
    assert any(words in loss for loss in draft().losses)


@pytest.mark.parametrize(
    "document", [None, [], {}, {"data": None}, {"data": []}, {"data": {}}, {"data": {"sxmc": "无"}}]
)
def test_what_is_no_guide_is_refused(document: object) -> None:
    with pytest.raises(NotAGuide):
        draft_of(document, Dictionaries(), SHAPE)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(GUIDE)), anything)
def test_odd_values_are_lost_with_a_word_and_never_break_the_import(key: str, value: object) -> None:
    if key != "sxmc":
        assert draft({**GUIDE, key: value}).bundle["items"]


@given(st.sampled_from(["approveList", "materialList", "guidePoint", "guideCondition"]), st.data())
def test_odd_rows_never_break_the_import(name: str, data: st.DataObject) -> None:
    keys = [key for keys in next(t for t in SHAPE.lists.values() if t["at"] == name).values()
            for key in ([keys] if isinstance(keys, str) else keys)]  # fmt: skip
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(keys), anything, max_size=4) | anything, max_size=3))
    assert draft({**GUIDE, name: rows}).bundle["title"]


def test_the_command_writes_a_folder_for_each_guide_and_spares_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps({"data": GUIDE}), encoding="utf-8-sig")
    bad.write_text("{", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("importitems", str(good), str(bad), to=tmp_path / "drafts")
    printed = capsys.readouterr()
    folder = tmp_path / "drafts" / "draft-43pcn0009225j0100"
    assert "空白.docx" in (folder / "losses.md").read_text(encoding="utf-8")
    assert "空白.docx" in printed.out
    assert "bad.json" in printed.err
    (folder / "bundle.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("importitems", str(good), to=tmp_path / "drafts")
    assert (folder / "bundle.yaml").read_text(encoding="utf-8") == "mine"
