"""A checked case -> the sheets that the counter prints."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from bundles.results.notices import MaterialNeed
from guide.counter.brought import BroughtMaterial, Check, Missing, reference_of
from guide.counter.handover import Part
from guide.form.paper import Applicant, is_boxed, printed_label
from guide.halls.rows import hours_words
from guide.language.wording import day_words
from guide.models import Hall
from guide.notice.paper import head_of
from guide.notice.rows import ItemRow, Telling
from guide.papers import (
    Department,
    HandoverSheet,
    Issued,
    KeptMaterial,
    Lacking,
    MissingSheet,
    PrintingHall,
    ReceiptSheet,
    Received,
)

MOST_NAMED = 2  # items that a missing material is for


def issued_by(check: Check, applicant: Applicant, hall: Hall | None, clerk: str = "") -> Issued:
    """For whom a sheet is, and from whom."""
    return Issued(applicant.name, applicant.body, reference_of(check), check.code, _place(hall), clerk)


def _place(hall: Hall | None) -> PrintingHall:
    if hall is None:
        return PrintingHall()
    return PrintingHall(hall.name, hall.address, hall.phone or hall.region.hotline, tuple(hours_words(hall)))


def missing_sheet(telling: Telling, check: Check, by: date | None, issued: Issued, link: str) -> MissingSheet:
    """The 材料补正告知书: everything that is missing at once (行政许可法 第32条), for the applicant and the window."""
    text = _("您 {day} 来办这件事，还缺 {count} 样。要补的全部写在下面，补齐就能受理。")
    return MissingSheet(
        head_of(telling, link),
        issued,
        text.format(day=day_words(telling.today), count=len(check.missing)),
        _("请在 {day} 以前补齐。").format(day=day_words(by)) if by else _("没有规定最晚哪天，补齐了随时来。"),
        check.overdue,
        tuple(_lacking(telling, missing) for missing in check.missing),
        tuple(_kept(check, line) for line in (*check.handed_in, *check.later)),
        (_("申请人联"), _("窗口联")),
    )


def _lacking(telling: Telling, missing: Missing) -> Lacking:
    names = {row.number: row.name for row in (*telling.applying, *telling.counter)}
    items = tuple(names[number] for number in missing.lines[0].row.numbers if number in names)
    if len(items) > MOST_NAMED:
        items = (_("{name}等 {count} 件").format(name=_("、").join(items[:MOST_NAMED]), count=len(items)),)
    return Lacking(missing.name, missing.count, items, " ".join(missing.hints))


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
    telling: Telling, check: Check, parts: list[Part], day: date | None, issued: Issued, link: str
) -> ReceiptSheet:
    """The applicant's receipt; `day` is by when all of it is promised. What lacks papers is taken in, not accepted."""
    rows = {row.id: row for row in (*telling.applying, *telling.counter)}
    items = tuple((name, part.name, _outcome(rows[id])) for part in parts for id, name in part.items)
    accepted = not check.missing
    if accepted:
        text = _("您 {day} 提交的联办申请，材料齐全，已经受理。").format(day=day_words(telling.today))
    else:
        text = _("您 {day} 提交的联办申请，已经收件。还缺 {count} 样材料，补齐以后受理。").format(
            day=day_words(telling.today), count=len(check.missing)
        )
    return ReceiptSheet(
        head_of(telling, link),
        issued,
        accepted,
        " ".join(filter(None, [text, _("最晚 {day} 办好。").format(day=day_words(day)) if day and accepted else ""])),
        items,
        tuple(
            _received(line, need)
            for line, need in zip(check.lines, check.needs, strict=True)
            if line in check.handed_in
        ),
        tuple(_kept(check, line) for line in check.later),
        tuple(KeptMaterial(missing.name, missing.count) for missing in check.missing),
    )


def _outcome(row: ItemRow) -> str:
    """What comes of an item, and how long it takes where somebody confirmed that for the place."""
    result, days = row.fact("result"), row.fact("days")
    told = result.text if result else ""
    if days is None or not days.confirmed:
        return told
    return _("{text}（{when}）").format(text=told, when=days.text) if told else days.text


def _received(line: BroughtMaterial, need: MaterialNeed) -> Received:
    """What was seen of a material, and what was taken in.

    An original that goes with a copy is looked at and given back; what was filled in here stays here. Of another one
    no source says whether it stays, so the clerk ticks that.
    """
    if line.state == "replaced":
        return Received(line.row.name, dict(line.choices)[line.state])
    copies = str(line.row.copies or "") if line.state in ("both", "copy") else ""
    if line.state == "copy" or not need.originals:
        return Received(line.row.name, "", copies)
    if need.copies:
        return Received(line.row.name, _("看过，还给您"), copies)
    return Received(line.row.name, str(line.row.originals), back_or_kept=need.group != "print")
