"""Lays a region's changes over a bundle's tree, key by key."""

from typing import Any

from .faults import Fault
from .trees import Mapping, Sequence, nearest

LISTS = ("items", "notes", "stops", "questions", "materials", "fields", "choices", "bands")
TOP = ("params", "items", "notes", "stops", "questions", "joint", "joint_else", "sources")


def overlay(base: Mapping, change: Any, faults: list[Fault]) -> Mapping:
    """`base` with the region's file `change` laid over it; neither is altered."""
    if change is None:
        return base
    if not isinstance(change, Mapping):
        faults.append(Fault(base.place, "L04", "region", "地区文件要写成“键: 值”。"))
        return base
    faults += [
        Fault(change.places[key], "L02", key, f"地区文件不认识键 {key}。", nearest(key, TOP))
        for key in change
        if key not in TOP
    ]
    known = Mapping(change.place)
    for key in (key for key in change if key in TOP):
        known.put(key, change[key], change.places[key])
    return _laid_over(base, known, faults)


def _laid_over(base: Mapping, change: Mapping, faults: list[Fault]) -> Mapping:
    result = _copy(base)
    for key, value in change.items():
        if value is None:
            continue
        if key in ("params", "sources") and isinstance(value, Mapping):
            merged = _copy(base[key]) if isinstance(base.get(key), Mapping) else Mapping(value.place)
            for name, entry in value.items():
                merged.put(name, entry, value.places[name])
            result.put(key, merged, change.places[key])
        elif key in LISTS and isinstance(value, Mapping):
            result.put(key, _edited(base.get(key), value, faults), change.places[key])
        elif key != "id":
            result.put(key, value, change.places[key])
    return result


def _copy(tree: Mapping) -> Mapping:
    result = Mapping(tree.place)
    for key, value in tree.items():
        result.put(key, value, tree.places[key])
    return result


def _edited(base: Any, edit: Mapping, faults: list[Fault]) -> Sequence:
    """A list of entries with some dropped, changed and added."""
    entries = _entries(base, edit)
    faults += [
        Fault(edit.places[key], "L02", key, f"这里不认识键 {key}。", "可以写：add、drop、change。")
        for key in edit
        if key not in ("add", "drop", "change")
    ]
    for key, kind in (("add", Sequence), ("drop", Sequence), ("change", Mapping)):
        if not isinstance(edit.get(key) or kind(edit.place), kind):
            faults.append(Fault(edit.places[key], "L04", key, "add 和 drop 要写列表，change 要写“编号: 改动”。"))
            edit = _without_key(edit, key)
    for dropped in edit.get("drop") or ():
        entries = _without(entries, dropped, edit, faults)
    changes = edit.get("change") or Mapping(edit.place)
    for id, change in changes.items():
        entries = _with_change(entries, id, change, changes, faults)
    added = edit.get("add")
    result = Sequence(edit.place)
    for entry, place in entries:
        result.put(entry, place)
    if isinstance(added, Sequence):
        for entry, place in zip(added, added.places, strict=True):
            result.put(entry, place)
    return result


def _without_key(tree: Mapping, unwanted: str) -> Mapping:
    result = Mapping(tree.place)
    for key, value in tree.items():
        if key != unwanted:
            result.put(key, value, tree.places[key])
    return result


def _entries(base: Any, edit: Mapping) -> list[tuple[Any, Any]]:
    if isinstance(base, Sequence):
        return list(zip(base, base.places, strict=True))
    return [] if base is None else [(base, edit.place)]


def _is(entry: Any, wanted: Any) -> bool:
    """Whether an entry is the one meant: by id, or by every key of a mapping such as {id: …, of: …}."""
    if isinstance(wanted, Mapping):
        return isinstance(entry, Mapping) and all(entry.get(key) == value for key, value in wanted.items())
    return bool((entry.get("id") if isinstance(entry, Mapping) else entry) == wanted)


def _without(entries: list[tuple[Any, Any]], dropped: Any, edit: Mapping, faults: list[Fault]) -> list[tuple[Any, Any]]:
    kept = [pair for pair in entries if not _is(pair[0], dropped)]
    if len(kept) == len(entries):
        faults.append(Fault(edit.places["drop"], "L13", str(dropped), "要去掉的东西不存在。", "核对编号。"))
    return kept


def _with_change(
    entries: list[tuple[Any, Any]], id: str, change: Any, changes: Mapping, faults: list[Fault]
) -> list[tuple[Any, Any]]:
    place = changes.places[id]
    if not isinstance(change, Mapping):
        faults.append(Fault(place, "L04", id, "改动要写成“键: 值”。"))
        return entries
    if not any(_is(entry, id) for entry, _ in entries):
        faults.append(Fault(place, "L13", id, "要改的东西不存在。", "核对编号，或写进 add。"))
    return [(_laid_over(_opened(entry, at), change, faults) if _is(entry, id) else entry, at) for entry, at in entries]


def _opened(entry: Any, place: Any) -> Mapping:
    """The entry as a mapping: a plain string stands for `{id: …}`."""
    if isinstance(entry, Mapping):
        return entry
    tree = Mapping(place)
    tree.put("id", entry, place)
    return tree
