"""A checked case -> the sheets that the counter prints."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from guide.counter.brought import BroughtMaterial, Check, Missing, reference_of
from guide.counter.handover import Part
from guide.form.applicant import is_boxed, printed_label
from guide.halls.rows import hours_words
from guide.language.wording import day_words
from guide.models import Hall
from guide.notice.paper import head_of
from guide.notice.rows import Fact, Telling
from guide.papers import Department, HandoverSheet, KeptMaterial, Lacking, MissingSheet, PrintingHall, ReceiptSheet


def missing_sheet(telling: Telling, check: Check, by: date | None, hall: Hall | None, link: str) -> MissingSheet:
    """The 补正一次性告知: everything that is missing at once (行政许可法 第32条), for the applicant and the window."""
    return MissingSheet(
        head_of(telling, link),
        check.code,
        _place(hall),
        _("请在 {day} 以前补齐").format(day=day_words(by)) if by else "",
        check.overdue,
        tuple(_lacking(telling, missing) for missing in check.missing),
        tuple(_kept(check, line) for line in (*check.handed_in, *check.later)),
        (_("申请人联"), _("窗口联")),
    )


def _place(hall: Hall | None) -> PrintingHall:
    if hall is None:
        return PrintingHall()
    return PrintingHall(hall.name, hall.address, hall.phone or hall.region.hotline, tuple(hours_words(hall)))


def _lacking(telling: Telling, missing: Missing) -> Lacking:
    names = {row.number: row.name for row in (*telling.applying, *telling.counter)}
    items = tuple(names[number] for number in missing.lines[0].row.numbers if number in names)
    reasons = dict.fromkeys(reason for line in missing.lines for reason in line.row.reasons)
    return Lacking(missing.name, missing.count, items, " ".join(missing.hints), _("；").join(reasons))


def _kept(check: Check, line: BroughtMaterial) -> KeptMaterial:
    words, day = dict(line.choices)[line.state], check.later_by(line)
    if line.later is None or day is None:
        return KeptMaterial(line.row.name, words)
    return KeptMaterial(
        line.row.name, _("{words}，最晚 {day}").format(words=words, day=day_words(day)), line.later.basis
    )


def handover_sheet(telling: Telling, check: Check, parts: list[Part], values: dict[str, str]) -> HandoverSheet:
    """Each department's items, boxes and materials. The case code stays off: it opens all answers to anybody."""
    head = replace(head_of(telling, ""), code=reference_of(check))
    return HandoverSheet(head, tuple(_department(check, part, values) for part in parts))


def _department(check: Check, part: Part, values: dict[str, str]) -> Department:
    boxes = [(title, box) for title, box in part.boxes if is_boxed(box)]
    groups = tuple(
        (title, tuple((printed_label(box), values.get(box.name, "")) for _title, box in group))
        for title, group in groupby(boxes, key=lambda told: told[0])
    )
    return Department(
        part.name, tuple(name for _id, name in part.items), groups, tuple(_kept(check, line) for line in part.lines)
    )


def receipt_sheet(
    telling: Telling, check: Check, parts: list[Part], day: date | None, hall: Hall | None, link: str
) -> ReceiptSheet:
    """The applicant's receipt."""
    days = {row.id: row.fact("days") for row in (*telling.applying, *telling.counter)}
    items = tuple((name, part.name, _time(days[id])) for part in parts for id, name in part.items)
    return ReceiptSheet(
        head_of(telling, link),
        check.code,
        reference_of(check),
        _place(hall),
        _("最晚 {day} 办好").format(day=day_words(day)) if day else "",
        items,
        tuple(_kept(check, line) for line in check.handed_in),
        tuple(_kept(check, line) for line in check.later),
        tuple(KeptMaterial(missing.name, missing.count) for missing in check.missing),
    )


def _time(fact: Fact | None) -> str:
    """How long an item takes; a receipt promises nothing that nobody confirmed for the place."""
    return fact.text if fact and fact.confirmed else _("以当地窗口为准")
