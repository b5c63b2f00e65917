"""The condition language as it is written: the names that conditions may use, and a tree -> Condition."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args

from ..amounts import TODAY
from ..conditions import Answered, Condition, Every, FactIs, HasValue, Not, Resulted, Some, Unread
from ..faults import ANY_QUESTION
from ..model import NONE, QuestionType
from ..reserved import BUNDLES, CONDITION_WORDS, date_parameters, is_taken
from ..values import UNKNOWN, Place
from .correcting import said
from .entries import Reader
from .keys import RESULT_KINDS, is_amount
from .trees import Mapping as Tree
from .trees import Sequence, closest, nearest

# The tests that an item is told, and that it applies; a question or fact of such a name comes first
ITEM, APPLIES = "item", "applies"


def told_fact(item: str) -> str:
    """The fact that an item applies or the counter decides; with a blank, as no fact of an author's has."""
    return f"{ITEM} {item}"


def applies_fact(item: str) -> str:
    """The fact that an item applies."""
    return f"{APPLIES} {item}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a condition may use: questions and computed values with what can be tested, facts and params.

    `inputs` are the questions that each computed value rests on; `amounts` are figures and tables, which none may use;
    `items` what stands under `items`, also what a region has dropped.

    What else a faulty file may have meant isn't known: `loose` are names that may have further values, `open` says that
    there may be further names, `open_params` further params. Nothing is said against what may be among these.
    """

    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    loose: frozenset[str] = frozenset()
    open: bool = False
    open_params: bool = False
    items: frozenset[str] = frozenset()
    open_items: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.questions, *self.facts, *self.computed)


def read_condition(raw: Any, place: Place, scope: Scope, reader: Reader) -> Condition:
    """The condition written in `raw`; what is faulty in it goes to the reader, and may hold or not."""
    return _Conditions(scope, reader).condition(raw, place)


class _Conditions:
    def __init__(self, scope: Scope, reader: Reader) -> None:
        self.scope = scope
        self.reader = reader

    def unread(self, test: str, *questions: str) -> Unread:
        """Stands for a test that can't be read, which may be about these questions; where none is named, about any."""
        self.reader.doubtful.update(questions or (ANY_QUESTION,))
        return Unread((f"?{test}",))

    def condition(self, raw: Any, place: Place) -> Condition:
        if not isinstance(raw, Tree):
            self.reader.fault("L04", place, "条件要写成“名字: 值”。", "例如 {birth_place: hospital}。")
            return self.unread(str(place))
        parts = tuple(self.test(name, value, raw.places[name]) for name, value in raw.items())
        return parts[0] if len(parts) == 1 else Every(parts)

    def test(self, name: str, value: Any, place: Place) -> Condition:
        scope = self.scope
        if name in CONDITION_WORDS:
            return self.word(name, value, place)
        if name in scope.facts:
            if isinstance(value, bool):
                return FactIs(name, value)
            self.reader.fault("L04", place, f"事实 {name} 只能写 true 或 false。")
            return FactIs(name, holds=True)
        if name in scope.questions:
            words = self.known(value, place, name, scope.questions[name])
            return Answered(name, words) if words else self.unread(f"{name}={value}", name)
        if name in scope.computed:
            words = self.known(value, place, name, scope.computed[name])
            return Resulted(name, words) if words else self.unread(f"{name}={value}", *self.scope.inputs.get(name, ()))
        if name in (ITEM, APPLIES):
            return self.item(name, value, place)
        return self.unknown(name, value, place)

    def word(self, name: str, value: Any, place: Place) -> Condition:
        match name:
            case "not":
                return Not(self.condition(value, place))
            case "param" | "confirmed":
                return self.param(name, value, place)
            case "any" | "all":
                return self.joined(name, value, place)
            case _:
                return self.unknown(name, value, place)

    def item(self, name: str, value: Any, place: Place) -> Condition:
        """That one of the items is told: it applies, or, where that is enough, the counter decides."""
        words = value if isinstance(value, Sequence) else [value]
        unknown = [word for word in words if word not in self.scope.items]
        if not words:
            self.reader.fault("L04", place, f"{name} 后面的列表是空的。", "写上至少一个。")
        for word in unknown if not self.scope.open_items else ():
            self.reader.fault("L08", place, f"没有事项 {said(word)}。", nearest(said(word), self.scope.items))
        if unknown or not words:
            return self.unread(f"{name}={value}")
        self.reader.tested_items.update(words)
        fact = told_fact if name == ITEM else applies_fact
        tests = tuple(FactIs(fact(word), holds=True) for word in words)
        return tests[0] if len(tests) == 1 else Some(tests)

    def unknown(self, name: str, value: Any, place: Place) -> Condition:
        names = (*self.scope.names, *CONDITION_WORDS)
        if not self.scope.open:
            message = f"没有叫 {name} 的问题、事实或计算值。"
            as_bands = "数不能直接当条件：在 computed 里给它分段。" if name in self.scope.amounts else ""
            self.reader.fault("L08", place, message, as_bands or nearest(name, names))
        meant = closest(name, self.scope.questions)
        return self.unread(f"{name}={value}", *([meant] if meant else ()))

    def param(self, name: str, value: Any, place: Place) -> Condition:
        if isinstance(value, bool):
            self.reader.fault("L04", place, f"{name} 后面要写参数的名字。", "例如 {confirmed: cap}；反过来用 not。")
            return Unread((f"?param {value}",))
        words = value if isinstance(value, Sequence) else [value]
        unknown = [word for word in words if word not in self.scope.params]
        if not words:
            self.reader.fault("L04", place, f"{name} 后面的列表是空的。", "写上至少一个。")
        for word in unknown if not self.scope.open_params else ():
            self.reader.fault("L08", place, f"没有参数 {said(word)}。", nearest(said(word), self.scope.params))
        if unknown or not words:
            return Unread((f"?param {value}",))
        return HasValue(tuple(map(str, words)), name == "confirmed")

    def joined(self, name: str, value: Any, place: Place) -> Condition:
        if isinstance(value, Tree) and value:
            self.reader.fault("L04", place, f"{name} 后面要写条件的列表。", "每个条件前面写一个“-”，或外面加 []。")
            return self.condition(value, place)
        if not isinstance(value, Sequence) or not value:
            self.reader.fault("L04", place, f"{name} 后面要写条件的列表，至少一个。")
            return self.unread(str(place))
        parts = tuple(self.condition(part, at) for part, at in zip(value, value.places, strict=True))
        return Some(parts) if name == "any" else Every(parts)

    def known(self, value: Any, place: Place, name: str, allowed: tuple[str, ...]) -> frozenset[str] | None:
        """The values that a test names; None where one is mistyped. One that is like none may be what is missing."""
        words = value if isinstance(value, Sequence) else [value]
        if not words:
            self.reader.fault("L04", place, f"{name} 后面的列表是空的。", "写上至少一个。")
        unknown = [word for word in words if word not in allowed]
        if unknown:
            self.reader.doubtful.update(self.scope.inputs.get(name, (name,)))
        for word in unknown if name not in self.scope.loose else ():
            self.reader.fault("L09", place, f"{name} 没有 {said(word)}。", _value_meant(word, allowed))
        mistyped = [word for word in unknown if not isinstance(word, str) or closest(word, allowed) is not None]
        return frozenset(map(str, words)) if words and not mistyped else None


def _value_meant(word: object, allowed: tuple[str, ...]) -> str:
    if isinstance(word, bool) and set(allowed) == {"yes", "no"}:
        return f"是不是“{'yes' if word else 'no'}”？"
    return nearest(said(word), allowed)


# Names ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """What conditions and amounts may name; the type of each question as it is written, and its turn.

    `amounts` are the figures that other amounts may use.
    """

    scope: Scope
    types: Mapping[str, str]
    order: Mapping[str, int]
    tables: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()


def read_names(
    tree: Tree, params: Iterable[str], shared: Iterable[str], reader: Reader, people: Collection[Tree] = ()
) -> Names:
    """The names in a bundle's tree; those that are taken or reserved are faults of the reader's.

    `people` are its tables of people, whose results stand among the tree's questions.
    """
    _check_names(tree, reader, people)
    _check_questions([*_questions(tree), *people], reader)
    _check_bundle(tree, reader)
    questions = {str(raw["id"]): raw for raw in _questions(tree) if _is_named(raw)}
    mistyped = _mistyped(tree, tuple(shared))
    computed = {name: _results(raw) for name, raw in _under(tree, "computed").items()}
    testable = {id: _testable(raw) for id, raw in questions.items()} | dict.fromkeys(mistyped, ())
    loose = {id for id, raw in questions.items() if _is_loose(raw)} | {id for id in computed if not computed[id]}
    inputs = {name: _inputs(raw) for name, raw in _under(tree, "computed").items()}
    loose |= {str(raw["id"]) for raw in _results_of(people) if _is_named(raw) and len(RESULT_KINDS.keys() & raw) != 1}
    unnamed = not all(_is_named(raw) for raw in [*_questions(tree), *_results_of(people)])
    whole = all(isinstance(tree.get(key) or Tree(tree.place), Tree) for key in ("facts", "computed"))
    scope = Scope(
        testable, computed, tuple(_under(tree, "facts")), tuple(params), inputs,
        (*_under(tree, "figures"), *_under(tree, "tables")), frozenset(loose | set(mistyped)),
        open=unnamed or not whole or not _are_readable(tree, tuple(shared)),
        open_params=not isinstance(tree.get("params") or Tree(tree.place), Tree),
        items=frozenset(_item_ids(tree)), open_items=not all(map(_is_id, _entries(tree, "items"))),
    )  # fmt: skip
    types = {id: str(raw.get("type", "choice")) for id, raw in questions.items()}
    amounts = (name for name, raw in _under(tree, "figures").items() if isinstance(raw, Tree) and is_amount(raw))
    order = {id: turn for turn, id in enumerate(questions)}
    return Names(scope, types, order, tuple(_under(tree, "tables")), tuple(amounts))


def _entries(tree: Tree, key: str) -> list[Any]:
    raw = tree.get(key)
    return list(raw) if isinstance(raw, Sequence) else [raw]


def _lines(tree: Tree) -> list[Any]:
    return _entries(tree, "questions")


def _is_id(entry: Any) -> bool:
    return isinstance(entry, str) or (isinstance(entry, Tree) and _is_named(entry))


def _item_ids(tree: Tree) -> Iterator[str]:
    """The items of a bundle, and those that a region has dropped."""
    entries = filter(_is_id, _entries(tree, "items"))
    yield from (str(entry["id"]) if isinstance(entry, Tree) else entry for entry in entries)
    yield from getattr(tree.get("items"), "dropped", ())


def _questions(tree: Tree) -> list[Tree]:
    return [entry for entry in _lines(tree) if isinstance(entry, Tree)]


def _are_readable(tree: Tree, shared: tuple[str, ...]) -> bool:
    """Whether each line is a question, or nearly the name of a shared one."""
    return all(isinstance(line, Tree) or (isinstance(line, str) and closest(line, shared)) for line in _lines(tree))


def _is_named(raw: Tree) -> bool:
    id = raw.get("id")
    return isinstance(id, str | int | Decimal) and not isinstance(id, bool) and id != ""


def _mistyped(tree: Tree, shared: tuple[str, ...]) -> list[str]:
    """What is written for shared questions that don't exist, and those that are likely meant."""
    lines = [line for line in _lines(tree) if isinstance(line, str)]
    return [name for line in lines for name in (line, closest(line, shared)) if name is not None]


def _results_of(people: Iterable[Tree]) -> list[Tree]:
    """What is written as results of tables; an empty line for what is none."""
    listed = (table.get("results") for table in people)
    lines = (line for raw in listed for line in (raw if isinstance(raw, Sequence) and raw else [raw]))
    return [line if isinstance(line, Tree) else Tree(Place("", 1)) for line in lines]


def _under(tree: Tree, key: str) -> Tree:
    raw = tree.get(key)
    return raw if isinstance(raw, Tree) else Tree(tree.place)


def _results(raw: Any) -> tuple[str, ...]:
    if isinstance(raw, Tree) and is_amount(raw):
        bands = raw.get("bands")
        named = (
            [str(band["id"]) for band in bands if isinstance(band, Tree) and _is_named(band)]
            if isinstance(bands, Sequence)
            else []
        )
        return (*named, UNKNOWN) if named else ()
    gives = raw.get("gives") if isinstance(raw, Tree) else None
    return tuple(map(str, gives if isinstance(gives, Sequence | Tree) else [] if gives is None else [gives]))


def _inputs(raw: Any) -> tuple[str, ...]:
    of = raw.get("of") if isinstance(raw, Tree) and not is_amount(raw) else None
    return tuple(map(str, of if isinstance(of, Sequence) else [] if of is None else [of]))


def _answers(raw: Tree) -> list[Any]:
    """The choices or bands of a question, as they are written."""
    listed = raw.get("bands") if raw.get("type", "choice") in ("date", "number") else raw.get("choices")
    return list(listed) if isinstance(listed, Sequence) else [] if listed is None else [listed]


def _testable(raw: Tree) -> tuple[str, ...]:
    """What conditions may test of a question, read before the question itself is."""
    kind = raw.get("type", "choice")
    ids = [str(entry["id"]) for entry in _answers(raw) if isinstance(entry, Tree) and _is_named(entry)]
    if kind == "yesno" and not ids:
        ids = ["yes", "no"]
    return (*ids, NONE) if kind == "many" else tuple(ids)


def _is_loose(raw: Tree) -> bool:
    """Whether a question may have further answers than can be read: its type, or one of them, isn't there."""
    kinds = get_args(QuestionType)
    readable = all(isinstance(entry, Tree) and _is_named(entry) for entry in _answers(raw))
    given = raw.get("choices") is None if raw.get("type") in ("date", "number") else bool(_answers(raw))
    return raw.get("type", "choice") not in kinds or not readable or not (given or raw.get("type") == "yesno")


def _named(tree: Tree, people: Iterable[Tree]) -> Iterator[tuple[str, Place]]:
    for raw in [*_questions(tree), *people]:
        if _is_named(raw):
            yield str(raw["id"]), raw.place
    for key in ("facts", "computed", "tables"):
        yield from _under(tree, key).places.items()


def _check_names(tree: Tree, reader: Reader, people: Iterable[Tree]) -> None:
    """Questions, facts, computed values and tables share one space of names; figures may not hide in amounts."""
    seen: dict[str, Place] = {}
    for name, place in _named(tree, people):
        if name in (*CONDITION_WORDS, TODAY):
            reader.fault("L06", place, f"{name} 是保留的词，不能当名字。", "换一个名字。", id=name)
        elif name in seen:
            reader.fault("L07", place, f"{name} 在第 {seen[name].line} 行已经用过。", "换一个名字。", id=name)
        seen.setdefault(name, place)
    amounts = {str(raw["id"]) for raw in _questions(tree) if _is_named(raw)} | set(_under(tree, "tables"))
    for name, place in _under(tree, "figures").places.items():
        if name in amounts or name == TODAY:
            message = f"算式里的 {name} 已经是问题、表格或 today。"
            reader.fault("L07", place, message, "给这个数字换一个名字。", id=name)


def _check_questions(questions: list[Tree], reader: Reader) -> None:
    """A question's name is its parameter in addresses, and its place on pages."""
    dates = [str(raw.get("id")) for raw in questions if raw.get("type") == "date"]
    boxes = {box: date for date in dates for box in date_parameters(date)}
    for raw in questions:
        name = str(raw.get("id"))
        if is_taken(name):
            message = f"网站的网址或网页里，{name} 已经表示别的。"
            reader.fault("L19", raw.place, message, "给问题换一个编号。", id=name)
        elif name in boxes:
            message = f"日期题 {boxes[name]} 的年、月、日也用这个名字。"
            reader.fault("L19", raw.place, message, "给其中一题换一个编号。", id=name)


def _check_bundle(tree: Tree, reader: Reader) -> None:
    """A bundle's id is the first part of its addresses."""
    id = str(tree.get("id", ""))
    if id in BUNDLES:
        message = "网站自己的网址、语言，或 YAML 的词是这样写的。"
        reader.fault("L19", tree.places.get("id", tree.place), message, "给这一件事换一个编号。", id=id)
