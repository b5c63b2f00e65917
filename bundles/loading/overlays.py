"""Lays one tree over another: what a region or a day changes over a bundle, a bundle's lines over shared questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ..faults import Fault
from ..reading.correcting import said, understood
from ..reading.keys import CHOICE, QUESTION, RESULT_KINDS, Keys
from ..reading.trees import Mapping as Tree
from ..reading.trees import Sequence, nearest
from ..values import Place

LISTS = (
    "items", "notes", "verdict", "stops", "questions", "materials", "fields", "choices", "bands", "columns", "results",
)  # fmt: skip
MERGED = ("params", "sources", "facts", "tables", "computed", "figures", "groups", "one_of")
COUNTED = ("type", "lowest")  # with its choices, what a question's place in a case code is made of
QUESTION_FIXED = (*COUNTED, "most")
# What lies inside a question, and what is fixed of each there
INSIDE: Mapping[str, Collection[str]] = {
    "choices": (), "columns": COUNTED, "results": (*COUNTED, *RESULT_KINDS, "where"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of file that is laid over bundles: what it is called, and the keys that it may hold."""

    name: str
    keys: tuple[str, ...]


REGION = Layer(
    "地区文件",
    (
        "params",
        "items",
        "notes",
        "verdict",
        "stops",
        "questions",
        "joint",
        "joint_else",
        "sources",
        "tables",
        "groups",
        "one_of",
    ),
)
CHANGE = Layer(
    "按日期生效的改动",
    (
        "params",
        "items",
        "notes",
        "verdict",
        "stops",
        "joint",
        "joint_else",
        "sources",
        "facts",
        "tables",
        "computed",
        "figures",
        "groups",
        "one_of",
        "reviewed",
    ),
)


def overlay(base: Tree, change: Tree | None, faults: list[Fault], layer: Layer = REGION) -> Tree:
    """`base` with the file `change` laid over it; neither is altered."""
    if change is None:
        return base
    known = Tree(change.place)
    for key, value in change.items():
        place = change.places[key]
        if key not in layer.keys:
            remedy = nearest(key, layer.keys)
            faults.append(Fault(place, "L02", key, f"{layer.name}不认识键 {key}。", remedy))
        elif value is not None:
            kept = _entries_kept(value, place, key, QUESTION_FIXED, faults) if key == "questions" else value
            known.put(key, kept, place)
    return _laid_over(base, known, faults)


def _entries_kept(edit: Any, place: Place, id: str, fixed: Collection[str], faults: list[Fault]) -> Tree:
    """What a region may change in questions, or in the choices, columns and results of one.

    A case code, also one of an older version, is read by the province's list: every region has the same questions with
    the same choices in the same order, and their keys that are `fixed`.
    """
    allowed = _only_changed(edit, place, id, faults)
    changes = allowed.get("change")
    if not isinstance(changes, Tree):
        return allowed
    kept = Tree(changes.place)
    for name, change in changes.items():
        owner = name if id == "questions" else id
        entry = _entry_kept(change, owner, fixed, faults) if isinstance(change, Tree) else change
        kept.put(name, entry, changes.places[name])
    result = allowed.copied()
    result.put("change", kept, allowed.places["change"])
    return result


def _entry_kept(change: Tree, id: str, fixed: Collection[str], faults: list[Fault]) -> Tree:
    result = Tree(change.place)
    for key, value in change.items():
        place = change.places[key]
        if key in fixed:
            said = f"办事码按全省的问题写，地区文件不能改 {key}。"
            faults.append(Fault(place, "L02", id, said, "改 bundle.yaml 里的问题，先运行 manage.py startversion。"))
        elif key in INSIDE and value is not None:
            result.put(key, _entries_kept(value, place, id, INSIDE[key], faults), place)
        else:
            result.put(key, value, place)
    return result


def _only_changed(edit: Any, place: Place, id: str, faults: list[Fault]) -> Tree:
    """The edit of a list without what adds entries, drops them or replaces them all."""
    message = "办事码按全省的问题和选项写，地区文件不能增加、去掉或整个换掉。"
    remedy = "只写 change；这里用不上的，用 change 给它写 when。"
    if not isinstance(edit, Tree):
        faults.append(Fault(place, "L02", id, message, remedy))
        return Tree(place)
    wrong = [key for key in ("add", "drop") if edit.get(key) is not None]
    faults += [Fault(edit.places[key], "L02", id, message, remedy) for key in wrong]
    return without_key(without_key(edit, "add"), "drop")


def _laid_over(base: Tree, change: Tree, faults: list[Fault]) -> Tree:
    result = base.copied()
    for key, value in change.items():
        if value is None:
            continue
        if key in MERGED and isinstance(value, Tree):
            merged = base[key].copied() if isinstance(base.get(key), Tree) else Tree(value.place)
            for name, entry in value.items():
                merged.put(name, entry, value.places[name])
            result.put(key, merged, change.places[key])
        elif key in LISTS and isinstance(value, Tree):
            result.put(key, _edited(base.get(key), value, faults), change.places[key])
        elif key != "id":
            result.put(key, value, change.places[key])
    return result


def _edited(base: Any, edit: Tree, faults: list[Fault]) -> Sequence:
    """A list of entries with some dropped, changed and added."""
    entries = _entries(base, edit)
    faults += [
        Fault(edit.places[key], "L02", key, f"这里不认识键 {key}。", "可以写：add、drop、change。")
        for key in edit
        if key not in ("add", "drop", "change")
    ]
    for key, kind in (("add", Sequence), ("drop", Sequence), ("change", Tree)):
        if not isinstance(edit.get(key) or kind(edit.place), kind):
            faults.append(Fault(edit.places[key], "L04", key, "add 和 drop 要写列表，change 要写“编号: 改动”。"))
            edit = without_key(edit, key)
    for dropped in edit.get("drop") or ():
        entries = _without(entries, dropped, edit, faults)
    changes = edit.get("change") or Tree(edit.place)
    for id, change in changes.items():
        entries = _with_change(entries, id, change, changes, faults)
    added = edit.get("add")
    gone = [str(dropped) for dropped in edit.get("drop") or () if not isinstance(dropped, Tree)]
    result = Sequence(edit.place, (*getattr(base, "dropped", ()), *gone))
    for entry, place in entries:
        result.put(entry, place)
    if isinstance(added, Sequence):
        for entry, place in zip(added, added.places, strict=True):
            result.put(entry, place)
    return result


def without_key(tree: Tree, unwanted: str) -> Tree:
    """The mapping without one of its keys; `tree` stays as it is."""
    result = Tree(tree.place)
    for key, value in tree.items():
        if key != unwanted:
            result.put(key, value, tree.places[key])
    return result


def _entries(base: Any, edit: Tree) -> list[tuple[Any, Any]]:
    if isinstance(base, Sequence):
        return list(zip(base, base.places, strict=True))
    return [] if base is None else [(base, edit.place)]


def _is(entry: Any, wanted: Any) -> bool:
    """Whether an entry is the one meant: by id, or by every key of a mapping such as {id: …, of: …}."""
    if isinstance(wanted, Tree):
        return isinstance(entry, Tree) and all(entry.get(key) == value for key, value in wanted.items())
    return bool((entry.get("id") if isinstance(entry, Tree) else entry) == wanted)


def _without(entries: list[tuple[Any, Any]], dropped: Any, edit: Tree, faults: list[Fault]) -> list[tuple[Any, Any]]:
    kept = [pair for pair in entries if not _is(pair[0], dropped)]
    if len(kept) == len(entries):
        faults.append(Fault(edit.places["drop"], "L13", str(dropped), "要去掉的东西不存在。", "核对编号。"))
    return kept


def _with_change(
    entries: list[tuple[Any, Any]], id: str, change: Any, changes: Tree, faults: list[Fault]
) -> list[tuple[Any, Any]]:
    place = changes.places[id]
    if not isinstance(change, Tree):
        faults.append(Fault(place, "L04", id, "改动要写成“键: 值”。"))
        return entries
    if not any(_is(entry, id) for entry, _ in entries):
        remedy = _inside_of(id, entries) or "核对编号，或写进 add。"
        faults.append(Fault(place, "L13", id, "要改的东西不存在。", remedy))
    return [(_laid_over(_opened(entry, at), change, faults) if _is(entry, id) else entry, at) for entry, at in entries]


def _inside_of(id: str, entries: list[tuple[Any, Any]]) -> str:
    """Where to write what changes a result of a table of people."""
    for table in (entry for entry, _ in entries if isinstance(entry, Tree)):
        results = table.get("results")
        if isinstance(results, Sequence) and any(_is(result, id) for result in results):
            return f"它是表 {table.get('id')} 的结果：写在 {table.get('id')} 的 results: change: 里。"
    return ""


def _opened(entry: Any, place: Any) -> Tree:
    """The entry as a mapping: a plain string stands for `{id: …}`."""
    if isinstance(entry, Tree):
        return entry
    tree = Tree(place)
    tree.put("id", entry, place)
    return tree


OWN_KEYS = (
    "id",
    "when",
    "section",
    "hint",
    "why",
    "bands",
    "choices",
    "lowest",
    "highest",
    "future",
    "least",
    "common",
)


OWN_CHOICE_KEYS = ("id", "when", "hint", "common")


def with_shared_questions(tree: Tree, shared: Mapping[str, Tree], faults: list[Fault]) -> Tree:
    """The bundle's tree with every line that names a shared question opened; `tree` stays as it is."""
    lines = tree.get("questions")
    if not isinstance(lines, Sequence):
        return tree
    opened = Sequence(lines.place)
    for line, place in zip(lines, lines.places, strict=True):
        id = str(line.get("id") if isinstance(line, Tree) else line)
        opened.put(_question(line, place, shared[id], faults) if id in shared else line, place)
    result = tree.copied()
    result.put("questions", opened, tree.places["questions"])
    return result


def _question(line: Any, place: Place, entry: Tree, faults: list[Fault]) -> Tree:
    result = entry.copied()
    result.place = place
    if not isinstance(line, Tree):
        result.put("id", line, place)
        return result
    line = _own(line, QUESTION, str(line["id"]), faults)
    for key, value in line.items():
        if key not in OWN_KEYS:
            remedy = "删掉这一行，或给问题换一个编号。"
            faults.append(Fault(line.places[key], "L17", str(line["id"]), f"共用的问题不能改 {key}。", remedy))
        elif key == "choices":
            result.put(key, _choices(value, entry, str(line["id"]), faults), line.places[key])
        else:
            result.put(key, value, line.places[key])
    return result


def _own(line: Tree, keys: Keys, question: str, faults: list[Fault]) -> Tree:
    """A bundle's line on something shared, its mistyped keys put right."""
    result, strange = understood(line, keys.kinds)
    faults += [Fault(line.places[key], "L02", question, f"不认识键 {key}。", remedy) for key, remedy in strange]
    return result


def _choices(wanted: Any, entry: Tree, question: str, faults: list[Fault]) -> Any:
    """The shared choices that the bundle's line picks, in its order; a line may add `when` and `hint`."""
    if not isinstance(wanted, Sequence):
        return wanted
    listed = entry.get("choices")
    entries = [choice for choice in (listed if isinstance(listed, Sequence) else ()) if isinstance(choice, Tree)]
    known = {str(choice["id"]): choice for choice in entries if choice.get("id") is not None}
    picked = Sequence(wanted.place)
    for line, place in zip(wanted, wanted.places, strict=True):
        own = _own(line, CHOICE, question, faults) if isinstance(line, Tree) else Tree(place)
        id = own.get("id") if isinstance(line, Tree) else line
        if own.faulty:
            picked.put(own, place)
            continue
        if not isinstance(id, str) or id not in known:
            faults.append(Fault(place, "L13", question, f"共用的问题没有选项 {said(id)}。", nearest(said(id), known)))
            continue
        choice = known[id].copied()
        for key, value in own.items():
            if key in OWN_CHOICE_KEYS:
                choice.put(key, value, own.places[key])
            else:
                remedy = "删掉它，或在 questions.yaml 里一起改。"
                faults.append(Fault(own.places[key], "L17", question, f"共用的选项不能改 {key}。", remedy))
        picked.put(choice, place)
    return picked
