"""YAML 1.2 as plain mappings and lists that know where each entry is written."""

import re
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from ..faults import Fault
from ..model import Place

INTEGER = re.compile(r"[-+]?[0-9]+\Z")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?\Z")
CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}

MOST_NAMED = 12  # names that a sentence lists


class Mapping(dict[str, Any]):
    """A mapping with the place of each key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        self[key] = value
        self.places[key] = place

    def copied(self) -> "Mapping":
        """The same keys, values and places; to be altered without altering this one."""
        result = Mapping(self.place)
        for key, value in self.items():
            result.put(key, value, self.places[key])
        return result


class Sequence(list[Any]):
    """A list with the place of each entry."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place] = []

    def put(self, value: Any, place: Place) -> None:
        self.append(value)
        self.places.append(place)


def read_tree(text: str, file: str, faults: list[Fault]) -> Any:
    """The document in `text`; None where YAML itself refuses it. Faults go to `faults`."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "文件不是 YAML"
        faults.append(
            Fault(Place(file, _line_of(error)), "L01", "YAML", f"{problem}。", "检查这一行的缩进、冒号和引号。")
        )
        return None
    return _Converter(file, faults).convert(root, 0) if root is not None else None


def _line_of(error: yaml.YAMLError) -> int:
    """The line to mend: where a quote that never closes was opened, else where reading stopped."""
    unclosed = "quoted scalar" in (getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
    return mark.line + 1 if mark else 1


def read_tree_file(path: Path, faults: list[Fault]) -> Any:
    """The document in a file, see `read_tree`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(Place(str(path), 1), "L01", path.name, f"打不开：{error}。", "检查路径，并存成 UTF-8。"))
        return None
    return read_tree(text, str(path), faults)


class _Converter:
    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1)

    def convert(self, node: yaml.Node, depth: int) -> Any:
        if depth > 40:
            self.faults.append(Fault(self.place(node), "L04", "YAML", "嵌套超过 40 层。", "去掉引用自己的锚点。"))
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            sequence = Sequence(self.place(node))
            for child in node.value:
                sequence.put(self.convert(child, depth + 1), self.place(child))
            return sequence
        return scalar(node.value, plain=isinstance(node, yaml.ScalarNode) and not node.style)

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        mapping = Mapping(self.place(node))
        for key, value in node.value:
            place = self.place(key)
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(place, "L04", "YAML", "键只能是一个词。"))
            elif key.value == "<<":
                self.faults.append(Fault(place, "L02", "<<", "不用合并键。", "把内容直接写出来。"))
            elif key.value in mapping:
                first = mapping.places[key.value]
                self.faults.append(Fault(place, "L05", key.value, f"第一次在第 {first.line} 行。", "留一个。"))
            else:
                mapping.put(key.value, self.convert(value, depth + 1), place)
        return mapping


def scalar(text: str, plain: bool) -> str | int | Decimal | bool | None:
    """A scalar by the core schema of YAML 1.2: `yes`, `no` and dates are words."""
    if not plain:
        return text
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.match(text):
        return int(text) if len(text) < 1000 else text
    return Decimal(text) if NUMBER.match(text) else text


def nearest(word: str, known: Iterable[Any]) -> str:
    """A sentence with the nearest known word, or with what is known."""
    names = [str(name) for name in known]
    return meant(word, names) or (
        f"可以写：{'、'.join(names[:MOST_NAMED])}{'……' if names[MOST_NAMED:] else '。'}" if names else ""
    )


def meant(word: str, known: Iterable[Any]) -> str:
    """A sentence with the known word that is most likely meant; nothing where none is near."""
    close = closest(word, known)
    return f"是不是“{close}”？" if close else ""


def closest(word: str, known: Iterable[Any]) -> str | None:
    """The known word that is most likely meant: written alike but for case, `-` and `_`, or else nearly alike."""
    names = [str(name) for name in known]
    alike = {_bare(name): name for name in reversed(names)}
    close = get_close_matches(_bare(word), alike, 1)
    return alike[close[0]] if close else None


def _bare(word: str) -> str:
    return word.lower().replace("_", "-").strip()
