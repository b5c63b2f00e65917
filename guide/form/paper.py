"""The form of a walk -> what its paper says: who applies and signs, and the boxes in official words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guide.form.boxes import Block, Box, all_boxes
from guide.language.languages import say
from guide.language.pairs import is_draft, is_pair, own, pair
from guide.language.wording import together
from guide.notice.paper import head_of
from guide.notice.rows import Telling
from guide.papers import Field, FormItem, FormPaper, Group, Option
from guide.papers.contents import LONG_LINES, SQUARES

MOST_TICKED = 8  # to choose from with tick boxes; of more one is written on a line
# What the paper's one declaration and the line beneath it say for whoever applies
DECLARED = frozenset({"applicant.truth_pledge", "applicant.consent", "applicant.signature", "applicant.sign_date"})
TOGETHER = ("man", "woman")  # who marry apply as two


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whoever applies: `name` with what they are to the matter, empty where it is still to be written.

    A `body` puts its seal beside a signature.
    """

    name: str
    body: bool = False


def applicant_of(telling: Telling, values: dict[str, str]) -> Applicant:
    """The business that a matter is about; else who calls themselves the applicant, or the two who marry."""
    if telling.bundle.serves == "business":
        return Applicant(values.get("company.name", ""), body=True)
    if name := values.get("applicant.name", ""):
        relation = values.get("applicant.relation", "")
        return Applicant(_("{text}（{when}）").format(text=name, when=relation) if relation else name)
    return Applicant(together(filter(None, (values.get(f"{person}.name", "") for person in TOGETHER))))


def is_boxed(box: Box) -> bool:
    """Whether the paper has a box for it; what is signed or pledged stands beneath its one declaration."""
    return not (box.signature or _is_declared(box))


def signers_of(telling: Telling, blocks: list[Block]) -> list[str]:
    """What stands before each line to sign on: one for whoever applies, and one for everybody else who has to."""
    others = [(block, box) for block in blocks for box in block.boxes if _is_signed(box) and not _is_declared(box)]
    two = {block.person for block, _box in others} >= set(TOGETHER)
    mine = _("法定代表人（负责人）或经办人签名") if telling.bundle.serves == "business" else _("申请人签名")
    return [*([] if two else [mine]), *(_signature(block, box) for block, box in others)]


def pledges_of(blocks: list[Block]) -> list[str]:
    """What is declared besides what everybody declares."""
    return [
        printed_label(box) for box in all_boxes(blocks) if box.signature and not (_is_signed(box) or _is_declared(box))
    ]


def _is_declared(box: Box) -> bool:
    return box.need.id in DECLARED


def _is_signed(box: Box) -> bool:
    """Whether it is a line to sign on; other boxes of the kind are sentences that the signature is under."""
    return box.signature and box.need.id.endswith("signature")


def _signature(block: Block, box: Box) -> str:
    return _("{who}签名").format(who=block.title) if box.entry.label == "签名" else printed_label(box)


def printed_label(box: Box) -> str:
    """What offices call a box; beneath what it is called in life where the paper is in another language."""
    said, official = say(box.entry.label), box.entry.official
    if not official:
        return said
    return pair(own(said), official, reviewed=not is_draft(said)) if is_pair(said) else official


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
