"""The condition language: read it, evaluate it plainly, say it in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .faults import Fault
from .model import (
    ALWAYS,
    NEVER,
    Answered,
    Condition,
    Confirmed,
    Every,
    FactIs,
    Not,
    Place,
    Resulted,
    Some,
)
from .trees import Mapping as Tree
from .trees import Sequence, nearest

RESERVED = ("any", "all", "not", "param", "none")


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


# Reading --------------------------------------------------------------------------------------------------------------


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
        if name == "param":
            return Confirmed(self.known(value, place, "参数", self.scope.params, "L08"))
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


# What a condition rests on --------------------------------------------------------------------------------------------


def parts_of(condition: Condition, facts: Mapping[str, Condition]) -> Iterator[Condition]:
    """The condition and everything in it, the given facts opened."""
    yield condition
    match condition:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from parts_of(part, facts)
        case Not(part):
            yield from parts_of(part, facts)
        case FactIs(fact) if fact in facts:
            yield from parts_of(facts[fact], facts)
        case _:
            return


# Evaluating -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What holds for one applicant: the tested values of each question and computed value, confirmed params, facts.

    A question whose gate doesn't hold has no values, so every test on it fails.
    """

    values: Mapping[str, frozenset[str]]
    confirmed: frozenset[str]
    facts: Mapping[str, Condition]


def holds(condition: Condition, told: Told) -> bool:
    """Plain evaluation, the meaning that the diagrams must share."""
    match condition:
        case Answered(name, wanted) | Resulted(name, wanted):
            return not wanted.isdisjoint(told.values.get(name, frozenset()))
        case FactIs(fact, wished):
            return holds(told.facts[fact], told) == wished
        case Confirmed(params):
            return told.confirmed.issuperset(params)
        case Every(parts):
            return all(holds(part, told) for part in parts)
        case Some(parts):
            return any(holds(part, told) for part in parts)
        case Not(part):
            return not holds(part, told)


# Words ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """How names read: `question(id)`, `value(question, id)`, `param(id)`, and the phrases that join them."""

    name: Callable[[str], str]
    value: Callable[[str, str], str]
    facts: Mapping[str, Condition]
    also: str = "，并且"
    either: str = "；或者"
    negated: str = "不是（{condition}）"
    answered: str = "“{question}”选了{values}"
    choices: str = "或"
    confirmed: str = "本地公布了{names}"
    listed: str = "、"
    always: str = "总是"
    never: str = "从不"


def say(condition: Condition, wording: Wording) -> str:
    """The condition in words, facts opened, for reviewers and paper."""
    match condition:
        case Answered(name, wanted) | Resulted(name, wanted):
            values = wording.choices.join(f"“{wording.value(name, value)}”" for value in sorted(wanted))
            return wording.answered.format(question=wording.name(name), values=values)
        case FactIs(fact, wished):
            return say(wording.facts[fact] if wished else Not(wording.facts[fact]), wording)
        case Confirmed(params):
            return wording.confirmed.format(names=wording.listed.join(map(wording.name, params)))
        case Not(part):
            return wording.negated.format(condition=say(part, wording))
        case Every(parts):
            return wording.also.join(_within(part, wording) for part in parts) if parts else wording.always
        case Some(parts):
            return wording.either.join(_within(part, wording) for part in parts) if parts else wording.never


def _within(part: Condition, wording: Wording) -> str:
    while isinstance(part, FactIs):
        part = wording.facts[part.fact] if part.holds else Not(wording.facts[part.fact])
    text = say(part, wording)
    return f"（{text}）" if isinstance(part, Every | Some) and len(part.parts) > 1 else text


__all__ = ["NEVER", "RESERVED", "Scope", "Told", "Wording", "holds", "parts_of", "read_condition", "say"]
