"""A bundle's conditions -> diagrams. Why skipping by these is sound is argued in bundles/README.md."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from ..amounts import Amount, Asked, Leaf, Looked, Named, Ticked, Valued, leaves
from ..conditions import ALWAYS
from ..model import Bundle, Item, Variant, Word
from ..values import FigureEntry, FigureRef, ParamRef, WorkedOut, figures_in
from .diagrams import FALSE, TRUE, Diagrams
from .editions import Edition, edition
from .nodes import Nodes, Variable, variables_of

T = TypeVar("T")
Kind = Literal["stop", "item", "counter", "material", "field", "note", "word", "joint", "same", "case", "alone", "held"]
TOLD_BESIDE = ("same", "alone", "held")  # nothing is asked for their sake


class Target(NamedTuple):
    """One thing that an applicant may be told. `path` names it within the bundle, outermost first."""

    kind: Kind
    path: tuple[str | int, ...]


Way = tuple[int, int]  # the nodes that decide a target: by its condition alone, and where nothing is told under a stop
Reason = tuple[str, str | None]  # a question, and the choice where it is about one tick


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A compiled bundle.

    `targets`: what is told, by condition alone. `roots`: the same, but nothing is told under a stop, so that nothing is
    asked for it either; nor is anything asked for what is `TOLD_BESIDE`. `wanted`: the values that deadlines, repeated
    persons and numbers of papers need. `offers`: per question the conditions of its choices, which count while the
    question may still be asked. `inputs`: per computed variable the values it needs. `gates`: per question when it
    arises. `named`: per variable the answers that give it its value. `cases`: per figure and computed value that is an
    amount, when each of its `amounts` is the one that counts.
    """

    bundle: Bundle
    diagrams: Diagrams
    variables: tuple[Variable, ...]
    first: Mapping[str, int]
    targets: Mapping[Target, int]
    roots: Mapping[Target, int]
    stops: tuple[int, ...]
    wanted: frozenset[int]
    offers: Mapping[str, Mapping[str, int]]
    inputs: Mapping[int, tuple[int, ...]]
    gates: Mapping[str, int]
    named: tuple[tuple[Reason, ...], ...]
    cases: Mapping[tuple[str, str], tuple[int, ...]]

    def way(self, target: Target) -> Way:
        """Where that target is decided."""
        node = self.targets[target]
        return node, node if target.kind in ("alone", "held") else self.roots[target]

    def case_ways(self, entry: WorkedOut) -> tuple[Way, ...]:
        """Per amount where it is decided whether it counts; of a figure at least where the figure is shown."""
        return tuple(
            (node, self.roots.get(Target("case", (entry.id, number)), node) if isinstance(entry, FigureEntry) else node)
            for number, node in enumerate(self.cases[entry.key])
        )

    def first_of(self, variable: int | None) -> int:
        """The first variable of a variable's question; the end for None."""
        return len(self.variables) if variable is None else self.first[self.variables[variable].name]


def compile_bundle(rules: Edition) -> Program:
    """The program of a bundle's rules in force."""
    return Compiler(rules).program()


class Compiler(Nodes):
    """Conditions -> nodes of one store; `program` is the whole bundle's."""

    def __init__(self, rules: Edition) -> None:
        super().__init__(rules)
        self.cases: dict[tuple[str, str], tuple[int, ...]] = {}

    def program(self) -> Program:
        for question in self.bundle.questions:
            self.gates[question.id] = self.condition(question.when)
            self.offers[question.id] = {
                choice.id: self.condition(choice.when) for choice in question.choices if choice.when is not None
            }
        entries: tuple[WorkedOut, ...] = (*self.bundle.figures.values(), *self.bundle.computed)
        self.cases = {entry.key: self.counting(entry) for entry in entries}
        targets = self.all_targets()
        stops = tuple(node for target, node in targets.items() if target.kind == "stop")
        going_on = TRUE
        for stop in stops:
            going_on = self.diagrams.both(going_on, self.diagrams.negate(stop))
        asking = {target: node for target, node in targets.items() if target.kind not in ("stop", *TOLD_BESIDE)}
        roots = {target: FALSE if target.kind in TOLD_BESIDE else node for target, node in targets.items()}
        roots |= {target: self.diagrams.both(node, going_on) for target, node in asking.items()}
        return Program(
            self.bundle, self.diagrams, tuple(self.variables), self.first, targets, roots, stops,
            frozenset(self.wanted_values(going_on)), self.offers, self.inputs(), self.gates,
            tuple(map(self.named, self.variables)), self.cases,
        )  # fmt: skip

    def named(self, variable: Variable) -> tuple[Reason, ...]:
        """The answers that give a variable its value."""
        if variable.kind == "computed":
            computed = next(entry for entry in self.bundle.computed if entry.id == variable.name)
            return tuple((name, None) for name in computed.questions)
        return ((variable.name, variable.tick or None),)

    # Targets

    def all_targets(self) -> dict[Target, int]:
        targets: dict[Target, int] = {}
        for stop in self.bundle.stops:
            targets[Target("stop", (stop.id,))] = self.condition(stop.when)
        for item in self.bundle.items:
            targets |= self.item_targets(item)
        for note in self.bundle.notes:
            targets[Target("note", (note.id,))] = self.condition(note.when)
        targets[Target("joint", ())] = self.condition(self.bundle.joint or ALWAYS)
        for number, same in enumerate(self.bundle.same):
            targets[Target("same", (number,))] = self.condition(same.when)
        for one_of in self.bundle.one_of:
            for number, rival in enumerate(one_of.rivals):
                if rival.held is not None:
                    targets[Target("held", (one_of.id, number))] = self.condition(rival.held)
        return targets | self.case_targets()

    def case_targets(self) -> dict[Target, int]:
        """Which case of a figure counts is told wherever a text or a deadline shows the figure."""
        shown: dict[str, int] = {}
        for name, told in self.shown_figures():
            self.show(name, told, shown)
        return {
            Target("case", (name, number)): counts
            for name, told in shown.items()
            for number, (_amount, counts) in enumerate(self.amounts(name, told))
            if self.cases[self.bundle.figures[name].key] != (TRUE,)
        }

    def show(self, name: str, told: int, shown: dict[str, int]) -> None:
        """Notes that a figure is shown where `told` holds, and the figures that it is worked out of with it."""
        shown[name] = self.diagrams.either(shown.get(name, FALSE), told)
        for amount, counts in self.amounts(name, told):
            for leaf in leaves(amount):
                if isinstance(leaf, Named):
                    self.show(leaf.figure, counts, shown)

    def counting(self, entry: WorkedOut) -> tuple[int, ...]:
        """Per amount when it counts: of the cases the first that holds. One that nobody can work out never does."""
        found = dict.fromkeys(entry.amounts, FALSE)
        left = TRUE
        for case in entry.cases:
            holds = self.condition(case.when)
            if self.can_be_known(case.amount):
                found[case.amount] = self.diagrams.either(found[case.amount], self.diagrams.both(left, holds))
            left = self.diagrams.both(left, self.diagrams.negate(holds))
        return tuple(found.values())

    def can_be_known(self, amount: Amount) -> bool:
        """Whether every param and table that the amount takes has a value here."""
        return all(map(self.leaf_can_be_known, leaves(amount)))

    def leaf_can_be_known(self, leaf: Leaf) -> bool:
        match leaf:
            case Valued(param):
                return param in self.rules.valued
            case Looked(table):
                return any(state.values for state in self.bundle.tables[table].states)
            case Named(figure):
                return any(map(self.can_be_known, self.bundle.figures[figure].amounts))
            case _:
                return True

    def amounts(self, name: str, told: int) -> Iterator[tuple[Amount, int]]:
        """The amounts of a figure, each with when it counts where the figure is told and all that it takes arises."""
        entry = self.bundle.figures[name]
        for amount, counts in zip(entry.amounts, self.cases[entry.key], strict=True):
            yield amount, self.every((told, counts, self.asked(amount)))

    def asked(self, amount: Amount) -> int:
        """When every question that an amount takes arises; otherwise it can't be known."""
        return self.every(map(self.leaf_asked, leaves(amount)))

    def leaf_asked(self, leaf: Leaf) -> int:
        match leaf:
            case Asked(question) | Ticked(question):
                return self.gates[question]
            case Looked(table):
                return self.every(self.gates[question] for question in self.bundle.tables[table].by)
            case Named(figure):
                return self.some(node for _amount, node in self.amounts(figure, TRUE))
            case _:
                return TRUE

    def shown_figures(self) -> Iterator[tuple[str, int]]:
        """The figures that texts and deadlines show, each with when it is shown."""
        for note in self.bundle.notes:
            yield from ((name, self.condition(note.when)) for name in self.known_figures(note.tell))
        for item in self.bundle.items:
            yield from self.figures_of_item(item)

    def figures_of_item(self, item: Item) -> Iterator[tuple[str, int]]:
        certain, possible = self.condition(item.certain), self.condition(item.possible)
        for note in item.notes:
            told = self.diagrams.both(certain, self.condition(note.when))
            yield from ((name, told) for name in self.known_figures(note.tell))
        for word in item.words.values():
            for variant, told in self.each(word, possible):
                yield from ((name, told) for name in self.known_figures(variant.value))
        for deadline, told in self.each(item.deadline, possible):
            if isinstance(deadline.value.within, FigureRef):
                yield deadline.value.within.name, told

    def known_figures(self, text: str) -> Iterator[str]:
        return (name for name in figures_in(text) if name in self.bundle.figures)

    def item_targets(self, item: Item) -> dict[Target, int]:
        both = self.diagrams.both
        applies, possible = self.condition(item.certain), self.condition(item.possible)
        targets = {
            Target("item", (item.id,)): applies,
            Target("counter", (item.id,)): self.condition(item.for_counter),
        }
        if item.alone is not None:
            targets[Target("alone", (item.id,))] = self.condition(item.alone.possible)
        for note in item.notes:
            targets[Target("note", (item.id, note.id))] = both(applies, self.condition(note.when))
        for number, line in enumerate(item.materials):
            needed = both(possible, self.condition(line.when))
            targets[Target("material", (item.id, number))] = needed
            targets |= self.words((item.id, number, "originals"), line.originals, needed)
            targets |= self.words((item.id, number, "copies"), line.copies, needed)
            targets |= self.words((item.id, number, "waived_by"), line.waived_by, needed)
        for number, field in enumerate(item.fields):
            targets[Target("field", (item.id, number))] = both(possible, self.condition(field.when))
        for name, word in item.words.items():
            targets |= self.words((item.id, name), word, possible)
        return targets | self.words((item.id, "deadline"), item.deadline, possible)

    def words(self, path: tuple[str | int, ...], word: Word[T], owner: int) -> dict[Target, int]:
        """A target per variant: of a list, the first whose condition holds counts."""
        if len(word) < 2 and all(variant.when is None for variant in word):
            return {}
        return {Target("word", (*path, number)): told for number, (_, told) in enumerate(self.each(word, owner))}

    def each(self, word: Word[T], owner: int) -> Iterable[tuple[Variant[T], int]]:
        """Each variant with when it is the one told: where its owner is and no earlier variant holds."""
        left = owner
        for variant in word:
            holds = self.condition(variant.when)
            yield variant, self.diagrams.both(left, holds)
            left = self.diagrams.both(left, self.diagrams.negate(holds))

    # Values

    def wanted_values(self, going_on: int) -> Iterable[int]:
        """A node per question whose value itself is needed: by a deadline, a number of persons, a figure in a text."""
        for name, told in self.shown_figures():
            yield from self.figure(name, self.diagrams.both(going_on, told))
        for item in self.bundle.items:
            possible = self.diagrams.both(self.condition(item.possible), going_on)
            yield from self.deadlines(item, possible)
            yield from self.persons(item, possible)
            yield from self.counts(item, possible)

    def counts(self, item: Item, possible: int) -> Iterable[int]:
        """As many copies as there are persons: their number."""
        for line in item.materials:
            needed = self.diagrams.both(possible, self.condition(line.when))
            for word in (line.originals, line.copies):
                for variant, told in self.each(word, needed):
                    if variant.value.per:
                        yield self.wanted(variant.value.per, told)

    def deadlines(self, item: Item, possible: int) -> Iterable[int]:
        for variant, told in self.each(item.deadline, possible):
            if variant.value.start:
                yield self.wanted(variant.value.start, self.with_period(variant.value.within, told))

    def persons(self, item: Item, possible: int) -> Iterable[int]:
        for person, question in self.bundle.repeat.items():
            if question != "form":
                for line in (line for line in item.fields if line.person == person):
                    yield self.wanted(question, self.diagrams.both(possible, self.condition(line.when)))
                for material in (line for line in item.materials if line.of == person):
                    yield self.wanted(question, self.diagrams.both(possible, self.condition(material.when)))

    def figure(self, name: str, told: int) -> Iterable[int]:
        """A node per question whose value the figure rests on, where it is told and that case counts."""
        entry = self.bundle.figures[name]
        if not entry.cases:
            yield from (self.wanted(question, told) for question in entry.questions)
        for amount, counts in self.amounts(name, told):
            for leaf in leaves(amount):
                if isinstance(leaf, Named):
                    yield from self.figure(leaf.figure, counts)
                yield from self.leaf(leaf, counts)

    def leaf(self, leaf: Leaf, counts: int) -> Iterable[int]:
        match leaf:
            case Asked(question):
                yield self.wanted(question, counts)
            case Ticked(question):
                for number, variable in enumerate(self.variables):
                    if variable.name == question:
                        yield self.wanted_variable(number, question, counts)
            case Looked(table):
                yield from (self.wanted(question, counts) for question in self.bundle.tables[table].by)
            case _:
                return

    def with_period(self, within: object, told: int) -> int:
        """When a deadline is told whose length can be known."""
        match within:
            case ParamRef(name):
                return told if name in self.rules.valued else FALSE
            case FigureRef(name):
                return self.some(counts for _amount, counts in self.amounts(name, told))
            case _:
                return told

    def wanted(self, question: str, needed: int) -> int:
        """Asks for the question's value while, as far as earlier answers tell, it may be needed."""
        return self.wanted_variable(self.first[question], question, needed)

    def wanted_variable(self, variable: int, question: str, needed: int) -> int:
        may_be = self.diagrams.possible(self.diagrams.both(needed, self.gates[question]), variable)
        return self.diagrams.if_else(may_be, self.diagrams.split(variable), FALSE)

    def inputs(self) -> dict[int, tuple[int, ...]]:
        """Per computed variable, a node for each input that must be asked while the computed value counts."""
        inputs: dict[int, tuple[int, ...]] = {}
        for computed in self.bundle.computed:
            works = not computed.cases or any(map(self.can_be_known, computed.amounts))
            inputs[self.first[computed.id]] = tuple(
                self.diagrams.if_else(self.gates[name], self.diagrams.split(variable), FALSE)
                for name in computed.questions
                for variable, entry in enumerate(self.variables)
                if works and entry.name == name
            )
        return inputs


__all__ = ["Compiler", "Edition", "Kind", "Program", "Target", "Variable", "compile_bundle", "edition", "variables_of"]
