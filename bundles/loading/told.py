"""Reads what applicants are told: stops, notes, and items with their deadlines, materials and fields."""

from collections.abc import Mapping
from typing import Any

from ..conditions import Unread
from ..faults import ANY_QUESTION
from ..model import WORDS, Deadline, FieldLine, Item, MaterialLine, Note, ParamRef, Place, Span, Stop, Variant
from ..times import read_span
from .dictionaries import Entries
from .entries import Reader, variant_of
from .keys import DEADLINE, FIELD, ITEM, ITEM_ENTRY, MATERIAL, NOTE, STOP
from .trees import Mapping as Tree


class ToldReader:
    """Teaches a reader what a bundle tells; a line of the bundle is laid over its entry in the dictionaries."""

    def __init__(self, reader: Reader, entries: Entries) -> None:
        self.reader = reader
        self.entries = entries
        reader.learn(
            stop=self._stop, note=self._note, item=self._item, deadline=self._deadline, within=self._within,
            material=self._material, field=self._field,
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

    def _item(self, raw: Any, place: Place) -> Item:
        tree = _as_entry(raw, place)
        owner = self.reader.owner = str(tree.get("id", "item")) if isinstance(tree, Tree) else "item"
        usual = self.entries.items.get(owner)
        defaults = self.reader.read(usual, usual.place, ITEM_ENTRY) if usual is not None else {}
        parsed = self.reader.read(tree, place, ITEM)
        own = {name: parsed.pop(name) for name in WORDS if name in parsed}
        known = {name: defaults.pop(name) for name in WORDS if name in defaults}
        return Item(**{"id": owner, **defaults, **parsed, "words": {**known, **own}, "place": place})

    def _deadline(self, raw: Any, place: Place) -> Variant[Deadline]:
        parsed = self.reader.read(raw, place, DEADLINE)
        return variant_of(Deadline(parsed.get("within", ParamRef("")), parsed.get("from", "")), parsed, place)

    def _within(self, raw: Any, place: Place) -> Span | ParamRef:
        if isinstance(raw, str) and raw.startswith("$"):
            return ParamRef(raw[1:])
        span = read_span(raw)
        if span is None:
            self.reader.fault("L14", place, f"{raw} 不是期限。", "写成 1 month、30 working days 或 $参数。")
        return span or ParamRef("")

    def _material(self, raw: Any, place: Place) -> MaterialLine:
        if isinstance(raw, str):
            parsed: dict[str, Any] = {"id": self.reader.id(raw, place)}
        else:
            parsed = self.reader.read(raw, place, MATERIAL)
        defaults: Mapping[str, object] = self.entries.defaults.get(parsed.get("id", ""), {})
        counts = {key: (Variant(int(value)),) for key, value in defaults.items() if isinstance(value, int)}
        return MaterialLine(**{"id": "", **counts, **parsed, "place": place})

    def _field(self, raw: Any, place: Place) -> FieldLine:
        if not isinstance(raw, Tree):
            return FieldLine(self.reader.field_id(raw, place), None, place)
        parsed = self.reader.read(raw, place, FIELD)
        return FieldLine(parsed.get("id", ""), parsed.get("when"), place)


def _as_entry(raw: Any, place: Place) -> Any:
    """A plain string stands for `{id: …}`."""
    if not isinstance(raw, str):
        return raw
    tree = Tree(place)
    tree.put("id", raw, place)
    return tree
