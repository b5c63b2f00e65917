"""Checks over a whole bundle, once it is built: what names what, and what must not go round in circles."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from ..conditions import Condition, Every, FactIs, Not, Some, questions_in
from ..faults import ANY_QUESTION
from ..model import (
    Bundle,
    Deadline,
    FigureEntry,
    Item,
    MaterialLine,
    Note,
    ParamRef,
    Place,
    Question,
    Stop,
    Variant,
    figures_in,
)
from ..times import read_span
from .entries import Reader
from .syntax import Names
from .trees import Mapping as Tree
from .trees import Sequence, nearest

_Sourced = Item | MaterialLine | Note | Variant[Deadline] | Variant[str]


def check(bundle: Bundle, tree: Tree, names: Names, reader: Reader) -> None:
    """What is wrong with a bundle built of `tree`, by these `names`, becomes faults of the reader's."""
    _Checker(bundle, tree, names, reader).check()


class _Checker:
    def __init__(self, bundle: Bundle, tree: Tree, names: Names, reader: Reader) -> None:
        self.bundle = bundle
        self.tree = tree
        self.scope = names.scope
        self.order = names.order
        self.reader = reader

    def check(self) -> None:
        cycle = _fact_cycle(self.bundle.facts)
        if cycle:
            place = self.tree["facts"].places.get(cycle, self.tree.place)
            self.reader.fault("L11", place, f"事实 {cycle} 绕了一圈又用到自己。", "拆开其中一个。", id=cycle)
        else:
            self._check_questions_tested()
        for item in self.bundle.items:
            self._check_item(item)
        self._check_notes(self.bundle.notes)
        self._check_no_figures(self.bundle.joint_else, "joint_else", self.tree.places.get("joint_else"))
        self._check_sources()

    # What conditions rest on: can't be told while facts go round in a circle

    def _check_questions_tested(self) -> None:
        for question in self.bundle.questions:
            self._check_gate(question.when, question, question.place)
            for choice in question.choices:
                self._check_gate(choice.when, question, choice.place)
        for stop in self.bundle.stops:
            self._check_stop_figures(stop)

    def _tested(self, condition: Condition) -> frozenset[str]:
        return questions_in(condition, self.bundle.facts, self._inputs)

    @cached_property
    def _inputs(self) -> dict[str, tuple[str, ...]]:
        return {computed.id: computed.questions for computed in self.bundle.computed}

    def _check_gate(self, condition: Condition | None, question: Question, place: Place | None) -> None:
        """Gates and offers rest on earlier questions only."""
        if condition is None:
            return
        for name in sorted(self._tested(condition)):
            if self.order.get(name, -1) >= self.order.get(question.id, len(self.order)):
                message = f"问题 {question.id} 的条件用了 {name}，它在后面才问。"
                self.reader.fault("L10", place or Place("", 1), message, f"把 {name} 移到前面。", id=question.id)

    def _check_stop_figures(self, stop: Stop) -> None:
        """A stop ends the walk at once, so its figures may rest only on what its condition has already asked."""
        asked = self._tested(stop.when)
        for name in self._check_figures((stop.tell, stop.instead), stop.id, stop.place):
            for question in self.bundle.figures[name].questions:
                if question not in asked and ANY_QUESTION not in self.reader.doubtful:
                    message = f"数字 {name} 要用问题 {question}，停止的条件却没有用它。"
                    self.reader.fault("L18", self._at(stop.place), message, "换一个数字，或把它写进条件。", id=stop.id)

    # Items

    def _check_item(self, item: Item) -> None:
        self._check_order(item)
        for variant in item.deadline:
            self._check_start(item, variant)
            self._check_within(item, variant)
        self._check_notes(item.notes)
        for line in item.materials:
            self._check_no_figures(line.note, item.id, line.place)
        words = [variant for word in item.words.values() for variant in word]
        for said in words:
            self._check_figures((said.value or "",), item.id, said.place)  # a word may lack its value: L03
        entries: tuple[_Sourced, ...] = (item, *item.materials, *item.notes, *item.deadline, *words)
        for entry in entries:
            self._check_source(entry.source, item.id, entry.place or item.place or Place("", 1))

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self.bundle.items}

    def _check_order(self, item: Item) -> None:
        place = item.place or Place("", 1)
        for name in item.after:
            if name not in self._items and not self._is_known_badly("items", name):
                message = f"after 里的事项 {name} 不存在。"
                self.reader.fault("L13", place, message, nearest(name, self._items), id=item.id)
        if _reaches(item.id, item.id, self._items):
            self.reader.fault("L15", place, "after 连成了圈。", "去掉其中一个 after。", id=item.id)

    def _check_start(self, item: Item, variant: Variant[Deadline]) -> None:
        start = variant.value.start
        types = {question.id: question.type for question in self.bundle.questions}
        if types.get(start) == "date":
            return
        dates = {id for id, kind in types.items() if kind == "date"}
        self.reader.doubtful |= dates
        if start and not self.scope.open and start not in self.scope.loose | self.reader.misnamed:
            message = f"期限从 {start} 起算，但没有这个日期题。"
            self.reader.fault("L14", variant.place or Place("", 1), message, nearest(start, dates), id=item.id)

    def _check_within(self, item: Item, variant: Variant[Deadline]) -> None:
        within, params = variant.value.within, self.bundle.params
        if not isinstance(within, ParamRef):
            return
        if within.name not in params:
            self.reader.doubtful.add(variant.value.start)
        if not within.name:
            return
        place = variant.place or Place("", 1)
        if within.name not in params:
            if not self.scope.open_params:
                self.reader.fault("L08", place, f"没有参数 {within.name}。", nearest(within.name, params), id=item.id)
            return
        for value in params[within.name].values:
            if value.value is not None and read_span(value.value) is None:
                message = f"参数 {within.name} 的值 {value.value} 不是期限。"
                self.reader.fault("L14", place, message, "写成 90 days 这样。")

    # Figures and sources

    def _check_notes(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self._check_figures((note.tell,), note.id, note.place)

    def _check_figures(self, texts: tuple[str, ...], id: str, place: Place | None) -> tuple[str, ...]:
        """The figures in the texts; those that the bundle doesn't have are faults."""
        names, known = figures_in(*texts), self.bundle.figures
        for name in names:
            if name not in known:
                self.reader.doubtful |= self.bundle.worked_with
                if self._is_whole("figures"):
                    self.reader.fault("L18", self._at(place), f"figures 里没有 {name}。", nearest(name, known), id=id)
        return tuple(name for name in names if name in known)

    def _check_no_figures(self, text: str, id: str, place: Place | None) -> None:
        """Notes of materials and `joint_else` are told whatever was asked, so no figure can stand in them."""
        for name in figures_in(text):
            if name in self.bundle.figures:
                self.reader.fault("L18", self._at(place), f"这里不能写数字 {name}。", "写进 notes 里的提示。", id=id)

    def _check_sources(self) -> None:
        bundle = self.bundle
        told: tuple[Stop | Note | FigureEntry, ...] = (*bundle.stops, *bundle.notes, *bundle.figures.values())
        for entry in told:
            self._check_source(entry.source, entry.id, entry.place)
        for param in bundle.params.values():
            for value in param.values:
                self._check_source(value.source, param.id, self.tree.place)

    def _check_source(self, source: str | None, id: str, place: Place | None) -> None:
        known = self.bundle.sources
        if source and source not in known and self._is_whole("sources"):
            self.reader.fault("L13", self._at(place), f"没有出处 {source}。", nearest(source, known), id=id)

    def _is_whole(self, key: str) -> bool:
        """Whether what stands under a key could be read as a mapping, so that what isn't there isn't."""
        return isinstance(self.tree.get(key) or Tree(self.tree.place), Tree)

    def _is_known_badly(self, key: str, name: str) -> bool:
        """Whether something under a key has no readable name, or the name itself is a fault already."""
        raw = self.tree.get(key)
        entries = raw if isinstance(raw, Sequence) else [raw]
        ids = [one.get("id") if isinstance(one, Tree) else one for one in entries]
        unnamed = not all(isinstance(id, str) and id for id in ids)
        return unnamed or not name or name in self.reader.misnamed

    def _at(self, place: Place | None) -> Place:
        return place or Place(self.bundle.file, 1)


# Circles --------------------------------------------------------------------------------------------------------------


def _fact_cycle(facts: Mapping[str, Condition]) -> str | None:
    """A fact that rests on itself; None where there is none."""
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> str | None:
        if name in path:
            return name
        if name in done:
            return None
        found = next(filter(None, (visit(used, (*path, name)) for used in _facts_in(facts[name]))), None)
        done.add(name)
        return found

    return next(filter(None, (visit(name, ()) for name in facts)), None)


def _facts_in(condition: Condition) -> list[str]:
    return [part.fact for part in _closed_parts(condition) if isinstance(part, FactIs)]


def _closed_parts(condition: Condition) -> list[Condition]:
    """The parts of a condition without opening its facts."""
    match condition:
        case Every(parts) | Some(parts):
            return [condition, *(inner for part in parts for inner in _closed_parts(part))]
        case Not(part):
            return [condition, *_closed_parts(part)]
        case _:
            return [condition]


def _reaches(start: str, goal: str, items: Mapping[str, Item]) -> bool:
    """Whether `after` leads from `start` back to `goal`."""
    seen: set[str] = set()
    queue = list(items[start].after)
    while queue:
        name = queue.pop()
        if name == goal:
            return True
        if name not in seen and name in items:
            seen.add(name)
            queue += items[name].after
    return False
