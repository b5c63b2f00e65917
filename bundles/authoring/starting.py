"""A new bundle's folder, small and working; and a new version of a bundle that is in use."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..faults import Fault
from ..loading import Catalogue
from ..model import LATE_VERSIONS, Bundle
from ..reading.keys import IDENTIFIER
from ..reading.trees import Mapping, Sequence, read_tree
from ..reserved import BUNDLES

TEMPLATE = Path(__file__).parent / "template"
LONGEST_ID = 60
VERSION = re.compile(r"""\A(\s*["']?version["']?\s*:\s+)[0-9]+(?=\s|$)""")
FLOW_LIST = re.compile(r"""\s*["']?changelog["']?\s*:\s+\[""")
LINE_END = re.compile(r"(\r\n|\r|\n)\Z")


class CannotStart(ValueError):
    """Why no folder or version can be started."""


def start_bundle(books: Catalogue, id: str, title: str, today: date) -> Path:
    """Writes a small working bundle into the catalogue; its folder. Raises CannotStart."""
    _check_id(id)
    words = {"BUNDLE": id, "TITLE": _quoted(title, "名称"), "TODAY": today.isoformat()}
    texts = {path.name: _filled(path.read_text(encoding="utf-8"), words) for path in TEMPLATE.glob("*.yaml")}
    folder = books.folder / id
    if folder.exists():
        raise CannotStart(f"{folder} 已经有了。换一个编号。")
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _check_id(id: str) -> None:
    if not IDENTIFIER.match(id):
        raise CannotStart(f"编号 {id} 不合规则：小写字母开头，只用小写字母、数字、- 和 _。")
    if len(id) > LONGEST_ID:
        raise CannotStart(f"编号太长：有 {len(id)} 个字，最多 {LONGEST_ID} 个。")
    if id in BUNDLES:
        raise CannotStart(f"编号 {id} 另有用处：网站自己的网址、语言，或 YAML 的词。换一个编号。")


def _filled(text: str, words: dict[str, str]) -> str:
    """The text with all its marks replaced at once, so that a word that looks like a mark stays."""
    return re.sub("|".join(words), lambda mark: words[mark[0]], text)


def _quoted(text: str, name: str) -> str:
    """One line of text as YAML writes it in double quotes."""
    plain = " ".join(text.split())
    if not plain:
        raise CannotStart(f"{name}是空的。写一句话。")
    if not plain.isprintable():
        raise CannotStart(f"{name}里有看不见的字符。重新打一遍。")
    return yaml.safe_dump(plain, allow_unicode=True, default_style='"', width=float("inf")).strip()


def start_version(books: Catalogue, id: str, tell: str, today: date) -> int:
    """Keeps the bundle's questions as they are for codes already given out, and raises its version; the new number.

    Call it before questions or choices are changed. `tell` says what changes. Nothing is written unless both files can
    be. Raises CannotStart, UnknownBundle, BundleError.
    """
    file = books.file(id)
    bundle = books.bundle(id)
    if bundle.version + 1 >= LATE_VERSIONS:
        raise CannotStart(f"版本 {bundle.version} 已经是最后一个，办事码写不下更大的数。")
    kept = file.parent / "versions" / f"{bundle.version}.yaml"
    if kept.exists():
        raise CannotStart(f"{kept} 已经有了：第 {bundle.version} 版的问题早已留下。核对 {file} 里的 version。")
    raised = _raised(file, bundle.version, _quoted(tell, "改了什么"), today)
    questions = _questions_of(bundle)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(questions, encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.write(raised)
    return bundle.version + 1


def _raised(file: Path, old: int, tell: str, today: date) -> str:
    """The bundle file with the next version and its entry in the changelog, the newest first.

    The file is edited as text, so that comments and line ends stay; then read anew, to see that nothing else changed.
    """
    with file.open(encoding="utf-8", newline="") as opened:
        text = opened.read()
    faults: list[Fault] = []
    before = read_tree(text, str(file), faults)
    entry = f"{{version: {old + 1}, date: {today.isoformat()}, tell: {tell}}}"
    lines = text.splitlines(keepends=True)
    _raise_version(lines, before, old + 1)
    _add_entry(lines, before, entry)
    raised = "".join(lines)
    after = read_tree(raised, str(file), faults)
    log = [read_tree(entry, str(file), []), *_listed(before.get("changelog"))]
    if faults or after != {**before, "version": old + 1, "changelog": log}:
        raise CannotStart(
            f"程序认不准 {file} 里 version 和 changelog 的写法，什么也没有改。请手工写成这样再运行："
            f"“version: {old}”单独一行；“changelog:”单独一行，下面每条一行，以“  - ”开头；没有记过的，不写 changelog。"
        )
    return raised


def _raise_version(lines: list[str], tree: Mapping, version: int) -> None:
    if "version" in tree:
        at = tree.places["version"].line - 1
        lines[at] = VERSION.sub(rf"\g<1>{version}", lines[at])


def _add_entry(lines: list[str], tree: Mapping, entry: str) -> None:
    """Puts an entry on top of the changelog, in the way in which the changelog is written."""
    log = tree.get("changelog")
    key = tree.places.get("changelog", tree.place).line
    if "changelog" not in tree:
        at = tree.places.get("version", tree.place).line
        indent = _indent(lines[at - 1])
        _insert(lines, at, f"{indent}changelog:", f"{indent}  - {entry}")
    elif flow := FLOW_LIST.match(lines[key - 1]):
        rest = lines[key - 1][flow.end() :]
        lines[key - 1] = f"{flow[0]}{entry}{', ' if log else ''}{rest}"
    elif isinstance(log, Sequence) and log:
        at = log.places[0].line - 1
        _insert(lines, at, f"{_indent(lines[at])}- {entry}")
    else:
        _insert(lines, key, f"{_indent(lines[key - 1])}  - {entry}")


def _insert(lines: list[str], at: int, *new: str) -> None:
    """Puts lines in before the line `at`, with the line ends of the file."""
    ends = LINE_END.search(lines[0])
    end = ends[0] if ends else "\n"
    if not LINE_END.search(lines[at - 1]):
        lines[at - 1] += end
    lines[at:at] = [line + end for line in new]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _listed(log: Any) -> list[Any]:
    return [] if log is None else list(log) if isinstance(log, Sequence) else [log]


def _questions_of(bundle: Bundle) -> str:
    """What a code of the bundle's version needs: the questions in their order with their choices, nothing else."""
    questions = []
    for question in bundle.questions:
        entry: dict[str, object] = {"id": question.id, "ask": question.ask, "type": question.type}
        if question.choices:
            entry["choices"] = [{"id": choice.id, "label": choice.label} for choice in question.choices]
        if question.type == "number":
            entry["lowest"] = float(question.lowest) if question.lowest % 1 else int(question.lowest)
        if question.future:
            entry["future"] = True
        questions.append(entry)
    kept = {"id": bundle.id, "title": bundle.id, "version": bundle.version, "questions": questions, "items": []}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=140)
