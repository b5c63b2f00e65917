"""The offline page as a file in a browser, and a person who answers its questions."""

from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from guide.offline.page import offline_page
from tests.guide.cast import MOTHER

TODAY = date(2026, 11, 22)
KANGDING = MOTHER["region"]
ANSWERS = {name: answer for name, answer in MOTHER.items() if name != "region"} | {"birth_date": "2026-11-12"}


def opened(page: Page, folder: Path, language: str = "zh-hans") -> Page:
    """The bundle's file, as one opens it from a USB stick."""
    file = folder / "newborn.html"
    file.write_text(offline_page("newborn", KANGDING, language, "https://example.cn").html, encoding="utf-8")
    page.goto(file.as_uri())
    return page


def answer(page: Page, answers: dict[str, Any]) -> None:
    """Answers the question on the page as a person does."""
    inputs = page.locator("form.question fieldset input")
    question, _, part = (inputs.first.get_attribute("name") or "").partition("-")
    given = answers[question]
    if part:
        for number, text in enumerate(str(given).split("-")):
            inputs.nth(number).fill(text)
    elif inputs.first.get_attribute("type") in ("radio", "checkbox"):
        for value in given if isinstance(given, list) else [given]:
            page.check(f"[name='{question}'][value='{value}']")
    else:
        inputs.first.fill(str(given))
    page.click("form.question button[type=submit]")


def answer_all(page: Page, answers: dict[str, Any]) -> None:
    while page.locator("form.question").count():
        answer(page, answers)
    expect(page.locator(".code").first).to_be_visible()
