"""What stands on the blank questionnaire, and the file made of it. All text is already in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from guide.papers.contents import Field, Head, width
from guide.papers.glyphs import printable
from guide.papers.labels import WORDS
from guide.papers.printing import labels, printed

HALF_COLUMN = 18  # Latin letters that half a column has room for beside a box
HALF_PLAIN_COLUMN = 14  # on the citizens' paper


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick, with its short mark; `says` are the small lines beneath: limits, when it may be ticked, a hint."""

    mark: str
    label: str
    says: tuple[str, ...] = ()
    onward: str = ""  # 到第 8 题

    @property
    def short(self) -> bool:
        return width(self.label) <= HALF_COLUMN and not (self.says or self.onward)


class Boxed(Protocol):
    @property
    def short(self) -> bool: ...


B = TypeVar("B", bound=Boxed)


def in_rows(ticks: Iterable[B]) -> tuple[tuple[B, ...], ...]:
    """The boxes in their order, two in a row where both are short."""
    rows: list[tuple[B, ...]] = []
    for tick in ticks:
        pairs = rows and len(rows[-1]) == 1 and rows[-1][0].short and tick.short
        rows[-1:] = [(*rows[-1], tick)] if pairs else [*rows[-1:], (tick,)]
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """A box to tick where the condition holds: 如果 1A或1B，在此打勾 ☐ 甲."""

    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its boxes; `says` stands beneath it, `after` are what ends the questionnaire behind it.

    `written` is what to write beside the ticks (日期：), "" where nothing is; `day` says that it is a day.
    """

    number: str
    ask: str
    guard: str = ""
    says: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    written: str = ""
    unit: str = ""
    day: bool = False
    facts: tuple[PrintedBox, ...] = ()
    after: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()  # where to go on, where facts or ends are read before

    @property
    def rows(self) -> tuple[tuple[Tick, ...], ...]:
        return in_rows(self.ticks)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of the checklist: a box for each standing that it may have, each with when it is ticked."""

    number: str
    name: str
    standings: tuple[tuple[str, str], ...]
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedMaterial:
    name: str
    when: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedNotes:
    """Notes that hold alike."""

    when: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankGroup:
    """The fields of one person; `hint` stands beside the title.

    `uses` say when which fields are needed, each behind the letter that stands in the labels of these fields.
    """

    title: str
    uses: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class QuestionnairePaper:
    """The blank questionnaire: questions, `facts` to settle before the checklist, the checklist, the blank form."""

    head: Head
    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]
    list_title: str
    list_intro: tuple[str, ...]
    facts: tuple[PrintedBox, ...]
    items: tuple[ListedItem, ...]
    materials_title: str
    materials: tuple[ListedMaterial, ...]
    notes_title: str
    notes: tuple[ListedNotes, ...]
    joint: tuple[str, ...]
    form_title: str
    form_intro: str
    groups: tuple[BlankGroup, ...]
    fact_phrase: str  # 如果 {when}，在此打勾
    marks_line: str  # what to write the ticked marks behind
    declares: bool = True  # whether a declaration to sign is printed; not where the fields hold one
    large: bool = False


# For citizens


@dataclass(frozen=True, slots=True)
class PlainTick:
    """A box to tick; `then` is what comes next: 到第 8 题, or 请到窗口."""

    label: str
    says: tuple[str, ...] = ()
    then: str = ""

    @property
    def short(self) -> bool:
        return width(self.label) <= HALF_PLAIN_COLUMN and not (self.says or self.then)


@dataclass(frozen=True, slots=True)
class PlainAsked:
    """A question of the citizens' paper; names as in `Asked`, the boxes as `in_rows` puts them."""

    number: str
    ask: str
    guard: str
    says: tuple[str, ...]
    rows: tuple[tuple[PlainTick, ...], ...]
    written: str = ""
    unit: str = ""
    day: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainItem:
    number: str
    name: str
    when: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainMaterials:
    """Materials that are needed alike: what each is called, and how many."""

    when: str
    listed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CitizensQuestionnaire:
    """The questionnaire for citizens: questions, what is to do, what to bring."""

    head: Head
    title: str
    intro: tuple[str, ...]
    asked: tuple[PlainAsked, ...]
    items_title: str
    items: tuple[PlainItem, ...]
    joint: str
    materials: tuple[PlainMaterials, ...]
    form: str  # where the form is to be had
    marked: bool = False  # whether anything carries ※
    large: bool = False


def citizens_pdf(paper: CitizensQuestionnaire, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The questionnaire for citizens as PDF/UA-1; `words` and `both` as for `notice_pdf`."""
    return printed("citizens.typ", paper.head, printable(paper, both), labels(words, both), ["ua-1"])


def questionnaire_pdf(paper: QuestionnairePaper, words: Mapping[str, str] = WORDS, both: bool = False) -> bytes:
    """The blank questionnaire as PDF/UA-1; `words` and `both` as for `notice_pdf`."""
    content = printable(paper, both)
    for section_content, section in zip(content["sections"], paper.sections, strict=True):
        for asked_content, asked in zip(section_content["asked"], section.asked, strict=True):
            asked_content["rows"] = printable(asked.rows, both)
    return printed("paper.typ", paper.head, content, labels(words, both), ["ua-1"])
