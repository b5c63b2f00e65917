"""A calendar file with the deadlines (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from guide.language.pairs import in_a_line
from guide.notice.rows import Telling

REMINDER = timedelta(days=-7)  # a week before


def deadlines_calendar(telling: Telling, link: str) -> bytes:
    """All-day events for the deadlines of the items that apply, with a reminder a week before each."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//yicigaozhi//deadlines//ZH")
    calendar.add("calscale", "GREGORIAN")
    for row in telling.applying:
        if row.deadline_day:
            event = _event(row.name, row.deadline_day, telling.code, link)
            event.add("uid", f"{row.id}.{telling.code}@yicigaozhi")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(item: str, day: date, case_code: str, link: str) -> Event:
    summary = in_a_line(_("最晚今天办：{item}").format(item=item))
    event, alarm = Event(), Alarm()
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", in_a_line(_("办事码 {code}").format(code=case_code)))
    event.add("url", link)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    alarm.add("description", summary)
    event.add_component(alarm)
    return event
