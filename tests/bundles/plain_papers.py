"""Which papers a bundle asks for, read off its YAML tree: groups opened, of several papers the one needed anyway."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Line = Mapping[str, Any]
Holds = Callable[[Mapping[str, Any] | None], bool]
Paper = tuple[str, str | None]


def opened(entries: list[Any], groups: Mapping[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """The lines that entries stand for; what stands in a named group holds where the group and its use do too."""
    for entry in entries:
        if not isinstance(entry, Mapping):
            yield {"id": entry}
        elif "group" in entry:
            group = groups[entry["group"]]
            for line in opened(group.get(key, []), groups, key):
                yield line | {"when": {"all": [entry.get("when", {}), group.get("when", {}), line.get("when", {})]}}
        else:
            yield dict(entry)


@dataclass(frozen=True)
class Asks:
    """Papers of one item of which it needs one; mostly there is only one."""

    item: str
    applies: bool
    lines: tuple[Line, ...]


@dataclass
class Papers:
    """What is asked for under some answers. `usual` are the dictionary's numbers, `answer` a question's answer."""

    holds: Holds
    answer: Callable[[str], Any]
    usual: Mapping[str, Any]
    variant: Callable[[Any, str], Any]

    def told(self, items: Mapping[str, tuple[bool, list[Line]]]) -> dict[Any, Any]:
        """By material, person and choice: the numbers, those of separate handling, the items, and what replaces it.

        `items` are those that are told, each with whether it applies for certain, and its lines.
        """
        asks = [Asks(item, applies, lines) for item, (applies, all_lines) in items.items()
                for lines in self.of_item(all_lines)]  # fmt: skip
        found: dict[Any, list[tuple[str, Line]]] = {}
        for one in self.settled(asks):
            papers = frozenset(map(paper_of, one.lines))
            for line in one.lines:
                key = (*paper_of(line), papers if len(papers) > 1 else None)
                found.setdefault(key, []).append((one.item, line))
        return {key: self.summed(lines) for key, lines in found.items()}

    def of_item(self, lines: list[Line]) -> Iterator[tuple[Line, ...]]:
        for line in lines:
            if not self.holds(line.get("when")):
                continue
            held = [one for one in opened(line.get("any_of", [line]), {}, "") if self.holds(one.get("when"))]
            first = {paper_of(one): one for one in reversed(held)}
            if held and not self.is_for_nobody(held[0]):
                yield tuple(one for one in held if first[paper_of(one)] is one)

    def settled(self, asks: list[Asks]) -> Iterator[Asks]:
        """Where one of several papers is asked for anyway, that one; what only the counter asks counts only there."""
        single = [one for one in asks if len(one.lines) == 1 and not each(one.lines[0])]
        surely = {paper_of(one.lines[0]) for one in single if one.applies}
        maybe = {paper_of(one.lines[0]) for one in single}
        for one in asks:
            anyway = [line for line in one.lines if paper_of(line) in (surely if one.applies else maybe)]
            yield Asks(one.item, one.applies, tuple(anyway[:1]) or one.lines)

    def summed(self, asked: list[tuple[str, Line]]) -> tuple[Any, ...]:
        numbers = [self.numbers(line) for _, line in asked]
        most = tuple(max(column) for column in zip(*numbers, strict=True))
        apart = tuple(sum(column) for column in zip(*numbers, strict=True))
        return most, apart, {item for item, _ in asked}, sorted((item, self.waiver(line)) for item, line in asked)

    def waiver(self, line: Line) -> Any:
        return self.variant(line.get("waived_by"), "by") or ""

    def numbers(self, line: Line) -> tuple[int, int]:
        usual = self.usual.get(line["id"], {})
        return self.number(line, "originals", usual, 1), self.number(line, "copies", usual, 0)

    def number(self, line: Line, name: str, usual: Mapping[str, Any], otherwise: int) -> int:
        if name not in line:
            return int(usual.get(name, otherwise))
        entry = self.counting(line[name])
        if entry is None:
            return otherwise
        if not isinstance(entry, Mapping):
            return int(entry)
        persons = self.answer(entry["per"]) if "per" in entry else None
        number = int(entry.get("value", entry.get("count")))
        return number * int(persons) if isinstance(persons, Decimal) else number

    def counting(self, word: Any) -> Any:
        """The entry that counts of a word."""
        for entry in word if isinstance(word, list) else [word]:
            if not isinstance(entry, Mapping) or self.holds(entry.get("when")):
                return entry
        return None

    def is_for_nobody(self, line: Line) -> bool:
        counted = [self.counting(line[name]) for name in ("originals", "copies") if name in line]
        return any(isinstance(one, Mapping) and "per" in one for one in counted) and self.numbers(line) == (0, 0)

    def persons_of(self, lines: list[Line]) -> Iterator[str]:
        """The questions whose numbers are told: as many papers as there are persons."""
        for line in lines:
            if self.holds(line.get("when")):
                counted = [self.counting(line[name]) for name in ("originals", "copies") if name in line]
                yield from (one["per"] for one in counted if isinstance(one, Mapping) and "per" in one)


def paper_of(line: Line) -> Paper:
    return line["id"], line.get("of")


def each(line: Line) -> bool:
    words = [line.get(name) for name in ("originals", "copies")]
    entries = [entry for word in words for entry in (word if isinstance(word, list) else [word])]
    return any(isinstance(entry, Mapping) and "per" in entry for entry in entries)
