"""What people hold from before the rooms were put in order still opens: addresses, codes, marks, cookies, files.

`kept/` was written by the guide of 2026-11-29; nothing in it belongs to anybody.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bundles.loading import catalogue
from bundles.results.case_codes import encode
from bundles.results.notices import Notice
from guide.cases.case import read_case
from guide.counter.opening import are_marks
from guide.models import Draft
from guide.translations.po_imports import import_po
from tests.factories import DraftFactory, UserFactory
from tests.guide.cast import ID_NUMBER, page_of
from tests.guide.form.cases import step
from tests.guide.test_browser import browser

__all__ = ["browser"]
HERE = Path(__file__).parent / "kept"
KEPT: dict[str, Any] = json.loads((HERE / "kept.json").read_text(encoding="utf-8"))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
CASES = pytest.mark.parametrize("case", KEPT["cases"], ids=[case["bundle"] for case in KEPT["cases"]])
ASKED_SINCE = {"flexible-employment": "register_wish", "veteran": "reported"}  # nothing is told without them any more
STILL_ANSWERED = [case for case in KEPT["cases"] if case["bundle"] not in ASKED_SINCE]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-22T12:00:00")
    yield page
    context.close()


def items_of(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date.fromisoformat(case["today"]))
    return [told.id for told in Notice(read_case(case["bundle"], QueryDict(case["query"])).walk).applying]


@pytest.mark.parametrize("case", STILL_ANSWERED, ids=lambda case: case["bundle"])
def test_an_address_leads_to_the_same_notice(
    case: dict[str, Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the code of today, in the order of today: a code of an older version opens, and isn't printed any more."""
    assert sorted(items_of(case, monkeypatch)) == sorted(case["items"])
    notice = client.get(f"/{case['bundle']}/notice?{case['query']}")
    assert notice.status_code == 200
    walk = read_case(case["bundle"], QueryDict(case["query"])).walk
    assert encode(walk.bundle, QueryDict(case["query"])["region"], walk.used) in page_of(notice).text


@pytest.mark.parametrize(("bundle", "question"), ASKED_SINCE.items())
def test_an_address_leads_to_what_is_asked_since_and_keeps_what_was_answered(
    bundle: str, question: str, client: Client
) -> None:
    case = next(case for case in KEPT["cases"] if case["bundle"] == bundle)
    walk = read_case(bundle, QueryDict(case["query"])).walk
    assert walk.question is not None
    assert walk.question.id == question
    assert set(walk.given) == set(QueryDict(case["query"])) - {"region"}
    asked = client.get(f"/{bundle}/notice?{case['query']}", follow=True)
    assert asked.status_code == 200
    assert walk.question.ask in page_of(asked).text


@CASES
def test_a_case_code_brings_the_same_answers(
    case: dict[str, Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    items_of(case, monkeypatch)
    opened = client.get(f"/c/{case['code']}", follow=True)
    assert urlsplit(opened.redirect_chain[-1][0]).query == case["query"]


def test_marks_of_a_paper_questionnaire_open_its_case(counter: Client) -> None:
    opened = counter.post(
        "/counter/open", {"typed": KEPT["marks"], "bundle": "newborn", "region": "513301"}, follow=True
    )
    assert are_marks(KEPT["marks"])
    assert opened.context["walk"].status == "finished"


def test_a_check_code_brings_back_what_was_brought(counter: Client) -> None:
    """It was printed when the questions had an older version: the list of papers is the same."""
    check = counter.get(KEPT["check"]).context["check"]
    assert check.checked.states[:3] == ("both", "copy", "none")


def test_a_cookie_opens_the_draft_that_it_sealed(client: Client) -> None:
    kept = KEPT["draft"]
    DraftFactory.create(id=kept["id"], sealed=bytes.fromhex(kept["sealed"]))
    client.cookies["draft"] = kept["cookie"]
    form = page_of(client.get(step(KEPT["form"], "mother")))
    assert form.inputs["mother.id_number"] == [ID_NUMBER]


def test_a_forms_pdf_opens_at_the_counter(counter: Client) -> None:
    opened = counter.post("/counter/file", {"file": SimpleUploadedFile("form.pdf", (HERE / "form.pdf").read_bytes())})
    assert opened.headers["Location"].startswith("/counter/newborn/?")
    assert Draft.objects.count() == 1


def test_a_po_file_comes_back_without_a_loss() -> None:
    translator: User = UserFactory.create(role="translator")
    with (HERE / "kept.po").open("rb") as file:
        taken = import_po("bo", file, translator, may_review=False)
    gone = ["最晚今天办：{item}"]  # calendars say it in other words
    assert taken.same + len(taken.taken) == 6 - len(gone)  # what was put right since is what a translator says now
    assert [entry.text for entry in taken.unknown] == gone
    assert (taken.broken, taken.conflicts) == ([], [])


def test_a_saved_offline_file_and_the_site_read_each_others_codes(phone: Page, client: Client) -> None:
    """Codes of the version that was saved: an old file can't know a later one, the site opens both."""
    case = next(case for case in KEPT["cases"] if case["bundle"] == "river-outfall")
    walk = read_case("river-outfall", QueryDict(case["query"])).walk
    saved = catalogue().older("river-outfall", 1)
    assert saved
    code = encode(saved, "510100", walk.used)
    phone.goto((HERE / "river-outfall.html").as_uri())
    phone.click("summary")
    phone.fill("#code", code.lower())
    phone.press("#code", "Enter")
    expect(phone.locator(".code").first).to_have_text(code)
    for item in case["items"]:
        expect(phone.locator("body")).to_contain_text(_name(item))
    shown = phone.locator(".code").first.inner_text()
    assert client.get(f"/c/{shown}", follow=True).redirect_chain[-1][0].startswith("/river-outfall/")


def _name(item: str) -> str:
    bundle = catalogue().bundle("river-outfall", "510100")
    return next(entry for entry in bundle.items if entry.id == item).usual("name")
