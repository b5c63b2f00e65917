"""Who applies, and who signs: as the form names them, and whatever the counter issues."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guide.form.boxes import Block, Box, all_boxes
from guide.language.languages import say
from guide.language.pairs import is_draft, is_pair, own, pair
from guide.notice.rows import Telling

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
    return Applicant(_("、").join(filter(None, (values.get(f"{person}.name", "") for person in TOGETHER))))


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
