"""In the light, in the dark, in a reader's own colours and in large letters: what is there can be read and touched."""

from base64 import b64encode
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.factories import PostFactory
from tests.guide.cast import MOTHER, at
from tests.guide.counter.cases import BORN, of_the_mother
from tests.guide.counter.test_keyboard import log_in
from tests.guide.offline.files import ANSWERS, answer, opened
from tests.guide.test_browser import browser

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
MOTHERS = MOTHER | {"birth_date": BORN}
PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = [
    "/",
    "/?find=出生",
    "/region?in=510000",
    "/region?find=康",
    "/privacy",
    "/accessibility",
    "/newborn/?region=513301",
    "/newborn/ask?region=513301&q=birth_place",  # nothing was chosen
    at("newborn", "ask", MOTHERS | {"change": "wants"}),
    "/newborn/ask?region=513301&birth_place=overseas",
    at("newborn", "notice", MOTHERS),
    at("newborn", "form", MOTHERS),
    "/c/0000",
    "/prints",
    "/nowhere/",
]
STEADY, SHAKING = 44, 60  # pixels
AT_THE_COUNTER = ["/counter/", of_the_mother(""), of_the_mother("check"), of_the_mother("facing")]
LOOK = Path(__file__).with_name("light_and_dark.js")
# The colours of a picture near its left and its right end, and all those of a column near the right
COLOURS = """async (picture) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const { width, height } = image, canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const at = (across, down) => [...canvas.getImageData(across, down, 1, 1).data].join();
  const right = Array.from({ length: height }, (_, down) => at(width * 0.9, down));
  return [at(width * 0.1, height / 2), at(width * 0.9, height / 2), right];
}"""


@pytest.fixture(autouse=True)
def the_day(in_november: object) -> None:
    """The day of the scenarios."""


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, service_workers="block")
    context.set_default_timeout(20_000)
    context.add_init_script(path=LOOK)
    yield context.new_page()
    context.close()


def visited(page: Page, addresses: list[str]) -> Iterator[str]:
    """Each of these pages; the form when one has agreed, with a fault in it, and when it is ready."""
    for address in addresses:
        page.goto(address)
        yield address
        if page.locator("button[value=agree]").count():
            page.locator("input[name=sensitive]").check()
            page.locator("button[value=agree]").click()
            page.locator("form.application").wait_for()
            page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
            yield f"{address}: its first page"
            page.goto(f"{address}&part=mother")
            page.locator("input[name$='.id_number']").first.fill("1")
            page.locator(".go button[value=save]").click()
            page.locator(".error-summary").wait_for()
            yield f"{address}: form"


def in_the_file(page: Page, folder: Path) -> Iterator[str]:
    """The pages of the offline file, from its first to its form."""
    opened(page, folder)
    yield "file: start"
    page.click("#page .actions button")
    page.wait_for_timeout(600)  # a click at once would be half of a double click
    page.click("form.question button[type=submit]")
    page.locator(".error-summary").wait_for()
    yield "file: refused"
    while page.locator("form.question").count():
        answer(page, ANSWERS)
    yield "file: notice"
    page.wait_for_timeout(600)
    page.locator("#page .actions button").first.click()
    page.locator("form.joint button[type=submit]").wait_for()
    yield "file: form"


def resize(page: Page, large: bool) -> None:
    page.evaluate("size => (document.documentElement.dataset.size = size)", "large" if large else "")


def pale(page: Page, pages: Iterator[str]) -> list[str]:
    """What is too pale on these pages: usual and large, in the light and in the dark, on a desktop and a phone."""
    found = []
    for name in pages:
        for large, scheme, screen in product((True, False), SCHEMES, (DESKTOP, PHONE)):
            resize(page, large)
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(screen)
            looked = f"{name}, {'large, ' if large else ''}{scheme}, {screen['width']}"
            found += [f"{looked}: {box}" for box in page.evaluate("pale()")]
    return found


def small(page: Page, pages: Iterator[str]) -> list[str]:
    """What is smaller than a finger on these pages, and when letters are large than one that shakes."""
    found = []
    for name in pages:
        for large in (True, False):
            resize(page, large)
            found += [f"{name}: {box}" for box in page.evaluate("small", SHAKING if large else STEADY)]
    return found


def test_a_visitor_reads_everything_in_the_light_and_in_the_dark(visitor: Page) -> None:
    assert pale(visitor, visited(visitor, PAGES)) == []


def test_a_clerk_reads_everything_in_the_light_and_in_the_dark(visitor: Page, live_server: LiveServer) -> None:
    log_in(visitor.context, live_server, PostFactory.create().user)
    assert pale(visitor, visited(visitor, AT_THE_COUNTER)) == []


def test_a_file_is_read_in_the_light_and_in_the_dark(visitor: Page, tmp_path: Path) -> None:
    assert pale(visitor, in_the_file(visitor, tmp_path)) == []


def test_a_finger_meets_every_target(visitor: Page, live_server: LiveServer, tmp_path: Path) -> None:
    found = small(visitor, visited(visitor, PAGES)) + small(visitor, in_the_file(visitor, tmp_path))
    log_in(visitor.context, live_server, PostFactory.create().user)
    assert found + small(visitor, visited(visitor, AT_THE_COUNTER)) == []


def test_a_finger_that_shakes_meets_every_target_of_a_terminal(visitor: Page, live_server: LiveServer) -> None:
    visitor.context.add_cookies([{"name": "kiosk", "value": "513301", "url": live_server.url}])
    found = {name: visitor.evaluate("small", SHAKING) for name in visited(visitor, PAGES)}
    assert [name for name, boxes in found.items() if boxes] == []


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_the_bar_is_seen_in_forced_colours(visitor: Page, large: bool) -> None:
    visitor.emulate_media(forced_colors="active")
    visitor.goto(at("newborn", "ask", MOTHERS | {"change": "filer"}))
    resize(visitor, large)
    bar = visitor.locator(".parts .now progress")
    done, ahead, right = visitor.context.new_page().evaluate(COLOURS, b64encode(bar.screenshot()).decode())
    assert done != ahead
    # The frame, in the colour of text; at a part of a pixel it is a little paler
    assert any(int(colour.partition(",")[0]) < 64 for colour in right)


def test_what_is_chosen_is_framed_in_forced_colours(visitor: Page) -> None:
    visitor.emulate_media(forced_colors="active")
    visitor.goto("/newborn/ask?region=513301")
    visitor.locator(".choice input").first.check()
    width = "box => parseFloat(getComputedStyle(box).borderTopWidth)"
    chosen, other = (visitor.locator(".choice").nth(place).evaluate(width) for place in (0, 1))
    assert chosen > other


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_code_is_dark_on_white(visitor: Page, scheme: Scheme) -> None:
    visitor.emulate_media(color_scheme=scheme)
    visitor.goto(at("newborn", "notice", MOTHERS))
    picture = visitor.locator(".qr").first
    assert picture.evaluate("box => getComputedStyle(box).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_is_light(visitor: Page) -> None:
    visitor.emulate_media(color_scheme="dark", media="print")
    visitor.goto(at("newborn", "notice", MOTHERS))
    assert visitor.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visitor.evaluate("pale()") == []
