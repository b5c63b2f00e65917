"""Reads entries of a tree by tables of keys, and collects every fault instead of stopping at the first."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..conditions import Unread
from ..faults import ANY_QUESTION, Fault
from ..model import Variant
from ..model import Word as Varying
from ..times import promise, read_span
from ..values import UNKNOWN, Place
from .correcting import said, understood
from .keys import (
    FIELD_IDENTIFIER,
    IDENTIFIER,
    Apart,
    Keys,
    Kind,
    Mapped,
    OneOf,
    Rows,
    Several,
    Value,
    Word,
    variant_keys,
)
from .trees import Mapping as Tree
from .trees import Sequence, closest, nearest

Parser = Callable[[Any, Place], Any]
EntryParser = Callable[[str, Any, Place], Any]  # of what stands under an id


class Reader:
    """Reads one file's entries. `owner` names the entry that a fault belongs to.

    It knows plain values by itself; how entries of a kind are read it learns from those who know them.
    """

    def __init__(self, faults: list[Fault], doubtful: set[str] | None = None) -> None:
        self.faults = faults
        self.owner = ""
        self.doubtful = set[str]() if doubtful is None else doubtful  # the questions that faulty parts may be about
        self.tested_items: set[str] = set()  # that conditions name
        self.misnamed: set[str] = set()  # words that are no ids: nothing more is said of what they name
        self._under_ids: dict[str, EntryParser] = {}
        self._tables: dict[Keys, dict[str, Parser]] = {}
        self._parsers: dict[str, Parser] = {
            "text": self.text, "texts": self.texts, "remark": self.texts, "flag": self.flag, "whole": self.whole,
            "number": self.number, "word": self.known_or_not, "promised": self.promised,
            "day": self.day, "id": self.id, "field_id": self.field_id,
        }  # fmt: skip

    def learn(self, **parsers: Parser) -> None:
        """How values of further kinds are read, by the kinds' names."""
        self._parsers |= parsers

    def learn_under_ids(self, **parsers: EntryParser) -> None:
        """How entries of further kinds are read that stand under their ids."""
        self._under_ids |= parsers

    def fault(self, code: str, place: Place, message: str, remedy: str = "", id: str = "") -> None:
        self.faults.append(Fault(place, code, id or self.owner, message, remedy))

    # Kinds

    def read(self, raw: Any, place: Place, keys: Keys) -> dict[str, Any]:
        """The parsed values of an entry; unknown and missing keys are faults."""
        if keys not in self._tables:
            self._tables[keys] = {key: self.parser(kind) for key, kind in keys.kinds.items()}
        return self.entry(raw, place, self._tables[keys], keys.required)

    def parser(self, kind: Kind) -> Parser:
        """The parser of a kind of value. Raises KeyError for one that the reader hasn't learnt."""
        match kind:
            case Value(name):
                return self._parsers[name]
            case OneOf(words):
                return self.one_of(*words)
            case Several(of):
                return self.many(self.parser(of))
            case Rows(of, distinct):
                return self.listed(self.parser(of)) if distinct else self.many(self.parser(of))
            case Mapped(of, names):
                return self.mapping(self._under_id(of), names)
            case Word(of, name):
                return self.word(of, name)
            case Apart():
                return lambda raw, place: None

    def _under_id(self, kind: Value) -> EntryParser:
        if kind.name in self._under_ids:
            return self._under_ids[kind.name]
        parse = self.parser(kind)
        return lambda id, raw, place: parse(raw, place)

    # Shapes

    def entry(
        self, raw: Any, place: Place, keys: Mapping[str, Parser], required: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The parsed values of a mapping's keys; unknown and missing keys are faults."""
        if not isinstance(raw, Tree):
            self.fault("L04", place, "这里要写成“键: 值”。", f"可以写的键：{'、'.join(keys)}。")
            self.doubtful.add(ANY_QUESTION)
            return {}
        if not raw and required and not raw.faulty:
            self.fault("L03", place, "这里是空的。", f"补上 {'、'.join(required)}。")
            raw = Tree(raw.place, faulty=True)
        if raw.faulty:
            self.doubtful.add(ANY_QUESTION)
        places = raw.places
        raw, strange = understood(raw, keys, required)
        for key, remedy in strange:
            self.fault("L02", places[key], f"不认识键 {key}。", remedy)
        for key in required:
            if raw.get(key) is None and not raw.faulty:
                self.fault("L03", place, f"没有写 {key}。", f"补上 {key}。")
        return {
            key: keys[key](value, raw.places[key]) for key, value in raw.items() if key in keys and value is not None
        }

    def mapping(self, parse: EntryParser, id: re.Pattern[str] = IDENTIFIER) -> Parser:
        """A parser of mappings from id to entry."""

        def parser(raw: Any, place: Place) -> dict[str, Any]:
            if not isinstance(raw, Tree):
                self.fault("L04", place, "这里要写成“编号: 内容”的列表。")
                return {}
            entries = {}
            for key, value in raw.items():
                self.check_id(key, raw.places[key], id)
                entries[key] = parse(key, value, raw.places[key])
            return entries

        return parser

    def many(self, parse: Parser) -> Parser:
        """A parser of lists; a single entry stands for a list of one."""

        def parser(raw: Any, place: Place) -> tuple[Any, ...]:
            if isinstance(raw, Sequence):
                return tuple(parse(value, at) for value, at in zip(raw, raw.places, strict=True))
            return (parse(raw, place),)

        return parser

    def listed(self, parse: Parser) -> Parser:
        """A parser of lists of entries whose ids differ."""

        def parser(raw: Any, place: Place) -> tuple[Any, ...]:
            entries: tuple[Any, ...] = self.many(parse)(raw, place)
            seen: set[str] = set()
            for entry in entries:
                if entry.id and entry.id in seen:
                    self.fault("L07", entry.place, "这个编号前面已经用过。", "换一个编号。", id=entry.id)
                seen.add(entry.id)
            return entries

        return parser

    # Scalars

    def text(self, raw: Any, place: Place) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
            self.fault("L04", place, "这里要写文字。")
            return ""
        return str(raw).strip()

    def texts(self, raw: Any, place: Place) -> str:
        """One text, or a list of texts joined."""
        if isinstance(raw, Sequence):
            return "；".join(self.text(part, at) for part, at in zip(raw, raw.places, strict=True))
        return self.text(raw, place)

    def known_or_not(self, raw: Any, place: Place) -> str:
        """One text or several; empty where it says that nobody knows."""
        said = self.texts(raw, place)
        return "" if said == UNKNOWN else said

    def promised(self, raw: Any, place: Place) -> str:
        """A promised time in words."""
        span = read_span(raw)
        if span is None:
            self.fault(
                "L14", place, f"办理时限要写成一段时间，不是{said(raw)}。", "例如 5 working days；当场办好的写 0 days。"
            )
            return ""
        return promise(span)

    def flag(self, raw: Any, place: Place) -> bool:
        if not isinstance(raw, bool):
            self.fault("L04", place, f"这里要写 true 或 false，不是{said(raw)}。")
        return raw is True

    def whole(self, raw: Any, place: Place) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            self.fault("L04", place, f"这里要写不小于零的整数，不是{said(raw)}。")
            return 0
        return raw

    def number(self, raw: Any, place: Place) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self.fault("L04", place, f"这里要写数字，不是{said(raw)}。")
            return Decimal(0)
        return Decimal(raw)

    def day(self, raw: Any, place: Place) -> date:
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            self.fault("L04", place, f"这里要写日期，不是{said(raw)}。", "例如 2026-11-22。")
            return date(2000, 1, 1)

    def id(self, raw: Any, place: Place) -> str:
        return self.check_id(raw, place, IDENTIFIER)

    def field_id(self, raw: Any, place: Place) -> str:
        return self.check_id(raw, place, FIELD_IDENTIFIER)

    def check_id(self, raw: Any, place: Place, pattern: re.Pattern[str]) -> str:
        word = said(raw)
        if raw is None or isinstance(raw, bool | Tree | Sequence):
            self.fault("L04", place, f"这里要写一个编号，不是{word}。")
            return ""
        if not pattern.match(word):
            shape = (
                "人.属性，例如 mother.name"
                if pattern is FIELD_IDENTIFIER
                else "小写字母开头，只用小写字母、数字、- 和 _"
            )
            self.fault("L06", place, f"编号 {word} 不合规则。", f"写成：{shape}。", id=word)
            self.misnamed.add(word)
        return word

    def one_of(self, *allowed: str) -> Parser:
        def parser(raw: Any, place: Place) -> str:
            if not isinstance(raw, str) or raw not in allowed:
                self.fault("L04", place, f"这里不能写 {said(raw)}。", nearest(str(raw), allowed))
                return closest(str(raw), allowed) or allowed[0]
            return str(raw)

        return parser

    # Words that may vary

    def word(self, kind: Kind, name: str) -> Parser:
        """A parser of a word: a plain value, `{value: …}`, or a list of such with `when`; or `name` for `value`."""
        value, keys = self.parser(kind), variant_keys(kind, name)

        def variant(raw: Any, place: Place) -> Variant[Any]:
            known = len(self.faults)
            if not isinstance(raw, Tree):
                said = value(raw, place)
                unsure = None if len(self.faults) == known else Unread((f"?word {place}",))
                return variant_of(said, {"when": unsure}, place)
            parsed = self.read(raw, place, keys)
            if "within" in parsed:
                parsed.setdefault("value", parsed["within"])
            if "value" not in parsed and name not in parsed and len(self.faults) == known and not raw.faulty:
                self.fault("L03", place, "没有写 value。", "补上 value。")
            if len(self.faults) > known or raw.faulty:
                parsed.setdefault("when", Unread((f"?word {place}",)))
            return variant_of(parsed.get("value", parsed.get(name)), parsed, place)

        def parser(raw: Any, place: Place) -> Varying[Any]:
            if isinstance(raw, Sequence) and not any(isinstance(entry, Tree) for entry in raw):
                return (variant_of(value(raw, place), {}, place),)
            return self.many(variant)(raw, place)  # type: ignore[no-any-return]  # a parser of words

        return parser


def variant_of(value: Any, parsed: Mapping[str, Any], place: Place) -> Variant[Any]:
    """One way in which a word reads, with its condition and source among the `parsed` keys."""
    said = fact(parsed)
    confirmed = said["confirmed"] and value != ""
    return Variant(value, when=parsed.get("when"), **said | {"confirmed": confirmed}, place=place)


def fact(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What may stand beside every fact, among the `parsed` keys: its source, whether it is confirmed and until when."""
    return {
        "source": parsed.get("source"),
        "confirmed": parsed.get("confirmed", True),
        "until": parsed.get("until"),
        "remark": parsed.get("remark", ""),
    }
