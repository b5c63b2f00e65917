"""The navigation graph: which question comes next, and how many walks lead on from each state.

A state is the *set* of undecided nodes, without the targets' names and without what they would come to. The joint graph
of all targets would be thousands of times larger. bundles/README.md says why this loses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from threading import Lock
from typing import NamedTuple

from ..model import Question
from .compiling import Program
from .diagrams import FALSE, TRUE, TooMuchWork, bits

MOST_STATES = 100_000
_exploring = Lock()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may still come from a state: questions in the shortest and longest walk, the number of walks and the sum of
    their questions; the latter two are None where the graph is too large.
    """

    fewest: int
    most: int
    walks: int | None = None
    questions: int | None = None


Sides = tuple[int, ...]
STOPPED = frozenset({TRUE})
ENDED = Outlook(0, 0, 1, 0)


class Ticking(NamedTuple):
    """A state while the ticks of one question are followed: nodes that rest on ticks, sides, and what is watched."""

    nodes: frozenset[int]
    sides: Sides
    watched: Sides


@dataclass(slots=True, eq=False)
class State:
    """A set of undecided nodes, with TRUE among them once a stop holds. Interned.

    `sides` are nodes that count only while their owner may be asked, see `Navigation`; `active` has a bit for each
    variable that may still be asked.
    """

    nodes: frozenset[int]
    sides: Sides
    active: int
    moves: dict[tuple[tuple[int, int], ...], "State"] = field(default_factory=dict)
    outlook: Outlook | None = None

    @property
    def stopped(self) -> bool:
        return TRUE in self.nodes


class Navigation:
    """The states of a program, made as they are reached.

    Stops are followed as they are, everything else as outlines. Sides are what a choice's offer and a computed value's
    inputs rest on: `owned` lists per variable the sides that count while it may be asked, the last variable first.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.questions: dict[str, Question] = {question.id: question for question in program.bundle.questions}
        self.ticks: dict[str, tuple[int, ...]] = {
            question.id: tuple(range(program.first[question.id], program.first[question.id] + len(question.choices)))
            for question in program.bundle.questions
            if question.type == "many"
        }
        self.too_large = False
        self._states: dict[object, State] = {}
        self.places: dict[tuple[str, str], int] = {}
        self.owned: list[tuple[int, tuple[int, ...]]] = []
        sides = self._collect_sides()
        self.start = self._settled(self._roots(), sides)

    def _collect_sides(self) -> list[int]:
        """The sides at the start; says in `places` and `owned` which is whose."""
        sides: list[int] = []
        for name, offers in self.program.offers.items():
            for choice, node in offers.items():
                self.places[name, choice] = len(sides)
                sides.append(node)
        for number, variable in enumerate(self.program.variables):
            if variable.kind == "computed":
                inputs = self.program.inputs[number]
                owned = tuple(range(len(sides), len(sides) + len(inputs)))
                sides += inputs
            else:
                alone = variable.kind == "tick" and not self.questions[variable.name].least
                choices = (variable.tick,) if alone else self.program.offers[variable.name]
                owned = tuple(
                    self.places[variable.name, choice] for choice in choices if (variable.name, choice) in self.places
                )
            if owned:
                self.owned.insert(0, (number, owned))
        return sides

    def _roots(self) -> set[int]:
        """The stops and the outlines of all else that is told or wanted, merged pair by pair.

        So states in which the same questions follow become one. A bundle for which merging is too much work keeps the
        rest of its nodes apart; it only has more states.
        """
        diagrams, program = self.program.diagrams, self.program
        told = (node for target, node in program.roots.items() if target.kind != "stop")
        nodes = list(dict.fromkeys([*program.stops, *map(diagrams.outline, told), *program.wanted]))
        with suppress(TooMuchWork):
            while len(nodes) > 1:
                odd = nodes[len(nodes) & ~1 :]
                nodes = [diagrams.merged(one, other) for one, other in zip(nodes[::2], nodes[1::2], strict=False)] + odd
        return set(nodes)

    @property
    def states(self) -> int:
        """How many states have been made."""
        return len(self._states)

    # Moving

    def _settled(self, nodes: set[int], sides: Sequence[int]) -> State:
        """The state of these nodes and sides, without what is decided or no longer counts."""
        supports = self.program.diagrams.supports
        nodes.discard(FALSE)
        if TRUE in nodes:
            nodes = {TRUE}
        kept = [TRUE] * len(sides)
        active = reduce(or_, map(supports.__getitem__, nodes), 0)
        for number, owned in self.owned:
            if active >> number & 1:
                for place in owned:
                    kept[place] = sides[place]
                    active |= supports[sides[place]]
        key = (frozenset(nodes), tuple(kept))
        # Threads may come here at once; a second state for the same key would never get an outlook
        return self._states.get(key) or self._states.setdefault(key, State(*key, active))

    def move(self, state: State, values: Mapping[int, int]) -> State:
        """The state once the next variable, or all ticks of the next question, have these values."""
        key = tuple(values.items())
        found = state.moves.get(key)
        if found is None:
            diagrams = self.program.diagrams
            tested, follow = diagrams.variables, diagrams.follow
            found = state.moves[key] = self._settled(
                {follow(node, values) if tested[node] in values else node for node in state.nodes},
                [follow(node, values) if tested[node] in values else node for node in state.sides],
            )
        return found

    # Asking

    def next_variable(self, state: State) -> int | None:
        """The first active variable; None where the walk has ended."""
        if state.stopped or not state.active:
            return None
        return (state.active & -state.active).bit_length() - 1

    def asks(self, state: State, name: str) -> bool:
        """Whether a question may still be asked from this state on."""
        variables = self.ticks.get(name, (self.program.first[name],))
        return not state.stopped and any(state.active >> number & 1 for number in variables)

    def offered(self, state: State, question: Question) -> tuple[str, ...]:
        """The choices (or bands) offered for the question that comes next, in their order."""
        variable = self.program.variables[self.program.first[question.id]]
        ids = question.values[:-1] if variable.kind == "tick" else variable.values
        return tuple(id for id in ids if self._is_offered(state, question, id))

    def _is_offered(self, state: State, question: Question, id: str) -> bool:
        place = self.places.get((question.id, id))
        return place is None or state.sides[place] != FALSE

    def shown(self, state: State, question: Question) -> tuple[str, ...]:
        """What the page of a question shows: the choices offered, of a `many` question those that still matter.

        Where at least one must be ticked, all that are offered are shown.
        """
        if question.type != "many" or question.least:
            return self.offered(state, question)
        return tuple(
            choice.id
            for number, choice in zip(self.ticks[question.id], question.choices, strict=True)
            if state.active >> number & 1 and self._is_offered(state, question, choice.id)
        )

    def forced(self, state: State, question: Question) -> frozenset[str] | None:
        """The only answer that the question next in turn can have, None where there are several."""
        if question.type in ("date", "number"):
            return None
        shown = self.shown(state, question)
        least = question.least if question.type == "many" else 1
        return frozenset(shown) if len(shown) <= least else None

    def values(self, question: Question, picked: frozenset[str]) -> dict[int, int]:
        """The values by variable that an answer (one id, or the ticked ones) gives."""
        first = self.program.first[question.id]
        if question.type == "many":
            ticks = zip(self.ticks[question.id], question.choices, strict=True)
            return {number: int(choice.id in picked) for number, choice in ticks}
        return {first: next((self.program.variables[first].values.index(id) for id in picked), 0)}

    def page(self, state: State) -> Question | None:
        """The question asked in this state; None at the end, at a computed value, and where one answer is left."""
        number = self.next_variable(state)
        if number is None or self.program.variables[number].kind == "computed":
            return None
        question = self.questions[self.program.variables[number].name]
        return question if self.forced(state, question) is None else None

    # Looking ahead

    def outlook(self, state: State) -> Outlook:
        """The exact bounds from here, or safe ones where the graph has more than MOST_STATES states."""
        if self._unexplored:
            with _exploring:
                if self._unexplored:
                    self._explore()
        if self.too_large or state.outlook is None:
            return self._safe(state)
        return state.outlook

    @property
    def _unexplored(self) -> bool:
        return self.start.outlook is None and not self.too_large

    def _safe(self, state: State) -> Outlook:
        """Each active question is asked once at most, and the next one is."""
        if self.next_variable(state) is None:
            return Outlook(0, 0)
        names = {self.program.variables[number].name for number in bits(state.active)}
        most = len(names & self.questions.keys())
        return Outlook(min(1, most), most)

    def _explore(self) -> None:
        """Gives every state its outlook, the last ones first; `too_large` where that is too much work."""
        try:
            self._give_outlooks()
        except TooMuchWork:
            self.too_large = True

    def _give_outlooks(self) -> None:
        stack = [(self.start, list(self.successors(self.start)))]
        while stack:
            state, follow = stack[-1]
            waiting = next((after for after, _ in follow if after.outlook is None), None)
            if waiting is None:
                state.outlook = self._summed(state, follow)
                stack.pop()
            else:
                stack.append((waiting, list(self.successors(waiting))))
            if self.states > MOST_STATES:
                self.too_large = True
                return

    def _summed(self, state: State, follow: list[tuple[State, int]]) -> Outlook:
        if not follow:
            return ENDED
        asks = int(self.page(state) is not None)
        outlooks = [(after.outlook or ENDED, times) for after, times in follow]
        walks = sum((outlook.walks or 0) * times for outlook, times in outlooks)
        return Outlook(
            asks + min(outlook.fewest for outlook, _ in outlooks),
            asks + max(outlook.most for outlook, _ in outlooks),
            walks,
            asks * walks + sum((outlook.questions or 0) * times for outlook, times in outlooks),
        )

    def successors(self, state: State) -> Iterator[tuple[State, int]]:
        """The states after each possible answer, with the number of answers that lead there."""
        return ((after, times) for after, _, times in self.branches(state, ()))

    def last_asked(self) -> set[str]:
        """The questions after which a walk may finish; all of them where the graph is too large to look."""
        self.outlook(self.start)
        if self.too_large:
            return set(self.questions)
        found: set[str] = set()
        seen, waiting = {self.start}, [self.start]
        while waiting:
            state = waiting.pop()
            question = self.page(state)
            for after, _times in self.successors(state):
                if question and self._may_finish(after):
                    found.add(question.id)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return found

    def _may_finish(self, state: State) -> bool:
        """Whether a walk may come to its end from here without another question."""
        if self.next_variable(state) is None:
            return not state.stopped
        return self.page(state) is None and any(self._may_finish(after) for after, _times in self.successors(state))

    def branches(self, state: State, watched: Sides) -> Iterator[tuple[State, Sides, int]]:
        """As `successors`, and where each answer leads the diagrams `watched` beside."""
        number = self.next_variable(state)
        if number is None:
            return
        variable = self.program.variables[number]
        if variable.kind == "computed":
            wishes = [{number: value} for value in range(len(variable.values))]
        else:
            question = self.questions[variable.name]
            forced = self.forced(state, question)
            if forced is None and variable.kind == "tick":
                yield from self._after_ticks(state, question, watched)
                return
            picked = [forced] if forced is not None else [frozenset({id}) for id in self.offered(state, question)]
            wishes = [self.values(question, wish) for wish in picked]
        follow = self.program.diagrams.follow
        for values in wishes:
            yield self.move(state, values), tuple(follow(node, values) for node in watched), 1

    def _after_ticks(self, state: State, question: Question, watched: Sides) -> Iterator[tuple[State, Sides, int]]:
        """The states after each set of ticks.

        Only what rests on a tick is followed, tick by tick; sets of ticks that lead to the same nodes
        are counted together.
        """
        tested, ticks = self.program.diagrams.variables, self.ticks[question.id]
        nodes = frozenset(node for node in state.nodes if tested[node] in ticks)
        nothing = Ticking(nodes, state.sides, watched)
        layer: dict[Ticking, int] = {nothing: 1}
        shown = self.shown(state, question)
        for number, choice in zip(ticks, question.choices, strict=True):
            below: dict[Ticking, int] = {}
            for step, times in layer.items():
                for value in (0, 1) if choice.id in shown else (0,):
                    then = self._stepped(step, number, value)
                    below[then] = below.get(then, 0) + times
            nothing = self._stepped(nothing, number, 0)
            layer = below
            if len(layer) > MOST_STATES:
                raise TooMuchWork
        if question.least:
            layer[nothing] -= 1
        for step, times in layer.items():
            if times:
                rest = {*(state.nodes - nodes), *step.nodes}
                yield self._settled(rest, step.sides or state.sides), step.watched, times

    def _stepped(self, step: Ticking, variable: int, value: int) -> Ticking:
        """What rests on ticks, once one of them has a value."""
        tested, children = self.program.diagrams.variables, self.program.diagrams.children

        def follow(nodes: Sides) -> Sides:
            if variable not in map(tested.__getitem__, nodes):
                return nodes
            return tuple(children[node][value] if tested[node] == variable else node for node in nodes)

        after = {children[node][value] if tested[node] == variable else node for node in step.nodes}
        after.discard(FALSE)
        if TRUE in after:
            return Ticking(STOPPED, (), follow(step.watched))
        return Ticking(frozenset(after), follow(step.sides), follow(step.watched))
