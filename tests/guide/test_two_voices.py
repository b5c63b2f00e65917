"""No page, paper or file for applicants names another province, a search or an editor's doubt; editors' pages do."""

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from bundles.proving.voices import EDITORS, ELSEWHERE
from bundles.walking.walks import walk
from guide.language.languages import say
from guide.notice.rows import Telling
from tests.bundles.support import TODAY, bundle, dice
from tests.guide.cast import at, page_of
from tests.guide.test_every_bundle import as_sent

IDS = catalogue().ids
CASES = 6  # of each bundle
SMALL = """
    questions: [{id: place, ask: 在哪？, choices: [{id: home, label: 家}, {id: away, label: 外面}]}]
    figures: {sum: {of: 100 * 3, unit: yuan, until: 2026-06-30}}
    notes:
      - {id: past, tell: 今年还能领。, when: {place: home}, until: 2026-11-21}
      - {id: shown, tell: "一共 {sum}。", when: {place: home}}
      - {id: still, tell: 现在能领。, when: {place: home}, until: 2026-11-22}
    sources:
      far: {title: 湖南的指南, told: false}
      near: {title: 四川的指南, seen: false, remark: 据转载}
    items:
      - id: tea
        when: {place: home}
        source: far
        where: unknown
        fee: unknown
        how: unknown
        result: {value: unknown, remark: 四川没有查到}
        days: {within: 5 working days, source: near}
      - {id: milk, when: {place: away}, days: {within: 0 days}}
"""


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def heard_in(text: str) -> list[str]:
    """What only an editor says, with what stands around it."""
    text = "".join(text.split())
    found = [found for pattern in (ELSEWHERE, EDITORS) for found in pattern.finditer(text)]
    return [text[max(0, one.start() - 20) : one.end() + 20] for one in found]


def cases(id: str) -> list[dict[str, Any]]:
    """Answers and region of some of the bundle's cases, as addresses carry them."""
    file = catalogue().file(id)
    read = list(read_scenarios(file.parent / "scenarios.yaml"))
    drawn = dice(f"{id} in two voices").sample(read, min(CASES, len(read)))
    return [
        {
            "region": case.region or "510000",
            **as_sent(dict(walk(catalogue().bundle(id, case.region), case.given, TODAY).used)),
        }
        for case in drawn
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("id", IDS)
def test_pages_speak_to_applicants(client: Client, id: str) -> None:
    for case in cases(id):
        for page in ("start", "ask", "notice", "form"):
            response = client.get(at(id, page, case), follow=True)
            assert heard_in(page_of(response).text) == [], (page, case)


@pytest.mark.django_db
@pytest.mark.parametrize("id", IDS)
def test_papers_speak_to_applicants(client: Client, id: str) -> None:
    papers = [
        at(id, "notice.pdf", cases(id)[0]),
        f"/{id}/questionnaire.pdf",
        f"/{id}/poster.pdf",
        f"/booklet.pdf?bundle={id}",
    ]
    for paper in papers:
        response = client.get(paper)
        if response.status_code == 200:
            text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(response.content)).pages)
            assert heard_in(text) == [], paper


@pytest.mark.django_db
@pytest.mark.parametrize("id", IDS)
def test_the_offline_page_speaks_to_applicants(client: Client, id: str) -> None:
    page = client.get(f"/{id}/offline.html").content.decode()
    assert heard_in(page) == []


@pytest.mark.django_db
def test_editors_read_what_was_looked_for(client: Client) -> None:
    assert heard_in(page_of(client.get("/newborn/rules")).text)


# What nobody knows, what is past, what is promised ------------------------------------------------------------------


def told(**answers: str) -> Telling:
    return Telling(walk(bundle(SMALL), answers, TODAY), catalogue().region(None))


def test_what_nobody_knows_says_whom_to_ask_or_nothing() -> None:
    [row] = told(place="home").applying
    assert [(fact.word, fact.text, fact.confirmed) for fact in row.facts] == [
        ("where", "问窗口，或打 12345", False), ("fee", "问窗口，或打 12345", False), ("days", "5 个工作日", True),
    ]  # fmt: skip


def test_a_promise_of_no_time_is_kept_at_once() -> None:
    [row] = told(place="away").applying
    assert [fact.text for fact in row.facts] == ["当场办好"]


def test_what_is_past_says_up_to_which_day_it_was_said() -> None:
    past = "（这是到 {}为止的，过后可能有变）"
    assert [(note.text, note.confirmed) for note in told(place="home").notes] == [
        (f"今年还能领。{past.format('2026 年 11 月 21 日')}", False),
        (f"一共 300 元。{past.format('2026 年 6 月 30 日')}", False),
        ("现在能领。", True),
    ]


def test_a_source_for_editors_alone_is_not_listed() -> None:
    assert [say(source.title) for source in told(place="home").sources] == ["四川的指南"]
