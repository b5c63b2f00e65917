"""Conditions as short as they can be said, for people who read them with a pen.

Every step keeps the meaning wherever `care` holds; what it is elsewhere doesn't matter, as nobody reads it there.
"""

from collections.abc import Callable, Container, Iterable
from functools import cached_property
from itertools import groupby

from ..conditions import ALWAYS, NEVER, Answered, Condition, Every, FactIs, HasValue, Not, Resulted, Some, parts_of
from ..walking.compiling import Compiler
from ..walking.diagrams import FALSE, TRUE

ROUNDS = 3
LONG = 5  # marks in a fact that may stand in a condition by its name
MOST_PATHS = 24  # a diagram with more isn't shorter than what the author wrote
Test = Answered | Resulted


def size(condition: Condition) -> int:
    """How much there is to read: a test counts its values, a denial one more."""
    match condition:
        case Answered(_, values) | Resulted(_, values):
            return len(values)
        case Not(part):
            return 1 + size(part)
        case Every(parts) | Some(parts):
            return sum(map(size, parts)) + (1 if any(isinstance(part, Every | Some) for part in parts) else 0)
        case _:
            return 1


class Shortener:
    """Shortens the conditions of one compiled bundle. Without `names` no fact stands in one by its name."""

    def __init__(self, compiler: Compiler, names: bool = True) -> None:
        self.names = names
        self.compiler = compiler
        self.diagrams = compiler.diagrams
        self._known: dict[tuple[Condition, int, int | None], Condition] = {}

    def short(self, condition: Condition | None, care: int = TRUE, end: int | None = None) -> Condition:
        """The shortest that was found of what means the same where `care` (a node) holds: as the author wrote it, with
        its long facts or without any, or as the diagram has it, shortened. Else only tests on answers and results are
        left, joined and denied. Where there is an `end`, no fact that rests on that variable or a later one is named.
        """
        written = condition or ALWAYS
        key = (written, care, end)
        if key not in self._known:
            ways = [self._settled(self._opened(written, wished=True), care)]
            node = self.diagrams.both(self.node(written), care)
            if size(ways[0]) > 1 and self._paths(node, {}) <= MOST_PATHS:
                ways.append(self._settled(self.spelled(node), care))
            if size(min(ways, key=size)) > 1:
                ways.append(self._settled(self._opened(written, wished=True, kept=self._facts_before(end)), care))
            self._known[key] = min(ways, key=size)
        return self._known[key]

    @cached_property
    def long_facts(self) -> dict[str, Condition]:
        """The facts that are worth a name of their own on paper, each short, with others of them in it."""
        facts = self.compiler.bundle.facts if self.names else {}
        opened = {name: self._settled(self._opened(fact, wished=True), TRUE) for name, fact in facts.items()}
        long = {name: fact for name, fact in opened.items() if size(fact) >= LONG}
        return {
            name: min(fact, self._settled(self._opened(facts[name], wished=True, kept=long), TRUE), key=size)
            for name, fact in long.items()
        }

    def _facts_before(self, end: int | None) -> list[str]:
        return [name for name, fact in self.long_facts.items() if end is None or self.rests_before(fact, end)]

    def rests_before(self, condition: Condition, end: int) -> bool:
        """Whether a condition names nothing but variables before that one, in the facts that it names too."""
        return all(
            self.compiler.first[part.question if isinstance(part, Answered) else part.computed] < end
            for part in parts_of(condition, self.compiler.bundle.facts)
            if isinstance(part, Answered | Resulted)
        )

    def of_node(self, node: int, care: int = TRUE) -> Condition:
        """What a node says, where `care` holds."""
        return self._settled(self.spelled(self.diagrams.both(node, care)), care)

    def node(self, condition: Condition) -> int:
        return self.compiler.condition(condition)

    def _paths(self, node: int, known: dict[int, int]) -> int:
        """The ways through a node that end in TRUE, told apart by where they lead."""
        if node <= TRUE:
            return node
        if node not in known:
            known[node] = sum(self._paths(child, known) for child in dict.fromkeys(self.diagrams.children[node]))
        return known[node]

    # Openings

    def _opened(self, condition: Condition, wished: bool, kept: Container[str] = ()) -> Condition:
        """With params and all facts but those `kept` opened, denials at the tests and facts alone."""
        match condition:
            case Not(part):
                return self._opened(part, not wished, kept)
            case FactIs(fact, holds) if fact in kept:
                return FactIs(fact, wished == holds)
            case FactIs(fact, holds):
                return self._opened(self.compiler.bundle.facts[fact], wished == holds, kept)
            case HasValue():
                return ALWAYS if (self.node(condition) == TRUE) == wished else NEVER
            case Every(parts) | Some(parts):
                joined = Every if isinstance(condition, Every) == wished else Some
                return joined(tuple(self._opened(part, wished, kept) for part in parts))
            case _:
                return condition if wished else Not(condition)

    def spelled(self, node: int) -> Condition:
        """A node as its branches: per answer what else it takes."""
        if node <= TRUE:
            return ALWAYS if node == TRUE else NEVER
        variable = self.compiler.variables[self.diagrams.variables[node]]
        children = self.diagrams.children[node]
        parts: list[Condition] = []
        for child in dict.fromkeys(children):
            if child != FALSE:
                values = frozenset(id for id, other in zip(variable.values, children, strict=True) if other == child)
                test: Condition
                if variable.kind == "tick":
                    test = Answered(variable.name, frozenset({variable.tick}))
                    test = test if "yes" in values else Not(test)
                else:
                    test = (Resulted if variable.kind == "computed" else Answered)(variable.name, values)
                parts.append(_joined(Every, (test, self.spelled(child))))
        return _joined(Some, parts)

    # Shortening

    def _settled(self, condition: Condition, care: int) -> Condition:
        """Shortened until that changes nothing."""
        for _round in range(ROUNDS):
            before, condition = condition, self._shortened(condition, care)
            if condition == before:
                break
        return condition

    def _shortened(self, condition: Condition, care: int) -> Condition:
        both, negate = self.diagrams.both, self.diagrams.negate
        node = self.node(condition)
        if both(care, negate(node)) == FALSE:
            return ALWAYS
        if both(care, node) == FALSE:
            return NEVER
        match condition:
            case Every(parts):
                return self._every(list(_flat(Every, parts)), care)
            case Some(parts):
                return _factored(self._some(list(_flat(Some, parts)), care))
            case Not(Answered() | Resulted() as test):
                return self._denied(test, care)
            case Answered() | Resulted():
                return self._affirmed(condition, care)
            case _:
                return condition

    def _every(self, parts: list[Condition], care: int) -> Condition:
        """Without what the others say already; each part short where the others hold."""
        every, both = self.compiler.every, self.diagrams.both

        def within(others: Iterable[Condition]) -> int:
            return both(care, every(map(self.node, others)))

        return _joined(Every, _met(self._without_needless(parts, within)))

    def _some(self, parts: list[Condition], care: int) -> Condition:
        """Without what the others allow already; each part short where none of the others holds."""
        some, both, negate = self.compiler.some, self.diagrams.both, self.diagrams.negate

        def within(others: Iterable[Condition]) -> int:
            return both(care, negate(some(map(self.node, others))))

        return _joined(Some, _united(self._without_needless(parts, within)))

    def _without_needless(self, parts: list[Condition], within: Callable[[list[Condition]], int]) -> list[Condition]:
        """The parts, each shortened where the others leave it open, the longest first. One that is then settled says
        nothing new: always in a list of which all must hold, never in a list of which one must.
        """
        for part in sorted(parts, key=size, reverse=True):
            place = next(number for number, other in enumerate(parts) if other is part)
            others = parts[:place] + parts[place + 1 :]
            found = self._shortened(part, within(others))
            parts = others if found in (ALWAYS, NEVER) else [*parts[:place], found, *parts[place + 1 :]]
        return parts

    def _possible(self, test: Test, care: int) -> frozenset[str]:
        """The values that the test's question or computed value can have where `care` holds."""
        return frozenset(
            id
            for id in self._values(test)
            if self.diagrams.both(care, self.node(_test(test, frozenset({id})))) != FALSE
        )

    def _values(self, test: Test) -> tuple[str, ...]:
        if isinstance(test, Resulted):
            return self.compiler.variables[self.compiler.first[test.computed]].values
        return self.compiler.questions[test.question].values

    def _affirmed(self, test: Test, care: int) -> Condition:
        possible = self._possible(test, care)
        wanted = _test(test, _wanted(test) & possible)
        return self._shorter(wanted, Not(_test(test, possible - _wanted(test))), care)

    def _denied(self, test: Test, care: int) -> Condition:
        possible = self._possible(test, care)
        denied = Not(_test(test, _wanted(test) & possible))
        return self._shorter(denied, _test(test, possible - _wanted(test)), care)

    def _shorter(self, usual: Condition, other: Condition, care: int) -> Condition:
        """The other way to say it, where it is shorter and means the same."""
        both = self.diagrams.both
        same = size(other) < size(usual) and both(care, self.node(usual)) == both(care, self.node(other))
        return other if same else usual


def _wanted(test: Test) -> frozenset[str]:
    return test.choices if isinstance(test, Answered) else test.results


def _test(test: Test, values: frozenset[str]) -> Test:
    """The same test with other values."""
    return Answered(test.question, values) if isinstance(test, Answered) else Resulted(test.computed, values)


def _joined(kind: type[Every] | type[Some], parts: Iterable[Condition]) -> Condition:
    """The parts as one condition; a single one alone."""
    flat = tuple(dict.fromkeys(_flat(kind, parts)))
    return flat[0] if len(flat) == 1 else kind(flat)


def _flat(kind: type[Every] | type[Some], parts: Iterable[Condition]) -> Iterable[Condition]:
    for part in parts:
        if isinstance(part, kind):
            yield from _flat(kind, part.parts)
        else:
            yield part


def _united(parts: list[Condition]) -> list[Condition]:
    """Tests on the same answer as one: 3A or 3B."""
    found: list[Condition] = []
    for part in parts:
        place = next((number for number, other in enumerate(found) if _about_same(part, other)), None)
        if place is None:
            found.append(part)
        else:
            found[place] = _with_values(found[place], part)
    return found


def _met(parts: list[Condition]) -> list[Condition]:
    """Denials of the same answer as one: neither 3A nor 3B."""
    denied = [part.part for part in parts if isinstance(part, Not)]
    return [*(part for part in parts if not isinstance(part, Not)), *map(Not, _united(denied))]


def _about_same(one: Condition, other: Condition) -> bool:
    match one, other:
        case (Answered(name, _), Answered(same, _)) | (Resulted(name, _), Resulted(same, _)):
            return name == same
        case _:
            return False


def _with_values(one: Condition, other: Condition) -> Condition:
    match one, other:
        case ((Answered() | Resulted()), (Answered() | Resulted())):
            return _test(one, _wanted(one) | _wanted(other))
        case _:
            return one


def _factored(condition: Condition) -> Condition:
    """What all alternatives have in common is said once."""
    if not isinstance(condition, Some) or not condition.parts:
        return condition
    lists = [part.parts if isinstance(part, Every) else (part,) for part in condition.parts]
    common = [part for part in lists[0] if all(part in other for other in lists[1:])]
    if not common:
        return _by_first(condition, lists)
    rests = [_joined(Every, [part for part in parts if part not in common]) for parts in lists]
    return _joined(Every, [*common, _joined(Some, rests)])


def _by_first(condition: Some, lists: list[tuple[Condition, ...]]) -> Condition:
    """Neighbours that begin alike share their beginning."""
    groups = [list(group) for _, group in groupby(lists, key=lambda parts: parts[0])]
    if len(groups) == len(lists):
        return condition
    return _joined(Some, [_factored(Some(tuple(_joined(Every, parts) for parts in group))) for group in groups])
