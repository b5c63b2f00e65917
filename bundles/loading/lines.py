"""Reads what an item asks for: its materials and fields, of which several items may share a named group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..conditions import Condition, Every, Unread
from ..faults import ANY_QUESTION
from ..model import AnyOf, Count, FieldLine, MaterialLine, Variant
from ..reading.entries import Reader, variant_of
from ..reading.keys import ANY_OF, COUNT, FIELD, GROUP, MATERIAL, OF_GROUP
from ..reading.syntax import Names
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence, nearest
from ..values import Place

L = TypeVar("L", MaterialLine, FieldLine)


@dataclass(frozen=True, slots=True)
class Group:
    """Materials and fields that several items ask for together."""

    materials: tuple[MaterialLine, ...] = ()
    fields: tuple[FieldLine, ...] = ()


class LineReader:
    """Teaches a reader materials and fields; an entry may stand for several lines.

    `defaults` are the numbers that a material's line may leave out; `names` the bundle's. A group may use those that
    stand before it.
    """

    def __init__(self, reader: Reader, defaults: Mapping[str, Tree], names: Names) -> None:
        self.reader = reader
        self.names = names
        self.defaults = defaults
        self.groups: dict[str, Group] = {}
        self.choices = 0
        reader.learn(material=self._materials, field=self._fields, count=self._count)
        reader.learn_under_ids(group=self._group)

    def _group(self, name: str, raw: Any, place: Place) -> Group:
        self.reader.owner = name
        parsed = self.reader.read(raw, place, GROUP)
        when = parsed.get("when")
        if not parsed.get("materials") and not parsed.get("fields") and isinstance(raw, Tree) and not raw.faulty:
            self.reader.fault("L03", place, f"组 {name} 里什么也没有。", "写上 materials 或 fields。")
            self.reader.doubtful.add(ANY_QUESTION)
        group = Group(
            tuple(replace(_under(line, when), group=name) for line in one_list(parsed.get("materials", ()))),
            tuple(replace(_under(line, when), group=name) for line in one_list(parsed.get("fields", ()))),
        )
        self.groups[name] = group
        return group

    def _of_group(self, raw: Tree, place: Place) -> tuple[Group, Condition | None]:
        """The group that an entry names, and under which condition it does."""
        parsed = self.reader.read(raw, place, OF_GROUP)
        name = parsed.get("group", "")
        if name not in self.groups:
            if name and name not in self.reader.misnamed:
                self.reader.fault("L13", place, f"没有组 {name}。", nearest(name, self.groups) or "写在 groups 里。")
            self.reader.doubtful.add(ANY_QUESTION)
        return self.groups.get(name, Group()), parsed.get("when")

    # Materials

    def _materials(self, raw: Any, place: Place) -> tuple[MaterialLine, ...]:
        if isinstance(raw, Tree) and "group" in raw:
            group, when = self._of_group(raw, place)
            return tuple(_under(line, when) for line in group.materials)
        if isinstance(raw, Tree) and "any_of" in raw:
            return self._any_of(raw, place)
        return (self._material(raw, place),)

    def _any_of(self, raw: Tree, place: Place) -> tuple[MaterialLine, ...]:
        """Papers of which one is enough: a line each."""
        parsed = self.reader.read(raw, place, ANY_OF)
        lines: tuple[MaterialLine, ...] = one_list(parsed.get("any_of", ()))
        if any(line.any_of for line in lines):
            self.reader.fault("L04", place, "任选一样的里面，不能再写任选一样。", "把里面的几样直接写到外面。")
        if len({line.paper for line in lines}) < 2 and isinstance(raw.get("any_of"), Sequence | str | Tree):
            self.reader.fault("L04", place, "任选一样，要至少写两样不同的材料。", "只有一样的，直接写这一样。")
        if any(variant.value.per for line in lines for variant in (*line.originals, *line.copies)):
            self.reader.fault("L04", place, "任选一样的里面，份数不能按人数算（per）。", "把它写到外面。")
        self.choices += 1
        any_of = AnyOf(f"{self.choices}", parsed.get("label", ""), parsed.get("note", ""))
        lines = tuple(_under(line, parsed.get("when")) for line in lines)
        return tuple(replace(line, any_of=any_of, written=line.when) for line in lines)

    def _material(self, raw: Any, place: Place) -> MaterialLine:
        if isinstance(raw, str):
            parsed: dict[str, Any] = {"id": self.reader.id(raw, place)}
        else:
            parsed = self.reader.read(raw, place, MATERIAL)
        defaults: Mapping[str, object] = self.defaults.get(parsed.get("id", ""), {})
        counts = {key: (Variant(Count(int(value))),) for key, value in defaults.items() if isinstance(value, int)}
        return MaterialLine(**{"id": "", **counts, **parsed, "place": place})

    def _count(self, raw: Any, place: Place) -> Variant[Count]:
        """A number, or `{count: …}` with a condition, or with `per`: as many for each."""
        known = len(self.reader.faults)
        if not isinstance(raw, Tree):
            parsed: dict[str, Any] = {"value": self.reader.whole(raw, place)}
        else:
            parsed = self.reader.read(raw, place, COUNT)
            if not {"value", "count"} & parsed.keys() and len(self.reader.faults) == known and not raw.faulty:
                self.reader.fault("L03", place, "没有写 count。", "补上 count。")
        if len(self.reader.faults) > known or (isinstance(raw, Tree) and raw.faulty):
            parsed.setdefault("when", Unread((f"?word {place}",)))
        number = parsed.get("value", parsed.get("count", 0))
        return variant_of(Count(number, self._per(parsed.get("per", ""), place)), parsed, place)

    def _per(self, per: str, place: Place) -> str:
        """The question of that name; nothing where it is none for numbers."""
        types, scope = self.names.types, self.names.scope
        if not per or types.get(per) == "number":
            return per
        numbers = [name for name, kind in types.items() if kind == "number"]
        self.reader.doubtful.update(numbers)
        if not scope.open and per not in scope.loose | self.reader.misnamed:
            message = f"份数按 {per} 算，但没有这个数值题。"
            self.reader.fault("L13", place, message, nearest(per, numbers) or "换成问有几个人的数值题。")
        return ""

    # Fields

    def _fields(self, raw: Any, place: Place) -> tuple[FieldLine, ...]:
        if isinstance(raw, Tree) and "group" in raw:
            group, when = self._of_group(raw, place)
            return tuple(_under(line, when) for line in group.fields)
        if not isinstance(raw, Tree):
            return (FieldLine(self.reader.field_id(raw, place), place=place),)
        parsed = self.reader.read(raw, place, FIELD)
        return (FieldLine(parsed.get("id", ""), parsed.get("when"), place=place),)


def one_list(entries: Iterable[tuple[L, ...]]) -> tuple[L, ...]:
    """The lines that the entries of a list stand for, one after the other."""
    return tuple(line for lines in entries for line in lines)


def _under(line: L, when: Condition | None) -> L:
    """The line where a condition holds besides its own."""
    if when is None:
        return line
    both = when if line.when is None else Every((when, line.when))
    if isinstance(line, MaterialLine) and line.any_of:
        return replace(line, when=both, written=both)
    return replace(line, when=both)


__all__ = ["Group", "LineReader", "one_list"]
