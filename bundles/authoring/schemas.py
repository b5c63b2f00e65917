"""JSON Schemas of the catalogue's files (draft 2020-12), with which editors complete keys and mark slips.

They are made of the tables by which the files are read, and say what keys and kinds of values there are; what names
what, and what follows from it, only `prove` can say.
"""

import re
from typing import Any

from ..computing import FIGURES, FUNCTIONS
from ..reading.keys import (
    AMOUNT,
    ANY_OF,
    BAND,
    BANDED,
    BUNDLE,
    CASE,
    CELLS,
    CHANGE,
    CHOICE,
    COLUMN,
    COLUMN_CHOICE,
    COMPUTED,
    COUNT,
    DEADLINE,
    DEADLINE_BY,
    DERIVATION,
    DICTIONARIES,
    FIELD,
    FIELD_ENTRY,
    FIELD_IDENTIFIER,
    FIGURE,
    GROUP,
    IDENTIFIER,
    ITEM,
    ITEM_ENTRY,
    LABELLED,
    MATERIAL,
    MATERIAL_ENTRY,
    MEMBERS,
    NAMED,
    NOTE,
    OF_GROUP,
    ONE_OF,
    PARAM,
    PLACE,
    QUESTION,
    REGION,
    RESULT,
    RIVAL,
    SAME,
    SHARED_QUESTION,
    SOURCE,
    STOP,
    TABLE,
    VERDICT,
    VISITS,
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

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
SPAN = r"[0-9]+ (days?|months?|years?|working days?)"
PERIOD = rf"^({SPAN}|\$[a-z][a-z0-9_-]*|\{{[a-z][a-z0-9_-]*\}})$"
LAST_DAY = r"^(end of (year|month)( ?\+ ?[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"
YEAR = r"^this( ?[-+] ?[0-9]+)?$"


def _named(pattern: re.Pattern[str]) -> Schema:
    return {"type": "string", "pattern": "^" + pattern.pattern.replace(r"\Z", "$")}


TEXT: Schema = {"type": ["string", "number"]}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
ID = _named(IDENTIFIER)
FIELD_ID = _named(FIELD_IDENTIFIER)
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _mapping(schema: Schema, names: Schema = ID) -> Schema:
    return {"type": "object", "additionalProperties": schema, "propertyNames": names}


LIMIT: Schema = {"anyOf": [NUMBER, {"type": "string"}]}
VALUES: dict[str, Schema] = {
    "text": TEXT, "texts": _one_or_more(TEXT), "word": _one_or_more(TEXT), "words": _one_or_more(TEXT),
    "flag": FLAG, "whole": WHOLE, "number": NUMBER, "day": DAY, "id": ID,
    "field_id": FIELD_ID, "limit": LIMIT, "limit_day": LIMIT, "within": {"type": "string", "pattern": PERIOD},
    "span": {"type": "string", "pattern": f"^{SPAN}$"},
    "promised": {"type": "string", "pattern": f"^{SPAN}$"}, "by_day": {"type": "string", "pattern": LAST_DAY},
    "limit_year": {"type": "string", "pattern": YEAR}, "limit_month": {"type": "integer", "minimum": 1, "maximum": 12},
    "amount": {"type": ["string", "number"]},
    "input": TEXT, "results": {"anyOf": [_one_or_more(ID), _mapping(TEXT)]}, "version": WHOLE, "filling": ID,
    "times": ID, "param_value": {"type": ["string", "number", "boolean", "null"]},
}  # fmt: skip


# Kinds ----------------------------------------------------------------------------------------------------------------


def _schema(kind: Kind) -> Schema:
    match kind:
        case Value(name):
            return _value(name)
        case OneOf(words):
            return {"enum": list(words)}
        case Several(of):
            return _one_or_more(_schema(of))
        case Rows(of):
            return {"type": "array", "items": _schema(of)}
        case Mapped(of, names):
            return _mapping(_schema(of), _named(names))
        case Word(of, name):
            return _word(of, name)
        case Apart(of):
            return _schema(of)


def _value(name: str) -> Schema:
    """A value by its name; what isn't known here is a definition of that name."""
    match name:
        case "result_function":
            return {"enum": sorted(FUNCTIONS)}
        case "figure_function":
            return {"enum": sorted(FIGURES)}
        case "deadline":
            return {"anyOf": [_entry(DEADLINE), _entry(DEADLINE_BY)]}
        case "derivation":
            return _entry(DERIVATION)
        case "dictionary":
            return _closed(dictionaries())
        case _:
            return VALUES.get(name, _ref(name))


def _word(of: Kind, name: str) -> Schema:
    """A plain value, `{value: …}` or a list of such; `name` stands for `value` too."""
    value, variant = _schema(of), _entry(variant_keys(of, name))
    return {"anyOf": [value, variant, {"type": "array", "items": {"anyOf": [value, variant]}}]}


def _entry(keys: Keys, required: tuple[str, ...] | None = None) -> Schema:
    """An entry; `required` where a line may leave out what the dictionaries say."""
    needed = keys.required if required is None else required
    properties = {key: _schema(kind) for key, kind in keys.kinds.items()}
    return _closed(properties) | ({"required": list(needed)} if needed else {})


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


# Files ----------------------------------------------------------------------------------------------------------------


def definitions() -> dict[str, Schema]:
    """The entries of which a bundle is made, by their names."""
    return {
        "condition": _condition(),
        "remark": VALUES["texts"],
        "param": _param(),
        "computed": {"anyOf": [_entry(COMPUTED), _entry(BANDED)]},
        "figure": {"anyOf": [_entry(FIGURE), _entry(AMOUNT)]},
        "case": _entry(CASE),
        "table": _entry(TABLE),
        "table_state": _entry(CELLS),
        "cells": {"type": "object", "additionalProperties": {"anyOf": [_ref("cells"), {"type": ["number", "null"]}]}},
        "fact": {"anyOf": [_entry(LABELLED), _ref("condition")]},
        "choice": {"anyOf": [ID, _entry(CHOICE, required=("id",))]},
        "band": _entry(BAND),
        "shared_question": _entry(SHARED_QUESTION),
        "question": {"anyOf": [ID, _entry(QUESTION, required=("id",)), _entry(MEMBERS)]},
        "column": _entry(COLUMN),
        "column_choice": _entry(COLUMN_CHOICE),
        "result": _entry(RESULT),
        "rows": {"anyOf": [{"const": "all"}, _ref("condition")]},
        "stop": _entry(STOP),
        "note": _entry(NOTE),
        "verdict": _entry(VERDICT),
        "same": _entry(SAME),
        "visits": _entry(VISITS),
        "change": _entry(CHANGE),
        "material": {"anyOf": [ID, _entry(MATERIAL), _entry(ANY_OF), _entry(OF_GROUP)]},
        "count": {"anyOf": [WHOLE, _entry(COUNT)]},
        "field": {"anyOf": [FIELD_ID, _entry(FIELD), _entry(OF_GROUP)]},
        "group": _entry(GROUP),
        "one_of": _entry(ONE_OF),
        "rival": {"anyOf": [ID, _entry(RIVAL)]},
        "item": {"anyOf": [ID, _entry(ITEM)]},
        "item_entry": _entry(ITEM_ENTRY),
        "source": _entry(SOURCE),
        "named": {"anyOf": [TEXT, _entry(NAMED)]},
        "place_entry": {"anyOf": [TEXT, _entry(PLACE)]},
        "material_entry": {"anyOf": [TEXT, _entry(MATERIAL_ENTRY)]},
        "field_entry": {"anyOf": [TEXT, _entry(FIELD_ENTRY)]},
        "region": _entry(REGION),
    }


def _condition() -> Schema:
    condition = _ref("condition")
    return {
        "type": "object",
        "properties": {
            "any": _one_or_more(condition), "all": _one_or_more(condition), "not": condition, "param": _one_or_more(ID),
            "confirmed": _one_or_more(ID), "item": _one_or_more(ID), "applies": _one_or_more(ID),
        },
        "additionalProperties": _one_or_more({"type": ["string", "boolean", "number"]}),
    }  # fmt: skip


def _param() -> Schema:
    value = _entry(PARAM)
    return {"anyOf": [value, {"type": ["string", "number", "null"]}, {"type": "array", "items": value}]}


def dictionaries() -> dict[str, Schema]:
    """What each dictionary file holds."""
    return {name: _schema(kind) for name, kind in DICTIONARIES.items()}


def bundle_schema() -> Schema:
    """The schema of bundle.yaml."""
    return {"$schema": DRAFT, "title": "bundle.yaml", **_entry(BUNDLE), "$defs": definitions()}


def scenarios_schema() -> Schema:
    """The schema of scenarios.yaml. A case that is like another says only what differs; null takes something away."""
    nothing: Schema = {"type": "null"}
    texts: Schema = {"anyOf": [_one_or_more(TEXT), nothing]}
    mapping: Schema = {"type": ["object", "null"]}
    lists = (
        "applies", "counter", "materials", "without", "fields", "without_fields", "notes", "without_notes", "stops",
        "asks", "skips",
    )  # fmt: skip
    expect: Schema = dict.fromkeys(lists, texts) | dict.fromkeys(("deadlines", "figures", "repeats"), mapping)
    expect |= {"state": {"enum": ["asking", "finished", "stopped", None]}, "joint": {"type": ["boolean", "null"]}}
    expect |= {"next": {"type": ["string", "null"]}}
    word: Schema = {"type": ["string", "number", "boolean"]}
    rows: Schema = {"type": "array", "items": {"type": "object", "additionalProperties": word}}
    answer: Schema = {"anyOf": [_one_or_more(word), rows, nothing]}
    properties = {
        "id": TEXT, "like": TEXT, "title": TEXT, "region": {"type": ["string", "number", "null"]}, "today": DAY,
        "given": {"type": "object", "additionalProperties": answer}, "why": TEXT, "expect": _closed(expect),
    }  # fmt: skip
    whole: list[Schema] = [{"required": ["like"]}, {"required": ["today", "given", "expect"]}]
    case = _closed(properties) | {"required": ["id", "title"], "anyOf": whole}
    return {"$schema": DRAFT, "title": "scenarios.yaml", "type": "array", "items": case}


def dictionary_schema(name: str) -> Schema:
    """The schema of a dictionary file, by its name without `.yaml`. Raises KeyError."""
    return {"$schema": DRAFT, "title": f"{name}.yaml", **dictionaries()[name], "$defs": definitions()}
