"""What the forms of firms, hiring, flexible work and retiring begin with: the office's words for what was answered."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.results.notices import Notice
from bundles.walking.walks import walk
from tests.bundles.support import TODAY
from tests.guide.cast import at
from tests.guide.form.cases import answers, boxes, held_in
from tests.guide.test_every_bundle import as_sent


def test_a_company_of_three_who_pay_in_money_in_rented_rooms() -> None:
    held = boxes("business-start", "BS2")
    assert (held["company.kind"], held["company.people_count"]) == ("有限责任公司", 3)
    assert held["company.contribution"] == held["shareholder.way"] == "货币"
    assert (held["company.seals"], held["representative.post"]) == ("实体印章和电子印章", "董事")


@pytest.mark.parametrize(("premises", "tenure"), [("own", "自有"), ("rented", "租赁"), ("park", ""), ("unproven", "")])
def test_whose_the_premises_are(premises: str, tenure: str) -> None:
    assert boxes("business-start", "BS2", premises=premises)["premises.tenure"] == tenure


def test_what_else_than_money_owners_bring_is_for_them_to_say() -> None:
    held = boxes("business-start", "BS2", contribution="assets")
    assert held["company.contribution"] == held["shareholder.way"] == ""


def test_a_company_that_closes_the_simple_way() -> None:
    held = boxes("business-closure", "T1")
    assert (held["company.kind"], held["company.closing_reason"]) == ("有限责任公司", "决定（决议）解散")
    assert (held["company.closing_route"], held["company.licence_return"]) == ("简易注销", "")
    assert boxes("business-closure", "T1", licence="lost")["company.licence_return"] == "丢了，已经声明作废"


def test_the_simple_way_is_not_said_where_nobody_may_go_it() -> None:
    assert boxes("business-closure", "T3")["company.closing_route"] is None


def test_a_noodle_shop() -> None:
    held = boxes("restaurant-opening", "T1", dishes=["hot", "cold_meat", "drinks"])
    assert held["company.food_items"] == "热食类制售、冷食类制售（冷荤）、自制饮品制售"
    assert (held["company.food_form"], held["company.kind"]) == ("餐饮服务经营者", "个体工商户")
    assert (held["company.chain"], held["premises.location"]) == ("非连锁", "商场或商业楼")
    assert boxes("restaurant-opening", "T1", chain="unsure")["company.chain"] == ""


@pytest.mark.parametrize(("extras", "is_one"), [(["fun"], "是"), (["fun", "tobacco"], "是"), (["tobacco"], "")])
def test_a_restaurant_with_singing_is_a_place_of_amusement(extras: list[str], is_one: str) -> None:
    assert boxes("restaurant-opening", "T1", extras=extras, fire_route="pledge")["premises.public_fun"] == is_one


def test_a_graduate_hired_for_three_years() -> None:
    held = boxes("employee-hiring", "T1")
    assert (held["employee.hiring"], held["employee.contract"]) == ("全日制用工", "固定期限劳动合同")
    assert (held["employee.id_type"], held["employee.medical_before"]) == ("居民身份证", "城乡居民基本医疗保险")
    assert (held["employee.hired"], held["company.hire_count"]) == ("2026-11-16", 1)
    assert held["applicant.capacity"] == "单位经办人"
    assert held["employee.file_from"] is None  # what is to become of a file doesn't tell where it lies


@pytest.mark.parametrize(("identity", "papers"), [("hm", ""), ("taiwan", ""), ("permanent", "外国人永久居留身份证")])
def test_the_papers_of_those_who_may_have_two_kinds_are_left_open(identity: str, papers: str) -> None:
    assert boxes("employee-hiring", "T1", identity=identity)["employee.id_type"] == papers


@pytest.mark.parametrize(("contract", "kind"), [("open", "无固定期限劳动合同"), ("unsigned", "")])
def test_the_kinds_of_contract_are_those_of_the_law(contract: str, kind: str) -> None:
    probation = None if contract == "unsigned" else "without"
    assert boxes("employee-hiring", "T1", contract=contract, probation=probation)["employee.contract"] == kind


def test_a_courier_insures_himself() -> None:
    held = boxes("flexible-employment", "T1")
    assert (held["applicant.sex"], held["applicant.birth_date"]) == ("男", "1998-05-10")
    assert (held["applicant.work_form"], held["applicant.work_state"]) == ("新就业形态劳动者", "灵活就业")
    assert held["applicant.pension_wish"] == "职工基本养老保险"
    assert held["applicant.medical_kind"] == "职工基本医疗保险（统账结合）"


def test_a_town_register_is_said_where_it_was_asked() -> None:
    held = boxes("flexible-employment", "T2", "511100")
    assert (held["applicant.household_nature"], held["applicant.hardship_kind"]) == ("城镇", "连续失业一年以上人员")
    assert boxes("flexible-employment", "T2", "511100", scope="settled")["applicant.household_nature"] == ""


def test_a_worker_retires() -> None:
    held = boxes("retirement", "T2")
    assert (held["applicant.sex"], held["applicant.birth_date"]) == ("男", "1966-08-15")
    assert (held["applicant.insured_as"], held["applicant.retirement_way"]) == ("企业职工", "正常退休")
    assert (held["applicant.review_state"], held["applicant.file_place"]) == ("审档未完成", "现工作单位")
    assert (held["applicant.medical_kind"], held["applicant.other_province"]) == ("职工基本医疗保险", "没有")
    assert (held["fund.loan"], held["applicant.supplement_kind"]) == ("没有", "")
    assert boxes("retirement", "T2", fund_account="unsure")["fund.loan"] == ""
    assert boxes("retirement", "T2", parent_status="childless")["applicant.supplement_kind"] == "终身无子女"


@pytest.mark.parametrize("bundle", ["flexible-employment", "retirement"])
@pytest.mark.parametrize(("region", "place"), [
    ("510700", "绵阳市"), ("513301", "甘孜藏族自治州"), ("510000", ""),
])  # fmt: skip
def test_a_register_of_the_place_is_called_by_its_name(bundle: str, region: str, place: str) -> None:
    assert boxes(bundle, "T1", region)["applicant.hukou_place"] == place


@pytest.mark.django_db
def test_the_form_shows_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    given = walk(catalogue().bundle("employee-hiring"), answers("employee-hiring", "T1"), TODAY).used
    address = at("employee-hiring", "form", {"region": "510700", **as_sent(dict(given))})
    client.post(address, {"action": "agree", "sensitive": "1"})
    held = held_in(client, address)
    assert (held["employee.contract"], held["employee.id_type"]) == ("固定期限劳动合同", "居民身份证")
    assert held["employee.hired"] == date(2026, 11, 16).isoformat()


@pytest.mark.parametrize(("bundle", "changes", "same"), [
    ("business-closure", {}, {"applicant": "representative"}),
    ("business-closure", {"handler": "agent"}, {}),
    ("employee-hiring", {"handler": "self", "unit_insurance": "no"}, {"applicant": "representative"}),
    ("employee-hiring", {"handler": "self"}, {}),  # the form has no boxes for the representative
])  # fmt: skip
def test_a_representative_who_comes_in_person_is_entered_once(
    bundle: str, changes: dict[str, Any], same: dict[str, str]
) -> None:
    assert Notice(walk(catalogue().bundle(bundle), answers(bundle, "T1", **changes), TODAY)).same == same
