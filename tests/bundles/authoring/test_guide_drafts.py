"""Guides of a provincial platform become drafts that load, and nothing in them is lost without a word."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bundles.authoring.guide_drafts import DraftBundle, draft_of
from bundles.authoring.platform_guides import LONGEST, NotAGuide, platform, platforms
from bundles.dictionary import Dictionaries, MaterialEntry
from bundles.faults import Fault
from bundles.loading import Catalogue, catalogue
from bundles.model import Bundle
from bundles.proving.proofs import prove
from bundles.reading.keys import IDENTIFIER
from bundles.reading.trees import read_tree
from bundles.walking.walks import walk
from tests.bundles.support import EMPTY, TODAY, write

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
            "tbxz": "父母不是同一个民族时提供。", "yqtgyj": "某办法", "cllyqd": "10",
            "attachList": [{"fjmc": "空白.docx", "fjbm": "100002"}, {"cjsj": 1}],
        },
        {"clmc": "承诺书", "zzclfs": "若干", "clbyx": "2", "mtjfs": "9", "attachList": ""},
    ],
    "guidePoint": [{"bldmc": "一号窗口", "xxdz": "某路", "blsj": "9:00—17:00"}],
    "onethingCatalogStandServiceGuide": {"gqpdcs": 4.0, "xzpdcs": 0.0, "gqsbcl": 22.0},
    "questionInfo": [{"wt": "多久？", "da": "一天。"}],
    "surprise": "新的一项",
}  # fmt: skip


def draft(guide: object = GUIDE, known: Dictionaries | None = None) -> DraftBundle:
    return draft_of({"code": 0, "success": True, "data": guide}, known or catalogue().entries.dictionaries, SHAPE)


def loaded(drafted: DraftBundle, folder: Path) -> Bundle:
    """The draft as it stands alone. Raises BundleError where it has a loading fault."""
    write(folder, drafted.text, EMPTY)
    return Catalogue(folder).bundle("small")


def loads(guide: object) -> DraftBundle:
    """The draft of a guide, which loads and reads the same by YAML 1.1 and 1.2."""
    drafted = draft(guide, Dictionaries())
    with TemporaryDirectory() as folder:
        loaded(drafted, Path(folder))
    faults: list[Fault] = []
    assert read_tree(drafted.text, "bundle.yaml", faults) == yaml.safe_load(drafted.text) == drafted.bundle
    assert not faults
    assert all(len(loss.encode().decode().splitlines()) == 1 for loss in drafted.losses)
    return drafted


def with_materials(*rows: object) -> dict[str, Any]:
    return {**GUIDE, "materialList": list(rows)}


def lost(guide: object, *words: str, known: Dictionaries | None = None) -> bool:
    """Whether one of the losses says all these words."""
    return any(all(word in loss for word in words) for loss in draft(guide, known or Dictionaries()).losses)


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
    ["空白.docx", "若干", "mtjfs=9", "surprise", "公安部门,医保部门", "承诺书", "哪份材料属于", "completedLimit",
     "serves", "theme", "keywords", "happened", "summary", "只收电子的"],
)  # fmt: skip
def test_every_loss_is_reported(words: str) -> None:
    assert any(words in loss for loss in draft().losses)


@pytest.mark.parametrize("known", [Dictionaries(), catalogue().entries.dictionaries], ids=["alone", "ours"])
def test_a_guide_with_nothing_but_a_name_loads(known: Dictionaries, tmp_path: Path) -> None:
    drafted = draft({"sxmc": "小事"}, known)
    assert loaded(drafted, tmp_path).questions == ()
    assert [item.id for item in catalogue().open(tmp_path / "small" / "bundle.yaml").items] == ["item-1"]


@pytest.mark.parametrize("words", ["08", "1e5", "0898", "yes", "true", "0x1F", "1_000", "2026-01-01", "1:30", "08: #"])
def test_a_text_stays_a_text(words: str) -> None:
    drafted = loads({**with_materials({"clmc": words, "clbz": words}), "sxmc": words})
    assert f'title: "{words}"' in drafted.text or IDENTIFIER.match(words)
    assert drafted.bundle["dictionary"]["materials"]["material-1"]["name"] == words


def test_braces_become_wide_and_are_reported_once() -> None:
    drafted = loads({**GUIDE, "sxmc": "{name}一件事", "questionInfo": [{"wt": "{days}", "da": "{"}]})
    assert drafted.bundle["title"] == "｛name｝一件事"
    assert sum("花括号" in loss for loss in drafted.losses) == 1


def test_what_cannot_be_stored_is_replaced() -> None:
    drafted = loads({**GUIDE, "sxmc": "坏\ud800字\x1b[31m", "坏\udfff键\n# 头": "\ud800"})
    assert drafted.bundle["title"] == "坏\ufffd字 [31m"
    assert any("坏\ufffd键 # 头" in loss for loss in drafted.losses)


def test_a_text_too_long_is_cut_with_a_word() -> None:
    drafted = loads({**GUIDE, "sxmc": "长" * 1_000_000})
    assert len(drafted.bundle["title"]) == LONGEST
    assert any("sxmc 太长" in loss for loss in drafted.losses)


def test_a_long_code_makes_a_short_id() -> None:
    assert len(loads({**GUIDE, "yjsSsqdbm": "Ab-" * 500}).id) <= 80


@pytest.mark.parametrize("odd", [True, float("nan"), float("inf"), ["甲"], {"甲": 1}, [[["甲"]]]])
def test_what_is_no_text_is_reported_wherever_a_text_should_stand(odd: object) -> None:
    assert lost({**GUIDE, "yjsSsqdbm": odd}, "yjsSsqdbm 不是文字")
    for key in ("clmc", "zzclfs", "clbyx", "tbxz", "pxh"):
        assert lost(with_materials({"clmc": "证", key: odd}), f"materialList[0].{key} 不是文字")


@pytest.mark.parametrize(
    ("words", "copies"), [("２", 2), ("2.00", 2), (" 3 ", 3), (0, 0), (2.0, 2), ("007", 7)]
)  # fmt: skip
def test_copies_however_they_are_written(words: object, copies: int) -> None:
    drafted = loads(with_materials({"clmc": "证", "zzclfs": words}))
    assert drafted.bundle["items"][0]["materials"][0]["originals"] == copies


@pytest.mark.parametrize("words", ["1_0", "1e2", "-1", "2.5", "NaN", "sNaN", "inf", "1E+999999999", "10000", "两份"])
def test_copies_that_are_no_number_are_reported(words: str) -> None:
    assert lost(with_materials({"clmc": "证", "zzclfs": words}), "materialList[0] 的份数 不是数目", words)


def test_what_has_no_name_gets_one() -> None:
    drafted = loads({**with_materials({"clbz": "甲"}, {"clbz": "乙"}), "approveList": [{"cnsxsx": 1}, {}]})
    assert [item["name"] for item in drafted.bundle["dictionary"]["items"].values()] == ["第 1 项", "第 2 项"]
    assert len(drafted.bundle["dictionary"]["materials"]) == 2
    assert lost({**GUIDE, "approveList": [{"cnsxsx": 1}]}, "approveList[0] 没有名称")


def test_an_id_that_a_dictionary_has_is_not_given_again() -> None:
    known = Dictionaries(materials={"material-1": MaterialEntry("甲"), "material-2": MaterialEntry("乙")})
    drafted = draft(with_materials({"clmc": "丙"}, {"clmc": "乙"}, {"clmc": "丁"}, {"clmc": "丙"}), known)
    ids = [line["id"] for line in drafted.bundle["items"][0]["materials"]]
    assert ids == ["material-3", "material-2", "material-4", "material-3"]


@pytest.mark.parametrize("known", [Dictionaries(), Dictionaries(materials={"card": MaterialEntry("证")})])
def test_a_material_listed_twice_is_reported_with_what_hangs_on_it(known: Dictionaries) -> None:
    blank = [{"fjmc": "空表.docx", "fjbm": "100002"}]
    guide = with_materials({"clmc": "证", "cllyqdsm": "甲处"}, {"clmc": "证", "cllyqdsm": "乙处", "attachList": blank})
    assert lost(guide, "“证”出现了不止一次", known=known)
    assert lost(guide, "空表.docx", known=known)
    assert lost(guide, "materialList[1]", "乙处", known=known)
    assert known.materials or draft(guide, known).bundle["dictionary"]["materials"]["material-1"]["blank"]
    assert not known.materials or lost(guide, "空白表", "card", known=known)


@pytest.mark.parametrize("files", ["表.docx", ["表.docx"], {"fjmc": "表.docx"}, [{"url": "表.docx"}], [[["表.docx"]]]])
def test_no_attachment_vanishes(files: object) -> None:
    assert lost(with_materials({"clmc": "证", "attachList": files}), "附件", "表.docx")


@pytest.mark.parametrize("need", [{"clbyx": "1"}, {"clbyx": 1.0}, {}, {"clbyx": "7"}])
def test_how_to_fill_in_a_necessary_material_is_no_situation(need: dict[str, object]) -> None:
    guide = with_materials({"clmc": "证", "tbxz": "用黑色笔填写。", "clbz": "收原件", **need})
    drafted = loads(guide)
    line = drafted.bundle["items"][0]["materials"][0]
    assert (line["note"], line.get("when"), drafted.bundle["questions"]) == ("用黑色笔填写。；收原件", None, [])
    assert lost(guide, "tbxz", "备注", "用黑色笔填写。")


def test_where_a_material_comes_from_is_said_in_words() -> None:
    drafted = draft(known=Dictionaries()).bundle["dictionary"]["materials"]
    assert drafted["material-2"]["hint"] == "来源：申请人自备"


def test_of_two_keys_with_different_words_the_second_is_reported() -> None:
    guide = {**GUIDE, "guidePoint": [{"bldmc": "窗口", "infoAddr": "甲路", "xxdz": "乙路"}]}
    assert lost(guide, "guidePoint[0].xxdz", "乙路")


def test_a_key_that_looks_like_a_path_is_reported() -> None:
    assert lost({**GUIDE, "basicInfo.areaName": "别处"}, "basicInfo.areaName", "别处")


def test_many_materials_take_no_longer_each() -> None:
    drafted = draft(with_materials(*({"clmc": f"材料{number}"} for number in range(20_000))))
    assert len(drafted.bundle["dictionary"]["materials"]) == 20_000


@pytest.mark.parametrize(
    "document", [None, [], {}, {"data": None}, {"data": []}, {"data": {}}, {"data": {"sxmc": "无"}}, [{"data": GUIDE}]]
)
def test_what_is_no_guide_is_refused(document: object) -> None:
    with pytest.raises(NotAGuide, match=r"[\u4e00-\u9fff]"):
        draft_of(document, Dictionaries(), SHAPE)


def nested(wrap: Callable[[object], object]) -> object:
    value: object = "甲"
    for _ in range(100_000):
        value = wrap(value)
    return value


@pytest.mark.parametrize("wrap", [lambda value: [value], lambda value: {"a": value}])
def test_what_is_nested_too_deep_is_refused(wrap: Callable[[object], object]) -> None:
    with pytest.raises(NotAGuide, match="太深"):
        draft({**GUIDE, "surprise": nested(wrap)})


odd_words = st.sampled_from(
    [
        "08",
        "1e5",
        "~",
        "no",
        "{name}",
        "}",
        "\ud800",
        "\ufeff",
        "\x00",
        "\x85",
        "\u2028",
        "𠮷",
        "1",
        "2",
        "100002",
        "a" * 5000,
    ]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | odd_words | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)  # files are written and read
@given(st.sampled_from(sorted(GUIDE)), anything)
@example("surprise", {"\ud800{": "\n- "})
def test_odd_values_are_lost_with_a_word_and_the_draft_loads(key: str, value: object) -> None:
    try:
        assert loads({**GUIDE, key: value}).bundle["items"]
    except NotAGuide:
        assert key == "sxmc"


@settings(deadline=None)
@given(st.sampled_from(["approveList", "materialList", "guidePoint", "guideCondition", "questionInfo"]), st.data())
def test_odd_rows_never_keep_the_draft_from_loading(name: str, data: st.DataObject) -> None:
    keys = [key for keys in next(t for t in SHAPE.lists.values() if t["at"] == name).values()
            for key in ([keys] if isinstance(keys, str) else keys)]  # fmt: skip
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(keys), anything, max_size=4) | anything, max_size=3))
    assert loads({**GUIDE, name: rows}).bundle["title"]


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


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return saved(tmp_path / "good.json", GUIDE)


def saved(file: Path, guide: object) -> Path:
    file.write_text(json.dumps({"data": guide}), encoding="utf-8")
    return file


def test_the_command_goes_on_after_a_guide_that_it_cannot_write(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = saved(tmp_path / "again.json", {**GUIDE, "sxmc": "同一个编码"})
    other = saved(tmp_path / "other.json", {**GUIDE, "sxmc": "坏\ud800字", "yjsSsqdbm": "2", "\ud800": "\ud800"})
    with pytest.raises(SystemExit):
        call_command("importitems", *map(str, [good, again, tmp_path, other]), to=tmp_path / "drafts")
    refused = capsys.readouterr().err.splitlines()
    assert [line.split("：")[0] for line in refused] == [str(again), str(tmp_path)]
    assert "已经有了" in refused[0]
    kept = (tmp_path / "drafts" / "draft-43pcn0009225j0100" / "bundle.yaml").read_text(encoding="utf-8")
    assert "新生儿出生一件事" in kept
    assert {path.name for path in (tmp_path / "drafts" / "draft-2").iterdir()} == {"bundle.yaml", "losses.md"}


def test_the_command_needs_a_folder_to_write_to(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("importitems", str(good), to=good)
    assert "不是文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("id", ["../out", "Bad Id", "", "8", "x\n"])
def test_the_command_refuses_an_id_that_no_bundle_can_have(id: str, good: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="不合规则"):
        call_command("importitems", str(good), to=tmp_path / "drafts", id=id)
    assert not (tmp_path / "drafts").exists()


def test_the_command_takes_the_id_that_it_is_given(good: Path, tmp_path: Path) -> None:
    call_command("importitems", str(good), to=tmp_path / "drafts", id="my-own")
    assert catalogue().open(tmp_path / "drafts" / "my-own" / "bundle.yaml").id == "my-own"


@pytest.mark.parametrize("text", ["", "[]", '[{"data": {}}]', "NaN", "[" * 100_000, '{"data": ' + "1" * 5000 + "}"])
def test_the_command_refuses_in_words(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "guide.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("importitems", str(file), to=tmp_path / "drafts")
    assert str(file) in capsys.readouterr().err
