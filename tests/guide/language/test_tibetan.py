"""The whole guide in Tibetan: every page kind, every bundle, in real states. Nothing is left in Chinese."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from bundles.loading import catalogue
from bundles.proving.scenarios import play, read_scenarios
from bundles.walking.answers import AnswersRefused
from guide.language.pages import shown
from guide.language.pairs import MARKS, is_pair
from guide.translations.checks import HAN
from guide.translations.pofiles import path_of, read_entries
from guide.translations.sources import wanted
from tests.bundles.support import TODAY
from tests.guide.cast import MOTHER, at
from tests.guide.test_every_bundle import as_sent, on_the_day
from tests.guide.tibetan_texts import ill_joined

IDS = catalogue().ids
TIBETAN = re.compile("[\u0f00-\u0fff]")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
pytestmark = pytest.mark.django_db


class Runs(HTMLParser):
    """The runs of text on a page, each with the language that its elements say, and whether it stands in a pair."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.runs: list[tuple[str, str, bool, list[str]]] = []
        self.attributes: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        names = ("aria-label", "title", "data-label", "data-stop", "alt", "placeholder")
        self.attributes += [found[name] for name in names if name in found]
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.open and self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] not in ("script", "style", "title", "option", "code"):
            languages = [found["lang"] for _tag, found in self.open if "lang" in found]
            # What a form prints in a box stands in Chinese, as offices read it
            pair = any(found.get("class") in ("pair", "printed") for _tag, found in self.open)
            self.runs.append((data.strip(), languages[-1], pair, [tag for tag, _ in self.open]))


# What stays Chinese on purpose: the switch to Chinese, numbers of documents, what authors note for themselves.
ON_PURPOSE = re.compile(r"^(简体中文|[^，。]*〔\d{4}〕\d+号|[^，。]*第\d+号)$")
REMARK = re.compile(r'<small class="remark">.*?</small>', re.DOTALL)


def left_over(html: str) -> Iterator[str]:
    """Text that isn't in the language it is marked with, or Chinese that stands without its Tibetan."""
    page = Runs(REMARK.sub("", html))
    for text, language, pair, _tags in page.runs:
        if HAN.search(text) and (language != "zh-Hans" or not pair) and not ON_PURPOSE.match(text):
            yield f"Chinese outside a pair: {text}"
        if TIBETAN.search(text) and language != "bo":
            yield f"Tibetan marked as {language}: {text}"
    for text in page.attributes:
        if HAN.search(text) and not TIBETAN.search(text):
            yield f"an attribute without Tibetan: {text}"
    if set(html) & set(MARKS):
        yield "marks left on the page"
    yield from ill_joined(re.split("<[^>]*>", unescape(html.partition("<body")[2])))
    yield from ill_joined(page.attributes)


def opened(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code in (200, 400, 404), address
    assert response["Content-Language"] == "bo"
    return response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/bo/", "/bo/?find=xyzzy", "/bo/?department=police", "/bo/region", "/bo/region?in=513300",
        "/bo/region?code=999999", "/bo/c/", "/bo/c/AAAA-BBBB", "/bo/nowhere/", "/bo/newborn/?region=999999",
        "/bo/newborn/", "/bo/newborn/ask?birth_place=nowhere", "/bo/newborn/ask?nonsense=1",
        "/bo/newborn/ask?q=birth_place", "/bo/staff/login",
    ],
)  # fmt: skip
def test_pages_outside_the_bundles(client: Client, address: str) -> None:
    assert list(left_over(opened(client, address))) == []


def cases(id: str, most: int = 6) -> Iterator[tuple[Any, Any]]:
    """Some of the bundle's scenarios, spread over all of them, with their walks."""
    played = []
    for scenario in read_scenarios(catalogue().file(id).parent / "scenarios.yaml"):
        try:
            played.append((scenario, play(scenario, catalogue(), id)))
        except AnswersRefused:
            continue
    yield from played[:: max(1, len(played) // most)]


@pytest.mark.parametrize("id", IDS)
def test_every_state_of_every_bundle(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    found: list[str] = []
    for page in ("", "map", "rules"):
        found += left_over(opened(client, f"/bo/{id}/{page}"))
    for scenario, walked in cases(id):
        on_the_day(monkeypatch, scenario)
        region, used = {"region": scenario.region or "510000"}, as_sent(dict(walked.used))
        for number in range(len(walked.asked)):
            before = {name: used[name] for name in walked.asked[:number]}
            found += left_over(opened(client, "/bo" + at(id, "ask", region | before)))
        if walked.status != "finished":
            found += left_over(opened(client, "/bo" + at(id, "ask", region | used)))
        else:
            found += left_over(opened(client, "/bo" + at(id, "notice", region | used)))
            found += left_over(opened(client, "/bo" + at(id, "form", region | used)))
            client.post("/bo" + at(id, "form", region | used), {"action": "agree", "sensitive": "1"})
            form = opened(client, "/bo" + at(id, "form", region | used))
            assert not is_pair(form)
            found += left_over(form)
            client.post("/wipe")
    assert sorted(set(found)) == []


def test_the_scenarios_are_chinese_and_say_so(client: Client) -> None:
    page = Runs(opened(client, "/bo/newborn/scenarios"))
    assert [text for text, language, _pair, _tags in page.runs if HAN.search(text) and language != "zh-Hans"] == []


def test_a_chinese_page_holds_no_second_language(client: Client) -> None:
    page = Runs(client.get(at("newborn", "ask", {"region": "513301"})).content.decode())
    assert [text for text, _language, _pair, _tags in page.runs if TIBETAN.search(text)] == ["བོད་ཡིག"]


def test_both_languages_can_be_asked_of_any_page(client: Client) -> None:
    response = client.get("/newborn/ask?region=513301&both=1")
    assert response.headers["Location"] == "/bo/newborn/ask?region=513301&both=1"
    assert "宝宝是在哪里出生的？" in opened(client, response.headers["Location"])


def test_both_asked_in_an_address_hold_on_what_follows(client: Client) -> None:
    client.get("/bo/newborn/?both=1")
    assert client.cookies["both"].value == "1"
    client.get("/bo/newborn/?both=0")
    assert client.cookies["both"].value == "0"


def test_the_choice_of_both_stays(client: Client) -> None:
    client.get("/bo/look?both=1&next=/bo/")
    assert client.cookies["both"].value == "1"
    client.get("/bo/look?both=0&next=/bo/")
    assert client.cookies["both"].value == ""


def test_the_page_says_in_both_languages_that_the_chinese_prevails(client: Client) -> None:
    html = opened(client, "/bo/")
    assert html.count("以中文为准") == 1
    assert html.count("རྒྱ་ཡིག་གཙོར་འཛིན་པ།") == 1


def test_a_bundle_is_found_in_tibetan(client: Client) -> None:
    with translation.override("bo"):
        assert "ཐེམ་ཐོ" in opened(client, "/bo/?find=ཐེམ་ཐོ")
    assert 'href="/bo/newborn/"' in opened(client, "/bo/?find=བྱིས་པ་སྐྱེས")


def test_data_are_in_one_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    told = client.get("/bo/api/newborn/walk?region=513301").json()
    assert told["language"] == "bo"
    assert TIBETAN.search(told["question"]["ask"])
    assert not is_pair(str(told))
    assert not HAN.search(told["question"]["ask"])


def test_the_calendar_says_both(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    text = client.get("/bo" + at("newborn", "calendar.ics", {**MOTHER, "birth_date": "2026-11-12"})).content.decode()
    assert "最后一天" in text.replace("\r\n ", "")
    assert TIBETAN.search(text)
    assert not set(text) & set(MARKS)


def test_the_language_is_known_to_django() -> None:
    assert translation.check_for_language("bo")
    assert translation.get_language_info("bo")["name_local"] == "བོད་ཡིག"
    assert translation.get_supported_language_variant("bo-CN") == "bo"


def test_every_message_is_translated_and_none_is_stale() -> None:
    entries = read_entries(path_of("bo"))
    assert set(entries) == set(wanted())
    assert [entry.text for entry in entries.values() if not entry.translation] == []


def test_no_message_holds_markup() -> None:
    assert [text for _context, text in wanted() if "<" in text or ">" in text] == []


@pytest.mark.parametrize("page", ["400.html", "403_csrf.html", "500.html"])
def test_even_what_is_broken_is_said_in_tibetan(page: str) -> None:
    with translation.override("bo"):
        html = shown(render_to_string(page), "bo")
    assert list(left_over(html)) == []
    assert 'href="/bo/"' in html
