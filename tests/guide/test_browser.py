"""A real browser: both bundles from the start page to the PDF, with and without scripts; axe on every kind of page."""

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from guide.models import Verdict
from tests.guide.cast import ID_NUMBER, MOTHER, SHOPKEEPER, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CASES = [("newborn", MOTHER | {"birth_date": "2026-11-12"}), ("business-start", SHOPKEEPER)]
BUNDLES = pytest.mark.parametrize(("bundle", "answers"), CASES, ids=[name for name, _ in CASES])


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 22))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def visitor(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone, with scripts and without."""
    options = {"base_url": live_server.url, "java_script_enabled": request.param}
    context = browser.new_context(**options, viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(params=[390, 1280])
def screen(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone and a desktop. No service worker: what it lets pass no `route` sees."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": request.param, "height": 900}, service_workers="block"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def answer(page: Page, answers: dict[str, Any]) -> None:
    """Answers the question on the page as a person does."""
    before = page.url
    question = page.locator("input[name=q]").get_attribute("value") or ""
    given = answers[question]
    if page.locator(f"[name='{question}-year']").count():
        for part, text in zip(("year", "month", "day"), str(given).split("-"), strict=True):
            page.fill(f"[name='{question}-{part}']", text)
    elif page.locator(f"input[name='{question}'][type=radio], input[name='{question}'][type=checkbox]").count():
        for value in given if isinstance(given, list) else [given]:
            page.check(f"[name='{question}'][value='{value}']")
    else:
        page.fill(f"[name='{question}']", str(given))
    page.locator("form:has(input[name=q]) button[type=submit]").first.click()
    leave(page, before)


def leave(page: Page, address: str) -> None:
    """Waits for the next page."""
    page.wait_for_url(lambda url: url != address)
    expect(page.locator("h1").first).to_be_visible()


@BUNDLES
def test_from_the_start_page_to_both_papers(visitor: Page, bundle: str, answers: dict[str, Any]) -> None:
    visitor.goto(f"/{bundle}/?region={answers['region']}")
    visitor.locator(f"a[href*='/{bundle}/ask']").first.click()
    visitor.wait_for_url("**/ask?*")
    for _question in range(40):
        if not visitor.locator("input[name=q]").count():
            break
        answer(visitor, answers)
    visitor.wait_for_url("**/notice?*")
    paper = visitor.locator("a[href*='notice.pdf']").first.get_attribute("href") or ""
    assert visitor.request.get(paper).body().startswith(b"%PDF")

    visitor.locator(f"a[href*='/{bundle}/form?']").first.click()
    visitor.locator("input[name=sensitive]").check()
    visitor.locator("button[value=agree]").click()
    name = visitor.locator("input[name$='.name']").first
    name.fill("才让卓玛")
    for _page in range(9):
        visitor.locator(".go button[value=save]").click()
        visitor.wait_for_load_state()
        if "/form/ready?" in visitor.url:
            break
    form = visitor.locator("a[href*='form.pdf']").first.get_attribute("href") or ""
    assert visitor.request.get(form).body().startswith(b"%PDF")
    visitor.locator("form.wipe button").click()
    visitor.wait_for_url("**/wipe")


def test_digits_choose_and_enter_goes_on(screen: Page) -> None:
    screen.goto("/newborn/ask?region=513301")
    screen.keyboard.press("1")
    expect(screen.locator("input[type=radio]").first).to_be_checked()
    before = screen.url
    screen.keyboard.press("Enter")
    screen.wait_for_url(lambda url: url != before)
    assert "birth_place=" in screen.url


def test_after_a_question_the_focus_is_on_the_next_and_the_list_speaks(screen: Page) -> None:
    screen.goto(at("newborn", "ask", {"birth_place": "hospital", "birth_date": "2026-11-12", "births": "1"}))
    answer(screen, {"certificate": "not_yet"})
    expect(screen.locator("h1").first).to_be_focused()
    expect(screen.locator("#said")).to_contain_text("出生医学证明")
    screen.go_back()
    expect(screen.locator("input[name=q]")).to_have_value("certificate")


def test_the_whole_questionnaire_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(base_url=live_server.url).new_page()
    page.goto("/business-start/ask")
    while page.locator("input[name=q]").count():
        before = page.url
        question = page.locator("input[name=q]").get_attribute("value")
        box = page.locator(f"input[name='{question}']:not([type=radio]):not([type=checkbox])")
        if box.count():
            box.focus()
            page.keyboard.type("1")
        else:
            page.keyboard.press("1")
        page.keyboard.press("Enter")
        leave(page, before)
    assert "/notice?" in page.url
    page.context.close()


UP_TO_CERTIFICATE = {"birth_place": "hospital", "birth_date": "2026-11-12", "births": "1"}


def test_a_double_click_goes_on_once_and_finds_no_fault(screen: Page) -> None:
    screen.set_viewport_size({"width": 390, "height": 300})
    screen.goto(at("newborn", "ask", UP_TO_CERTIFICATE))
    screen.locator("input[value=not_yet]").check()
    button = screen.locator("form.question button[type=submit]")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    assert place
    screen.mouse.click(place["x"] + 5, place["y"] + 5)
    expect(screen.locator("input[name=q]")).to_have_value("done")
    button.evaluate("(button, y) => scrollBy(0, button.getBoundingClientRect().y - y)", place["y"])
    screen.mouse.click(place["x"] + 5, place["y"] + 5)
    screen.wait_for_timeout(600)
    expect(screen.locator(".error-summary")).to_have_count(0)
    screen.mouse.click(place["x"] + 5, place["y"] + 5)
    expect(screen.locator(".error-summary")).to_be_visible()


def test_a_line_that_hangs_shows_that_something_is_under_way(screen: Page) -> None:
    screen.goto(at("newborn", "ask", UP_TO_CERTIFICATE))
    screen.route("**/ask?*", lambda _route: None)
    screen.locator("input[value=not_yet]").check()
    expect(screen.locator("#under-way")).to_be_hidden()
    screen.locator("form.question button[type=submit]").click()
    expect(screen.locator("#under-way")).to_be_visible()
    screen.unroute("**/ask?*")
    screen.locator("form.question button[type=submit]").click()
    expect(screen.locator("input[name=q]")).to_have_value("done")
    expect(screen.locator("#under-way")).to_be_hidden()


def test_back_shows_each_question_as_it_was_answered(screen: Page) -> None:
    answers = CASES[0][1]
    last = ("card_delivery", "insurance_place", "hardship")
    screen.goto(at("newborn", "ask", {name: value for name, value in answers.items() if name not in last}))
    asked = []
    while screen.locator("input[name=q]").count():
        asked.append(screen.locator("input[name=q]").get_attribute("value"))
        answer(screen, answers)
    assert set(last) <= set(asked)
    for question in reversed(asked):
        screen.go_back()
        expect(screen.locator("input[name=q]")).to_have_value(str(question))
        expect(screen.locator(f"input[name={question}][value={answers[str(question)]}]")).to_be_checked()


def test_one_more_person_and_a_mistake_are_where_one_goes_on(screen: Page) -> None:
    address = at("business-start", "form", SHOPKEEPER)
    screen.goto(address)
    screen.locator("button[value=agree]").click()
    screen.goto(address + "&part=board")
    screen.locator("button[value^='more:board']").dblclick()
    expect(screen.locator("[name='board.name~2']")).to_be_focused()
    assert not screen.locator("[name='board.name~3']").count()
    screen.keyboard.type("李4")
    screen.locator("button[value=save]").last.click()
    expect(screen.locator(".error-summary")).to_be_focused()
    screen.locator("[name='board.name~2']").fill("李四")
    screen.locator("button[value=save]").last.click()
    screen.wait_for_url(lambda url: "part=board-2" not in url)
    screen.go_back()
    expect(screen.locator("[name='board.name~2']")).to_have_value("李四")


IN_TIBETAN = [
    "/",
    "/?find=上户口",
    "/region?in=513300",
    "/region?find=康",
    "/privacy",
    "/accessibility",
    "/newborn/",
    at("newborn", "ask", {"birth_place": "hospital"}),
    at("newborn", "ask", {"birth_place": "hospital", "q": "birth_date", "birth_date-year": "20"}),
    at("newborn", "notice", CASES[0][1]),
    at("newborn", "form", CASES[0][1]),
    at("business-start", "notice", CASES[1][1]),
    at("business-start", "ask", {"kind": "foreign_office"}),
    "/newborn/map",
    "/river-outfall/rules",
    "/c/ABCD-EFGH-JKMN-PQRS",
    "/nothing/",
]

PAGES = [
    "/",
    "/?find=上户口",
    "/?find=量子力学",
    "/region",
    "/region?in=513300",
    "/newborn/",
    "/business-start/?region=510100",
    at("newborn", "ask", {"region": "513301"}),
    at("newborn", "ask", {"birth_place": "hospital"}),
    at(
        "newborn",
        "ask",
        {"birth_place": "hospital", "birth_date": "2026-11-12", "births": "1", "certificate": "not_yet"},
    ),
    at("newborn", "ask", {"birth_place": "hospital", "q": "birth_date", "birth_date-year": "20"}),
    at("newborn", "ask", {"q": "birth_place"}),
    at("newborn", "ask", {"moon": "1"}),
    at("newborn", "notice", CASES[0][1]),
    at("newborn", "form", CASES[0][1]),
    at("business-start", "notice", CASES[1][1]),
    "/c/",
    "/c/ABCD-EFGH-JKMN-PQRS",
    "/nothing/",
    "/bo/newborn/ask",
    "/staff/login",
    *(f"/bo{address}" for address in IN_TIBETAN),
    "/?department=tax",
    "/employee-hiring/?region=510100&kind=limited&handler=agent",
    at("business-start", "ask", {"kind": "foreign_office"}),
    "/newborn/map",
    at("newborn", "map", {"birth_place": "overseas"}),
    "/river-outfall/rules",
    "/river-outfall/scenarios",
    "/faults",
]


def seen_by_axe(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{page.url}: {problem['id']} {problem['nodes'][0]['html'][:160]}" for problem in found.response["violations"]
    ]


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(screen: Page, large: bool) -> None:
    screen.goto(f"/look?large={int(large)}")
    problems = []
    for address in PAGES:
        screen.goto(address)
        problems += seen_by_axe(screen)
        if screen.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{address}: scrolls sideways")
    assert not problems, "\n".join(problems)


def test_axe_finds_nothing_on_the_form_and_after(screen: Page) -> None:
    screen.goto(at("newborn", "form", CASES[0][1]))
    screen.locator("input[name=sensitive]").check()
    screen.locator("button[value=agree]").click()
    problems = seen_by_axe(screen)
    screen.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
    problems += seen_by_axe(screen)
    screen.goto(at("newborn", "form", CASES[0][1] | {"part": "mother"}))
    screen.fill("[name='mother.id_number']", "1")
    screen.locator("button[value=save]").last.click()
    expect(screen.locator(".error-summary")).to_be_visible()
    problems += seen_by_axe(screen)
    screen.locator(".error-summary a").first.click()
    expect(screen.locator("[name='mother.id_number']")).to_be_focused()
    screen.fill("[name='mother.id_number']", ID_NUMBER)
    for _page in range(3):  # what is left of the pages
        problems += seen_by_axe(screen)
        screen.locator(".go button[value=save]").click()
        screen.wait_for_load_state()
    screen.wait_for_url("**/form/ready?*")
    problems += seen_by_axe(screen)
    assert not problems, "\n".join(problems)


# Where a line of Tibetan begins with what belongs to the line before, or parts a syllable; and what a box cuts off.
BAD_BREAKS = """() => {
  const bad = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data, box = node.parentElement;
    if (!/[\u0f40-\u0fbc]/.test(text) || !box.checkVisibility() || box.closest(".unseen, textarea, option")) continue;
    let before = null;
    for (let place = 0; place < text.length; place++) {
      const range = new Range();
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const rect = range.getClientRects()[0];
      if (!rect || !rect.width) continue;
      const newLine = before && rect.top > before.top + before.height / 2;
      const tibetan = /[\u0f00-\u0fff]/;
      if (newLine && tibetan.test(text[place]) && tibetan.test(text[place - 1]) && text[place - 1] !== "\u0f0b")
        bad.push("parted: " + text.slice(place - 8, place) + "|" + text.slice(place, place + 8));
      const stray = newLine && /[\u0f0b\u0f0d]/.test(text[place]);
      if (stray) bad.push("begins with a mark: " + text.slice(place, place + 12));
      before = rect;
    }
    for (let around = box; around && around !== document.body; around = around.parentElement) {
      const { overflowY, clipPath } = getComputedStyle(around);
      if (clipPath !== "none") break;  // for the ear only
      if (overflowY === "hidden" && around.scrollHeight > around.clientHeight + 1)
        bad.push("cut: " + text.trim().slice(0, 30));
    }
  }
  return bad;
}"""


def test_tibetan_breaks_after_the_tsheg_and_nothing_is_cut(screen: Page) -> None:
    for address in IN_TIBETAN:
        screen.goto(f"/bo{address}")
        assert screen.evaluate(BAD_BREAKS) == [], address


def test_the_desk_is_accessible(screen: Page, live_server: LiveServer) -> None:
    reviewer = User.objects.create_user("reviewer", password="a long password")
    reviewer.user_permissions.set(Permission.objects.filter(codename__in=("translate", "review")))
    client = Client()
    client.force_login(reviewer)
    cookie = client.cookies["sessionid"].value
    screen.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    problems = []
    for address in ("/desk/", "/desk/bo/", "/desk/bo/recordings?bundle=marriage-childbearing"):
        screen.goto(address)
        problems += seen_by_axe(screen)
    screen.goto("/desk/bo/?find=宝宝是在哪里出生的")
    screen.locator("table.messages a").first.click()
    expect(screen.locator("textarea")).to_be_visible()
    problems += seen_by_axe(screen)
    screen.fill("textarea", "འདི་ཡིག་སྒྱུར་ཡིན།")
    screen.locator("button[value=approve]").click()
    assert Verdict.objects.get().reviewed
    assert not problems, "\n".join(problems)


def test_a_question_can_be_heard_where_a_voice_is_there(screen: Page) -> None:
    screen.add_init_script(VOICE)
    screen.goto("/bo" + at("newborn", "ask", {"region": "513301"}))
    screen.locator("[data-speak]").click()
    spoken = screen.evaluate("window.spoken")
    assert spoken[0]["text"].startswith("宝宝是在哪里出生的？")
    assert "四川的医院或妇幼保健院。" in spoken[0]["text"]
    assert spoken[0]["lang"] == "zh-CN"


VOICE = """
window.spoken = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", name: "a voice" }], addEventListener() {}, cancel() {}, speaking: false,
  speak(words) { window.spoken.push({ text: words.text, lang: words.lang }); },
} });
window.SpeechSynthesisUtterance = function (text) { this.text = text; this.addEventListener = () => {}; };
"""


def test_no_page_asks_another_host_for_anything(screen: Page) -> None:
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    for address in PAGES[:8]:
        screen.goto(address)
    host = screen.url.split("/")[2]
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {host}


# What Safari 13.1 and Chrome 80 don't have
WITHOUT_WHAT_IS_YOUNGER = """
for (const name of ["requestSubmit"]) delete HTMLFormElement.prototype[name];
for (const name of ["showModal", "show", "close"]) delete HTMLDialogElement.prototype[name];
for (const name of ["replaceChildren"]) delete Element.prototype[name];
for (const name of ["at", "findLast"]) delete Array.prototype[name];
delete SubmitEvent.prototype.submitter;
delete window.BroadcastChannel;
delete window.structuredClone;
"""


def test_keys_and_a_terminal_work_in_a_browser_of_2020(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.new_context(base_url=live_server.url).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(WITHOUT_WHAT_IS_YOUNGER)
    page.goto("/newborn/ask?region=513301")
    page.wait_for_timeout(600)  # no double click of the link before
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**birth_place=*")
    monkeypatch.setattr("guide.context.WARNING", 90)  # it warns at once
    page.context.add_cookies([{"name": "kiosk", "value": "513301", "url": live_server.url}])
    page.goto(at("newborn", "form", CASES[0][1]))
    expect(page.locator("#still-here")).to_be_visible()
    page.locator("#still-here button").click()
    expect(page.locator("#still-here")).to_be_hidden()
    page.locator("button[value=agree]").click()
    expect(page.locator("form.application")).to_be_visible()
    expect(page.locator("#still-here")).to_be_visible()
    page.locator("#still-here button").click()
    page.locator("#kiosk-reset button").click()
    expect(page.locator(".quick").first).to_be_visible()
    assert faults == []
    page.context.close()
