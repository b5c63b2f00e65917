"""Reads entries of a tree by a table of keys, and collects every fault instead of stopping at the first."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..faults import Fault
from ..model import Deadline, ParamRef, Place, Variant, Word
from ..times import read_span
from .trees import Mapping as Tree
from .trees import Sequence, nearest

IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*\Z")
FIELD = re.compile(r"[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*\Z")

Parser = Callable[[Any, Place], Any]


class Reader:
    """Parsers for one file's entries. `owner` names the entry that a fault belongs to."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.owner = ""

    def fault(self, code: str, place: Place, message: str, remedy: str = "", id: str = "") -> None:
        self.faults.append(Fault(place, code, id or self.owner, message, remedy))

    # Shapes

    def entry(
        self, raw: Any, place: Place, keys: Mapping[str, Parser], required: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The parsed values of a mapping's keys; unknown and missing keys are faults."""
        if not isinstance(raw, Tree):
            self.fault("L04", place, "这里要写成“键: 值”。", f"可以写的键：{'、'.join(keys)}。")
            return {}
        for key in raw:
            if key not in keys:
                self.fault("L02", raw.places[key], f"不认识键 {key}。", nearest(key, keys))
        for key in required:
            if raw.get(key) is None:
                self.fault("L03", place, f"没有写 {key}。", f"补上 {key}。")
        return {
            key: keys[key](value, raw.places[key]) for key, value in raw.items() if key in keys and value is not None
        }

    def mapping(self, parse: Callable[[str, Any, Place], Any], id: re.Pattern[str] = IDENTIFIER) -> Parser:
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

    # Scalars

    def text(self, raw: Any, place: Place) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
            self.fault("L04", place, "这里要写文字。")
            return ""
        return str(raw).strip()

    def flag(self, raw: Any, place: Place) -> bool:
        if not isinstance(raw, bool):
            self.fault("L04", place, f"这里要写 true 或 false，不是 {raw}。")
        return raw is True

    def whole(self, raw: Any, place: Place) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            self.fault("L04", place, f"这里要写不小于零的整数，不是 {raw}。")
            return 0
        return raw

    def number(self, raw: Any, place: Place) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self.fault("L04", place, f"这里要写数字，不是 {raw}。")
            return Decimal(0)
        return Decimal(raw)

    def day(self, raw: Any, place: Place) -> date:
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            self.fault("L04", place, f"这里要写日期，不是 {raw}。", "例如 2026-11-22。")
            return date(2000, 1, 1)

    def id(self, raw: Any, place: Place) -> str:
        return self.check_id(raw, place, IDENTIFIER)

    def field_id(self, raw: Any, place: Place) -> str:
        return self.check_id(raw, place, FIELD)

    def check_id(self, raw: Any, place: Place, pattern: re.Pattern[str]) -> str:
        word = str(raw)
        if not pattern.match(word):
            shape = "人.属性，例如 mother.name" if pattern is FIELD else "小写字母开头，只用小写字母、数字、- 和 _"
            self.fault("L06", place, f"编号 {word} 不合规则。", f"写成：{shape}。", id=word)
        return word

    def one_of(self, *allowed: str) -> Parser:
        def parser(raw: Any, place: Place) -> str:
            if raw not in allowed:
                self.fault("L04", place, f"这里不能写 {raw}。", nearest(str(raw), allowed))
                return allowed[0]
            return str(raw)

        return parser

    # Words that may vary

    def word(self, value: Parser, when: Parser, name: str) -> Parser:
        """A parser of a word: a plain value, `{value: …}`, or a list of such with `when`; or `name` for `value`."""

        def variant(raw: Any, place: Place) -> Variant[Any]:
            if not isinstance(raw, Tree):
                return Variant(value(raw, place), place=place)
            keys = {"value": value, name: value, "when": when, "source": self.text, "confirmed": self.flag}
            parsed = self.entry(raw, place, keys)
            if "value" not in parsed and name not in parsed:
                self.fault("L03", place, "没有写 value。", "补上 value。")
            return Variant(
                parsed.get("value", parsed.get(name)),
                when=parsed.get("when"),
                source=parsed.get("source"),
                confirmed=parsed.get("confirmed", True),
                place=place,
            )

        def parser(raw: Any, place: Place) -> Word[Any]:
            if isinstance(raw, Sequence) and not any(isinstance(entry, Tree) for entry in raw):
                return (Variant(value(raw, place), place=place),)
            return self.variants(variant)(raw, place)  # type: ignore[no-any-return]  # a parser of words

        return parser

    def variants(self, variant: Parser) -> Parser:
        def parser(raw: Any, place: Place) -> Word[Any]:
            if isinstance(raw, Sequence):
                return tuple(variant(entry, at) for entry, at in zip(raw, raw.places, strict=True))
            return (variant(raw, place),)

        return parser

    def texts(self, raw: Any, place: Place) -> str:
        """One text, or a list of texts joined."""
        if isinstance(raw, Sequence):
            return "；".join(self.text(part, at) for part, at in zip(raw, raw.places, strict=True))
        return self.text(raw, place)

    def deadline(self, when: Parser) -> Parser:
        def variant(raw: Any, place: Place) -> Variant[Deadline]:
            keys: dict[str, Parser] = {
                "within": self.within, "from": self.id, "when": when, "source": self.text, "confirmed": self.flag,
            }  # fmt: skip
            parsed = self.entry(raw, place, keys, required=("within", "from"))
            return Variant(
                Deadline(parsed.get("within", ParamRef("")), parsed.get("from", "")),
                when=parsed.get("when"),
                source=parsed.get("source"),
                confirmed=parsed.get("confirmed", True),
                place=place,
            )

        return self.variants(variant)

    def within(self, raw: Any, place: Place) -> Any:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        span = read_span(raw)
        if span is None:
            self.fault("L14", place, f"{raw} 不是期限。", "写成 1 month、30 working days 或 $参数。")
        return span or ParamRef("")
