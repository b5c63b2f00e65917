"""Hash-consed multi-valued decision diagrams, ordered and reduced.

A node is an integer. FALSE and TRUE are the leaves; any other node tests one variable and has a child per value of it.
Along every path variables come in ascending order, no node has all children alike (but see `split`), and equal nodes are
one integer: two conditions mean the same exactly when their nodes are equal (Bryant 1986; Srinivasan et al. 1990).
"""

from collections.abc import Callable, Mapping
from itertools import compress

FALSE, TRUE = 0, 1


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

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """The node that tests `variable` and goes on with a child per value; a child itself where all are alike."""
        if children.count(children[0]) == len(children):
            return children[0]
        return self._kept(variable, children)

    def split(self, variable: int) -> int:
        """A node that asks for the variable's value itself: kept although every child is TRUE.

        It may stand below other nodes and is never to be combined with a node that tests the same variable.
        """
        return self._kept(variable, (TRUE,) * self.sizes[variable])

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
        key = (condition, then, otherwise)
        found = self._memo.get(key)
        if found is None:
            variable = min(self.variables[condition], self.variables[then], self.variables[otherwise])
            found = self.node(
                variable,
                tuple(
                    self.if_else(
                        self.step(condition, variable, value),
                        self.step(then, variable, value),
                        self.step(otherwise, variable, value),
                    )
                    for value in range(self.sizes[variable])
                ),
            )
            self._memo[key] = found
        return found

    def both(self, one: int, other: int) -> int:
        return self.if_else(one, other, FALSE)

    def either(self, one: int, other: int) -> int:
        return self.if_else(one, TRUE, other)

    def negate(self, node: int) -> int:
        return self.if_else(node, FALSE, TRUE)

    def step(self, node: int, variable: int, value: int) -> int:
        """The node once `variable` has `value`; the node must not test an earlier variable."""
        return self.children[node][value] if self.variables[node] == variable else node

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
