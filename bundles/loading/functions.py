"""Reads what is worked out of answers, by a function or as an amount, and the tables that amounts look into."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..amounts import Amount, AmountFault, Asked, Leaf, Looked, Named, Ticked, Valued, leaves, read_amount
from ..arithmetic import ZERO
from ..bounds import may_be_unknown
from ..computing import FIGURES, FUNCTIONS
from ..conditions import ALWAYS, Condition, Every, FactIs, Not, Some, questions_in
from ..faults import ANY_QUESTION
from ..model import Bundle
from ..reading.correcting import said
from ..reading.entries import Reader, fact
from ..reading.keys import AMOUNT, BANDED, CASE, CELLS, COMPUTED, FIGURE, ID, TABLE, TEXT, Mapped, Several, is_amount
from ..reading.syntax import Names
from ..reading.trees import Mapping as Tree
from ..reading.trees import nearest
from ..values import UNKNOWN, Case, Cells, Computed, FigureEntry, Param, Place, Table, WorkedOut

ASKED = ("number", "date")  # the types of questions that amounts may name


class FunctionReader:
    """Teaches a reader a bundle's computed values and figures, which may rest on its questions and params."""

    def __init__(self, reader: Reader, names: Names, params: Mapping[str, Param]) -> None:
        self.reader = reader
        self.names = names
        self.params = params
        # Whether there is such a function is looked up once the entry is read: without `by` there is none either.
        reader.learn(result_function=reader.text, figure_function=reader.text, input=self._input, results=self._results)
        reader.learn_under_ids(computed=self._computed, figure=self._figure)

    def _computed(self, name: str, raw: Any, place: Place) -> Computed:
        self.reader.owner = name
        if isinstance(raw, Tree) and is_amount(raw):
            return self._banded(name, raw, place)
        parsed = self.reader.read(raw, place, COMPUTED)
        results: dict[str, str] = parsed.get("gives", {})
        label = parsed.get("label", "")
        of, gives = parsed.get("of", ()), tuple(results)
        computed = Computed(
            name, parsed.get("by", ""), of, gives=gives, label=label, labels=results, remark=parsed.get("remark", ""),
            place=place,
        )  # fmt: skip
        self._check_function(computed.by, FUNCTIONS, place)
        return computed

    def _banded(self, name: str, raw: Tree, place: Place) -> Computed:
        parsed = self.reader.read(raw, place, BANDED)
        bands = parsed.get("bands", ())
        labels = {band.id: band.label for band in bands} | {UNKNOWN: parsed.get("unknown", "算不出来")}
        label, cases = parsed.get("label", ""), self._cases(parsed, place)
        remark = parsed.get("remark", "")
        return Computed(name, "", (), cases, tuple(labels), label, labels, bands, remark, place)

    def _results(self, raw: Any, place: Place) -> dict[str, str]:
        """A list of results, or a mapping from result to its words."""
        if isinstance(raw, Tree):
            words: dict[str, str] = self.reader.parser(Mapped(TEXT))(raw, place)
            return words
        return dict.fromkeys(self.reader.parser(Several(ID))(raw, place), "")

    def _figure(self, name: str, raw: Any, place: Place) -> FigureEntry:
        self.reader.owner = name
        by_amount = isinstance(raw, Tree) and is_amount(raw)
        parsed = self.reader.read(raw, place, AMOUNT if by_amount else FIGURE)
        if by_amount:
            cases = self._cases(parsed, place)
            parsed = {key: value for key, value in parsed.items() if key != "of"} | {"cases": cases}
        figure = FigureEntry(**{"id": name, "by": "", "of": (), **parsed, "place": place})
        if not by_amount:
            self._check_function(figure.by, FIGURES, place)
        for question in figure.questions:
            if self.names.types.get(question) == "many":
                message = f"{question} 是多选题，不能拿来算。"
                self.reader.fault("L18", place, message, "改用是非题，或改成几道题。")
        return figure

    def _cases(self, parsed: Mapping[str, Any], place: Place) -> tuple[Case, ...]:
        """The ways to work it out: one amount for all, or cases of which the first that holds counts."""
        amount, cases = parsed.get("of"), parsed.get("cases", ())
        if (amount is None) == (not cases):
            self.reader.fault("L20", place, "of 和 cases 要写一个，也只能写一个。", "of 写一个算式；分情况的写 cases。")
        return cases if amount is None else (Case(amount, place=place),)

    def _input(self, raw: Any, place: Place) -> str:
        """What a function rests on: a question, or a param written `$name`."""
        name = said(raw)
        known = self.params if name.startswith("$") else self.names.scope.questions
        unsure = self.names.scope.open_params if name.startswith("$") else self.names.scope.open
        if name.removeprefix("$") not in known and not unsure:
            self.reader.doubtful.add(ANY_QUESTION)
            self.reader.fault("L08", place, f"没有问题或参数 {name}。", nearest(name.removeprefix("$"), known))
        return name

    def _check_function(self, by: str, known: Mapping[str, object], place: Place) -> None:
        if by and by not in known:
            self.reader.fault("L16", place, f"没有计算函数 {by}。", nearest(by, known))


class AmountReader:
    """Teaches a reader amounts, which may name questions, params, tables and other figures; and tables."""

    def __init__(self, reader: Reader, names: Names, params: Mapping[str, Param]) -> None:
        self.reader = reader
        self.names = names
        self.params = params
        reader.learn(amount=self._amount, case=self._case, cells=self._cells, table_state=self._state)
        reader.learn_under_ids(table=self._table)

    def _case(self, raw: Any, place: Place) -> Case:
        parsed = self.reader.read(raw, place, CASE)
        return Case(parsed.get("of", ZERO), parsed.get("when"), place)

    def _amount(self, raw: Any, place: Place) -> Amount:
        if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
            self.reader.fault("L20", place, "这里要写算式。", "例如 of: income / members。")
            return ZERO
        try:
            return read_amount(str(raw), self._leaf, self._ticked)
        except AmountFault as fault:
            self.reader.doubtful.add(ANY_QUESTION)
            self.reader.fault("L20", place, fault.message, fault.remedy)
            return ZERO

    def _leaf(self, name: str) -> Amount:
        names = self.names
        if name.startswith("$"):
            if name[1:] not in self.params:
                raise AmountFault(f"没有参数 {name[1:]}。", nearest(name[1:], self.params))
            return Valued(name[1:])
        if names.types.get(name) in ASKED:
            return Asked(name)
        if name in names.tables:
            return Looked(name)
        if name in names.amounts:
            return Named(name)
        raise self._no_amount(name)

    def _no_amount(self, name: str) -> AmountFault:
        """What to say of a name that an amount can't use."""
        names = self.names
        if name in names.types:
            return AmountFault(f"{name} 不是数值题，也不是日期题，不能直接算。", "分情况写 cases，或做成 tables。")
        if name in self.params:
            return AmountFault(f"{name} 是参数。", f"写成 ${name}。")
        if name in names.scope.computed:
            return AmountFault(f"{name} 是条件用的分段结果，不能拿来算。", "把它的算式也写进 figures，用那个名字。")
        asked = [question for question, kind in names.types.items() if kind in ASKED]
        blanks = "减号两边要留空格。" if "-" in name else ""
        return AmountFault(f"算式里的 {name} 没有。", blanks or nearest(name, [*asked, *names.tables, *names.amounts]))

    def _ticked(self, name: str) -> Amount:
        many = [question for question, kind in self.names.types.items() if kind == "many"]
        if name not in many:
            raise AmountFault(f"ticked 的括号里要写多选题，{name} 不是。", nearest(name, many))
        return Ticked(name)

    # Tables

    def _table(self, name: str, raw: Any, place: Place) -> Table:
        self.reader.owner = name
        parsed = self.reader.read(raw, place, TABLE)
        own, states = parsed.get("cells"), parsed.get("states", ())
        if (own is None) == (not states):
            self.reader.fault("L22", place, "cells 和 states 要写一个，也只能写一个。", "值按日期变的写 states。")
        if own is not None:
            states = (Cells(own, **fact(parsed)),)
        by = self._keys(parsed.get("by", ()), place)
        return Table(name, by, tuple(states), parsed.get("label", ""), parsed.get("unit", "number"), place)

    def _keys(self, by: tuple[str, ...], place: Place) -> tuple[str, ...]:
        for question in by:
            if question not in self.names.types:
                known = nearest(question, self.names.types)
                other = question in self.names.scope.names
                message = f"by 里只能写问题，{question} 不是。" if other else f"by 里的问题 {question} 没有。"
                self.reader.fault("L22", place, message, "写它所用的问题。" if other else known)
            elif self.names.types[question] == "many":
                self.reader.fault("L22", place, f"{question} 是多选题，不能拿来查表。", "改成几道是非题。")
        return tuple(question for question in by if self.names.types.get(question, "many") != "many")

    def _state(self, raw: Any, place: Place) -> Cells:
        parsed = self.reader.read(raw, place, CELLS)
        return Cells(parsed.get("cells", {}), parsed.get("from"), **fact(parsed))

    def _cells(self, raw: Any, place: Place) -> dict[tuple[str, ...], Decimal]:
        """Mappings within mappings, as deep as the table has questions; an empty cell has no value."""
        return dict(self._found(raw, place, ()))

    def _found(self, raw: Any, place: Place, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
        if isinstance(raw, Tree):
            for key, value in raw.items():
                yield from self._found(value, raw.places[key], (*path, key))
        elif raw is not None:
            yield path, self.reader.number(raw, place)


# Inputs ---------------------------------------------------------------------------------------------------------------


def with_inputs(bundle: Bundle, reader: Reader) -> Bundle:
    """The bundle with what each amount rests on; amounts that go round in a circle are faults and rest on nothing."""
    used = {name: named_in(figure) for name, figure in bundle.figures.items()}
    circle = next((name for name in used if _leads_to(name, name, used)), None)
    if circle is not None:
        place = bundle.figures[circle].place or Place(bundle.file, 1)
        reader.fault("L11", place, f"数字 {circle} 绕了一圈又用到自己。", "拆开其中一个。", id=circle)
        reader.doubtful.add(ANY_QUESTION)
        return replace(bundle, figures={name: replace(figure, cases=()) for name, figure in bundle.figures.items()})
    if fact_cycle(bundle.facts):
        return bundle
    inputs: dict[str, tuple[str, ...]] = {}
    computed = []
    for entry in bundle.computed:
        rests = _settled(bundle, replace(entry, of=_inputs_of(bundle, entry, inputs))) if entry.cases else entry
        inputs[entry.id] = rests.questions
        computed.append(rests)
    figures = {
        name: replace(figure, of=_inputs_of(bundle, figure, inputs)) if figure.cases else figure
        for name, figure in bundle.figures.items()
    }
    return replace(bundle, computed=tuple(computed), figures=figures)


def _settled(bundle: Bundle, entry: Computed) -> Computed:
    """A computed amount without UNKNOWN among its results where it is always known."""
    if not entry.bands or any(band.id == UNKNOWN for band in entry.bands):
        return entry  # which is a fault already, or will be
    tables = (leaf.table for case in entry.cases for leaf in leaves(case.amount) if isinstance(leaf, Looked))
    if any(name not in bundle.tables for name in tables) or may_be_unknown(bundle, entry):
        return entry
    return replace(entry, gives=tuple(result for result in entry.gives if result != UNKNOWN))


def _inputs_of(bundle: Bundle, entry: WorkedOut, computed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Questions and `$params`, each once, in the order of the questions."""
    found: set[str] = set()
    for case in entry.cases:
        found |= questions_in(case.when or ALWAYS, bundle.facts, computed)
        for leaf in leaves(case.amount):
            found |= _rests_on(bundle, leaf, computed)
    order = [question.id for question in bundle.questions]
    return (*(name for name in order if name in found), *sorted(name for name in found if name.startswith("$")))


def _rests_on(bundle: Bundle, leaf: Leaf, computed: Mapping[str, tuple[str, ...]]) -> set[str]:
    match leaf:
        case Asked(name) | Ticked(name):
            return {name}
        case Valued(name):
            return {f"${name}"}
        case Looked(name):
            return set(bundle.tables[name].by) if name in bundle.tables else set()
        case Named(name):
            return set(_inputs_of(bundle, bundle.figures[name], computed)) if name in bundle.figures else set()
        case _:
            return set()


def named_in(entry: WorkedOut) -> set[str]:
    return {leaf.figure for case in entry.cases for leaf in leaves(case.amount) if isinstance(leaf, Named)}


def leads_to_any(name: str, goals: set[str], used: Mapping[str, set[str]]) -> bool:
    return name in goals or any(_leads_to(name, goal, used) for goal in goals)


def _leads_to(start: str, goal: str, used: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    queue = list(used.get(start, ()))
    while queue:
        name = queue.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            queue += used.get(name, ())
    return False


def fact_cycle(facts: Mapping[str, Condition]) -> str | None:
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
