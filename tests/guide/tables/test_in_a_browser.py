"""A real browser: the table with and without scripts, by keyboard, in a hall, and on the offline page."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from bundles.loading import Catalogue
from bundles.walking.editions import edition
from bundles.walking.members import columns_for, read_rows
from guide.models import Draft
from guide.offline.page import offline_page
from tests.bundles.support import dice, fresh_seed
from tests.guide.cast import at
from tests.guide.counter.cases import TODAY
from tests.guide.tables.people import ASK, CITY, FAMILY, RESULTS, Rows
from tests.guide.test_browser import seen_by_axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test
SLOWLY = 600  # milliseconds: no double click
ODD = {
    "age": ["0", "17", "17.99", "18", "５", "120", "121", "-1", "x", ""],
    "earns": ["0", "0.01", "89999.99", "4999.99", "１２．５", "1e3", ""],
    "health": ["well", "ill", ""],
}


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def visitor(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone, with scripts and without."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=request.param, viewport={"width": 390, "height": 844},
        service_workers="block",
    )  # fmt: skip
    yield new_page(context)
    context.close()


@pytest.fixture
def desktop(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, service_workers="block")
    yield new_page(context)
    context.close()


def new_page(context: BrowserContext) -> Page:
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def box(number: int, name: str) -> str:
    return f"[name=family-{number}-{name}]"


def put(page: Page, rows: Rows) -> None:
    """Fills in the rows, each in a row of its own."""
    for number, row in enumerate(rows):
        if not page.locator(box(number, "earns")).count():
            page.wait_for_timeout(SLOWLY)
            page.get_by_role("button", name="再加一位").click()
            page.wait_for_selector(box(number, "earns"))
        for name, text in row.items():
            if name == "health":
                page.select_option(box(number, name), text)
            else:
                page.fill(box(number, name), text)


def go_on(page: Page) -> None:
    page.wait_for_timeout(SLOWLY)
    page.locator("form:has(fieldset legend) >> button[type=submit]:text-is('继续')").first.click()


def results(page: Page) -> dict[str, str]:
    """The answers in the address."""
    parts = urlsplit(page.url)
    query = parts.query or parts.fragment.partition("?")[2]
    return {name: value for name, value in parse_qsl(query) if name != "region"}


def in_boxes(page: Page) -> dict[str, str]:
    return {
        f"{name}{turn}": page.input_value(f'[name="family.{name}{turn}"]')
        for name in ("income", "health")
        for turn in ("", "~2")
        if page.locator(f'[name="family.{name}{turn}"]').count()
    }


def test_from_the_table_to_the_form_and_back(visitor: Page) -> None:
    visitor.goto(ASK)
    put(visitor, [FAMILY[0], {"age": "abc"}])
    go_on(visitor)
    expect(visitor.locator(".error-summary")).to_contain_text("第 2 位家人：“几岁”要写数字，现在是“abc”。")
    put(visitor, FAMILY)
    go_on(visitor)
    visitor.wait_for_url("**&people=2&**")
    assert results(visitor) == {"town": "city"} | RESULTS
    visitor.go_back()
    expect(visitor.locator(box(1, "age"))).to_have_value("7")
    visitor.goto(at("family-help", "form", CITY | RESULTS | {"roof": "no"}))
    visitor.locator("button[value=agree]").click()
    assert in_boxes(visitor) == {"income": "1234.5", "health": "好"}
    visitor.goto(at("family-help", "form", CITY | RESULTS | {"roof": "no", "part": "family-2"}))
    expect(visitor.locator('[name="family.income~2"]')).to_have_value("0")
    assert in_boxes(visitor) == {"income~2": "0", "health~2": "有重病"}
    visitor.goto(at("family-help", "ask", CITY | RESULTS | {"roof": "no", "change": "income"}))
    visitor.wait_for_timeout(SLOWLY)
    visitor.locator("fieldset", has_text="第 1 位家人").get_by_role("button").click()
    expect(visitor.locator("legend")).to_have_count(1)
    expect(visitor.locator(box(0, "health"))).to_have_value("ill")


def test_everything_goes_by_keyboard(desktop: Page) -> None:
    desktop.goto(ASK)
    desktop.wait_for_timeout(SLOWLY)
    desktop.locator(box(0, "age")).focus()
    press = desktop.keyboard.press
    for keys in ("41", "Tab", "100", "Tab", "ArrowDown", "Tab", "Enter"):
        if keys.isdecimal():
            desktop.keyboard.type(keys)
        else:
            press(keys)
    expect(desktop.locator(box(1, "age"))).to_be_focused()
    desktop.keyboard.type("7")
    press("Enter")  # goes on, rather than to take a row out
    expect(desktop.locator(".error-summary")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(desktop.locator(box(1, "earns"))).to_be_focused()
    desktop.keyboard.type("5")
    press("Tab")
    press("End")
    press("Shift+Tab")
    press("Enter")
    desktop.wait_for_url("**&people=2&**")
    assert results(desktop)["income"] == "105"


def test_a_question_may_still_be_answered_directly(visitor: Page) -> None:
    visitor.goto(ASK)
    visitor.get_by_text("直接回答：一共几个人？").click()
    visitor.fill("[name=people]", "3")
    visitor.wait_for_timeout(SLOWLY)
    visitor.locator("details.direct button").click()
    visitor.wait_for_url("**people=3**")
    expect(visitor.locator("h1")).to_have_text("几个没满 18 岁？")
    visitor.get_by_text("填表来算：").click()
    expect(visitor.locator("legend")).to_have_text("第 1 位家人")


def test_a_terminal_forgets_the_rows(desktop: Page, live_server: LiveServer) -> None:
    desktop.context.add_cookies([{"name": "kiosk", "value": "510100", "url": live_server.url}])
    desktop.goto(ASK)
    put(desktop, FAMILY)
    go_on(desktop)
    desktop.wait_for_url("**&people=2&**")
    assert Draft.objects.count() == 1
    desktop.wait_for_timeout(SLOWLY)
    desktop.locator("#kiosk-reset button").click()
    expect(desktop.locator(".quick").first).to_be_visible()
    assert not Draft.objects.exists()
    desktop.goto(ASK)
    expect(desktop.locator(box(0, "age"))).to_have_value("")
    expect(desktop.locator("legend")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("look", ["", "large"])
@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: LiveServer, width: int, look: str, prefix: str
) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, service_workers="block"
    )
    context.add_cookies([{"name": "look", "value": look or "normal", "url": live_server.url}])
    page = new_page(context)
    page.goto(prefix + ASK)
    page.wait_for_timeout(SLOWLY)
    page.locator("button[value=more]").click()
    page.wait_for_selector(box(1, "age"))
    page.wait_for_timeout(SLOWLY)
    page.fill(box(0, "age"), "abc")
    page.locator("button[value=save]").last.click()
    page.wait_for_selector(".error-summary")
    assert seen_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


# The offline page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def offline(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The bundle's file, as one opens it from a USB stick, at the table."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = new_page(context)
    page.clock.set_fixed_time("2026-11-22T12:00:00")
    file = tmp_path / "family-help.html"
    with translation.override("zh-hans"):
        file.write_text(offline_page("family-help", "510100", "zh-hans").html, encoding="utf-8")
    page.goto(f"{file.as_uri()}#ask?town=city")
    yield page
    context.close()


def test_the_offline_page_asks_computes_and_fills_in_the_same(offline: Page) -> None:
    go_on(offline)
    expect(offline.locator(".error-summary")).to_have_text("“一起过日子的有哪些人？”一行也没有填。请至少填一行。")
    put(offline, [FAMILY[0], {"age": "abc"}])
    go_on(offline)
    expect(offline.locator(".error-summary")).to_be_focused()
    expect(offline.locator(".error-summary")).to_contain_text("第 2 位家人 “几岁”要写数字，现在是“abc”。")
    put(offline, FAMILY)
    go_on(offline)
    assert results(offline) == {"town": "city"} | RESULTS
    offline.check("[name=roof][value=no]")
    offline.wait_for_timeout(SLOWLY)
    offline.locator("form.question button").click()
    offline.get_by_role("button", name="填申请表").click()
    assert in_boxes(offline) == {"income": "1234.5", "income~2": "0", "health": "好", "health~2": "有重病"}
    offline.fill('[name="family.health~2"]', "手术以后")
    offline.get_by_role("button", name="回到告知书").click()
    offline.get_by_role("button", name="改 一个月一共收入多少？").click()
    expect(offline.locator(box(1, "age"))).to_have_value("7")
    put(offline, [FAMILY[0] | {"earns": "70"}, FAMILY[1]])
    go_on(offline)
    offline.get_by_role("button", name="填申请表").click()
    assert in_boxes(offline) == {"income": "70", "income~2": "0", "health": "好", "health~2": "手术以后"}
    offline.get_by_role("button", name="去掉“家人（第 1 位）”").click()
    assert in_boxes(offline) == {"income": "0", "health": "手术以后"}
    offline.fill('[name="family.income"]', "0")  # no double click, as the clock stands still
    offline.get_by_role("button", name="“家人”之后再加一位").click()
    assert in_boxes(offline) == {"income": "0", "income~2": "", "health": "手术以后", "health~2": ""}
    offline.wait_for_timeout(SLOWLY)
    offline.get_by_role("button", name="清除").click()
    offline.goto(f"{offline.url.partition('#')[0]}#ask?town=city")
    expect(offline.locator(box(0, "age"))).to_have_value("")


def test_rows_stand_in_no_address_of_the_offline_page(offline: Page) -> None:
    put(
        offline,
        [{"age": "73.37", "earns": "61313.13", "health": "ill"}, {"age": "19.91", "earns": "1.01", "health": "well"}],
    )
    go_on(offline)
    assert results(offline)["income"] == "61314.14"
    assert not [word for word in ("73.37", "61313.13", "19.91", "1.01") if word in offline.url]
    assert offline.evaluate("JSON.stringify(history.state)") in ("null", '{"step":1}')


def test_directly_answered_offline_the_rest_is_asked_directly(offline: Page) -> None:
    offline.get_by_text("直接回答：一共几个人？").click()
    offline.fill("[name=people]", "99")
    offline.wait_for_timeout(SLOWLY)
    offline.locator("details form.question button").click()
    expect(offline.locator(".error-summary")).to_contain_text("不能大于 4")
    offline.fill("[name=people]", "3")
    offline.wait_for_timeout(SLOWLY)
    offline.locator("form.question button").click()
    expect(offline.locator("h1")).to_have_text("几个没满 18 岁？")
    offline.get_by_role("button", name="填表来算：").click()
    expect(offline.locator(box(0, "age"))).to_be_visible()
    assert results(offline) == {"town": "city"}


def test_both_pages_take_the_same_rows_for_the_same_answers(desktop: Page, offline: Page, books: Catalogue) -> None:
    seed = fresh_seed("put {} here")
    chance = dice(seed)
    rules = edition(books.bundle("family-help", "510100"), TODAY)
    (table,) = rules.bundle.members
    start = offline.url
    for _turn in range(8):
        rows = [{name: chance.choice(cells[:2] if chance.random() < 0.8 else cells) for name, cells in ODD.items()}
                for _row in range(chance.randint(1, 3))]  # fmt: skip
        right = not read_rows(rules, table, rows, columns_for(table, table.questions)).refused
        told = []
        for page, address in ((desktop, ASK), (offline, start)):
            page.context.clear_cookies()
            page.goto(address)
            page.reload()
            put(page, rows)
            go_on(page)
            if right:
                page.wait_for_url("**people=**")
                told.append(results(page))
            else:
                page.wait_for_selector(".error-summary")
                told.append({"wrong": str(page.locator(".error-summary li").count())})
        assert told[0] == told[1], (seed, rows)
