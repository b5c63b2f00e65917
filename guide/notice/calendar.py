"""A calendar file with the deadlines to come (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from guide.halls.rows import HallRow
from guide.language.pairs import in_a_line
from guide.notice.phrases import NOTICE
from guide.notice.rows import ItemRow, MaterialRow, Telling

REMINDERS = (7, 1)  # days before the last day
NINE = time(9)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # from which sequence numbers count minutes


def deadlines_calendar(telling: Telling, link: str, halls: Iterable[HallRow] | None = ()) -> bytes:
    """An event on the last day of each item that applies, today or later, with its reminders.

    `link` is the address of the notice; `halls` are those that it names, None where nobody knows them.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//yicigaozhi//deadlines//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    place = _place(telling, halls or ())
    for told, day in telling.to_come:
        row = telling.item(told)
        event = _event(row, day, telling.today)
        # No answer is in it: who corrects one and takes the calendar again has the event moved, not doubled
        event.add("uid", f"{row.id}.{telling.bundle.id}@yicigaozhi")
        event.add("description", "\n".join(map(in_a_line, _lines(telling, row, link))))
        event.add("url", link)
        if place:
            event.add("location", place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _place(telling: Telling, halls: Iterable[HallRow]) -> str:
    """The halls, where all is handled together; else each item has a place of its own. Made-up halls are no place."""
    real = [hall for hall in halls if not hall.sample] if telling.notice.joint else []
    return "；".join(f"{hall.name}，{hall.address}" for hall in real)


def _event(row: ItemRow, day: date, today: date) -> Event:
    event, now = Event(), timezone.now()
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", (now - EPOCH) // timedelta(minutes=1))
    event.add("dtstart", day)
    if day < date.max:  # which some write for no end
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _left(0, row) if day == today else in_a_line(_("最后一天：{item}").format(item=row.name)))
    for morning in _mornings(day, today):
        event.add_component(_alarm(morning, _left((day - morning).days, row)))
    return event


def _mornings(day: date, today: date) -> list[date]:
    """The days of the reminders. Where one would be past it is the next morning; none on a last day that is today."""
    if day == today:
        return []
    following = today + timedelta(days=timezone.localtime().time() >= NINE)
    return sorted({max(day - timedelta(days=number), following) for number in REMINDERS})


def _alarm(morning: date, words: str) -> Alarm:
    alarm = Alarm()
    at = datetime.combine(morning, NINE, timezone.get_default_timezone()).astimezone(UTC)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", at, parameters={"value": "DATE-TIME"})
    alarm.add("description", words)
    return alarm


def _left(days: int, row: ItemRow) -> str:
    """How many days are left for an item, in words."""
    words = _("还有 {number} 天：{item}") if days else _("最后一天就是今天：{item}")
    return in_a_line(words.format(number=days, item=row.name))


def _lines(telling: Telling, row: ItemRow, link: str) -> Iterator[str]:
    """What to do, until when, where and with which papers, a line each."""
    labelled = _("{label}：{name}")
    yield _sure(row.name, row.confirmed)
    yield labelled.format(label=NOTICE["latest"], name=_sure(row.deadline, row.deadline_confirmed))
    if row.department:
        yield labelled.format(label=NOTICE["department"], name=row.department)
    for fact in filter(None, map(row.fact, ("where", "how"))):
        yield labelled.format(label=fact.label, name=_sure(fact.text, fact.confirmed))
    papers = [paper for paper in telling.materials if row.number in paper.numbers]
    if papers:
        yield NOTICE["bring"] % {"number": len(papers)}
    for paper in papers:
        yield f"- {_paper(paper)}"
        yield from (f"  - {_paper(choice)}" for choice in paper.choices)
    yield _("办事码 {code}").format(code=telling.code)
    yield link


def _paper(row: MaterialRow) -> str:
    """A paper as the notice names it, said whole behind its dash."""
    return in_a_line(_sure(f"{row.name}（{row.waiver}）" if row.waiver else row.name, row.confirmed))


def _sure(text: str, confirmed: bool) -> str:
    return text if confirmed else f"{text}{NOTICE['mark']}"
