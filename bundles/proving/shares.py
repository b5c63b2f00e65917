"""What the walks of a bundle offer, and how often they spare a question that an author's branches alone would ask."""

from collections.abc import Iterable, Iterator

from ..walking.diagrams import FALSE
from ..walking.navigation import Navigation, Sides, State


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
