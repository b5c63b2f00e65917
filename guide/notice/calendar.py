"""A calendar file with the deadlines (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from guide.language.pairs import in_a_line
from guide.notice.rows import ItemRow, Telling

LINE = 75


def deadlines_calendar(telling: Telling, link: str) -> str:
    """All-day events for the deadlines of the items that apply, with a reminder a week before."""
    rows = [row for row in telling.applying if row.deadline_day]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yicigaozhi//deadlines//ZH", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _event(row, telling, link)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(row: ItemRow, telling: Telling, link: str) -> list[str]:
    day = row.deadline_day
    if day is None:
        return []
    summary = in_a_line(_("最晚今天办：{item}").format(item=row.name))
    code = in_a_line(_("办事码 {code}").format(code=telling.code))
    return [
        "BEGIN:VEVENT",
        f"UID:{row.id}.{telling.code}@yicigaozhi",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(code)}",
        f"URL:{link}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P7D",
        f"DESCRIPTION:{_escaped(summary)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, none of which cuts a character."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]
