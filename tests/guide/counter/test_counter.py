"""At the counter: a case is opened by what the applicant brings, checked, and handed over, each department its part."""

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from bundles.loading import catalogue
from bundles.paper.composing import paper_of
from bundles.paper.filling_in import fill_in
from bundles.paper.typed_marks import typed
from bundles.walking.editions import edition
from bundles.walking.walks import replay
from guide.counter.ahead import ahead
from guide.counter.brought import Check
from guide.counter.handover import schema, split
from guide.counter.opening import NotOpened, are_marks, open_form
from guide.form.boxes import blocks_of
from guide.models import Draft, Tally
from guide.staff.counting import counts, most_missing
from tests.bundles.support import dice
from tests.factories import HallFactory, LaterRuleFactory, PostFactory, RegionFactory, TallyFactory, UserFactory
from tests.guide.cast import ID_NUMBER, MOTHER, SHOPKEEPER, page_of
from tests.guide.counter.cases import BORN, TODAY, case_of, of_the_mother, telling_of
from tests.guide.form.cases import step
from tests.guide.tibetan_texts import ill_joined
from tests.walking import random_answer

CASES = [("newborn", MOTHER), ("business-start", SHOPKEEPER)]


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


# Opening --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{code}", "  {small} ", "https://example.cn/c/{code}", "http://a/bo/c/{code}"])
def test_a_code_typed_or_scanned_opens_the_applicants_case(counter: Client, written: str) -> None:
    code = telling_of("newborn", MOTHER).code
    typed_code = written.format(code=code, small=code.lower().replace("-", " "))
    response = counter.post("/counter/open", {"typed": typed_code})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/counter/newborn/?region=513301&birth_place=hospital")
    assert code in page_of(counter.get(response.headers["Location"])).text


def test_both_codes_of_the_sheet_bring_back_what_was_checked(counter: Client) -> None:
    told = counter.get(of_the_mother("check", tick="1", m1="both", m2="replaced"))
    page = counter.get(told.headers["Location"])
    check = page.context["check"]
    code = telling_of("newborn", MOTHER).code
    for sent in ({"typed": code, "checked": check.code}, {"typed": f"{code}+{check.code}"}):
        again = counter.post("/counter/open", sent, follow=True)
        assert again.context["check"].checked == check.checked


WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}  # the full-width forms of ASCII


@pytest.mark.parametrize(
    "said",
    [str, str.lower, lambda marks: marks.translate(WIDE), lambda marks: "， ".join(marks.split()),
     lambda marks: marks.replace("=", " ＝ "), lambda marks: f"甲 {marks}、"],
    ids=["as printed", "small", "full width", "with commas", "with spaces", "with a box"],
)  # fmt: skip
def test_marks_on_paper_open_the_case(counter: Client, said: Callable[[str], str]) -> None:
    bundle = catalogue().bundle("newborn", "513301")
    paper = paper_of(bundle, TODAY)
    answers = case_of("newborn", MOTHER).answers
    filled = fill_in(paper, lambda question, _offered: answers[question.id])
    response = counter.post("/counter/open", {"typed": said(typed(paper, filled)), "bundle": "newborn"}, follow=True)
    assert response.context["walk"].status == "finished"
    assert response.context["telling"].code == telling_of("newborn", MOTHER).code


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "请扫码"),
        ({"typed": "1A 2B"}, "请选纸上是哪一件事"),
        ({"typed": "99Z", "bundle": "newborn"}, "没有第“99”题"),
        ({"typed": "NB7K-3Q9M-X2TC"}, "对不上"),
        ({"typed": "办事码办事码"}, "办事码不用的字"),
        ({"typed": "x\0" * 900}, "太短或太长"),
    ],
)
def test_what_opens_nothing_is_told_why_and_kept(counter: Client, sent: dict[str, str], said: str) -> None:
    response = counter.post("/counter/open", sent)
    assert response.status_code == 400
    assert said in page_of(response).text


@given(st.text(max_size=80))
def test_no_typed_text_is_taken_for_marks_by_mistake(text: str) -> None:
    assert are_marks(text) in (True, False)


def test_a_forms_file_brings_case_and_boxes(counter: Client) -> None:
    counter.post(of_the_mother("form"), {"action": "agree", "sensitive": "1"})
    counter.post(of_the_mother("form"), {"action": "save", "mother.name": "欧阳测试人", "mother.id_number": ID_NUMBER})
    pdf = counter.get(of_the_mother("form.pdf")).content
    counter.post("/counter/next")
    assert not Draft.objects.exists()
    file = BytesIO(pdf)
    file.name = "form.pdf"
    response = counter.post("/counter/file", {"file": file})
    assert response.headers["Location"].startswith("/counter/newborn/?")
    page = counter.get(step(of_the_mother("form"), "mother")).content.decode()
    assert "欧阳测试人" in page
    assert ID_NUMBER in page


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 broken", b"not json", b"[]", b'{"code": 5}', b'{"code": "NB7K", "values": []}', b"[" * 100_000],
)
def test_no_file_breaks_the_counter(counter: Client, content: bytes) -> None:
    file = BytesIO(content)
    file.name = "form.pdf"
    response = counter.post("/counter/file", {"file": file})
    assert response.status_code == 400
    assert "没有打开" in page_of(response).text


def test_only_boxes_that_the_case_has_are_taken_from_a_file() -> None:
    """One mother: a second one's boxes, another bundle's and made-up ones are left where they are."""
    data = {"code": telling_of("newborn", MOTHER).code, "bundle": "newborn",
            "values": {"mother.name": "甲", "mother.name~2": "乙", "x.y": "丙", "child.name": 7, "company.name": "丁"}
            | {f"child.name~{number}": "戊" for number in range(2, 9000)}}  # fmt: skip
    assert open_form(json.dumps(data).encode()).values == {"mother.name": "甲"}
    with pytest.raises(NotOpened):
        open_form(json.dumps(data | {"bundle": "veteran"}).encode())


# Several questions on a page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_question_shown_ahead_is_asked_whatever_is_answered(id: str) -> None:
    """What stands open on the dense page comes next on every way on from here, in that order, with the same choices."""
    rules = edition(catalogue().bundle(id), TODAY)
    for seed in range(12):
        chance, walk = dice((id, seed)), replay(rules, {})
        while walk.question is not None:
            for shown in ahead(walk):
                assert walk.question == shown.question
                assert walk.offered == shown.offered
                walk = replay(rules, {**walk.used, shown.question.id: random_answer(walk, chance)})


def test_dates_are_typed_as_eight_digits(counter: Client) -> None:
    page = counter.get("/counter/newborn/?region=513301&birth_place=hospital&birth_date=20261112")
    assert page.context["walk"].used["birth_date"].isoformat() == BORN


def test_an_answer_that_cant_be_stands_on_the_page_with_what_to_do(counter: Client) -> None:
    response = counter.get("/counter/newborn/?region=513301&birth_place=hospital&birth_date=2026-02-31")
    assert response.status_code == 400
    assert "2026-02-31" in response.content.decode()
    assert "fieldset" in response.content.decode()


@pytest.mark.parametrize("query", ["birth_place=moon", "nonsense=1", "birth_place=hospital&birth_place=abroad", "x=\0"])
def test_no_address_breaks_the_counter(counter: Client, query: str) -> None:
    for page in ("", "check", "handover", "facing"):
        assert counter.get(f"/counter/newborn/{page}?region=513301&{query}").status_code in (200, 302, 400)


def test_the_window_across_the_desk_shows_the_question_alone_and_numbers_what_can_be_said(counter: Client) -> None:
    text = counter.get("/counter/newborn/facing?region=513301&birth_place=hospital").content.decode()
    assert "header class" not in text
    assert "12345" not in text
    assert "说号码就行" not in text  # a date is no choice
    address = f"/counter/newborn/facing?region=513301&birth_place=hospital&birth_date={BORN}&births=1&certificate=have"
    page = counter.get(address)
    keys = [choice.key for choice in page.context["choices"]]
    assert re.findall(r'<b class="number">(\d+)</b>', page.content.decode()) == [*map(str, keys), "0"]
    assert "都还没办" in page.content.decode()


def test_undo_takes_back_the_last_answer(counter: Client) -> None:
    page = counter.get("/counter/newborn/?region=513301&birth_place=hospital&birth_date=20261112")
    undone = counter.get(page.context["undo"])
    assert list(undone.context["walk"].asked) == ["birth_place"]


# What is missing ------------------------------------------------------------------------------------------------------


def test_the_sheet_names_everything_that_is_missing_on_both_copies(counter: Client) -> None:
    response = counter.get(of_the_mother("check", tick="1", m1="both"))
    page = counter.get(response.headers["Location"])
    missing = page.context["check"].missing
    pdf = words_of(counter.get(page.context["missing_paper"]).content)
    for found in missing:
        assert pdf.count("".join(found.name.split())) >= 2
    for word in ("申请人联", "窗口联", "申请人签收", "（盖章）", "行政许可法", page.context["check"].code):
        assert word in pdf


def test_nothing_missing_prints_nothing(counter: Client) -> None:
    page = counter.get(of_the_mother("check"))
    everything = {line.name: line.choices[0][0] for line in page.context["check"].lines}
    done = counter.get(of_the_mother("check", tick="1", **everything), follow=True)
    assert "材料齐了" in page_of(done).text
    assert counter.get(done.context["missing_paper"]).status_code == 302


def test_another_cases_check_code_is_told(counter: Client) -> None:
    response = counter.get(of_the_mother("check", checked="BNEN-X1PZ-SA"))
    assert response.status_code == 400
    assert "核对码" in page_of(response).text


# Hand-over ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("bundle", "answers"), CASES)
def test_each_department_sees_only_what_its_items_need(bundle: str, answers: dict[str, Any]) -> None:
    telling = telling_of(bundle, answers)
    parts = split(telling, blocks_of(telling, {}), Check(telling))
    needs = {field.id: set(field.items) for field in telling.notice.fields}
    everything = set()
    for part in parts:
        items = {id for id, _name in part.items}
        for _title, box in part.boxes:
            assert needs[box.need.id] & items
            everything.add(box.need.id)
    sure = {field.id for field in telling.notice.fields if not field.counter}
    assert everything >= sure
    assert {id for part in parts for id, _name in part.items} == {row.id for row in telling.applying}


def test_hand_over_data_fit_the_published_schema(counter: Client, clerk: User) -> None:
    Draft202012Validator.check_schema(schema())
    counter.post(of_the_mother("form"), {"action": "agree", "sensitive": "1"})
    counter.post(of_the_mother("form"), {"action": "save", "mother.name": "欧阳测试人"})
    data = counter.get(of_the_mother("handover.json")).json()
    Draft202012Validator(counter.get("/handover.schema.json").json()).validate(data)
    assert data["hall"] == clerk.post.hall.name
    named = [part["department"] for part in data["departments"] if part["fields"].get("mother.name") == "欧阳测试人"]
    assert named
    one = counter.get(of_the_mother("handover.json", department=named[0])).json()
    assert [part["department"] for part in one["departments"]] == named[:1]


@pytest.mark.parametrize("paper", ["handover.pdf", "receipt.pdf", "missing.pdf"])
@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_the_counters_sheets_are_accessible_pdf(counter: Client, paper: str, prefix: str) -> None:
    pdf = PdfReader(BytesIO(counter.get(prefix + of_the_mother(paper)).content))
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in catalog["/Metadata"].get_object().get_data().decode()


@pytest.mark.parametrize(("paper", "day"), [("receipt.pdf", "2026年11月22日"), ("missing.pdf", "2026年12月1日")])
def test_the_days_on_a_tibetan_sheet_stand_inside_their_sentences(counter: Client, paper: str, day: str) -> None:
    address = of_the_mother(paper, checked=checked(counter), by="2026-12-01", promised="2026-12-01")
    texts = [sheet.extract_text() for sheet in PdfReader(BytesIO(counter.get(f"/bo{address}").content)).pages]
    assert day in "".join("".join(texts).split())
    assert list(ill_joined(texts)) == []


def checked(counter: Client) -> str:
    """The check code of a case with one material handed in."""
    told = counter.get(of_the_mother("check", tick="1", m1="both"), follow=True)
    return str(told.context["check"].code)


def test_the_receipt_says_what_was_taken_in_and_what_comes_later(counter: Client) -> None:
    LaterRuleFactory.create(region=RegionFactory.create(code="513301"), days=5, basis="测试清单")
    lines = counter.get(of_the_mother("check")).context["check"].lines
    later = next(line for line in lines if line.id == "household-register")
    told = counter.get(of_the_mother("check", tick="1", m1="both", **{later.name: "later"}), follow=True)
    receipt = of_the_mother("receipt.pdf", checked=told.context["check"].code, promised="2026-12-01")
    words = words_of(counter.get(receipt).content)
    for word in ("说好以后补交的材料", "测试清单", "2026年11月27日", "收件回执"):
        assert word in words


# Counts ---------------------------------------------------------------------------------------------------------------


def test_each_applicant_counts_once(counter: Client, clerk: User) -> None:
    for _load in range(3):
        counter.get(of_the_mother(""))
        counter.get(of_the_mother("missing.pdf"))
    assert Tally.objects.get(kind="begun").number == Tally.objects.get(kind="finished").number == 1
    assert set(Tally.objects.filter(kind="missing").values_list("number", flat=True)) == {1}
    counter.post("/counter/next")
    counter.get(of_the_mother(""))
    assert Tally.objects.get(kind="begun").number == 2
    assert Tally.objects.get(kind="begun").hall == clerk.post.hall


def test_small_numbers_are_hidden(db: None, client: Client) -> None:
    hall, first, last = HallFactory.create(), date(2026, 10, 1), date(2026, 10, 31)
    for more in ({"number": 5}, {"kind": "stopped", "number": 4},
                 {"kind": "missing", "material": "resident-id-card", "number": 4},
                 {"kind": "missing", "material": "household-register", "number": 7}):  # fmt: skip
        TallyFactory.create(hall=hall, day=last, **more)
    found = counts(hall, first, last)["newborn"]
    assert (found["begun"].number, found["stopped"].number) == (5, None)
    assert [(row.name, row.number) for row in most_missing(hall, first, last)] == [("household-register", 7)]
    manager = UserFactory.create(role="hall-editor")
    PostFactory.create(user=manager, hall=hall)
    client.force_login(manager)
    page = page_of(client.get("/staff/figures?month=2026-10")).text
    assert "太少，不显示" in page
    assert "居民户口簿" in page
