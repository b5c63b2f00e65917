"""A finished form, split by department: each sees only the boxes that its items need."""

from dataclasses import dataclass
from typing import Any

from bundles.loading import catalogue
from bundles.results.check_codes import STATES
from bundles.results.notices import ToldItem
from guide.counter.brought import BroughtMaterial, Check, reference_of
from guide.form.boxes import Block, Box
from guide.language.wording import department_words
from guide.notice.rows import Telling

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Part:
    """What one department gets. `boxes` come with the title of the person they are about."""

    department: str
    name: str
    items: tuple[tuple[str, str], ...]  # id and name
    boxes: tuple[tuple[str, Box], ...]
    lines: tuple[BroughtMaterial, ...]


def split(telling: Telling, blocks: list[Block], check: Check) -> list[Part]:
    """The departments in the order of their first item, with the items of the counter's that the clerk takes in."""
    counter = telling.notice.with_standing("counter")
    told = [*telling.notice.applying, *(entry for entry in counter if entry.id in check.taken)]
    names = {row.id: row.name for row in (*telling.applying, *telling.counter)}
    by_department: dict[str, list[ToldItem]] = {}
    for entry in told:
        word = entry.words.get("department")
        by_department.setdefault(word.value if word else "", []).append(entry)
    return [
        _part(telling, department, {entry.id: names[entry.id] for entry in entries}, blocks, check)
        for department, entries in by_department.items()
    ]


def _part(telling: Telling, department: str, items: dict[str, str], blocks: list[Block], check: Check) -> Part:
    boxes = [(block.title, box) for block in blocks for box in block.boxes if items.keys() & set(box.need.items)]
    lines = [
        line
        for line, need in zip(check.lines, check.needs, strict=True)
        if items.keys() & set(need.items) and not line.needless
    ]
    name = department_words(telling.bundle, department) if department else ""
    return Part(department, name, tuple(items.items()), tuple(boxes), tuple(lines))


def as_data(telling: Telling, check: Check, parts: list[Part], values: dict[str, str], hall: str) -> dict[str, Any]:
    """What a department's system reads, as `schema` says; empty boxes are left out.

    Materials of which one is enough have the same number under `any_of`; once one is there the others are left out.
    """
    choices = list(dict.fromkeys(need.any_of for need in check.needs if need.any_of))
    return {
        "reference": reference_of(check),
        "bundle": telling.bundle.id,
        "version": telling.bundle.version,
        "region": telling.region.code,
        "date": telling.today.isoformat(),
        "hall": hall,
        "departments": [
            {
                "department": part.department,
                "name": part.name,
                "items": [{"id": id, "name": name} for id, name in part.items],
                "fields": {box.name: values[box.name] for _title, box in part.boxes if values.get(box.name)},
                "materials": [
                    {"id": line.id, "of": need.of, "originals": need.originals, "copies": need.copies,
                     "state": line.state, **({"any_of": choices.index(need.any_of) + 1} if need.any_of else {})}
                    for line, need in zip(check.lines, check.needs, strict=True) if line in part.lines
                ],
            }
            for part in parts
        ],
    }  # fmt: skip


def schema() -> dict[str, Any]:
    """The JSON Schema of `as_data`."""
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    fields = sorted(catalogue().entries.dictionaries.fields)
    states = list(STATES)

    def obj(**properties: Any) -> dict[str, Any]:
        names = list(properties)
        return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}

    materials = obj(id=text, of={"type": ["string", "null"]}, originals=count, copies=count, state={"enum": states})
    materials["properties"]["any_of"] = {"type": "integer", "minimum": 1}
    named = {"type": "object", "additionalProperties": text,
             "propertyNames": {"pattern": "^[a-z_]+\\.[a-z0-9_]+(~[0-9]{1,2})?$"},
             "$comment": "fields.yaml: " + " ".join(fields)}  # fmt: skip
    department = obj(
        department=text,
        name=text,
        items={"type": "array", "minItems": 1, "items": obj(id=text, name=text)},
        fields=named,
        materials={"type": "array", "items": materials},
    )
    return {
        "$schema": SCHEMA,
        "title": "分送各部门的数据",
        **obj(
            reference=text,
            bundle=text,
            version={"type": "integer"},
            region=text,
            date={"type": "string", "format": "date"},
            hall=text,
            departments={"type": "array", "items": department},
        ),
    }
