"""The browser's Back and Forward, reload, and addresses of a file, which say behind their # what was answered."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from guide.offline import page as pages
from guide.offline.packed_texts import packed
from guide.offline.phrases import offline_phrases
from tests.guide.cast import ID_NUMBER
from tests.guide.offline.files import ANSWERS, TODAY, answer, answer_all, opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
QUERY = urlencode(ANSWERS, doseq=True)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def begun(page: Page, folder: Path) -> Page:
    opened(page, folder).click("#page .actions button")
    return page


def asked(page: Page) -> str:
    """The id of the question on the page."""
    name = page.locator("form.question fieldset input").first.get_attribute("name") or ""
    return name.partition("-")[0]


def test_back_goes_to_the_question_before_and_forward_again(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    questions = []
    while phone.locator("form.question").count():
        questions.append(asked(phone))
        answer(phone, ANSWERS)
    code = phone.locator(".code").first.inner_text()
    for question in reversed(questions):
        phone.go_back()
        assert asked(phone) == question
    expect(phone.locator("form.question input:checked")).to_have_count(1)  # as it was answered
    phone.go_back()
    expect(phone.get_by_text(offline_phrases()["private"])).to_be_visible()
    for _question in [*questions, "notice"]:
        phone.go_forward()
    assert phone.locator(".code").first.inner_text() == code


def test_reload_and_a_copied_address_stay_at_the_question(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    for _question in range(3):
        answer(phone, ANSWERS)
    question, address = asked(phone), phone.url
    phone.reload()
    assert asked(phone) == question
    answer(phone, ANSWERS)
    phone.go_back()
    assert asked(phone) == question
    phone.goto("about:blank")
    phone.goto(address)
    assert asked(phone) == question
    answer_all(phone, ANSWERS)
    phone.reload()
    expect(phone.locator(".code").first).to_be_visible()
    phone.locator("button.change").last.click()
    question = asked(phone)
    phone.reload()
    assert asked(phone) == question


def test_what_is_typed_into_the_form_stays_on_the_page_and_out_of_the_address(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    answer_all(phone, ANSWERS)
    fill_form = f"text={offline_phrases()['fill_form']}"
    phone.press(fill_form, "Enter")
    phone.fill("[name='mother.id_number']", ID_NUMBER)
    phone.fill("[name='mother.name']", "张三")
    phone.click("form.joint button[type=submit]")
    phone.go_back()
    addresses = [phone.url]
    phone.press(fill_form, "Enter")
    expect(phone.locator("[name='mother.id_number']")).to_have_value(ID_NUMBER)
    addresses.append(phone.url)
    told = {name for address in addresses for name in _names(address)}
    assert told <= set(ANSWERS)
    assert not any(ID_NUMBER in address or quote("张三") in address for address in addresses)


def _names(address: str) -> list[str]:
    query = address.partition("#")[2].partition("?")[2]
    return [pair.partition("=")[0] for pair in query.split("&")]


def test_the_address_names_answers_as_the_site_does(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    answer_all(phone, ANSWERS)
    view, _mark, query = phone.url.partition("#")[2].partition("?")
    assert (view, parse_qs(query)) == ("notice", parse_qs(QUERY))


# What stands behind the #, and where that leads: to a question, the notice or the start
ODD = [
    (f"/notice?{QUERY}", "notice"),
    (QUERY, "notice"),
    (quote(f"notice?{QUERY}"), "notice"),
    (f"notice%3F{QUERY}".replace("=", "%3D"), "notice"),
    (f"notice?{QUERY}".replace("&", "&amp;"), "notice"),
    (quote(quote(f"notice?{QUERY}")), "notice"),
    (f"notice?{QUERY}&nobody=asks&change=nothing", "notice"),
    (f"notice?{QUERY}&{'x=y&' * 200_000}", "notice"),
    ("ask?birth_place=hospital", "birth_date"),
    ("ask?birth_place=hospital&birth_date=2026-02-30", "birth_date"),
    ("ask?birth_place=hospital&birth_date=%E5%B9", "birth_date"),
    ("ask?birth_place=hospital&birth_place=nowhere", "birth_place"),
    ("ask?birth_place=nowhere&change=birth_place", "birth_place"),
    ("ask?birth_place=%", "birth_place"),
    ("ask?__proto__=1&constructor=2&toString=3", "birth_place"),
    ("form?birth_place=hospital", "birth_date"),
    ("notice", "birth_place"),
    *((odd, "start") for odd in ("start", "constructor", "%E0%A4%A", "?", "=&=&?=#")),
]


def test_of_an_odd_address_what_can_be_used_is_used(phone: Page, tmp_path: Path) -> None:
    faults: list[str] = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    file = opened(phone, tmp_path).url
    led = []
    for behind, _place in ODD:
        phone.goto("about:blank")
        phone.goto(f"{file}#{behind}")
        led.append((behind, place(phone)))
        if led[-1][1] != "notice":
            phone.locator("#page .actions button").first.click()  # the walk goes on, or asks again
            expect(phone.locator("form.question")).to_be_visible()
    assert (led, faults) == (ODD, [])


def place(page: Page) -> str:
    if page.locator("form.question").count():
        return asked(page)
    return "notice" if page.locator(".code").count() and not page.locator("#code").count() else "start"


def test_wiping_takes_the_answers_from_the_address_and_from_the_history(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    answer_all(phone, ANSWERS)
    phone.reload()
    phone.click("button.danger")
    phone.wait_for_function("!location.hash.includes('=')")
    for _step in range(3):
        assert "birth_place" not in phone.url
        expect(phone.locator("form.question input:checked")).to_have_count(0)
        phone.go_back()
    opened(phone, tmp_path)
    phone.go_forward()
    assert "birth_place" not in phone.url
    phone.click("#page .actions button")
    expect(phone.locator("form.question input:checked")).to_have_count(0)


def test_wiping_takes_answers_that_stood_behind_the_question_mark(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path)
    phone.goto(f"{phone.url}?region=510100&{QUERY}")
    phone.click("#page .actions button")
    phone.click("button.danger")
    phone.wait_for_function("!location.href.includes('birth_place')")
    assert "region=510100" in phone.url
    phone.go_back()
    assert "birth_place=" not in phone.url


def test_a_link_within_the_page_leads_to_its_place_and_keeps_what_is_typed(phone: Page, tmp_path: Path) -> None:
    begun(phone, tmp_path)
    answer_all(phone, ANSWERS)
    phone.press(f"text={offline_phrases()['fill_form']}", "Enter")
    phone.fill("[name='mother.name']", "张三")
    phone.evaluate("location.hash = 'mother.name'")
    phone.wait_for_timeout(100)
    expect(phone.locator("[name='mother.name']")).to_have_value("张三")


def test_a_browser_in_which_a_file_may_not_write_its_history_goes_back_too(phone: Page, tmp_path: Path) -> None:
    phone.add_init_script("""for (const name of ["pushState", "replaceState"]) {
      history[name] = () => { throw new DOMException("no file may", "SecurityError"); };
    }""")
    begun(phone, tmp_path)
    answer(phone, ANSWERS)
    question = asked(phone)
    answer(phone, ANSWERS)
    phone.go_back()
    assert asked(phone) == question
    phone.reload()
    assert asked(phone) == question
    phone.click("button.danger")
    phone.wait_for_function("!location.href.includes('birth_place')")
    expect(phone.locator("form.question")).to_have_count(0)


def test_a_browser_too_old_for_the_scripts_shows_the_questionnaire_on_paper(
    phone: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = "(function () { let newer let; })();"
    monkeypatch.setattr(pages, "_scripts", lambda *_args: newer)
    monkeypatch.setattr(pages, "_packed_scripts", lambda *_args: packed(newer))
    opened(phone, tmp_path)
    expect(phone.locator("h1")).to_have_text("新生儿出生一件事")
    expect(phone.get_by_text("1A", exact=True)).to_be_visible()
