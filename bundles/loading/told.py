"""Reads what applicants are told: stops, notes, and items with their words and deadlines."""

import re
from datetime import date
from typing import Any

from ..conditions import Unread
from ..faults import ANY_QUESTION
from ..model import WORDS, Deadline, Item, Note, Stop, Variant
from ..reading.correcting import said
from ..reading.entries import Reader, variant_of
from ..reading.keys import DEADLINE, DEADLINE_BY, ITEM, ITEM_ENTRY, NOTE, STOP, VERDICT, keys_of
from ..reading.trees import Mapping as Tree
from ..times import read_span
from ..values import FIGURE, EndOf, FigureRef, ParamRef, Place, Span
from .dictionaries import Entries
from .lines import one_list

END_OF = re.compile(r"end of (year|month)(?: ?\+ ?([0-9]{1,3}))?\Z")


class ToldReader:
    """Teaches a reader what a bundle tells; a line of the bundle is laid over its entry in the dictionaries."""

    def __init__(self, reader: Reader, entries: Entries) -> None:
        self.reader = reader
        self.entries = entries
        reader.learn(
            stop=self._stop, note=self._note, verdict=self._verdict, item=self._item, deadline=self._deadline,
            within=self._within, span=self._span, by_day=self._by_day,
        )  # fmt: skip

    def _stop(self, raw: Any, place: Place) -> Stop:
        owner = self.reader.owner = str(raw.get("id", "stop")) if isinstance(raw, Tree) else "stop"
        parsed = self.reader.read(raw, place, STOP)
        if "when" not in parsed:
            self.reader.doubtful.add(ANY_QUESTION)
        return Stop(**{"id": owner, "tell": "", "when": Unread((f"?stop {owner}",)), **parsed, "place": place})

    def _note(self, raw: Any, place: Place) -> Note:
        outer = self.reader.owner
        owner = self.reader.owner = str(raw.get("id", "note")) if isinstance(raw, Tree) else "note"
        note = Note(**{"id": owner, "tell": "", **self.reader.read(raw, place, NOTE), "place": place})
        self.reader.owner = outer
        return note

    def _verdict(self, raw: Any, place: Place) -> Note:
        owner = self.reader.owner = str(raw.get("id", "verdict")) if isinstance(raw, Tree) else "verdict"
        parsed = {"id": owner, "tell": "", **self.reader.read(raw, place, VERDICT)}
        return Note(**parsed, verdict=True, place=place)

    def _item(self, raw: Any, place: Place) -> Item:
        tree = _as_entry(raw, place)
        owner = self.reader.owner = str(tree.get("id", "item")) if isinstance(tree, Tree) else "item"
        usual = self.entries.items.get(owner)
        defaults = self.reader.read(usual, usual.place, ITEM_ENTRY) if usual is not None else {}
        parsed = self.reader.read(tree, place, ITEM)
        parsed |= {key: one_list(parsed[key]) for key in ("materials", "fields") if key in parsed}
        own = {name: parsed.pop(name) for name in WORDS if name in parsed}
        known = {name: defaults.pop(name) for name in WORDS if name in defaults}
        return Item(**{"id": owner, **defaults, **parsed, "words": {**known, **own}, "place": place})

    def _deadline(self, raw: Any, place: Place) -> Variant[Deadline]:
        by_day = isinstance(raw, Tree) and keys_of("deadline", raw) is DEADLINE_BY
        known = len(self.reader.faults)
        parsed = self.reader.read(raw, place, DEADLINE_BY if by_day else DEADLINE)
        start, until = parsed.get("from", ""), parsed.get("by" if by_day else "within", ParamRef(""))
        if by_day and isinstance(until, date) == bool(start) and len(self.reader.faults) == known:
            fixed = isinstance(until, date)
            message = "固定的一天不用写 from。" if fixed else "没有写 from：从哪个日期题的回答起算。"
            self.reader.fault("L14", place, message, "去掉 from。" if fixed else "补上 from。")
        longer = parsed.get("contested")
        if isinstance(longer, Span) and isinstance(until, Span) and _is_no_longer(longer, until):
            message = "有异议的期限没有比平常的长。"
            self.reader.fault("L14", place, message, "within 写平常的，contested 写有异议时长一些的。")
        return variant_of(Deadline(until, start, longer), parsed, place)

    def _within(self, raw: Any, place: Place) -> Span | ParamRef | FigureRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        if isinstance(raw, str) and (found := FIGURE.fullmatch(raw)):
            return FigureRef(found[1])
        return self._span(raw, place) or ParamRef("")

    def _span(self, raw: Any, place: Place) -> Span | None:
        span = read_span(raw)
        if span is None:
            remedy = '写成 1 month、30 working days、$参数，或 figures 里的名字："{notice_days}"，带引号。'
            self.reader.fault("L14", place, f"{said(raw)} 不是期限。", remedy)
        return span

    def _by_day(self, raw: Any, place: Place) -> EndOf | date:
        if found := END_OF.match(str(raw)):
            return EndOf("year" if found[1] == "year" else "month", int(found[2] or 0))
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            remedy = "写成 end of year、end of year + 1、end of month 或 2026-12-31。"
            self.reader.fault("L14", place, f"{raw} 不是哪一天。", remedy)
            return EndOf("year")


def _is_no_longer(one: Span, other: Span) -> bool:
    return one.unit == other.unit and one.number <= other.number


def _as_entry(raw: Any, place: Place) -> Any:
    """A plain string stands for `{id: …}`."""
    if not isinstance(raw, str):
        return raw
    tree = Tree(place)
    tree.put("id", raw, place)
    return tree
