"""The database is down or its disk full: what needs none goes on, and what needs it says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pypdf import PdfReader

from tests.guide.cast import MOTHER, at, page_of

NOTICE = at("newborn", "notice", MOTHER | {"birth_date": "2026-11-12"})
FORM = NOTICE.replace("/notice", "/form")
WITHOUT = ["/", "/bo/", "/newborn/", "/bo/newborn/", NOTICE, NOTICE.replace("notice?", "list.pdf?"), "/prints",
           NOTICE.replace("notice?", "notice.pdf?"), "/newborn/poster.pdf", "/river-outfall/offline.html", FORM, "/c/",
           FORM.replace("form?", "form.pdf?blank=1&"), "/api/newborn/walk", "/region", "/no/where/at/all/",
           "/booklet.pdf?bundle=river-outfall"]  # fmt: skip
UNKNOWN = "大厅的信息现在查不到"


def broken(*_args: Any, **_more: Any) -> None:
    raise OperationalError("database or disk is full")


@contextmanager
def no_database() -> Iterator[None]:
    """Every query fails."""
    with connection.execute_wrapper(broken):
        yield


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""


@pytest.mark.parametrize("address", WITHOUT)
@pytest.mark.parametrize("cookies", [{}, {"sessionid": "a" * 32, "look": "large"}], ids=["fresh", "stale"])
def test_what_needs_no_database_goes_on(client: Client, address: str, cookies: dict[str, str]) -> None:
    for name, value in cookies.items():
        client.cookies[name] = value
    with no_database():
        response = client.get(address)
    assert response.status_code == (404 if address == "/no/where/at/all/" else 200)


@pytest.mark.parametrize("address", ["/newborn/", NOTICE])
def test_a_page_says_that_nobody_knows_the_halls(client: Client, address: str) -> None:
    with no_database():
        assert UNKNOWN in page_of(client.get(address)).text
    assert UNKNOWN not in page_of(client.get(address)).text


def test_a_paper_says_so_too(client: Client) -> None:
    with no_database():
        pdf = client.get(NOTICE.replace("notice?", "notice.pdf?")).content
    assert UNKNOWN in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


@pytest.mark.parametrize(
    "address", ["/counter/", "/staff/", "/counter/newborn/", "/staff/figures", "/admin/", "/desk/"]
)
def test_what_needs_it_says_what_happened(counter: Client, address: str) -> None:
    with no_database():
        response = counter.get(address)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "数据库" in page_of(response).text
    assert page_of(response).links


def test_what_was_typed_into_the_form_stays_on_the_page(client: Client) -> None:
    client.post(FORM, {"action": "agree", "sensitive": "1"})
    with no_database():
        response = client.post(FORM, {"mother.name": "卓玛", "sensitive": "1", "action": "save"})
    page = page_of(response)
    assert response.status_code == 503
    assert page.inputs["mother.name"] == ["卓玛"]
    assert "现在存不了" in page.text


def test_what_was_typed_elsewhere_is_shown_but_no_password(client: Client) -> None:
    with no_database():
        response = client.post("/staff/login", {"username": "dolma", "password": "a long password"})
    assert response.status_code == 503
    assert "dolma" in page_of(response).text
    assert "a long password" not in response.content.decode()


def test_wiping_needs_no_database(client: Client) -> None:
    client.post(FORM, {"action": "agree"})
    assert client.cookies["draft"].value
    with no_database():
        assert client.post("/wipe").status_code == 200
    assert not client.cookies["draft"].value


def test_a_session_that_cannot_be_written_is_told(counter: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", broken)
    assert counter.get(NOTICE.replace("/newborn/notice", "/counter/newborn/")).status_code == 503
