"""Checks over a whole bundle, once it is built: what names what, and what must not go round in circles."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ..amounts import AmountFault, Asked, Kind, Leaf, Named, kind_of
from ..amounts import Valued as ParamLeaf
from ..bounds import Unbounded, bounds_in
from ..conditions import ALWAYS, Condition, Resulted, parts_of, questions_in
from ..faults import ANY_QUESTION
from ..model import Bundle, Deadline, Item, MaterialLine, Note, Stop, Variant
from ..reading.entries import Reader
from ..reading.syntax import Names
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence, nearest
from ..times import limit_of, read_span
from ..values import (
    UNKNOWN,
    Band,
    Computed,
    FigureEntry,
    FigureRef,
    ParamRef,
    Place,
    Table,
    figures_in,
    misspelt_in,
)
from .functions import fact_cycle, leads_to_any, named_in

LENGTHS = ("days", "months", "years")
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
        cycle = fact_cycle(self.bundle.facts)
        for question in self.bundle.questions:
            said = (question.ask, question.hint, question.why, *(choice.label for choice in question.choices))
            self._check_no_figures(" ".join(said), question.id, question.place)
        if cycle:
            self.reader.doubtful.add(ANY_QUESTION)
            self._fault_circle(cycle)
        else:
            self._check_questions_tested()
            self._check_amounts()
        for table in self.bundle.tables.values():
            self._check_table(table)
        for item in self.bundle.items:
            self._check_item(item)
        self._check_notes(self.bundle.notes)
        for one_of in self.bundle.one_of:
            self._check_source(one_of.source, one_of.id, one_of.place)
            for text in (one_of.tell, *(rival.label for rival in one_of.rivals)):
                self._check_no_figures(text, one_of.id, one_of.place)
        self._check_no_figures(self.bundle.joint_else, "joint_else", self.tree.places.get("joint_else"))
        self._check_sources()

    def _fault_circle(self, name: str) -> None:
        places = self.tree["facts"].places if isinstance(self.tree.get("facts"), Tree) else {}
        id = name.rpartition(" ")[2]
        if id == name:
            message, remedy, place = f"事实 {id} 绕了一圈又用到自己。", "拆开其中一个。", places.get(id)
        else:
            message, place = f"事项 {id} 的条件绕了一圈又用到自己。", self._items[id].place
            remedy = "它的条件，或优先于它的事项的条件，不能用 item 测它自己。"
        self.reader.fault("L11", place or self.tree.place, message, remedy, id=id)

    # What conditions rest on: can't be told while facts go round in a circle

    def _check_questions_tested(self) -> None:
        of_tables: dict[str, frozenset[str]] = {}  # what the gates of their tables rest on
        for table in self.bundle.members:
            self._check_gate(table.when, table.id, table.questions[0], table.place)
            of_tables |= dict.fromkeys(table.questions, self._tested(table.when or ALWAYS))
        for question in self.bundle.questions:
            self._check_gate(question.when, question.id, question.id, question.place, of_tables.get(question.id))
            for choice in question.choices:
                self._check_gate(choice.when, question.id, question.id, choice.place)
        for stop in self.bundle.stops:
            self._check_stop_figures(stop)

    def _tested(self, condition: Condition) -> frozenset[str]:
        return questions_in(condition, self.bundle.facts, self._inputs)

    @cached_property
    def _inputs(self) -> dict[str, tuple[str, ...]]:
        return {computed.id: computed.questions for computed in self.bundle.computed}

    def _check_gate(
        self, condition: Condition | None, id: str, first: str, place: Place | None, told: Collection[str] | None = None
    ) -> None:
        """Gates and offers rest on questions before the `first` that they open. Of those `told` no more is said."""
        for name in sorted(self._tested(condition or ALWAYS) - set(told or ())):
            if self.order.get(name, -1) >= self.order.get(first, len(self.order)):
                message = f"问题 {id} 的条件用了 {name}，它在后面才问。"
                self.reader.fault("L10", place or Place("", 1), message, f"把 {name} 移到前面。", id=id)
                self.reader.doubtful.add(first)

    def _check_stop_figures(self, stop: Stop) -> None:
        """A stop ends the walk at once, so its figures may rest only on what its condition has already asked."""
        asked = self._tested(stop.when)
        for name in self._check_figures((stop.tell, stop.instead), stop.id, stop.place):
            for question in self.bundle.figures[name].questions:
                if question not in asked and ANY_QUESTION not in self.reader.doubtful:
                    message = f"数字 {name} 要用问题 {question}，停止的条件却没有用它。"
                    self.reader.fault("L18", self._at(stop.place), message, "换一个数字，或把它写进条件。", id=stop.id)

    # Amounts and tables

    def _check_amounts(self) -> None:
        """What is wrong with an amount is told of it alone, and not of those that use it."""
        faulty = {fault.id for fault in self.reader.faults if fault.code in ("L11", "L16", "L20")}
        if any(fault.code == "L11" for fault in self.reader.faults):
            return
        entries: tuple[Computed | FigureEntry, ...] = (*self.bundle.computed, *self.bundle.figures.values())
        found = [(entry, self._amount_fault(entry)) for entry in entries if entry.id not in faulty]
        faulty |= {entry.id for entry, fault in found if fault and isinstance(entry, FigureEntry)}
        used = {name: named_in(figure) for name, figure in self.bundle.figures.items()}
        for entry, fault in found:
            if fault and not any(leads_to_any(name, faulty, used) for name in named_in(entry)):
                code, message, remedy = fault
                self.reader.doubtful.update(entry.questions or (ANY_QUESTION,))
                self.reader.fault(code, self._at(entry.place), message, remedy, id=entry.id)

    def _amount_fault(self, entry: Computed | FigureEntry) -> tuple[str, str, str] | None:
        """Code, message and remedy."""
        if isinstance(entry, Computed) and not entry.questions:
            message = f"{entry.id} 没有用到任何问题，同一天、同一个地方的结果总是一样。"
            return "L20", message, "各地不同的写 param，到哪天变的写 changes/<日期>.yaml。"
        try:
            if entry.cases:
                self._check_amount(entry)
        except AmountFault as fault:
            return "L20", fault.message, fault.remedy
        except Unbounded as fault:
            return "L21", f"算不出来：{fault}。", "给问题写 lowest、highest，或用 max、min、cases 把它排除。"
        return None

    def _check_amount(self, entry: Computed | FigureEntry) -> None:
        """Raises AmountFault, Unbounded."""
        kinds = {kind_of(case.amount, self._kind_of) for case in entry.cases}
        if len(kinds) > 1:
            raise AmountFault("有的情况算出日期，有的算出数。", "分成两个。")
        if isinstance(entry, Computed):
            self._check_computed_amount(entry, kinds)
        self._check_cases(entry)
        bounds = bounds_in(self.bundle, entry)
        if not isinstance(entry, FigureEntry):
            return
        if kinds == {"day"}:
            if entry.unit != "number":
                raise AmountFault("算出的是日期，没有 unit。", "去掉 unit，或用 days、months 算到那天有多久。")
            return
        if bounds.low < 0 and entry.unit != "number":
            raise Unbounded("结果可能小于零")
        finest = Fraction(1) if entry.unit in ("days", "months", "years") else Fraction(1, 100)
        if not bounds.step or (bounds.step / finest).denominator != 1:
            said = "整数" if finest == 1 else "两位小数"
            raise AmountFault(f"结果可能不是{said}。", "用 round_down、round_up 或 round_half_up 写明往哪边取整。")

    def _check_computed_amount(self, entry: Computed, kinds: set[Kind]) -> None:
        if kinds == {"day"}:
            raise AmountFault("分段要用数，这里算出的是日期。", "用 days、months 算到今天有多久。")
        self._check_amount_bands(entry)
        before = {computed.id for computed in self.bundle.computed[: self.bundle.computed.index(entry)]}
        for case in entry.cases:
            for part in parts_of(case.when or ALWAYS, self.bundle.facts):
                if isinstance(part, Resulted) and part.computed not in before:
                    raise AmountFault(f"条件里的 {part.computed} 在后面才算。", "把它移到前面。")

    def _check_amount_bands(self, entry: Computed) -> None:
        below: tuple[Decimal, bool] | None = None  # the limit before, and whether its band reaches it
        for number, band in enumerate(entry.bands, 1):
            at = self._at(band.place)
            if band.id == UNKNOWN:
                message = f"{UNKNOWN} 是保留的词：算不出来的时候叫它。"
                self.reader.fault("L06", at, message, "换一个名字；它的说法写在 unknown: 后面。", id=entry.id)
            if (band.kind is None) != (number == len(entry.bands)) or band.kind not in (None, "up_to", "under"):
                said, remedy = "每一段写 up_to 或 under，只有最后一段没有界限。", "把没有界限的一段放到最后，只写一段。"
                self.reader.fault("L12", at, said, remedy, id=band.id)
                return
            if isinstance(band.limit, ParamRef):
                self._check_band_param(band, band.limit.name, at)
            elif band.kind and not isinstance(band.limit, Decimal):
                remedy = "写成数字；日子有多久，用 days、months 算出来再分段。"
                self.reader.fault("L12", at, "算出来的数，界限也要是数。", remedy, id=band.id)
            elif isinstance(band.limit, Decimal):
                here = (band.limit, band.kind == "up_to")
                if below is not None and here <= below:
                    self.reader.doubtful.update(entry.questions)
                    self.reader.fault("L12", at, "前面的段已经包括了它，永远轮不到。", "界限从小到大写。", id=band.id)
                below = here

    def _check_band_param(self, band: Band, name: str, at: Place) -> None:
        params = self.bundle.params
        if name not in params:
            if not self.scope.open_params and not name.startswith("?"):
                self.reader.fault("L08", at, f"没有参数 {name}。", nearest(name, params), id=band.id)
            return
        for value in params[name].values:
            if isinstance(value.value, str):
                message = f"参数 {name} 的值 {value.value} 不是数，不能当这里的界限。"
                self.reader.fault("L12", at, message, "换一个是数的参数。", id=band.id)
                return

    def _check_cases(self, entry: Computed | FigureEntry) -> None:
        for number, case in enumerate(entry.cases, 1):
            if case.when is None and number < len(entry.cases):
                raise AmountFault(f"第 {number} 种情况没有条件，后面的永远用不到。", "把它放到最后。")

    def _kind_of(self, leaf: Leaf) -> Kind:
        match leaf:
            case Asked(name):
                return "day" if self.bundle.question(name).type == "date" else "number"
            case ParamLeaf(name):
                return self._kind_of_param(name)
            case Named(name):
                return kind_of(self.bundle.figures[name].cases[0].amount, self._kind_of)
            case _:
                return "number"

    def _kind_of_param(self, name: str) -> Kind:
        values = [value.value for value in self.bundle.params[name].values if value.value is not None]
        if any(isinstance(value, str) and limit_of(value, "before") is None for value in values):
            raise AmountFault(f"参数 {name} 的值不是数，也不是日期。", "算式里只能用数或日期。")
        return "day" if any(isinstance(value, str) for value in values) else "number"

    def _check_table(self, table: Table) -> None:
        allowed = [self._keys_of(name) for name in table.by]
        for state in table.states:
            self._check_source(state.source, table.id, table.place)
        if any(fault.code == "L22" and fault.id == table.id for fault in self.reader.faults):
            return  # `by` itself is wrong
        paths = [path for state in table.states for path in state.values]
        if _is_turned_round(paths, allowed):
            message = f"表格一层层的次序和 by 不一样：by 先写的是 {table.by[0]}。"
            remedy = f"by 换成 [{', '.join(reversed(table.by))}]，或换表格的层。"
            self.reader.fault("L22", self._at(table.place), message, remedy, id=table.id)
            return
        for path in paths:
            self._check_path(table, path, allowed)

    def _check_path(self, table: Table, path: tuple[str, ...], allowed: list[tuple[str, ...] | None]) -> None:
        at = self._at(table.place)
        if len(path) != len(table.by):
            message = f"表格的“{' / '.join(path)}”有 {len(path)} 层，by 有 {len(table.by)} 个问题。"
            self.reader.fault("L22", at, message, "一层一个问题，次序和 by 一样。", id=table.id)
            return
        for key, known, name in zip(path, allowed, table.by, strict=True):
            if known is not None and key not in known:
                self.reader.fault("L22", at, f"问题 {name} 没有 {key}。", nearest(key, known), id=table.id)
            elif known is None and not key.isdecimal():
                self.reader.fault(
                    "L22", at, f"{key} 不是整数。", f"{name} 是没有分段的数值题，写 1、2、3。", id=table.id
                )

    def _keys_of(self, name: str) -> tuple[str, ...] | None:
        """What the answers to a question are called in a table; None where they are whole numbers."""
        question = next((question for question in self.bundle.questions if question.id == name), None)
        if question is None or (question.type == "number" and not question.bands):
            return None
        return question.values

    # Items

    def _check_item(self, item: Item) -> None:
        self._check_order(item)
        for variant in item.deadline:
            self._check_start(item, variant)
            self._check_within(item, variant)
        self._check_notes(item.notes)
        for line in item.materials:
            for text in (line.note, *((line.any_of.label, line.any_of.note) if line.any_of else ())):
                self._check_no_figures(text, item.id, line.place)
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
        place = variant.place or Place("", 1)
        if isinstance(within, FigureRef):
            self._check_length(within.name, item, place)
        if not isinstance(within, ParamRef):
            return
        if within.name not in params:
            self.reader.doubtful.add(variant.value.start)
            if within.name and not self.scope.open_params:
                self.reader.fault("L08", place, f"没有参数 {within.name}。", nearest(within.name, params), id=item.id)
            return
        for value in params[within.name].values:
            if value.value is not None and read_span(value.value) is None:
                message = f"参数 {within.name} 的值 {value.value} 不是期限。"
                self.reader.fault("L14", place, message, "写成 90 days 这样。")

    def _check_length(self, name: str, item: Item, place: Place) -> None:
        known = [figure.id for figure in self.bundle.figures.values() if figure.cases and figure.unit in LENGTHS]
        if name not in known and not any(fault.code == "L11" for fault in self.reader.faults):
            message = f"期限不能用 {name}：figures 里没有用算式算出天、月或年的 {name}。"
            self.reader.fault("L14", place, message, nearest(name, known), id=item.id)

    # Figures and sources

    def _check_notes(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self._check_figures((note.tell,), note.id, note.place)

    def _check_figures(self, texts: tuple[str, ...], id: str, place: Place | None) -> tuple[str, ...]:
        """The figures in the texts; those that the bundle doesn't have are faults."""
        for wrong in misspelt_in(texts, self.bundle.figures):
            message = f"{wrong} 不是数字的名字，页面上会照原样写出来。"
            remedy = "算式写在 figures 里，文字里只写 {名字}：英文花括号，没有空格。"
            self.reader.fault("L18", self._at(place), message, remedy, id=id)
        names, known = figures_in(*texts), self.bundle.figures
        for name in names:
            if name not in known:
                self.reader.doubtful |= self.bundle.worked_with
                if self._is_whole("figures"):
                    remedy = self._as_figure(name) or nearest(name, known)
                    self.reader.fault("L18", self._at(place), f"figures 里没有 {name}。", remedy, id=id)
        return tuple(name for name in names if name in known)

    def _as_figure(self, name: str) -> str:
        """How to show what is no figure but something else of that name."""
        bundle = self.bundle
        numbers = {question.id for question in bundle.questions if question.type in ("date", "number")}
        if name in bundle.tables or name in numbers:
            return f"在 figures 里给它一个名字：{{of: {name}, unit: …}}。"
        if name in bundle.params:
            return f"在 figures 里给它一个名字：{{of: ${name}, unit: …}}。"
        return "条件用的分段结果不能写进文字；把它的算式写进 figures。" if name in self._inputs else ""

    def _check_no_figures(self, text: str, id: str, place: Place | None) -> None:
        """Questions, notes of materials and `joint_else` are told whatever was asked: no figure can stand in them."""
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


def _is_turned_round(paths: list[tuple[str, ...]], allowed: list[tuple[str, ...] | None]) -> bool:
    """Whether the levels of a table by two questions stand in the other order."""
    if len(allowed) != 2 or not paths or any(len(path) != 2 for path in paths):
        return False

    def fits(order: int) -> bool:
        return all(
            key.isdecimal() if known is None else key in known
            for path in paths
            for key, known in zip(path[::order], allowed, strict=True)
        )

    return fits(-1) and not fits(1)


# Circles --------------------------------------------------------------------------------------------------------------


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
