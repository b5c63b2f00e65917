"""The navigation graph: which question comes next, and how many walks lead on from each state.

A state is the *set* of undecided nodes, without the targets' names. The joint graph of all targets would be thousands of
times larger (DESIGN: 9,965 joint states against 53 sets for a sketch of one bundle).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .compiling import Program, Variable
from .diagrams import FALSE, TRUE, bits
from .model import Question

MOST_STATES = 100_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may still come from a state: questions in the shortest and longest walk, and, unless the graph is too large,
    the number of walks and the sum of their questions."""

    fewest: int
    most: int
    walks: int | None = None
    questions: int | None = None


@dataclass(slots=True, eq=False)
class State:
    """A set of undecided nodes; `sides` are those that count only while their owner may be asked. Interned."""

    core: frozenset[int]
    stops: frozenset[int]
    sides: dict[tuple[str | int, str | int], int]
    active: int
    moves: dict[tuple[int, int], "State"] = field(default_factory=dict)
    outlook: Outlook | None = None

    @property
    def stopped(self) -> bool:
        return TRUE in self.stops


class Navigation:
    """The states of a program, made as they are reached."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.questions: dict[str, Question] = {question.id: question for question in program.bundle.questions}
        self.too_large = False
        self._states: dict[object, State] = {}
        self._sides_of = self._all_sides()
        nodes = set(program.roots.values()) | program.wanted
        sides = {key: node for owned in self._sides_of.values() for key, node in owned.items()}
        self.start = self._settled(nodes - set(program.stops), program.stops, sides)

    def _all_sides(self) -> dict[int, dict[tuple[str | int, str | int], int]]:
        """Per variable, the nodes that count while it is active."""
        sides: dict[int, dict[tuple[str | int, str | int], int]] = {}
        for number, variable in enumerate(self.program.variables):
            offers = self.program.offers.get(variable.name, {}) if variable.kind != "computed" else {}
            owned: dict[tuple[str | int, str | int], int] = {
                (variable.name, choice): node
                for choice, node in offers.items()
                if variable.kind == "question" or variable.tick == choice or self.questions[variable.name].least
            }
            owned |= {(number, place): node for place, node in enumerate(self.program.inputs.get(number, ()))}
            if owned:
                sides[number] = owned
        return sides

    @property
    def states(self) -> int:
        """How many states have been made."""
        return len(self._states)

    # Moving

    def _settled(
        self, core: Iterable[int], stops: Iterable[int], sides: dict[tuple[str | int, str | int], int]
    ) -> State:
        """The state of these nodes, without what is decided or no longer counts."""
        supports = self.program.diagrams.supports
        open_core = frozenset(node for node in core if node > TRUE)
        open_stops = frozenset(node for node in stops if node != FALSE)
        active = 0
        for node in open_core | open_stops:
            active |= supports[node]
        kept: dict[tuple[str | int, str | int], int] = {}
        seen = 0
        while new := active & ~seen:
            seen |= new
            for variable in bits(new):
                for key in self._sides_of.get(variable, ()):
                    if key in sides:
                        kept[key] = sides[key]
                        active |= supports[sides[key]]
        return self._interned(open_core, open_stops, kept, active)

    def _interned(
        self, core: frozenset[int], stops: frozenset[int], sides: dict[tuple[str | int, str | int], int], active: int
    ) -> State:
        key = (core, stops, frozenset(sides.items()))
        if key not in self._states:
            self._states[key] = State(core, stops, sides, active)
        return self._states[key]

    def move(self, state: State, variable: int, value: int) -> State:
        """The state once `variable`, the first active one, has `value`."""
        found = state.moves.get((variable, value))
        if found is None:
            step = self.program.diagrams.step
            found = self._settled(
                {step(node, variable, value) for node in state.core},
                {step(node, variable, value) for node in state.stops},
                {key: step(node, variable, value) for key, node in state.sides.items()},
            )
            state.moves[variable, value] = found
        return found

    # Asking

    def next_variable(self, state: State) -> int | None:
        """The first active variable; None where the walk has ended."""
        if state.stopped or not state.active:
            return None
        return (state.active & -state.active).bit_length() - 1

    def offered(self, state: State, question: Question) -> tuple[str, ...]:
        """The choices (or bands) offered for the question that comes next, in their order."""
        first = self.program.first[question.id]
        variable = self.program.variables[first]
        if variable.kind == "question":
            ids: Iterable[str] = variable.values
        else:
            ids = [choice.id for choice in question.choices]
        return tuple(id for id in ids if state.sides.get((question.id, id), TRUE) != FALSE)

    def shown(self, state: State, question: Question) -> tuple[str, ...]:
        """The choices of a `many` question that still matter; all that are offered where at least one must be ticked."""
        offered = self.offered(state, question)
        if question.least:
            return offered
        first = self.program.first[question.id]
        return tuple(
            choice.id
            for number, choice in enumerate(question.choices)
            if choice.id in offered and state.active >> (first + number) & 1
        )

    def answered(self, state: State, question: Question, picked: frozenset[str]) -> tuple[State, dict[int, int]]:
        """The state after an answer (one id, or the ticked ones), and the values it gave by variable."""
        first = self.program.first[question.id]
        if question.type != "many":
            (id,) = picked
            value = self.program.variables[first].values.index(id)
            return self.move(state, first, value), {first: value}
        values = {}
        for number, choice in enumerate(question.choices):
            values[first + number] = int(choice.id in picked)
            if state.active >> (first + number) & 1:
                state = self.move(state, first + number, values[first + number])
        return state, values

    # Looking ahead

    def outlook(self, state: State) -> Outlook:
        """The exact bounds from here, or safe ones where the graph has more than MOST_STATES states."""
        if self.start.outlook is None and not self.too_large:
            self._explore()
        if self.too_large or state.outlook is None:
            return self._safe(state)
        return state.outlook

    def _safe(self, state: State) -> Outlook:
        """Each active question is asked once at most, and the next one is."""
        if self.next_variable(state) is None:
            return Outlook(0, 0)
        names = {self.program.variables[number].name for number in bits(state.active)}
        most = len(names & self.questions.keys())
        return Outlook(min(1, most), most)

    def _explore(self) -> None:
        """Gives every state its outlook, the last ones first."""
        stack = [self.start]
        while stack:
            state = stack[-1]
            if state.outlook is not None:
                stack.pop()
                continue
            follow = list(self.successors(state))
            waiting = [after for after, _ in follow if after.outlook is None]
            if waiting:
                stack += waiting
            else:
                state.outlook = self._summed(state, follow)
                stack.pop()
            if self.states > MOST_STATES:
                self.too_large = True
                return

    def _summed(self, state: State, follow: list[tuple[State, int]]) -> Outlook:
        if not follow:
            return Outlook(0, 0, 1, 0)
        asks = int(self.page(state) is not None)
        outlooks = [(after.outlook or Outlook(0, 0, 1, 0), times) for after, times in follow]
        walks = sum((outlook.walks or 0) * times for outlook, times in outlooks)
        return Outlook(
            asks + min(outlook.fewest for outlook, _ in outlooks),
            asks + max(outlook.most for outlook, _ in outlooks),
            walks,
            asks * walks + sum((outlook.questions or 0) * times for outlook, times in outlooks),
        )

    def page(self, state: State) -> Question | None:
        """The question asked in this state; None at the end, at a computed value, and where one choice is left."""
        number = self.next_variable(state)
        if number is None or self.program.variables[number].kind == "computed":
            return None
        question = self.questions[self.program.variables[number].name]
        alone = question.type in ("choice", "yesno") and len(self.offered(state, question)) < 2
        return None if alone else question

    def successors(self, state: State) -> Iterator[tuple[State, int]]:
        """The states after each possible answer, with the number of answers that lead there."""
        number = self.next_variable(state)
        if number is None:
            return
        variable = self.program.variables[number]
        if variable.kind == "tick":
            yield from self._after_ticks(state, self.questions[variable.name]).items()
            return
        yield from ((self.move(state, number, value), 1) for value in self._values(state, number, variable))

    def _values(self, state: State, number: int, variable: Variable) -> list[int]:
        if variable.kind == "computed":
            return list(range(len(variable.values)))
        offered = self.offered(state, self.questions[variable.name])
        return [variable.values.index(id) for id in offered] or [0]

    def _after_ticks(self, state: State, question: Question) -> dict[State, int]:
        shown = self.shown(state, question)
        first = self.program.first[question.id]
        after, nothing = {state: 1}, state
        for number, choice in enumerate(question.choices):
            if choice.id not in shown:
                continue
            variable, doubled = first + number, dict[State, int]()
            for before, times in after.items():
                for value in (0, 1):
                    then = self.move(before, variable, value) if before.active >> variable & 1 else before
                    doubled[then] = doubled.get(then, 0) + times
            nothing = self.move(nothing, variable, 0) if nothing.active >> variable & 1 else nothing
            after = doubled
        if question.least:
            after[nothing] -= 1
        return {then: times for then, times in after.items() if times}
