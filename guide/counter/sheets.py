"""A checked case -> the sheets that the counter prints."""

from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from guide.counter.checks import Check, Line
from guide.counter.handover import Part
from guide.halls.showing import hours_words
from guide.languages import say
from guide.models import Hall
from guide.papers import Department, HandoverSheet, Kept, Lacking, MissingSheet, Place, ReceiptSheet
from guide.paperwork import head_of
from guide.telling import Fact, Telling
from guide.wording import day_words


def missing_sheet(telling: Telling, check: Check, by: date | None, hall: Hall | None, link: str) -> MissingSheet:
    """The 补正一次性告知: everything that is missing at once (行政许可法 第32条), for the applicant and the window."""
    return MissingSheet(
        head_of(telling, link),
        check.code,
        _place(hall),
        day_words(by) if by else "",
        tuple(_lacking(telling, line) for line in check.missing),
        tuple(map(_kept, [*check.handed_in, *check.later])),
        (_("申请人联"), _("窗口联")),
    )


def _place(hall: Hall | None) -> Place:
    if hall is None:
        return Place()
    return Place(hall.name, hall.address, hall.phone or hall.region.hotline, tuple(hours_words(hall)))


def _lacking(telling: Telling, line: Line) -> Lacking:
    names = {row.number: row.name for row in telling.applying}
    hints = " ".join(filter(None, [line.row.hint, *line.row.notes]))
    items = tuple(names[number] for number in line.row.numbers if number in names)
    return Lacking(line.row.name, line.missing, items, hints, _("；").join(line.row.reasons))


def _kept(line: Line) -> Kept:
    words = dict(line.choices)[line.state]
    if line.later is None:
        return Kept(line.row.name, words)
    day = day_words(timezone.localdate() + timedelta(days=line.later.days))
    return Kept(line.row.name, _("{words}，最晚 {day}").format(words=words, day=day), line.later.basis)


def handover_sheet(telling: Telling, parts: list[Part], values: dict[str, str], link: str) -> HandoverSheet:
    """Each department's items, boxes and materials."""
    return HandoverSheet(head_of(telling, link), tuple(_department(part, values) for part in parts))


def _department(part: Part, values: dict[str, str]) -> Department:
    boxes = [(title, box) for title, box in part.boxes if not box.signature]
    groups = tuple(
        (title, tuple((say(box.entry.label), values.get(box.name, "")) for _title, box in group))
        for title, group in groupby(boxes, key=lambda told: told[0])
    )
    return Department(part.name, tuple(name for _id, name in part.items), groups, tuple(map(_kept, part.lines)))


def receipt_sheet(
    telling: Telling, check: Check, parts: list[Part], day: date | None, hall: Hall | None, link: str
) -> ReceiptSheet:
    """The applicant's receipt."""
    days = {row.id: row.fact("days") for row in (*telling.applying, *telling.counter)}
    items = tuple((name, part.name, _time(days[id])) for part in parts for id, name in part.items)
    return ReceiptSheet(
        head_of(telling, link),
        check.code,
        _place(hall),
        day_words(day) if day else "",
        items,
        tuple(map(_kept, check.handed_in)),
        tuple(map(_kept, check.later)),
    )


def _time(fact: Fact | None) -> str:
    """How long an item takes; a receipt promises nothing that nobody confirmed for the place."""
    return fact.text if fact and fact.confirmed else _("以当地窗口为准")
