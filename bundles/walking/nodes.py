"""A bundle's conditions -> nodes of one store of diagrams. Why it is done so is argued in bundles/README.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..conditions import Answered, Condition, Every, FactIs, HasValue, Not, Resulted, Some
from ..model import NONE, Bundle, Question
from ..values import Computed
from .diagrams import FALSE, TRUE, Diagrams
from .editions import Edition


@dataclass(frozen=True, slots=True)
class Variable:
    """What a diagram tests: a question, one choice of a `many` question (values: no, yes), or a computed value."""

    kind: Literal["question", "tick", "computed"]
    name: str
    values: tuple[str, ...]
    tick: str = ""


def variables_of(bundle: Bundle, bands: Mapping[str, tuple[str, ...]]) -> list[Variable]:
    """The variables in their order: as declared, a computed value right after the last of its inputs."""
    order = {question.id: number for number, question in enumerate(bundle.questions)}
    due: dict[int, list[Computed]] = {}
    for computed in bundle.computed:
        due.setdefault(max(order[name] for name in computed.questions), []).append(computed)
    variables: list[Variable] = []
    for number, question in enumerate(bundle.questions):
        if question.type == "many":
            variables += [Variable("tick", question.id, ("no", "yes"), choice.id) for choice in question.choices]
        else:
            values = bands.get(question.id) or tuple(choice.id for choice in question.choices) or ("",)
            variables.append(Variable("question", question.id, values))
        variables += [Variable("computed", computed.id, computed.gives) for computed in due.get(number, [])]
    return variables


class Nodes:
    """Variables, and conditions as nodes that test them."""

    def __init__(self, rules: Edition) -> None:
        self.bundle = rules.bundle
        self.rules = rules
        self.variables = variables_of(rules.bundle, dict(rules.bands))
        self.first: dict[str, int] = {}
        for number, variable in enumerate(self.variables):
            self.first.setdefault(variable.name, number)
        self.diagrams = Diagrams([len(variable.values) for variable in self.variables])
        self.questions = {question.id: question for question in rules.bundle.questions}
        self.facts: dict[str, int] = {}
        self.gates: dict[str, int] = {}
        self.tests: dict[tuple[str, frozenset[str]], int] = {}
        self.offers: dict[str, dict[str, int]] = {}

    def condition(self, condition: Condition | None) -> int:
        match condition:
            case None:
                return TRUE
            case Every(parts):
                return self.every(map(self.condition, parts))
            case Some(parts):
                return self.some(map(self.condition, parts))
            case Not(part):
                return self.diagrams.negate(self.condition(part))
            case _:
                return self.test(condition)

    def test(self, test: Answered | Resulted | FactIs | HasValue) -> int:
        match test:
            case Answered(question, choices):
                return self.answered(self.questions[question], choices)
            case Resulted(computed, results):
                variable = self.first[computed]
                return self.diagrams.test(variable, self.numbers(variable, results))
            case FactIs(fact, wished):
                return self.fact(fact) if wished else self.diagrams.negate(self.fact(fact))
            case HasValue(params, confirmed):
                return TRUE if (self.rules.confirmed if confirmed else self.rules.valued).issuperset(params) else FALSE

    def fact(self, name: str) -> int:
        if name not in self.facts:
            self.facts[name] = self.condition(self.bundle.facts[name])
        return self.facts[name]

    def every(self, nodes: Iterable[int]) -> int:
        result = TRUE
        for node in nodes:
            result = self.diagrams.both(result, node)
        return result

    def some(self, nodes: Iterable[int]) -> int:
        result = FALSE
        for node in nodes:
            result = self.diagrams.either(result, node)
        return result

    def numbers(self, variable: int, ids: frozenset[str]) -> frozenset[int]:
        return frozenset(number for number, id in enumerate(self.variables[variable].values) if id in ids)

    def answered(self, question: Question, wanted: frozenset[str]) -> int:
        """A test on an answer; holds only where the question's gate holds."""
        key = (question.id, wanted)
        if key not in self.tests:
            test = self.ticked(question, wanted) if question.type == "many" else self.chosen(question, wanted)
            self.tests[key] = self.diagrams.both(self.gates[question.id], test)
        return self.tests[key]

    def chosen(self, question: Question, wanted: frozenset[str]) -> int:
        """A test on the one choice or band.

        A choice that isn't offered can't be the answer. Its branch is made to mean what the first offered choice means:
        then nodes whose offered branches agree vanish, and every node that is left is worth asking.
        """
        variable = self.first[question.id]
        offers = self.offers[question.id]
        if not offers:
            return self.diagrams.test(variable, self.numbers(variable, wanted))
        meant = {choice.id: TRUE if choice.id in wanted else FALSE for choice in question.choices}
        instead = FALSE
        for id in reversed(meant):
            instead = self.diagrams.if_else(offers.get(id, TRUE), meant[id], instead)
        branches = {
            number: self.diagrams.if_else(offers.get(id, TRUE), meant[id], instead) for number, id in enumerate(meant)
        }
        return self.diagrams.choose(variable, branches)

    def ticked(self, question: Question, wanted: frozenset[str]) -> int:
        ticks = self.ticks(question)
        nodes = [node for id, node in ticks.items() if id in wanted]
        if NONE in wanted and not question.least:
            nodes.append(self.every(self.diagrams.negate(node) for node in ticks.values()))
        return self.some(nodes)

    def ticks(self, question: Question) -> dict[str, int]:
        """Per choice, whether it is offered and ticked.

        Where at least one must be ticked, ticking nothing can't be the answer; it is made to mean ticking the last
        choice offered, for the reason given in `chosen`.
        """
        d, offers = self.diagrams, self.offers[question.id]
        offered = {choice.id: offers.get(choice.id, TRUE) for choice in question.choices}
        first = self.first[question.id]
        ticks = {
            id: d.both(node, d.test(first + number, frozenset({1})))
            for number, (id, node) in enumerate(offered.items())
        }
        if not question.least:
            return ticks
        empty = self.every(d.negate(node) for node in ticks.values())
        result, later = {}, FALSE
        for id in reversed(ticks):
            is_last = d.both(offered[id], d.negate(later))
            result[id] = d.either(ticks[id], d.both(empty, is_last))
            later = d.either(later, offered[id])
        return dict(reversed(result.items()))
