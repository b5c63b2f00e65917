"""What a reviewer reads of a rule: its words, when it holds, what is known of it."""

from dataclasses import dataclass
from datetime import date

from bundles.dictionary import Source


@dataclass(frozen=True, slots=True)
class Reaching:
    """The cases that reach a rule: the first of them by their ids, and how many there are."""

    first: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing that may be told: what, when in words (nothing for always), and what is known of it.

    `word` is the key in the bundle file of what an item says: fee, where, deadline. `group` is the named group that it
    stands in. `cases` are those that reach it, None where that isn't asked; `remark` is an editor's word to editors,
    `until` the last day for which it was said. A text that is empty is one that nobody knows.
    """

    id: str
    text: str
    when: str = ""
    more: tuple[str, ...] = ()
    source: Source | None = None
    confirmed: bool = True
    word: str = ""
    group: str = ""
    cases: Reaching | None = None
    remark: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    line: RuleLine
    choices: list[RuleLine]


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """An item; `how_many` are the numbers of its materials and what replaces them, one by one."""

    line: RuleLine
    may_when: str
    after: list[str]
    words: list[RuleLine]
    materials: list[RuleLine]
    how_many: list[RuleLine]
    fields: list[RuleLine]
    notes: list[RuleLine]
