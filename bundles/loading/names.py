"""The first pass over a bundle: what its questions, facts and computed values are called, before any is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..amounts import TODAY
from ..model import NONE, UNKNOWN, Place
from ..reserved import BUNDLES, CONDITION_WORDS, date_parameters, is_taken
from .entries import Reader
from .syntax import Scope
from .trees import Mapping as Tree
from .trees import Sequence


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


def read_names(tree: Tree, params: Iterable[str], reader: Reader) -> Names:
    """The names in a bundle's tree; those that are taken or reserved are faults of the reader's."""
    _check_names(tree, reader)
    _check_questions(_questions(tree), reader)
    _check_bundle(tree, reader)
    questions = {str(raw.get("id")): raw for raw in _questions(tree)}
    computed = {name: _results(raw) for name, raw in _under(tree, "computed").items()}
    scope = Scope(
        {id: _testable(raw) for id, raw in questions.items()}, computed, tuple(_under(tree, "facts")), tuple(params)
    )
    types = {id: str(raw.get("type", "choice")) for id, raw in questions.items()}
    order = {id: turn for turn, id in enumerate(questions)}
    amounts = [name for name, raw in _under(tree, "figures").items() if isinstance(raw, Tree) and "by" not in raw]
    return Names(scope, types, order, tuple(_under(tree, "tables")), tuple(amounts))


def _questions(tree: Tree) -> list[Tree]:
    raw = tree.get("questions")
    return [entry for entry in raw if isinstance(entry, Tree)] if isinstance(raw, Sequence) else []


def _under(tree: Tree, key: str) -> Tree:
    raw = tree.get(key)
    return raw if isinstance(raw, Tree) else Tree(tree.place)


def _results(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, Tree):
        return ()
    if "by" not in raw:
        return (*_ids(raw.get("bands")), UNKNOWN)
    gives = raw.get("gives")
    return tuple(map(str, gives)) if isinstance(gives, Sequence | Tree) else ()


def _ids(entries: Any) -> list[str]:
    found = entries if isinstance(entries, Sequence) else []
    return [str(entry.get("id")) for entry in found if isinstance(entry, Tree)]


def _testable(raw: Tree) -> tuple[str, ...]:
    """What conditions may test of a question, read before the question itself is."""
    kind = raw.get("type", "choice")
    ids = _ids(raw.get("bands") if kind in ("date", "number") else raw.get("choices"))
    if kind == "yesno" and not ids:
        ids = ["yes", "no"]
    return (*ids, NONE) if kind == "many" else tuple(ids)


def _named(tree: Tree) -> Iterator[tuple[str, Place]]:
    for raw in _questions(tree):
        yield str(raw.get("id")), raw.place
    for key in ("facts", "computed", "tables"):
        yield from _under(tree, key).places.items()


def _check_names(tree: Tree, reader: Reader) -> None:
    """Questions, facts, computed values and tables share one space of names."""
    seen: dict[str, Place] = {}
    for name, place in _named(tree):
        if name in (*CONDITION_WORDS, TODAY):
            reader.fault("L06", place, f"{name} 是保留的词，不能当名字。", "换一个名字。", id=name)
        elif name in seen:
            reader.fault("L07", place, f"{name} 在第 {seen[name].line} 行已经用过。", "换一个名字。", id=name)
        seen.setdefault(name, place)


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
    id = str(tree.get("id"))
    if id in BUNDLES:
        message = "网站自己的网址、语言，或 YAML 的词是这样写的。"
        reader.fault("L19", tree.places.get("id", tree.place), message, "给这一件事换一个编号。", id=id)
