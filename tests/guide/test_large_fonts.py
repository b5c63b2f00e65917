"""A narrow phone whose owner has set large letters: nobody has to scroll sideways, on any kind of page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from tests.factories import PostFactory, UserFactory
from tests.guide.cast import MOTHER, at
from tests.guide.counter.cases import BORN, of_the_mother
from tests.guide.counter.test_keyboard import log_in
from tests.guide.offline.files import ANSWERS, answer, opened
from tests.guide.test_browser import CHROMIUM, QUIET

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
WIDTH = 360
PREFIXES = ("", "/bo")
MOTHERS = MOTHER | {"birth_date": BORN}
# What reaches beyond the phone's edge where the page does
OVER = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const all = [...document.body.querySelectorAll("*")];
  const beyond = all.filter((one) => one.getBoundingClientRect().right > clientWidth);
  return beyond.map((one) => `${one.tagName}.${one.className} ${one.innerText}`.slice(0, 60));
}"""


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""


@pytest.fixture(scope="module", params=[24, 32])
def large(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A browser with that many pixels a letter; 16 is usual."""
    with sync_playwright() as playwright:
        letters = f"--blink-settings=defaultFontSize={request.param}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, letters])
        yield browser
        browser.close()


@pytest.fixture
def phone(large: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = large.new_context(
        base_url=live_server.url, viewport={"width": WIDTH, "height": 740}, service_workers="block"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def wider(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Which of these pages are wider than the phone, and what is."""
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = page.evaluate(OVER)
    return {address: over for address, over in found.items() if over}


def finished() -> Iterator[tuple[str, dict[str, object]]]:
    """A bundle and the answers of its first scenario that comes to a notice."""
    for bundle in catalogue().ids:
        scenarios = read_scenarios(Path(settings.BASE_DIR) / f"bundles/catalogue/{bundle}/scenarios.yaml")
        first = next(scenario for scenario in scenarios if scenario.expect.state == "finished")
        yield bundle, {"region": first.region or "510000", **first.given}


def ways_of(bundle: str, answers: dict[str, object]) -> Iterator[str]:
    """The page of a question of each type that the answers answer, and the notice."""
    questions = {one.type: one.id for one in catalogue().bundle(bundle).questions if one.id in answers}
    yield from (at(bundle, "ask", answers | {"change": id}) for id in questions.values())
    yield at(bundle, "notice", answers)


def told(answers: dict[str, object]) -> dict[str, object]:
    return {name: sorted(given) or "none" if isinstance(given, frozenset) else given for name, given in answers.items()}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_applicants_pages_fit(phone: Page, prefix: str) -> None:
    addresses = [
        "/",
        "/region",
        "/newborn/?region=513301",
        "/c/",
        "/c/0000",
        "/prints",
        "/nowhere/",
        "/newborn/ask?region=1",
    ]
    for bundle, answers in finished():
        addresses += ways_of(bundle, told(answers))
    assert wider(phone, [prefix + address for address in addresses]) == {}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_form_fits(phone: Page, prefix: str) -> None:
    phone.goto(prefix + at("newborn", "form", MOTHERS))
    found = [phone.evaluate(OVER)]
    phone.locator("input[name=sensitive]").check()
    phone.locator("button[value=agree]").click()
    found.append(phone.evaluate(OVER))
    phone.goto(prefix + at("newborn", "form", MOTHERS | {"part": "mother"}))
    phone.locator("input[name$='.id_number']").first.fill("1")
    phone.locator(".jump summary").click()
    found.append(phone.evaluate(OVER))
    phone.locator("form.application .go button[value=save]").click()
    phone.locator(".error-summary").wait_for()
    found.append(phone.evaluate(OVER))
    phone.goto(prefix + at("newborn", "form/ready", MOTHERS))
    found.append(phone.evaluate(OVER))
    assert found == [[]] * 5


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_a_file_fits(phone: Page, tmp_path: Path, language: str) -> None:
    opened(phone, tmp_path, language)
    found = [phone.evaluate(OVER)]
    phone.click("#page .actions button")
    while phone.locator("form.question").count():
        found.append(phone.evaluate(OVER))
        answer(phone, ANSWERS)
    found.append(phone.evaluate(OVER))
    phone.wait_for_timeout(600)  # a click at once would be half of a double click
    phone.locator("#page .actions button").first.click()
    found.append(phone.evaluate(OVER))
    phone.locator("form.joint button[type=submit]").wait_for()
    phone.evaluate("document.querySelector('#page').innerHTML = document.querySelector('noscript').textContent")
    found.append(phone.evaluate(OVER))
    assert [over for over in found if over] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_clerks_pages_fit(phone: Page, live_server: LiveServer, prefix: str) -> None:
    clerk: User = PostFactory.create().user
    log_in(phone.context, live_server, clerk)
    addresses = ["/counter/", "/counter/newborn/?region=513301", of_the_mother(""), "/counter/facing"]
    addresses += [of_the_mother(page) for page in ("facing", "check", "handover", "form", "form/ready")]
    addresses += ["/staff/", "/staff/password", "/staff/second-factor/setup"]
    assert wider(phone, [prefix + address for address in addresses]) == {}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_administrators_pages_fit(phone: Page, live_server: LiveServer, prefix: str) -> None:
    assert wider(phone, [f"{prefix}/staff/login"]) == {}
    log_in(phone.context, live_server, UserFactory.create(role="administrator"))
    addresses = ["/staff/", "/staff/halls", "/staff/figures", "/staff/kiosk", "/faults"]
    assert wider(phone, [prefix + address for address in addresses]) == {}


@pytest.mark.parametrize("template", ["400.html", "403.html", "405.html", "500.html", "503.html", "busy.html"])
def test_pages_of_faults_fit(phone: Page, template: str) -> None:
    page = render_to_string(template, {"posted": True, "typed": ["1" * 200], "again": "/", "seconds": 5})
    phone.goto("/")
    phone.set_content(page)
    assert phone.evaluate(OVER) == []
