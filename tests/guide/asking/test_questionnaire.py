"""What an applicant relies on while answering: with htmx and without, forward, back and with odd input."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from tests.guide.cast import HTMX, MOTHER, at, hidden_of, page_of, parameters, walk_on

pytestmark = pytest.mark.django_db
WITH_AND_WITHOUT = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the scenarios, so that the mother's baby is ten days old."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 22))


def mother(**changed: Any) -> dict[str, Any]:
    return MOTHER | {"birth_date": "2026-11-12"} | changed


def test_a_mother_without_scripts_comes_from_the_first_question_to_the_notice(client: Client) -> None:
    address, asked = walk_on(client, "newborn", mother())
    assert "/newborn/notice" in address
    page = page_of(client.get(address))
    assert "户口登记" in page.text
    assert len(asked) == len(set(asked))


def test_no_question_sets_a_cookie_or_asks_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get(at("newborn", "ask", {"region": "513301", "birth_place": "hospital"}))
    assert not response.cookies


@WITH_AND_WITHOUT
def test_the_same_address_gives_the_same_question(client: Client, headers: dict[str, str]) -> None:
    answers = {"birth_place": "hospital", "region": "513301"}
    first = client.get(at("newborn", "ask", answers), headers=headers)
    again = client.get(at("newborn", "ask", answers), headers=headers)
    assert first.status_code == 200
    assert first.content == again.content


def test_htmx_gets_the_fragment_and_the_address_to_show(client: Client) -> None:
    sent = at("newborn", "ask", {"q": "birth_place", "birth_place": "hospital", "region": "513301"})
    response = client.get(sent, headers=HTMX)
    assert b"<html" not in response.content
    assert parameters(response.headers["HX-Push-Url"]) == {"region": "513301", "birth_place": "hospital"}


@WITH_AND_WITHOUT
def test_an_empty_answer_says_what_to_do_and_links_to_the_field(client: Client, headers: dict[str, str]) -> None:
    response = client.get(at("newborn", "ask", {"q": "birth_place"}), headers=headers)
    page = page_of(response)
    assert response.status_code == 200
    assert "请选一项" in page.text
    assert "#birth_place-1" in page.links
    assert "birth_place-1" in page.ids


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("2026", "13", "1"), "年、月、日"),
        (("2027", "1", "1"), "还没有到"),
        (("1900", "1", "1"), "太早"),
        (("二〇二六", "二", "三十"), "2026 年 2 月没有 30 日"),
        (("前年", "十一", "十二"), "年、月、日"),
        (("x" * 10_000, "", ""), "年、月、日"),
    ],
)
def test_a_wrong_date_is_refused_in_words_and_stays_typed(client: Client, typed: tuple[str, ...], words: str) -> None:
    boxes = dict(zip(("birth_date-year", "birth_date-month", "birth_date-day"), typed, strict=True))
    response = client.get(at("newborn", "ask", {"birth_place": "hospital", "q": "birth_date", **boxes}))
    page = page_of(response)
    assert response.status_code == 200
    assert words in page.text
    assert [page.inputs[name][0] for name in boxes] == list(typed)


def test_a_date_is_understood_however_it_is_written(client: Client) -> None:
    for written in (
        "2026-11-12",
        "2026年11月12日",
        "2026/11/12",
        "２０２６-１１-１２",
        "20261112",
        "二〇二六年十一月十二号",
    ):
        answers = {"birth_place": "hospital", "birth_date": written, "q": "birth_date"}
        response = client.get(at("newborn", "ask", answers))
        assert parameters(response.headers["Location"])["birth_date"] == "2026-11-12"


@pytest.mark.parametrize(
    "boxes",
    [
        ("2026年", "11月", "12号"),
        ("20261112", "", ""),
        ("2026-11-12", "", ""),
        ("2026", "十一", "十二"),
        ("", "", "2026.11.12"),
    ],
)
def test_a_date_is_understood_in_whatever_box_it_stands(client: Client, boxes: tuple[str, ...]) -> None:
    typed = {f"birth_date-{part}": text for part, text in zip(("year", "month", "day"), boxes, strict=True)}
    response = client.get(at("newborn", "ask", {"birth_place": "hospital", "q": "birth_date", **typed}))
    assert parameters(response.headers["Location"])["birth_date"] == "2026-11-12"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing/", 404),
        ("/nothing/ask", 404),
        ("/newborn/ask?region=999999", 404),
        ("/newborn/ask?region=%00%ff", 404),
        ("/newborn/ask?birth_place=moon", 400),
        ("/newborn/ask?moon=1", 200),
        ("/newborn/ask?q=moon", 200),
        ("/newborn/ask?birth_place=hospital&birth_place=overseas", 400),
        ("/newborn/ask?birth_place=" + "a" * 3000, 400),
        ("/newborn/ask?birth_date=2027-01-01&birth_place=hospital", 400),
        ("/newborn/ask?change=moon", 302),
        ("/newborn/notice?moon=1", 302),
        ("/newborn/notice", 302),
        ("/newborn/form", 302),
        ("/newborn/form.pdf", 302),
        ("/newborn/notice.pdf", 302),
        ("/newborn/calendar.ics", 302),
        ("/api/newborn/walk?birth_place=moon", 400),
        ("/region?code=999999", 404),
        ("/region?in=999999", 200),
        ("/look?large=1&next=//evil.example/", 302),
        ("/c/%F0%9F%98%80", 404),
        ("/c/?code=" + quote("一" * 5000), 302),
        ("/bo/newborn/ask", 200),
        ("/?find=" + quote("上户口"), 200),
    ],
)
def test_odd_addresses_get_a_page_with_a_way_on(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    if status in (400, 404) and not address.startswith("/api"):
        assert any(link.startswith("/") for link in page_of(response).links)
    if status == 302:
        assert response.headers["Location"].startswith("/")


def test_a_date_that_a_text_happens_to_name_does_not_change_the_text(client: Client) -> None:
    """The example beside a date's boxes stays what it is, whatever the visitor's own date."""
    year = timezone.localdate().year
    given = {"rank": "officer", "placement": "retired", "notified": "no"}
    for day in (f"{year}-03-08", f"{year}-03-10", f"{year}-03-08", f"{year}-03-12"):
        text = page_of(client.get(at("veteran", "ask", given | {"approved": day}))).text
        assert text.count(f"{year} 年 3 月 10 日") == (day == f"{year}-03-10") or "例如" not in text
        if "例如" in text:
            assert f"例如：{year} 年 3 月 8 日" in text


def test_parameters_may_come_in_any_order(client: Client) -> None:
    answers = mother()
    turned = dict(reversed(answers.items()))
    one, other = client.get(at("newborn", "notice", answers)), client.get(at("newborn", "notice", turned))
    assert one.status_code == other.status_code == 200
    assert page_of(one).words == page_of(other).words


def test_changing_an_answer_keeps_the_others_and_back_again_is_the_identity(client: Client) -> None:
    notice = at("newborn", "notice", mother())
    before = page_of(client.get(notice))
    change = page_of(client.get(at("newborn", "ask", mother(change="parents"))))
    assert change.inputs["q"] == ["parents"]
    assert change.checked["parents"] == ["married"]
    kept = hidden_of(change, "parents")
    there = client.get(at("newborn", "ask", kept | {"parents": "divorced", "q": "parents"})).headers["Location"]
    assert parameters(there)["parents"] == "divorced"
    back = client.get(at("newborn", "ask", kept | {"parents": "married", "q": "parents"}), follow=True)
    assert page_of(back).words == before.words


def test_back_leads_to_the_question_before_with_its_answer(client: Client) -> None:
    page = page_of(client.get(at("newborn", "ask", {"birth_place": "hospital", "birth_date": "2026-11-12"})))
    back = next(link for link in page.links if "change=birth_date" in link)
    again = page_of(client.get(back))
    assert [again.inputs[f"birth_date-{part}"][0] for part in ("year", "month", "day")] == ["2026", "11", "12"]


def test_a_stop_says_why_and_shows_no_list(client: Client) -> None:
    page = page_of(client.get(at("business-start", "ask", {"kind": "foreign_office"})))
    assert "q" not in page.inputs
    assert "change=kind" in " ".join(page.links)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("上户口", "newborn"), ("出生证", "newborn"), ("开公司", "business-start"), ("公章", "business-start")],
)
def test_search_finds_bundles_by_words_of_life(client: Client, typed: str, found: str) -> None:
    page = page_of(client.get("/", {"find": typed}))
    assert next(link for link in page.links if link in ("/newborn/", "/business-start/")) == f"/{found}/"


def test_a_search_that_finds_nothing_says_so(client: Client) -> None:
    nothing = page_of(client.get("/", {"find": "量子力学"}))
    assert "/newborn/" not in nothing.links or "没有找到" in nothing.text


def test_the_region_is_remembered_without_an_account(client: Client) -> None:
    client.get("/region", {"code": "513301"})
    assert "康定市" in page_of(client.get("/newborn/")).text


def test_large_text_stays_until_it_is_switched_off(client: Client) -> None:
    client.get("/look", {"large": "1", "next": "/newborn/"})
    assert b'data-size="large"' in client.get(at("newborn", "ask", {})).content
    client.get("/look", {"large": "0"})
    assert b'data-size="large"' not in client.get(at("newborn", "ask", {})).content


def test_the_api_tells_what_the_page_tells(client: Client) -> None:
    told = client.get(at("newborn", "notice", mother()).replace("/newborn/notice", "/api/newborn/walk")).json()
    page = page_of(client.get(at("newborn", "notice", mother())))
    assert told["state"] == "finished"
    assert told["code"] in page.text
