"""The one form: only the boxes that the applying items need, each once, grouped by person."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from bundles.dictionary import FieldEntry
from bundles.results.notices import FieldNeed
from bundles.results.outcomes import written
from guide.form import validation
from guide.form.drafts import Draftbook
from guide.form.members import filled_from_rows
from guide.form.phrases import FORM
from guide.notice.rows import Telling

MOST_CHARACTERS = 2000
MOST_PERSONS = 50
RESIDENT_ID = "居民身份证"
NUMBER, KIND = "id_number", "id_type"  # a paper's number and what paper it is go together: `mother.id_type`
SURE = "!"  # after the name of a box: what stands in it is so, although it looks wrong
LIKE = "="  # after the name of a box: the box that it holds the same as, where somebody ticked so
MARKS = (SURE, LIKE)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form. `name` is the field's id, with `~2` for the second of a repeated person.

    `words` are those of the official list that it is filled with; others may stand there too.
    """

    name: str
    need: FieldNeed
    entry: FieldEntry
    turn: int
    words: tuple[str, ...] = ()

    @property
    def signature(self) -> bool:
        """Signatures and what is written with them stand on paper only, by hand."""
        return self.entry.type == "signature" or self.entry.by_hand

    @property
    def own(self) -> str:
        """What it is called beside its person: `id_number`."""
        return self.need.id.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Block:
    """The boxes of one person or body, the `turn`th of `several`, from 1.

    `more` says that the visitor may ask for another after this one, `fewer` that they may take this one out. `same` is
    the other person that this one is: what stands in their boxes fills the empty ones here.
    """

    person: str
    title: str
    boxes: list[Box]
    turn: int = 1
    same: str = ""
    hint: str = ""
    more: bool = False
    fewer: bool = False
    several: bool = False


def counts_in(names: Iterable[str]) -> dict[str, int]:
    """How many of each repeated person the boxes of these names are for: `child.name~2` is the second child's."""
    counts: dict[str, int] = {}
    for name in names:
        base, tilde, rest = name.partition("~")
        turn = rest.partition("-")[0]  # `child.left~2-year` is one of three boxes of a date
        if tilde and turn.isdecimal():
            person = base.partition(".")[0]
            counts[person] = max(counts.get(person, 1), min(int(turn[:3]), MOST_PERSONS))
    return counts


def blocks_of(telling: Telling, counts: dict[str, int]) -> list[Block]:
    """The form's groups in the dictionary's order; a repeated person has a group each."""
    groups: dict[str, list[FieldNeed]] = {}
    for need in telling.notice.fields:
        groups.setdefault(need.person, []).append(need)
    return [block for person, needs in groups.items() for block in _blocks(telling, person, needs, counts)]


def _blocks(telling: Telling, person: str, needs: list[FieldNeed], counts: dict[str, int]) -> Iterator[Block]:
    repeats = telling.notice.repeats(person)
    by_form = repeats == "form"
    number = counts.get(person, 1) if by_form else repeats if isinstance(repeats, int) else 1
    number = min(max(number, 1), MOST_PERSONS)
    name = telling.person(person)
    for turn in range(1, number + 1):
        title = name if number == 1 else FORM["turn"].format(person=name, turn=turn)
        boxes = [_box(telling, need, turn) for need in needs]
        other = telling.notice.same.get(person, "")
        hint = FORM["same"].format(other=telling.person(other)) if other else ""
        more = by_form and turn == number < MOST_PERSONS
        yield Block(person, title, boxes, turn, other, hint, more, by_form and number > 1, number > 1)


def _box(telling: Telling, need: FieldNeed, turn: int) -> Box:
    dictionaries = telling.bundle.dictionaries
    entry = dictionaries.fields.get(need.id) or FieldEntry(need.id)
    name = need.id if turn == 1 else f"{need.id}~{turn}"
    return Box(name, need, entry, turn, dictionaries.lists.get(entry.list, ()))


def all_boxes(blocks: list[Block]) -> list[Box]:
    return [box for block in blocks for box in block.boxes]


def take_out(blocks: list[Block], out: Block, values: dict[str, str]) -> None:
    """Forgets what was typed of one of several persons; those after them move up."""
    group = [block for block in blocks if block.person == out.person][out.turn - 1 :]
    for here, after in zip_longest(group, group[1:]):
        for box, next_box in zip_longest(here.boxes, after.boxes if after else ()):
            for mark in ("", *MARKS):
                values.pop(box.name + mark, None)
                if next_box and next_box.name + mark in values:
                    values[box.name + mark] = values[next_box.name + mark]


# What stands in them --------------------------------------------------------------------------------------------------


class Given(NamedTuple):
    """What a box holds where nobody types there: from the answers ("answer"), a row of a table ("row"), the number of a
    paper ("number") or another box ("same", by the name `other`).
    """

    text: str
    source: str
    other: str = ""


def filled(telling: Telling, blocks: list[Block], draft: Draftbook | None) -> dict[str, str]:
    """What stands in each box: what was typed, else what a row, an answer or another box gives."""
    typed = draft.values if draft else {}
    told = filled_from_rows(telling, draft) | typed
    values = {box.name: told.get(box.name, _answered(telling, box)) for box in all_boxes(blocks)}
    derive(blocks, values, typed)
    return values


def givens(
    telling: Telling, blocks: list[Block], values: Mapping[str, str], draft: Draftbook | None
) -> dict[str, Given]:
    """What each box would hold by itself, as the others stand now; only boxes for which that is something."""
    rows, typed = filled_from_rows(telling, draft), draft.values if draft else {}
    ticks = ticked(blocks, typed)
    found: dict[str, Given] = {}
    for block in blocks:
        for box in block.boxes:
            if text := rows.get(box.name, ""):
                found[box.name] = Given(text, "row")
            elif text := _answered(telling, box):
                found[box.name] = Given(text, "answer")
            elif (given := _from_others(box, block.same, ticks.get(box.name, ""), values, typed)).text:
                found[box.name] = given
    return found


def _answered(telling: Telling, box: Box) -> str:
    given = written(box.need.value, box.need.question, telling.city)
    return "" if given is None else str(given)


def derive(blocks: list[Block], values: dict[str, str], typed: Mapping[str, str]) -> None:
    """Fills empty boxes from the ones they derive from; chains of derivations too. What is wrong isn't copied.

    `typed` has the marks of what the visitor is sure of, and of what they said is the same.
    """
    ticks = ticked(blocks, typed)
    boxes = [
        (box, block.same)
        for block in blocks
        for box in block.boxes
        if box.entry.derived or block.same or box.name in ticks
    ]
    for _round in range(len(boxes)):
        before = dict(values)
        for box, same in boxes:
            if not values.get(box.name):
                values[box.name] = _from_others(box, same, ticks.get(box.name, ""), values, typed).text
        if values == before:
            return


def ticked(blocks: list[Block], typed: Mapping[str, str]) -> dict[str, str]:
    """The boxes that hold the same as another because somebody ticked so, each with the name of that other.

    Whoever has another's name is that person: their other boxes follow too, `head_id_number` where `head_name` does.
    """
    found: dict[str, str] = {}
    if not any(mark.endswith(LIKE) for mark in typed):
        return found
    for block in blocks:
        for box in block.boxes:
            if not (other := typed.get(box.name + LIKE, "")):
                continue
            found[box.name] = other
            person, _dot, own = other.partition(".")
            if own == "name" and box.own.endswith("name"):
                found |= _whole_person(block, box.own.removesuffix("name"), person)
    return found


def _whole_person(block: Block, stem: str, person: str) -> dict[str, str]:
    return {box.name: f"{person}.{box.own.removeprefix(stem)}" for box in block.boxes if box.own.startswith(stem)}


def _from_others(box: Box, same: str, tick: str, values: Mapping[str, str], typed: Mapping[str, str]) -> Given:
    """What other boxes give: the one that was ticked, the one that it derives from, the same person's."""
    if tick and (text := _copied(box, tick, values, typed)):
        return Given(text, "same", tick)
    derivation = box.entry.derived
    if derivation and (text := derived_from(box, values, typed)):
        return Given(text, "same" if derivation.take == "same" else "number", derivation.field)
    other = f"{same}.{box.own}"
    return Given(_copied(box, other, values, typed) if same else "", "same", other)


def _copied(box: Box, source: str, values: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """What stands in the source, where it is right; of a paper's number and kind both or none."""
    mine, theirs = other_half(box.name), other_half(source)
    apart = mine and theirs and values.get(mine) and values[mine] != values.get(theirs)
    right = source + SURE in typed or _is_right(box, values.get(source, ""), values.get(theirs, ""))
    return values.get(source, "") if right and not apart else ""


def _is_right(box: Box, text: str, kind: str) -> bool:
    check = check_of(box, kind)
    try:
        return not text or check is None or bool(check(text))
    except ValidationError:
        return False


def check_of(box: Box, kind: str) -> Callable[[str], str] | None:
    """How what is typed in a box is checked; `kind` is what paper a number is of, as the box beside it says."""
    if box.entry.type == "id-number" and kind and kind != RESIDENT_ID:
        return validation.other_document
    return validation.CHECKS.get(box.entry.type)


def other_half(name: str) -> str:
    """The box for what paper it is of which this box takes the number, and back; "" for other boxes."""
    if NUMBER in name:
        return name.replace(NUMBER, KIND)
    return name.replace(KIND, NUMBER) if KIND in name else ""


def derived_from(box: Box, values: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """What the box takes from another by its dictionary; "" where that isn't there or isn't right."""
    derivation = box.entry.derived
    if derivation is None:
        return ""
    field = _turned(derivation.field, box, values)
    if derivation.take == "same":
        return _copied(box, field, values, typed)
    try:
        number = validation.id_number(values.get(field, ""))
        day = validation.day(values.get(_turned(derivation.on, box, values), "")) if derivation.on else ""
    except ValidationError:
        return ""
    match derivation.take:
        case "birth_date":
            return validation.birth_date_of(number).isoformat()
        case "sex":
            return validation.sex_of(number)
        case _:
            return validation.age_of(number, date.fromisoformat(day) if day else timezone.localdate())


def _turned(field: str, box: Box, values: Mapping[str, str]) -> str:
    """The box of a field that belongs to this one: of the same turn, where that person is repeated too."""
    turned = f"{field}~{box.turn}"
    return turned if turned in values else field
