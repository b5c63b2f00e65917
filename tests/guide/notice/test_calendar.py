"""The calendar that a visitor takes along: what is in it, when it reminds, and what it says then."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from bundles.loading import catalogue
from guide.halls.rows import halls_for
from guide.language.pairs import MARKS
from guide.notice.calendar import deadlines_calendar
from guide.notice.rows import Telling
from tests.factories import HallFactory
from tests.guide.cast import MOTHER, at, page_of
from tests.guide.test_every_bundle import IDS, finished
from tests.guide.test_no_database import no_database

SHANGHAI = ZoneInfo("Asia/Shanghai")
BORN = date(2026, 11, 12)
LAST = date(2026, 12, 14)  # a month later is a Saturday
CHILD = "household-registration.newborn@yicigaozhi"


def at_the_time(monkeypatch: pytest.MonkeyPatch, day: date, hour: int = 10) -> datetime:
    """It is that day and hour in Shanghai."""
    now = datetime.combine(day, time(hour), SHANGHAI)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def events_in(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def mothers(page: str, **more: Any) -> str:
    """The address of a page of the mother's case."""
    return at("newborn", page, MOTHER | {"birth_date": BORN} | more)


def taken(client: Client, prefix: str = "", **more: Any) -> dict[str, Any]:
    """The events of the mother's calendar by UID."""
    response = client.get(prefix + mothers("calendar.ics", **more))
    assert response.status_code == 200
    return {str(event["uid"]): event for event in events_in(response.content)}


def alarms_of(event: Any) -> list[Any]:
    return list(event.walk("VALARM"))


def rings(alarm: Any) -> datetime:
    """When an alarm rings, in Shanghai; it is written as a time, in UTC."""
    assert alarm["trigger"].params["VALUE"] == "DATE-TIME"
    at = alarm["trigger"].dt
    assert isinstance(at, datetime)
    assert at.utcoffset() == timedelta(0)
    return at.astimezone(SHANGHAI)


def reminders(event: Any) -> list[tuple[date, str]]:
    """On which days at nine an event reminds, and with which words before the item."""
    found = [(rings(alarm), str(alarm["description"])) for alarm in alarms_of(event)]
    assert {at.time() for at, _words in found} <= {time(9)}
    return [(at.date(), words.partition("：")[0]) for at, words in found]


@pytest.mark.parametrize("hour", [8, 10])
@pytest.mark.parametrize("id", IDS)
def test_every_event_is_to_come_and_reminds_before_it_is_over(
    monkeypatch: pytest.MonkeyPatch, id: str, hour: int
) -> None:
    for scenario, walked in finished(id):
        now = at_the_time(monkeypatch, scenario.today, hour)
        telling = Telling(walked, catalogue().regions[scenario.region or "510000"])
        for event in events_in(deadlines_calendar(telling, "https://example.cn/c/1")):
            last = event["dtstart"].dt
            assert last >= scenario.today, scenario.id
            for alarm in alarms_of(event):
                assert now < rings(alarm) < datetime.combine(last, time(23), SHANGHAI), scenario.id
                left = (last - rings(alarm).date()).days
                assert f"还有 {left} 天：" in alarm["description"] or (left == 0 and "就是今天" in alarm["description"])
            assert {at for at, _words in reminders(event)} or last == scenario.today


@pytest.mark.parametrize("id", IDS)
def test_every_event_names_the_papers_of_its_item_alone(id: str) -> None:
    for scenario, walked in finished(id):
        telling = Telling(walked, catalogue().regions[scenario.region or "510000"])
        numbers = {row.id: row.number for row in telling.applying}
        for event in events_in(deadlines_calendar(telling, "https://example.cn/c/1")):
            lines = str(event["description"]).split("\n")
            own = [row for row in telling.materials if numbers[event["uid"].partition(".")[0]] in row.numbers]
            rows = [one for row in own for one in (row, *row.choices)]
            named = [line.strip().removeprefix("- ") for line in lines if line.strip().startswith("- ")]
            assert len(named) == len(rows)
            for line, row in zip(named, rows, strict=True):
                assert line.startswith(row.name)
                assert row.waiver in line
                assert row.confirmed or line.endswith("（没有核实）")


@pytest.mark.parametrize("id", IDS)
def test_an_item_has_one_uid_whatever_was_answered(id: str) -> None:
    uids: dict[str, str] = {}
    for scenario, walked in finished(id):
        telling = Telling(walked, catalogue().regions[scenario.region or "510000"])
        found = events_in(deadlines_calendar(telling, "https://example.cn/c/1"))
        own = {str(event["uid"]): str(event["uid"]).partition(".")[0] for event in found}
        assert len(own) == len(found)
        assert set(own.values()) <= {row.id for row in telling.applying}
        for uid, item in own.items():
            assert uids.setdefault(item, uid) == uid


def test_a_corrected_answer_moves_the_event(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_time(monkeypatch, date(2026, 11, 22), 10)
    first = taken(client)
    at_the_time(monkeypatch, date(2026, 11, 22), 11)
    later = taken(client, birth_date=BORN + timedelta(days=4), insurance_place="residence")
    assert set(first) & set(later) >= {CHILD}
    assert later[CHILD]["dtstart"].dt == LAST + timedelta(days=2) != first[CHILD]["dtstart"].dt
    assert later[CHILD]["sequence"] == first[CHILD]["sequence"] + 60
    assert (
        later[CHILD]["last-modified"].dt
        == later[CHILD]["dtstamp"].dt
        == first[CHILD]["dtstamp"].dt + timedelta(0, 3600)
    )


@pytest.mark.parametrize(
    ("before", "hour", "expected"),
    [
        (20, 10, {7: "还有 7 天", 1: "还有 1 天"}),
        (7, 8, {7: "还有 7 天", 1: "还有 1 天"}),
        (7, 9, {6: "还有 6 天", 1: "还有 1 天"}),
        (3, 10, {2: "还有 2 天", 1: "还有 1 天"}),
        (2, 10, {1: "还有 1 天"}),
        (1, 8, {1: "还有 1 天"}),
        (1, 10, {0: "最后一天就是今天"}),
        (0, 8, {}),
        (0, 10, {}),
    ],
)
def test_it_reminds_a_week_and_a_day_before_else_the_next_morning(
    client: Client, monkeypatch: pytest.MonkeyPatch, before: int, hour: int, expected: dict[int, str]
) -> None:
    at_the_time(monkeypatch, LAST - timedelta(days=before), hour)
    event = taken(client)[CHILD]
    assert event["dtstart"].dt == LAST
    assert reminders(event) == [(LAST - timedelta(days=days), words) for days, words in expected.items()]
    assert str(event["summary"]).startswith("最后一天：" if before else "最后一天就是今天：")


def test_what_is_over_is_not_in_it_and_nothing_to_come_has_no_link(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_time(monkeypatch, LAST)
    assert any("calendar.ics" in link for link in page_of(client.get(mothers("notice"))).links)
    at_the_time(monkeypatch, LAST + timedelta(days=1))
    assert CHILD not in taken(client)
    over = {"wants": "none", "birth_date": BORN}
    page = page_of(client.get(mothers("notice", **over)))
    assert "您的一次性告知书" in page.text
    file = client.get(mothers("calendar.ics", **over))
    assert [str(event["uid"]) for event in events_in(file.content)] == []
    assert not any("calendar.ics" in link for link in page.links)


def test_an_event_says_what_to_do_where_and_with_what(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_time(monkeypatch, date(2026, 11, 22))
    event = taken(client)[CHILD]
    lines = str(event["description"]).split("\n")
    assert lines[0] == "户口登记（出生登记）"
    assert "最晚：2026 年 12 月 14 日" in lines
    assert "在哪里办：母亲户口所在地的派出所" in lines
    assert "- 母亲的居民身份证（部门核验得到可免交）（没有核实）" in lines
    assert not any("预防接种" in line for line in lines)
    assert lines[-1] == event["url"]
    opened = client.get(lines[-1].removeprefix("http://testserver"), follow=True)
    assert page_of(opened).text.startswith("您的一次性告知书")
    assert event["transp"] == "TRANSPARENT"
    assert event["dtend"].dt == LAST + timedelta(days=1)
    assert Calendar.from_ical(client.get(mothers("calendar.ics")).content)["method"] == "PUBLISH"


def test_a_deadline_that_nobody_confirmed_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_time(monkeypatch, date(2026, 11, 22))
    texts = [str(event["description"]) for event in taken(client).values()]
    due = [line for text in texts for line in text.split("\n") if line.startswith("最晚：")]
    assert len(due) == len(texts)
    assert {line.endswith("（没有核实）") for line in due} == {True, False}


def test_the_hall_is_the_place_where_it_is_known_and_real(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_time(monkeypatch, date(2026, 11, 22))
    assert "location" not in taken(client)[CHILD]
    HallFactory.create(name="演示大厅", sample=True)
    assert "location" not in taken(client)[CHILD]
    HallFactory.create(name="康定大厅", address="测试路 2 号")
    assert taken(client)[CHILD]["location"] == "康定大厅，测试路 2 号"
    with no_database():
        assert "location" not in taken(client)[CHILD]


def test_no_hall_is_the_place_of_what_is_handled_apart() -> None:
    HallFactory.create()
    region = catalogue().regions["513301"]
    halls = halls_for(region, "newborn")
    seen = set()
    for _scenario, walked in finished("newborn"):
        telling = Telling(walked, region)
        for event in events_in(deadlines_calendar(telling, "https://example.cn/c/1", halls)):
            assert ("location" in event) is bool(telling.notice.joint)
            seen.add(telling.notice.joint)
    assert seen == {True, False}


def test_in_tibetan_it_says_both(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_time(monkeypatch, date(2026, 11, 22))
    event = taken(client, "/bo")[CHILD]
    texts = [
        str(event["summary"]),
        str(event["description"]),
        *(str(alarm["description"]) for alarm in alarms_of(event)),
    ]
    for text, chinese in zip(texts, ["最后一天：", "在哪里办：", "还有 7 天：", "还有 1 天："], strict=True):
        assert f" · {chinese}" in text
        assert not set(text) & set(MARKS)
    assert " · - " not in texts[1]
