"""Reads the words of conditions as they are printed: the opposite of `bundles.paper.mark_words`."""

import re
from collections.abc import Iterator, Mapping

from bundles.conditions import Answered, Condition, Every, FactIs, Not, Resulted, Some
from bundles.paper.questionnaire import PaperQuestionnaire
from bundles.values import Computed

MARKED = re.compile(r"([0-9]+[A-Z])|([甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥][0-9]*)")
TOKENS = re.compile(rf"{MARKED.pattern}|，并且|；或者|都没勾|没勾|或|、|（|）")


class Reader:
    """Reads the conditions of one paper; it knows the printed marks and boxes, and nothing else."""

    def __init__(self, paper: PaperQuestionnaire) -> None:
        computed = {step.id for step in paper.steps if isinstance(step.of, Computed)}
        self.meant: Mapping[str, Condition] = {
            name: _meant(owner, value, owner in computed) for (owner, value), name in paper.names.items()
        }

    def read(self, words: str) -> Condition:
        """The condition that words say. Fails on words that aren't a condition from end to end."""
        found = [match[0] for match in TOKENS.finditer(words)]
        assert "".join(found) == words, words
        self.left = found[::-1]
        condition = self._list()
        assert not self.left, words
        return condition

    def _list(self) -> Condition:
        parts = [self._part()]
        joint = self.left[-1] if self.left else ""
        while self.left and self.left[-1] in ("，并且", "；或者"):
            assert self.left.pop() == joint, "and with or, and no brackets"
            parts.append(self._part())
        if len(parts) == 1:
            return parts[0]
        return Every(tuple(parts)) if joint == "，并且" else Some(tuple(parts))

    def _part(self) -> Condition:
        if self.left[-1] == "（":
            self.left.pop()
            inner = self._list()
            assert self.left.pop() == "）"
            return inner
        marks = [self.meant[self.left.pop()]]
        joint = self.left[-1] if self.left and self.left[-1] in ("或", "、") else ""
        while self.left and self.left[-1] in ("或", "、"):
            assert self.left.pop() == joint
            marks.append(self.meant[self.left.pop()])
        said = self.left.pop() if self.left and self.left[-1] in ("没勾", "都没勾") else ""
        assert (said == "都没勾") == (joint == "、"), "either none of several, or any of them"
        together = list(_united(marks))
        if not said:
            return together[0] if len(together) == 1 else Some(tuple(together))
        assert len(together) == 1
        return _denied(together[0])


def _meant(owner: str, value: str, computed: bool) -> Condition:
    if not owner:
        return FactIs(value, holds=True)
    return Resulted(owner, frozenset({value})) if computed else Answered(owner, frozenset({value}))


def _denied(test: Condition) -> Condition:
    return FactIs(test.fact, not test.holds) if isinstance(test, FactIs) else Not(test)


def _united(marks: list[Condition]) -> Iterator[Condition]:
    """Neighbours of one question as one test."""
    current: Condition | None = None
    for mark in marks:
        match current, mark:
            case Answered(name, values), Answered(same, more) if name == same:
                current = Answered(name, values | more)
            case Resulted(name, values), Resulted(same, more) if name == same:
                current = Resulted(name, values | more)
            case _:
                if current is not None:
                    yield current
                current = mark
    if current is not None:
        yield current
