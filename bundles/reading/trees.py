"""YAML 1.2 as plain mappings and lists that know where each entry is written."""

import re
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from ..faults import Fault
from ..values import Place

INTEGER = re.compile(r"[-+]?[0-9]+\Z")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?\Z")
CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}

MOST_NAMED = 12  # names that a sentence lists
DEEPEST = 40  # levels that may be nested
MOST_ENTRIES = 200_000  # of a file, with what its anchors repeat; the longest has some 10,000
ENDLESS = (f"嵌套超过 {DEEPEST} 层。", "内容太多。")


class Mapping(dict[str, Any]):
    """A mapping with the place of each key; `faulty` where a fault has been told of it as a whole."""

    def __init__(self, place: Place, faulty: bool = False) -> None:
        super().__init__()
        self.place = place
        self.faulty = faulty
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        self[key] = value
        self.places[key] = place

    def copied(self) -> "Mapping":
        """The same keys, values and places; to be altered without altering this one."""
        result = Mapping(self.place, self.faulty)
        for key, value in self.items():
            result.put(key, value, self.places[key])
        return result


class Sequence(list[Any]):
    """A list with the place of each entry; `dropped` are the ids that a file laid over it has taken out."""

    def __init__(self, place: Place, dropped: Iterable[str] = ()) -> None:
        super().__init__()
        self.place = place
        self.dropped = tuple(dropped)
        self.places: list[Place] = []

    def put(self, value: Any, place: Place) -> None:
        self.append(value)
        self.places.append(place)


def read_tree(text: str, file: str, faults: list[Fault]) -> Any:
    """The document in `text`; None where YAML itself refuses it. Faults go to `faults`."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        deep = _too_deep(text, loader)
        if deep is not None:
            faults.append(Fault(Place(file, deep), "L04", "YAML", ENDLESS[0], "少套几层，去掉引用自己的锚点。"))
            return None
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        faults.append(Fault(Place(file, _line_of(error, text)), "L01", "YAML", *_said(error)))
        return None
    known = len(faults)
    tree = _Converter(file, faults).convert(root, 0) if root is not None else None
    return None if any(fault.message in ENDLESS for fault in faults[known:]) else tree


def _too_deep(text: str, loader: Any) -> int | None:
    """The line from which on more is nested than any file needs, and than can be composed; None where there is none."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return int(event.start_mark.line) + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


# What YAML's reader says, by a part of its sentence: in words, and what to do.
PROBLEMS = (
    ("tab character", "缩进用了制表符（Tab）。", "缩进只用空格。"),
    ("cannot start any token", "这里不能以制表符（Tab）或这个符号开头。", "缩进用空格；以 @、%、` 开头的加引号。"),
    ("mapping values are not allowed", "这里不能再有冒号。", "文字里有“: ”的，给整段文字加上引号；或核对缩进。"),
    ("expected <block end>", "缩进和上面的不一样。", "让同一层的每一行从同一列开始。"),
    ("did not find expected '-'", "列表里的这一行没有以“-”开头，或缩进不对。", "每一条前面写“- ”，对齐。"),
    ("did not find expected key", "这一行不是“键: 值”，或缩进不对。", "核对冒号、缩进和上一行的引号。"),
    ("did not find expected ',' or", "方括号或花括号里少了逗号，或没有关上。", "核对括号和逗号。"),
    ("expected ',' or", "方括号或花括号里少了逗号，或没有关上。", "核对括号和逗号。"),
    ("could not find expected ':'", "这一行少了冒号。", "写成“键: 值”，冒号后面空一格。"),
    ("expected node content", "这里少了内容，或括号没有关上。", "补上，或删掉这一行。"),
    ("unexpected end of stream", "引号或括号没有关上。", "在末尾补上。"),
    ("another document", "一个文件里有两份内容。", "去掉中间的“---”。"),
    ("single document", "一个文件里有两份内容。", "去掉中间的“---”。"),
    ("undefined alias", "用了没有写过的锚点（*）。", "把内容直接写出来；以 * 开头的文字加上引号。"),
    ("second occurrence", "同一个锚点（&）写了两次。", "把内容直接写出来。"),
    ("escape character", "双引号里的反斜杠（\\）认不出。", "改用单引号，或去掉反斜杠。"),
    ("incompatible", "这个 %YAML 版本用不了。", "去掉 %YAML 这一行。"),
    ("tag", "这里的 ! 认不出。", "以 ! 开头的文字加上引号。"),
    ("special characters", "有看不见的控制字符。", "删掉它，重新打一遍。"),
    ("control characters", "有看不见的控制字符。", "删掉它，重新打一遍。"),
)  # fmt: skip


def _said(error: yaml.YAMLError) -> tuple[str, str]:
    """What is wrong, and what to do."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    for part, message, remedy in PROBLEMS:
        if part in problem:
            return message, remedy
    return f"{problem}。", "检查这一行的缩进、冒号和引号。"


def _line_of(error: yaml.YAMLError, text: str) -> int:
    """The line to mend: where a quote that never closes was opened, else where reading stopped."""
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, int(error.position)) + 1
    unclosed = "quoted scalar" in (getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
    return mark.line + 1 if mark else 1


def read_tree_file(path: Path, faults: list[Fault]) -> Any:
    """The document in a file, see `read_tree`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        said = f"打不开：{error.strerror or error}。"
        faults.append(Fault(Place(str(path), 1), "L01", path.name, said, "检查路径和权限。"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(Place(str(path), line), "L01", path.name, "这一行不是 UTF-8。", "把文件存成 UTF-8。"))
        return None
    return read_tree(text.removeprefix("\ufeff"), str(path), faults)


class _Converter:
    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults
        self.converted = 0

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1)

    def convert(self, node: yaml.Node, depth: int) -> Any:
        self.converted += 1
        if self.converted > MOST_ENTRIES:
            if self.converted == MOST_ENTRIES + 1:
                self.faults.append(Fault(self.place(node), "L04", "YAML", ENDLESS[1], "去掉套在锚点里的锚点。"))
            return None
        if depth > DEEPEST:
            remedy = "少套几层，去掉引用自己的锚点。"
            self.faults.append(Fault(self.place(node), "L04", "YAML", ENDLESS[0], remedy))
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
