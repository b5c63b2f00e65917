"""The service worker in Chromium: what it keeps, and what it shows where the site doesn't answer."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from bundles.loading import catalogue
from guide.language.languages import say
from guide.language.pairs import own
from guide.offline import views
from tests.guide.offline.files import ANSWERS, KANGDING, TODAY, answer
from tests.guide.offline.gateway import Gateway, Reply, gateway

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
START = f"/newborn/?region={KANGDING}"
OFFLINE = f"/newborn/offline.html?region={KANGDING}"
PORTAL = "<title>Wi-Fi</title><h1>欢迎上网，请登录</h1>"
FROM_THE_SITE: "Says" = lambda _path: None  # noqa: E731
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found.sort();
}"""
Says = Callable[[str], Reply | None]


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    monkeypatch.setattr(views, "PATIENCE", 1)


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[Gateway]:
    with gateway(live_server.url) as between:
        yield between


@pytest.fixture
def context(browser: Browser, line: Gateway) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=line.url, viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def kept(page: Page, *paths: str) -> None:
    """Waits until these pages are kept, and no others."""
    until(page, KEPT, sorted(paths))


def until(page: Page, script: str, result: object) -> None:
    """Waits until a script gives that."""
    for _try in range(100):
        if page.evaluate(script) == result:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(script) == result


def visited(context: BrowserContext, *addresses: str) -> Page:
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready")
    kept(page, *{re.sub(r"\?.*", "", address) + "offline.html" for address in addresses})
    return page


def says_it_is_kept(page: Page) -> None:
    expect(page.locator(".offline").first).to_contain_text("这是存在这台机器里的离线版")
    expect(page.locator(".offline").first).to_contain_text("康定")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_where_a_gateway_says_that_the_site_is_down_the_kept_page_stands_in(
    context: BrowserContext, line: Gateway, status: int
) -> None:
    page = visited(context, START)
    line.says = lambda _path: Reply("<h1>Bad Gateway</h1>", status)
    page.goto(f"/newborn/ask?region={KANGDING}&birth_place=hospital")
    says_it_is_kept(page)
    answer(page, ANSWERS)
    assert "birth_place=hospital&birth_date=2026-11-12" in page.url
    page.go_back()
    expect(page.locator("[name=birth_date-0]")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link")).to_have_text(["新生儿出生一件事"])
    page.goto("/veteran/")  # not kept: what came is shown
    expect(page.locator("h1")).to_have_text("Bad Gateway")
    line.says = FROM_THE_SITE
    page.goto(START)
    expect(page.locator(".offline")).to_have_count(0)


def test_a_line_that_hangs_is_waited_for_only_where_nothing_is_kept(context: BrowserContext, line: Gateway) -> None:
    page = visited(context, START)
    line.says = lambda _path: Reply(after=60)
    page.goto(f"/newborn/ask?region={KANGDING}")
    says_it_is_kept(page)


@pytest.mark.parametrize("portal", [
    lambda _path: Reply(PORTAL),
    lambda path: Reply(PORTAL) if path.startswith("/portal/") else Reply(status=302, headers={"Location": "/portal/"}),
    lambda path: None if path == "/" else Reply(status=302, headers={"Location": "/"}),  # to a page that is ours
    lambda _path: Reply(PORTAL, headers={"Content-Type": "text/plain", "Answered-By": "guide"}),
    lambda _path: Reply(PORTAL, status=511),
])  # fmt: skip
def test_the_page_of_a_hotspot_is_never_kept(context: BrowserContext, line: Gateway, portal: Says) -> None:
    page = context.new_page()
    line.says = lambda path: portal(path) if "offline.html" in path or "portal" in path else None
    page.goto(START)
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(START)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT) == []
    line.says = FROM_THE_SITE
    page.goto(START)
    kept(page, "/newborn/offline.html")
    line.says = portal
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "release", lambda: "newer")
        page.goto(START)  # as if that were asked for again
        page.wait_for_timeout(300)
    assert page.evaluate(KEPT) == ["/newborn/offline.html"]


def test_a_hotspot_that_answers_for_the_site_is_seen_on_the_first_page_alone(
    context: BrowserContext, line: Gateway
) -> None:
    page = visited(context, START)
    line.says = lambda _path: Reply(PORTAL)
    page.goto(START)
    says_it_is_kept(page)
    page.goto("/")
    expect(page.locator("h1")).to_have_text("欢迎上网，请登录")  # to log in


def test_what_is_kept_is_listed_in_its_own_language(context: BrowserContext) -> None:
    page = visited(context, START, "/bo/veteran/", "/veteran/")
    context.set_offline(True)
    with translation.override("bo"):
        tibetan = own(say(catalogue().bundle("veteran").title))
    page.goto("/bo/")
    links = page.get_by_role("link")
    expect(links).to_have_text(["新生儿出生一件事", "退役军人服务一件事", tibetan])
    assert [link.get_attribute("lang") for link in links.all()] == ["zh-Hans", "zh-Hans", "bo"]
    assert page.locator("html").get_attribute("lang") == "bo"
    assert page.locator("h1 span, p span").evaluate_all("all => all.map(({lang}) => lang)") == ["bo", "zh-Hans"] * 2
    expect(page.locator("p [lang=zh-Hans]").first).to_contain_text("现在没有网")
    links.first.click()
    says_it_is_kept(page)
    page.goto("/")
    expect(page.get_by_role("link")).to_have_count(3)


def test_where_nothing_is_kept_the_list_says_so(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)
    page.goto("/")
    expect(page.locator("p")).to_contain_text("还没有存下什么")


def test_a_new_release_keeps_the_old_pages_until_the_new_ones_are_there(
    context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visited(context, START)
    monkeypatch.setattr(views, "release", lambda: "newer")
    page.evaluate("""async () => {
      const old = await caches.open("pages-0");  // as workers before this one kept them
      await old.put("/veteran/offline.html", new Response('<h1>旧的</h1><script id="scripts"></script>'));
      await old.put("/retirement/offline.html", new Response("<h1>Wi-Fi</h1>"));
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
    }""")
    until(page, "caches.has('pages-0')", False)
    kept(page, "/newborn/offline.html", "/veteran/offline.html")
    context.set_offline(True)
    page.goto(START)
    says_it_is_kept(page)
    context.set_offline(False)
    page.goto(START)
    release = (
        "caches.match('/newborn/offline.html', {ignoreSearch: true}).then(({headers}) => headers.get('Guide-Release'))"
    )
    until(page, release, "newer")


def test_where_there_is_no_room_the_site_goes_on(context: BrowserContext, line: Gateway, client: Client) -> None:
    full = "Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError'); };"
    worker = Reply(full + client.get("/sw.js").content.decode(), headers={"Content-Type": "text/javascript"})
    asked: list[str] = []
    line.says = lambda path: asked.append(path) or (worker if path == "/sw.js" else None)  # type: ignore[func-returns-value]
    page = context.new_page()
    page.goto(START)
    page.evaluate("navigator.serviceWorker.ready")
    while asked.count(OFFLINE) < 2:
        page.goto(START)
        expect(page.locator("h1")).to_contain_text("家里添了孩子")
    assert page.evaluate(KEPT) == []


def test_the_page_of_another_region_says_whose_it_is(context: BrowserContext) -> None:
    page = visited(context, START)
    context.set_offline(True)
    page.goto("/newborn/?region=510100")
    says_it_is_kept(page)
    expect(page.locator(".offline").nth(1)).to_contain_text("您选的地区没有存下来")


def test_every_answer_is_marked_as_ours(client: Client) -> None:
    for address in (START, "/newborn/offline.html", "/nowhere/", "/newborn/ask?region=1", "/newborn/form"):
        assert client.get(address).headers["Answered-By"] == "guide"
