"""What several bundles share: departments, places, persons, questions, items, materials, boxes, sources, regions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..dictionary import Derivation, Dictionaries, FieldEntry, MaterialEntry, PlaceEntry, Region, Source
from ..faults import Fault
from ..reading.entries import Reader, fact
from ..reading.keys import DERIVATION, DICTIONARIES, FIELD_ENTRY, MATERIAL_ENTRY, NAMED, PARAM, PLACE, REGION, SOURCE
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence
from ..values import Param, ParamValue, Place

DictionaryFile = tuple(DICTIONARIES)


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
                {**mine.places, **theirs.places},
                {**mine.persons, **theirs.persons},
                {**mine.themes, **theirs.themes},
                {**mine.materials, **theirs.materials},
                {**mine.fields, **theirs.fields},
                {**mine.lists, **theirs.lists},
            ),
            questions={**self.questions, **other.questions},
            items={**self.items, **other.items},
            defaults={**self.defaults, **other.defaults},
            sources={**self.sources, **other.sources},
        )


def read_dictionaries(trees: Mapping[str, Any], faults: list[Fault], lists: Iterable[str] = ()) -> Entries:
    """The dictionaries in `trees`, by their names; faults go to `faults`. `lists` are those that there are already."""
    reader = Reader(faults)
    read_by = DictionaryReader(reader)

    def read(name: str) -> dict[str, Any]:
        raw = trees.get(name)
        place = getattr(raw, "place", Place(f"{name}.yaml", 1))
        return reader.parser(DICTIONARIES[name])(raw, place) if raw is not None else {}

    regions = read("regions")
    _check_parents(regions, trees.get("regions"), faults)
    fields, words = read("fields"), read("lists")
    _check_lists(fields, {*lists, *words}, trees.get("fields"), faults)
    return Entries(
        Dictionaries(
            read("departments"), read("places"), read("persons"), read("themes"), read("materials"), fields, words
        ),
        questions=read("questions"),
        items=read("items"),
        defaults=read_by.defaults,
        sources=read("sources"),
        regions=regions,
        params=read_by.region_params,
    )


def _check_parents(regions: Mapping[str, Region], tree: Any, faults: list[Fault]) -> None:
    for code, region in regions.items():
        if region.parent is not None and (region.parent not in regions or region.parent >= code):
            faults.append(Fault(tree.places[code], "L13", code, f"上级地区 {region.parent} 不存在。", "核对代码。"))


def _check_lists(fields: Mapping[str, FieldEntry], lists: Collection[str], tree: Any, faults: list[Fault]) -> None:
    for id, entry in fields.items():
        if entry.list and entry.list not in lists:
            faults.append(Fault(tree.places[id], "L13", id, f"词表 {entry.list} 不存在。", "在 lists.yaml 里写上。"))


class DictionaryReader:
    """Teaches a reader the entries of dictionaries.

    Keeps what lines may leave out of materials, and the params of regions, as they are written.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.defaults: dict[str, Tree] = {}
        self.region_params: dict[str, Tree] = {}
        reader.learn(derivation=self._derivation, param_value=self._param_value, words=reader.many(reader.text))
        reader.learn_under_ids(
            named=self._named, place_entry=self._place, shared_question=self._tree, item_entry=self._tree,
            material_entry=self._material, field_entry=self._field, source=self._source, region=self._region,
            param=self._param,
        )  # fmt: skip

    def _named(self, id: str, raw: Any, place: Place) -> str:
        self.reader.owner = id
        if isinstance(raw, str):
            return raw
        return str(self.reader.read(raw, place, NAMED).get("name", id))

    def _place(self, id: str, raw: Any, place: Place) -> PlaceEntry:
        self.reader.owner = id
        if isinstance(raw, str):
            return PlaceEntry(raw)
        return PlaceEntry(**{"name": id, **self.reader.read(raw, place, PLACE)})

    def _tree(self, id: str, raw: Any, place: Place) -> Tree:
        if isinstance(raw, Tree):
            return raw
        self.reader.fault("L04", place, "这里要写成“键: 值”。", id=id)
        return Tree(place)

    def _material(self, id: str, raw: Any, place: Place) -> MaterialEntry:
        self.reader.owner = id
        if isinstance(raw, str):
            return MaterialEntry(raw)
        parsed = self.reader.read(raw, place, MATERIAL_ENTRY)
        defaults = Tree(place)
        for key in ("originals", "copies"):
            if isinstance(raw, Tree) and key in raw:
                defaults.put(key, raw[key], raw.places[key])
        self.defaults[id] = defaults
        told = {key: parsed[key] for key in ("name", "hint", "blank", "given") if key in parsed}
        return MaterialEntry(**{"name": id, **told})

    def _field(self, id: str, raw: Any, place: Place) -> FieldEntry:
        self.reader.owner = id
        if isinstance(raw, str):
            return FieldEntry(raw)
        parsed = self.reader.read(raw, place, FIELD_ENTRY)
        if parsed.get("type") == "choice" and not parsed.get("options"):
            self.reader.fault("L03", place, "选择类的填报项没有写 options。", "补上 options: [男, 女]。")
        parsed["derived"] = parsed.pop("from", None)
        return FieldEntry(**{"label": id, **parsed})

    def _derivation(self, raw: Any, place: Place) -> Derivation:
        parsed = self.reader.read(raw, place, DERIVATION)
        return Derivation(parsed.get("field", ""), parsed.get("take", "same"), parsed.get("on", ""))

    def _source(self, id: str, raw: Any, place: Place) -> Source:
        self.reader.owner = id
        return Source(id, **{"title": id, **self.reader.read(raw, place, SOURCE)})

    def _region(self, code: str, raw: Any, place: Place) -> Region:
        self.reader.owner = code
        parsed = self.reader.read(raw, place, REGION)
        if parsed.get("params"):
            self.region_params[code] = raw["params"]
        return Region(code, parsed.get("name", code), parsed.get("parent"))

    def _param(self, id: str, raw: Any, place: Place) -> Param:
        """A param: one value, or a list of values each from a day on."""
        rows = list(zip(raw, raw.places, strict=True)) if isinstance(raw, Sequence) else [(raw, place)]
        entries = [self._param_entry(row, at) for row, at in rows]
        values = [_param_value(entry) for entry in entries]
        labels = [entry["label"] for entry in entries if "label" in entry]
        return Param(id, tuple(sorted(values, key=lambda value: value.start or date.min)), labels[-1] if labels else "")

    def _param_entry(self, raw: Any, place: Place) -> dict[str, Any]:
        if isinstance(raw, Tree):
            return self.reader.read(raw, place, PARAM)
        return {"value": self._param_value(raw, place)}

    def _param_value(self, raw: Any, place: Place) -> Any:
        if raw is None:
            return None
        return raw if isinstance(raw, bool) else self.reader.number(raw, place) if not isinstance(raw, str) else raw


def _param_value(entry: Mapping[str, Any]) -> ParamValue:
    """One of a param's values, from the day on that its entry says."""
    return ParamValue(entry.get("value"), entry.get("from"), **fact(entry))
