"""Double clicks, and persons who come and go on the form of a file."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from guide.offline.page import offline_page
from guide.offline.phrases import offline_phrases
from tests.guide.cast import SHOPKEEPER
from tests.guide.offline.files import ANSWERS, TODAY, opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
NAMES = ("甲甲", "乙乙", "丙丙")


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def test_a_double_click_goes_on_once_and_finds_no_fault(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).dblclick("#page .actions button")
    expect(phone.locator(".error-summary")).to_have_count(0)
    phone.check(f"[value='{ANSWERS['birth_place']}']")
    phone.dblclick("form.question button[type=submit]")
    expect(phone.locator("[name='birth_date-0']")).to_be_visible()
    expect(phone.locator(".error-summary")).to_have_count(0)
    phone.wait_for_timeout(600)
    phone.click("form.question button[type=submit]")
    expect(phone.locator(".error-summary")).to_be_visible()


@pytest.fixture
def board(phone: Page, tmp_path: Path) -> Page:
    """The form of three who sit on a board."""
    file = tmp_path / "business-start.html"
    file.write_text(offline_page("business-start", SHOPKEEPER["region"], "zh-hans", "https://example.cn").html)
    answers = {name: answer for name, answer in SHOPKEEPER.items() if name != "region"}
    phone.goto(f"{file.as_uri()}#ask?{urlencode(answers, doseq=True)}")
    phone.click(f"text={offline_phrases()['fill_form']}")
    for number, name in enumerate(NAMES, 1):
        phone.locator(box(number)).fill(name)
        if number < len(NAMES):
            phone.locator(".person", has=phone.locator(box(number))).get_by_text("之后再加一位").click()
            expect(phone.locator(box(number + 1))).to_be_focused()
    return phone


def box(number: int) -> str:
    return "[name='board.name']" if number == 1 else f"[name='board.name~{number}']"


@pytest.mark.parametrize("out", [1, 2, 3])
def test_any_person_can_be_taken_out_and_those_after_move_up(board: Page, out: int) -> None:
    board.locator(".person", has=board.locator(box(out))).get_by_text("去掉").click()
    expect(board.locator(box(3))).to_have_count(0)
    left = [name for number, name in enumerate(NAMES, 1) if number != out]
    assert [board.locator(box(number)).input_value() for number in (1, 2)] == left
    expect(board.locator(box(min(out, 2)))).to_be_focused()
