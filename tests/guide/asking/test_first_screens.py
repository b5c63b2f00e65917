"""A real browser: what stands on the first screen of a start page, before anybody scrolls."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from bundles.loading import catalogue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's event loop runs in the thread of the test


@pytest.fixture(params=[(390, 844), (1280, 800)], ids=["phone", "desktop"])
def screen(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": height}, service_workers="block"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["", "/bo"])
def test_the_way_in_stands_on_the_first_screen_of_every_start_page(screen: Page, language: str) -> None:
    assert screen.viewport_size
    height = screen.viewport_size["height"]
    low = {}
    for id in catalogue().ids:
        screen.goto(f"{language}/{id}/?region=510104")
        box = screen.locator(".start .actions .button").bounding_box()
        assert box
        if box["y"] + box["height"] > height:
            low[id] = box
    assert low == {}
