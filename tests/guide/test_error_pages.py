"""What nobody can read is refused with a page that leads on, and that page reads nothing of it again."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import PostFactory, UserFactory
from tests.guide.cast import MOTHER, at, page_of

MANY = "&".join(f"x{number}=1" for number in range(1200))
FULL = "&".join(f"x{number}=1" for number in range(3200))  # a form of fifty persons has half as many
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("method", "address", "kind", "body"), [
    ("GET", f"/?{MANY}", "", b""),
    ("GET", f"/bo/newborn/ask?{MANY}", "", b""),
    ("GET", f"/nowhere?{MANY}", "", b""),
    ("POST", "/staff/login", FORM, FULL.encode()),
    *(("POST", "/wipe", f"{FORM}; charset={charset}", b"a=1") for charset in ("nonsense", "utf-7", "utf-16", "gbk")),
    ("GET", "/newborn/ask?a=%C4", f"{FORM}; charset=utf-7", b"a=1"),
    ("GET", "/newborn%00/", "", b""),
    ("OPTIONS", "*", "", b""),
])  # fmt: skip
def test_what_cannot_be_read_is_refused(client: Client, method: str, address: str, kind: str, body: bytes) -> None:
    response = client.generic(method, address, body, kind or "text/plain")
    assert response.status_code == 400
    assert page_of(response).links[-2:] == ["/bo/" if address.startswith("/bo/") else "/", "tel:12345"]


def test_a_broken_upload_to_nowhere_is_nowhere(client: Client) -> None:
    response = client.generic("POST", "/no/where/at/all/", b"x", "multipart/form-data; boundary=")
    assert response.status_code == 404
    assert page_of(response).links


@pytest.mark.parametrize("headers", [{"Host": "bad host"}, {"Host": "evil.example"}, {"Cookie": "look=\0"}])
def test_odd_headers_are_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code == 400


def test_a_method_that_an_address_does_not_take_leads_on(client: Client) -> None:
    response = client.post("/newborn/ask")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert page_of(response).links


@pytest.mark.parametrize("address", [
    "hall/?id=99999999999999999999", "hall/?windows__first__year=abc", "deed/?at__year=99999", "deed/?at__year=abc",
    "deed/?at__year=2026&at__month=13", "deed/?at__year=2026&at__month=2&at__day=31", "deed/?at__gte=x", "deed/?p=-1",
    "deed/?by__id__exact=99999999999999999999", "hall/99999999999999999999/change/", "hall/%00/change/", "hall/?o=x.y",
])  # fmt: skip
@pytest.mark.parametrize("role", ["hall-editor", "administrator"])
def test_odd_addresses_of_the_back_office(client: Client, address: str, role: str) -> None:
    client.force_login(PostFactory.create(user=UserFactory.create(role=role)).user)
    assert client.get(f"/admin/guide/{address}").status_code < 500


@pytest.mark.parametrize(
    "address", ["/sound/bo/" + "1" * 3000, "/newborn/" * 900, "/" + "长" * 3000, "/bo//evil.example/"]
)
def test_odd_paths_lead_nowhere(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert not any(link.startswith("//") for link in page_of(response).links)


@pytest.fixture
def code(client: Client) -> str:
    told: dict[str, Any] = client.get(at("newborn", "notice", MOTHER | {"birth_date": "2026-11-12"}).replace(
        "/newborn/notice", "/api/newborn/walk")).json()  # fmt: skip
    return str(told["code"])


@pytest.mark.parametrize(
    "typed", ["{}/", " {} ", "http://testserver/c/{}", "testserver/c/{}/", "https://x.cn/bo/c/{}?a=1#b"]
)
def test_a_code_may_be_pasted_as_an_address(client: Client, code: str, in_november: object, typed: str) -> None:
    response = client.get("/c/", {"code": typed.format(code)}, follow=True)
    assert response.redirect_chain[-1][0].startswith("/newborn/notice?")


@pytest.mark.parametrize("typed", ["a/b", "/", "//", "https://x.cn/c/", "https://x.cn/c/a/b/c", "../..", "c/c/c/"])
def test_no_slash_in_a_code_is_a_fault_of_ours(client: Client, typed: str) -> None:
    assert client.get("/c/", {"code": typed}, follow=True).status_code in (200, 404)
    assert client.get(f"/c/{typed}", follow=True).status_code in (200, 404)


def test_the_page_of_our_own_faults_tells_the_truth(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("guide.form.views.read_case", broken)
    client.raise_request_exception = False
    asked, sent = client.get("/newborn/form"), client.post("/newborn/form", {"mother.name": "卓玛"})
    assert asked.status_code == sent.status_code == 500
    assert "没有存上" in page_of(sent).text
    assert "没有存上" not in page_of(asked).text
