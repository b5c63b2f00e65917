"""The one form in steps: a page a person or body, small ones together; how far each is filled in."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from guide.form.boxes import Block, Box
from guide.form.joint import to_type
from guide.notice.rows import Telling

SMALL = 8  # boxes of a person who may share a page
MOST = 20  # boxes of a page that several share
TINY = 2  # boxes that go along with whoever comes before or after
FEW = 10  # boxes that stand unfolded, what is known aside
LONGEST = 12  # boxes under one heading
LONE = 2  # boxes of an item that stand together with another's


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form. `id` names it in the address: the person whom it begins with, `child-2` for the second."""

    id: str
    title: str
    blocks: list[Block]
    boxes: list[Box]

    def full(self, values: Mapping[str, str]) -> int:
        """In how many of its boxes something stands."""
        return sum(bool(values.get(box.name)) for box in self.boxes)


def steps_of(blocks: list[Block], sensitive: bool) -> list[Step]:
    """The form's pages; at least one, which is empty where every box is left for the pen."""
    pages: list[list[Block]] = []
    for block in (block for block in blocks if to_type([block], sensitive)):
        if pages and _go_together(pages[-1], block, sensitive):
            pages[-1].append(block)
        else:
            pages.append([block])
    return [_step(page, sensitive) for page in pages or [[]]]


def _step(blocks: list[Block], sensitive: bool) -> Step:
    id = ""
    if blocks:
        id = blocks[0].person if blocks[0].turn == 1 else f"{blocks[0].person}-{blocks[0].turn}"
    return Step(id, "、".join(block.title for block in blocks), blocks, to_type(blocks, sensitive))


def _go_together(page: list[Block], block: Block, sensitive: bool) -> bool:
    """Whether a person's boxes stand on the page of those before. Of whom there may be several, each has a page."""
    if any(other.several or other.more for other in (*page, block)):
        return False
    before, here = len(to_type(page, sensitive)), len(to_type([block], sensitive))
    tiny = min(before, here) <= TINY
    small = here <= SMALL and all(len(to_type([other], sensitive)) <= SMALL for other in page)
    return tiny or (small and before + here <= MOST)


@dataclass(frozen=True, slots=True)
class Part:
    """A page, or those of several of one person, and how much of it is filled in. `here` says that one is on it."""

    id: str
    title: str
    full: int
    all: int
    here: bool
    steps: tuple["Part", ...] = ()


def parts_of(steps: list[Step], current: Step, values: Mapping[str, str], telling: Telling) -> list[Part]:
    """The parts of the form, each with its pages."""
    found = []
    for person, pages in groupby(steps, lambda step: step.blocks[0].person if step.blocks else ""):
        own = tuple(_part(step, current, values) for step in pages)
        title = own[0].title if len(own) == 1 else telling.person(person)
        full, boxes = sum(part.full for part in own), sum(part.all for part in own)
        found.append(Part(own[0].id, title, full, boxes, any(part.here for part in own), own))
    return found


def _part(step: Step, current: Step, values: Mapping[str, str]) -> Part:
    return Part(step.id, step.title, step.full(values), len(step.boxes), step is current)


def step_called(steps: list[Step], id: str) -> Step | None:
    """The page on which somebody stands by that name; None where there is none."""
    for step in steps:
        if id and any(id in (step.id, block.person) for block in step.blocks):
            return step
    return None


def step_of(steps: list[Step], names: Iterable[str]) -> Step:
    """The page with the first of these boxes, the first page where there is none."""
    found = {box.name: step for step in steps for box in step.boxes}
    return next((found[name] for name in names if name in found), steps[0])


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes under one heading: the `items` that ask for them first, those that may stay "blank", or those that the
    "number" of a paper fills. `turn` of `turns` where an item asks for many.
    """

    boxes: list[Box]
    items: tuple[str, ...] = ()
    kind: Literal["asked", "blank", "number"] = "asked"
    turn: int = 1
    turns: int = 1


def grouped(boxes: list[Box]) -> list[Group]:
    """Boxes as they stand on a page: few without a heading, many by the first item that asks for them."""
    numbers = {box.need.id for box in boxes if not box.entry.optional}
    told = [box for box in boxes if _is_told_by(box, numbers)]
    asked = [box for box in boxes if box not in told]
    few = [Group(asked)] if asked else []
    groups = few if len(asked) <= FEW else _by_item(asked)
    return [*groups, Group(told, kind="number")] if told else groups


def _is_told_by(box: Box, numbers: Container[str]) -> bool:
    """Whether a number that is asked for on the same page tells what stands in a box."""
    derivation = box.entry.derived
    return derivation is not None and derivation.take != "same" and derivation.field in numbers


def _by_item(boxes: list[Box]) -> list[Group]:
    by_item: dict[str, list[Box]] = {}
    for box in boxes:
        by_item.setdefault("" if box.entry.optional else box.need.items[0], []).append(box)
    blank = by_item.pop("", [])
    groups: list[Group] = []
    for item, asked in by_item.items():
        last = groups[-1] if groups else None
        if last and len(asked) <= LONE and len(last.boxes) <= LONE:
            groups[-1] = Group([*last.boxes, *asked], (*last.items, item))
        else:
            groups += _halved(asked, item)
    return [*groups, Group(blank, kind="blank")] if blank else groups


def _halved(boxes: list[Box], item: str) -> list[Group]:
    """Boxes of one item in as many groups as keep each short."""
    turns = -(-len(boxes) // LONGEST)
    size = -(-len(boxes) // turns)
    return [Group(boxes[turn * size : (turn + 1) * size], (item,), turn=turn + 1, turns=turns) for turn in range(turns)]
