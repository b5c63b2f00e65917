"""JSON Schemas of the catalogue's files (draft 2020-12), with which editors complete keys and mark slips.

They say what keys and kinds of values there are; what names what, and what follows from it, only `prove` can say. A
test holds them against the tables by which the files are read.
"""

from typing import Any, get_args

from ..computing import FIGURES, FUNCTIONS
from ..loading.entries import FIELD, IDENTIFIER
from ..model import WORDS, FieldType, QuestionType, Take

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
PERIOD = r"^([0-9]+ (days?|months?|years?|working days?)|\$[a-z][a-z0-9_-]*)$"


def _pattern(compiled: str) -> str:
    return "^" + compiled.replace(r"\Z", "$")


TEXT: Schema = {"type": ["string", "number"]}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
ID: Schema = {"type": "string", "pattern": _pattern(IDENTIFIER.pattern)}
FIELD_ID: Schema = {"type": "string", "pattern": _pattern(FIELD.pattern)}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
SOURCED: Schema = {"source": TEXT, "confirmed": FLAG}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _entry(keys: Schema, required: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": keys, "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def _mapping(schema: Schema, names: Schema = ID) -> Schema:
    return {"type": "object", "additionalProperties": schema, "propertyNames": names}


def _word(value: Schema, name: str) -> Schema:
    """A plain value, `{value: …}` or a list of such; `name` stands for `value` too."""
    variant = _entry({"value": value, name: value, "when": _ref("condition"), **SOURCED})
    return {"anyOf": [value, variant, {"type": "array", "items": {"anyOf": [value, variant]}}]}


def definitions() -> dict[str, Schema]:
    """The entries of which a bundle is made, by their names."""
    return {**_conditions(), **_questions(), **_told(), **_items(), **_entries()}


def _conditions() -> dict[str, Schema]:
    condition = _ref("condition")
    value = {"value": {"type": ["string", "number", "boolean", "null"]}, "from": DAY, "label": TEXT, **SOURCED}
    return {
        "condition": {
            "type": "object",
            "properties": {
                "any": _one_or_more(condition), "all": _one_or_more(condition), "not": condition,
                "param": _one_or_more(ID),
            },
            "additionalProperties": _one_or_more({"type": ["string", "boolean", "number"]}),
        },
        "param": {
            "anyOf": [_entry(value), {"type": ["string", "number", "null"]}, {"type": "array", "items": _entry(value)}]
        },
        "computed": _entry(
            {
                "by": {"enum": sorted(FUNCTIONS)}, "of": _one_or_more(TEXT), "label": TEXT,
                "gives": {"anyOf": [_one_or_more(ID), _mapping(TEXT)]}, **SOURCED,
            },
            ("by", "of", "gives"),
        ),
        "figure": _entry(
            {"by": {"enum": sorted(FIGURES)}, "of": _one_or_more(TEXT), "label": TEXT, **SOURCED}, ("by", "of")
        ),
    }  # fmt: skip


def _questions() -> dict[str, Schema]:
    condition, limit = _ref("condition"), {"anyOf": [NUMBER, {"type": "string"}]}
    shared = {
        "section": TEXT, "ask": TEXT, "hint": TEXT, "why": TEXT, "when": condition,
        "type": {"enum": list(get_args(QuestionType))}, "choices": {"type": "array", "items": _ref("choice")},
        "bands": {"type": "array", "items": _ref("band")}, "unit": TEXT, "least": WHOLE, "lowest": NUMBER,
        "highest": NUMBER, "future": FLAG, **SOURCED,
    }  # fmt: skip
    return {
        "choice": {
            "anyOf": [ID, _entry({"id": ID, "label": TEXT, "hint": TEXT, "when": condition, **SOURCED}, ("id",))]
        },
        "band": _entry({"id": ID, "label": TEXT, "up_to": limit, "under": limit, "before": limit}, ("id",)),
        "shared_question": _entry(shared, ("ask",)),
        "question": {"anyOf": [ID, _entry({"id": ID, **shared}, ("id",))]},
    }


def _told() -> dict[str, Schema]:
    told = {
        "id": ID, "when": _ref("condition"), "tell": TEXT, "next": ID, "answers": _mapping(TEXT), **SOURCED,
    }  # fmt: skip
    return {
        "stop": _entry({**told, "instead": TEXT}, ("id", "when", "tell")),
        "note": _entry(told, ("id", "tell")),
        "same": _entry({"person": ID, "as": ID, "when": _ref("condition")}, ("person", "as", "when")),
        "visits": _entry({"visits": WHOLE, **SOURCED}),
        "change": _entry({"version": WHOLE, "date": DAY, "tell": TEXT}, ("version", "tell")),
    }


def _items() -> dict[str, Schema]:
    condition = _ref("condition")
    words = {name: _word(_one_or_more(TEXT), name) for name in WORDS}
    deadline = _entry(
        {"within": {"type": "string", "pattern": PERIOD}, "from": ID, "when": condition, **SOURCED}, ("within", "from")
    )
    material = {
        "id": ID, "of": ID, "when": condition, "originals": _word(WHOLE, "count"), "copies": _word(WHOLE, "count"),
        "waived_by": ID, "note": TEXT, **SOURCED,
    }  # fmt: skip
    item = {
        "id": ID, "when": condition, "may_when": condition, "wish": FLAG, "after": _one_or_more(ID),
        "deadline": {"anyOf": [deadline, {"type": "array", "items": deadline}]}, **SOURCED,
        "materials": _one_or_more(_ref("material")), "fields": _one_or_more(_ref("field")),
        "notes": {"type": "array", "items": _ref("note")}, **words,
    }  # fmt: skip
    return {
        "material": {"anyOf": [ID, _entry(material, ("id",))]},
        "field": {"anyOf": [FIELD_ID, _entry({"id": FIELD_ID, "when": condition}, ("id",))]},
        "item": {"anyOf": [ID, _entry(item, ("id",))]},
        "item_entry": _entry({**words, **SOURCED}),
    }


def _entries() -> dict[str, Schema]:
    """What dictionaries hold, except questions and items."""
    source = {**dict.fromkeys(("title", "issuer", "number", "dated", "url"), TEXT), "seen": FLAG}
    material = {"name": TEXT, "hint": TEXT, "blank": FLAG, "originals": WHOLE, "copies": WHOLE}
    field = {
        "label": TEXT, "hint": TEXT, "type": {"enum": list(get_args(FieldType))}, "options": _one_or_more(TEXT),
        "from": _entry({"field": FIELD_ID, "take": {"enum": list(get_args(Take))}}, ("field",)),
        "max": WHOLE, "sensitive": FLAG, "optional": FLAG,
    }  # fmt: skip
    return {
        "source": _entry(source, ("title",)),
        "named": {"anyOf": [TEXT, _entry({"name": TEXT}, ("name",))]},
        "material_entry": {"anyOf": [TEXT, _entry(material, ("name",))]},
        "field_entry": {"anyOf": [TEXT, _entry(field, ("label",))]},
        "region": _entry({"name": TEXT, "parent": TEXT, "params": _mapping(_ref("param"))}, ("name",)),
    }


def dictionaries() -> dict[str, Schema]:
    """What each dictionary file holds."""
    region_code = {"type": "string", "pattern": "^[0-9]{6}(-[1-9][0-9]?)?$"}
    return {
        "departments": _mapping(_ref("named")), "persons": _mapping(_ref("named")), "themes": _mapping(_ref("named")),
        "questions": _mapping(_ref("shared_question")), "items": _mapping(_ref("item_entry")),
        "materials": _mapping(_ref("material_entry")), "fields": _mapping(_ref("field_entry"), FIELD_ID),
        "sources": _mapping(_ref("source")), "regions": _mapping(_ref("region"), region_code),
    }  # fmt: skip


def bundle_schema() -> Schema:
    """The schema of bundle.yaml."""

    def listed(name: str) -> Schema:
        return {"type": "array", "items": _ref(name)}

    keys = {
        "id": ID, "title": TEXT, "summary": TEXT, "happened": TEXT, "theme": ID,
        "serves": {"enum": ["citizen", "business"]}, "lead": TEXT,
        "version": WHOLE, "reviewed": TEXT, "listed_in": _one_or_more(TEXT), "keywords": _one_or_more(TEXT),
        "changelog": listed("change"), "sources": _mapping(_ref("source")), "params": _mapping(_ref("param")),
        "questions": listed("question"), "facts": _mapping(_ref("condition")), "computed": _mapping(_ref("computed")),
        "figures": _mapping(_ref("figure")), "stops": listed("stop"), "notes": listed("note"),
        "joint": _ref("condition"), "joint_else": TEXT, "items": listed("item"), "fills": _mapping(ID, FIELD_ID),
        "repeat": _mapping(ID), "before": _ref("visits"), "after": _ref("visits"), "same": listed("same"),
        "dictionary": _entry(dictionaries()),
    }  # fmt: skip
    schema = _entry(keys, ("id", "title", "questions", "items"))
    return {"$schema": DRAFT, "title": "bundle.yaml", **schema, "$defs": definitions()}


def dictionary_schema(name: str) -> Schema:
    """The schema of a dictionary file, by its name without `.yaml`. Raises KeyError."""
    return {"$schema": DRAFT, "title": f"{name}.yaml", **dictionaries()[name], "$defs": definitions()}
