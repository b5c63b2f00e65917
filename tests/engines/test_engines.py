"""Firefox and WebKit, which is Safari's engine, do what Chromium does: six ways through the site, from outside.

A command that hangs ends its browser and fails; a browser that isn't installed fails too, and says how to get it.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.walking.walks import walk
from guide.language.pieces import forget_pieces
from guide.notice.rows import Telling
from guide.offline.page import offline_page
from tests.engines.conftest import end, free_port, listens, running, soon
from tests.engines.driver import Browser
from tests.factories import PostFactory
from tests.guide.cast import ID_NUMBER, MOTHER, SHOPKEEPER, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("engines")]
TODAY = date(2026, 11, 22)
MOTHERS = MOTHER | {"birth_date": "2026-11-12"}
ASK = "/newborn/ask?region=513301&birth_place=hospital"
TERMINAL = {"name": "kiosk", "value": "513301", "path": "/"}


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


# The names of boxes, the question on the page, how many pages a worker keeps
NAMES = "return [...document.querySelectorAll(arguments[0])].map(({ name }) => name)"
QUESTION = "return document.querySelector('main h1') && (document.querySelector('input[name=q]')?.value ?? 'none')"
NUMBER_BOX = "[name='mother.id_number']"
CHOSEN = "return document.querySelector(arguments[0])?.checked"
OFFLINE_QUESTION = """
  const asked = document.querySelector("form.question fieldset input");
  return document.querySelector("#page .code") ? "none" : asked?.name;
"""
KEPT = """
  caches.keys()
    .then((names) => Promise.all(names.map((name) => caches.open(name).then((kept) => kept.keys()))))
    .then((all) => { window.kept = all.flat().length; });
  return window.kept;
"""
SIZE = "const { width, height } = document.querySelector('.qr').getBoundingClientRect(); return Math.min(width, height)"
COLOURS = """
  const code = document.querySelector(".qr");
  return [getComputedStyle(code).backgroundColor, getComputedStyle(code.querySelector("path")).stroke];
"""


def answer(browser: Browser, question: str, given: Any) -> None:
    """Ticks or types, and presses "go on"."""
    typed = f"form.question input[name^='{question}']:not([type=radio]):not([type=checkbox]):not([type=hidden])"
    boxes = browser.run(NAMES, typed)
    for name, text in zip(boxes, str(given).split("-"), strict=False):
        browser.type(f"[name='{name}']", text)
    for value in [] if boxes else given if isinstance(given, list) else [given]:
        box = f"[name='{question}'][value='{value}']"
        if not browser.run("return document.querySelector(arguments[0]).checked", box):
            browser.click(box)
    browser.click("form.question button[type=submit]")


def test_the_walk_goes_on_in_its_page_from_the_start_to_the_notice(browser: Browser) -> None:
    browser.open("/")
    browser.click("a[href*='/newborn/']")
    browser.sees("main .actions a[href*='/newborn/ask']")
    browser.open("/newborn/?region=513301")
    browser.click("main .actions a[href*='/newborn/ask']")
    browser.sees("form.question")
    browser.run("window.stays = true")
    last = ""
    for _question in range(40):
        question = browser.until(QUESTION)
        if question == "none":
            break
        last = question
        assert browser.run("return window.stays"), "a question came as a new page"
        answer(browser, question, MOTHERS[question])
        browser.until("return document.querySelector('input[name=q]')?.value !== arguments[0]", question)
    browser.waits_for("/newborn/notice?")
    assert browser.sees("h1")
    assert browser.sees(".case .code")
    assert browser.run(SIZE) > 99
    browser.command("Back")
    browser.until(CHOSEN, f"[name='{last}'][value='{MOTHERS[last]}']")


def test_an_error_in_the_form_is_told_and_nothing_typed_is_lost(browser: Browser) -> None:
    browser.open(at("newborn", "form", MOTHERS))
    browser.click("input[name=sensitive]")
    browser.click("button[value=agree]")
    browser.open(at("newborn", "form", MOTHERS | {"part": "mother"}))
    browser.type("[name='mother.name']", "才让卓玛")
    browser.type("[name='mother.id_number']", "1")
    browser.click(".actions button[value=save]")
    assert "身份证" in browser.sees(".error-summary")
    assert browser.run("return document.activeElement.matches('.error-summary')")
    assert browser.run("return document.querySelector(\"[name='mother.name']\").value") == "才让卓玛"
    browser.click(".error-summary a")
    browser.until("return document.activeElement.name === 'mother.id_number'")
    browser.type("[name='mother.id_number']", ID_NUMBER)
    browser.click(".actions button[value=save]")
    browser.waits_for("part=father")
    browser.command("Back")
    browser.until("return document.querySelector(arguments[0])?.value === arguments[1]", NUMBER_BOX, ID_NUMBER)


def test_a_file_is_answered_to_its_end_without_a_server(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "business-start.html"
    file.write_text(offline_page("business-start", SHOPKEEPER["region"], "zh-hans").html, encoding="utf-8")
    browser.open(file.as_uri())
    browser.click("#page .actions button")
    answers = {name: given for name, given in SHOPKEEPER.items() if name != "region"}
    for _question in range(40):
        question = browser.until(OFFLINE_QUESTION)
        if question == "none":
            break
        answer(browser, question, answers[question])
    bundle = catalogue().bundle("business-start", SHOPKEEPER["region"])
    told = Telling(walk(bundle, answers, TODAY), catalogue().region(SHOPKEEPER["region"]))
    assert browser.sees("#page .code") == told.code


def test_what_was_opened_once_is_shown_when_the_server_is_gone(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "runserver", "--noreload", str(port)]
    with running(command, DJANGO_SETTINGS_MODULE="tests.settings", VAR_DIR=str(tmp_path)) as server:
        soon(lambda: listens(port))
        browser.site = f"http://127.0.0.1:{port}"
        browser.open("/newborn/?region=513301")
        browser.until(KEPT)
        end(server)
    browser.open(ASK)
    assert "现在没有网" in browser.sees(".offline")
    browser.sees("form.question")


def test_the_window_across_the_desk_follows_the_clerk(browser: Browser) -> None:
    client = Client()
    client.force_login(PostFactory.create().user)
    browser.open("/")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser.command("AddCookie", cookie={"name": settings.SESSION_COOKIE_NAME, "value": session, "path": "/"})
    clerk = browser.command("GetWindowHandle")
    browser.open("/counter/newborn/?region=513301")
    applicant = browser.new_window()
    browser.open("/counter/facing")
    browser.waits_for("/counter/newborn/facing?region=513301")
    browser.go_to(clerk)
    browser.click("fieldset.dense.open [value=hospital]")
    browser.waits_for("birth_place=hospital")
    browser.go_to(applicant)
    browser.waits_for("birth_place=hospital")
    assert browser.sees(".facing h1")


# A hall's terminal ----------------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody has touched a terminal for as good as its time, which stands in a piece of its pages."""
    monkeypatch.setattr("guide.context.IDLE", 2)
    monkeypatch.setattr("guide.context.WARNING", 1)
    forget_pieces()
    yield
    forget_pieces()


def terminal(browser: Browser) -> None:
    browser.open("/")
    browser.command("AddCookie", cookie=TERMINAL)
    browser.open(ASK)
    browser.sees("form.question")


@pytest.mark.usefixtures("impatient")
def test_a_terminal_that_nobody_touches_is_wiped(browser: Browser) -> None:
    terminal(browser)
    browser.until("return location.pathname === '/' && document.querySelector('.quick')", within=8)


@pytest.mark.usefixtures("impatient")
def test_a_terminal_shows_nothing_of_its_visitor_while_the_server_is_silent(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Event()
    monkeypatch.setattr("guide.kiosk.views.wipe_draft", lambda *_sent: answers.wait(60))
    terminal(browser)
    try:
        browser.until("return !document.body.innerText.includes('宝宝')", within=5)
        assert "birth_place" not in browser.run("return location.href + document.documentElement.outerHTML")
        assert "没有清掉" in browser.sees("#still-here")
        assert "您还在吗" not in browser.sees("#still-here")
    finally:
        answers.set()
    browser.until("return document.querySelector('.quick')")


# How it looks ---------------------------------------------------------------------------------------------------------

# How far below the top of a line of that font letters stand
BASE_LINE = """
  const line = document.createElement("div");
  line.style.cssText = "position: absolute; font-size: 100px; line-height: 200px";
  if (arguments[0]) line.style.fontFamily = arguments[0];
  line.innerHTML = '办<i style="display: inline-block; width: 1px"></i>';
  document.body.append(line);
  const base = line.lastChild.getBoundingClientRect().bottom - line.getBoundingClientRect().top;
  line.remove();
  return base;
"""


@pytest.mark.parametrize("language", ["", "/bo"])
def test_chinese_stands_where_its_own_font_puts_it(browser: Browser, language: str) -> None:
    browser.open(f"{language}/newborn/?region=513301")
    browser.until("return [...document.fonts].some(({ status }) => status === 'loaded')")  # the Tibetan one
    fonts = browser.run("return getComputedStyle(document.body).fontFamily")
    alone = fonts.replace('"Noto Serif Tibetan", ', "")
    assert alone != fonts
    assert browser.run(BASE_LINE, None) == pytest.approx(browser.run(BASE_LINE, alone), abs=3)


def test_a_code_can_be_scanned_where_colours_are_forced(forced_colours: Browser) -> None:
    forced_colours.open(at("newborn", "notice", MOTHERS))
    forced_colours.sees(".qr")
    assert forced_colours.run("return matchMedia('(forced-colors: active)').matches")
    behind, drawn = forced_colours.run(COLOURS)
    assert (behind, drawn) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
