"""What the boxes of a form hold after a walk, in the office's words: marriage, homes, property, land, outfalls."""

from typing import Any

import pytest

from bundles.loading import catalogue
from bundles.results.outcomes import written
from tests.bundles.support import given

COUPLE = {
    "step": "unregistered", "man": "resident", "woman": "resident", "man_birthday": "2001-05-10",
    "woman_birthday": "2002-05-10", "related": "no", "man_before": "court", "woman_before": "widowed", "ids": "valid",
    "names_match": "yes", "place": "sichuan", "hukou": "same_city", "booklet": "self", "move": "woman_to_man",
    "target": "family", "head": "yes", "children": "no", "birth_plan": "planning", "wants": [],
}  # fmt: skip
SALE = {
    "cause": "sale", "restrictions": [], "sellers": "one", "mortgage": "clear", "home_kind": "home",
    "acquired": "2019-05-20", "seller_only": "yes", "owners": 2, "books": 2, "marriage": "single", "payment": "cash",
    "home_price": 150, "homes": "none_owned", "floor_area": 120, "deal": [], "moves": [], "sides": [], "filing": "self",
}  # fmt: skip
LOAN = {
    "loan_home": "presale", "past_loans": "never", "fund_months": 24, "fund_place": "city", "marriage": "widowed",
    "others": [], "homes": "one", "payment": "mixed", "home_price": 150, "down_payment": 60, "loan_wanted": 40,
    "sex": "male", "birthday": "1992-03-01", "circumstances": ["overdue", "withdraw_repay"],
}  # fmt: skip
FIRM = {
    "matter": "merge", "property_kind": "factory", "nature": "granted", "standing": "clear", "owner": "small",
    "also_mortgage": "no", "priced": "no", "restructured": "yes", "moves": [], "handler": "self",
}  # fmt: skip
LAND = {
    "project_form": "linear", "approval": "review", "land_state": "outside", "supply": "allocated", "sensitive": [],
    "standard": "within", "planned": "yes", "hazard": "no", "crosses": "no", "handler": "self",
}  # fmt: skip
OUTFALL = {
    "action": "new", "outfall": "industrial", "discharge": "channel", "zone": "ordinary", "water_state": "met",
    "authority": "city", "eia": "form", "permit": "key", "riverbank": "no", "third_party": "no", "handler": "self",
}  # fmt: skip
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("marriage-childbearing", COUPLE, {
        "man.nationality": "中国", "man.birth_date": "2001-05-10", "man.before": "离婚",
        "woman.nationality": "中国", "woman.before": "丧偶", "couple.move": "女方投靠男方",
        "couple.mover_is_head": "是", "couple.birth_plan": "计划怀孕",
    }),
    # whoever isn't the head of several may be one who lives alone; an answer doesn't tell a foreigner's country
    ("marriage-childbearing", COUPLE | {"head": "no"}, {"couple.mover_is_head": ""}),
    ("marriage-childbearing", COUPLE | {"man": "foreign", "hukou": "woman_only", "chengdu": "no", "move": "stay"}, {
        "man.nationality": "", "man.before": None, "woman.nationality": "中国",
    }),
    ("second-hand-home", SALE, {
        "home.transfer_cause": "买卖", "home.kind": "住宅", "home.use": "住宅", "home.price": 150,
        "home.payment": "全款", "home.homes_owned": "0 套", "home.area": 120, "home.acquired_on": "2019-05-20",
        "home.books": 2, "applicant.marital_status": "未婚",
    }),
    ("second-hand-home", SALE | {"homes": "unsure", "payment": "mixed"}, {
        "home.homes_owned": "", "home.payment": "组合贷款",
    }),
    ("housing-fund-loan", LOAN, {
        "home.kind": "期房", "home.homes_owned": "1 套", "loan.kind": "组合贷款", "loan.amount": 40,
        "applicant.fund_months": 24, "applicant.marital_status": "丧偶", "applicant.withdrawal_purpose": "还贷款",
    }),
    ("housing-fund-loan", LOAN | {"circumstances": ["withdraw_down", "withdraw_repay"]}, {
        "applicant.withdrawal_purpose": "付首付、还贷款",
    }),
    ("enterprise-property", FIRM, {
        "property.cause": "转移登记", "property.kind": "工业、仓储用房", "property.nature": "出让",
        "property.tax_relief": "企业改制重组",
    }),
    ("enterprise-property", FIRM | {"nature": "unsure", "restructured": "no"}, {
        "property.nature": "", "property.tax_relief": "",
    }),
    ("land-preexam", LAND, {
        "project.approval": "审批", "project.planned": "是", "project.standard": "符合土地使用标准",
        "site.supply": "划拨",
    }),
    ("land-preexam", LAND | {"approval": "unsure", "supply": "unsure", "standard": "unsure", "planned": "unsure"}, {
        "project.approval": "", "project.planned": "", "project.standard": "", "site.supply": "",
    }),
    ("river-outfall", OUTFALL, {
        "outfall.kind": "工矿企业排污口", "outfall.discharge": "通过管道、沟、渠等排污通道排入",
        "outfall.water_state": "达标",
    }),
    ("river-outfall", OUTFALL | {"water_state": "unsure"}, {"outfall.water_state": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("bundle", "answers", "boxes"), CASES)
def test_what_was_answered_stands_in_the_form(bundle: str, answers: dict[str, Any], boxes: dict[str, Any]) -> None:
    rules = catalogue().bundle(bundle)
    needs = {need.id: need for need in given(rules, **answers).notice.fields}
    assert boxes.keys() <= needs.keys()
    assert {id: written(needs[id].value, needs[id].question) for id in boxes} == boxes


@pytest.mark.parametrize(("bundle", "answers", "boxes"), CASES)
def test_it_is_among_the_options_of_the_box(bundle: str, answers: dict[str, Any], boxes: dict[str, Any]) -> None:
    """Answers of several ticks too, of which `prove` sees only each alone."""
    fields = catalogue().bundle(bundle).dictionaries.fields
    assert all(not said or said in fields[id].options for id, said in boxes.items() if fields[id].options)
