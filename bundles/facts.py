"""The facts that a bundle states, each with its source; what is said until a day isn't confirmed after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from .model import Bundle, Item, MaterialLine, Note, OneOf, Stop, Variant
from .values import Cells, FigureEntry, Param, ParamValue, Table

T = TypeVar("T")

Fact = Variant[Any] | Note | Stop | OneOf | Item | MaterialLine | ParamValue | Cells | FigureEntry
STATED = ("params", "tables", "figures", "stops", "notes", "one_of", "items")  # where a bundle's facts stand
HOLDING = (Bundle, Item, MaterialLine, Param, Table)  # what has facts in it


def facts_of(bundle: Bundle) -> Iterator[Fact]:
    """Every fact that somebody wrote in a bundle, or in what it takes over from the dictionaries."""
    for name in STATED:
        yield from _facts_in(getattr(bundle, name))


def _facts_in(thing: object) -> Iterator[Fact]:
    match thing:
        case tuple():
            for part in thing:
                yield from _facts_in(part)
        case Mapping():  # `at` only sorts items by what `where` says
            yield from _facts_in(tuple(part for name, part in thing.items() if name != "at"))
        case Variant(place=None):  # what counts where nothing is written
            return
        case _ if is_dataclass(thing) and hasattr(thing, "until"):
            yield thing  # type: ignore[misc]  # the classes of Fact, by what they have
    if isinstance(thing, HOLDING):
        yield from _facts_in(tuple(getattr(thing, each.name) for each in fields(thing) if each.name != "alone"))


def is_past(fact: Fact, day: date) -> bool:
    """Whether a fact was said until a day before `day`."""
    return fact.until is not None and fact.until < day


@lru_cache(maxsize=256)
def _ends(bundle: Bundle) -> tuple[date, ...]:
    """The last days of the bundle's facts, each once, the first one first."""
    return tuple(sorted({fact.until for fact in facts_of(bundle) if fact.until is not None}))


def in_force(bundle: Bundle, day: date) -> Bundle:
    """The rules in force on a day; what is past then isn't confirmed any more."""
    rules = bundle.on(day)
    ended = [end for end in _ends(rules) if end < day]
    return _aged_bundle(rules, ended[-1]) if ended else rules


@lru_cache(maxsize=256)
def _aged_bundle(bundle: Bundle, end: date) -> Bundle:
    return replace(bundle, **{name: _aged(getattr(bundle, name), end) for name in STATED})


def _aged(thing: T, end: date) -> T:
    """The same, unconfirmed where it was said until `end` or before; itself where nothing changes."""
    changed: dict[str, Any] = {}
    match thing:
        case tuple():
            parts = [_aged(part, end) for part in thing]
            same = all(part is before for part, before in zip(parts, thing, strict=True))
            return thing if same else tuple(parts)  # type: ignore[return-value]  # of the same kind
        case Mapping():
            return {name: _aged(part, end) for name, part in thing.items()}  # type: ignore[return-value]  # as above
        case _ if isinstance(thing, HOLDING):
            parts_of = {each.name: getattr(thing, each.name) for each in fields(thing)}
            changed = {name: aged for name, part in parts_of.items() if (aged := _aged(part, end)) is not part}
    if getattr(thing, "until", None) is not None and thing.until <= end:  # type: ignore[attr-defined]  # it has one
        changed["confirmed"] = False
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var]  # a dataclass


def changes_after(bundle: Bundle, day: date) -> tuple[date, ...]:
    """The days after `day` on which rules, params or what is confirmed change, the next one first."""
    ends = (end for rules in (bundle, *bundle.later) for end in _ends(rules))
    return _with_ends(bundle, day, ends)


def turns_after(bundle: Bundle, day: date) -> tuple[date, ...]:
    """Those of them on which conditions may come out otherwise: of facts only the values that they ask for count."""
    params = (param for rules in (bundle, *bundle.later) for param in rules.params.values())
    return _with_ends(bundle, day, (value.until for param in params for value in param.values if value.until))


def _with_ends(bundle: Bundle, day: date, ends: Iterable[date]) -> tuple[date, ...]:
    """The days after `day` on which other rules begin, and those after these ends."""
    return tuple(sorted({*bundle.changes_after(day), *(end + timedelta(days=1) for end in ends if end >= day)}))
