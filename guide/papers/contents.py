"""What stands on the papers. All text is already in the reader's language; what is empty isn't printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import east_asian_width

from guide.language.pairs import MARKS

HALF_ROW = 28  # Latin letters that a box of half the width has room for


def width(text: str) -> int:
    """How much room a text takes, in Latin letters; both of its languages, where they stand in one line."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text if letter not in MARKS)


SQUARES = {"id-number": 18, "credit-code": 18, "phone": 11, "postcode": 6}
LONG_LINES = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What both papers say of themselves."""

    bundle: str  # 新生儿出生一件事
    place: str  # 甘孜州康定市
    date: str  # 2026年11月22日
    rules: str  # 第 1 版，2026年11月22日核对
    code: str  # NB7K-3Q9M-X2TC, as it is shown
    link: str  # what the QR code holds: the address that opens the code
    made: datetime  # aware; written into the file, so that the same paper gives the same bytes
    language: str = "zh-hans"  # of whatever isn't in a script of its own


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact, and whether somebody has confirmed it for the place."""

    text: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class PrintedItem:
    name: str
    department: str
    result: str = ""
    due: PrintedFact | None = None  # the last day, or the usual time
    fee: PrintedFact | None = None
    where: PrintedFact | None = None
    how: PrintedFact | None = None
    confirmed: bool = True
    contests: tuple[PrintedFact, ...] = ()  # of which only one can be had with it


@dataclass(frozen=True, slots=True)
class Material:
    """A paper, or as `choices` papers of which one is enough. A number may be said in words: 3（每人 1 份）."""

    name: str
    originals: int | str = 0
    copies: int | str = 0
    used: str = ""  # at which visits, or for which items
    hint: str = ""
    replaced_by: str = ""  # 已有电子证照可免交
    confirmed: bool = True
    choices: tuple["Material", ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedHall:
    name: str
    lines: tuple[str, ...]  # address, phone, hours, windows


@dataclass(frozen=True, slots=True)
class PrintedVisit:
    """A place where one goes: until when, or why in this turn; what is done there, what to take, what to mind."""

    number: str
    place: PrintedFact
    when: PrintedFact | None = None
    where: PrintedFact | None = None
    does: tuple[PrintedFact, ...] = ()
    take: str = ""
    notes: tuple[PrintedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers that come from one place; `remark` stands beneath them."""

    title: str
    materials: tuple[Material, ...]
    remark: str = ""
    ticked: bool = True  # without what needn't be brought


@dataclass(frozen=True, slots=True)
class NoticePaper:
    head: Head
    verdict: PrintedFact = PrintedFact("")
    lead: str = ""  # how much there is to do, where the verdict says something else
    urgent: PrintedFact | None = None
    first: str = ""  # where to go first, and how much to bring
    joint: str = ""  # what can be handled as one, and what apart
    visits: tuple[PrintedVisit, ...] = ()
    groups: tuple[PaperGroup, ...] = ()
    items: tuple[PrintedItem, ...] = ()
    counter_items: tuple[PrintedItem, ...] = ()  # the counter decides whether they apply
    materials: tuple[Material, ...] = ()
    counter_materials: tuple[Material, ...] = ()
    also: str = ""  # what could be had besides
    outside: tuple[str, ...] = ()  # what doesn't apply
    notes: tuple[PrintedFact, ...] = ()
    halls: tuple[PrintedHall, ...] = ()
    savings: tuple[PrintedFact, ...] = ()
    large: bool = False  # large print


@dataclass(frozen=True, slots=True)
class FormItem:
    name: str
    department: str
    ticked: bool = True
    hint: str = ""  # 由窗口判定


@dataclass(frozen=True, slots=True)
class Option:
    """What may be ticked: as the form's data have it, and as it reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One box. An empty one is printed as a box to write in."""

    label: str
    value: str = ""
    wide: bool = False  # the whole width; a long value takes it anyway
    options: tuple[Option, ...] = ()  # printed with tick boxes, the one whose value is `value` ticked
    squares: int = 0  # an empty box shows that many squares, one a character: 18 for an ID number
    lines: int = 1  # to write on, if it is empty

    @property
    def takes_a_row(self) -> bool:
        options = sum(2 + width(option.label) for option in self.options)
        return self.wide or self.squares > HALF_ROW // 2 or max(width(self.value), options) > HALF_ROW


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one person or body; a repeated person has a group each, numbered in the title."""

    title: str
    fields: tuple[Field, ...]

    @property
    def rows(self) -> list[tuple[Field, ...]]:
        """The fields in their order, two in a row where both are short."""
        rows: list[tuple[Field, ...]] = []
        for box in self.fields:
            pairs = rows and len(rows[-1]) == 1 and not (rows[-1][0].takes_a_row or box.takes_a_row)
            rows[-1:] = [(*rows[-1], box)] if pairs else [*rows[-1:], (box,)]
        return rows


@dataclass(frozen=True, slots=True)
class FormPaper:
    head: Head
    items: tuple[FormItem, ...] = ()
    groups: tuple[Group, ...] = ()
    applicant: str = ""  # their name; a line to write it on where it is empty
    body: bool = False  # who applies is a body, and puts its seal
    pledges: tuple[str, ...] = ()  # what is declared besides what everybody declares
    signers: tuple[str, ...] = ()  # what stands before each line to sign on
    data: Mapping[str, object] = field(default_factory=dict)  # attached as form.json; whatever JSON can say
    large: bool = False  # large print
