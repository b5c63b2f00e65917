"""Reads the guides that provincial platforms publish as JSON; a table per platform says what means what."""

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PLATFORMS = Path(__file__).parent / "platforms"
LONGEST = 4000
EXCERPT = 60
BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
HALVES = re.compile(r"[\ud800-\udfff]")
NUMBER = re.compile(r"(\d{1,4})(\.0*)?")
BRACES = str.maketrans("{}", "｛｝")
Row = dict[str, Any]


class NotAGuide(ValueError):
    """The document isn't a guide of that platform; says why."""


@dataclass(frozen=True, slots=True)
class Platform:
    """How one platform's documents read; see platforms/hunan.yaml."""

    name: str
    root: str
    guide: Mapping[str, str]
    lists: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    values: Mapping[str, Any]
    dropped: frozenset[str]
    departments: Mapping[str, str]


def platform(name: str) -> Platform:
    """The platform of that name. Raises LookupError where there is no table for it."""
    path = PLATFORMS / f"{name}.yaml"
    if name not in platforms():
        raise LookupError(name)
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Platform(**{**table, "dropped": frozenset(table["dropped"])})


def platforms() -> tuple[str, ...]:
    """The platforms that have a table."""
    return tuple(sorted(path.stem for path in PLATFORMS.glob("*.yaml")))


class Guide:
    """Reads a document by its platform's table. What it can't read as the table says is told in `losses`."""

    def __init__(self, document: object, shape: Platform) -> None:
        self.shape = shape
        if isinstance(document, list):
            raise NotAGuide("最外层是一个列表。一份指南存一个文件。")
        data = document.get(shape.root) if isinstance(document, Mapping) else None
        if not isinstance(data, Mapping):
            raise NotAGuide(f"没有 {shape.root}，不是{shape.name}的文件。")
        self.data = data
        self.losses: dict[str, None] = {}
        self.used: set[tuple[str, ...]] = set()

    def lose(self, loss: str) -> None:
        """Tells a loss, once."""
        self.losses[_clean(loss)[: LONGEST + EXCERPT]] = None

    # Values

    def value(self, path: str) -> Any:
        """What stands at a path such as `basicInfo.areaName`; None where nothing does."""
        keys = tuple(path.split("."))
        self.used.add(keys)
        found: Any = self.data
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def said(self, name: str) -> str:
        """The text under one of our names, see the table's `guide`."""
        path = self.shape.guide[name]
        return self.text(self.value(path), path)

    def text(self, raw: object, where: str) -> str:
        """Plain text; nothing for what the platform writes where there is nothing. A whole float loses its point."""
        if _is_empty(raw):
            return ""
        if not _is_text(raw):
            self.lose(f"{where} 不是文字：{_excerpt(raw)}")
            return ""
        words = _clean(str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw))
        return "" if words in self.shape.values["nothing"] else self.fitting(words, where)

    def fitting(self, words: str, where: str) -> str:
        """Words as a bundle's text can hold them: braces would name a figure."""
        if len(words) > LONGEST:
            self.lose(f"{where} 太长，只留了前 {LONGEST} 个字。")
        if "\ufffd" in words:
            self.lose("有的字是坏的，写成了 \ufffd，请对照原指南。")
        if "{" in words or "}" in words:
            self.lose("文字里的花括号改成了全角的 ｛ ｝：半角的在这里是数字的位置。")
        return words[:LONGEST].translate(BRACES)

    def number(self, words: str, where: str) -> int | None:
        """A whole number below 10,000; None and a loss where the words aren't one."""
        found = NUMBER.fullmatch(words)
        if words and not found:
            self.lose(f"{where} 不是数目：{words[:EXCERPT]}")
        return int(found[1]) if found else None

    def meant(self, name: str, words: str, where: str) -> str:
        """What a coded value means; a loss where the table doesn't say."""
        meanings: Mapping[str, str] = self.shape.values[name]
        if words and words not in meanings:
            self.lose(f"{where}={words[:EXCERPT]} 不知道是什么意思。")
        return meanings.get(words, "")

    # Lists

    def rows(self, name: str) -> Iterator[tuple[str, Row]]:
        """The rows of a list, each with where it stands: our names with texts, and `files` as it is."""
        at = self.shape.lists[name]["at"]
        table = {ours: _listed(keys) for ours, keys in self.shape.lists[name].items() if ours != "at"}
        known = {key for keys in table.values() for key in keys} | self.shape.dropped
        listed = self.value(at)
        if not isinstance(listed, list) and not _is_empty(listed):
            self.lose(f"{at} 不是列表：{_excerpt(listed)}")
        for number, raw in enumerate(listed if isinstance(listed, list) else []):
            where = f"{at}[{number}]"
            if isinstance(raw, Mapping):
                self.unknown_keys(where, raw, known)
                yield where, self.row(where, raw, table)
            elif not _is_empty(raw):
                self.lose(f"{where} 看不懂：{_excerpt(raw)}")

    def row(self, where: str, raw: Mapping[str, Any], table: Mapping[str, list[str]]) -> Row:
        return {
            ours: raw.get(keys[0]) if ours == "files" else self.first(where, raw, keys) for ours, keys in table.items()
        }

    def in_order(self, name: str) -> list[tuple[str, Row]]:
        """Rows by the order that they carry, else as listed."""

        def place(pair: tuple[str, Row]) -> float:
            where, row = pair
            try:
                order = float(row["order"] or "inf")
            except ValueError:
                order = math.nan
            if math.isnan(order):
                self.lose(f"{where} 的顺序不是数目：{row['order'][:EXCERPT]}")
            return math.inf if math.isnan(order) else order

        return sorted(self.rows(name), key=place)

    def first(self, where: str, raw: Mapping[str, Any], keys: Iterable[str]) -> str:
        """The first of some keys that holds anything; a loss where a later one says something else."""
        kept = ""
        for key in keys:
            words = self.text(raw.get(key), f"{where}.{key}")
            if kept and words not in ("", kept):
                self.lose(f"{where}.{key} 和前面的不一样，没有导入：{words[:EXCERPT]}")
            kept = kept or words
        return kept

    def unknown_keys(self, where: str, raw: Mapping[str, Any], known: Container[str]) -> None:
        for key, value in raw.items():
            if key not in known and not _is_empty(value):
                self.lose(f"{where}.{key} 没有地方放：{_excerpt(value)}")

    def has_blank(self, files: object, where: str) -> bool:
        """Whether a blank form is attached. No attachment is imported, and each is told."""
        listed = files if isinstance(files, list) else [files]
        blanks = [file for file in listed if self.is_blank(file, where)]
        return bool(blanks)

    def is_blank(self, file: object, where: str) -> bool:
        if not isinstance(file, Mapping):
            if not _is_empty(file):
                self.lose(f"{where} 的附件看不懂：{_excerpt(file)}")
            return False
        kind = self.shape.files["kind"]
        name = self.text(file.get(self.shape.files["name"]), f"{where} 的附件")
        rest = {key: value for key, value in file.items() if key not in self.shape.dropped and not _is_empty(value)}
        if name or rest:
            self.lose(f"{where} 的附件没有导入：{name or _excerpt(rest)}")
        return self.text(file.get(kind), f"{where} 的附件") in self.shape.values["blank"]

    # What is left

    def unread(self) -> None:
        """Tells whatever the table has no place for."""
        for name in ("charges", "intermediaries"):
            at = self.shape.lists[name]["at"]
            if not _is_empty(self.value(at)):
                self.lose(f"{at} 没有导入：{_excerpt(self.value(at))}")
        for name in ("days", "intermediary"):
            if self.said(name) not in ("", "0"):
                self.lose(f"{self.shape.guide[name]} 没有地方放：{self.said(name)}")
        for path, value in _leaves(self.data):
            read = any(path[:length] in self.used for length in range(1, len(path) + 1))
            if not read and path[-1] not in self.shape.dropped and not _is_empty(value):
                self.lose(f"{'.'.join(path)} 没有地方放：{_excerpt(value)}")


def _is_empty(raw: object) -> bool:
    return raw is None or (isinstance(raw, str | list | Mapping) and not raw)


def _is_text(raw: object) -> bool:
    """Whether a value can be read as text: words or a real number."""
    if isinstance(raw, float):
        return math.isfinite(raw)
    return isinstance(raw, str | int) and not isinstance(raw, bool)


def _clean(words: str) -> str:
    """On one line, without control characters; half a surrogate pair can't be stored."""
    return HALVES.sub("\ufffd", BLANKS.sub(" ", words).strip())


def _excerpt(value: object) -> str:
    return str(value)[:EXCERPT]


def _listed(keys: str | list[str]) -> list[str]:
    return [keys] if isinstance(keys, str) else keys


def _leaves(data: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value of nested mappings with its path; lists stay whole."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*before, key))
        else:
            yield (*before, key), value
