"""The offline page: what stands in it, which browsers know its code, and a whole walk from a file without a network."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bundles.loading import catalogue
from bundles.results.case_codes import CodeError, encode, open_code, plain
from bundles.results.offline_rules import offline_rules
from bundles.walking.editions import edition
from bundles.walking.walks import walk
from guide.cases.bundles import open_bundle
from guide.cases.codes import code_problem
from guide.language import pairs
from guide.notice.rows import Telling
from guide.offline.page import STATIC, offline_kit, offline_page
from guide.offline.phrases import offline_phrases
from guide.prints.blank_questionnaire import questionnaire_paper_of
from tests.guide.cast import ID_NUMBER, MOTHER, at
from tests.guide.offline.files import ANSWERS, KANGDING, TODAY, answer, answer_all, opened
from tests.guide.offline.scripts import in_node
from tests.guide.tibetan_texts import ill_joined, texts_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
SCRIPTS = sorted((STATIC / "offline").rglob("*.js"))
LANGUAGES = ("zh-hans", "bo")
# What Chrome 80, Firefox 78 or Safari 13.1 don't know
NEW_IN_SCRIPTS = (
    r"\.at\(|\.findLast|structuredClone|Object\.hasOwn|\.toSorted|\.groupBy|\.requestSubmit|inert\b|:has\(|:is\(|BigInt"
    r"|replaceChildren|replaceAll|showModal|DecompressionStream|WeakRef|Promise\.any|randomUUID|AbortSignal|\(\?<[=!]"
)
NEW_IN_STYLES = (
    r":has\(|:is\(|:where\(|:not\([^)]*,|\binset\b|@layer|@container|color-mix|aspect-ratio|(?<!grid-)\bgap:|text-wrap|dvh\b"
    r"|(?:padding|margin|border)-(?:inline|block)|content: *[^;}]*\" */|(?<!break-word; )overflow-wrap: *anywhere|&"
)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def telling() -> Telling:
    bundle = catalogue().bundle("newborn", KANGDING)
    return Telling(walk(bundle, ANSWERS, TODAY), catalogue().region(KANGDING))


def words_of(page: Page) -> str:
    """What the page says, with all that is folded opened."""
    page.evaluate("document.querySelectorAll('#page details').forEach((fold) => { fold.open = true; })")
    return page.locator("#page").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_gives_the_notice_that_the_site_gives(phone: Page, tmp_path: Path, language: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    opened(phone, tmp_path, language)
    phone.click("#page .actions button")
    most = walk(catalogue().bundle("newborn", KANGDING), {}, TODAY).remaining[1]
    expect(phone.locator(".progress")).to_contain_text(f"后面最多 {most - 1} 题")
    answer_all(phone, ANSWERS)
    told, text = telling(), words_of(phone)
    assert phone.locator(".code").first.inner_text() == told.code
    for row in [*told.applying, *told.counter]:
        assert row.name in text
        assert all(fact.text in text for fact in row.facts) or language != "zh-hans"
    assert all(row.name in text for row in told.materials)
    assert list(ill_joined(text.splitlines())) == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_its_notice_has_the_marks_of_the_site_and_counts_them(phone: Page, tmp_path: Path, client: Client) -> None:
    site = client.get(at("newborn", "notice", MOTHER | ANSWERS)).content.decode()
    opened(phone, tmp_path).click("#page .actions button")
    answer_all(phone, ANSWERS)
    number = phone.locator(".mark").count()
    assert number == site.count('class="mark"') > 0
    expect(phone.get_by_text(f"带 ※ 的 {number} 处")).to_be_visible()


def test_its_notice_gives_reasons_counts_and_days_in_the_words_of_the_site(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).click("#page .actions button")
    answer_all(phone, ANSWERS)
    text = words_of(phone)
    told = telling()
    said = [word for row in [*told.applying, *told.counter] for word in [*row.reasons, row.deadline, row.department]]
    said += [word for row in told.materials for word in [row.count, row.hint, *row.notes]]
    said += [note.text for note in told.notes] + [told.joint]
    assert [word for word in said if word not in text] == []


def test_an_answer_can_be_changed_and_everything_wiped(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).click("#page .actions button")
    answer_all(phone, ANSWERS)
    before = phone.locator("#page").inner_text()
    phone.locator("button.change").first.click()
    expect(phone.locator("form.question input:checked")).to_have_count(1)
    answer_all(phone, ANSWERS)
    assert phone.locator("#page").inner_text() == before
    phone.click("button.danger")
    phone.click("#page .actions button")
    expect(phone.locator("form.question input:checked")).to_have_count(0)
    assert phone.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_an_empty_or_impossible_answer_is_asked_again(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).click("#page .actions button")
    phone.wait_for_timeout(600)  # a click at once would be half of a double click
    phone.click("form.question button[type=submit]")
    expect(phone.locator(".error-summary")).to_have_text("请选一项")
    answer(phone, ANSWERS)
    for number, text in enumerate(("2026", "13", "1")):
        phone.locator("form.question fieldset input").nth(number).fill(text)
    phone.click("form.question button[type=submit]")
    expect(phone.locator(".error-summary")).to_contain_text("2026 年没有 13 月")
    phone.get_by_role("button", name="大字").click()
    assert [box.input_value() for box in phone.locator("form.question fieldset input").all()] == ["2026", "13", "1"]


def test_an_address_of_the_site_brings_its_answers(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path)
    answers = ANSWERS | {"wants": ",".join(ANSWERS["wants"]), "birth_date": "2026年11月12日"}
    phone.goto(f"{phone.url}?{urlencode(answers)}")
    phone.click("#page .actions button")
    assert phone.locator(".code").first.inner_text() == telling().code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stop_that_nobody_confirmed_says_who_decides(phone: Page, tmp_path: Path, language: str) -> None:
    stop = {"matter": "new", "property_kind": "office", "owner": "person"}
    file = tmp_path / "enterprise-property.html"
    file.write_text(offline_page("enterprise-property", None, language, "").html, encoding="utf-8")
    phone.goto(f"{file.as_uri()}?{urlencode(stop)}")
    phone.click("#page .actions button")
    expect(phone.locator(".message .unsure")).to_contain_text("以当地窗口为准")
    expect(phone.locator(".mark")).to_have_count(0)  # a sign that no box explains


def test_a_case_code_brings_its_answers(phone: Page, tmp_path: Path) -> None:
    code = telling().code
    type_code(opened(phone, tmp_path), code.lower().replace("-", " "))
    assert phone.locator(".code").first.inner_text() == code
    expect(phone.locator(".offline")).to_have_count(1)
    phone.click("button.danger")
    expect(phone.locator("#code")).to_have_value("")


def test_a_code_of_another_region_says_by_which_rules_it_is_read(phone: Page, tmp_path: Path) -> None:
    elsewhere = walk(catalogue().bundle("newborn", "510100"), ANSWERS, TODAY)
    type_code(opened(phone, tmp_path), encode(elsewhere.bundle, "510100", elsewhere.used))
    assert phone.locator(".code").first.inner_text() == telling().code
    expect(phone.locator(".offline").nth(1)).to_contain_text("您选的地区没有存下来")


def test_a_code_that_cannot_be_read_is_kept_and_explained(phone: Page, tmp_path: Path) -> None:
    code = telling().code
    wrong = code[:6] + ("Z" if code[6] != "Z" else "Y") + code[7:]
    type_code(opened(phone, tmp_path), wrong)
    with pytest.raises(CodeError) as error:
        open_code(wrong)
    expect(phone.locator(".error-summary")).to_have_text(code_problem(error.value, plain(wrong)))
    expect(phone.locator("#code")).to_have_value(wrong)
    other = catalogue().bundle("veteran")
    type_code(phone, encode(other, KANGDING, {}))
    expect(phone.locator(".error-summary")).to_contain_text("这个码说的是另一件事")


def type_code(page: Page, code: str) -> None:
    if not page.locator("#code").is_visible():
        page.click("summary")
    page.fill("#code", code)
    page.press("#code", "Enter")


def test_the_form_checks_derives_and_forgets(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).evaluate("window.print = () => { document.title = 'printed' }")
    phone.click("#page .actions button")
    answer_all(phone, ANSWERS)
    phone.press(f"text={offline_phrases()['fill_form']}", "Enter")
    phone.fill("[name='mother.id_number']", "51010019900101123")
    phone.click("form.joint button[type=submit]")
    expect(phone.locator(".error-summary")).to_contain_text("身份证号是 18 位，这里有 17 位")
    phone.fill("[name='mother.id_number']", ID_NUMBER)
    phone.click("form.joint button[type=submit]")
    expect(phone.locator(".error-summary")).to_have_count(0)
    assert phone.title() == "printed"
    phone.click("button.danger")
    phone.click("#page .actions button")
    answer_all(phone, ANSWERS)
    phone.press(f"text={offline_phrases()['fill_form']}", "Enter")
    expect(phone.locator("[name='mother.id_number']")).to_have_value("")


def test_the_form_takes_an_odd_name_after_a_tick_and_a_passport_with_its_kind(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).evaluate("window.print = () => { document.title = 'printed' }")
    phone.click("#page .actions button")
    answer_all(phone, ANSWERS)
    phone.press(f"text={offline_phrases()['fill_form']}", "Enter")
    phone.select_option("[name='mother.id_type']", "护照")
    phone.fill("[name='mother.id_number']", "ｅ12345678")
    phone.fill("[name='mother.name']", "李4\u200b")
    phone.click("form.joint button[type=submit]")
    expect(phone.locator(".error-summary li")).to_have_count(3)  # one person, thrice
    phone.check("[name='mother.name!']")
    phone.click("form.joint button[type=submit]")
    expect(phone.locator(".error-summary")).to_have_count(0)
    assert phone.title() == "printed"
    boxes = {name: phone.input_value(f"[name='{name}']") for name in ("mother.name", "applicant.name")}
    assert boxes == {"mother.name": "李4", "applicant.name": "李4"}
    assert phone.input_value("[name='applicant.id_type']") == "护照"
    assert phone.input_value("[name='applicant.id_number']") == "E12345678"
    assert phone.is_checked("[name='mother.name!']")


def test_large_text_fits_a_phone(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path).get_by_role("button", name="大字").click()
    phone.click("#page .actions button")
    while phone.locator("form.question").count():
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
        answer(phone, ANSWERS)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_rules_that_are_over_say_so(phone: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 21)  # nobody else asks for the rules of that day
    rules = offline_rules(edition(catalogue().bundle("veteran"), day), "510000") | {"until": "2027-01-01"}
    monkeypatch.setattr(timezone, "localdate", lambda *_args: day)
    monkeypatch.setattr("guide.offline.page.offline_rules", lambda *_args: rules)
    file = tmp_path / "veteran.html"
    file.write_text(offline_page("veteran", None, "zh-hans").html, encoding="utf-8")
    phone.goto(file.as_uri())
    expect(phone.locator(".offline").first).to_contain_text("2026 年 11 月 21 日")
    expect(phone.locator(".old")).to_have_count(0)
    phone.clock.set_fixed_time("2027-01-01T12:00:00")
    phone.reload()
    expect(phone.locator(".old")).to_contain_text("2027 年 1 月 1 日 起规则有变")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(phone: Page, tmp_path: Path, language: str) -> None:
    opened(phone, tmp_path, language)
    policy = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
    file = tmp_path / "newborn.html"  # axe itself is a script that the page's policy refuses
    file.write_text(policy.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    phone.goto(file.as_uri())
    assert_accessible(phone)
    type_code(phone, "12")
    expect(phone.locator(".error-summary")).to_be_visible()
    assert_accessible(phone)
    phone.click("#page .actions button")
    assert_accessible(phone)
    answer_all(phone, ANSWERS)
    assert_accessible(phone)
    phone.locator("#page .actions button").first.click()
    assert_accessible(phone)


def assert_accessible(page: Page) -> None:
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_without_scripts_the_questionnaire_on_paper_stands_there(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), tmp_path)
    expect(page.locator("h1")).to_have_text("新生儿出生一件事")
    expect(page.get_by_text("1A", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("如果 ?1[A-Z].*才答")).first).to_be_visible()
    expect(page.get_by_role("heading", name="申请表（空白）")).to_be_visible()
    expect(page.get_by_text("申请人声明")).to_have_count(0)  # newborn's own fields hold the declaration
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bundle", catalogue().ids)
def test_what_stands_there_without_scripts_is_the_printed_questionnaire(bundle: str, language: str) -> None:
    """Every text of the paper in both languages, the form's boxes too; at the end who signs."""
    with translation.override(language):
        rules, place = open_bundle(bundle, KANGDING)
        paper = questionnaire_paper_of(rules, place, TODAY, "", large=False)
        html = unescape(offline_page(bundle, KANGDING, language).html.partition("<noscript>")[2])
    said = [*texts_of(paper.sections), *texts_of(paper.items), *texts_of(paper.materials), *texts_of(paper.notes)]
    said += [
        paper.title,
        paper.form_title,
        *paper.joint,
        *(field.label for group in paper.groups for field in group.fields),
    ]
    halves = [" ".join(half(text).split()) for text in said for half in (pairs.own, pairs.chinese)]
    assert [half for half in halves if half not in html] == []
    assert list(ill_joined(re.split("<[^>]*>", html))) == []
    assert "我保证" in html or "本人承诺" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_it(phone: Page, tmp_path: Path, language: str) -> None:
    page = offline_page("newborn", KANGDING, language).html.replace("noscript>", "section>")
    file = tmp_path / "paper.html"  # without the policy and the scripts: axe is a script itself
    file.write_text(re.sub("<script.*?</script>|<meta http-equiv[^>]*>", "", page, flags=re.DOTALL), encoding="utf-8")
    phone.goto(file.as_uri())
    expect(phone.locator("main h1")).to_be_visible()
    assert_accessible(phone)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bundle", catalogue().ids)
def test_every_file_is_small_and_asks_for_nothing_outside(bundle: str, language: str) -> None:
    page = offline_page(bundle, None, language)
    without_fonts = re.sub(r"url\(data:font[^)]*\)", "", page.html)
    assert len(page.html.encode()) <= 2_500_000
    assert len(without_fonts.encode()) <= 300_000
    assert not re.search(r'(src|href)="(?!data:|tel:|#)', page.html)
    assert page.directives["default-src"] == ["'none'"]


def test_the_site_sends_a_policy_that_runs_this_script_alone(client: Client) -> None:
    response = client.get("/newborn/offline.html?region=513301")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'sha256-" in policy
    assert "康定" in response.content.decode()
    assert client.get("/newborn/offline.html?region=1").status_code == 404


def test_the_archive_holds_every_bundle_in_every_language(client: Client) -> None:
    response = client.get("/offline.zip")
    archive = ZipFile(BytesIO(response.getvalue()))
    names = archive.namelist()
    assert len(names) == len(set(names)) == 1 + len(LANGUAGES) * len(catalogue().ids)
    index = archive.read("index.html").decode()
    assert all(f'href="{name}"' in index for name in names if name != "index.html")
    assert archive.testzip() is None


def test_an_archive_that_fails_midway_is_no_answer_at_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: str) -> Iterator[tuple[str, str]]:
        yield "index.html", "made"
        raise RuntimeError("midway")

    monkeypatch.setattr("guide.offline.views.offline_kit", broken)
    client.raise_request_exception = False
    response = client.get("/offline.zip")
    assert response.status_code == 500
    assert response.headers["Content-Type"].startswith("text/html")


def test_the_command_writes_what_the_archive_holds(tmp_path: Path) -> None:
    call_command("offlinekit", str(tmp_path), "--site", "https://example.cn", verbosity=0)
    for name, text in offline_kit(None, "https://example.cn"):
        assert (tmp_path / name).read_text(encoding="utf-8") == text


# Browsers of 2020 -----------------------------------------------------------------------------------------------------


def test_the_scripts_are_of_2020() -> None:
    in_node("old_browsers.js", *map(str, SCRIPTS))
    for path in SCRIPTS:
        assert not re.search(NEW_IN_SCRIPTS, path.read_text(encoding="utf-8")), path


def test_the_styles_are_of_2020() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "offline").glob("*.css"))
    style = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    assert re.findall(NEW_IN_STYLES, style) == []


# Installed on a phone -------------------------------------------------------------------------------------------------

# The paths of what is kept
KEPT = """caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((kept) => kept.keys()))))
  .then((all) => all.flat().map(({ url }) => new URL(url).pathname))"""


def test_a_phone_that_opened_the_guide_once_goes_on_without_a_network(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"/newborn/?region={KANGDING}")
    for _try in range(100):  # the browser fetches the page behind the visitor's back
        if page.evaluate(KEPT):
            break
        page.wait_for_timeout(200)
    page.click("main .actions a.button")
    page.check("[value=hospital]")
    context.set_offline(True)
    page.click("form.question button[type=submit]")
    expect(page.locator(".offline").first).to_contain_text("现在没有网")
    assert "birth_place=hospital" in page.url
    page.clock.set_fixed_time("2026-11-22T12:00:00")
    answer_all(page, ANSWERS)
    assert page.locator(".code").first.inner_text() == telling().code
    assert set(page.evaluate(KEPT)) == {"/newborn/offline.html"}
    page.goto(f"/newborn/ask?{urlencode(ANSWERS, doseq=True)}&change=wants")
    expect(page.locator("[name=wants]:checked")).to_have_count(2)
    page.goto("/")
    expect(page.get_by_role("link")).to_have_text(["新生儿出生一件事"])
    page.goto("/veteran/")  # never opened before
    expect(page.get_by_role("link")).to_have_text(["新生儿出生一件事"])
    context.close()


def test_the_worker_speaks_of_its_release_and_the_manifest_of_its_icons(client: Client) -> None:
    worker = client.get("/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.content.decode().startswith("const GUIDE = {")
    told = client.get("/manifest.webmanifest").json()
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
