"""A notice answers first: how much there is to do, the most urgent day, what comes first, what to bring; one box."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bundles.loading import catalogue
from bundles.proving.scenarios import read_scenarios
from bundles.walking.walks import Walk, walk
from guide.notice.answer import Answer, answer_of, papers_words
from guide.notice.rows import Telling
from tests.bundles.support import TODAY, bundle
from tests.guide.cast import at, page_of
from tests.guide.test_every_bundle import as_sent

RULES = """
    questions:
      - {{id: born, ask: 哪天？, type: date}}
      - id: place
        ask: 在哪？
        choices: [{{id: home, label: 家}}, {{id: away, label: 外面}}, {{id: unsure, label: 说不准}}]
    items:
      - id: tea
        name: 泡茶
        when: {{place: home}}
        where: 茶馆
        deadline: {{within: {within}, from: born}}
        materials: [{materials}]
      - {{id: milk, name: 热奶, when: {{place: [home, away]}}, deadline: {{within: 60 days, from: born}}}}
      - {{id: salt, name: 加盐, may_when: {{place: [away, unsure]}}}}
"""
OWN, CONFIRMED = "{id: cup}", "{id: cup, waived_by: data-check}"
UNCONFIRMED = [
    "{id: cup, waived_by: data-check, confirmed: false}", "{id: cup, waived_by: {by: data-check, confirmed: false}}",
    "{id: cup, waived_by: [{by: e-certificate, confirmed: false}]}",
]  # fmt: skip


def told(place: str, born: date = TODAY, within: str = "30 days", materials: str = "") -> Telling:
    rules = bundle(RULES.format(within=within, materials=materials))
    return Telling(walk(rules, {"born": born, "place": place}, TODAY), catalogue().region(None))


def answer(place: str, born: date = TODAY, within: str = "30 days", materials: str = "") -> Answer:
    return answer_of(told(place, born, within, materials))


@pytest.mark.parametrize(("place", "verdict"), [
    ("home", "您要办 2 件事，跑 1 个地方"), ("away", "您要办 1 件事，跑 1 个地方，另外 1 件由窗口决定"),
    ("unsure", "有 1 件事要由窗口决定"),
])  # fmt: skip
def test_it_says_how_much_there_is_to_do(place: str, verdict: str) -> None:
    assert answer(place).verdict == verdict


@pytest.mark.parametrize(("days", "left", "past"), [
    (0, "还有 30 天", False), (29, "还有 1 天", False), (30, "就是今天", False), (33, "已经过了 3 天", True),
])  # fmt: skip
def test_the_most_urgent_day_and_how_many_are_left(
    monkeypatch: pytest.MonkeyPatch, days: int, left: str, past: bool
) -> None:
    monkeypatch.setattr("bundles.times.is_working_day", lambda _day: True)
    urgent = answer("home", TODAY - timedelta(days=days)).urgent
    assert urgent
    assert (urgent.left, urgent.past, urgent.item) == (left, past, "泡茶")


def test_without_a_day_it_can_be_done_now() -> None:
    found = answer("unsure")
    assert (found.urgent, found.first) == (None, "加盐")


def test_what_comes_first_and_where() -> None:
    found = answer("home")
    assert (found.first, found.trip, found.what) == ("办事窗口", True, "泡茶、热奶")


@pytest.mark.parametrize(("materials", "words", "group"), [
    (OWN, "1 样材料", "own"),
    (CONFIRMED, "不用带材料", "spared"),
    ("{id: cup, waived_by: made-here}", "签 1 张表", "print"),
    ("{id: cup, waived_by: earlier-item}", "不用带材料", "given"),
    ("{id: cup, waived_by: e-certificate}", "1 样材料", "own"),
    *((line, "1 样材料", "own") for line in UNCONFIRMED),
])  # fmt: skip
def test_papers_are_told_by_where_they_come_from(materials: str, words: str, group: str) -> None:
    """What nobody has confirmed spares no paper: it is brought along."""
    telling = told("home", materials=materials)
    assert [need.group for need in telling.notice.materials] == [group]
    assert papers_words(answer_of(telling)) == words


def walked(id: str) -> list[tuple[str, Walk]]:
    file = catalogue().file(id).parent / "scenarios.yaml"
    cases = [(case.region or "510000", case) for case in read_scenarios(file)]
    found = [(region, walk(catalogue().bundle(id, region), case.given, TODAY)) for region, case in cases[::6]]
    return [(region, one) for region, one in found if one.status == "finished"]


@pytest.mark.django_db
@pytest.mark.parametrize("id", catalogue().ids)
def test_every_notice_begins_with_the_answer(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    """The verdict, the card, what to do with it; then one box with the number of marks, the folded ones too."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    for region, one in walked(id):
        page = client.get(at(id, "notice", {"region": region, **as_sent(dict(one.used))})).content.decode()
        found = answer_of(Telling(one, catalogue().region(region)))
        order = [found.verdict, *(["first-words"] if found.first else []), 'class="do"']
        places = [page.index(what, page.index("<h1")) for what in order]
        assert places == sorted(places)
        number = page.count('class="mark"')
        assert f"带 ※ 的 {number} 处" in page if number else 'class="marks"' not in page
        assert "以当地窗口为准" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("id", catalogue().ids)
def test_nothing_is_said_twice_in_tibetan(client: Client, monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    """A text in both languages stands in none of its like: it would be said in each half."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    for region, one in walked(id):
        page = client.get(f"/bo{at(id, 'notice', {'region': region, **as_sent(dict(one.used))})}").content.decode()
        assert re.findall(r'<span lang="(?:bo|zh-Hans)">\s*<span class="pair">', page) == []


@pytest.mark.django_db
def test_a_hint_stands_at_the_first_paper_that_it_is_about(client: Client) -> None:
    id, hint = "newborn", "丢了或过期的，可以先到派出所办临时身份证。"
    region, one = next((region, one) for region, one in walked(id) if {"mother"} <= {need.of for need in Telling(
        one, catalogue().region(region)).notice.materials if need.id == "id-card"})  # fmt: skip
    text = page_of(client.get(at(id, "notice", {"region": region, **as_sent(dict(one.used))}))).text
    assert len(re.findall(hint, text)) == 1
