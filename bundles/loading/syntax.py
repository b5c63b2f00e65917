"""The condition language as it is written: a tree -> Condition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..conditions import ALWAYS, Answered, Condition, Every, FactIs, HasValue, Not, Resulted, Some
from ..faults import Fault
from ..model import Place
from .trees import Mapping as Tree
from .trees import Sequence, nearest


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a condition may use: questions and computed values with what can be tested, facts and params."""

    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    params: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.questions, *self.facts, *self.computed)


def read_condition(raw: Any, place: Place, scope: Scope, faults: list[Fault], owner: str) -> Condition:
    """The condition written in `raw`; where it is faulty, ALWAYS, and the faults in `faults`."""
    return _Reader(scope, faults, owner).condition(raw, place)


class _Reader:
    def __init__(self, scope: Scope, faults: list[Fault], owner: str) -> None:
        self.scope = scope
        self.faults = faults
        self.owner = owner

    def fault(self, code: str, place: Place, message: str, remedy: str = "") -> Condition:
        self.faults.append(Fault(place, code, self.owner, message, remedy))
        return ALWAYS

    def condition(self, raw: Any, place: Place) -> Condition:
        if not isinstance(raw, Tree):
            return self.fault("L04", place, "条件要写成“名字: 值”。", "例如 {birth_place: hospital}。")
        parts = tuple(self.test(name, value, raw.places[name]) for name, value in raw.items())
        return parts[0] if len(parts) == 1 else Every(parts)

    def test(self, name: str, value: Any, place: Place) -> Condition:
        if name in ("any", "all"):
            return self.joined(name, value, place)
        if name == "not":
            return Not(self.condition(value, place))
        if name in ("param", "confirmed"):
            return HasValue(self.known(value, place, "参数", self.scope.params, "L08"), name == "confirmed")
        if name in self.scope.facts:
            if isinstance(value, bool):
                return FactIs(name, value)
            return self.fault("L04", place, f"事实 {name} 只能写 true 或 false。")
        if name in self.scope.questions:
            return Answered(name, frozenset(self.known(value, place, name, self.scope.questions[name], "L09")))
        if name in self.scope.computed:
            return Resulted(name, frozenset(self.known(value, place, name, self.scope.computed[name], "L09")))
        return self.fault("L08", place, f"没有叫 {name} 的问题、事实或计算值。", nearest(name, self.scope.names))

    def joined(self, name: str, value: Any, place: Place) -> Condition:
        if not isinstance(value, Sequence) or not value:
            return self.fault("L04", place, f"{name} 后面要写条件的列表，至少一个。")
        parts = tuple(self.condition(part, at) for part, at in zip(value, value.places, strict=True))
        return Some(parts) if name == "any" else Every(parts)

    def known(self, value: Any, place: Place, name: str, allowed: tuple[str, ...], code: str) -> tuple[str, ...]:
        words = value if isinstance(value, Sequence) else [value]
        if not words:
            self.fault("L04", place, f"{name} 后面的列表是空的。", "写上至少一个。")
        for word in words:
            if word not in allowed:
                self.fault(code, place, f"{name} 没有 {_written(word)}。", nearest(_written(word), allowed))
        return tuple(str(word) for word in words)


def _written(word: object) -> str:
    if isinstance(word, bool):
        return "true" if word else "false"
    return str(word)
