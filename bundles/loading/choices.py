"""Of several papers one is enough, and the one that is needed anyway above all: that is added to their conditions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from ..conditions import ALWAYS, NEVER, Condition, Every, FactIs, Not, Some
from ..model import Bundle, Item, MaterialLine
from ..reading.syntax import applies_fact, told_fact
from .rivals import facts_of

Lines = tuple[MaterialLine, ...]


def with_choices(bundle: Bundle) -> Bundle:
    """The bundle in which, of papers of which one is enough, one that is needed anyway is the only one asked for.

    What only the counter may ask for is no reason to leave out a paper that is asked for certain.
    """
    choices = _Choices(bundle.items)
    items = tuple(replace(item, materials=tuple(choices.lines(item))) for item in bundle.items)
    facts = facts_of({item.id: item for item in bundle.items}, choices.named)
    return replace(bundle, items=items, facts={**facts, **bundle.facts}) if choices.named else bundle


class _Choices:
    """`named` are the items that conditions have come to name."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.named: set[str] = set()

    def lines(self, item: Item) -> Iterator[MaterialLine]:
        for any_of, group in groupby(item.materials, key=lambda line: line.any_of):
            lines = tuple(group)
            yield from lines if any_of is None else self._settled(item, lines)

    def _settled(self, item: Item, lines: Lines) -> Iterator[MaterialLine]:
        """The lines of a choice: while none is needed anyway all that hold, else the first of those that are."""
        lines = tuple(_first_of_its_kind(line, lines) for line in lines)
        anyway = [self._needed(item, line, lines) for line in lines]
        hits = [Every((line.when or ALWAYS, needed)) for line, needed in zip(lines, anyway, strict=True)]
        known = [hit for hit, needed in zip(hits, anyway, strict=True) if needed != NEVER]
        for turn, (line, needed) in enumerate(zip(lines, anyway, strict=True)):
            if not known:
                yield line
                continue
            before = tuple(hit for hit, other in zip(hits[:turn], anyway, strict=False) if other != NEVER)
            ways: list[Condition] = [Not(Some(tuple(known)))]
            if needed != NEVER:
                ways.append(Every((needed, *map(Not, before))))
            yield replace(line, when=Every((line.when or ALWAYS, Some(tuple(ways)))))

    def _needed(self, item: Item, line: MaterialLine, own: Lines) -> Condition:
        """When a paper is needed anyway: for certain, or for an item at the counter where the counter asks."""
        surely = self._asked_elsewhere(line, own, applies_fact)
        maybe = self._asked_elsewhere(line, own, told_fact)
        if item.may_when is None or maybe == NEVER:
            return surely
        self.named.add(item.id)
        return Some((surely, Every((FactIs(applies_fact(item.id), holds=False), maybe))))

    def _asked_elsewhere(self, line: MaterialLine, own: Lines, fact: Callable[[str], str]) -> Condition:
        """When a paper is asked for by itself, or as the only one that is left of several."""
        parts: list[Condition] = []
        for item in self.items:
            if fact(item.id) != applies_fact(item.id) or item.certain != NEVER:
                alone = [when for when in _alone(item, line.paper, own) if when != NEVER]
                self.named.update(item.id for _ in alone)
                parts += [Every((FactIs(fact(item.id), holds=True), when)) for when in alone]
        return Some(tuple(parts)) if parts else NEVER


def _alone(item: Item, paper: tuple[str, str | None], own: Lines) -> Iterator[Condition]:
    """When an item asks for a paper and for no other instead, but for the choice that is `own` and those like it."""
    for any_of, group in groupby(item.materials, key=lambda line: line.any_of):
        lines = tuple(group)
        if any_of is None:
            yield from (line.when or ALWAYS for line in lines if line.paper == paper and not _is_each(line))
        elif [(line.paper, line.written) for line in lines] != [(line.paper, line.written) for line in own]:
            others = [line.when for line in lines if line.paper != paper]
            if None not in others:
                without = tuple(Not(when) for when in others if when is not None)
                yield from (Every((line.when or ALWAYS, *without)) for line in lines if line.paper == paper)


def _is_each(line: MaterialLine) -> bool:
    """Whether it is asked for each of some persons, of whom there may be none."""
    return any(variant.value.per for variant in (*line.originals, *line.copies))


def _first_of_its_kind(line: MaterialLine, lines: Lines) -> MaterialLine:
    """The line where none before it asks for the same paper."""
    before = [other.when for other in lines[: lines.index(line)] if other.paper == line.paper]
    if not before:
        return line
    without = tuple(NEVER if when is None else Not(when) for when in before)
    return replace(line, when=Every((line.when or ALWAYS, *without)))
