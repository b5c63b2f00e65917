"""Which keys every kind of entry has, what may stand under each, and which must be there.

The one place that says it: files are read by these tables, and the JSON Schemas for editors are made of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ..dictionary import FieldType, Take
from ..model import WORDS, QuestionType
from ..values import AmountUnit
from .trees import closest

IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*\Z")
FIELD_IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*\Z")
REGION_CODE = re.compile(r"[0-9]{6}(-[1-9][0-9]?)?\Z")


# Kinds of values ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """One value or entry. Reader and schema know by `name` what it is."""

    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A list; a single value stands for a list of one."""

    of: "Kind"


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of entries; `distinct` where no two may have the same id."""

    of: Value
    distinct: bool = True


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping from names of a pattern to values."""

    of: Value
    names: re.Pattern[str] = IDENTIFIER


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may vary: a value, `{value: …}`, or a list of such; `name` may stand for the key `value`."""

    of: "Kind"
    name: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A value that isn't read with the other keys but before them, or after them."""

    of: "Kind"


Kind = Value | OneOf | Several | Rows | Mapped | Word | Apart


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The keys of an entry in the order in which messages name them, and those that it can't do without."""

    kinds: Mapping[str, Kind]
    required: tuple[str, ...] = ()


TEXT = Value("text")
TEXTS = Value("texts")
FLAG = Value("flag")
WHOLE = Value("whole")
NUMBER = Value("number")
DAY = Value("day")
ID = Value("id")
FIELD_ID = Value("field_id")
CONDITION = Value("condition")
LIMIT = Value("limit")
SOURCED: Mapping[str, Kind] = {"source": TEXT, "confirmed": FLAG}
REMARK = Value("remark")
REMARKED: Mapping[str, Kind] = {**SOURCED, "remark": REMARK}
FACT: Mapping[str, Kind] = {**REMARKED, "until": DAY}


def variant_keys(value: Kind, name: str) -> Keys:
    """The keys of one way in which a word reads; a promised time may be a value."""
    promised = {"within": Value("promised")} if name == PROMISED else {}
    return Keys({"value": value, name: value, **promised, "when": CONDITION, **FACT})


# Questions ------------------------------------------------------------------------------------------------------------

_ASKED: Mapping[str, Kind] = {
    "section": TEXT, "ask": TEXT, "hint": TEXT, "why": TEXT, "when": CONDITION, "type": OneOf(get_args(QuestionType)),
    "choices": Rows(Value("choice")), "bands": Rows(Value("band")), "unit": TEXT, "least": WHOLE, "none": TEXT,
    "lowest": NUMBER, "highest": NUMBER, "future": FLAG, "common": FLAG,
    **REMARKED,
}  # fmt: skip
QUESTION = Keys({"id": ID, **_ASKED}, required=("id", "ask"))
SHARED_QUESTION = Keys(_ASKED, required=("ask",))
CHOICE = Keys(
    {"id": ID, "label": TEXT, "hint": TEXT, "official": TEXT, "when": CONDITION, "common": FLAG, **SOURCED},
    required=("id", "label"),
)
LIMITS: Mapping[str, Kind] = {
    "up_to": LIMIT, "under": LIMIT, "before": Value("limit_day"), "year": Value("limit_year"),
    "months": Several(Value("limit_month")), "within_next": LIMIT,
}  # fmt: skip
BAND = Keys({"id": ID, "label": TEXT, "common": FLAG, **LIMITS}, required=("id",))

# A table of people: what is asked of each, and the questions that all of them answer

TABLE_TYPE = "members"
COLUMN_CHOICE = Keys({"id": ID, "label": TEXT, "hint": TEXT, "official": TEXT}, required=("id", "label"))
COLUMN = Keys(
    {
        "id": ID, "label": TEXT, "hint": TEXT, "type": OneOf(("choice", "yesno", "number")),
        "choices": Rows(Value("column_choice")), "bands": Rows(Value("band")), "unit": TEXT, "lowest": NUMBER,
        "highest": NUMBER, "fills": FIELD_ID,
    },
    required=("id", "label"),
)  # fmt: skip
ROWS = Value("rows")  # those that are meant: a condition on columns
RESULT_KINDS: Mapping[str, Kind] = {"count": ROWS, "sum": ID, "any": ROWS, "least": ID, "greatest": ID}
_TOLD_BY_ROWS = ("section", "ask", "hint", "why", "when", "choices", "bands", "unit", "lowest", "highest")
RESULT = Keys(
    {"id": ID, **RESULT_KINDS, "where": ROWS, **{key: _ASKED[key] for key in _TOLD_BY_ROWS}, **SOURCED},
    required=("id", "ask"),
)
MEMBERS = Keys(
    {
        "id": ID, "type": OneOf((TABLE_TYPE,)), "section": TEXT, "ask": TEXT, "hint": TEXT, "why": TEXT,
        "when": CONDITION, "row": TEXT, "most": WHOLE, "columns": Rows(Value("column")),
        "results": Apart(Rows(Value("result"))), **SOURCED,
    },
    required=("id", "type", "ask", "columns", "results"),
)  # fmt: skip

# Functions ------------------------------------------------------------------------------------------------------------

COMPUTED = Keys(
    {
        "by": Value("result_function"), "of": Several(Value("input")), "gives": Value("results"), "label": TEXT,
        **REMARKED,
    },
    required=("by", "of", "gives"),
)  # fmt: skip
FIGURE = Keys(
    {"by": Value("figure_function"), "of": Several(Value("input")), "label": TEXT, **FACT}, required=("by", "of")
)
# The same by an amount
_AMOUNT: Mapping[str, Kind] = {"of": Value("amount"), "cases": Several(Value("case")), "label": TEXT, **REMARKED}
UNIT = OneOf(get_args(AmountUnit))
CASE = Keys({"when": CONDITION, "of": Value("amount")}, required=("of",))
BANDED = Keys({**_AMOUNT, "bands": Rows(Value("band")), "unknown": TEXT}, required=("bands",))
AMOUNT = Keys({**_AMOUNT, **FACT, "unit": UNIT})
CELLS = Keys({"from": DAY, "cells": Value("cells"), **FACT}, required=("cells",))
TABLE = Keys(
    {
        "label": TEXT, "by": Several(ID), "unit": UNIT, "cells": Value("cells"), "from": DAY,
        "states": Several(Value("table_state")), **FACT,
    },
    required=("by",),
)  # fmt: skip
TABLES = Mapped(Value("table"))
LABELLED = Keys({"label": TEXT, "when": CONDITION}, required=("label", "when"))

# What is told ---------------------------------------------------------------------------------------------------------

ANSWERS = Mapped(TEXT)
STOP = Keys(
    {
        "id": ID, "when": CONDITION, "tell": TEXT, "instead": TEXT, "next": ID, "answers": ANSWERS, **FACT,
    },
    required=("id", "when", "tell"),
)  # fmt: skip
NOTE = Keys(
    {"id": ID, "when": CONDITION, "tell": TEXT, "next": ID, "answers": ANSWERS, **FACT}, required=("id", "tell")
)
VERDICT = Keys({"id": ID, "when": CONDITION, "tell": TEXT, **FACT}, required=("id", "tell"))
DEADLINE = Keys(
    {"within": Value("within"), "from": ID, "contested": Value("span"), "when": CONDITION, **FACT},
    required=("within", "from"),
)
DEADLINE_BY = Keys({"by": Value("by_day"), "from": ID, "when": CONDITION, **FACT}, required=("by",))
COUNT = Keys({"count": WHOLE, "value": WHOLE, "per": ID, "when": CONDITION, **FACT})
MATERIAL = Keys(
    {
        "id": ID, "of": ID, "when": CONDITION, "originals": Several(Value("count")), "copies": Several(Value("count")),
        "waived_by": Word(ID, "by"), "note": TEXT, **FACT,
    },
    required=("id",),
)  # fmt: skip
ANY_OF = Keys(
    {"id": ID, "any_of": Several(Value("material")), "label": TEXT, "when": CONDITION, "note": TEXT},
    required=("any_of",),
)
FIELD = Keys({"id": FIELD_ID, "when": CONDITION}, required=("id",))
OF_GROUP = Keys({"group": ID, "when": CONDITION}, required=("group",))
GROUP = Keys(
    {"when": CONDITION, "materials": Several(Value("material")), "fields": Several(Value("field"))}, required=()
)
GROUPS = Mapped(Value("group"))
PROMISED = "days"
ALWAYS_KNOWN: Mapping[str, Kind] = {"name": TEXTS, "department": TEXTS, "at": ID}
_WORDS: Mapping[str, Kind] = {name: Word(ALWAYS_KNOWN.get(name, Value("word")), name) for name in WORDS}
ITEM = Keys(
    {
        "id": ID, "when": CONDITION, "may_when": CONDITION, "wish": FLAG, "after": Several(ID),
        "excludes": Several(ID), "deadline": Several(Value("deadline")), **FACT,
        "materials": Several(Value("material")), "fields": Several(Value("field")), "notes": Rows(Value("note")),
        **_WORDS,
    },
    required=("id",),
)  # fmt: skip

# Dictionaries ---------------------------------------------------------------------------------------------------------

NAMED = Keys({"name": TEXT}, required=("name",))
PLACE = Keys({"name": TEXT, "trip": FLAG, "follows": FLAG, "hall": FLAG}, required=("name",))
ITEM_ENTRY = Keys({**_WORDS, **FACT})
MATERIAL_ENTRY = Keys(
    {"name": TEXT, "hint": TEXT, "blank": FLAG, "given": FLAG, "originals": WHOLE, "copies": WHOLE}, required=("name",)
)
DERIVATION = Keys({"field": FIELD_ID, "take": OneOf(get_args(Take)), "on": FIELD_ID}, required=("field",))
FIELD_ENTRY = Keys(
    {
        "label": TEXT, "official": TEXT, "hint": TEXT, "type": OneOf(get_args(FieldType)), "options": Several(TEXT),
        "from": Value("derivation"), "max": WHOLE, "sensitive": FLAG, "optional": FLAG,
        "list": ID, "like": Several(FIELD_ID), "by_hand": FLAG,
    },
    required=("label",),
)  # fmt: skip
SOURCE = Keys(
    {
        "title": TEXT, "issuer": TEXT, "number": TEXT, "dated": TEXT, "url": TEXT, "seen": FLAG, "told": FLAG,
        "remark": REMARK,
    },
    required=("title",),
)  # fmt: skip
PARAM = Keys({"value": Value("param_value"), "from": DAY, **FACT, "label": TEXT})
PARAMS = Mapped(Value("param"))
REGION = Keys({"name": TEXT, "parent": TEXT, "params": PARAMS}, required=("name",))
DICTIONARIES: Mapping[str, Mapped] = {
    "departments": Mapped(Value("named")),
    "places": Mapped(Value("place_entry")),
    "persons": Mapped(Value("named")),
    "themes": Mapped(Value("named")),
    "questions": Mapped(Value("shared_question")),
    "items": Mapped(Value("item_entry")),
    "materials": Mapped(Value("material_entry")),
    "lists": Mapped(Value("words")),
    "fields": Mapped(Value("field_entry"), FIELD_IDENTIFIER),
    "sources": Mapped(Value("source")),
    "regions": Mapped(Value("region"), REGION_CODE),
}

# Of which only one can be had -----------------------------------------------------------------------------------------

RIVAL = Keys({"item": ID, "held": CONDITION, "label": TEXT})
ONE_OF = Keys({"of": Rows(Value("rival"), distinct=False), "tell": TEXT, **FACT}, required=("of",))

# A bundle -------------------------------------------------------------------------------------------------------------

CHANGE = Keys({"version": WHOLE, "date": DAY, "tell": TEXT}, required=("version", "tell"))
VISITS = Keys({"visits": WHOLE, **SOURCED})
SAME = Keys({"person": ID, "as": ID, "when": CONDITION}, required=("person", "as", "when"))
FILLS = Mapped(Value("filling"), FIELD_IDENTIFIER)
REPEAT = Mapped(Value("times"))
BUNDLE = Keys(
    {
        "id": ID, "title": TEXT, "summary": TEXT, "happened": TEXT, "theme": ID, "common": WHOLE,
        "serves": OneOf(("citizen", "business")), "lead": TEXT, "version": Value("version"), "reviewed": TEXT,
        "listed_in": Several(TEXT), "keywords": Several(TEXT), "changelog": Rows(Value("change"), distinct=False),
        "sources": DICTIONARIES["sources"], "params": Apart(PARAMS), "questions": Rows(Value("question")),
        "facts": Mapped(Value("fact")), "tables": Apart(TABLES), "computed": Mapped(Value("computed")),
        "figures": Mapped(Value("figure")),
        "stops": Rows(Value("stop")), "notes": Rows(Value("note")), "verdict": Rows(Value("verdict")),
        "joint": CONDITION, "joint_else": TEXT,
        "groups": Apart(GROUPS), "one_of": Mapped(Value("one_of")), "items": Rows(Value("item")),
        "fills": Apart(FILLS), "repeat": Apart(REPEAT), "before": Value("visits"), "after": Value("visits"),
        "same": Rows(Value("same"), distinct=False),
        "dictionary": Apart(Value("dictionary")),
    },
    required=("id", "title", "questions", "items"),
)  # fmt: skip


def is_amount(raw: Mapping[str, object]) -> bool:
    """Whether what is worked out is written as an amount, and not as a function."""
    return "by" not in raw and "gives" not in raw


def is_table(raw: Mapping[str, object]) -> bool:
    """Whether what is written among the questions is a table of people."""
    return raw.get("type") == TABLE_TYPE or "columns" in raw or "results" in raw


def keys_of(name: str, raw: Mapping[str, object]) -> Keys | None:
    """The keys of an entry, by the name of its value; of some, by how it is written. None for what is no entry."""
    if name in ("computed", "figure") and is_amount(raw):
        return BANDED if name == "computed" else AMOUNT
    if name == "deadline" and "by" in raw and "within" not in raw:
        return DEADLINE_BY
    if name in ("material", "field") and "id" not in raw:
        meant = {closest(key, ("any_of", "group")) for key in raw}
        return OF_GROUP if "group" in meant else ANY_OF if "any_of" in meant and name == "material" else ENTRIES[name]
    if name == "question" and is_table(raw):
        return MEMBERS
    if name == "fact":
        return LABELLED if "when" in raw and "label" in raw else None
    return ENTRIES.get(name)


# By the name of a value: the keys of the entry that it is.
ENTRIES: Mapping[str, Keys] = {
    "question": QUESTION, "shared_question": SHARED_QUESTION, "choice": CHOICE, "band": BAND, "computed": COMPUTED,
    "figure": FIGURE, "stop": STOP, "note": NOTE, "verdict": VERDICT, "deadline": DEADLINE, "material": MATERIAL,
    "field": FIELD, "item": ITEM, "named": NAMED, "place_entry": PLACE, "item_entry": ITEM_ENTRY,
    "material_entry": MATERIAL_ENTRY, "derivation": DERIVATION, "field_entry": FIELD_ENTRY, "source": SOURCE,
    "param": PARAM, "region": REGION, "change": CHANGE, "visits": VISITS, "same": SAME, "case": CASE, "table": TABLE,
    "table_state": CELLS, "column": COLUMN, "column_choice": COLUMN_CHOICE, "result": RESULT, "count": COUNT,
    "group": GROUP, "one_of": ONE_OF, "rival": RIVAL,
}  # fmt: skip
