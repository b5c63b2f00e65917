"""The site under a path of another one's host, behind a real proxy and in a real browser: nothing leaves that path."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from getpass import getuser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from config.environment import public_address
from tests.config.test_proxy import AROUND, NGINX, free_port
from tests.config.test_serving import SECONDS, served, until_it_answers
from tests.guide.cast import MOTHER, at
from tests.guide.offline.test_offline_page import KEPT
from tests.guide.test_browser import CHROMIUM, QUIET

ROOT = "/guide"
PASSWORD = "a long password"
pytestmark = pytest.mark.xdist_group("server")
SITE = """
server {{
    listen 127.0.0.1:{port};
    location = /health/live {{ return 200; }}
    location {root}/ {{
        proxy_pass http://127.0.0.1:{behind}{stripped};
        proxy_set_header X-Forwarded-Host "made.up, localhost:{port}";
        proxy_set_header X-Forwarded-For $remote_addr;
    }}
}}
"""


@dataclass(frozen=True)
class Site:
    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str) -> Any:
        """The answer, with its body read."""
        connection = HTTPConnection("localhost", self.port, timeout=SECONDS)
        connection.request("GET", path)
        response: Any = connection.getresponse()
        response.text = response.read().decode(errors="replace")
        connection.close()
        return response


@contextmanager
def under_a_path(folder: Path, stripped: str) -> Iterator[Site]:
    """The server behind a proxy that leaves the path on, or takes it off (`stripped` is "/")."""
    site = Site(free_port())
    told = {"PUBLIC_URL": f"{site.address}{ROOT}", "TRUSTED_PROXIES": "127.0.0.1", "VAR_DIR": str(folder / "var")}
    with served(folder / "var", **told) as running, ExitStack() as ends:
        account = ["addstaff", "wang", "--role", "clerk", "--verbosity", "0"]
        environment = {"PATH": "/usr/bin", "STAFF_PASSWORD": PASSWORD, **told}
        subprocess.run([sys.executable, "manage.py", *account], cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603
        text = SITE.format(port=site.port, root=ROOT, behind=running.port, stripped=stripped)
        file = folder / "nginx.conf"
        file.write_text(AROUND.format(folder=folder, shipped=text, user=getuser()))
        process = subprocess.Popen([NGINX, "-p", folder, "-c", file])  # noqa: S603  # Debian's
        ends.callback(process.wait, 10)
        ends.callback(process.terminate)
        until_it_answers(site)  # type: ignore[arg-type]
        yield site


@pytest.fixture(scope="module", params=["", "/"], ids=["left on", "taken off"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with under_a_path(tmp_path_factory.mktemp("path"), request.param) as site:
        yield site


@pytest.fixture
def asked(site: Site) -> Iterator[tuple[Page, list[str]]]:
    """A browser, and every address that it asked for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=site.address, viewport={"width": 390, "height": 844})
        context.set_default_timeout(20_000)
        addresses: list[str] = []
        context.on("request", lambda request: addresses.append(request.url))
        yield context.new_page(), addresses
        browser.close()


def outside(addresses: list[str]) -> list[str]:
    """What isn't under the path, but for pictures that stand in the page itself."""
    return [url for url in addresses if not url.startswith("data:") and not urlsplit(url).path.startswith(f"{ROOT}/")]


def test_a_visitor_never_leaves_the_path(site: Site, asked: tuple[Page, list[str]]) -> None:
    page, addresses = asked
    page.goto(f"{ROOT}/newborn/?region=513301&from=timeline")
    page.click("main a.button, main .actions a")
    page.check("input[name=birth_place][value=hospital]")
    page.click("form button[type=submit]")
    page.wait_for_url(f"**{ROOT}/newborn/ask?region=513301&birth_place=hospital")
    page.click("#tools a[hreflang=bo]")
    page.wait_for_url(f"**{ROOT}/bo/newborn/ask?**")
    page.click("#tools a[hreflang=zh-Hans]")
    page.wait_for_url(f"**{ROOT}/newborn/ask?**")
    page.goto(f"{ROOT}{at('newborn', 'notice', MOTHER | {'birth_date': '2026-11-12'})}")
    assert page.locator("svg.qr").count() == 1
    page.goto(page.locator("a[href*='/form?']").first.get_attribute("href") or "")
    page.check("[name=sensitive]")
    page.click("[name=action][value=agree]")
    page.fill("[name='child.name']", "王测试人")
    page.click("[name=action][value=ready] >> nth=-1")
    assert "王测试人" in page.content()
    registered = page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => scope)")
    assert registered == f"{site.address}{ROOT}/"
    page.goto(f"{ROOT}/newborn/offline.html?region=513301")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert outside(addresses) == []
    assert {cookie["path"] for cookie in page.context.cookies()} == {f"{ROOT}/"}


def test_a_bundle_opens_without_a_network(site: Site, asked: tuple[Page, list[str]]) -> None:
    page, _addresses = asked
    page.goto(f"{ROOT}/newborn/?region=513301")
    for _try in range(100):  # the browser fetches the page behind the visitor's back
        if page.evaluate(KEPT):
            break
        page.wait_for_timeout(200)
    assert set(page.evaluate(KEPT)) == {f"{ROOT}/newborn/offline.html"}
    page.click("main .actions a.button")
    page.check("[value=hospital]")
    page.context.set_offline(True)
    page.click("form.question button[type=submit]")
    expect(page.locator(".offline").first).to_contain_text("现在没有网")
    assert outside([page.url]) == []


def test_a_clerk_never_leaves_the_path(asked: tuple[Page, list[str]]) -> None:
    page, addresses = asked
    page.goto(f"{ROOT}/counter/")
    page.fill("[name=username]", "wang")
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url(f"**{ROOT}/counter/")
    page.select_option("#bundle", "newborn")
    page.click(".opening button")
    page.wait_for_url(f"**{ROOT}/counter/newborn/?**")
    assert outside(addresses) == []


def test_all_that_a_page_names_is_under_the_path(site: Site) -> None:
    for path in ("/", "/newborn/", "/bo/newborn/", "/nowhere/", "/staff/login", "/prints", "/region"):
        text = site.get(ROOT + path).text
        found = [part.partition('"')[0] for mark in (' href="', ' src="', ' action="') for part in text.split(mark)[1:]]
        assert found
        assert [link for link in found if not link.startswith((f"{ROOT}/", "#", "?", "tel:"))] == []
    manifest = json.loads(site.get(f"{ROOT}/manifest.webmanifest").text)
    assert manifest["scope"] == manifest["start_url"] == f"{ROOT}/"
    assert all(site.get(icon["src"]).status == 200 for icon in manifest["icons"])
    assert f"Disallow: {ROOT}/counter/" in site.get(f"{ROOT}/robots.txt").text
    assert f"Canonical: {site.address}{ROOT}/.well-known/" in site.get(f"{ROOT}/.well-known/security.txt").text
    calendar = site.get(f"{ROOT}{at('newborn', 'calendar.ics', MOTHER | {'birth_date': '2026-11-12'})}").text
    assert f"{site.address}{ROOT}/c/" in calendar.replace("\r\n ", "")
    assert site.get(f"{ROOT}/newborn").getheader("Location") == f"{ROOT}/newborn/"
    assert site.get(f"{ROOT}/admin/").getheader("Location") == f"{ROOT}/staff/login?next={ROOT}/admin/"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ("", "", "")),
        ("https://example.cn", ("https://example.cn", "example.cn", "")),
        (" https://example.cn:8443/a/guide/ ", ("https://example.cn:8443", "example.cn", "/a/guide")),
    ],
)
def test_the_setting_is_read(monkeypatch: pytest.MonkeyPatch, written: str, read: tuple[str, str, str]) -> None:
    monkeypatch.setenv("PUBLIC_URL", written)
    assert public_address("PUBLIC_URL") == read


@pytest.mark.parametrize(
    "written", ["example.cn", "https://", "https://example.cn/?a", "ftp://example.cn", "https://a.cn/长"]
)
def test_what_is_no_address_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", written)
    with pytest.raises(ValueError, match="PUBLIC_URL"):
        public_address("PUBLIC_URL")
