"""Each address has a policy for what is kept; what machines look for is there; no cookie goes out in the clear."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from guide.web.cookies import give_cookie, take_cookie
from guide.web.headers import ANSWERS, ASKED_AGAIN, FOR_ALL, OWN, POLICIES, STAFF, STAFF_ROUTES, Policy
from guide.web.requests import from_elsewhere
from guide.web.signposts import closed_paths, contact_address
from tests.guide.cast import MOTHER, at

NOTICE = at("newborn", "notice", MOTHER | {"birth_date": "2026-11-12"})
EXPECTED: list[tuple[str, Policy]] = [
    ("/", OWN), ("/bo/", OWN), ("/newborn/", OWN), ("/newborn/ask", OWN), (NOTICE, OWN), ("/region", OWN),
    ("/look", OWN), ("/privacy", OWN), ("/accessibility", OWN),
    ("/prints", OWN), ("/c/", OWN), ("/c/0000", OWN), ("/no/where/at/all/", OWN), ("/newborn/ask?q=x", OWN),
    ("/river-outfall/poster.pdf", OWN), ("/river-outfall/offline.html", OWN), ("/faults", OWN),
    (NOTICE.replace("notice?", "list.pdf?"), ANSWERS), (NOTICE.replace("notice?", "calendar.ics?"), ANSWERS),
    ("/api/newborn/walk", ANSWERS), (NOTICE.replace("notice?", "form?"), STAFF), ("/bundle.schema.json", FOR_ALL),
    ("/manifest.webmanifest", FOR_ALL), ("/sw.js", ASKED_AGAIN), ("/robots.txt", FOR_ALL), ("/staff/", STAFF),
    ("/staff/login", STAFF),
    ("/counter/", STAFF), ("/bo/counter/newborn/", STAFF), ("/desk/", STAFF), ("/admin/", STAFF), ("/bo/desk/bo/",
    STAFF),
]  # fmt: skip


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""


def names(patterns: Any, before: str = "") -> set[str]:
    """The names of the site's addresses that aren't the staff's."""
    found: set[str] = set()
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not route.startswith(STAFF_ROUTES):
            found.add(pattern.name or route)
    return found


def test_every_address_has_a_policy() -> None:
    assert names(get_resolver().url_patterns) == set(POLICIES)


@pytest.mark.parametrize(("address", "policy"), EXPECTED)
def test_an_answer_is_kept_as_its_policy_says(client: Client, address: str, policy: Policy) -> None:
    response = client.get(address)
    assert response.headers["Cache-Control"] == policy.control
    assert set(policy.vary) <= set(re.split(", *", response.headers.get("Vary", "")))
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_robots_find_no_answers_no_papers_and_no_staff(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    closed = [re.escape(path).replace(r"\*", ".*") for path in closed_paths()]
    addresses = ["/c/3HEJ", "/bo/c/3HEJ", "/counter/", "/staff/login", "/desk/bo/", "/admin/", "/api/newborn/walk",
                 "/newborn/paper.pdf", "/?find=x", NOTICE, "/newborn/form", "/bo/newborn/form/ready",
                 "/offline.zip"]  # fmt: skip
    assert all(any(re.match(path, address) for path in closed) for address in addresses)
    assert not any(
        re.match(path, address) for path in closed for address in ("/", "/newborn/", "/bo/newborn/", "/prints")
    )
    assert [f"Disallow: {path}" for path in closed_paths()] == [line for line in lines if line.startswith("Dis")]


def test_a_hole_is_told_to_the_operator(client: Client, settings: Any) -> None:
    settings.OPERATOR_CONTACT = "0836-283 1234"
    told = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: tel:0836-2831234\n" in told
    (expires,) = re.findall(r"^Expires: (.*)$", told, re.MULTILINE)
    assert timezone.now() < datetime.fromisoformat(expires) < timezone.now() + timedelta(days=365)


@pytest.mark.parametrize(("contact", "address"), [
    ("12345", "tel:12345"), ("a@b.cn", "mailto:a@b.cn"), ("https://b.cn/x", "https://b.cn/x"), ("1\nX: 2",
    "tel:1X:2"),
])  # fmt: skip
def test_a_contact_is_an_address(contact: str, address: str) -> None:
    assert contact_address(contact) == address


@pytest.mark.parametrize("https", [True, False])
def test_every_cookie_is_ours_alone(settings: Any, https: bool) -> None:
    settings.SESSION_COOKIE_SECURE = https
    response = HttpResponse()
    give_cookie(response, "region", "510100")
    take_cookie(response, "look")
    for morsel in response.cookies.values():
        assert bool(morsel["secure"]) is https
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"


def test_no_cookie_is_set_past_the_helper() -> None:
    files = (settings.BASE_DIR / "guide").rglob("*.py")
    past = [file.name for file in files if re.search(r"\.(set|delete)_cookie\(", file.read_text(encoding="utf-8"))]
    assert past == ["cookies.py"]


# Another website ------------------------------------------------------------------------------------------------------

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/"},
]  # fmt: skip
HERE = [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]


@pytest.mark.parametrize("headers", [{}, *ELSEWHERE, *HERE])
def test_no_website_wipes_what_a_visitor_has_typed(client: Client, headers: dict[str, str]) -> None:
    client.cookies["draft"], client.cookies["region"] = "x", "510100"
    response = client.post("/kiosk/reset", headers=headers)
    assert response.status_code == 403
    assert "Clear-Site-Data" not in response.headers
    assert not {"draft", "region"} & set(response.cookies)


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_no_website_wipes_a_terminal(client: Client, headers: dict[str, str]) -> None:
    client.cookies["kiosk"] = "513301"
    assert client.post("/kiosk/reset", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", HERE)
def test_a_terminal_wipes_itself(client: Client, headers: dict[str, str]) -> None:
    client.cookies["kiosk"] = "513301"
    response = client.post("/kiosk/reset", headers=headers)
    assert response.status_code == 302
    assert "Clear-Site-Data" in response.headers
    assert response.cookies["region"].value == "513301"
    plain = client.post("/kiosk/reset", headers=headers | {"Prefer": "return=minimal"})
    assert (plain.status_code, plain.content) == (204, b"")
    assert "Clear-Site-Data" in plain.headers


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("address", ["/region?code=510100&next=/newborn/", "/look?large=1", "/bo/newborn/?both=1"])
def test_no_website_chooses_for_a_visitor(client: Client, address: str, headers: dict[str, str]) -> None:
    assert not client.get(address, headers=headers).cookies
    assert client.get(address, headers={"Sec-Fetch-Site": "none"}).cookies


@pytest.mark.parametrize("page", ["", "check", "missing.pdf", "handover.json", "receipt.pdf", "form.pdf"])
def test_no_website_makes_a_clerk_count_or_log(counter: Client, page: str) -> None:
    address = NOTICE.replace("/newborn/notice", f"/counter/newborn/{page}")
    response = counter.get(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, response.headers["Location"]) == (302, "/counter/")


@pytest.mark.parametrize("page", ["wipe", "counter/next", "counter/open", "staff/logout", "staff/kiosk", "staff/login"])
def test_what_changes_something_needs_a_page_of_ours(clerk: Any, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    assert strict.post(f"/{page}").status_code == 403
    assert strict.get(f"/{page}").status_code in (200, 302, 405)


def test_a_request_without_a_word_of_its_origin_is_the_visitors_own() -> None:
    request: HttpRequest = RequestFactory().get("/")
    assert not from_elsewhere(request)
