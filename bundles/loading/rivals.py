"""Of some items only one can be had: what wins is left out of the conditions of what loses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..conditions import NEVER, Condition, Every, FactIs, Not
from ..faults import ANY_QUESTION
from ..model import Bundle, Item, OneOf, Rival
from ..reading.entries import Reader
from ..reading.keys import ONE_OF, RIVAL
from ..reading.syntax import applies_fact, told_fact
from ..reading.trees import Mapping as Tree
from ..reading.trees import nearest
from ..values import Place


class RivalReader:
    """Teaches a reader what stands under `one_of`."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        reader.learn(rival=self._rival)
        reader.learn_under_ids(one_of=self._one_of)

    def _one_of(self, name: str, raw: Any, place: Place) -> OneOf:
        self.reader.owner = name
        parsed = self.reader.read(raw, place, ONE_OF)
        rivals = parsed.pop("of", ())
        if isinstance(raw, Tree) and raw.get("of") is not None and len(rivals) < 2:
            self.reader.fault("L04", place, "只能享受一样的，至少要写两样。", "再写一样，或去掉整组。")
            self.reader.doubtful.add(ANY_QUESTION)
        return OneOf(name, rivals, place=place, **parsed)

    def _rival(self, raw: Any, place: Place) -> Rival:
        if not isinstance(raw, Tree):
            return Rival(self.reader.id(raw, place), place=place)
        known = len(self.reader.faults)
        parsed = self.reader.read(raw, place, RIVAL)
        if len(self.reader.faults) == known and not raw.faulty:
            if ("item" in parsed) == ("held" in parsed):
                message = "这里写一个事项，或者写已经有的：{held: 条件, label: 叫什么}。"
                self.reader.fault("L04", place, message, "item 和 held 只留一个。")
            elif "held" in parsed and "label" not in parsed:
                self.reader.fault("L03", place, "没有写 label：已经有的叫什么。", "补上 label。")
        if len(self.reader.faults) > known or raw.faulty:
            self.reader.doubtful.add(ANY_QUESTION)
        return Rival(parsed.get("item", ""), parsed.get("held"), parsed.get("label", ""), place)


def with_rivals(bundle: Bundle, tree: Tree, reader: Reader) -> Bundle:
    """The bundle with what wins over an item added to its conditions, and facts of the items that conditions name.

    What names no item, or goes round in a circle, is a fault of the reader's and excludes nothing.
    """
    return _Rivals(bundle, tree, reader).settled()


class _Rivals:
    def __init__(self, bundle: Bundle, tree: Tree, reader: Reader) -> None:
        self.bundle = bundle
        self.reader = reader
        self.items = {item.id: item for item in bundle.items}
        self.gone = frozenset(getattr(tree.get("items"), "dropped", ()))
        self.unread = isinstance(tree.get("items"), Tree) or "" in self.items

    def settled(self) -> Bundle:
        groups = tuple(self._without_strangers(one_of) for one_of in (*self.bundle.one_of, *self._pairs()))
        winners = {id: tuple(self._winners(id, groups)) for id in self.items}
        if (id := self._in_circle(winners)) is not None:
            self._go_round(id)
            groups, winners = (), dict.fromkeys(self.items, ())
        settled: dict[str, Item] = {}
        for id in self._in_turn(winners):
            settled[id] = self._settled(self.items[id], winners[id], settled)
        items = tuple(settled[item.id] for item in self.bundle.items)
        named = {rival.item for rivals in winners.values() for rival in rivals if rival.item}
        facts = {**self.bundle.facts, **facts_of(settled, {*named, *self.reader.tested_items})}
        return replace(self.bundle, items=items, one_of=groups, facts=facts)

    def _go_round(self, id: str) -> None:
        place = self.items[id].place or Place(self.bundle.file, 1)
        message = f"只能享受一样的事项，{id} 绕了一圈又优先于自己。"
        self.reader.fault("L15", place, message, "one_of 和 excludes 里，先后只写一个方向。", id=id)
        self.reader.doubtful.add(ANY_QUESTION)

    def _pairs(self) -> Iterator[OneOf]:
        """What an item excludes by itself, a pair each."""
        for item in self.bundle.items:
            for other in item.excludes:
                if other == item.id:
                    self._go_round(other)
                    continue
                rivals = (Rival(item.id, place=item.place), Rival(other, place=item.place))
                yield OneOf(f"{item.id}+{other}", rivals, place=item.place)

    def _without_strangers(self, one_of: OneOf) -> OneOf:
        """Only the rivals that the bundle has; what a region has dropped isn't missed."""
        kept: list[Rival] = []
        for rival in one_of.rivals:
            if rival.held is not None:
                kept.append(rival)
            elif rival.item in self.gone or not rival.item:
                continue
            elif rival.item not in self.items:
                self._missing(rival, one_of)
            elif rival.item in (other.item for other in kept):
                at = rival.place or Place(self.bundle.file, 1)
                self.reader.fault("L07", at, f"{rival.item} 在这一组里写了两次。", "留一个。", id=one_of.id)
            else:
                kept.append(rival)
        return replace(one_of, rivals=tuple(kept))

    def _missing(self, rival: Rival, one_of: OneOf) -> None:
        self.reader.doubtful.add(ANY_QUESTION)
        if not self.unread and rival.item not in self.reader.misnamed:
            at, owner = rival.place or Place(self.bundle.file, 1), one_of.id.partition("+")[0]
            self.reader.fault("L13", at, f"没有事项 {rival.item}。", nearest(rival.item, self.items), id=owner)

    def _winners(self, id: str, groups: Iterable[OneOf]) -> Iterator[Rival]:
        return (rival for one_of in groups for _turn, rival in one_of.before(id))

    def _in_circle(self, winners: dict[str, tuple[Rival, ...]]) -> str | None:
        return next((id for id in winners if self._wins_over(id, id, winners)), None)

    def _wins_over(self, id: str, start: str, winners: dict[str, tuple[Rival, ...]]) -> bool:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for rival in winners.get(waiting.pop(), ()):
                if rival.item == id:
                    return True
                if rival.item and rival.item not in seen:
                    seen.add(rival.item)
                    waiting.append(rival.item)
        return False

    def _in_turn(self, winners: dict[str, tuple[Rival, ...]]) -> Iterator[str]:
        """Winners before what they win over."""
        done: dict[str, None] = {}

        def visit(id: str) -> None:
            for rival in winners[id]:
                if rival.item and rival.item not in done:
                    visit(rival.item)
            done.setdefault(id)

        for id in winners:
            visit(id)
        yield from done

    def _settled(self, item: Item, winners: tuple[Rival, ...], settled: dict[str, Item]) -> Item:
        """An item applies where no winner may; the counter decides where none applies for certain."""
        if not winners:
            return item
        unsure = [rival for rival in winners if rival.item and settled[rival.item].may_when is not None]
        sure = tuple(_out(rival, told_fact(rival.item)) for rival in winners)
        maybe = tuple(
            _out(rival, applies_fact(rival.item) if rival in unsure else told_fact(rival.item)) for rival in winners
        )
        certain = item.when is not None or item.may_when is None
        open_too = item.may_when is not None or (unsure and certain)
        return replace(
            item,
            alone=item,
            when=Every((item.certain, *sure)) if certain else None,
            may_when=Every((item.possible, *maybe)) if open_too else None,
        )


def _out(rival: Rival, fact: str) -> Condition:
    return Not(rival.held) if rival.held is not None else FactIs(fact, holds=False)


def facts_of(items: Mapping[str, Item], named: Iterable[str]) -> dict[str, Condition]:
    """That an item is told, and that it applies; never of one that the region hasn't got."""
    facts: dict[str, Condition] = {}
    for id in sorted(named):
        item = items.get(id)
        facts[told_fact(id)] = NEVER if item is None else item.possible
        facts[applies_fact(id)] = NEVER if item is None else item.certain
    return facts
