"""A real browser: coming in for the first time with a keyboard alone, and what a screen reader gets on the way."""

import os
from binascii import unhexlify
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.staff.sessions import SessionStore
from tests.factories import PASSWORD, UserFactory
from tests.guide.test_browser import browser

__all__ = ["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test


@pytest.fixture(params=[(390, ""), (1280, ""), (390, "/bo")], ids=["phone", "wide", "Tibetan"])
def page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, language = request.param
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{language}/staff/login")
    yield page
    context.close()


def problems(page: Page) -> list[str]:
    found = [f"{page.url}: {problem['id']}" for problem in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{page.url}: scrolls sideways")
    return found


def typed(page: Page, *texts: str) -> None:
    """From the first box on, one after the other; Enter in the last."""
    page.locator("form .box input").first.focus()
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
        if text:
            page.keyboard.press("Control+A")
            page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_an_administrator_comes_in_by_the_keyboard(page: Page) -> None:
    name = UserFactory.create(role="administrator").username
    typed(page, name, "wrong")
    expect(page.locator(".error-summary")).to_be_visible()
    found = problems(page)
    typed(page, "", PASSWORD)  # the name still stands there
    page.wait_for_url("**/second-factor/setup")
    found += problems(page)
    typed(page, "0")
    expect(page.locator(".error-summary")).to_be_visible()
    found += problems(page)
    key = SessionStore(Session.objects.get().session_key)["key"]
    typed(page, f"{totp(unhexlify(key)):06}")
    expect(page.locator("ul.code li")).to_have_count(10)
    found += problems(page)
    page.locator("a.button").press("Enter")
    page.wait_for_url("**/staff/")
    found += problems(page)
    page.goto("/staff/password")
    typed(page, PASSWORD, "short", "shorter")
    expect(page.locator(".error-summary")).to_be_visible()
    assert found + problems(page) == []
