"""What the walks of a bundle offer, how often they spare a question, and how often they tell what nobody confirmed."""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from ..facts import Fact
from ..model import Deadline, Item, Word
from ..values import FigureRef, ParamRef, figures_in
from ..walking.compiling import Target
from ..walking.diagrams import FALSE, TRUE
from ..walking.editions import Edition
from ..walking.navigation import Navigation, Sides, State
from ..walking.walks import navigation_of
from ..walking.working_out import is_confirmed


def spared_share(navigation: Navigation, walks: int | None) -> float | None:
    """The share of walks (0 to 1) that skip a question whose gate holds; None where `walks` are too many to count.

    After a stop nothing counts as skipped.
    """
    return 1 - _Sparing(navigation).full(navigation.start) / walks if walks else None


class _Sparing:
    def __init__(self, navigation: Navigation) -> None:
        self.navigation = navigation
        self.turns = [navigation.program.first[name] for name in navigation.program.gates]
        self.known: dict[tuple[int, Sides], int] = {}

    def full(self, state: State, gates: Sides | None = None) -> int:
        """The walks from here that skip no question whose gate holds; `gates` are those of the questions to come."""
        gates = tuple(self.navigation.program.gates.values()) if gates is None else gates
        if state.stopped:
            return 1
        first = len(self.turns) - len(gates)
        number = self.navigation.next_variable(state)
        upto = sum(turn < self.navigation.program.first_of(number) for turn in self.turns)
        if any(gate != FALSE for gate in gates[: upto - first]):
            return 0
        if number is None:
            return 1
        asked = self.navigation.program.variables[number].kind != "computed"
        left = gates[upto - first + asked :]
        key = (id(state), left)
        if key not in self.known:
            branches = self.navigation.branches(state, left)
            self.known[key] = sum(times * self.full(after, watched) for after, watched, times in branches)
        return self.known[key]


def unconfirmed_share(rules: Edition) -> float | None:
    """The share of walks (0 to 1) whose end tells something that nobody has confirmed; None where they are too many."""
    navigation = navigation_of(rules)
    walks = navigation.outlook(navigation.start).walks
    return _Telling(navigation, rules).walks(navigation.start) / walks if walks else None


class _Telling:
    """Counts the walks that tell what nobody has confirmed: beside each goes a diagram of when that is told."""

    def __init__(self, navigation: Navigation, rules: Edition) -> None:
        self.navigation, self.rules, self.bundle = navigation, rules, rules.bundle
        self.targets, either = navigation.program.targets, navigation.program.diagrams.either
        stops = (
            self.targets[Target("stop", (stop.id,))] for stop in self.bundle.stops if self.is_unsure(stop, stop.tell)
        )
        self.start = (reduce(either, stops, FALSE), reduce(either, self.told(), FALSE))
        self.known: dict[tuple[int, Sides], int] = {}

    def is_unsure(self, fact: Fact, text: str = "") -> bool:
        """Whether nobody has confirmed a fact, or a figure in its text."""
        figures = (self.bundle.figures[name] for name in figures_in(text) if name in self.bundle.figures)
        return not (fact.confirmed and all(is_confirmed(self.rules, figure) for figure in figures))

    def told(self) -> Iterator[int]:
        """When each unconfirmed fact is told."""
        for note in self.bundle.notes:
            if self.is_unsure(note, note.tell):
                yield self.targets[Target("note", (note.id,))]
        for item in self.bundle.items:
            yield from self.told_of(item)

    def told_of(self, item: Item) -> Iterator[int]:
        owner = [self.targets[Target("item", (item.id,))], self.targets[Target("counter", (item.id,))]]
        if self.is_unsure(item):
            yield from owner
        for name, word in (*item.words.items(), ("deadline", item.deadline)):
            yield from self.variants((item.id, name), word, owner)
        for number, line in enumerate(item.materials):
            needed = self.targets[Target("material", (item.id, number))]
            if self.is_unsure(line):
                yield needed
            for name, counts in (("originals", line.originals), ("copies", line.copies), ("waived_by", line.waived_by)):
                yield from self.variants((item.id, number, name), counts, [needed])
        for note in item.notes:
            if self.is_unsure(note, note.tell):
                yield self.targets[Target("note", (item.id, note.id))]

    def variants(self, path: tuple[str | int, ...], word: Word[Any], owner: list[int]) -> Iterator[int]:
        for number, variant in enumerate(word):
            text = variant.value if isinstance(variant.value, str) else ""
            if self.is_unsure(variant, text) or self.is_unsure_length(variant.value):
                target = self.targets.get(Target("word", (*path, number)))
                yield from owner if target is None else [target]

    def is_unsure_length(self, value: object) -> bool:
        """Whether a deadline's length is a value that nobody has confirmed."""
        match value:
            case Deadline(within=ParamRef(name)):
                return not self.bundle.params[name].on(self.rules.today).confirmed
            case Deadline(within=FigureRef(name)):
                return not is_confirmed(self.rules, self.bundle.figures[name])
            case _:
                return False

    def walks(self, state: State, watched: Sides | None = None) -> int:
        """The walks from here that tell something unconfirmed; `watched` are the diagrams of stops and of the rest."""
        stops, rest = watched = self.start if watched is None else watched
        if state.stopped:
            return int(stops != FALSE)
        if self.navigation.next_variable(state) is None:
            return int(rest != FALSE)
        key = (id(state), watched)
        if key not in self.known:
            branches = self.navigation.branches(state, watched)
            self.known[key] = sum(times * self.walks(after, then) for after, then, times in branches)
        return self.known[key]


class Commonness:
    """How many of the walks that end without a stop tell something. Exact: counted over the diagrams.

    `walks` is None where they are too many to count.
    """

    def __init__(self, navigation: Navigation) -> None:
        self.navigation = navigation
        self.known: dict[tuple[int, Sides], int] = {}
        self.navigation.outlook(self.navigation.start)
        self.walks = None if self.navigation.too_large else self._count(self.navigation.start, (TRUE,))

    def share(self, told: Iterable[int], among: int = TRUE) -> float:
        """The share (0 to 1) of the walks in which any of these diagrams holds; of those in which `among` holds."""
        diagrams = self.navigation.program.diagrams
        held = diagrams.both(among, reduce(diagrams.either, told, FALSE))
        walks = self._count(self.navigation.start, (among,))
        return self._count(self.navigation.start, (held,)) / walks if walks else 0

    def _count(self, state: State, watched: Sides) -> int:
        if state.stopped or watched == (FALSE,):
            return 0
        if self.navigation.next_variable(state) is None:
            return 1
        key = (id(state), watched)
        if key not in self.known:
            branches = self.navigation.branches(state, watched)
            self.known[key] = sum(times * self._count(after, then) for after, then, times in branches)
        return self.known[key]


def offered_in(navigations: Iterable[Navigation]) -> dict[str, set[str]] | None:
    """Per question, the choices that some walk offers when it asks it; None where a graph is too large."""
    seen: dict[str, set[str]] = {}
    for navigation in navigations:
        navigation.outlook(navigation.start)
        if navigation.too_large:
            return None
        for state in _reachable(navigation):
            question = navigation.page(state)
            if question is not None:
                seen.setdefault(question.id, set()).update(navigation.shown(state, question))
    return seen


def _reachable(navigation: Navigation) -> Iterator[State]:
    seen = {navigation.start}
    queue = [navigation.start]
    while queue:
        state = queue.pop()
        yield state
        for after, _ in navigation.successors(state):
            if after not in seen:
                seen.add(after)
                queue.append(after)
