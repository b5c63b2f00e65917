"""For reviewers and on prints: of which items only one can be had, of which papers one is enough, in words."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bundles.loading import catalogue
from bundles.model import Bundle
from bundles.results.notices import Notice
from bundles.walking.walks import walk
from guide.editors.differences import differences
from guide.editors.rules_in_words import Sheet
from guide.editors.unconfirmed import unconfirmed
from guide.prints.blank_questionnaire import questionnaire_paper_of
from guide.prints.posters_and_booklet import booklet_of, head_of, poster_of
from guide.translations.gathering import catalogue_messages
from tests.bundles.support import TODAY
from tests.bundles.support import bundle as written
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("in_november")
REGION = catalogue().region(None)


@pytest.fixture
def sheet(allowances: Bundle) -> Sheet:
    return Sheet(allowances)


def test_a_group_of_items_says_which_comes_first(sheet: Sheet) -> None:
    living, care, _work = sheet.one_of
    assert living.text == "孤儿基本生活费、困难儿童生活补贴，只能办一样；孤儿基本生活费优先。"
    assert care.text == "照护方面的补贴，只能享受一样。"
    assert care.more == ("前面的优先：护理补贴、老人照护补助、养老院补助", "护理补贴：“在领护理补贴吗？”选了“是”")


def test_an_items_conditions_are_those_that_its_author_wrote(sheet: Sheet) -> None:
    when = {item.line.id: (item.line.when, item.may_when) for item in sheet.items}
    assert when["poor-living"] == ("“家里有没有这些情况？”选了“有困难儿童”", "")
    assert when["care-home"] == ("", "“家里有没有这些情况？”选了“有不能自理的老人”")


def test_a_condition_on_an_item_names_the_item(sheet: Sheet, allowances: Bundle) -> None:
    assert sheet.words(allowances.notes[0].when) == "“办理“孤儿基本生活费””"
    job = next(item for item in sheet.items if item.line.id == "job-aid")
    assert "不是（“办理“就业补贴””）" in [line.when for line in job.materials]


def test_materials_say_their_alternatives_their_group_and_for_each_of_whom(sheet: Sheet) -> None:
    orphan, poor = sheet.items[:2]
    card, lease = orphan.materials[:2]
    assert card.group == "identity"
    assert card.more == ("原件 1，复印件 每人 1 份", "按“家里有几个大人？”的数")
    assert lease.more[:2] == ("住处的证明：任选一样：租房合同、不动产权证书 或 村里的证明", "地址要和户口本一样。")
    income = poor.materials[0]
    assert "部门核验得到可免交，条件是“有社保卡吗？”选了“是”（以当地窗口为准）" in income.more


def test_what_isnt_confirmed_lists_groups_and_what_replaces_a_paper(sheet: Sheet) -> None:
    lines = [line for found in unconfirmed(sheet) for line in found.lines]
    assert ("只能办一样的", "孤儿基本生活费、困难儿童生活补贴，只能办一样；孤儿基本生活费优先。") in lines
    assert ("困难儿童生活补贴：材料", "收入证明：部门核验得到可免交") in lines


def test_another_order_in_a_region_is_a_difference() -> None:
    rules = """
        questions: [{id: poor, ask: 困难吗？, type: yesno}]
        one_of: {aid: {of: [first, second]}}
        items: [{id: first, name: 甲, when: {poor: yes}}, {id: second, name: 乙}]
    """
    region = {"regions": "{'510000': {name: 四川省}, '510100': {name: 成都市, parent: '510000'}}"}
    swapped = "one_of: {aid: {of: [second, first]}}"
    here, there = written(rules, **region), written(rules, "510100", **region, region_510100=swapped)
    found = [difference for difference in differences((here, TODAY), (there, TODAY)) if "只能办" in difference.what]
    assert [(one.here, one.there) for one in found] == [
        (("甲、乙，只能办一样；甲优先。", "前面的优先：甲、乙"), ("乙、甲，只能办一样；乙优先。", "前面的优先：乙、甲"))
    ]


def test_an_item_that_a_region_drops_can_still_be_named() -> None:
    rules = """
        questions: [{id: poor, ask: 困难吗？, type: yesno}]
        notes: [{id: told, tell: 好。, when: {item: first}}]
        items: [{id: first, name: 甲, when: {poor: yes}}, {id: second, name: 乙}]
    """
    region = {"regions": "{'510000': {name: 四川省}, '510100': {name: 成都市, parent: '510000'}}"}
    here = written(rules, "510100", **region, region_510100="items: {drop: [first]}")
    assert Sheet(here).words(here.notes[0].when) == "从不"


@pytest.mark.parametrize("page", ["rules", "unconfirmed", "map", "differences", "scenarios"])
def test_the_pages_open(client: Client, allowances: Bundle, page: str) -> None:
    reviewer: User = UserFactory.create(role="reviewer")
    client.force_login(reviewer)
    response = client.get(f"/allowances/{page}")
    assert response.status_code == 200, page
    if page == "rules":
        assert "共用的一组 <code>identity</code>" in " ".join(response.content.decode().split())


def test_a_poster_counts_papers_of_which_one_is_enough_as_one(allowances: Bundle) -> None:
    poster = poster_of(allowances, REGION, head_of(REGION, TODAY, "", allowances), "a3")
    assert "租房合同" not in poster.materials
    assert all("租房合同" not in name or "村里的证明" in name for name in poster.materials)


def test_the_booklet_says_it_beside_the_item(allowances: Bundle) -> None:
    [chapter] = booklet_of([allowances], REGION, [""], head_of(REGION, TODAY, ""), False).chapters
    orphan, poor = chapter.items[:2]
    assert "孤儿基本生活费、困难儿童生活补贴，只能办一样；孤儿基本生活费优先。" in poor.says
    assert poor.when == "“家里有没有这些情况？”选了“有困难儿童”"
    assert "住处的证明：任选一样：租房合同、不动产权证书 或 村里的证明" in orphan.materials[1].says
    assert not any("identity" in text for item in chapter.items for one in item.materials for text in one.says)


def test_the_checklist_on_paper_says_it_too(allowances: Bundle) -> None:
    paper = questionnaire_paper_of(allowances, REGION, date(2026, 11, 30), "", False)
    says = {material.name.rstrip("※").split("的")[-1]: material.says for material in paper.materials}
    choice = "住处的证明：任选一样：租房合同、不动产权证书 或 村里的证明；地址要和户口本一样。"
    assert f"第 1 件：{choice}" in says["租房合同"]
    assert "第 3 件：任选一样：租房合同 或 水电费单子" in says["租房合同"]
    assert any("复印件 每人 1 份" in text for text in says["身份证"])
    assert "照护方面的补贴，只能享受一样。" in next(item.says for item in paper.items if "照护" in item.name)


def test_its_texts_are_gathered_for_translation(allowances: Bundle) -> None:
    texts = {message.text for message in catalogue_messages(catalogue())}
    assert {"住处的证明", "地址要和户口本一样。", "照护方面的补贴，只能享受一样。", "护理补贴"} <= texts


def test_data_say_it_too(client: Client, allowances: Bundle) -> None:
    answers = {"situations": ["orphan", "poor"], "card": "yes", "adults": "2"}
    data = client.get(f"/api/allowances/walk?{urlencode(answers, doseq=True)}").json()
    assert [entry.get("any_of") for entry in data["materials"]] == [None, 1, 1, 1]
    told = {"id": "living", "tell": "", "told": ["orphan-living"], "out": ["poor-living"], "held": []}
    assert data["one_of"] == [told]
    assert Notice(walk(allowances, answers, TODAY)).savings.materials == (2, 2)
