"""What a clerk does at one page holds on the others, and nothing that was decided is lost on the way."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from bundles.loading import catalogue
from guide.cases.case import Case
from guide.counter.opening import open_form
from guide.models import Draft
from guide.notice.rows import Telling
from tests.bundles.support import dice, fresh_seed
from tests.guide.cast import MOTHER, SHOPKEEPER, at, page_of
from tests.guide.counter.cases import BORN, case_of, of_the_mother, telling_of
from tests.guide.counter.test_counter import words_of
from tests.guide.form.cases import step
from tests.guide.papers.papers_fit import faults_of, richest_telling


def ticked(counter: Client, **ticks: str) -> Any:
    """The check page after these ticks."""
    return counter.get(of_the_mother("check", tick="1", **ticks), follow=True)


def test_what_was_checked_comes_along_through_the_form_to_the_receipt(counter: Client) -> None:
    page = ticked(counter, m1="both", m3="both")
    first = page.context["check"].lines[0].row.name
    form = page.context["tabs"]["form"]
    counter.post(form, {"action": "agree", "sensitive": "1"})
    ready = counter.post(form, {"action": "save", "mother.name": "欧阳测试人"}, follow=True)
    handover = counter.get(ready.context["tabs"]["handover"])
    assert len(handover.context["check"].handed_in) == 2
    receipt = words_of(counter.get(handover.context["receipt"]).content)
    assert "收件回执" in receipt
    assert "收下的2份材料" in receipt
    assert "还缺的材料，补齐才能受理" in receipt
    assert "".join(first.split()) in receipt


def test_the_questions_keep_the_check_until_an_answer_changes(counter: Client) -> None:
    checked = ticked(counter, m1="both").context["check"].code
    page = counter.get(of_the_mother("", checked=checked))
    assert checked in page.context["tabs"]["check"]
    changed = at("newborn", "", MOTHER | {"birth_date": BORN, "births": "2", "checked": checked})
    assert checked not in counter.get(f"/counter{changed}").context["tabs"]["check"]


def test_a_day_that_was_only_ticked_is_asked_and_never_made_up(counter: Client) -> None:
    page = counter.post("/counter/open", {"typed": "1A 3B", "bundle": "newborn"}, follow=True)
    assert page.context["walk"].used == {"birth_place": "hospital"}
    assert page.context["rows"][-1].open


def test_missing_papers_are_told_for_each_person(counter: Client) -> None:
    people = SHOPKEEPER | {"people": "3"}
    rows = [row for row in telling_of("business-start", answered(people)).materials if row.each > 1]
    assert rows
    query = at("business-start", "", answered(people)).partition("?")[2]
    missing = words_of(counter.get(f"/counter/business-start/missing.pdf?{query}").content)
    assert f"每人一份，共{rows[0].each}人" in missing


def answered(people: dict[str, Any]) -> dict[str, Any]:
    """The same with an answer to whatever else is asked of several."""
    answers = dict(people)
    for _question in range(20):
        walk = case_of("business-start", answers).walk
        if walk.question is None:
            break
        first = walk.offered[0] if walk.offered else "1"
        answers[walk.question.id] = [first] if walk.question.type == "many" else first
    return answers


@pytest.mark.parametrize("sent", ["", "2020-01-01", "soon"])
def test_a_day_taken_away_stays_away(counter: Client, sent: str) -> None:
    before = ticked(counter, m1="both").context["by"]
    assert before
    page = counter.get(of_the_mother("check", tick="1", m1="both", by=sent, by_before=before), follow=True)
    assert page.context["by"] == ""
    assert "没有规定最晚哪天" in words_of(counter.get(page.context["missing_paper"]).content)


def test_the_clerks_own_day_stands_on_the_sheet(counter: Client) -> None:
    page = counter.get(
        of_the_mother("check", tick="1", m1="both", by="2026-12-24", by_before="2026-12-12"), follow=True
    )
    assert "请在2026年12月24日以前补齐" in words_of(counter.get(page.context["missing_paper"]).content)


@pytest.mark.parametrize("page", ["handover", "handover.pdf", "handover.json", "receipt.pdf", "missing.pdf"])
def test_a_check_code_that_cant_be_read_stops_every_sheet(counter: Client, page: str) -> None:
    response = counter.get(of_the_mother(page, checked="BNEN-X1PZ-SA"))
    assert response.status_code == 302
    assert "/check?" in response.headers["Location"]


@pytest.mark.parametrize("page", ["handover.pdf", "handover.json"])
def test_no_department_gets_the_code_that_opens_all_answers(counter: Client, page: str) -> None:
    code = telling_of("newborn", MOTHER).code
    content = counter.get(of_the_mother(page)).content
    text = words_of(content) if page.endswith("pdf") else content.decode()
    assert code not in text
    assert code[:9] not in text


def test_receipt_and_sheets_are_called_alike(counter: Client) -> None:
    reference = counter.get(of_the_mother("handover.json")).json()["reference"]
    for paper in ("receipt.pdf", "handover.pdf"):
        assert reference in words_of(counter.get(of_the_mother(paper)).content)


def test_each_department_has_a_file_of_its_own(counter: Client) -> None:
    page = counter.get(of_the_mother("handover"))
    for part, _boxes, address in page.context["parts"]:
        assert [one["department"] for one in counter.get(address).json()["departments"]] == [part.department]


# Whose form it is -----------------------------------------------------------------------------------------------------


def test_a_link_alone_opens_nothing_and_wipes_nothing(counter: Client) -> None:
    counter.post(of_the_mother("form"), {"action": "agree", "sensitive": "1"})
    page = counter.get("/counter/open", {"typed": "NB7K-3Q9M", "bundle": "newborn"})
    assert page.status_code == 200
    assert "NB7K-3Q9M" in page.content.decode()
    assert Draft.objects.count() == 1


def test_a_page_of_another_applicant_is_not_saved_into_this_ones_form(counter: Client) -> None:
    form = of_the_mother("form")
    counter.post(form, {"action": "agree", "sensitive": "1"})
    old = page_of(counter.get(form)).inputs["draft"][0]
    counter.post("/counter/open", {"bundle": "newborn"})
    counter.post(form, {"action": "agree", "sensitive": "1"})
    counter.post(form, {"action": "save", "mother.name": "后来的人"})
    response = counter.post(form, {"action": "save", "mother.name": "前面的人", "draft": old})
    assert response.status_code == 409
    assert "没有保存" in page_of(response).text
    kept = counter.get(step(form, "mother")).content.decode()
    assert "后来的人" in kept
    assert "前面的人" not in kept


def test_a_page_left_open_brings_nobody_back_after_the_wipe(counter: Client) -> None:
    form = of_the_mother("form")
    counter.post(form, {"action": "agree", "sensitive": "1"})
    old = page_of(counter.get(form)).inputs["draft"][0]
    counter.post("/counter/next")
    assert counter.post(form, {"action": "save", "mother.name": "前面的人", "draft": old}).status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/counter"])
def test_what_was_typed_outlives_the_cookie(counter: Client, prefix: str) -> None:
    form = prefix + of_the_mother("form").removeprefix("/counter")
    response = counter.post(form, {"action": "save", "mother.name": "欧阳测试人"}, follow=True)
    assert "欧阳测试人" in response.content.decode()


def test_half_a_letter_in_a_file_is_left_out() -> None:
    code = telling_of("newborn", MOTHER).code
    data = b'{"code": "%s", "bundle": "newborn", "values": {"mother.name": "\\ud800", "child.name": "ok"}}'
    assert open_form(data % code.encode()).values == {"child.name": "ok"}


@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_the_counters_sheets_fit_their_paper(counter: Client, prefix: str) -> None:
    """For a bundle drawn at random, and the richest case of it."""
    bundle = dice(fresh_seed("put {} here")).choice(catalogue().ids)
    query = urlencode(as_pairs(richest_telling(bundle)))
    for paper in ("missing.pdf", "handover.pdf", "receipt.pdf"):
        response = counter.get(f"{prefix}/counter/{bundle}/{paper}?{query}")
        if response.status_code == 200:  # nothing missing, no sheet
            assert not faults_of(response.content), (bundle, paper)


def as_pairs(telling: Telling) -> list[tuple[str, str]]:
    case = Case(telling.bundle, telling.region, telling.walk.rules, dict(telling.walk.used), [], {})
    return case.pairs()
