"""At the counter: of several papers one is enough, and what lacks is said once."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from jsonschema import validate

from guide.counter.brought import Check, ticked
from guide.counter.handover import as_data, schema, split
from guide.counter.sheets import handover_sheet, issued_by, missing_sheet, receipt_sheet
from guide.form.paper import Applicant
from guide.notice.rows import Telling
from tests.guide.cast import THREE_ADULTS, WITHOUT_WORK
from tests.guide.counter.cases import telling_of

pytestmark = pytest.mark.usefixtures("in_november", "allowances")


@pytest.fixture
def telling() -> Telling:
    return telling_of("allowances", THREE_ADULTS)


def checked(telling: Telling, **ticks: str) -> Check:
    return ticked(telling, QueryDict(urlencode(ticks)), Check(telling))


def test_one_of_several_papers_is_enough(telling: Telling) -> None:
    check = checked(telling, m1="both", m3="both")
    assert check.missing == []
    assert [line.id for line in check.handed_in] == ["id-card", "deed"]


def test_without_any_one_thing_is_missing_and_says_which_would_do(telling: Telling) -> None:
    card, proof = checked(telling, m3="original").missing
    assert (card.name, card.count) == ("申请人的身份证", "原件 1，复印件 3（每人 1 份）")
    assert proof.name == "租房合同（原件 1）、不动产权证书（复印件 2） 或 村里的证明（原件 1）"
    assert proof.count == "带一样就行"


def test_the_sheets_say_the_same(telling: Telling) -> None:
    check = checked(telling)
    issued = issued_by(check, Applicant("样例甲"), None)
    sheet = missing_sheet(telling, check, None, issued, "https://guide.example/")
    assert [lacking.count for lacking in sheet.lacking] == ["原件 1，复印件 3（每人 1 份）", "带一样就行"]
    parts = split(telling, [], check)
    receipt = receipt_sheet(telling, check, parts, None, issued, "https://guide.example/")
    assert [kept.name for kept in receipt.lacking] == [lacking.name for lacking in sheet.lacking]


def test_a_department_isnt_told_that_the_others_are_missing(telling: Telling) -> None:
    check = checked(telling, m1="both", m3="both")
    parts = split(telling, [], check)
    sheet = handover_sheet(telling, check, parts, {})
    assert [kept.name for kept in sheet.departments[0].kept] == ["申请人的身份证", "不动产权证书"]
    data = as_data(telling, check, parts, {}, "")
    validate(data, schema())
    assert [entry.get("any_of") for entry in data["departments"][0]["materials"]] == [None, 1]


def test_a_number_that_nobody_knows_is_none_here_either() -> None:
    telling = telling_of("allowances", WITHOUT_WORK)
    assert [found.count for found in checked(telling).undecided] == ["原件 1", "原件 1，复印件 每人 1 份", "带一样就行"]


@pytest.mark.parametrize("page", ["check", "facing"])
def test_the_desk_and_the_window_across_it_bracket_them(counter: Client, page: str) -> None:
    text = counter.get(f"/counter/allowances/{page}?{urlencode(THREE_ADULTS, doseq=True)}").content.decode()
    assert text.count("住处的证明：下面几样，带一样就行") == 1


def test_a_tick_at_the_desk_settles_the_others(counter: Client) -> None:
    def get(**more: Any) -> Any:
        address = f"/counter/allowances/check?{urlencode({**THREE_ADULTS, **more}, doseq=True)}"
        return counter.get(address, follow=True)

    assert "还缺 2 样" in get(tick="1").content.decode()
    assert "材料齐了" in get(tick="1", m1="both", m4="both").content.decode()
