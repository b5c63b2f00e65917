"""A real browser: a clerk's keyboard, what a screen reader gets, the window across the desk, and a kiosk."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Draft
from tests.factories import PostFactory, UserFactory
from tests.guide.cast import MOTHER
from tests.guide.counter.cases import BORN, of_the_mother, telling_of
from tests.guide.test_browser import browser

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test


@pytest.fixture
def staff(transactional_db: None) -> User:
    user: User = PostFactory.create().user
    return user


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, staff: User) -> Iterator[BrowserContext]:
    """A clerk's browser, logged in."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    log_in(context, live_server, staff)
    yield context
    context.close()


def log_in(context: BrowserContext, live_server: LiveServer, user: User) -> None:
    """As the log-in page does, which has tests of its own."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


RETIRING = (
    "/counter/retirement/facing?region=513301&insured_as=stopped&way=highland&other_province=moved&hukou_place=province"
    "&history=none&file_review=not_yet&file_place=employer&resident_pension=yes&jobless_benefit=yes"
    "&parent_status=childless&social_card=active&medical_insurance=resident&fund_account=clear&fund_paying=yes"
)
TWINS = of_the_mother("facing", births="2", certificate="have")
FUND = "/counter/housing-fund-loan/?region=513301&loan_home=presale&past_loans=never"


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.number += 1

    def paper(self, key: str) -> bytes:
        """The PDF that a key opens in a window of its own."""
        with self.page.context.expect_page() as opened:
            self.press(key)
        address = opened.value.url
        opened.value.close()
        body: bytes = self.page.request.get(address).body()
        return body


def test_all_was_brought_ticks_nothing_that_the_clerk_decides(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(of_the_mother("check"))
    page.keyboard.press("a")
    plain = page.locator("fieldset[data-plain]")
    other = page.locator("fieldset.dense:not([data-plain])")
    assert plain.count()
    assert other.count()
    for fieldset in plain.all():
        assert fieldset.locator("input").first.is_checked()
    for fieldset in other.all():
        expect(fieldset.locator("input[value=none]")).to_be_checked()
    expect(other.first.locator("input:focus")).to_have_count(1)


def test_from_the_code_to_every_sheet_in_fewer_than_25_keys(desk: BrowserContext) -> None:
    page = desk.new_page()
    keys = Keys(page)
    page.goto("/counter/")
    page.keyboard.type(telling_of("newborn", MOTHER).code)  # the applicant's
    keys.press("Enter")
    expect(page.locator("#result")).to_be_focused()
    assert keys.paper("p").startswith(b"%PDF")
    keys.press("m")
    page.wait_for_url("**/check?*")
    for digit in "112":  # what the applicant has brought
        page.keyboard.press(digit)
    keys.press("Enter")
    page.wait_for_url("**checked=*")
    expect(page.locator("#missing")).to_be_focused()
    assert keys.paper("p").startswith(b"%PDF")
    keys.press("f")
    page.wait_for_url("**/form?*")
    keys.press("y")
    expect(page.locator("form.application")).to_be_visible()
    page.locator("form.application input:visible").first.focus()
    keys.press("Enter")
    page.wait_for_url("**part=father")
    keys.press("p")
    page.wait_for_url("**/form/ready?*")
    assert keys.paper("p").startswith(b"%PDF")
    keys.press("h")
    page.wait_for_url("**/handover?*")
    assert keys.paper("p").startswith(b"%PDF")
    assert keys.paper("r").startswith(b"%PDF")
    keys.press("Shift+N")
    page.wait_for_url("**/counter/")
    expect(page.locator("#typed")).to_be_focused()
    assert keys.number < 25


def test_a_whole_case_is_answered_with_digits_and_enter(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto("/counter/newborn/?region=513301")
    for _question in range(40):
        if page.locator("#result").count():
            break
        fieldset = page.locator("fieldset.dense.open").first
        question = fieldset.get_attribute("data-question") or ""
        before = page.url
        expect(fieldset.locator("input:focus")).to_have_count(1)
        answer(page, question)
        page.wait_for_function("before => location.href !== before", arg=before)
        page.wait_for_load_state("networkidle")
    expect(page.locator("#result")).to_be_focused()
    expect(page.locator(".result .code")).to_have_text(telling_of("newborn", MOTHER).code)
    keys = Keys(page)
    keys.press("u")
    page.wait_for_load_state("networkidle")
    expect(page.locator("fieldset.dense.open").first).to_be_visible()


def answer(page: Page, question: str) -> None:
    """Answers every open question from this one on, as a clerk types them."""
    given: dict[str, Any] = MOTHER | {"birth_date": BORN.replace("-", "")}
    for fieldset in page.locator("fieldset.dense.open").all():
        name = fieldset.get_attribute("data-question") or ""
        value = given[name]
        if fieldset.locator("input:not([type=radio]):not([type=checkbox])").count():
            page.keyboard.type(value)
            page.keyboard.press("Enter")
            return
        many = fieldset.locator("input[type=checkbox]").count()
        for one in value if isinstance(value, list) else [value]:
            digit = fieldset.locator(f"input[value='{one}']").get_attribute("data-digit") or ""
            page.keyboard.press(digit)
        if many:
            page.keyboard.press("Enter")
            return


def test_what_a_screen_reader_gets(desk: BrowserContext) -> None:
    """Names, order and live regions of the accessibility tree."""
    page = desk.new_page()
    page.goto(f"/counter/newborn/?region=513301&birth_place=hospital&birth_date={BORN}&births=1")
    tree = page.locator("body").aria_snapshot()
    order = ["窗口", "宝宝是在哪里出生的", "宝宝是哪天出生的", "继续", "已经清楚"]
    places = [tree.index(word) for word in order]
    assert places == sorted(places)
    assert "complementary" in tree
    assert 'radio "四川的医院或妇幼保健院" [checked]' in tree  # the key beside it is not read out
    assert page.locator("[role=status]").count() == 2  # what becomes clear, and that something is under way
    nameless = page.locator("input:not([type=hidden])").evaluate_all(
        "boxes => boxes.filter(box => !box.labels.length && !box.ariaLabel).length"
    )
    assert nameless == 0
    before = page.url
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_function("before => location.href !== before", arg=before)
    expect(page.locator("#said")).not_to_be_empty()  # what became clear is said


@pytest.mark.parametrize("page_name", ["", "check", "handover", "form", "facing"])
@pytest.mark.parametrize("prefix", ["", "/bo"])
def test_counter_pages_pass_axe(desk: BrowserContext, page_name: str, prefix: str) -> None:
    page = desk.new_page()
    page.goto(prefix + of_the_mother(page_name))
    faults = Axe().run(page).response["violations"]
    assert not [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]


@pytest.mark.parametrize("address", ["/counter/", "/counter/facing", "/staff/", "/staff/kiosk", "/counter/newborn/"])
def test_staff_pages_pass_axe(desk: BrowserContext, address: str) -> None:
    page = desk.new_page()
    page.goto(address)
    faults = Axe().run(page).response["violations"]
    assert not [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]


@pytest.mark.parametrize("address", ["/staff/figures", "/staff/halls"])
def test_a_managers_pages_pass_axe(browser: Browser, live_server: LiveServer, staff: User, address: str) -> None:
    page = browser.new_page(base_url=live_server.url)
    manager = UserFactory.create(role="hall-editor")
    log_in(page.context, live_server, manager)
    page.goto(address)
    faults = Axe().run(page).response["violations"]
    page.close()
    assert not [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]


def test_the_window_across_the_desk_follows_in_its_own_language(desk: BrowserContext) -> None:
    clerk, applicant = desk.new_page(), desk.new_page()
    applicant.goto("/bo/counter/facing")
    clerk.goto("/counter/newborn/?region=513301")
    applicant.wait_for_url("**/bo/counter/newborn/facing?region=513301")
    expect(applicant.locator("h1 [lang=bo], h1[lang=bo]").first).to_be_visible()
    clerk.bring_to_front()
    clerk.keyboard.press("1")
    applicant.wait_for_url("**/bo/counter/newborn/facing?region=513301&birth_place=hospital")


def test_one_letter_does_not_wipe_and_the_keys_can_be_switched_off(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(of_the_mother("check"))
    page.keyboard.press("n")
    page.keyboard.press("q")
    page.wait_for_url("**/counter/newborn/?*")
    switch = page.locator("#desk-keys")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")  # the tab remembers it
    address = page.url
    page.locator("#result").focus()
    for key in ("m", "Shift+N"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == address
    switch.click()
    page.keyboard.press("Shift+N")
    page.wait_for_url("**/counter/")


def test_an_answer_is_changed_with_the_mouse(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(of_the_mother(""))
    address = page.url
    done = page.locator("fieldset[data-question=filer]")
    other = done.locator("label:has(input[value=father])")
    expect(other).to_be_hidden()
    done.locator("label:has(:checked)").click()
    expect(other).to_be_visible()
    page.locator("#result").focus()
    expect(other).to_be_hidden()
    done.locator("legend").click()
    expect(other).to_be_visible()
    assert page.url == address
    other.click()
    page.wait_for_url("**filer=father*")


def test_a_wrong_date_is_tied_to_what_is_said_about_it(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto("/counter/newborn/?region=513301&birth_place=hospital&birth_date=2026-13-40")
    fieldset = page.locator("fieldset[data-question=birth_date]")
    box = fieldset.locator("input")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    for part in (".error", ".hint >> nth=0", ".reason"):
        assert fieldset.locator(part).get_attribute("id") in (box.get_attribute("aria-describedby") or "").split()
    assert fieldset.get_attribute("aria-invalid") is None
    expect(box).to_have_attribute("placeholder", "2026-11-10")


def test_open_questions_show_their_unit_and_hints(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(FUND)
    fieldset = page.locator("fieldset[data-question=fund_months]")
    expect(fieldset).to_contain_text("个月")
    expect(fieldset).to_contain_text("停缴、封存着的填 0")
    for part in ("fund_months-unit", "fund_months-hint"):
        assert part in (fieldset.locator("input").get_attribute("aria-describedby") or "").split()
    page.goto("/counter/newborn/?region=513301")
    fieldset = page.locator("fieldset[data-question=birth_place]")
    expect(fieldset.locator("label small").first).to_have_text("法律上叫助产机构")
    expect(fieldset.locator("#birth_place-hint")).to_be_visible()


@pytest.mark.parametrize("way_out", ["/staff/", "Shift+N"])
def test_the_window_across_the_desk_forgets_who_has_gone(desk: BrowserContext, way_out: str) -> None:
    clerk, applicant = desk.new_page(), desk.new_page()
    applicant.goto("/counter/facing")
    clerk.goto(of_the_mother(""))
    applicant.wait_for_url("**/newborn/facing?*")
    clerk.bring_to_front()
    if way_out.startswith("/"):
        clerk.goto(way_out)
    else:
        clerk.keyboard.press(way_out)
    applicant.wait_for_url("**/counter/facing")


def test_the_window_across_the_desk_waits_where_nobody_answers(desk: BrowserContext) -> None:
    applicant = desk.new_page()
    applicant.clock.install()
    applicant.goto(of_the_mother("facing"))
    applicant.clock.run_for(9_000)
    assert "newborn" in applicant.url
    applicant.clock.run_for(6_000)
    applicant.wait_for_url("**/counter/facing")


def test_the_window_across_the_desk_stays_while_the_counter_answers(desk: BrowserContext) -> None:
    applicant, clerk = desk.new_page(), desk.new_page()
    clerk.goto(of_the_mother(""))
    applicant.goto("/counter/facing")
    applicant.wait_for_url("**/newborn/facing?*")
    address = applicant.url
    applicant.wait_for_timeout(11_500)
    assert applicant.url == address


def test_the_window_across_the_desk_shows_what_the_counter_may_ask_for(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(RETIRING)
    expect(page.locator("h1")).to_have_text("窗口决定要办的话，还要带")
    expect(page.locator(".choice")).to_have_count(10)
    page.goto(TWINS)
    expect(page.locator(".choice", has_text="每人各一份 × 2").first).to_be_visible()


# The kiosk ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kiosk(desk: BrowserContext) -> Page:
    """A hall's terminal, turned on by a clerk, who is then logged out."""
    page = desk.new_page()
    page.goto("/staff/kiosk")
    page.click("button[value=on]")
    page.wait_for_url(lambda url: "/staff" not in url)
    return page


ASK = "/newborn/ask?region=513301&birth_place=hospital"
NOTICE = of_the_mother("notice").removeprefix("/counter")


@pytest.mark.parametrize("address", ["/", "/newborn/?region=513301", ASK, NOTICE, "/region", "/c/", "/bo" + ASK])
def test_every_target_of_a_kiosk_is_60_pixels(kiosk: Page, address: str) -> None:
    kiosk.goto(address)
    targets = ", ".join(f"{target}:visible" for target in ("a", "button", "summary", "select", "label.choice"))
    small = kiosk.locator(targets).evaluate_all(
        """targets => targets.filter(one => !one.closest('.unseen, .skip'))
          .map(one => [one, one.getBoundingClientRect()])
          .filter(([one, box]) => box.width && (box.width < 59.5 || box.height < 59.5))
          .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
    )
    assert not small


@pytest.mark.parametrize("address", ["/", "/newborn/?region=513301", ASK, NOTICE, "/bo" + NOTICE])
def test_nothing_in_a_kiosk_leads_outside_or_saves(kiosk: Page, address: str) -> None:
    kiosk.goto(address)
    for link in kiosk.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        assert link.startswith(("/", "?", "#"))
        assert not link.partition("?")[0].endswith((".ics", ".zip", "offline/page.html"))


def test_a_kiosk_goes_on_without_a_history(kiosk: Page) -> None:
    before = kiosk.evaluate("history.length")
    kiosk.click("a[href*='/newborn/']")
    kiosk.wait_for_url("**/newborn/**")
    kiosk.click("a.button[href*='/newborn/ask']")
    kiosk.wait_for_url("**/newborn/ask?*")
    kiosk.check("input[value=hospital]")
    kiosk.click("form.question button[type=submit]")
    kiosk.wait_for_url("**birth_place=hospital*")
    assert kiosk.evaluate("history.length") == before


def test_a_kiosk_warns_and_then_wipes_itself(kiosk: Page) -> None:
    kiosk.clock.install()
    kiosk.goto(ASK)
    kiosk.clock.run_for(71_000)
    dialog = kiosk.locator("#still-here")
    expect(dialog).to_be_visible()
    expect(dialog.locator("button")).to_be_focused()
    dialog.locator("button").click()
    expect(dialog).to_be_hidden()
    assert "birth_place" in kiosk.url
    kiosk.clock.run_for(60_000)
    expect(dialog).to_be_hidden()
    kiosk.clock.run_for(31_000)
    kiosk.wait_for_url(lambda url: "birth_place" not in url)


def test_a_date_is_given_at_a_kiosk_without_a_keyboard(kiosk: Page) -> None:
    kiosk.set_viewport_size({"width": 1080, "height": 1920})
    kiosk.goto("/newborn/ask?region=513301&birth_place=hospital")
    for digit in "20261112":
        kiosk.locator("#pad button", has_text=digit).click()
    kiosk.locator("#pad button").last.click()
    kiosk.locator("#pad button", has_text="0").click()
    boxes = kiosk.locator(".date input")
    assert [box.input_value() for box in boxes.all()] == ["2026", "11", "10"]
    kiosk.locator("form.question button[type=submit]").click()
    kiosk.wait_for_url("**birth_date=2026-11-10*")
    kiosk.locator("#pad button", has_text="1").click()  # how many children
    kiosk.wait_for_timeout(600)  # no double click
    kiosk.locator("form.question button[type=submit]").click()
    kiosk.wait_for_url("**births=1*")
    expect(kiosk.locator("#pad")).to_be_hidden()


def test_what_was_typed_at_a_kiosk_is_gone_after_its_time(kiosk: Page) -> None:
    kiosk.goto(of_the_mother("form").removeprefix("/counter"))
    kiosk.click("button[value=agree]")
    expect(kiosk.locator("form.application")).to_be_visible()
    assert Draft.objects.count() == 1
    kiosk.click("#kiosk-reset button")
    expect(kiosk.locator(".quick").first).to_be_visible()
    assert Draft.objects.count() == 0
    cookies = {cookie["name"] for cookie in kiosk.context.cookies()}
    assert not cookies & {"draft", "look", "both"}


def test_a_form_filled_in_at_a_kiosk_leaves_no_history(kiosk: Page) -> None:
    before = kiosk.evaluate("history.length")
    kiosk.goto("/")
    kiosk.evaluate("address => location.replace(address)", of_the_mother("form").removeprefix("/counter"))
    kiosk.wait_for_url("**/form?*")
    start = kiosk.evaluate("history.length")
    kiosk.click("button[value=agree]")
    expect(kiosk.locator("form.application")).to_be_visible()
    phone = kiosk.locator("form.application input[name$=phone]").first
    phone.fill("12")
    kiosk.context.set_offline(True)
    kiosk.click("form.application button[value=save] >> nth=-1")
    expect(kiosk.locator("#not-sent")).to_be_visible()
    expect(phone).to_have_value("12")
    kiosk.context.set_offline(False)
    kiosk.wait_for_timeout(600)  # no double click
    kiosk.click("form.application button[value=save] >> nth=-1")
    expect(kiosk.locator("#page .error-summary")).to_be_focused()
    expect(phone).to_have_value("12")
    phone.fill("")
    for page in ("father", "guardian"):
        kiosk.click("form.application button[value=save] >> nth=-1")
        kiosk.wait_for_url(f"**part={page}")
        kiosk.wait_for_timeout(600)  # no double click
    kiosk.click("form.application button[value=save] >> nth=-1")
    kiosk.wait_for_url("**/form/ready?*")
    assert kiosk.evaluate("history.length") == start <= before + 1
    kiosk.click("#kiosk-reset button")
    expect(kiosk.locator(".quick").first).to_be_visible()
    assert kiosk.evaluate("history.length") == start
    kiosk.go_back()
    assert "birth_date" not in kiosk.url


def test_the_middle_button_opens_no_tab_at_a_kiosk(kiosk: Page) -> None:
    kiosk.goto("/")
    number = len(kiosk.context.pages)
    kiosk.click("a[href*='/newborn/']", button="middle")
    kiosk.wait_for_url("**/newborn/**")
    assert len(kiosk.context.pages) == number


def test_a_wipe_that_fails_shows_nothing_of_the_visitor_says_so_and_tries_again(kiosk: Page) -> None:
    kiosk.clock.install()
    kiosk.goto(ASK)
    tries: list[str] = []

    def fail(route: Route) -> None:
        tries.append(route.request.method)
        route.fulfill(status=500)

    kiosk.route("**/kiosk/reset", fail)
    kiosk.clock.run_for(1_000)  # a click at once might be the last page's second one
    kiosk.click("#kiosk-reset button")
    expect(kiosk.locator("#still-here #not-wiped")).to_be_visible()
    assert tries == ["POST", "POST"]
    assert "birth_place" not in kiosk.url + kiosk.content()
    kiosk.keyboard.press("Escape")
    kiosk.clock.run_for(1_000)
    expect(kiosk.locator("#not-wiped")).to_be_visible()
    kiosk.unroute("**/kiosk/reset")
    kiosk.context.clear_cookies(name="csrftoken")  # an old page
    kiosk.clock.run_for(21_000)
    expect(kiosk.locator(".quick").first).to_be_visible()


def test_a_form_whose_answer_never_comes_can_be_sent_again(kiosk: Page) -> None:
    kiosk.clock.install()
    kiosk.goto(of_the_mother("form").removeprefix("/counter"))
    kiosk.route("**/form?*", lambda route: None)
    kiosk.click("button[value=agree]")
    kiosk.clock.run_for(21_000)
    expect(kiosk.locator("#not-sent")).to_be_visible()
    kiosk.unroute("**/form?*")
    kiosk.click("button[value=agree]")
    expect(kiosk.locator("form.application")).to_be_visible()


def test_a_kiosk_passes_axe(kiosk: Page) -> None:
    kiosk.clock.install()
    kiosk.goto(ASK)
    kiosk.clock.run_for(71_000)
    faults = Axe().run(kiosk).response["violations"]
    assert not [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]
