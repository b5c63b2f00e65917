"""Reads tables of people: their results become ordinary questions, and the table says how its rows answer them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from ..conditions import ALWAYS, Condition, Every, Unread
from ..model import Bundle, Choice, Members, Question, Result, ResultKind
from ..reading.correcting import said
from ..reading.entries import Reader
from ..reading.keys import COLUMN, COLUMN_CHOICE, MEMBERS, RESULT_KINDS, is_table
from ..reading.syntax import Scope, read_condition
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence, nearest
from ..reserved import CONDITION_WORDS, OTHER_USES
from ..values import Param, Place
from .questions import LARGEST, UNTOLD, YES_NO, QuestionReader

MOST = 12  # rows
ALL = "all"
HOW = (*RESULT_KINDS, "where")  # keys of a result that say how rows answer it; the others are a question's


# Trees ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lines:
    """A table as it is written, the lines of its results, and which question of the bundle is its first."""

    table: Tree
    results: tuple[Tree, ...]
    first: int


def opened(tree: Tree) -> tuple[Tree, tuple[Lines, ...]]:
    """The bundle's tree with the results of each table as plain questions in its place, and the tables.

    `tree` stays as it is.
    """
    raw = tree.get("questions")
    lines = raw if isinstance(raw, Sequence) else _alone(raw, tree)
    questions, tables = Sequence(lines.place), []
    for line, place in zip(lines, lines.places, strict=True):
        if isinstance(line, Tree) and is_table(line):
            tables.append(Lines(line, _results(line), len(questions)))
            for result in tables[-1].results:
                questions.put(_as_question(result), result.place)
        else:
            questions.put(line, place)
    if not tables:
        return tree, ()
    result = tree.copied()
    result.put("questions", questions, tree.places["questions"])
    return result, tuple(tables)


def _alone(raw: Any, tree: Tree) -> Sequence:
    """A single line stands for a list of one."""
    lines = Sequence(tree.place)
    if raw is not None:
        lines.put(raw, tree.places["questions"])
    return lines


def _results(table: Tree) -> tuple[Tree, ...]:
    raw = table.get("results")
    return tuple(line for line in (raw if isinstance(raw, Sequence) else [raw]) if isinstance(line, Tree))


def _as_question(result: Tree) -> Tree:
    """The line as a plain question's; an empty one stays empty."""
    question = Tree(result.place, result.faulty)
    for key, value in result.items():
        if key not in HOW:
            question.put(key, value, result.places[key])
    if result:
        kind = next((key for key in result if key in RESULT_KINDS), "count")
        question.put("type", "yesno" if kind == "any" else "number", result.place)
    return question


def _is_sound(raw: Any) -> bool:
    """Whether nothing in it was faulty when words were put right."""
    if isinstance(raw, Tree):
        return not raw.faulty and all(map(_is_sound, raw.values()))
    return not isinstance(raw, Sequence) or all(map(_is_sound, raw))


# Tables ---------------------------------------------------------------------------------------------------------------


class MembersReader:
    """Reads the tables of a bundle whose questions are read already.

    What is wrong with a table makes only the questions doubtful that it answers.
    """

    def __init__(self, reader: Reader, params: Mapping[str, Param], open_params: bool) -> None:
        self.reader = reader
        self.inner = Reader(reader.faults)
        self.checks = QuestionReader(self.inner, params, (), open_params)
        self.fills: dict[str, tuple[str, Place]] = {}
        self.inner.learn(column_choice=self._choice)
        reader.learn(column=self._column)

    def settled(self, bundle: Bundle, written: Iterable[Lines]) -> Bundle:
        """The bundle with its tables; the questions that they answer take whatever a table can come to."""
        questions, tables = list(bundle.questions), []
        for lines in written:
            known = len(self.reader.faults)
            table = self._table(lines, bundle.questions)
            sure = len(self.reader.faults) == known
            for number, (line, result) in enumerate(zip(lines.results, table.results, strict=True), lines.first):
                questions[number] = self._settled(questions[number], result, table, line, sure)
            self._check_fills(bundle, table)
            if len(self.reader.faults) > known:
                self.reader.doubtful.update(table.questions)
            tables += [table] if table.results else []
        return replace(bundle, questions=tuple(questions), members=tuple(tables))

    def _table(self, lines: Lines, questions: tuple[Question, ...]) -> Members:
        raw, place = lines.table, lines.table.place
        owner = self.reader.owner = said(raw.get("id", "members"))
        known, self.fills = len(self.reader.faults), {}
        parsed = self.reader.read(raw, place, MEMBERS)
        self.reader.owner = owner
        columns: tuple[Question, ...] = parsed.get("columns", ())
        sure = len(self.reader.faults) == known and _is_sound(raw.get("columns"))
        self._check_shape(raw, parsed)
        testable = {column.id: column.values for column in columns}
        scope = Scope(testable, loose=frozenset() if sure else frozenset(testable), open=not sure)
        ids = [question.id for question in questions[lines.first : lines.first + len(lines.results)]]
        results = (self._result(id, line, columns, scope) for id, line in zip(ids, lines.results, strict=True))
        words = {key: parsed[key] for key in ("section", "hint", "why", "when", "row") if key in parsed}
        most, fills = parsed.get("most", MOST), {id: field for id, (field, _) in self.fills.items()}
        return Members(
            owner, parsed.get("ask", ""), columns, tuple(results), **words, most=min(max(most, 1), MOST), fills=fills,
            place=place,
        )  # fmt: skip

    def _check_shape(self, raw: Tree, parsed: Mapping[str, Any]) -> None:
        if not 1 <= parsed.get("most", MOST) <= MOST:
            self.reader.fault("L04", raw.places["most"], f"most 是最多几行，写 1 到 {MOST}。")
        if "columns" in parsed and not parsed["columns"]:
            self.reader.fault("L03", raw.places["columns"], "表里一列也没有。", "补上 columns。")
        results = raw.get("results")
        for line, place in self._listed(results, raw) if results is not None else ():
            if not isinstance(line, Tree):
                self.reader.fault(
                    "L04", place, "这里要写成“键: 值”。", "例如 {id: people, ask: 一共几个人？, count: all}。"
                )
        if isinstance(results, Sequence) and not results:
            self.reader.fault("L03", raw.places["results"], "表里一个结果也没有。", "补上 results。")

    @staticmethod
    def _listed(raw: Any, table: Tree) -> list[tuple[Any, Place]]:
        return (
            list(zip(raw, raw.places, strict=True)) if isinstance(raw, Sequence) else [(raw, table.places["results"])]
        )

    # Columns

    def _column(self, raw: Any, place: Place) -> Question:
        owner = self.inner.owner = said(raw.get("id", "column")) if isinstance(raw, Tree) else "column"
        known = len(self.inner.faults)
        parsed = self.inner.read(raw, place, COLUMN)
        if field := parsed.pop("fills", None):
            self.fills[owner] = (field, raw.places["fills"])
        column = Question(**{"id": owner, "ask": parsed.pop("label", ""), **parsed, "place": place})
        if owner in (*CONDITION_WORDS, *OTHER_USES):
            self.inner.fault("L06", place, f"{owner} 是保留的词，不能当名字。", "换一个名字。")
        if column.type == "yesno" and not column.choices:
            column = replace(column, choices=YES_NO)
        faulty = isinstance(raw, Tree) and raw.faulty
        if not faulty and not any(fault.code in UNTOLD for fault in self.inner.faults[known:]):
            self.checks.check(column, place)
        return column

    def _choice(self, raw: Any, place: Place) -> Choice:
        parsed = self.inner.read(raw, place, COLUMN_CHOICE)
        id = parsed.get("id", "")
        return Choice(id, parsed.get("label", id), parsed.get("hint", ""), place=place, official=parsed.get("official"))

    # Results

    def _result(self, id: str, raw: Tree, columns: tuple[Question, ...], scope: Scope) -> Result:
        self.inner.owner = id
        kinds = [kind for kind in RESULT_KINDS if raw.get(kind) is not None]
        if len(kinds) != 1 and raw and not raw.faulty:
            told = f"这里写了 {'、'.join(kinds)}" if kinds else "没有写这张表怎样答它"
            remedy = f"{'、'.join(RESULT_KINDS)} 里写一个，也只写一个。"
            self.inner.fault("L04" if kinds else "L03", raw.place, f"{told}。", remedy)
        if not kinds:
            return Result(id, "any" if "any" in raw else "count")
        kind = cast(ResultKind, kinds[0])
        value, place = raw[kind], raw.places[kind]
        if raw.get("where") is not None and kind != "sum":
            remedy = f"条件直接写在 {kind} 后面。" if kind in ("count", "any") else "去掉它。"
            self.inner.fault("L02", raw.places["where"], "where 只和 sum 一起写。", remedy)
        if kind in ("count", "any"):
            everybody = kind == "count" and value == ALL
            return Result(id, kind, where=ALWAYS if everybody else self._where(value, place, scope))
        where = raw.get("where") if kind == "sum" else None
        return Result(
            id, kind, self._number(value, place, columns, scope),
            ALWAYS if where is None else self._where(where, raw.places["where"], scope),
        )  # fmt: skip

    def _where(self, raw: Any, place: Place, scope: Scope) -> Condition:
        return read_condition(raw, place, scope, self.inner)

    def _number(self, raw: Any, place: Place, columns: tuple[Question, ...], scope: Scope) -> str:
        """The column of numbers that a result works with."""
        name = said(raw)
        numbers = [column.id for column in columns if column.type == "number"]
        if name in numbers or scope.open:
            return name
        if name in scope.questions:
            self.inner.fault("L13", place, f"{name} 这一列不是数。", nearest(name, numbers) or "给它写 type: number。")
        else:
            self.inner.fault("L13", place, f"表里没有 {name} 这一列。", nearest(name, numbers))
        return ""

    # What they come to

    def _settled(self, question: Question, result: Result, table: Members, line: Tree, sure: bool) -> Question:
        """The question with the table's gate and section, and with a range that holds what the table can come to."""
        gates = tuple(gate for gate in (table.when, question.when) if gate is not None)
        when = Every(gates) if len(gates) > 1 else next(iter(gates), None)
        if question.shared:
            message = "共用的问题不能由一张表来答。"
            self.inner.fault("L17", line.place, message, "给结果换一个编号。", id=question.id)
        question = replace(question, when=when, section=question.section or table.section, shared=False)
        found = _range(result, table)
        if found is None:
            return question
        low, high = found
        lowest = question.lowest if line.get("lowest") is not None else low
        highest = question.highest if line.get("highest") is not None else high
        if sure and max(high, -low) > LARGEST:
            message = f"这张表可以算到 {high if high > LARGEST else low}，超过十亿。"
            remedy = f"给 {result.column} 这一列写 lowest、highest。"
            self.inner.fault("L12", line.place, message, remedy, id=question.id)
        elif sure and (lowest > low or highest < high):
            message = f"这张表可以算到 {low} 至 {high}，lowest、highest 没有都包括进来。"
            self.inner.fault("L12", line.place, message, "去掉 lowest、highest，或放宽。", id=question.id)
        return replace(question, lowest=lowest, highest=highest)

    def _check_fills(self, bundle: Bundle, table: Members) -> None:
        """That the boxes are there, and of one person who may be on the form more than once."""
        known = {*bundle.dictionaries.fields, *(field.id for item in bundle.items for field in item.fields)}
        for column, (field, place) in self.fills.items():
            person = field.partition(".")[0]
            if field not in known:
                self.reader.fault("L13", place, f"没有填报项 {field}。", nearest(field, known), id=column)
            elif person != table.person:
                message = f"一张表只填一个人的，前面填的是 {table.person}，这里是 {person}。"
                self.reader.fault("L13", place, message, "换成同一个人的填报项。", id=column)
            elif bundle.repeat.get(person) != "form":
                remedy = f"补上 repeat: {{{person}: form}}。"
                self.reader.fault("L13", place, f"{person} 在表单上只有一位，表里可以有几行。", remedy, id=column)


def _range(result: Result, table: Members) -> tuple[Decimal, Decimal] | None:
    """The least and the most that rows can come to; None where that is no number, or the column isn't there."""
    if result.kind == "count":
        everybody = result.where == ALWAYS or isinstance(result.where, Unread)
        return Decimal(everybody), Decimal(table.most)
    column = next((column for column in table.columns if column.id == result.column), None)
    if column is None:
        return None
    low, high = column.lowest, column.highest
    if result.kind == "sum":
        low, high = min(low, low * table.most), max(high, high * table.most)
    return (low, high) if result.where == ALWAYS else (min(low, Decimal(0)), max(high, Decimal(0)))
