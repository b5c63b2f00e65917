"""Long conditions made short on paper: what several of them share, or what is long in one, gets a box of its own.

The reader ticks a box as soon as the marks that it rests on are made; from there on its name stands for all it says.
Only parts of conditions are moved, so nothing changes its meaning.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from ..conditions import Answered, Condition, Every, FactIs, Resulted, Some, parts_of
from .questionnaire import PaperQuestionnaire, TickedBox
from .shortening import size

MOST = 12  # marks in one condition; the answers to one question, one beside the other, may be more
SHARED = 5  # marks in a part that is worth a box where several conditions have it
OFTEN = 3
FEWEST = 2
STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

Node = Callable[[Condition], int]


def boxed(paper: PaperQuestionnaire, facts: Mapping[str, Condition], node: Node) -> PaperQuestionnaire:
    """The paper with boxes for what is long or shared, and for the facts. `node` says which conditions mean the same.

    A box is read right after the last step that it rests on, or before the checklist, where it is needed only there.
    """
    boxes = _Boxes(_printed(paper), facts, node)
    questions = frozenset(_used_in_steps(changed := paper.changed(boxes.short)))
    return _placed(changed, boxes.made, boxes.with_inner(questions))


def _printed(paper: PaperQuestionnaire) -> Iterator[Condition]:
    """The conditions as often as they are printed: fields of one person that are needed alike stand together."""
    yield from replace(paper, fields=()).conditions()
    yield from (use.when for _, uses in {(field.person, field.uses) for field in paper.fields} for use in uses)


def _used_in_steps(paper: PaperQuestionnaire) -> Iterator[str]:
    for condition in replace(paper, items=(), materials=(), fields=(), notes=(), joint=Every(())).conditions():
        yield from _boxes_in(condition)


def _boxes_in(condition: Condition) -> Iterator[str]:
    return (part.fact for part in parts_of(condition, {}) if isinstance(part, FactIs))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a condition: as it was, and as it is printed."""

    was: Condition
    shown: Condition


class _Boxes:
    def __init__(self, conditions: Iterable[Condition], facts: Mapping[str, Condition], node: Node) -> None:
        self.facts = facts
        self.node = node
        self.made: dict[str, TickedBox] = {}
        self._known: dict[Condition, Condition] = {}
        printed = [*conditions, *facts.values()]
        parts = Counter(node(part) for condition in printed for part in _lists_in(condition))
        self._shared = {part for part, times in parts.items() if times >= OFTEN}
        named = Counter(fact for condition in printed for fact in _boxes_in(condition))
        self._once = {fact for fact, times in named.items() if times == 1}

    def short(self, condition: Condition) -> Condition:
        """The condition with boxes in it: no longer than `MOST` marks, but for the answers to one question."""
        return self._box(condition) if self._is_shared(condition) else self._opened(condition)

    def with_inner(self, ids: frozenset[str]) -> frozenset[str]:
        """These boxes, and those that they rest on."""
        inner = frozenset(id for name in ids for id in _boxes_in(self.made[name].when))
        return ids if inner <= ids else self.with_inner(ids | inner)

    def _is_shared(self, condition: Condition) -> bool:
        long = isinstance(condition, Every | Some) and size(condition) >= SHARED
        return long and self.node(condition) in self._shared

    def _opened(self, condition: Condition) -> Condition:
        """The condition itself, its parts short."""
        if isinstance(condition, FactIs):
            return self._fact(condition)
        if not isinstance(condition, Every | Some):
            return condition
        if condition not in self._known:
            joined = type(condition)
            parts = [_Part(part, self.short(part)) for part in condition.parts]
            while size(_shown(joined, parts)) > MOST and (found := self._with_box(joined, parts)):
                parts = found
            self._known[condition] = _shown(joined, parts)
        return self._known[condition]

    def _fact(self, named: FactIs) -> Condition:
        """A fact as a box; one that is named once stands where it is named."""
        if named.holds and named.fact in self._once:
            return self.short(self.facts[named.fact])
        return replace(self._box(self.facts[named.fact]), holds=named.holds)

    def _with_box(self, joined: type[Every] | type[Some], parts: list[_Part]) -> list[_Part]:
        """With a box for the longest list among the parts; where there is none, for the first half of them.

        Nothing where only two tests are left.
        """
        lists = [part for part in parts if isinstance(part.shown, Every | Some)]
        if lists:
            longest = max(lists, key=lambda part: size(part.shown))
            return [_Part(part.was, self._box(part.was)) if part is longest else part for part in parts]
        if len(parts) <= FEWEST:
            return []
        half = joined(tuple(part.was for part in parts[: (len(parts) + 1) // 2]))
        return [_Part(half, self._box(half)), *parts[len(half.parts) :]]

    def _box(self, condition: Condition) -> FactIs:
        id = str(self.node(condition))
        if id not in self.made:
            self.made[id] = TickedBox(id, self._opened(condition))
        return FactIs(id, holds=True)


def _lists_in(condition: Condition) -> Iterator[Condition]:
    return (part for part in parts_of(condition, {}) if isinstance(part, Every | Some) and size(part) >= SHARED)


def _shown(joined: type[Every] | type[Some], parts: Iterable[_Part]) -> Condition:
    shown = (part.shown.parts if isinstance(part.shown, joined) else (part.shown,) for part in parts)
    return joined(tuple(chain.from_iterable(shown)))


# Where boxes stand ----------------------------------------------------------------------------------------------------


def _placed(paper: PaperQuestionnaire, made: Mapping[str, TickedBox], early: frozenset[str]) -> PaperQuestionnaire:
    """With the boxes at their places, named in the order in which they are read."""
    turns = {step.id: turn for turn, step in enumerate(paper.steps)}
    last = len(paper.steps)
    places = {id: _turn(box.when, made, turns) if id in early else last for id, box in made.items()}
    order = sorted(_inner_first(made), key=lambda id: places[id])
    boxes = {id: replace(made[id], name=name) for id, name in zip(order, _stems(), strict=False)}

    def at(turn: int) -> tuple[TickedBox, ...]:
        return tuple(box for id, box in boxes.items() if places[id] == turn)

    steps = tuple(replace(step, boxes=at(turn)) for turn, step in enumerate(paper.steps))
    return replace(paper, steps=steps, boxes=at(last))


def _turn(condition: Condition, made: Mapping[str, TickedBox], turns: Mapping[str, int]) -> int:
    """The place of the last step that a condition rests on."""
    found = 0
    for part in parts_of(condition, {id: box.when for id, box in made.items()}):
        if isinstance(part, Answered):
            found = max(found, turns[part.question])
        if isinstance(part, Resulted):
            found = max(found, turns[part.computed])
    return found


def _inner_first(made: Mapping[str, TickedBox]) -> list[str]:
    """The boxes, each after those that it rests on."""
    done: dict[str, None] = {}

    def add(id: str) -> None:
        for inner in _boxes_in(made[id].when):
            add(inner)
        done.setdefault(id)

    for id in made:
        add(id)
    return list(done)


def _stems() -> Iterator[str]:
    """甲, 乙, 丙 …, then 甲1, 乙1 …"""
    yield from STEMS
    number = 0
    while True:
        number += 1
        yield from (f"{stem}{number}" for stem in STEMS)
