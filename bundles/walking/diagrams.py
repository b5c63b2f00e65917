"""Hash-consed multi-valued decision diagrams, ordered and reduced.

A node is an integer. FALSE and TRUE are the leaves; any other node tests one variable and has a child per value of it.
Along every path variables come in ascending order, no node has all children alike (but see `split`), and equal nodes
are one integer: two conditions mean the same exactly when their nodes are equal (Bryant 1986; Srinivasan et al. 1990).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import compress

FALSE, TRUE = 0, 1
MOST_MERGES = 200_000
MOST_IMPLICANTS = 2_000  # that are kept; some hundred bytes each


class TooMuchWork(Exception):
    """Merging would take too long."""


class Diagrams:
    """A store of nodes over variables 0, 1, … with a number of values each."""

    def __init__(self, sizes: list[int]) -> None:
        self.sizes = sizes
        self.variables: list[int] = [len(sizes), len(sizes)]
        self.children: list[tuple[int, ...]] = [(), ()]
        self.supports: list[int] = [0, 0]
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._memo: dict[tuple[int, int, int], int] = {}
        self._possible: dict[tuple[int, int], int] = {}
        self._outlines: dict[int, int] = {}
        self._merged: dict[tuple[int, int], int] = {}
        self._implicant = lru_cache(MOST_IMPLICANTS)(self._new_implicant)

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """The node that tests `variable` and goes on with a child per value; a child itself where all are alike."""
        if children.count(children[0]) == len(children):
            return children[0]
        return self._kept(variable, children)

    def split(self, variable: int) -> int:
        """A node that asks for the variable's value itself: kept although every child is FALSE.

        It may stand below other nodes and is never to be combined with a node that tests the same variable.
        """
        return self._kept(variable, (FALSE,) * self.sizes[variable])

    def outline(self, node: int) -> int:
        """Which variables decide a node, whatever it is decided to: the same tests with every leaf FALSE."""
        if node <= TRUE:
            return FALSE
        if node not in self._outlines:
            children = tuple(self.outline(child) for child in self.children[node])
            self._outlines[node] = self._kept(self.variables[node], children)
        return self._outlines[node]

    def merged(self, one: int, other: int) -> int:
        """A node that tests on every path what either tests, until one of them comes TRUE.

        Merge outlines only, and nodes that end the walk once they are TRUE. Raises TooMuchWork once
        MOST_MERGES pairs have been merged.
        """
        if FALSE in (one, other):
            return one or other
        if one == other or TRUE in (one, other):
            return min(one, other)
        key = (one, other) if one < other else (other, one)
        found = self._merged.get(key)
        if found is None:
            if len(self._merged) >= MOST_MERGES:
                raise TooMuchWork
            first, second = self.variables[one], self.variables[other]
            if first == second:
                children = tuple(map(self.merged, self.children[one], self.children[other]))
            elif first < second:
                children = tuple([self.merged(child, other) for child in self.children[one]])
            else:
                children = tuple([self.merged(one, child) for child in self.children[other]])
            found = self._merged[key] = self._kept(min(first, second), children)
        return found

    def _kept(self, variable: int, children: tuple[int, ...]) -> int:
        key = (variable, children)
        if key not in self._nodes:
            self._nodes[key] = len(self.variables)
            self.variables.append(variable)
            self.children.append(children)
            support = 1 << variable
            for child in children:
                support |= self.supports[child]
            self.supports.append(support)
        return self._nodes[key]

    def test(self, variable: int, values: frozenset[int]) -> int:
        """Holds when the variable has one of `values`."""
        return self.node(variable, tuple(TRUE if value in values else FALSE for value in range(self.sizes[variable])))

    def choose(self, variable: int, per_value: Mapping[int, int]) -> int:
        """Goes on with a node per value; those nodes may test any variable."""
        result = FALSE
        for value, node in per_value.items():
            result = self.either(result, self.both(self.test(variable, frozenset({value})), node))
        return result

    def if_else(self, condition: int, then: int, otherwise: int) -> int:
        """`then` where `condition` holds, else `otherwise`. Memoised on all three."""
        if condition == TRUE or then == otherwise:
            return then
        if condition == FALSE:
            return otherwise
        if then == TRUE and otherwise == FALSE:
            return condition
        key = (condition, then, otherwise)
        found = self._memo.get(key)
        if found is None:
            variable = min(map(self.variables.__getitem__, key))
            branches = (self.branches(node, variable) for node in key)
            found = self._memo[key] = self.node(variable, tuple(map(self.if_else, *branches)))
        return found

    def branches(self, node: int, variable: int) -> tuple[int, ...]:
        """The node once `variable` has each of its values; the node must not test an earlier variable."""
        return self.children[node] if self.variables[node] == variable else (node,) * self.sizes[variable]

    def both(self, one: int, other: int) -> int:
        return self._joined(one, other, FALSE)

    def either(self, one: int, other: int) -> int:
        return self._joined(one, other, TRUE)

    def _joined(self, one: int, other: int, absorbing: int) -> int:
        """Both (absorbing FALSE) or either (absorbing TRUE); `if_else` could do it in twice the time."""
        if one == other:
            return one
        if one > other:
            one, other = other, one
        if one <= TRUE:
            return one if one == absorbing else other
        key = (one, other, -1 - absorbing)
        found = self._memo.get(key)
        if found is None:
            variable, second = self.variables[one], self.variables[other]
            if variable == second:
                pairs = zip(self.children[one], self.children[other], strict=True)
                children = [self._joined(left, right, absorbing) for left, right in pairs]
            else:
                if variable > second:
                    variable, one, other = second, other, one
                children = [self._joined(child, other, absorbing) for child in self.children[one]]
            found = self._memo[key] = self.node(variable, tuple(children))
        return found

    def negate(self, node: int) -> int:
        if node <= TRUE:
            return TRUE - node
        key = (node, FALSE, TRUE)
        found = self._memo.get(key)
        if found is None:
            children = tuple(map(self.negate, self.children[node]))
            found = self._memo[key] = self.node(self.variables[node], children)
        return found

    def possible(self, node: int, variable: int) -> int:
        """Whether the node can still come true, told from variables before `variable` alone."""
        if self.variables[node] >= variable:
            return FALSE if node == FALSE else TRUE
        key = (node, variable)
        if key not in self._possible:
            children = tuple(self.possible(child, variable) for child in self.children[node])
            self._possible[key] = self.node(self.variables[node], children)
        return self._possible[key]

    def follow(self, node: int, assigned: Mapping[int, int]) -> int:
        """As far down from `node` as `assigned` (values by variable) leads."""
        while node > TRUE and (value := assigned.get(self.variables[node])) is not None:
            node = self.children[node][value]
        return node

    def path(self, node: int, assigned: Mapping[int, int]) -> list[int]:
        """The variables tested on the way that `follow` goes."""
        tested = []
        while node > TRUE and (value := assigned.get(self.variables[node])) is not None:
            tested.append(self.variables[node])
            node = self.children[node][value]
        return tested

    def needed(self, node: int, assigned: Mapping[int, int]) -> list[int]:
        """Of the variables on the path, enough to decide the node by themselves: none of them can be left out.

        (A prime implicant; values 0 are left out first, so that what was ticked explains rather than what wasn't.)
        """
        path = tuple((variable, assigned[variable]) for variable in self.path(node, assigned))
        return list(self._implicant(node, path))

    def _new_implicant(self, node: int, path: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
        kept = dict(path)
        leaf = self.follow(node, kept)
        for variable in sorted(kept, key=lambda variable: (kept[variable] != 0, variable)):
            without = {other: value for other, value in kept.items() if other != variable}
            if self._leads_only_to(leaf, node, without, set()):
                kept = without
        return tuple(kept)

    def _leads_only_to(self, leaf: int, node: int, fixed: Mapping[int, int], done: set[int]) -> bool:
        """Whether every path from `node` with the `fixed` values ends there; nodes that do so are added to `done`."""
        if node <= TRUE:
            return node == leaf
        if node in done:
            return True
        value, children = fixed.get(self.variables[node]), self.children[node]
        for child in children if value is None else (children[value],):
            if not self._leads_only_to(leaf, child, fixed, done):
                return False
        done.add(node)
        return True

    def witness(self, node: int, goal: Callable[[int], bool]) -> dict[int, int] | None:
        """Values by variable that lead to a leaf for which `goal` holds; None where no path does."""
        if node <= TRUE:
            return {} if goal(node) else None
        for value, child in enumerate(self.children[node]):
            found = self.witness(child, goal)
            if found is not None:
                return {self.variables[node]: value, **found}
        return None


def bits(mask: int) -> list[int]:
    """The positions of the set bits, ascending."""
    return list(compress(range(mask.bit_length()), map(int, reversed(bin(mask)[2:]))))
