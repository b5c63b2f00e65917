"""What several bundles share, as the dictionaries say it: sources, regions, persons, materials, boxes of the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """A law, notice or standard; `seen` says whether somebody read the original.

    Editors alone see one that isn't `told`: another province's, or what nobody can rely on. `remark` is for them too.
    """

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    dated: str = ""
    url: str = ""
    seen: bool = False
    told: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260, six digits."""

    code: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialEntry:
    """The dictionary's word on a material; `blank` says that a blank form exists to fill in, `given` that nobody has it
    at home: a hospital, an office or an employer hands it out.
    """

    name: str
    hint: str = ""
    blank: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """Where items are done. No `trip`: nobody goes there, it is done from home.

    What `follows` happens by itself after what it waits for. In a `hall` stand the windows of a service hall.
    """

    name: str
    trip: bool = True
    follows: bool = False
    hall: bool = False


FieldType = Literal[
    "text", "name", "id-number", "credit-code", "phone", "date", "number", "money", "choice", "address", "long",
    "bank-account", "email", "postcode", "signature",
]  # fmt: skip
Take = Literal["same", "birth_date", "sex", "age"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a box takes its value from: another field, whole or in part.

    An age is in whole years on the day in the box `on`, else today.
    """

    field: str
    take: Take
    on: str = ""


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """The dictionary's word on a box of the form. `max` counts characters.

    `official` is what offices call it, as it is printed; `label`, in life's words, where there is nothing else.
    `list` names the official words that it is filled with; other words may stand there too. `like` are boxes that hold
    the same for many people. What is `by_hand` is written with the signature, on paper.
    """

    label: str
    type: FieldType = "text"
    hint: str = ""
    official: str = ""
    options: tuple[str, ...] = ()
    derived: Derivation | None = None
    max: int | None = None
    sensitive: bool = False
    optional: bool = False
    list: str = ""
    like: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """What several bundles share; each maps an id to its entry."""

    departments: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, PlaceEntry] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, MaterialEntry] = field(default_factory=dict)
    fields: Mapping[str, FieldEntry] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
