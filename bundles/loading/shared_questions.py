"""Lays a bundle's lines over the questions that several bundles share, so that one question has one wording."""

from collections.abc import Mapping
from typing import Any

from ..faults import Fault
from ..model import Place
from .trees import Mapping as Tree
from .trees import Sequence, nearest

OWN_KEYS = ("id", "when", "section", "hint", "why", "bands", "choices", "lowest", "highest", "future", "least")
OWN_CHOICE_KEYS = ("id", "when", "hint")


def with_shared_questions(tree: Tree, shared: Mapping[str, Tree], faults: list[Fault]) -> Tree:
    """The bundle's tree with every line that names a shared question opened; `tree` stays as it is."""
    lines = tree.get("questions")
    if not isinstance(lines, Sequence):
        return tree
    opened = Sequence(lines.place)
    for line, place in zip(lines, lines.places, strict=True):
        id = str(line.get("id") if isinstance(line, Tree) else line)
        opened.put(_opened(line, place, shared[id], faults) if id in shared else line, place)
    result = tree.copied()
    result.put("questions", opened, tree.places["questions"])
    return result


def _opened(line: Any, place: Place, entry: Tree, faults: list[Fault]) -> Tree:
    result = entry.copied()
    result.place = place
    if not isinstance(line, Tree):
        result.put("id", line, place)
        return result
    for key, value in line.items():
        if key not in OWN_KEYS:
            remedy = "删掉这一行，或给问题换一个编号。"
            faults.append(Fault(line.places[key], "L17", str(line["id"]), f"共用的问题不能改 {key}。", remedy))
        elif key == "choices":
            result.put(key, _choices(value, entry, str(line["id"]), faults), line.places[key])
        else:
            result.put(key, value, line.places[key])
    return result


def _choices(wanted: Any, entry: Tree, question: str, faults: list[Fault]) -> Any:
    """The shared choices that the bundle's line picks, in its order; a line may add `when` and `hint`."""
    if not isinstance(wanted, Sequence):
        return wanted
    known = {choice["id"]: choice for choice in entry.get("choices") or ()}
    picked = Sequence(wanted.place)
    for line, place in zip(wanted, wanted.places, strict=True):
        id = line.get("id") if isinstance(line, Tree) else line
        if id not in known:
            faults.append(Fault(place, "L13", question, f"共用的问题没有选项 {id}。", nearest(str(id), known)))
            continue
        choice = known[id].copied()
        for key, value in line.items() if isinstance(line, Tree) else ():
            if key in OWN_CHOICE_KEYS:
                choice.put(key, value, line.places[key])
            else:
                remedy = "删掉它，或在 questions.yaml 里一起改。"
                faults.append(Fault(line.places[key], "L17", question, f"共用的选项不能改 {key}。", remedy))
        picked.put(choice, place)
    return picked
