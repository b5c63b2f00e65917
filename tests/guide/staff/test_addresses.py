"""Whose address counts: what a known web server says, and nothing that anybody else says a server had said."""

from typing import Any

import pytest
from django.conf import settings as settings_of_the_site
from django.core.checks import run_checks
from django.test import Client, RequestFactory

from config.environment import proxies
from guide.staff.addresses import client_address, neighbourhood

PROXY, OTHER_PROXY, VISITOR, MADE_UP = "10.0.0.2", "10.0.0.3", "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def known(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "fd00::1"]


def address_of(peer: str, **said: Any) -> str:
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **said))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", PROXY),
        (VISITOR, VISITOR),
        (f"{MADE_UP}, {VISITOR}", VISITOR),
        (f"{MADE_UP}, {VISITOR}, {OTHER_PROXY}", VISITOR),
        (f"{MADE_UP},{VISITOR}:5060", VISITOR),
        ("[2001:db8::7]:443", "2001:db8::7"),
        (f"::ffff:{VISITOR}", VISITOR),
        (f"{OTHER_PROXY}, {OTHER_PROXY}", OTHER_PROXY),
        ("unknown", PROXY),
        (f"{MADE_UP}, <script>", PROXY),
        (f"{MADE_UP}, unknown, {OTHER_PROXY}", OTHER_PROXY),
        (", ,,", PROXY),
        ("9" * 5000, PROXY),
    ],
)
def test_the_last_address_that_is_no_servers_counts(said: str, expected: str) -> None:
    assert address_of(PROXY, HTTP_X_FORWARDED_FOR=said) == expected


@pytest.mark.parametrize("peer", [VISITOR, "127.0.0.1", "2001:db8::5"])
def test_what_a_stranger_says_changes_nothing(peer: str) -> None:
    assert address_of(peer, HTTP_X_FORWARDED_FOR=MADE_UP, HTTP_FORWARDED=f"for={MADE_UP}") == peer


def test_a_socket_is_a_server_where_it_is_named(settings: Any) -> None:
    assert address_of("", HTTP_X_FORWARDED_FOR=VISITOR) == ""
    settings.TRUSTED_PROXIES = ["unix"]
    assert address_of("", HTTP_X_FORWARDED_FOR=VISITOR) == VISITOR
    assert address_of("") == ""


def test_all_addresses_of_a_household_are_one() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:2") != neighbourhood("2001:db8:0:1::1")
    assert neighbourhood(VISITOR) == VISITOR


@pytest.mark.parametrize(("peer", "status"), [(PROXY, 200), (VISITOR, 301)])
def test_https_counts_where_a_known_server_says_it(settings: Any, peer: str, status: int) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert Client().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https").status_code == status


def test_a_setting_that_is_no_address_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.2, fd00::/8, unix")
    assert proxies("TRUSTED_PROXIES") == ["10.0.0.2", "fd00::/8", "unix"]
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.2,nginx")
    with pytest.raises(ValueError, match="nginx"):
        proxies("TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("peer", "said", "host"),
    [
        (PROXY, "guide.example", "guide.example"),
        (PROXY, "made.up, guide.example", "guide.example"),
        (PROXY, "", "testserver"),
        (VISITOR, "guide.example", "testserver"),
    ],
)
def test_a_host_counts_where_a_known_server_says_it(settings: Any, peer: str, said: str, host: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "guide.example"]
    told = Client().get("/.well-known/security.txt", REMOTE_ADDR=peer, HTTP_X_FORWARDED_HOST=said).content.decode()
    assert f"Canonical: http://{host}/" in told


def test_the_public_address_stands_in_whatever_leaves_the_site(settings: Any) -> None:
    settings.PUBLIC_ORIGIN = "https://guide.example"
    told = Client().get("/.well-known/security.txt").content.decode()
    assert "Canonical: https://guide.example/.well-known/" in told


@pytest.mark.parametrize(
    ("hosts", "origin", "warned"),
    [(["localhost"], "", False), (["guide.example"], "", True), (["guide.example"], "https://guide.example", False)],
)
def test_a_site_for_others_without_a_public_address_is_warned_of(
    settings: Any, hosts: list[str], origin: str, warned: bool
) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_ORIGIN = hosts, origin
    assert ("guide.W001" in {message.id for message in run_checks()}) == warned


def test_no_page_writes_a_full_address_by_itself() -> None:
    guide = settings_of_the_site.BASE_DIR / "guide"
    writing = [path.name for path in guide.rglob("*.py") if "build_absolute_uri(" in path.read_text(encoding="utf-8")]
    assert writing == ["public.py"]
