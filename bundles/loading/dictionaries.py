"""What several bundles share: departments, persons, themes, questions, items, materials, fields, sources, regions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, get_args

from ..faults import Fault
from ..model import (
    Derivation,
    Dictionaries,
    FieldEntry,
    FieldType,
    MaterialEntry,
    Param,
    ParamValue,
    Place,
    Region,
    Source,
    Take,
)
from .entries import FIELD, IDENTIFIER, Parser, Reader
from .trees import Mapping as Tree
from .trees import Sequence

DictionaryFile = ("departments", "persons", "themes", "questions", "items", "materials", "fields", "sources", "regions")
REGION = re.compile(r"[0-9]{6}(-[1-9][0-9]?)?\Z")


@dataclass(frozen=True, slots=True)
class Entries:
    """All dictionaries, read. `questions` and `items` stay trees: a bundle's line is laid over its entry first.

    `defaults` maps a material's id to the numbers that a line may leave out; `params` a region's code to its params,
    unread so that they can be laid over a bundle's.
    """

    dictionaries: Dictionaries = field(default_factory=Dictionaries)
    questions: Mapping[str, Tree] = field(default_factory=dict)
    items: Mapping[str, Tree] = field(default_factory=dict)
    defaults: Mapping[str, Tree] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    params: Mapping[str, Tree] = field(default_factory=dict)

    def under(self, other: "Entries") -> "Entries":
        """These entries with `other`'s laid over them."""
        mine, theirs = self.dictionaries, other.dictionaries
        return replace(
            self,
            dictionaries=Dictionaries(
                {**mine.departments, **theirs.departments},
                {**mine.persons, **theirs.persons},
                {**mine.themes, **theirs.themes},
                {**mine.materials, **theirs.materials},
                {**mine.fields, **theirs.fields},
            ),
            questions={**self.questions, **other.questions},
            items={**self.items, **other.items},
            defaults={**self.defaults, **other.defaults},
            sources={**self.sources, **other.sources},
        )


def read_dictionaries(trees: Mapping[str, Any], faults: list[Fault]) -> Entries:
    """The dictionaries in `trees`, by their names; faults go to `faults`."""
    reader = DictionaryReader(faults)

    def read(name: str, entry: Any, id: re.Pattern[str] = IDENTIFIER) -> dict[str, Any]:
        raw = trees.get(name)
        place = getattr(raw, "place", Place(f"{name}.yaml", 1))
        return reader.mapping(entry, id)(raw, place) if raw is not None else {}

    regions = read("regions", reader.region, REGION)
    _check_parents(regions, trees.get("regions"), faults)
    return Entries(
        Dictionaries(
            read("departments", reader.named),
            read("persons", reader.named),
            read("themes", reader.named),
            read("materials", reader.material),
            read("fields", reader.field, FIELD),
        ),
        questions=read("questions", reader.tree),
        items=read("items", reader.tree),
        defaults=reader.defaults,
        sources=read("sources", reader.source),
        regions=regions,
        params=reader.region_params,
    )


def _check_parents(regions: Mapping[str, Region], tree: Any, faults: list[Fault]) -> None:
    for code, region in regions.items():
        if region.parent is not None and (region.parent not in regions or region.parent >= code):
            faults.append(Fault(tree.places[code], "L13", code, f"上级地区 {region.parent} 不存在。", "核对代码。"))


class DictionaryReader(Reader):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.defaults: dict[str, Tree] = {}
        self.region_params: dict[str, Tree] = {}

    def named(self, id: str, raw: Any, place: Place) -> str:
        self.owner = id
        if isinstance(raw, str):
            return raw
        return str(self.entry(raw, place, {"name": self.text}, required=("name",)).get("name", id))

    def tree(self, id: str, raw: Any, place: Place) -> Tree:
        if isinstance(raw, Tree):
            return raw
        self.fault("L04", place, "这里要写成“键: 值”。", id=id)
        return Tree(place)

    def material(self, id: str, raw: Any, place: Place) -> MaterialEntry:
        self.owner = id
        if isinstance(raw, str):
            return MaterialEntry(raw)
        keys: dict[str, Parser] = {
            "name": self.text, "hint": self.text, "blank": self.flag, "originals": self.whole, "copies": self.whole,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("name",))
        defaults = Tree(place)
        for key in ("originals", "copies"):
            if isinstance(raw, Tree) and key in raw:
                defaults.put(key, raw[key], raw.places[key])
        self.defaults[id] = defaults
        return MaterialEntry(parsed.get("name", id), parsed.get("hint", ""), parsed.get("blank", False))

    def field(self, id: str, raw: Any, place: Place) -> FieldEntry:
        self.owner = id
        if isinstance(raw, str):
            return FieldEntry(raw)
        keys: dict[str, Parser] = {
            "label": self.text, "hint": self.text, "type": self.one_of(*get_args(FieldType)),
            "options": self.many(self.text), "from": self.derivation, "max": self.whole,
            "sensitive": self.flag, "optional": self.flag,
        }  # fmt: skip
        parsed = self.entry(raw, place, keys, required=("label",))
        if parsed.get("type") == "choice" and not parsed.get("options"):
            self.fault("L03", place, "选择类的填报项没有写 options。", "补上 options: [男, 女]。")
        parsed["derived"] = parsed.pop("from", None)
        return FieldEntry(**{"label": id, **parsed})

    def derivation(self, raw: Any, place: Place) -> Derivation:
        keys: dict[str, Parser] = {"field": self.field_id, "take": self.one_of(*get_args(Take))}
        parsed = self.entry(raw, place, keys, required=("field",))
        return Derivation(parsed.get("field", ""), parsed.get("take", "same"))

    def source(self, id: str, raw: Any, place: Place) -> Source:
        self.owner = id
        texts: dict[str, Parser] = dict.fromkeys(("title", "issuer", "number", "dated", "url"), self.text)
        parsed = self.entry(raw, place, {**texts, "seen": self.flag}, required=("title",))
        return Source(id, **{"title": id, **parsed})

    def region(self, code: str, raw: Any, place: Place) -> Region:
        self.owner = code
        keys: dict[str, Parser] = {"name": self.text, "parent": self.text, "params": self.mapping(self.param)}
        parsed = self.entry(raw, place, keys, required=("name",))
        if parsed.get("params"):
            self.region_params[code] = raw["params"]
        return Region(code, parsed.get("name", code), parsed.get("parent"))

    def param(self, id: str, raw: Any, place: Place) -> Param:
        """A param: one value, or a list of values each from a day on."""
        rows = list(zip(raw, raw.places, strict=True)) if isinstance(raw, Sequence) else [(raw, place)]
        label = ""
        values = []
        for row, at in rows:
            keys: dict[str, Parser] = {
                "value": self.param_value, "from": self.day, "source": self.text, "confirmed": self.flag,
                "label": self.text,
            }  # fmt: skip
            parsed = self.entry(row, at, keys) if isinstance(row, Tree) else {"value": self.param_value(row, at)}
            label = parsed.get("label", label)
            value = parsed.get("value")
            values.append(ParamValue(value, parsed.get("from"), parsed.get("source"), parsed.get("confirmed", True)))
        values.sort(key=lambda value: value.start or date.min)
        return Param(id, tuple(values), label)

    def param_value(self, raw: Any, place: Place) -> Any:
        if raw is None:
            return None
        return raw if isinstance(raw, bool) else self.number(raw, place) if not isinstance(raw, str) else raw
