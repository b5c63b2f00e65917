"""The parts of a questionnaire, and the list that a phone opens from the bar at its foot."""

import os
import re
from collections.abc import Iterator
from itertools import groupby

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bundles.loading import catalogue
from guide.cases.bundles import all_bundles
from tests.guide.cast import MOTHER, at, walk_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test
SO_FAR = {name: MOTHER[name] for name in ("region", "birth_place", "births", "certificate", "done")}
PAGE = at("newborn", "ask", SO_FAR | {"birth_date": "2026-11-12", "parents": "married"})


@pytest.mark.parametrize("id", catalogue().ids)
def test_a_walk_never_goes_back_to_a_part(id: str) -> None:
    bundle = next(bundle for bundle in all_bundles() if bundle.id == id)
    runs = [section for section, _questions in groupby(bundle.questions, lambda question: question.section)]
    assert len(runs) == len(set(runs))


def test_parts_only_ever_go_on(client: Client) -> None:
    answers = MOTHER | {"birth_date": "2026-11-12"}
    _address, asked = walk_on(client, "newborn", answers)
    seen = []
    for count in range(len(asked)):
        given = {name: answers[name] for name in ("region", *asked[:count])}
        found = re.search(r"<b>(\d)/4 (\S+)</b>", client.get(at("newborn", "ask", given)).content.decode())
        assert found
        seen.append(found[1])
    assert seen == sorted(seen)
    assert set(seen) == {"1", "2", "3", "4"}


def test_why_stands_behind_the_button(client: Client) -> None:
    text = client.get("/newborn/ask?region=513301").content.decode()
    assert text.index("继续") < text.index("为什么问这个")


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def phone(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=request.param,
        service_workers="block",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_the_bar_opens_the_list_and_back_and_its_first_line_close_it(phone: Page) -> None:
    phone.goto(PAGE)
    close, bar = phone.locator(".growing > .close"), phone.locator(".bar")
    expect(close).to_be_hidden()
    bar.click()
    expect(close).to_be_visible()
    phone.go_back()
    expect(close).to_be_hidden()
    bar.click()
    close.click()
    expect(close).to_be_hidden()
    assert phone.url.partition("#")[0].endswith(PAGE)


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_escape_closes_it_and_what_is_chosen_stays(phone: Page) -> None:
    phone.goto("/newborn/ask?region=513301")
    phone.locator(".choice input").first.check()
    phone.locator("button[type=submit]", has_text="继续").click()
    phone.wait_for_url("**birth_place=**")
    phone.fill("[name=birth_date-year]", "2026")
    phone.locator(".bar").click()
    phone.keyboard.press("Escape")
    expect(phone.locator(".growing > .close")).to_be_hidden()
    expect(phone.locator(".bar")).to_be_focused()
    expect(phone.locator("[name=birth_date-year]")).to_have_value("2026")


def test_a_desktop_has_no_bar(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(live_server.url + PAGE)
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".growing > .close")).to_be_hidden()
    page.close()
