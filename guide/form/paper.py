"""The form of a walk -> what its paper says."""

from django.utils.translation import gettext as _

from guide.form.applicant import applicant_of, is_boxed, pledges_of, printed_label, signers_of
from guide.form.boxes import Block, Box
from guide.language.languages import say
from guide.notice.paper import head_of
from guide.notice.rows import Telling
from guide.papers import Field, FormItem, FormPaper, Group, Option
from guide.papers.contents import LONG_LINES, SQUARES

MOST_TICKED = 8  # to choose from with tick boxes; of more one is written on a line


def form_paper_of(
    telling: Telling, blocks: list[Block], values: dict[str, str], link: str, large: bool = False
) -> FormPaper:
    """The 联办申请表; blank boxes stay boxes to write in. In large print where that is wanted."""
    items = [FormItem(row.name, row.department) for row in telling.applying]
    items += [FormItem(row.name, row.department, ticked=False, hint=_("由窗口判定")) for row in telling.counter]
    groups = [
        Group(block.title, tuple(_field(box, values) for box in block.boxes if is_boxed(box))) for block in blocks
    ]
    applicant = applicant_of(telling, values)
    data = {
        "code": telling.code,
        "bundle": telling.bundle.id,
        "version": telling.bundle.version,
        "region": telling.region.code,
        "date": telling.walk.rules.today.isoformat(),
        "items": [row.id for row in telling.applying],
        "values": {name: value for name, value in values.items() if value},
    }
    return FormPaper(
        head_of(telling, link),
        tuple(items),
        tuple(group for group in groups if group.fields),
        applicant.name,
        applicant.body,
        tuple(pledges_of(blocks)),
        tuple(signers_of(telling, blocks)),
        data=data,
        large=large,
    )


def _field(box: Box, values: dict[str, str]) -> Field:
    entry, value = box.entry, values.get(box.name, "")
    ticked = len(entry.options) <= MOST_TICKED
    return Field(
        printed_label(box),
        value if ticked or value not in entry.options else say(value),
        wide=entry.type in ("address", "long"),
        options=tuple(Option(option, say(option)) for option in entry.options) if ticked else (),
        squares=SQUARES.get(entry.type, 0),
        lines=LONG_LINES if entry.type == "long" else 1,
    )
