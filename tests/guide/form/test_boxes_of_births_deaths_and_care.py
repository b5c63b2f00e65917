"""What the forms for births, deaths, disability and leaving the army begin with: the office's words for the answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.walking.walks import walk
from tests.bundles.support import TODAY
from tests.guide.cast import at
from tests.guide.form.cases import answers, boxes, pages
from tests.guide.test_every_bundle import as_sent

# A birth


def test_a_child_of_a_married_couple() -> None:
    held = boxes("newborn", "T1")
    assert (held["household.follows"], held["household.kind"]) == ("随母", "家庭户")
    assert held["mother.marital_status"] == held["father.marital_status"] == "已婚"
    assert (held["applicant.relation"], held["child.surname_source"]) == ("母亲", "随父姓")
    assert (held["applicant.card_delivery"], held["child.insurance_place"]) == ("自取", "户籍地")
    assert (held["child.insurance_aid"], held["child.birth_date"]) == ("否", "2026-11-12")


def test_parents_who_are_not_married_say_themselves_what_they_are() -> None:
    assert boxes("newborn", "T4")["mother.marital_status"] == ""
    assert boxes("newborn", "T3")["mother.marital_status"] == ""


def test_a_divorced_mother_with_her_second_child() -> None:
    held = boxes("newborn", "divorced")
    assert (held["mother.marital_status"], held["child.order"]) == ("离婚", "二孩")


@pytest.mark.parametrize("case", ["T5", "T6", "campus-and-collective"])
def test_where_the_rules_send_the_child_elsewhere_the_form_does_not_say_what_was_wished(case: str) -> None:
    held = boxes("newborn", case)
    assert "household.follows" not in held
    assert (held["household.follows_open"], held["household.kind"]) == (None, "")


def test_a_mother_whose_employer_insures_her_is_insured_as_an_employee() -> None:
    wants: dict[str, Any] = {"wants": ["insurance", "maternity"], "card_delivery": None, "settled": "no"}
    assert boxes("newborn", "T1", **wants, maternity="mother")["mother.insurance_type"] == "职工基本医疗保险"
    assert boxes("newborn", "T1", **wants, maternity="father")["mother.insurance_type"] == ""


@pytest.mark.parametrize(("hardship", "aid"), [
    ("low_income", "最低生活保障对象"), ("monitored", "防止返贫监测对象"), ("disabled", ""), ("unsure", ""),
])  # fmt: skip
def test_who_gets_help_with_premiums(hardship: str, aid: str) -> None:
    assert boxes("newborn", "T1", hardship=hardship)["child.insurance_aid"] == aid


# A death


def test_a_pensioner_who_died_in_hospital() -> None:
    held = boxes("after-death", "T1")
    assert (held["deceased.death_manner"], held["deceased.burial"]) == ("正常死亡", "火化")
    assert held["deceased.pension_type"] == "企业职工基本养老保险"
    assert held["deceased.medical_type"] == "职工基本医疗保险"
    assert (held["applicant.deceased_relation"], held["deceased.id_type"]) == ("子女", "居民身份证")


@pytest.mark.parametrize(
    ("case", "manner"), [("T3", "非正常死亡"), ("T4", "宣告死亡"), ("T7", ""), ("other-province", "")]
)
def test_how_somebody_died_is_said_where_the_answer_tells(case: str, manner: str) -> None:
    assert boxes("after-death", case)["deceased.death_manner"] == manner


def test_a_foreigners_papers_and_what_is_not_settled_stay_open() -> None:
    held = boxes("after-death", "T1", deceased_hukou="foreign", burial="undecided", death_date=None, papers=None)
    assert held["deceased.id_type"] == ""
    assert held.get("deceased.burial", "") == ""


# Disability


def test_a_first_card_with_a_visit_at_home() -> None:
    held = boxes("disability-support", "T1")
    assert (held["applicant.card_matter"], held["applicant.assessment_way"]) == ("新办", "上门评残")
    assert (held["applicant.disability_kind"], held["applicant.household_status"]) == ("肢体残疾", "最低生活保障家庭")
    assert held["applicant.pension_kind"] == "城乡居民基本养老保险"
    assert held["applicant.medical_kind"] == "城乡居民基本医疗保险"


def test_several_kinds_are_all_written() -> None:
    assert (
        boxes("disability-support", "T1", kinds=["vision", "limb"])["applicant.disability_kind"] == "视力残疾、肢体残疾"
    )


def test_what_somebody_looking_for_work_and_an_allowance_holds() -> None:
    held = boxes("disability-support", "T6")
    assert (held["applicant.work_state"], held["applicant.disability_level"]) == ("失业", "一级")
    assert held["applicant.pension_kind"] == "职工基本养老保险（中断缴费）"
    assert boxes("disability-support", "T2")["applicant.payee"] == "监护人账户"
    assert boxes("disability-support", "T5")["applicant.home_tenure"] == "自有"


def test_a_card_that_has_not_moved_along_may_be_a_new_one() -> None:
    assert boxes("disability-support", "T7")["applicant.card_matter"] == ""


# Leaving the army


def test_a_conscript_who_finds_work_himself() -> None:
    held = boxes("veteran", "T1")
    assert (held["applicant.service_kind"], held["applicant.placement"]) == ("义务兵", "自主就业")
    assert (held["applicant.settle_basis"], held["applicant.political_status"]) == ("入伍时户口所在地", "共青团员")
    assert (held["applicant.job_plan"], held["applicant.insured_before"]) == ("求职", "未参保")
    assert (held["applicant.medical_choice"], held["applicant.approved_on"]) == ("职工基本医疗保险", "2026-03-18")
    assert held["household.kind"] == ""
    assert boxes("veteran", "T1", hukou="collective")["household.kind"] == "集体户"


def test_a_sergeant_who_is_given_work() -> None:
    held = boxes("veteran", "T2")
    assert (held["applicant.placement"], held["applicant.job_basis"]) == ("安排工作", "军士服现役满 12 年")
    assert (held["applicant.political_status"], held["applicant.marital_status"]) == ("中共党员", None)
    assert boxes("veteran", "T2", job_basis="nothing_fits")["applicant.job_basis"] == ""


def test_who_settles_with_a_spouse_is_married() -> None:
    assert boxes("veteran", "married-long")["applicant.marital_status"] == "已婚"


def test_a_range_of_grades_or_of_vehicles_is_not_taken_for_one() -> None:
    held = boxes("veteran", "T4")
    assert held["applicant.disability_grade"] is None
    assert held["applicant.licence_class"] is None


# On the form


@pytest.fixture
def opened(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """The address of a case's form, whose boxes all may be filled in."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)

    def address(bundle: str, case: str) -> str:
        given = walk(catalogue().bundle(bundle), answers(bundle, case), TODAY).used
        form = at(bundle, "form", {"region": "510700", **as_sent(dict(given))})
        client.post(form, {"action": "agree", "sensitive": "1"})
        return form

    return address


@pytest.mark.parametrize(("bundle", "case", "word"), [
    ("disability-support", "T6", "一级"), ("veteran", "T7", "逐月领取退役金"), ("after-death", "T1", "正常死亡"),
])  # fmt: skip
def test_the_list_of_the_office_is_opened_at_the_answer(
    client: Client, opened: Callable[[str, str], str], bundle: str, case: str, word: str
) -> None:
    assert any(f'<option value="{word}" selected>' in html for html in pages(client, opened(bundle, case)))


def test_a_childs_number_gives_the_sex(client: Client, opened: Callable[[str, str], str]) -> None:
    form = opened("newborn", "T1")
    client.post(form, {"action": "save", "child.id_number": "990000202611120023"})
    assert '<option value="女" selected>' in client.get(form).content.decode()
